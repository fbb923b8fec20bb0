"""Look whether all is well with a newsroom, for `letterdesk check`."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shlex import quote

from django.db import connection

from letterdesk import sealing
from letterdesk.desk.models import Mail, Unopened
from letterdesk.desk.queries.audit import holds, published_head, told_of_break, verify
from letterdesk.desk.queries.cautions import cautions
from letterdesk.desk.queries.factors import factors_in_clear, factors_lost, shut_to
from letterdesk.desk.queries.failing import Failing, failing
from letterdesk.desk.queries.models_in_use import in_use
from letterdesk.desk.queries.names import any_listed, names_lost, names_unread
from letterdesk.desk.queries.shelf import LostPicture, Shelf, shelf, some
from letterdesk.desk.queries.terms import book
from letterdesk.desk.queries.terms_reach import lost_in_force
from letterdesk.desk.queries.unopened import (
    BATCH_DAMAGED,
    KEY_UNKNOWN,
    STORY_UNKNOWN,
    told_of_broken,
)
from letterdesk.domain.errors import LetterdeskError, PlaceFailed
from letterdesk.places import choose
from letterdesk.places.base import Missing
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings
from letterdesk.triage.encoder import installed
from letterdesk.watch import Watch

_MEGABYTE = 1 << 20
_PRAGMAS = {  # what desk.database asks for, as SQLite says it back
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "temp_store": 2,
}
_SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True, kw_only=True)
class Health:
    """What is wrong, and what somebody should look at, one sentence each; the files."""

    problems: list[str]
    warnings: list[str]
    files: Shelf


def health(
    newsroom: Settings,
    *,
    now: datetime | None = None,
    watch: Callable[[str], Watch] = lambda _: iter,
) -> Health:
    """Look at everything; this reads all of it.

    `watch` is told what is looked at, and gives what shows how far it is. Without `now`
    nothing is said of how long letters wait in the spool.
    """
    files = shelf(choose.public(newsroom), watch=watch)
    found = problems_unpublished(newsroom)
    return Health(
        problems=[*found, *_files(files)],
        warnings=[
            *_strangers(files),
            *_junk(),
            *_terms(newsroom),
            *_encoder(),
            *_mounted(newsroom),
            *cautions(newsroom, now=now),
        ],
        files=files,
    )


def problems_unpublished(newsroom: Settings) -> list[str]:
    """Give what is wrong, whatever lies in the public place."""
    return [sentence for look in _LOOKS.values() for sentence in look(newsroom)]


def database_settings() -> dict[str, object]:
    """Give those of the database's settings that differ from what is due, as they are."""
    due = _PRAGMAS if connection.vendor == "sqlite" else _SETTINGS
    ask = "PRAGMA" if connection.vendor == "sqlite" else "SHOW"
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for name, wanted in due.items():
            cursor.execute(f"{ask} {name}")
            if (value := cursor.fetchone()[0]) != wanted:
                found[name] = value
    return found


def _keys(newsroom: Settings) -> Iterator[str]:
    mails = newsroom.mail_keys
    yield from _halves(newsroom.private_keys, newsroom.public_keys)
    if newsroom.site.answers_by_mail:
        yield from _halves(*mails)
    yield from _key_of_tips(newsroom)
    again = f"letterdesk init {quote(str(newsroom.folder))}"
    if not newsroom.session_key:
        yield (
            f"{newsroom.session_file} is missing: every restart of the desk ends all "
            f"sign-ins. Make it, and restart: {again}"
        )
    yield from names_lost(newsroom)
    yield from names_unread(newsroom)
    if not newsroom.names_key and not any_listed():
        yield (
            f"{newsroom.names_file} is missing or damaged: no name can be protected. Make "
            f"it: {again}"
        )
    yield from _key_of_factors(newsroom, again)
    for file in _secrets(newsroom):
        if (mode := _mode(file)) & 0o077 and not _is_mounted_for_us(file):
            yield (
                f"{file} is open to others on this machine (mode {mode:04o}). Close it: "
                f"chmod 600 {quote(str(file))}"
            )


def _key_of_factors(newsroom: Settings, again: str) -> Iterator[str]:
    """Look at the key that seals second factors; `again` is the command that makes it."""
    yield from factors_lost(newsroom)
    yield from factors_in_clear(newsroom)
    if not newsroom.factors_key and not shut_to(b""):
        yield (
            f"{newsroom.factors_file} is missing or damaged: no app and no recovery codes "
            f"can be set up, and those that are lie in the database as they are. Make it: "
            f"{again}"
        )


