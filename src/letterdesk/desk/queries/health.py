"""Look whether all is well with a newsroom, for `letterdesk check`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from letterdesk.desk.models import Mail, Unopened
from letterdesk.desk.queries.audit import (
    holds,
    lost_by_return,
    published_head,
    told_of_break,
    unpublished_since,
    verify,
)
from letterdesk.desk.queries.cautions import cautions
from letterdesk.desk.queries.damaged import told_of_damaged
from letterdesk.desk.queries.failing import Failing, failing
from letterdesk.desk.queries.health_of_keys import key_faults, mounted_keys
from letterdesk.desk.queries.health_of_places import (
    full_disks,
    place_faults,
    unwritable,
)
from letterdesk.desk.queries.models_in_use import in_use
from letterdesk.desk.queries.shelf import LostPicture, Shelf, shelf
from letterdesk.desk.queries.terms import book
from letterdesk.desk.queries.terms_reach import lost_in_force
from letterdesk.desk.queries.unopened import (
    BATCH_DAMAGED,
    KEY_UNKNOWN,
    STORY_UNKNOWN,
)
from letterdesk.desk.queries.vendor import is_sqlite
from letterdesk.domain.told import some
from letterdesk.places import choose
from letterdesk.settings import Settings
from letterdesk.triage.encoder import installed
from letterdesk.watch import Watch

_PRAGMAS = {  # what desk.database asks for, as SQLite says it back
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "temp_store": 2,
}
_SERVER_SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


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
            *mounted_keys(newsroom),
            *cautions(newsroom, now=now),
        ],
        files=files,
    )


def problems_unpublished(newsroom: Settings) -> list[str]:
    """Give what is wrong, whatever lies in the public place."""
    return [sentence for look in _LOOKS.values() for sentence in look(newsroom)]


def database_settings() -> dict[str, object]:
    """Give those of the database's settings that differ from what is due, as they are."""
    due = _PRAGMAS if is_sqlite() else _SERVER_SETTINGS
    ask = "PRAGMA" if is_sqlite() else "SHOW"
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for name, wanted in due.items():
            cursor.execute(f"{ask} {name}")
            if (value := cursor.fetchone()[0]) != wanted:
                found[name] = value
    return found


def _database(_newsroom: Settings) -> Iterator[str]:
    for name, value in database_settings().items():
        yield f"The database's {name} is {value}, which is not safe. Restart the desk."
    if is_sqlite():
        file = str(connection.settings_dict["NAME"])
        yield from unwritable([Path(file + end) for end in ("", "-wal", "-shm")])
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
    if published is None or holds(published):
        return
    if made := lost_by_return(published):
        yield (
            f"The entry of the audit log that was published last, {published.number}, is "
            f"of after the backup that this newsroom came back from, made on {made}: the "
            "log has gone on without it since. That is as it must be, and ends with the "
            "next publication."
        )
    else:
        yield (
            f"The audit log does not contain the published entry {published.number}: it is "
            "older than what was published, or was rewritten. Keep a copy of both, and "
            "compare it with a backup. The press leaves the published head as it is. Once "
            "you know why, take report/audit.json out of the public place: the next "
            "publication puts the log’s own head there."
        )


def _letters(_newsroom: Settings) -> Iterator[str]:
    """Say which letters of readers did not open, and what they wait for."""
    for reason, sentence in _WAITING.items():
        waits = Unopened.objects.filter(reason=reason)
        if first := waits.order_by("pk").defer("raw").first():
            yield sentence.format(number=waits.count(), since=first.found)
    yield from told_of_damaged()


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
    if found.unfinished and (made := unpublished_since()):
        yield (
            "Nothing of this newsroom is published since it came back from the backup of "
            f"{made}: {len(found.unfinished)} files wait for that. Do what restore said is "
            "to be done before; then publish: letterdesk publish FOLDER"
        )
    elif found.unfinished:
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
    known = [*_WAITING, BATCH_DAMAGED]
    found = Unopened.objects.exclude(reason__in=known).order_by("pk")
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
}
_STRANGERS = {  # by how a name begins, "" for the rest
    "t/": "Pages of stories that the desk does not know: {files}. Nobody can take down "
    "what they show, not even its author. They may be newer than the backup that this "
    "newsroom came back from: restore it with --published PUBLIC, or remove them.",
    "r/": "Outcomes of letters that the desk does not know: {files}. Only who has the "
    "receipt can read one, and what it tells does not change any more. They may be newer "
    "than the backup that this newsroom came back from. Once they are removed, those "
    "receipts say that the letter has arrived, and no more.",
    "": "Files in the public place that the press did not write, and that are handed out "
    "to readers: {files}. If nobody of yours put them there, remove them and find out who "
    "can write there.",
}
_LOOKS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "keys": key_faults,
    "places": place_faults,
    "disks": full_disks,
    "database": _database,
    "audit log": _audit,
    "letters": _letters,
    "press": _press,
    "mails": _mails,
    "models": _models,
}
CHECKED = (*_LOOKS, "published files", "rules", "encoder")
