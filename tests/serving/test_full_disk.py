"""A disk that is really full: a newsroom on a tmpfs of its own, filled to the last byte.

Nobody is thanked in vain, nothing is lost, and as soon as there is room all goes on without
a restart. Mounting needs root; CI is root, so it runs there.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from letterdesk import settings
from letterdesk.places import choose
from tests.letterbox.processes import serve
from tests.newsrooms import STORY, copy, fresh, put_letters, story
from tests.processes import done, letterdesk

__all__ = ["fresh", "story"]

SIZE = "48m"
TEXT = "My uncle worked on that ferry."


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("Only root can mount a disk to fill.")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"No disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(params=["fails in the middle", "stops before"])
def newsroom(request: pytest.FixtureRequest, fresh: Path, disk: Path) -> Path:
    """A newsroom with one story on the small disk; it may have a reserve of a megabyte."""
    made = copy(fresh, disk)
    reserve = 1 if request.param == "stops before" else 0
    (made / "letterdesk.toml").write_text(f"[letterbox]\nreserve_megabytes = {reserve}\n")
    return made


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Fill the disk for as long as the context lasts."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def stored(newsroom: Path, table: str) -> int:
    with closing(sqlite3.connect(newsroom / "desk.db")) as database:
        (number,) = database.execute(f"SELECT count(*) FROM desk_{table}").fetchone()  # noqa: S608 -- ours
        return int(number)


def test_letterbox_thanks_for_what_is_stored_and_for_nothing_else(
    newsroom: Path, disk: Path, story: str
) -> None:
    spool, page = newsroom / "spool", f"/t/{story}/comments"
    with serve(settings.read(newsroom)) as served:
        before = served.send(page, {"text": TEXT})
        with full(disk):
            refused = [served.send(page, {"text": f"{TEXT} {at}"}) for at in range(8)]
            asleep = served.request("GET", "/healthz").status
            kept = len(files(spool))
        awake = served.request("GET", "/healthz").status
        after = served.send(page, {"text": TEXT})

    assert (before.status, after.status) == (201, 201)
    assert {answer.status for answer in refused} == {503}
    assert all(f"{TEXT} {at}" in answer.body.decode() for at, answer in enumerate(refused))
    assert all("retry-after" in dict(answer.headers) for answer in refused)
    assert (asleep, awake, kept) == (503, 200, 1)
    assert not [name for name in files(spool) if ".draft" in name]
    assert json.loads(done("collect", newsroom, "--json"))["letters"] == 2
    assert stored(newsroom, "comment") == 2


def test_collecting_keeps_the_batch_until_its_letters_are_stored(
    newsroom: Path, disk: Path
) -> None:
    put_letters(newsroom, 60, story=done("story", "add", newsroom, *STORY), text=TEXT * 80)
    spooled = files(newsroom / "spool")

    with full(disk):
        failed = letterdesk("collect", newsroom)
        checked = letterdesk("check", newsroom)
        kept = files(newsroom / "spool")
    collected = json.loads(done("collect", newsroom, "--json"))

    assert (failed.returncode, failed.stdout) == (1, "")
    assert "The disk is full" in failed.stderr
    assert checked.returncode == 1
    assert "is full" in checked.stdout + checked.stderr
    assert kept == spooled
    assert (collected["letters"], collected["repeated"]) == (60, 0)
    assert stored(newsroom, "comment") == 60
    assert not list(choose.spool(settings.read(newsroom)).list())
    assert letterdesk("check", newsroom).stdout.startswith("All is well.")


def test_publishing_leaves_whole_files_and_finishes_later(
    newsroom: Path, disk: Path
) -> None:
    public = files(newsroom / "public")

    with full(disk):
        failed = letterdesk("publish", newsroom, "--all")
        kept = files(newsroom / "public")
        story = letterdesk(
            "story", "add", newsroom, *STORY[2:], "--url", "https://n.example/"
        )
    done("publish", newsroom)

    assert failed.returncode == 1
    assert "disk is full" in failed.stderr
    assert story.returncode == 1
    assert "disk is full" in story.stderr
    assert kept == public
    assert stored(newsroom, "story") == 1
    assert letterdesk("check", newsroom).stdout.startswith("All is well.")


def test_an_export_that_finds_no_room_leaves_no_part_of_a_file(
    fresh: Path, disk: Path, tmp_path: Path
) -> None:
    newsroom, file = copy(fresh, tmp_path), disk / "all.ndjson"

    with full(disk):
        failed = letterdesk("export", "letterdesk", newsroom, file)
        left = set(files(disk))
    done("export", "letterdesk", newsroom, file)

    assert (failed.returncode, failed.stdout, left) == (1, "", {"filler"})
    assert f"The disk is full: {file} could not be written" in failed.stderr
    assert file.read_text().splitlines()[-1].startswith('{"kind":"end"')
