import errno
import gzip
import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import brotli
import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from msgspec.structs import replace
from PIL import Image

from letterdesk import sealing
from letterdesk.desk.actions.collect import collect
from letterdesk.desk.actions.desk_models import take_model
from letterdesk.desk.actions.discard import discard_all
from letterdesk.desk.actions.factors import seal_factors
from letterdesk.desk.actions.forget import forget_files
from letterdesk.desk.actions.learn import learn_from_decisions
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.names_back import look_anew_under
from letterdesk.desk.actions.pictures import PictureSheet, take_picture
from letterdesk.desk.actions.publish import publish
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.terms import adopt, begin_draft, digest, put_into_force
from letterdesk.desk.models import (
    AuditEntry,
    AuditHead,
    Comment,
    DeskModel,
    DeskWeights,
    PublishedFile,
    Story,
    Unopened,
    User,
)
from letterdesk.desk.queries import health as module
from letterdesk.desk.queries.health import CHECKED, database_settings, health
from letterdesk.desk.queries.terms import draft
from letterdesk.desk.queries.vendor import is_sqlite
from letterdesk.domain import outcome as outcomes
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.ids import new_id
from letterdesk.domain.outcome import part_path
from letterdesk.domain.states import Action
from letterdesk.domain.story import Picture
from letterdesk.places import choose, inbox
from letterdesk.places.folder import Folder
from letterdesk.places.inbox import Inbox
from letterdesk.settings import Mail, Places, Settings, Site, Tips
from letterdesk.watch import Watch
from tests.desk import rows
from tests.desk.decisions import decide_on
from tests.desk.rows import NOW
from tests.values import TODAY, a_letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def well(newsroom: Settings, public: Folder, key: sealing.PrivateKey) -> Settings:
    """A newsroom that has published something, with nothing wrong."""
    folder = newsroom.folder / "keys"
    folder.mkdir()
    for name, raw in (
        ("desk.private", sealing.private_file([key])),
        ("desk.session", b"s" * 64),
        ("desk.names", b"n" * 32),
        ("desk.factors", b"f" * 32),
    ):
        (folder / name).touch(mode=0o600)
        (folder / name).write_bytes(raw)
    (folder / "desk.public").write_bytes(sealing.public_file([key.public]))
    rows.approve(rows.make_comment(rows.make_story()), rows.make_person("mina"))
    publish(public, newsroom=newsroom, today=TODAY)
    return newsroom


def the_problem(newsroom: Settings) -> str:
    [sentence] = health(newsroom).problems
    return sentence


def test_a_batch_that_the_disk_does_not_give_is_told(well, monkeypatch):
    spool = choose.spool(well)
    spool.put("broken", b"a letter of somebody's")
    spool.put("whole", b"another one")
    read = inbox.read_plain

    def read_plain(path: Path, **options: Any) -> bytes:
        if path.name == "broken":
            raise OSError(errno.EIO, "Input/output error")
        return read(path, **options)

    monkeypatch.setattr(inbox, "read_plain", read_plain)

    (told,) = health(well).problems

    assert "cannot be read: 1 (broken). Could not read broken: Input/output error." in told


def test_all_is_well(well):
    assert health(well).problems == []
    assert CHECKED == (
        "keys",
        "places",
        "disks",
        "database",
        "audit log",
        "letters",
        "press",
        "mails",
        "models",
        "published files",
        "rules",
        "encoder",
    )


def test_weights_that_are_gone_are_named(well, editor):
    decide_on(300, by=editor)
    list(learn_from_decisions(today=TODAY))
    taken = take_model(DeskModel.objects.get().pk, by=editor, today=TODAY)
    assert health(well).problems == []

    DeskWeights.objects.all().delete()

    assert f"incivility model {taken.number} of the desk English" in the_problem(well)


def test_a_disk_that_became_read_only_is_found(well, monkeypatch):
    found = os.statvfs(well.folder)
    flags = list(found)
    flags[8] |= os.ST_RDONLY
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(flags))

    told = health(well).problems

    assert f"The disk of {well.folder} is mounted read-only" in told[0]
    assert len(told) == 3