def _halves(private: Path, public: Path) -> Iterator[str]:
    """Look at the two files of a key that seals."""
    try:
        ours = {key.public.id for key in sealing.read_private_keys(private)}
        sealing_keys = sealing.read_public_keys(public)
    except LetterdeskError as error:
        yield error.sentence
        return
    for key in sealing_keys:
        if key.id not in ours:
            yield (
                f"The private half of the key {key.id.hex()} in keys/{public.name} is not "
                f"in keys/{private.name}: what is sealed to it cannot be opened. Put it "
                "back."
            )


def _key_of_tips(newsroom: Settings) -> Iterator[str]:
    if not newsroom.tips.key:
        return
    try:
        sealing.read_key_of_tips(newsroom.folder / newsroom.tips.key)
    except LetterdeskError as error:
        yield error.sentence


def _mounted(newsroom: Settings) -> Iterator[str]:
    """Say which secret files a group may read, where it is how we come to read them."""
    for file in filter(_is_mounted_for_us, _secrets(newsroom)):
        yield (
            f"{file} can be read by the group {file.stat().st_gid} "
            f"(mode {_mode(file):04o}), as a mounted secret is. See to it that nobody "
            "but the desk is in that group."
        )


def _is_mounted_for_us(file: Path) -> bool:
    """Say whether a file is read through its group, and is not ours to close.

    So Docker and Kubernetes mount secrets: root's, or on a disk that is only read.
    """
    if _mode(file) & 0o077 != stat.S_IRGRP:
        return False
    is_ours = file.stat().st_uid == os.geteuid()
    return not is_ours or bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def _mode(file: Path) -> int:
    """Give the permissions of a file; none where it is not there."""
    return stat.S_IMODE(file.stat().st_mode) if file.exists() else 0


def _secrets(newsroom: Settings) -> tuple[Path, ...]:
    """Give the files that nobody but the desk may read."""
    private, _ = newsroom.mail_keys
    return (
        newsroom.private_keys,
        newsroom.names_file,
        newsroom.factors_file,
        newsroom.session_file,
        private,
    )


def _places(newsroom: Settings) -> Iterator[str]:
    for name, place in (
        ("spool", choose.spool(newsroom)),
        ("public place", choose.public(newsroom)),
    ):
        try:
            next(place.list(), None)
        except LetterdeskError as error:
            yield f"The {name} cannot be listed: {error.sentence}"
    yield from unread_in_spool(newsroom)
    yield from _broken_in_spool(newsroom)
    yield from _leading_out(newsroom)


def unread_in_spool(newsroom: Settings) -> Iterator[str]:
    """Say what lies in the spool that no letterbox of ours writes; nothing where all is."""
    with suppress(LetterdeskError):  # it cannot be listed: the places say so
        if found := sorted(choose.spool(newsroom).unfit()):
            yield told_of_unread(found)


def _broken_in_spool(newsroom: Settings) -> Iterator[str]:
    """Say which batches the disk or the bucket does not give; reads all that wait."""
    spool = choose.spool(newsroom)
    broken: dict[str, PlaceFailed] = {}
    with suppress(LetterdeskError):  # it cannot be listed: the places say so
        for name in sorted(spool.list()):
            try:
                spool.read(name)
            except Missing:  # it was collected meanwhile, or is never read
                continue
            except PlaceFailed as error:
                broken[name] = error
                next(spool.list(), None)
    if broken:
        yield told_of_broken(broken)


def told_of_unread(names: Sequence[str]) -> str:
    """Say what collecting passed over in the spool."""
    return (
        "In the spool lies what no letterbox writes (links, pipes, folders, files that are "
        f"too large or that this user may not read): {some(names)}. It is not read, and no "
        "letter waits for it. Find out who put it there, as the letterbox may have been "
        "taken over, and remove it."
    )


def _leading_out(newsroom: Settings) -> Iterator[str]:
    """Say which links in the public place lead out of it: a web server may follow them."""
    with suppress(LetterdeskError):
        if found := sorted(choose.public(newsroom).unfit()):
            yield (
                "In the public place lie links that lead out of it, or pipes and the like: "
                f"{some(found)}. The letterbox hands out nothing of them; another web "
                "server may. Remove them."
            )


def _disks(newsroom: Settings) -> Iterator[str]:
    """Say which disk is too full to take letters: at least a megabyte is needed."""
    reserve = max(newsroom.letterbox.reserve_megabytes, 1) * _MEGABYTE
    folders = {newsroom.folder}
    for place in (choose.spool(newsroom), choose.public(newsroom)):
        if isinstance(place, Folder):
            folders.add(place.root)
    for folder in sorted(folders):
        try:
            free = Folder(root=folder).free_bytes()
        except PlaceFailed:  # it is not there: the places say so
            continue
        if free < reserve:
            yield (
                f"The disk of {folder} is full, or nearly: {free // _MEGABYTE} megabytes "
                f"are free, {reserve // _MEGABYTE} are needed. Make room on it."
            )


