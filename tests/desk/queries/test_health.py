import io
from dataclasses import asdict

import pytest
from django.db import connection, transaction
from msgspec.structs import replace
from PIL import Image

from letterdesk import sealing
from letterdesk.desk.actions.desk_models import take_model
from letterdesk.desk.actions.learn import learn_from_decisions
from letterdesk.desk.actions.pictures import PictureSheet, take_picture
from letterdesk.desk.actions.publish import publish
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import (
    AuditEntry,
    AuditHead,
    Comment,
    DeskModel,
    DeskWeights,
    PublishedFile,
    Story,
    Unopened,
)
from letterdesk.desk.queries import health
from letterdesk.desk.queries.health import CHECKED, database_settings, problems
from letterdesk.domain.story import Picture
from letterdesk.places.folder import Folder
from letterdesk.settings import Places, Settings
from tests.desk import rows
from tests.desk.decisions import decide_on
from tests.values import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def well(newsroom: Settings, public: Folder, key: sealing.PrivateKey) -> Settings:
    """A newsroom that has published something, with nothing wrong."""
    folder = newsroom.folder / "keys"
    folder.mkdir()
    (folder / "desk.private").write_bytes(sealing.private_file([key]))
    (folder / "desk.public").write_bytes(sealing.public_file([key.public]))
    rows.approve(rows.make_comment(rows.make_story()), rows.make_person("mina"))
    publish(public, newsroom=newsroom, today=TODAY)
    return newsroom


def the_problem(newsroom: Settings) -> str:
    [sentence] = problems(newsroom)
    return sentence


def test_all_is_well(well):
    assert problems(well) == []
    assert CHECKED == (
        "keys",
        "places",
        "disks",
        "database",
        "audit log",
        "letters",
        "mails",
        "models",
        "published files",
    )


def test_weights_that_are_gone_are_named(well, editor):
    decide_on(300, by=editor)
    list(learn_from_decisions(today=TODAY))
    taken = take_model(DeskModel.objects.get().pk, by=editor, today=TODAY)
    assert problems(well) == []

    DeskWeights.objects.all().delete()

    assert f"incivility model {taken.number} of the desk English" in the_problem(well)


def test_a_disk_that_is_nearly_full_is_found(well):
    letterbox = replace(well.letterbox, reserve_megabytes=1 << 40)

    sentences = problems(replace(well, letterbox=letterbox))

    assert [sentence.split(" is full")[0] for sentence in sentences] == [
        f"The disk of {folder}" for folder in (well.folder, well.folder / "public")
    ] + [f"The disk of {well.folder / 'spool'}"]


def test_a_key_file_that_is_missing_is_found(well):
    well.private_keys.unlink()

    assert "There is no key file" in the_problem(well)


def test_a_public_key_without_its_private_half_is_found(well, key):
    other = sealing.new_key()
    well.public_keys.write_bytes(sealing.public_file([other.public, key.public]))

    assert other.public.id.hex() in the_problem(well)


def test_a_place_that_cannot_be_listed_is_found(well, monkeypatch):
    def fails(self: Folder, under: str = "") -> None:
        raise health.LetterdeskError("It is gone.")

    monkeypatch.setattr(Folder, "list", fails)

    assert problems(well) == [
        "The spool cannot be listed: It is gone.",
        "The public place cannot be listed: It is gone.",
    ]


def test_a_database_that_could_forget_a_commit_is_found(well, monkeypatch):
    wanted = {"synchronous": 3} if connection.vendor == "sqlite" else {"fsync": "off"}
    monkeypatch.setattr(health, "_PRAGMAS", wanted)
    monkeypatch.setattr(health, "_SETTINGS", wanted)

    assert "is not safe" in the_problem(well)


def test_a_damaged_database_is_found(well):
    if connection.vendor != "sqlite":
        return  # PostgreSQL looks after its files itself
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("UPDATE desk_comment SET story_id = 999")
        cursor.execute("PRAGMA foreign_keys=ON")

    assert "The database is damaged" in problems(well)[0]

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


def test_a_published_head_that_cannot_be_read_is_found(well, public):
    public.put("report/audit.json", b"{")

    assert "not as the press wrote them: 1 (report/audit.json)." in the_problem(well)


def test_letters_that_did_not_open_are_counted(well):
    Unopened.objects.create(
        digest="a", batch="b", raw=b"", reason="key-unknown", found=TODAY
    )

    assert the_problem(well).startswith(
        "Letters that could not be opened: 1; the first since 2026-11-23 (key-unknown)."
    )


def test_published_files_that_somebody_touched_are_counted(well, public):
    story = Comment.objects.get().story.public_id
    public.put(f"t/{story}/thread.json", b"{}")
    public.remove("index.html")

    assert (
        "missing or not as the press wrote them: 2 "
        f"(index.html, t/{story}/thread.json). If nobody else writes there, publish again"
    ) in the_problem(well)
    assert health.health(well).files.wrong == ["index.html", f"t/{story}/thread.json"]


def test_of_many_wrong_files_the_first_are_named_and_all_are_given(well, public):
    for path in list(public.list()):
        public.remove(path)

    found = health.health(well)

    assert len(found.files.wrong) == PublishedFile.objects.count() > 6
    assert f", and {len(found.files.wrong) - 5} more). If nobody" in found.problems[-1]


def a_picture(public: Folder) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (80, 40), "red").save(file, "PNG")
    return take_picture(PictureSheet(raw=file.getvalue(), alt="A pier"), place=public)


@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_a_picture_that_is_gone_is_named_with_its_story(well, public, how):
    picture = a_picture(public)
    Story.objects.update(picture=asdict(picture))
    assert problems(well) == []

    if how == "gone":
        public.remove(picture.path)
    else:
        public.put(picture.path, b"RIFF")

    url = Story.objects.get().url
    assert f"missing in the public place, or damaged: 1 ({url})." in the_problem(well)
    assert "letterdesk story add FOLDER --url URL" in the_problem(well)


def test_files_that_the_press_did_not_write_are_named_and_are_no_problem(well, public):
    earlier = a_picture(public)  # of a story that has another one by now
    public.put("r/AB/" + "A" * 26, b"an outcome")
    public.put("evil.html", b"<script>")
    public.put("t/\x1b[2Jx.html", b"")

    found = health.health(well)

    assert (well.folder / "public" / earlier.path).is_file()
    assert found.problems == []
    assert found.files.unknown == ["evil.html", "t/\x1b[2Jx.html"]
    [warning] = found.warnings
    assert "2 (evil.html, 't/\\x1b[2Jx.html')" in warning
    assert "find out who can write there" in warning


def test_a_public_place_that_was_moved_without_its_files_is_found(well):
    elsewhere = replace(well, places=Places(public="elsewhere"))

    assert "missing or not as the press wrote them" in the_problem(elsewhere)


def test_every_connection_has_the_settings_that_are_due():
    assert database_settings() == {}