def test_what_this_user_may_not_write_is_named(well, monkeypatch):
    closed = [well.folder / "spool"]
    if is_sqlite():
        base = well.folder / "desk.db"
        closed += [base, base.with_name("desk.db-shm")]
        for path in closed[1:]:
            path.touch()
        monkeypatch.setitem(connection.settings_dict, "NAME", base)
    may = os.access
    monkeypatch.setattr(
        os, "access", lambda path, how: path not in closed and may(path, how)
    )

    told = health(well).problems

    assert [one.partition(":")[0] for one in told] == [
        f"This user may not write {path}" for path in closed
    ]
    assert told[0].endswith(
        f"let it: chmod u+w {closed[0]}, as its owner. Otherwise look once more as the "
        "user that it runs as."
    )


def test_a_disk_that_is_nearly_full_is_found(well):
    letterbox = replace(well.letterbox, reserve_megabytes=1 << 40)

    sentences = health(replace(well, letterbox=letterbox)).problems

    assert [sentence.split(" is full")[0] for sentence in sentences] == [
        f"The disk of {folder}" for folder in (well.folder, well.folder / "public")
    ] + [f"The disk of {well.folder / 'spool'}"]


def test_a_key_file_that_is_missing_is_found(well):
    well.private_keys.unlink()

    sentence = the_problem(well)
    assert (
        f"There is no key file {well.private_keys}. Put it back from a backup" in sentence
    )
    assert "init` makes one" not in sentence


@pytest.mark.parametrize(
    ("held", "says"), [(None, "which tips.key in letterdesk.toml names"), (b"{", "be read")]
)
def test_a_key_of_tips_that_cannot_be_used_is_found(well, key, held, says):
    file = well.folder / "keys" / "tips.public"
    tips = replace(well, tips=Tips(key="keys/tips.public"))
    file.write_bytes(sealing.public_file([key.public]))
    assert health(tips).problems == []

    file.unlink() if held is None else file.write_bytes(held)

    assert f"{file}" in the_problem(tips)
    assert says in the_problem(tips)
    assert "init" not in the_problem(tips)


@pytest.mark.parametrize("name", ["spool", "public"])
def test_a_folder_that_is_not_there_is_found(well, name):
    (well.folder / name).rename(well.folder / "elsewhere")

    sentence = health(well).problems[0]

    assert f"cannot be listed: There is no folder {well.folder / name}." in sentence


def test_a_public_key_without_its_private_half_is_found(well, key):
    other = sealing.new_key()
    well.public_keys.write_bytes(sealing.public_file([other.public, key.public]))

    assert other.public.id.hex() in the_problem(well)


def test_a_lost_key_of_sessions_is_found(well):
    well.session_file.unlink()

    assert "desk.session is missing: every restart" in the_problem(well)


@pytest.mark.parametrize("left", [None, b"", b"n" * 31])
def test_a_lost_key_of_names_is_found_whether_names_are_listed_or_not(left, well, editor):
    key = well.names_key
    if left is None:
        well.names_file.unlink()
    else:
        well.names_file.write_bytes(left)
    assert "desk.names is missing or damaged: no name can be" in the_problem(well)

    protect_on_both_lists(key, by=editor)

    assert (
        "desk.names is missing or damaged, the key for protected names on these lists: 2 "
        f"(the site’s, {Story.objects.get().url})." in the_problem(well)
    )


def test_another_key_than_names_were_listed_with_is_found(well, editor):
    protect_on_both_lists(bytes(32), by=editor)

    assert "is not the key that names on these lists were listed with: 2" in (
        the_problem(well)
    )

    well.names_file.write_bytes(bytes(32))
    assert health(well).problems == []


def test_what_the_key_of_names_has_yet_to_look_at_is_told_once_it_is_back(well, editor):
    protect_on_both_lists(well.names_key, by=editor)
    look_anew_under(b"")

    assert "have yet to be looked at for protected names" in the_problem(well)

    look_anew_under(well.names_key)
    assert health(well).problems == []


def protect_on_both_lists(key, *, by):
    for story in (Story.objects.get().public_id, ""):
        new = NewName(label="him", spellings=("Daniel Roe",))
        protect(new, story=story, key=key, by=by, now=rows.NOW)