def _database(_newsroom: Settings) -> Iterator[str]:
    for name, value in database_settings().items():
        yield f"The database's {name} is {value}, which is not safe. Restart the desk."
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            rows = cursor.execute("PRAGMA integrity_check(10)").fetchall()
            orphans = cursor.execute("PRAGMA foreign_key_check").fetchall()
        found = [str(row[0]) for row in rows if row[0] != "ok"] + [
            str(row) for row in orphans
        ]
        if found:
            yield f"The database is damaged ({found[0]}). Restore a backup."


def _audit(newsroom: Settings) -> Iterator[str]:
    broken = verify()
    if broken is not None:
        yield told_of_break(broken)
    published = published_head(choose.public(newsroom))
    if published and not holds(published):
        yield (
            f"The audit log does not contain the published entry {published.number}: it is "
            "older than what was published, or was rewritten. Compare it with a backup."
        )


def _letters(_newsroom: Settings) -> Iterator[str]:
    """Say which letters of readers did not open, and what they wait for."""
    for reason, sentence in _WAITING.items():
        waits = Unopened.objects.filter(reason=reason)
        if first := waits.order_by("pk").defer("raw").first():
            yield sentence.format(number=waits.count(), since=first.found)


def _mails(newsroom: Settings) -> Iterator[str]:
    parked = Mail.objects.filter(is_parked=True)
    if number := parked.count():
        yield (
            f"Mails that could not be sent after many tries: {number}; the last reason was "
            f"{parked.latest('pk').reason}. Mend [mail] in letterdesk.toml. They hold only "
            "sealed addresses; their readers can still read the answer with the code."
        )
    if newsroom.site.answers_by_mail and not newsroom.mail.sender:
        yield "site.answers_by_mail is on, but mail.sender is empty: no mail can be sent."


def _press(_newsroom: Settings) -> Iterator[str]:
    yield from told_of_failing(failing())


def _models(_newsroom: Settings) -> Iterator[str]:
    if not (used := in_use()):
        return
    from letterdesk.desk.queries import desk_models  # noqa: PLC0415 -- 0.1 s, for few

    for one in used:
        fault = desk_models.fault_of(one.signal, one.model, one.digest)
        if fault is not None:
            yield (
                f"The {one.signal} model {one.number} of the desk {one.desk} cannot be "
                f"used. {fault.sentence} A backup has its weights, too."
            )


def _files(found: Shelf) -> Iterator[str]:
    if found.wrong:
        yield (
            "Published files that are missing or not as the press wrote them: "
            f"{some(found.wrong)}. "
            "If nobody else writes there, publish again: letterdesk publish FOLDER --all"
        )
    if found.unfinished:
        yield (
            "Published files that the press began to write and could not finish: "
            f"{some(found.unfinished)}. It goes on at its next slot, once nothing keeps it "
            "from writing, such as a full disk; at once: letterdesk publish FOLDER"
        )
    if found.outcomes:
        yield (
            "Outcomes that are missing, or tell authors other things than the desk would: "
            f"{some(found.outcomes)}. If nobody else writes there, tell them again: "
            "letterdesk publish FOLDER --all"
        )
    if found.pictures:
        yield told_of_pictures(found.pictures)


def told_of_failing(found: Iterable[Failing]) -> list[str]:
    """Say what the press could not do for which story, and why."""
    return [_FAILING[one.part].format(one=one, why=one.why.rstrip(".")) for one in found]


def told_of_pictures(found: Sequence[LostPicture]) -> str:
    """Say which pictures are gone, and how to give them again."""
    return (
        "Stories whose picture is missing in the public place, or damaged: "
        f"{some([one.url for one in found])}. Letterdesk keeps no other copy. Give it "
        "again: letterdesk story add FOLDER --url URL --headline TEXT --language TAG "
        "--picture FILE --alt TEXT"
    )


def _strangers(found: Shelf) -> Iterator[str]:
    """Say what else lies there: no problem by itself, it may be a robots.txt."""
    left = list(found.unknown)
    for beginning, sentence in _STRANGERS.items():
        some_of_it = [name for name in left if name.startswith(beginning)]
        left = [name for name in left if not name.startswith(beginning)]
        if some_of_it:
            yield sentence.format(files=some(some_of_it))


