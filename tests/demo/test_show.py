import json
import socket
import sqlite3
import stat
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from letterdesk import settings
from letterdesk.cli import main
from letterdesk.demo.contents import contents
from letterdesk.domain import outcome as outcomes
from letterdesk.domain import receipt
from letterdesk.places import choose
from letterdesk.sealing import open_part
from tests.processes import done, letterdesk


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A demo newsroom, and what was said when it was made."""
    folder = tmp_path_factory.mktemp("demo") / "newsroom"
    return folder, done("demo", folder, "--no-serve", "--letterbox", "127.0.0.1:8790")


def query(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "desk.db") as connection:
        return connection.execute(sql).fetchall()


def test_comments_are_in_the_states_that_the_files_say(told: tuple[Path, str]) -> None:
    written = Counter(
        "published" if one.state == "edited" else one.state
        for story in contents().stories
        for one in story.comments
    )

    rows = query(told[0], "SELECT state, count(*) FROM desk_comment GROUP BY state")

    assert dict(rows) == dict(written)
    edited = sum(
        one.state == "edited" for story in contents().stories for one in story.comments
    )
    cut = "SELECT count(*) FROM desk_comment WHERE state = 'published' AND cuts <> '[]'"
    assert query(told[0], cut) == [(edited,)]


def test_what_is_published_is_what_readers_get(told: tuple[Path, str]) -> None:
    public = told[0] / "public" / "t"
    threads = [json.loads(file.read_text()) for file in public.glob("*/thread.json")]

    shown = {
        one["id"] for thread in threads for one in thread["comments"] if not one["gone"]
    }

    rows = query(told[0], "SELECT public_id FROM desk_comment WHERE state = 'published'")
    assert shown == {one for (one,) in rows}
    assert len(threads) == len(contents().stories)


def test_sensitive_stories_were_decided_by_two_people(told: tuple[Path, str]) -> None:
    alone = query(
        told[0],
        "SELECT count(*) FROM desk_comment c JOIN desk_story s ON s.id = c.story_id "
        "WHERE s.risk = 'sensitive' AND published IS NOT NULL AND seconded_by_id IS NULL",
    )

    assert alone == [(0,)]


def test_letters_about_letters_came_too(told: tuple[Path, str]) -> None:
    written = contents()
    appeals = sum(bool(one.appeal) for story in written.stories for one in story.comments)

    found = {
        table: query(told[0], f"SELECT count(*) FROM desk_{table}")[0][0]  # noqa: S608
        for table in ("appeal", "notice", "tip", "unopened")
    }

    assert found == {
        "appeal": appeals,
        "notice": len(written.notices),
        "tip": len(written.tips),
        "unopened": 0,
    }
    assert list((told[0] / "spool").iterdir()) == []


def test_the_sign_ins_are_told_and_kept_in_the_folder_only(told: tuple[Path, str]) -> None:
    folder, said = told
    kept = tomllib.loads((folder / "demo.toml").read_text())

    assert set(kept["passwords"]) == {"mira", "tomas"}
    for name, password in kept["passwords"].items():
        assert f"  {name:<8} password  {password}" in said
    assert kept["receipt"] in said
    assert stat.S_IMODE((folder / "demo.toml").stat().st_mode) == 0o600


def test_the_receipt_opens_an_edited_comment(told: tuple[Path, str]) -> None:
    code = tomllib.loads((told[0] / "demo.toml").read_text())["receipt"]
    keys = receipt.derive(receipt.read_code(code))
    place = choose.public(settings.read(told[0]))

    path = outcomes.path(keys.lookup)
    part = open_part(place.read(path), path=path, key=keys.outcome_key)

    found = outcomes.join([part])
    assert (found.status, bool(found.cuts), bool(found.statement)) == ("edited", True, True)


def test_all_is_well_with_it(told: tuple[Path, str]) -> None:
    assert done("check", told[0]).startswith("All is well.")
    assert done("audit", "verify", told[0]).startswith("The audit log holds:")


def test_it_publishes_every_minute_where_it_was_told_to_listen(
    told: tuple[Path, str],
) -> None:
    newsroom = settings.read(told[0])

    assert newsroom.press.slot_minutes == 1
    assert newsroom.letterbox.listen == "127.0.0.1:8790"
    assert newsroom.site.url == "http://127.0.0.1:8790"


def test_a_second_time_it_is_not_built_again(told: tuple[Path, str]) -> None:
    before = (told[0] / "demo.toml").read_bytes()

    again = letterdesk("demo", told[0], "--no-serve")

    assert (again.returncode, again.stdout.strip()) == (0, told[1])
    assert "Making" not in again.stderr
    assert (told[0] / "demo.toml").read_bytes() == before


def test_a_real_newsroom_is_not_turned_into_a_demo(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / settings.FILE).touch()

    assert main(["demo", str(tmp_path), "--no-serve"]) == 1

    assert "is a newsroom, but not a finished demo" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [settings.FILE]


def test_a_taken_port_is_told_before_anything_is_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        assert main(["demo", str(tmp_path / "demo"), "--letterbox", taken]) == 1

    assert "Choose another one: --letterbox" in capfd.readouterr().err
    assert not (tmp_path / "demo").exists()
