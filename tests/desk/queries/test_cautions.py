"""Warnings: each with what to do, and none in a newsroom that is as `init` makes it."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import AuditEntry, Decision
from letterdesk.desk.queries.cautions import cautions
from letterdesk.places import choose
from letterdesk.settings import Settings
from tests.desk import rows

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def well(newsroom: Settings, db: None) -> Settings:
    (newsroom.folder / "desk.db").touch(mode=0o600)
    choose.public(newsroom).put("t/story/index.html", b"page")
    return newsroom


def test_nothing_is_said_of_a_newsroom_as_init_makes_it(well):
    choose.spool(well).put("batch", b"sealed")
    now = datetime.fromtimestamp((well.folder / "spool/batch").stat().st_mtime, UTC)

    assert list(cautions(well, now=now + timedelta(hours=2))) == []


@pytest.mark.parametrize(
    ("name", "mode", "due"),
    [
        ("desk.db", 0o644, "600"),
        ("desk.db-wal", 0o602, "600"),
        ("spool", 0o777, "700"),
        ("spool", 0o705, "700"),
    ],
)
def test_what_is_open_to_everybody_is_named_with_the_command_that_closes_it(
    well, name, mode, due
):
    path = well.folder / name
    path.exists() or path.touch()
    path.chmod(mode)

    assert list(cautions(well)) == [
        f"{path} is open to everybody on this machine (mode {mode:04o}). Close it: chmod "
        f"{due} {path}"
    ]


def test_letters_that_wait_for_hours_are_told_since_when(well):
    spool = choose.spool(well)
    for name, hours in (("one", 2), ("two", 5)):
        spool.put(name, b"sealed")
        when = (NOON - timedelta(hours=hours)).timestamp()
        os.utime(spool.root / name, (when, when))
    os.mkfifo(spool.root / "odd")  # is no letter, however old
    os.utime(spool.root / "odd", (0, 0))

    [said] = cautions(well, now=NOON)

    assert said.startswith("Letters have waited in the spool since 2026-11-23 07:00 UTC")
    assert "letterdesk collect FOLDER" in said


def test_letters_that_are_dated_ahead_tell_of_a_wrong_clock(well):
    spool = choose.spool(well)
    spool.put("batch", b"sealed")
    when = (NOON + timedelta(days=400)).timestamp()
    os.utime(spool.root / "batch", (when, when))

    [said] = cautions(well, now=NOON)

    assert said.startswith(
        "The letters in the spool are dated 2027-12-28 12:00 UTC or later"
    )
    assert "here it is 2026-11-23 12:00 UTC" in said
    assert "timedatectl set-ntp true" in said


def test_clocks_that_are_some_minutes_apart_are_right(well):
    spool = choose.spool(well)
    spool.put("batch", b"sealed")
    when = (NOON + timedelta(minutes=4)).timestamp()
    os.utime(spool.root / "batch", (when, when))

    assert list(cautions(well, now=NOON)) == []


def test_an_entry_that_is_dated_ahead_tells_of_a_wrong_clock(well):
    record("collected", who="", day=(NOON + timedelta(days=1)).date(), letters=1)

    [said] = cautions(well, now=NOON)

    assert said.startswith("Entry 1 of the audit log is dated 2026-11-24")
    assert "here it is 2026-11-23: this machine's clock is behind, or was ahead" in said
    assert "timedatectl set-ntp true" in said
    assert list(cautions(well)) == []


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (6, True), (7, False)])
def test_a_clock_that_is_behind_is_told_of_although_the_log_goes_on(
    well, *, days: int, is_told: bool
):
    record("collected", who="", day=(NOON + timedelta(days=400)).date(), letters=1)
    for passed in range(days + 1):
        record("collected", who="", day=(NOON + timedelta(days=passed)).date(), letters=1)

    said = list(cautions(well, now=NOON + timedelta(days=days)))

    assert [one.startswith("Entry 1 of the audit log") for one in said] == [True] * is_told


@pytest.mark.parametrize(("minutes", "is_told"), [(5, False), (6, True)])
def test_a_decision_of_a_time_to_come_tells_of_a_wrong_clock(
    well, moderator, *, minutes: int, is_told: bool
):
    rows.approve(rows.make_comment(rows.make_story()), moderator)
    AuditEntry.objects.update(day=NOON.date())
    Decision.objects.update(taken=NOON + timedelta(minutes=minutes))

    said = list(cautions(well, now=NOON))

    told = "The last decision was taken at 2026-11-23 12:06 UTC, and here it is 2026-11-23"
    assert [one.startswith(told) for one in said] == [True] * is_told


def test_a_letter_that_its_sender_dated_ahead_tells_of_no_wrong_clock(well):
    rows.make_comment(rows.make_story(), arrived=(NOON + timedelta(days=400)).date())

    assert list(cautions(well, now=NOON)) == []


def test_pages_that_a_web_server_cannot_read_are_named(well):
    public = well.folder / "public"
    (public / "t/story/index.html").chmod(0o600)
    (public / "assets").mkdir(mode=0o700)
    (public / "t/story/link").symlink_to("index.html")

    [said] = cautions(well)

    assert "2 (assets, t/story/index.html)" in said
    assert said.endswith(f"chmod -R a+rX {public}")


def test_files_of_a_folder_that_is_closed_itself_are_not(well):
    public = well.folder / "public"
    (public / "t/story/index.html").chmod(0o600)
    for folder in (public, public / "t", public / "t/story"):
        folder.chmod(0o700)

    assert list(cautions(well)) == []


@pytest.mark.parametrize(
    ("written", "told"), [("closed\n", 1), ("slow\n", 0), ("shut", 0), ("\udcff", 0)]
)
def test_a_closed_letterbox_is_mentioned(well, written, told):
    well.switch.write_text(written, encoding="utf-8", errors="surrogateescape")

    said = list(cautions(well))

    assert len(said) == told
    assert all(f"letterdesk letterbox {well.folder} open" in one for one in said)
