"""`letterdesk export`, over the demo newsroom: what comes out is read back by others."""

import csv
import hashlib
import io
import json
import os
import signal
import stat
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from letterdesk.interchange.export_formats import FORMATS
from tests import warm
from tests.newsrooms import copy, demo, fresh, query, story
from tests.processes import LETTERDESK, done, letterdesk

__all__ = ["demo", "fresh", "story"]

WP = "{http://wordpress.org/export/1.2/}"
PUBLIC = "SELECT count(*) FROM desk_comment WHERE state = 'published'"


@pytest.fixture(scope="module")
def newsroom(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo newsroom, which these tests only add entries of the log to."""
    return copy(demo, tmp_path_factory.mktemp("exports"))


def states(newsroom: Path) -> Counter[str]:
    return Counter(
        dict(query(newsroom, "SELECT state, count(*) FROM desk_comment GROUP BY 1"))
    )


def exported(newsroom: Path, name: str, file: Path, *options: str) -> dict:
    return json.loads(done("export", name, newsroom, file, "--json", *options))


def last_entries(newsroom: Path, number: int) -> list[dict]:
    rows = query(newsroom, "SELECT facts FROM desk_auditentry ORDER BY number")[-number:]
    return [json.loads(facts) for (facts,) in rows]


def test_everything_is_there_as_lines_of_json(newsroom: Path, tmp_path: Path):
    file = tmp_path / "all.ndjson"

    said = exported(newsroom, "letterdesk", file)

    raw = file.read_bytes()
    *lines, end = [json.loads(line) for line in raw.splitlines()]
    kinds = Counter(line["kind"] for line in lines)
    tables = {
        "person": "user",
        "story": "story",
        "comment": "comment",
        "notice": "notice",
        "appeal": "appeal",
    }
    for kind, table in tables.items():
        ((number,),) = query(newsroom, f"SELECT count(*) FROM desk_{table}")  # noqa: S608 -- ours
        assert (kinds[kind], number > 0) == (number, True), kind
    found = Counter(line["state"] for line in lines if line["kind"] == "comment")
    assert found == states(newsroom)
    assert len(found) >= 5
    decisions = sum(len(line.get("decisions", ())) for line in lines)
    assert query(newsroom, "SELECT count(*) FROM desk_decision") == [(decisions,)]
    before = raw[: raw.rindex(b"\n", 0, -1) + 1]
    assert end["sha256"] == hashlib.sha256(before).hexdigest()
    assert (end["lines"], end["counts"]["comment"]) == (len(lines), found.total())
    assert (said["stories"], said["comments"]) == (kinds["story"], found.total())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_each_export_is_in_the_log_and_leaves_the_chain_whole(
    newsroom: Path, tmp_path: Path
):
    file = tmp_path / "out.xml"

    said = exported(newsroom, "wordpress", file, "--from", "2020-01-01", "--published-only")

    begun, ended = last_entries(newsroom, 2)
    shared = {"who": "command", "kind": "wordpress", "start": "2020-01-01"}
    part = {**shared, "day": begun["day"], "published_only": True}
    assert begun == {"what": "export-begun", **part}
    amount = {"stories": said["stories"], "letters": said["comments"]}
    assert ended == {"what": "exported", **part, **amount}
    assert "holds" in done("audit", "verify", newsroom)


def test_wordpress_gets_every_comment_in_its_state(newsroom: Path, tmp_path: Path):
    file = tmp_path / "comments.xml"

    exported(newsroom, "wordpress", file)

    tree = ElementTree.parse(file)  # noqa: S314 -- ours
    found = Counter(one.text for one in tree.iter(f"{WP}comment_approved"))
    known = states(newsroom)
    assert found == {
        "1": known["published"],
        "0": known["pending"] + known["held"] + known["approved"],
        "trash": known["rejected"] + known["retracted"] + known["withdrawn"],
    }
    numbers = [int(one.text) for one in tree.iter(f"{WP}comment_id")]
    parents = [int(one.text) for one in tree.iter(f"{WP}comment_parent")]
    ((answers,),) = query(
        newsroom, "SELECT count(*) FROM desk_comment WHERE reply_to_id IS NOT NULL"
    )
    assert sum(parent > 0 for parent in parents) == answers > 0
    assert all(parent < number for parent, number in zip(parents, numbers, strict=True))
    assert len(set(numbers)) == len(numbers)


def test_coral_gets_what_was_decided(newsroom: Path, tmp_path: Path):
    said = exported(newsroom, "coral", tmp_path / "coral.zip")

    with zipfile.ZipFile(tmp_path / "coral.zip") as archive:
        assert archive.testzip() is None
        text = io.StringIO(archive.read("comments.csv").decode(), newline="")
    rows = list(csv.reader(text, strict=True))
    known = states(newsroom)
    waiting = known["pending"] + known["held"] + known["approved"]
    assert Counter(row[6] for row in rows)["APPROVED"] == known["published"]
    assert (len(rows), said["left_out"]) == (known.total() - waiting, waiting)
    assert [str(waiting) in one for one in said["remarks"]] == [True]


def test_the_archive_is_the_published_site_and_always_the_same(
    newsroom: Path, tmp_path: Path
):
    said = exported(newsroom, "archive", tmp_path / "one.zip")
    exported(newsroom, "archive", tmp_path / "two.zip")

    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        names = archive.namelist()
        pages = "".join(
            archive.read(name).decode() for name in names if name.endswith(".html")
        )
    ((published,),) = query(newsroom, PUBLIC)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert said["comments"] == published == pages.count('<article class="comment">')
    assert "index.html" in names
    pictures = {row for row in query(newsroom, "SELECT picture FROM desk_story") if row[0]}
    shown = [name for name in names if name.startswith("assets/picture-")]
    assert len(shown) == len({json.loads(row[0])["path"] for row in pictures}) > 0
    assert said["remarks"] == []


def test_a_picture_that_is_gone_is_told(demo: Path, tmp_path: Path):
    newsroom = copy(demo, tmp_path)
    for picture in (newsroom / "public" / "assets").glob("picture-*"):
        picture.unlink()

    said = exported(newsroom, "archive", tmp_path / "out.zip")

    assert [one.startswith("Not in the public place") for one in said["remarks"]] == [True]


@pytest.mark.parametrize("name", FORMATS)
def test_a_newsroom_with_nothing_in_it_gives_a_whole_file(
    name: str, fresh: Path, tmp_path: Path
):
    said = exported(copy(fresh, tmp_path), name, tmp_path / "out")

    assert (tmp_path / "out").is_file()
    assert said.get("comments", 0) == 0


def test_stdout_gets_the_file_and_nothing_else(newsroom: Path, tmp_path: Path):
    exported(newsroom, "wordpress", tmp_path / "out.xml")

    piped = letterdesk("export", "wordpress", newsroom, "-", "--json")

    assert piped.returncode == 0
    assert piped.stdout == (tmp_path / "out.xml").read_text()
    assert json.loads(piped.stderr)["stories"] > 0
    assert not (newsroom / "-").exists()


def test_one_story_is_its_own_file(newsroom: Path, tmp_path: Path):
    ((chosen, own),) = query(
        newsroom,
        "SELECT s.public_id, count(*) FROM desk_story s JOIN desk_comment c ON "
        "c.story_id = s.id GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    )

    said = exported(newsroom, "letterdesk", tmp_path / "out", "--story", str(chosen))

    assert (said["stories"], said["comments"]) == (1, own)
    assert own > 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("archive", "--from", "2026-01-01"), "knows no --from and --to"),
        (("archive", "--published-only"), "knows no --published-only"),
        (("statements", "--story", "0" * 26), "knows no --story"),
        (("letterdesk", "--from", "2026-02-01", "--to", "2026-01-01"), "there is no day"),
        (("secrets",), "'secrets' is not one of"),
    ],
)
def test_a_part_that_a_format_does_not_have_is_wrong_usage(
    arguments: tuple[str, ...], sentence: str, newsroom: Path, tmp_path: Path
):
    name, *options = arguments

    wrong = letterdesk("export", name, newsroom, tmp_path / "out", *options)

    assert (wrong.returncode, wrong.stdout, sentence in wrong.stderr) == (2, "", True)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_there_is_kept_unless_forced(newsroom: Path, tmp_path: Path):
    file = tmp_path / "out"
    file.write_text("precious")

    refused = letterdesk("export", "statements", newsroom, file)
    kept = file.read_text()
    done("export", "statements", newsroom, file, "--force")

    assert (refused.returncode, kept) == (1, "precious")
    assert "--force" in refused.stderr
    assert file.read_text() != "precious"


def test_letters_are_not_put_where_everybody_could_fetch_them(newsroom: Path):
    file = newsroom / "public" / "assets" / "all.ndjson"

    failed = letterdesk("export", "letterdesk", newsroom, file)

    assert (failed.returncode, "public place" in failed.stderr) == (1, True)
    assert not file.exists()


def test_no_force_writes_over_the_newsroom_itself(newsroom: Path):
    file = newsroom / "desk.db"
    before = file.read_bytes()[:16]

    failed = letterdesk("export", "letterdesk", newsroom, file, "--force")

    assert (failed.returncode, failed.stdout) == (1, "")
    assert (
        "is a part of the newsroom itself, or would lie in one (desk.db)" in failed.stderr
    )
    assert file.read_bytes()[:16] == before == b"SQLite format 3\0"


@pytest.mark.parametrize("story", ["nonsense", "0" * 26])
def test_a_story_that_is_not_there_leaves_no_file_and_no_entry(
    story: str, newsroom: Path, tmp_path: Path
):
    before = last_entries(newsroom, 1)

    failed = letterdesk("export", "coral", newsroom, tmp_path / "out", "--story", story)

    assert (failed.returncode, "There is no story with this id" in failed.stderr) == (
        1,
        True,
    )
    assert (list(tmp_path.iterdir()), last_entries(newsroom, 1)) == ([], before)


def test_what_is_not_public_is_told_to_be_kept_well(newsroom: Path, tmp_path: Path):
    whole = done("export", "letterdesk", newsroom, tmp_path / "1")
    public = done("export", "letterdesk", newsroom, tmp_path / "2", "--published-only")
    archive = done("export", "archive", newsroom, tmp_path / "3")

    assert "not published" in whole
    assert "not published" not in public + archive


def test_killed_in_the_middle_it_has_left_nothing_but_its_entry(
    newsroom: Path, tmp_path: Path
):
    """It is killed when all is written, as its file is about to be synced and named."""
    die = "import os, signal; os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)"
    command = ["export", "archive", str(newsroom), str(tmp_path / "out")]

    ended = warm.run(command, first=die)

    assert ended.returncode == -signal.SIGKILL
    assert os.listdir(tmp_path) == []  # noqa: PTH208 -- names that begin with a dot, too
    assert last_entries(newsroom, 1)[0]["what"] == "export-begun"


def test_a_reader_who_has_enough_ends_it_quietly(newsroom: Path):
    command = [*LETTERDESK, "export", "letterdesk", str(newsroom), "-"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10) == b'{"kind":"l'
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode in {0, 1}, b"Traceback" in said) == (True, False)