@pytest.mark.parametrize("left", [None, b"", b"f" * 31])
def test_a_lost_key_of_second_factors_is_found_whether_there_are_any_or_not(left, well):
    key = well.factors_key
    if left is None:
        well.factors_file.unlink()
    else:
        well.factors_file.write_bytes(left)
    assert (
        "desk.factors is missing or damaged: no app and no recovery codes can be set"
        in (the_problem(well))
    )

    set_up_apps(key)

    told = the_problem(well)
    assert "are sealed with: 2 (erin, mina). Their codes are refused" in told
    assert told.endswith(f"lost for good: letterdesk keys factors {well.folder}")


def test_second_factors_that_another_key_sealed_are_found_by_whose_they_are(well):
    set_up_apps(bytes(32))

    told = the_problem(well)
    assert "desk.factors is not the key that second factors of these accounts were" in told
    assert "sealed with: 2 (erin, mina). Their codes" in told

    well.factors_file.write_bytes(bytes(32))
    assert health(well).problems == []


def test_second_factors_that_lie_in_the_database_as_they_are_are_found(well):
    set_up_apps(well.factors_key)
    Authenticator.objects.filter(user__username="mina").update(data={"secret": "ABCD2345"})

    assert "of these accounts lie in the database as they are: 1 (mina). Seal them" in (
        the_problem(well)
    )

    assert seal_factors(well.factors_key) == 1
    assert health(well).problems == []


def set_up_apps(key):
    rows.make_person("erin")
    for user in User.objects.all():
        data = {"secret": sealing.seal_factor("ABCD2345", key)}
        Authenticator.objects.create(user=user, type="totp", data=data)


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ("mail.private", "cannot be read"),
        ("mail.public", "cannot be read"),
        (None, "There is no key file"),
    ],
)
def test_a_key_to_mail_addresses_that_cannot_be_used_is_found(well, key, spoilt, says):
    mails = replace(
        well, site=Site(answers_by_mail=True), mail=Mail(sender="letters@news.example")
    )
    private, public = mails.mail_keys
    private.touch(mode=0o600)
    private.write_bytes(sealing.private_file([key]))
    public.write_bytes(sealing.public_file([key.public]))
    assert health(mails).problems == []

    if spoilt:
        private.with_name(spoilt).write_bytes(b"")
    else:
        private.unlink()

    assert says in the_problem(mails)
    assert health(well).problems == []


@pytest.mark.parametrize(
    "name",
    ["desk.private", "desk.names", "desk.factors", "desk.session", "mail.private"],
)
@pytest.mark.parametrize("mode", [0o640, 0o602])
def test_a_secret_key_that_is_open_to_others_is_found(well, name, mode):
    file = well.folder / "keys" / name
    file.touch()
    file.chmod(mode)

    assert f"{file} is open to others on this machine (mode {mode:04o})" in (
        the_problem(well)
    )


def test_a_key_that_is_mounted_for_our_group_is_a_warning(well, monkeypatch):
    file = well.names_file
    file.chmod(0o440)
    monkeypatch.setattr("os.geteuid", lambda: file.stat().st_uid + 1)

    found = health(well)

    assert found.problems == []
    assert found.warnings == [
        f"{file} can be read by the group {file.stat().st_gid} (mode 0440), as a mounted "
        "secret is. See to it that nobody but the desk is in that group."
    ]
    for mode in (0o444, 0o460):
        file.chmod(mode)
        assert f"(mode {mode:04o}). Close it" in the_problem(well)


def test_rules_that_lack_a_language_of_the_site_or_of_stories_are_a_warning(well, editor):
    adopt(languages=["en"], today=TODAY)
    begin_draft("1", by=editor, languages=["en"], today=TODAY)
    seen = digest(draft(["en"]).version)
    put_into_force(by=editor, languages=["en"], today=TODAY, seen=seen)
    rows.make_story(7, language="ug")
    publish(choose.public(well), newsroom=well, today=TODAY)

    found = health(replace(well, site=Site(languages=("en", "fr"))))

    assert found.problems == []
    assert found.warnings == [
        "The Terms of Use in force have no text in fr, a language of the site. An editor "
        "can write it for the next version, on the desk's page Rules.",
        "The Terms of Use in force have no text in ug: stories that show them in en "
        "instead: 1. An editor can add the language to the next version, on the desk's "
        "page Rules.",
    ]


