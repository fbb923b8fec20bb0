"""The command `letterdesk import` in a newsroom, from file to published page."""

import fcntl
import json
import re
import signal
from pathlib import Path

import pytest

from letterdesk.interchange.formats import FORMATS, stands
from tests import warm
from tests.interchange.isso import isso_database
from tests.newsrooms import copy, fresh, query
from tests.processes import done, letterdesk

__all__ = ["fresh"]

SAMPLES = Path(__file__).parents[1] / "interchange" / "samples"
WORDPRESS = SAMPLES / "wordpress.xml"


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    return copy(fresh, tmp_path)


def stored(folder: Path) -> int:
    return int(str(query(folder, "SELECT count(*) FROM desk_comment")[0][0]))


def report(folder: Path, *arguments: object) -> dict[str, object]:
    return json.loads(done("import", *arguments, "--json"))


def exported(name: str, *arguments: object) -> dict[str, object]:
    return json.loads(done("export", name, *arguments, "--json"))


def test_an_export_becomes_pages_with_their_old_dates(folder: Path):
    said = letterdesk("import", "wordpress", folder, WORDPRESS)
    done("publish", folder)

    assert said.returncode == 0
    assert said.stdout.splitlines() == [
        "Read from WordPress: 8.",
        "Imported: 4 (3 published, 1 pending, 0 rejected).",
        "Imported before: 0.",
        "Left out: 4.",
        "  1 deleted there",
        "  1 marked as spam there",
        "  1 pingbacks and other things that are no comments",
        "  1 under a page that was not public there",
        "New stories: 1. By desk: en 1.",
        "Comments by site: news.example 4.",
        "Gaps kept where left-out comments were answered: 1.",
        "E-mail addresses, IP addresses, pictures of people, votes and passwords stayed in "
        "the file.",
    ]
    assert f"letterdesk publish {folder}" in said.stderr
    [(story,)] = query(folder, "SELECT public_id FROM desk_story WHERE url LIKE '%/ferry'")
    thread = json.loads((folder / f"public/t/{story}/thread.json").read_text())
    page = (folder / f"public/t/{story}/index.html").read_text()
    assert [one.get("published") for one in thread["comments"]][:2] == ["2019-05-02"] * 2
    assert "He kept a log (https://ferry.example/log)." in page
    assert "Buy pills" not in page


def test_what_was_replaced_in_a_file_is_said(folder: Path, tmp_path: Path):
    damaged = tmp_path / "damaged.xml"
    raw = WORDPRESS.read_bytes().replace(b"I do not agree", b"I \xff&#8;&nbsp;& agree")
    damaged.write_bytes(raw)

    said = done("import", "wordpress", folder, damaged, "--dry-run")

    assert said.splitlines()[-3:-1] == [
        "Characters that were damaged or are none: 2. Each of them became a question mark "
        "in a lozenge (U+FFFD).",
        "Ampersands that XML does not allow: 2. They were read as in HTML: a name such as "
        "&nbsp; as its character, others as themselves.",
    ]


def test_what_another_file_brought_is_left_out_where_somebody_asks(folder: Path):
    report(folder, "disqus", folder, SAMPLES / "disqus.xml")

    twice = done("import", "wordpress", folder, WORDPRESS, "--dry-run")
    found = report(folder, "wordpress", folder, WORDPRESS, "--skip-alike")

    assert "again with --skip-alike, which leaves them out." in twice
    assert (sum(found["imported"].values()), found["skipped"]["alike"]) == (0, 4)
    assert found["alike"] == 0


def test_again_as_json_it_says_that_all_is_known(folder: Path):
    report(folder, "wordpress", folder, WORDPRESS)

    again = report(folder, "wordpress", folder, WORDPRESS)

    assert again == {
        "run": None,
        "read": 8,
        "imported": {"published": 0, "pending": 0, "rejected": 0},
        "known": 4,
        "skipped": {"deleted": 1, "spam": 1, "no-comment": 1, "hidden": 1},
        "held": 0,
        "naming": 0,
        "alike": 0,
        "gaps": 0,
        "lost_parents": 0,
        "new_stories": 0,
        "desks": {},
        "sites": {"news.example": 4},
        "names_left_out": 0,
        "replaced": 0,
        "tracked": 0,
        "ampersands": 0,
        "named": [],
        "broken": [],
        "dry_run": False,
    }


