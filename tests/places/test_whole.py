import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from letterdesk.places import whole
from letterdesk.places.whole import FileThere, whole_file

_WRITES_AND_WAITS = """
import sys, time
from pathlib import Path
from letterdesk.places import whole
whole._UNNAMED = Path(sys.argv[2])
with whole.whole_file(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["no name", "draft"])
def disk(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder on a disk that has files without names, and on one that has not."""
    if request.param == "draft":
        monkeypatch.setattr(whole, "_UNNAMED", tmp_path / "not there")
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_when_it_is_whole_and_its_owner_s_alone(disk: Path) -> None:
    with whole_file(disk / "out") as file:
        file.write(b"half ")
        file.flush()
        meanwhile = "out" in names(disk)
        file.write(b"whole")

    mode = stat.S_IMODE((disk / "out").stat().st_mode)
    assert (meanwhile, names(disk), mode) == (False, ["out"], 0o600)
    assert (disk / "out").read_bytes() == b"half whole"


def write(path: Path, *, then: Callable[[], object], replaces: bool = False) -> None:
    """Write half of a file, and then do something else while it is open."""
    with whole_file(path, replaces=replaces) as file:
        file.write(b"half")
        then()


def fail_with(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("fault", [RuntimeError("bug"), KeyboardInterrupt()])
def test_whatever_fails_nothing_is_left(disk: Path, fault: BaseException) -> None:
    (disk / "other").write_bytes(b"kept")

    with pytest.raises(type(fault)):
        write(disk / "other", then=fail_with(fault), replaces=True)

    assert names(disk) == ["other"]
    assert (disk / "other").read_bytes() == b"kept"


@pytest.mark.parametrize("when", ["writing", "syncing"])
def test_a_full_disk_is_told_with_the_file_s_own_name(
    disk: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    full = fail_with(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    if when == "syncing":
        monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space") as caught:
        write(disk / "out", then=full if when == "writing" else bool)

    assert (caught.value.filename, names(disk)) == (str(disk / "out"), [])


def test_what_is_there_is_kept_or_replaced_whole(disk: Path) -> None:
    (disk / "out").write_bytes(b"before")

    with pytest.raises(FileThere, match="--force"), whole_file(disk / "out"):
        pytest.fail("it began to write")
    before = (disk / "out").read_bytes()
    with whole_file(disk / "out", replaces=True) as file:
        file.write(b"after")

    assert (before, (disk / "out").read_bytes(), names(disk)) == (
        b"before",
        b"after",
        ["out"],
    )


def test_a_file_that_came_meanwhile_is_kept(disk: Path) -> None:
    with pytest.raises(FileThere):
        write(disk / "out", then=lambda: (disk / "out").write_bytes(b"theirs"))

    assert ((disk / "out").read_bytes(), names(disk)) == (b"theirs", ["out"])


@pytest.mark.parametrize("mode", ["new", "forced"])
@pytest.mark.parametrize("name", ["folder", "pipe"])
def test_a_device_or_a_folder_is_never_replaced(disk: Path, name: str, mode: str) -> None:
    (disk / "folder").mkdir()
    os.mkfifo(disk / "pipe")

    with pytest.raises(FileThere, match="no plain file"):
        write(disk / name, then=bool, replaces=mode == "forced")


def test_a_link_to_nowhere_counts_as_something(disk: Path) -> None:
    (disk / "out").symlink_to("nowhere")

    with pytest.raises(FileThere, match="already"), whole_file(disk / "out"):
        pytest.fail("it began to write")


def test_a_folder_that_is_not_there_is_told_by_the_file_s_name(disk: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, whole_file(disk / "no" / "out"):
        pytest.fail("it began to write")

    assert caught.value.filename == str(disk / "no" / "out")


@contextmanager
def writing(path: Path, *, unnamed: Path = whole._UNNAMED) -> Iterator[None]:
    """Let a process write half of a file meanwhile; then it is killed."""
    command = [sys.executable, "-c", _WRITES_AND_WAITS, str(path), str(unnamed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            yield
        finally:
            process.kill()


def test_a_killed_process_leaves_nothing(tmp_path: Path) -> None:
    with writing(tmp_path / "out"):
        pass

    if hasattr(os, "O_TMPFILE"):
        assert names(tmp_path) == []


def test_where_it_leaves_a_draft_the_next_one_removes_it_and_none_that_is_written(
    disk: Path,
) -> None:
    with writing(disk / "living", unnamed=disk / "not there"):
        living = names(disk)
        with writing(disk / "killed", unnamed=disk / "not there"):
            pass
        killed = set(names(disk)) - set(living)

        with whole_file(disk / "out") as file:
            file.write(b"whole")

        assert (len(living), len(killed)) == (1, 1)
        assert names(disk) == [*living, "out"]
