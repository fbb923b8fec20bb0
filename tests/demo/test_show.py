import json
import shutil
import socket
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
from tests.newsrooms import copy, demo, query
from tests.processes import done, letterdesk

__all__ = ["demo"]


def test_comments_are_in_the_states_that_the_files_say(demo: Path) -> None:
    written = Counter(
        "published" if one.state == "edited" else one.state
        for story in contents().stories
        for one in story.comments
    )

    rows = query(demo, "SELECT state, count(*) FROM desk_comment GROUP BY state")

    assert dict(rows) == dict(written)
    edited = sum(
        one.state == "edited" for story in contents().stories for one in story.comments
    )
    cut = (
        "SELECT count(*) FROM desk_comment "
        "WHERE state = 'published' AND (cuts <> '[]' OR name_left_out)"
    )
    assert query(demo, cut) == [(edited,)]


def test_what_is_published_is_what_readers_get(demo: Path) -> None:
    public = demo / "public" / "t"
    threads = [json.loads(file.read_text()) for file in public.glob("*/thread.json")]

    shown = {
        one["id"] for thread in threads for one in thread["comments"] if not one["gone"]
    }

    rows = query(demo, "SELECT public_id FROM desk_comment WHERE state = 'published'")
    assert shown == {one for (one,) in rows}
    assert len(threads) == len(contents().stories)


def test_sensitive_stories_were_decided_by_two_people(demo: Path) -> None:
    alone = query(
        demo,
        "SELECT count(*) FROM desk_comment c JOIN desk_story s ON s.id = c.story_id "
        "WHERE s.risk = 'sensitive' AND published IS NOT NULL AND seconded_by_id IS NULL",
    )

    assert alone == [(0,)]


def test_letters_about_letters_came_too(demo: Path) -> None:
    written = contents()
    appeals = sum(bool(one.appeal) for story in written.stories for one in story.comments)

    found = {
        table: query(demo, f"SELECT count(*) FROM desk_{table}")[0][0]  # noqa: S608
        for table in ("appeal", "notice", "tip", "unopened")
    }

    assert found == {
        "appeal": appeals,
        "notice": len(written.notices),
        "tip": len(written.tips),
        "unopened": 0,
    }
    assert list((demo / "spool").iterdir()) == []


def test_the_sign_ins_are_told_and_kept_in_the_folder_only(demo: Path) -> None:
    said = (demo.parent / "said").read_text()
    kept = tomllib.loads((demo / "demo.toml").read_text())

    words = [kept["passwords"][name] for name in ("mira", "tomas", "ines")]
    assert len(kept["passwords"]) == len(words)
    assert (
        f"  mira   moderator  password  {words[0]}\n"
        f"  tomas  editor     password  {words[1]}\n"
        f"  ines   admin      password  {words[2]}\n"
    ) in said
    assert kept["receipt"] in said
    assert stat.S_IMODE((demo / "demo.toml").stat().st_mode) == 0o600


def test_one_of_those_who_may_sign_in_is_an_admin_who_counts(demo: Path) -> None:
    roles = dict(query(demo, "SELECT username, role FROM desk_user"))
    told = tomllib.loads((demo / "demo.toml").read_text())["passwords"]

    assert {name: roles[name] for name in told} == {
        "mira": "moderator",
        "tomas": "editor",
        "ines": "admin",
    }
    assert query(demo, "SELECT count(*) FROM desk_unconfirmed") == [(0,)]


def test_the_terms_were_in_force_before_the_first_letter_came(demo: Path) -> None:
    (terms,) = query(demo, "SELECT min(since) FROM desk_termsversion")
    (letter,) = query(demo, "SELECT min(arrived) FROM desk_comment")
    (story,) = query(demo, "SELECT min(registered) FROM desk_story")

    assert terms < letter
    assert terms <= story


def test_the_receipt_opens_an_edited_comment_in_the_first_language(demo: Path) -> None:
    code = tomllib.loads((demo / "demo.toml").read_text())["receipt"]
    keys = receipt.derive(receipt.read_code(code))
    place = choose.public(settings.read(demo))

    path = outcomes.path(keys.lookup)
    part = open_part(place.read(path), path=path, key=keys.outcome_key)

    found = outcomes.join([part])
    assert (found.status, bool(found.cuts), bool(found.statement)) == ("edited", True, True)
    assert (found.language, settings.read(demo).site.languages[0]) == ("en", "en")