def test_a_dry_run_reports_and_changes_nothing(folder: Path):
    found = report(folder, "wordpress", folder, WORDPRESS, "--dry-run")

    assert found["imported"] == {"published": 3, "pending": 1, "rejected": 0}
    assert (found["dry_run"], found["new_stories"], found["gaps"]) == (True, 1, 1)
    assert query(folder, "SELECT count(*) FROM desk_comment") == [(0,)]
    assert query(folder, "SELECT count(*) FROM desk_story") == [(1,)]


@pytest.mark.parametrize("name", ["letterdesk", "wordpress", "coral"])
def test_an_export_after_an_import_that_broke_off_says_what_waits(
    folder: Path, tmp_path: Path, name: str
):
    whole = WORDPRESS.read_bytes()
    torn = tmp_path / "torn.xml"
    torn.write_bytes(whole[: whole.rindex(b"<wp:comment>")])
    broken = letterdesk("import", "wordpress", folder, torn)

    said = exported(name, folder, tmp_path / "half")
    public = exported(name, folder, tmp_path / "seen", "--published-only")
    report(folder, "wordpress", folder, WORDPRESS)
    after = exported(name, folder, tmp_path / "whole")

    assert broken.returncode == 1
    wanted = "because an import has not come to its end: 3 that count as waiting"
    assert [wanted in one for one in said["remarks"]][-1:] == [True]
    assert [one for one in (public, after) if "to its end" in str(one["remarks"])] == []
    state = "SELECT count(*) FROM desk_comment WHERE state = 'published'"
    assert query(folder, state) == [(3,)]


def test_another_file_leaves_what_broke_off_and_names_it(folder: Path, tmp_path: Path):
    whole = WORDPRESS.read_bytes()
    torn, other = tmp_path / "torn.xml", tmp_path / "other.xml"
    torn.write_bytes(whole[: whole.rindex(b"<wp:comment>")])
    other.write_bytes(whole[: whole.index(b"<item>")] + b"</channel></rss>")
    letterdesk("import", "wordpress", folder, torn)
    placed = "SELECT count(*) FROM desk_comment WHERE place IS NOT NULL"

    said = done("import", "wordpress", folder, other)
    found = report(folder, "wordpress", folder, other)
    held = query(folder, placed)
    report(folder, "wordpress", folder, other, "--take-held")

    assert "(torn.xml, begun " in said
    assert "readers see nothing of the 4 comments that it brought" in said
    assert [(one["file"], one["comments"]) for one in found["broken"]] == [("torn.xml", 4)]
    assert (held, query(folder, placed)) == ([(0,)], [(4,)])


def test_a_file_without_comments_says_what_was_found_and_expected(
    folder: Path, tmp_path: Path
):
    raw = re.sub(
        rb"<wp:comment>.*?</wp:comment>", b"", WORDPRESS.read_bytes(), flags=re.DOTALL
    )
    bare = tmp_path / "posts alone.xml"
    bare.write_bytes(raw)

    said = done("import", "wordpress", folder, bare).splitlines()

    assert said[:2] == [
        "Read from WordPress: 0.",
        "There is no comment in posts alone.xml. Pages and posts in it: 2, without "
        "one. With WordPress a comment is a <wp:comment> in the <item> of what it is "
        "about. If there should be some, export once more, with the comments, or look "
        "whether the file is right.",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_where_a_comment_stands(name: str):
    assert stands(name)


def test_paths_get_a_site_and_moved_stories_their_new_address(folder: Path, tmp_path: Path):
    moved = tmp_path / "moved.tsv"
    moved.write_text("/ferry\thttps://news.example/1\n", encoding="utf-8")
    base = isso_database(tmp_path / "comments.db")

    found = report(
        folder, "isso", folder, base, "--site", "https://old.example", "--urls", moved
    )

    assert (found["new_stories"], found["sites"]) == (0, {"news.example": 4})


def test_paths_without_a_site_are_refused_with_the_remedy(folder: Path, tmp_path: Path):
    ended = letterdesk("import", "isso", folder, isso_database(tmp_path / "comments.db"))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "--site https://news.example" in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["cusdis", WORDPRESS],
        ["wordpress", WORDPRESS, "--site", "news.example"],
        ["wordpress", WORDPRESS, "--site", "https://mina:secret@news.example"],
        ["wordpress", WORDPRESS, "--site", "https://news.example?page=1"],
        ["wordpress", WORDPRESS, "--language", "xx-yy"],
    ],
)
def test_wrong_usage_has_status_2(folder: Path, arguments: list[object]):
    what, file, *more = arguments

    ended = letterdesk("import", what, folder, file, *more)

    assert (ended.returncode, "Error: " in ended.stderr) == (2, True)


