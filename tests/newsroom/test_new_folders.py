"""A new folder is on disk before anything in it counts: a power cut would take both."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from letterdesk.domain.errors import LetterdeskError
from letterdesk.newsroom.create import create
from letterdesk.newsroom.keys import make_keys
from letterdesk.newsroom.restore import Wanted, restore
from letterdesk.settings import Settings
from tests.values import TODAY


def _keys(folder: Path) -> Path:
    make_keys(Settings(folder=folder))
    return folder / "keys"


def _newsroom(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("letterdesk.newsroom.create.make_keys", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            create(folder / "new", Settings(), today=TODAY)
    return folder / "new"


def _interrupted(_: Settings) -> None:
    raise KeyboardInterrupt


def _restored(folder: Path) -> Path:
    (folder / "backup").write_bytes(b"no backup")
    wanted = Wanted(file=folder / "backup", folder=folder / "new")
    with pytest.raises(LetterdeskError):
        restore(wanted, "secret", today=TODAY, bar=lambda *_: nullcontext(lambda _: None))
    return folder / "new"


@pytest.mark.parametrize("make", [_keys, _newsroom, _restored])
def test_the_folder_around_a_new_one_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path]
) -> None:
    synced, fsync = list[Path](), os.fsync

    def watched(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)

    assert make(tmp_path).parent in synced