def test_a_place_that_cannot_be_listed_is_found(well, monkeypatch):
    def fails(self: Folder, under: str = "") -> None:
        raise LetterdeskError("It is gone.")

    monkeypatch.setattr(Folder, "list", fails)
    monkeypatch.setattr(Inbox, "list", fails)

    assert health(well).problems == [
        "The spool cannot be listed: It is gone.",
        "The public place cannot be listed: It is gone.",
    ]


def test_a_database_that_could_forget_a_commit_is_found(well, monkeypatch):
    wanted = {"synchronous": 3} if connection.vendor == "sqlite" else {"fsync": "off"}
    monkeypatch.setattr(module, "_PRAGMAS", wanted)
    monkeypatch.setattr(module, "_SERVER_SETTINGS", wanted)

    assert "is not safe" in the_problem(well)


def test_a_damaged_database_is_found(well):
    if connection.vendor != "sqlite":
        return  # PostgreSQL looks after its files itself
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("UPDATE desk_comment SET story_id = 999")
        cursor.execute("PRAGMA foreign_keys=ON")

    assert "The database is damaged" in health(well).problems[0]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE desk_comment SET story_id = (SELECT id FROM desk_story)")


def test_a_rewritten_log_is_found(well):
    AuditEntry.objects.filter(number=1).update(facts={})

    assert "The audit log is broken from entry 1 on" in the_problem(well)


def test_a_log_that_is_older_than_what_was_published_is_found(well):
    number = AuditHead.objects.get().number
    rows.cut_log()
    AuditHead.objects.all().delete()
    with transaction.atomic():
        record("hold", who="mina", day=TODAY)

    assert f"does not contain the published entry {number}" in the_problem(well)


@pytest.mark.parametrize("since", ["nothing", "published", "before"])
def test_a_log_that_came_back_from_a_backup_is_not_called_rewritten(well, public, since):
    with transaction.atomic():
        record("hold", who="mina", day=TODAY)
        entries = AuditHead.objects.get().number
        record("withdraw", who="author", day=TODAY)  # as the restoring does
        made = "2026-11-20T05:00+00:00"
        record("restored", who="command", day=TODAY, made=made, entries=entries)
        if since == "published":
            record("head-begun", who="press", day=TODAY)
    number = entries + (since != "before")
    published = {"number": number, "digest": "1" * 64}
    public.put("report/audit.json", json.dumps(published).encode())

    told = [one for one in health(well).problems if "audit log" in one]

    alarm = f"does not contain the published entry {number}"
    calm = "of after the backup that this newsroom came back from, made on 2026-11-20"
    assert len(told) == 1
    assert ((calm in told[0]), (alarm in told[0])) == (
        since == "nothing",
        since != "nothing",
    )


def test_a_published_head_that_cannot_be_read_is_found(well, public):
    public.put("report/audit.json", b"{")

    assert "not as the press wrote them: 1 (report/audit.json)." in the_problem(well)


def test_letters_that_wait_are_problems_and_what_anybody_can_send_is_a_warning(well):
    reasons = ("seal-broken", "key-unknown", "story-unknown", "batch-damaged", "id-wrong")
    for number, reason in enumerate(reasons * 2):
        Unopened.objects.create(
            digest=f"{number}", batch=f"{number}", raw=b"", reason=reason, found=TODAY
        )

    found = health(well)

    assert [sentence.split(". ")[0] for sentence in found.problems] == [
        "Letters that are sealed to a key that is missing: 2; the first since 2026-11-23",
        "Letters about stories that are not registered: 2; the first since 2026-11-23",
        "Batches of letters that were damaged in the spool: 2; the first since 2026-11-23",
    ]
    [junk] = found.warnings
    assert junk.startswith(
        "What is no letter of our form, as anybody can send it: 4; the first since "
        "2026-11-23 (seal-broken)."
    )
    assert junk.endswith("discard FOLDER --reason seal-broken")


def test_what_was_read_in_damaged_batches_is_told_and_what_was_not(well, spool, key):
    story = Story.objects.get().public_id
    for name in ("one", "two"):
        sealed = [
            sealing.seal(a_letter(id=new_id(), story=story), key.public) for _ in range(3)
        ]
        spool.put(name, pack_batch(sealed)[:-1])
    collect(spool, [key], today=TODAY)

    assert (
        "damaged in the spool: 2; the first since 2026-11-23. The letters in them that "
        "open were taken like all others: 6. What could not be read is kept: 70 bytes "
        "(letterdesk unopened list FOLDER); a sealed letter has 1086 or more"
    ) in the_problem(well)

    discard_all("batch-damaged", today=TODAY)
    assert health(well).problems == []