def test_a_wrong_file_has_status_1_and_one_sentence(folder: Path):
    ended = letterdesk("import", "disqus", folder, WORDPRESS, "--json")

    problem = json.loads(ended.stdout)["problem"]
    assert (ended.returncode, problem["code"]) == (1, "import-failed")
    assert "begins with <rss>, and that with <disqus>" in problem["detail"]
    assert done("imported", "list", folder) == ""


def test_an_import_is_listed_and_undone(folder: Path):
    run = report(folder, "wordpress", folder, WORDPRESS)["run"]
    done("publish", folder)

    listed = json.loads(done("imported", "list", folder, "--json"))["imports"]
    undone = json.loads(done("imported", "undo", folder, run, "--json"))
    done("publish", folder)

    assert [(one["number"], one["source"], one["comments"]) for one in listed] == [
        (run, "wordpress", 4)
    ]
    assert [one["gaps"] for one in listed] == [1]
    assert undone == {
        "removed": 5,
        "kept": 0,
        "closed": 1,
        "answered": 0,
        "undo_first": [],
    }
    assert done("imported", "list", folder) == ""
    assert "My uncle" not in "".join(
        path.read_text() for path in folder.glob("public/t/*/index.html")
    )
    assert letterdesk("check", folder).returncode == 0


def test_undo_says_which_import_to_undo_first_as_the_list_shows_it(
    folder: Path, tmp_path: Path
):
    later = tmp_path / "later.xml"
    answer = "<wp:comment_id>99</wp:comment_id><wp:comment_parent>11</wp:comment_parent>"
    raw = WORDPRESS.read_text(encoding="utf-8")
    later.write_text(raw.replace("<wp:comment_id>11</wp:comment_id>", answer), "utf-8")
    run = report(folder, "wordpress", folder, WORDPRESS)["run"]
    report(folder, "wordpress", folder, later)

    said = done("imported", "undo", folder, run)

    assert "because somebody here has touched them: 0." in said
    assert "because answers to them came with other imports: 1." in said
    assert said.splitlines()[-1] == done("imported", "list", folder).splitlines()[-1]
    assert "\tlater.xml\t" in said


@pytest.mark.parametrize(
    "command",
    [("import", "wordpress", WORDPRESS), ("imported", "undo", 1)],
    ids=["import", "undo"],
)
def test_two_imports_at_once_are_refused(folder: Path, command: tuple[object, ...]):
    report(folder, "wordpress", folder, WORDPRESS)
    *names, last = command

    with (folder / "import.lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused = letterdesk(*names, folder, last, "--json")
    allowed = letterdesk(*names, folder, last, "--json")

    assert (refused.returncode, allowed.returncode) == (1, 0)
    problem = json.loads(refused.stdout)["problem"]
    assert (problem["code"], "is going on" in problem["detail"]) == ("import-busy", True)


_DIE = """
import os, signal
from django.db.backends.base.base import BaseDatabaseWrapper

def commit(database, *, real=BaseDatabaseWrapper._commit):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    real(database)

BaseDatabaseWrapper._commit = commit
"""


def test_killed_before_what_it_did_is_stored_it_is_completed_by_running_again(
    folder: Path, tmp_path: Path
):
    one = (
        "<comment><comment_id>{0}</comment_id><comment_date_gmt>2019-05-02 08:00:00"
        "</comment_date_gmt><comment_approved>1</comment_approved><comment_content>Word {0}"
        "</comment_content><comment_parent>{1}</comment_parent></comment>"
    )
    number = 1_000  # 200 at once
    comments = "".join(one.format(n, n // 2) for n in range(1, number + 1))
    given = tmp_path / "many.xml"
    given.write_text(
        "<rss><channel><item><link>https://news.example/1</link>"
        f"{comments}</item></channel></rss>"
    )
    command = ["import", "wordpress", str(folder), str(given)]
    ends, counts = [], []

    for commits in (4, 5, 6):
        ended = warm.run(command, first=f"left = {commits}\n{_DIE}")
        ends.append(ended.returncode)
        counts.append(stored(folder))
    done(*command)

    assert ends == [-signal.SIGKILL] * 3
    assert 0 < counts[0] < counts[1] < counts[2]
    rows = query(
        folder,
        "SELECT count(*), count(DISTINCT text), count(DISTINCT place), "
        "count(reply_to_id) FROM desk_comment",
    )
    assert rows == [(number, number, number, number - 1)]
    assert done("audit", "verify", folder).startswith("The audit log holds")