def _terms(newsroom: Settings) -> Iterator[str]:
    """Say in which language of the site or of stories the Terms of Use are missing."""
    for tag in newsroom.site.languages:
        if tag not in book()[0].languages:
            yield (
                f"The Terms of Use in force have no text in {tag}, a language of the site. "
                "An editor can write it for the next version, on the desk's page Rules."
            )
    for lost in lost_in_force():
        yield (
            f"The Terms of Use in force have no text in {lost.language}: stories that show "
            f"them in {lost.instead} instead: {lost.stories}. An editor can add the "
            "language to the next version, on the desk's page Rules."
        )


def _junk() -> Iterator[str]:
    """Say what did not open and never will: anybody can send it, so it is no problem."""
    found = Unopened.objects.exclude(reason__in=_WAITING).order_by("pk")
    if first := found.defer("raw").first():
        yield (
            f"What is no letter of our form, as anybody can send it: {found.count()}; the "
            f"first since {first.found} ({first.reason}). It is kept. Look at it "
            "(letterdesk unopened list FOLDER); it is discarded with letterdesk unopened "
            f"discard FOLDER --reason {first.reason}"
        )


def _encoder() -> Iterator[str]:
    """Say what keeps an installed encoder from being heard: the tables do without it."""
    if fault := installed.fault():
        yield (
            f"The encoder that is installed is damaged, or cannot be read ({fault}): the "
            "tables score comments alone. Install it again (in a clone: git restore "
            "encoder, then make encoder; with pip: pip install --force-reinstall "
            "./encoder) and restart the desk, the worker and triage serve."
        )


_FAILING = {
    "page": "The press could not publish the story {one.url}: {why}. Since {one.since} "
    "its readers see what was published before; no other story waits for it. It is tried "
    "again at every slot. Pass this line on to whoever looks after Letterdesk.",
    "outcomes": "The press could not tell a decision about a letter on {one.url}: "
    "{why}. Since {one.since} its author waits for it; all others were told. It is "
    "tried again at every slot. Pass this line on to whoever looks after Letterdesk.",
}
_WAITING = {  # by reason; what nobody can cause by sending something, or may be a letter
    KEY_UNKNOWN: "Letters that are sealed to a key that is missing: {number}; the first "
    "since {since}. They are kept. Put the key back into keys/desk.private, then: "
    "letterdesk collect FOLDER. If it is lost for good, nobody can open them any more: "
    "letterdesk unopened list FOLDER says their numbers (key-unknown), and letterdesk "
    "unopened discard FOLDER NUMBER... deletes them.",
    STORY_UNKNOWN: "Letters about stories that are not registered: {number}; the first "
    "since {since}. They are kept. They open only once the story is back under its own "
    "id; letterdesk story add gives it another one. If this newsroom came back from a "
    "backup that is older than the story, and the story’s page is in the public place: "
    "letterdesk backup FOLDER FILE, then letterdesk restore FILE NEWFOLDER --published "
    "PUBLIC, with that place or a copy, then letterdesk collect NEWFOLDER. If not, no "
    "story of yours has that id any more, or none ever had, and somebody made the letter "
    "up: letterdesk unopened list FOLDER says their numbers (story-unknown), and "
    "letterdesk unopened discard FOLDER NUMBER... deletes them for good.",
    BATCH_DAMAGED: "Batches of letters that were damaged in the spool: {number}; the first "
    "since {since}. They are kept (letterdesk unopened list FOLDER). Look for a failing "
    "disk, and for who else can write into the spool. Once that is mended: letterdesk "
    "unopened discard FOLDER --reason batch-damaged",
}
_STRANGERS = {  # by how a name begins, "" for the rest
    "t/": "Pages of stories that the desk does not know: {files}. Nobody can take down "
    "what they show, not even its author. They may be newer than the backup that this "
    "newsroom came back from: restore it with --published FOLDER, or remove them.",
    "r/": "Outcomes of letters that the desk does not know: {files}. Only who has the "
    "receipt can read one, and what it tells does not change any more. They may be newer "
    "than the backup that this newsroom came back from. Once they are removed, those "
    "receipts say that the letter has arrived, and no more.",
    "": "Files in the public place that the press did not write, and that are handed out "
    "to readers: {files}. If nobody of yours put them there, remove them and find out who "
    "can write there.",
}
_LOOKS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "keys": _keys,
    "places": _places,
    "disks": _disks,
    "database": _database,
    "audit log": _audit,
    "letters": _letters,
    "press": _press,
    "mails": _mails,
    "models": _models,
}
CHECKED = (*_LOOKS, "published files", "rules", "encoder")