def test_published_files_that_somebody_touched_are_counted(well, public):
    story = Comment.objects.get().story.public_id
    public.put(f"t/{story}/thread.json", b"{}")
    public.remove("index.html")

    assert (
        "missing or not as the press wrote them: 2 "
        f"(index.html, t/{story}/thread.json). If nobody else writes there, publish again"
    ) in the_problem(well)
    assert health(well).files.wrong == ["index.html", f"t/{story}/thread.json"]


def test_what_the_press_could_not_finish_is_told_from_what_somebody_touched(well, public):
    public.remove("report/index.html")
    PublishedFile.objects.filter(path="index.html").update(digest="")

    wrong, unfinished = health(well).problems

    found = health(well).files
    assert (found.wrong, found.unfinished) == (["report/index.html"], ["index.html"])
    assert "could not finish: 1 (index.html). It goes on at its next slot" in unfinished
    assert "not as the press wrote them: 1 (report/index.html)" in wrong


def test_of_many_wrong_files_the_first_are_named_and_all_are_given(well, public):
    for path in list(public.list()):
        public.remove(path)

    found = health(well)

    assert len(found.files.wrong) == PublishedFile.objects.count() > 6
    assert f", and {len(found.files.wrong) - 5} more). If nobody" in found.problems[-2]
    assert found.files.outcomes == [outcome_of(Comment.objects.get())]


@pytest.mark.parametrize("ending", [".br", ".gz"])
@pytest.mark.parametrize("how", ["gone", "other", "longer", "torn", "noise", "a bomb"])
def test_a_copy_that_unpacks_to_something_else_is_named(well, public, how, ending):
    pack = {".br": brotli.compress, ".gz": gzip.compress}[ending]
    plain = public.read("index.html")
    put = {
        "other": lambda: pack(b"<p>Somebody else's words."),
        "longer": lambda: pack(plain + b"<p>And more."),
        "torn": lambda: pack(plain)[:-9],
        "noise": lambda: b"\x8b\x1f nothing that unpacks",
        "a bomb": lambda: pack(bytes(1 << 24)),
    }

    if how == "gone":
        public.remove(f"index.html{ending}")
    else:
        public.put(f"index.html{ending}", put[how]())

    assert health(well).files.wrong == [f"index.html{ending}"]
    assert f"1 (index.html{ending}). If nobody else" in the_problem(well)
    forget_files()
    publish(public, newsroom=well, today=TODAY)
    assert health(well).problems == []


def test_a_copy_of_what_has_none_is_a_strange_file(well, public):
    picture = a_picture(public)
    Story.objects.update(picture=asdict(picture))
    strange = [f"{picture.path}.br", "index.html.br.gz", "index.html.gz.gz"]
    for name in strange:
        public.put(name, b"a web server would hand it out")

    assert health(well).files.unknown == sorted(strange)


def outcome_of(comment: Comment) -> str:
    return outcomes.path(comment.lookup)


def test_an_outcome_that_tells_something_else_is_named(well, public, colleague):
    comment = Comment.objects.get()
    before = public.read(outcome_of(comment))
    rows.move(comment, Action.RETRACT, colleague)
    publish(public, newsroom=well, today=TODAY)
    assert health(well).problems == []

    public.put(outcome_of(comment), before)  # sealed by the desk, and no longer right

    assert health(well).files.outcomes == [outcome_of(comment)]
    assert (
        "Outcomes that are missing, or tell authors other things than the desk would: 1 "
        f"({outcome_of(comment)})."
    ) in the_problem(well)
    forget_files()
    publish(public, newsroom=well, today=TODAY)
    assert health(well).problems == []


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_an_outcome_of_which_a_part_is_wrong_is_named(well, public, colleague, how, part):
    chance = Random(1)  # noqa: S311 -- repeatable, and not to be compressed
    words = "".join(chr(chance.randrange(0xAC00, 0xD7A3)) for _ in range(4000))
    comment = rows.make_comment(Story.objects.get(), text=f"{words} Daniel Roe")
    rows.move(comment, Action.EDIT, colleague, text=f"{words} [name removed]")
    publish(public, newsroom=well, today=TODAY)
    assert health(well).problems == []
    name = part_path(comment.lookup, bytes(comment.outcome_key), part)

    if how == "gone":
        public.remove(name)
    else:
        public.put(name, bytes(4096))

    assert health(well).files.outcomes == [outcome_of(comment)]


