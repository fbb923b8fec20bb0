"""The spool as whoever took the letterbox would like to leave it."""

import errno
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from letterdesk.domain.envelope import MAX_BATCH
from letterdesk.places import choose
from letterdesk.places.base import Place, Unfit
from letterdesk.places.bucket import Bucket
from letterdesk.settings import Settings


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(path))  # the whole path may be too long for one


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _key(path: Path) -> None:
    path.symlink_to(path.parent.parent / "keys" / "desk.private")


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 6 << 30)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "batch").write_bytes(b"x")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


ODD = {
    "a pipe": _pipe,
    "a socket": _socket,
    "an endless device": _endless,
    "a link to the private key": _key,
    "six gigabytes": _sparse,
    "a folder": _folder,
    "a link to itself": _loop,
}


@pytest.fixture
def spool(tmp_path: Path) -> Place:
    (tmp_path / "spool").mkdir()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys/desk.private").write_bytes(b"MARKER")
    return choose.spool(Settings(folder=tmp_path))


@pytest.mark.parametrize("odd", ODD)
def test_what_no_letterbox_writes_is_named_and_never_read(
    odd: str, spool: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spool.put("batch", b"x")
    ODD[odd](tmp_path / "spool/odd")

    with pytest.raises(Unfit, match="It is not read"):
        spool.read("odd")

    assert list(spool.unfit()) == ["odd"]
    assert spool.read("batch") == b"x"
    assert sorted(spool.list()) == ["batch", "odd"]


def test_a_file_of_another_user_is_named(
    spool: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.put("batch", b"x")

    def refuse(*_: object) -> int:  # as the system does; it would not refuse root
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("letterdesk.places.plain.os.open", refuse)

    with pytest.raises(Unfit):
        spool.read("batch")
    assert list(spool.unfit()) == ["batch"]


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[2J", "\udcff", "a/b"])
def test_a_name_that_moves_a_terminal_or_is_no_text_is_not_read(
    name: str, spool: Place, tmp_path: Path
) -> None:
    file = tmp_path / "spool" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")

    with pytest.raises(Unfit) as raised:
        spool.read(name)
    assert str(raised.value).isprintable()
    assert len(list(spool.unfit())) == 1


def test_the_largest_batch_is_read_and_one_byte_more_is_not(spool: Place) -> None:
    spool.put("largest", bytes(MAX_BATCH))
    spool.put("larger", bytes(MAX_BATCH + 1))

    assert len(spool.read("largest")) == MAX_BATCH
    assert list(spool.unfit()) == ["larger"]


def test_a_new_disk_and_a_half_written_batch_are_nothing_odd(
    spool: Place, tmp_path: Path
) -> None:
    (tmp_path / "spool/lost+found").mkdir()
    (tmp_path / "spool/.draft-1").write_bytes(b"half")

    assert (list(spool.list()), list(spool.unfit())) == ([], [])


def test_an_object_that_is_too_large_is_not_fetched(
    bucket: Callable[[str], Bucket],
) -> None:
    place = replace(bucket("spool"), most=10)
    place.put("fits", b"x" * 10)
    place.put("large", b"x" * 11)

    with pytest.raises(Unfit, match="too large to be one of ours"):
        place.read("large")
    assert (place.read("fits"), list(place.unfit())) == (b"x" * 10, ["large"])


@pytest.fixture
def public(tmp_path: Path) -> Place:
    place = choose.public(Settings(folder=tmp_path))
    place.put("generation-1/index.html", b"page")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys/desk.private").write_bytes(b"MARKER")
    return place


@pytest.mark.parametrize(
    ("link", "target", "name"),
    [
        ("evil", "/etc/passwd", "evil"),
        ("x", "../keys", "x/desk.private"),
        ("generation-1/evil", "../../keys/desk.private", "generation-1/evil"),
        ("twice", "again", "twice"),
    ],
)
def test_links_do_not_lead_out_of_the_public_place(
    link: str, target: str, name: str, public: Place, tmp_path: Path
) -> None:
    (tmp_path / "public/again").symlink_to("../keys/desk.private")
    (tmp_path / "public" / link).symlink_to(target)

    with pytest.raises(Unfit):
        public.read(name)
    assert sorted(public.unfit()) == sorted(["again", link])


def test_links_within_the_public_place_and_to_it_are_followed(
    public: Place, tmp_path: Path
) -> None:
    (tmp_path / "public/t").symlink_to("generation-1")
    (tmp_path / "public").rename(tmp_path / "elsewhere")
    (tmp_path / "public").symlink_to("elsewhere")

    assert public.read("t/index.html") == b"page"
    assert list(public.unfit()) == []


def test_a_pipe_in_the_public_place_keeps_nobody_waiting(
    public: Place, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "public/index.html")

    with pytest.raises(Unfit):
        public.read("index.html")
    assert list(public.unfit()) == ["index.html"]