def test_all_is_well_with_it(demo: Path) -> None:
    assert done("check", demo).startswith("All is well.")
    assert done("audit", "verify", demo).startswith("The audit log holds:")


def test_a_public_place_that_was_lost_is_written_anew(demo: Path, tmp_path: Path) -> None:
    folder = copy(demo, tmp_path)
    done("publish", folder)
    before = published(folder)
    for name in ("t", "r", "rules"):
        shutil.rmtree(folder / "public" / name)
    (folder / "public" / "index.html").write_text("defaced")
    assert letterdesk("check", folder).returncode == 1

    done("publish", folder, "--all")

    assert published(folder) == before
    assert done("check", folder).startswith("All is well.")


def published(folder: Path) -> dict[str, bytes]:
    root = folder / "public"
    return {
        str(one.relative_to(root)): one.read_bytes()
        for one in root.rglob("*")
        if one.is_file()
    }


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ('UPDATE desk_auditentry SET facts = \'{"what": "nothing"}\' WHERE number = 7', 7),
        ("DELETE FROM desk_auditentry WHERE number = 2", 2),
    ],
)
def test_a_log_that_somebody_rewrote_is_found_out(
    sql: str, broken: int, demo: Path, tmp_path: Path
) -> None:
    folder = copy(demo, tmp_path)
    query(folder, sql)

    found = letterdesk("audit", "verify", folder, "--json")

    assert (found.returncode, json.loads(found.stdout)["broken"]) == (1, broken)


def test_it_publishes_every_minute_where_it_was_told_to_listen(
    demo: Path,
) -> None:
    newsroom = settings.read(demo)

    assert newsroom.press.slot_minutes == 1
    assert newsroom.letterbox.listen == "127.0.0.1:8790"
    assert newsroom.site.url == "http://127.0.0.1:8790"


def test_it_says_on_the_way_what_it_is_doing(demo: Path) -> None:
    told = (demo.parent / "told").read_text().splitlines()

    assert told == [
        f"Making a demo newsroom in {demo}.",
        "Keys and a database are made …",
        "Stories are registered …",
        "Letters are written …",
        "Letters come in day by day, moderators decide, pages are pressed …",
        "Appeals, notices and tips come in, and the last pages are pressed …",
    ]


def test_a_second_time_it_is_not_built_again(demo: Path) -> None:
    before = (demo / "demo.toml").read_bytes()

    again = letterdesk("demo", demo, "--no-serve")

    assert (again.returncode, again.stdout.strip()) == (
        0,
        (demo.parent / "said").read_text(),
    )
    assert "Making" not in again.stderr
    assert (demo / "demo.toml").read_bytes() == before


def test_served_elsewhere_its_links_lead_there(demo: Path, tmp_path: Path) -> None:
    moved = copy(demo, tmp_path)
    listen = ("--letterbox", "127.0.0.1:8798", "--desk", "127.0.0.1:8799")

    told = letterdesk("demo", moved, "--no-serve", *listen).stderr
    again = letterdesk("demo", moved, "--no-serve")
    done("publish", moved)

    newsroom = settings.read(moved)
    assert told.strip().endswith("http://127.0.0.1:8798 now; its pages follow shortly.")
    assert again.stderr == ""
    assert (newsroom.site.url, newsroom.letterbox.listen) == (
        "http://127.0.0.1:8798",
        "127.0.0.1:8798",
    )
    assert newsroom.press == settings.read(demo).press
    assert "http://127.0.0.1:8790" not in (moved / "public/index.html").read_text()


def test_an_address_that_somebody_chose_stays(demo: Path, tmp_path: Path) -> None:
    moved = copy(demo, tmp_path)
    file = moved / "letterdesk.toml"
    chosen = file.read_text().replace("http://127.0.0.1:8790", "https://river.example")
    file.write_text(chosen)

    told = letterdesk("demo", moved, "--no-serve", "--letterbox", "127.0.0.1:8798")

    assert "Links on readers' pages lead to https://river.example" in told.stderr
    assert file.read_text() == chosen


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

    port = int(taken.rpartition(":")[2])
    assert capfd.readouterr().err.endswith(
        f"Choose another one: --letterbox 127.0.0.1:{port + 10}\n"
        f'With make: make demo OPTIONS="--letterbox 127.0.0.1:{port + 10} '
        '--desk 127.0.0.1:8011"\n'
    )
    assert not (tmp_path / "demo").exists()