def test_what_senders_of_notices_and_tips_are_told_is_looked_at(well, public):
    told = {"is_open": False, "outcome_due": True}
    notice = rows.make_notice(Comment.objects.get(), fate="kept", decided=NOW, **told)
    tip = rows.make_tip(Story.objects.get(), is_withdrawn=True, **told)
    publish(public, newsroom=well, today=TODAY)
    assert health(well).problems == []

    public.remove(outcomes.path(notice.lookup))
    public.put(outcomes.path(tip.lookup), public.read(outcome_of(Comment.objects.get())))

    wrong = sorted([outcomes.path(notice.lookup), outcomes.path(tip.lookup)])
    assert health(well).files.outcomes == wrong


def test_an_outcome_of_a_story_that_changed_its_language_is_no_problem(well):
    Story.objects.update(language="ko")

    assert health(well).problems == []


def test_what_the_press_is_still_to_do_is_no_problem(well, colleague):
    rows.move(Comment.objects.get(), Action.RETRACT, colleague)

    assert health(well).problems == []


def test_a_story_that_cannot_be_published_is_named(well, public):
    Comment.objects.update(cuts=[["Daniel Roe"]])
    Story.objects.update(changed=True)
    publish(public, newsroom=well, today=TODAY)
    url = Story.objects.get().url

    assert (
        f"could not publish the story {url}: code=unexpected error=ValueError"
        in (health(well).problems[0])
    )


def test_looking_shows_how_far_it_is(well):
    seen: list[tuple[str, int]] = []

    def watch(what: str) -> Watch:
        def watched(ones: Sequence[int]) -> Iterator[int]:
            for one in ones:
                seen.append((what, one))
                yield one

        return watched

    health(well, watch=watch)

    assert [what for what, _ in seen] == sorted(what for what, _ in seen)
    assert {what for what, _ in seen} == {"Looking at files", "Looking at outcomes"}


def a_picture(public: Folder) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (80, 40), "red").save(file, "PNG")
    return take_picture(
        PictureSheet(raw=file.getvalue(), alt="A pier"), place=public, today=TODAY
    )


@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_a_picture_that_is_gone_is_named_with_its_story(well, public, how):
    picture = a_picture(public)
    Story.objects.update(picture=asdict(picture))
    assert health(well).problems == []

    if how == "gone":
        public.remove(picture.path)
    else:
        public.put(picture.path, b"RIFF")

    url = Story.objects.get().url
    assert f"missing in the public place, or damaged: 1 ({url})." in the_problem(well)
    assert "letterdesk story add FOLDER --url URL" in the_problem(well)


def test_files_that_the_press_did_not_write_are_named_and_are_no_problem(well, public):
    earlier = a_picture(public)  # of a story that has another one by now
    public.put("r/AB/AB" + "A" * 24, b"an outcome of nobody's letter")
    public.put("evil.html", b"<script>")
    public.put("t/\x1b[2Jx.html", b"")

    found = health(well)

    assert (well.folder / "public" / earlier.path).is_file()
    assert found.problems == []
    assert found.files.unknown == [
        "evil.html",
        "r/AB/AB" + "A" * 24,
        "t/\x1b[2Jx.html",
    ]
    pages, outcomes, others = found.warnings
    assert "Pages of stories that the desk does not know: 1 ('t/\\x1b[2Jx.html')." in pages
    assert "Outcomes of letters that the desk does not know: 1 (r/AB/AB" in outcomes
    assert "handed out to readers: 1 (evil.html)." in others


def test_a_public_place_that_was_moved_without_its_files_is_found(well):
    elsewhere = replace(well, places=Places(public="elsewhere"))

    place, files, told = health(elsewhere).problems
    assert f"There is no folder {well.folder / 'elsewhere'}." in place
    assert "missing or not as the press wrote them" in files
    assert told.startswith("Outcomes that are missing")


def test_every_connection_has_the_settings_that_are_due():
    assert database_settings() == {}
