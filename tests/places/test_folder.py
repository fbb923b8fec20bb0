"""A folder on disk: whole or not at all, and telling nothing."""

import errno
import os
import re
import stat
from pathlib import Path

import pytest

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings


@pytest.mark.parametrize("name", ["../out", "a/../../out", "/etc/passwd", "a\0b", ".."])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    place = Folder(root=tmp_path / "public")

    for act in (lambda: place.put(name, b"x"), lambda: place.read(name)):
        with pytest.raises(PlaceFailed, match="not a name inside"):
            act()
    with pytest.raises(PlaceFailed):
        place.remove(name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_an_empty_one(tmp_path: Path) -> None:
    place = Folder(root=tmp_path / "spool")

    for under in ("", "r"):
        with pytest.raises(PlaceFailed, match="Is its disk mounted"):
            list(place.list(under))

    place.root.mkdir()
    assert list(place.list("r")) == []


def test_letters_in_the_spool_are_their_owners_and_keep_the_hour(tmp_path: Path) -> None:
    place = choose.spool(Settings(folder=tmp_path))

    place.put("batch", b"x")

    found = (tmp_path / "spool/batch").stat()
    assert found.st_mode & 0o777 == 0o600
    assert (found.st_mtime % 3600, found.st_atime % 3600) == (0, 0)


@pytest.mark.parametrize("act", ["put", "remove"])
def test_a_folder_keeps_the_hour_too(tmp_path: Path, act: str) -> None:
    place = choose.spool(Settings(folder=tmp_path))
    place.put("batch", b"x")
    (tmp_path / "spool/other").touch()

    place.put("batch", b"y") if act == "put" else place.remove("batch")

    assert (tmp_path / "spool").stat().st_mtime % 3600 == 0


def test_many_files_of_a_folder_are_removed_with_one_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Folder(root=tmp_path)
    names = [f"batch-{number}" for number in range(20)]
    for name in names:
        place.put(name, b"x")
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)

    place.remove_all(names)

    assert (list(place.list()), len(synced)) == ([], 1)


def test_a_file_that_cannot_be_removed_keeps_no_other_from_it(tmp_path: Path) -> None:
    place = Folder(root=tmp_path)
    place.put("b/folder", b"x")
    place.put("a", b"x")
    place.put("c", b"x")

    with pytest.raises(PlaceFailed, match="Could not remove b: "):
        place.remove_all(["a", "b", "c"])

    assert list(place.list()) == ["b/folder"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EROFS, r"store page: Read-only file system\. .*Mount it for writing"),
        (errno.EACCES, r"store page: Permission denied\. Let the user .+ use {root}\.$"),
    ],
)
def test_where_nothing_may_be_written_it_says_what_to_do(
    number: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object) -> int:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "open", refuse)

    with pytest.raises(PlaceFailed, match=told.format(root=re.escape(str(tmp_path)))):
        Folder(root=tmp_path).put("page", b"x")


def test_a_folder_of_another_user_is_written_into_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = choose.spool(Settings(folder=tmp_path))
    real = os.utime

    def utime(handle: int, times: tuple[int, int]) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        real(handle, times)

    monkeypatch.setattr(os, "utime", utime)

    place.put("batch", b"x")

    assert place.read("batch") == b"x"


def test_published_files_tell_the_day_and_their_bytes(tmp_path: Path) -> None:
    place = choose.public(Settings(folder=tmp_path))
    page, folder = tmp_path / "public/t/index.html", tmp_path / "public/t"

    def written(raw: bytes) -> float:
        place.put("t/index.html", raw)
        return page.stat().st_mtime

    one, other, again = (written(raw) for raw in (b"one", b"two", b"one"))

    assert one == again != other
    today = folder.stat().st_mtime
    assert today % 86400 == 0
    assert all(today - 86400 <= when < today and when % 1 == 0 for when in (one, other))
    assert (tmp_path / "public").stat().st_mtime % 86400 == 0


def test_published_files_are_everybodys(tmp_path: Path) -> None:
    choose.public(Settings(folder=tmp_path)).put("index.html", b"x")

    assert (tmp_path / "public/index.html").stat().st_mode & 0o777 == 0o644


def test_file_and_folder_are_synced_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, str]] = []
    real_sync, real_rename = os.fsync, Path.rename

    def sync(handle: int) -> None:
        calls.append(("sync", Path(f"/proc/self/fd/{handle}").readlink().name))
        real_sync(handle)

    def rename(draft: Path, final: Path) -> Path:
        calls.append(("rename", final.name))
        return real_rename(draft, final)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", rename)
    place = Folder(root=tmp_path / "spool")

    place.put("sub/batch", b"x")

    made, written = calls[:2], calls[2:]
    assert made == [("sync", tmp_path.name), ("sync", "spool")]
    assert written[0][1].startswith(".draft-")
    assert written[1:] == [("rename", "batch"), ("sync", "sub")]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "the disk is full"), (errno.EIO, "Input/output error")],
)
@pytest.mark.parametrize("call", ["fsync", "open", "utime"])
def test_a_failing_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, sentence: str
) -> None:
    place = Folder(root=tmp_path, grain=3600)
    place.put("page", b"before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(PlaceFailed, match=sentence):
            place.put("page", b"after")

    assert place.read("page") == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


def test_drafts_of_a_killed_process_are_swept_and_never_listed(tmp_path: Path) -> None:
    place = Folder(root=tmp_path)
    place.put("t/story/page", b"x")
    (tmp_path / ".draft-1").write_bytes(b"half")
    (tmp_path / "t/story/.draft-2").write_bytes(b"half")

    before = list(place.list())

    assert place.sweep() == 2
    assert before == list(place.list()) == ["t/story/page"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["page", "story", "t"]


def test_free_bytes_are_told(tmp_path: Path) -> None:
    assert Folder(root=tmp_path).free_bytes() > 1_000_000


@pytest.mark.parametrize("act", ["read", "list", "remove", "free_bytes", "put"])
def test_a_place_that_is_no_folder_fails_with_a_sentence(tmp_path: Path, act: str) -> None:
    (tmp_path / "file").write_bytes(b"x")
    place = Folder(root=tmp_path / "file" / "spool")
    acts = {
        "put": lambda: place.put("a", b""),
        "list": lambda: list(place.list("a")),
        "free_bytes": place.free_bytes,
        "read": lambda: place.read("a"),
        "remove": lambda: place.remove("a"),
    }

    if act == "remove":  # what is not there need not be removed
        assert acts[act]() is None
        return
    with pytest.raises(PlaceFailed):
        acts[act]()
