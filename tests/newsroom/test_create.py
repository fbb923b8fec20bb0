"""A newsroom that is not made, and what says so."""

from pathlib import Path

import pytest

from letterdesk import sealing
from letterdesk.domain.errors import SettingWrong
from letterdesk.newsroom.create import create
from letterdesk.newsroom.opening import DeskNotReady, open_desk
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.settings import FILE, Settings
from tests.values import TODAY


@pytest.fixture
def letterbox(tmp_path: Path) -> Path:
    """The folder of a letterbox alone: settings, and the key that seals."""
    (tmp_path / "keys").mkdir()
    (tmp_path / FILE).write_text(settings_file(Settings()))
    public = sealing.public_file([sealing.new_key().public])
    (tmp_path / "keys/desk.public").write_bytes(public)
    return tmp_path


def test_an_init_that_is_refused_leaves_nothing_behind(letterbox: Path) -> None:
    before = sorted(letterbox.rglob("*"))

    for _ in range(2):
        with pytest.raises(SettingWrong, match=r"but desk\.public is there"):
            create(letterbox, Settings(), today=TODAY)

    assert sorted(letterbox.rglob("*")) == before


def test_the_lock_of_an_earlier_init_stays(letterbox: Path) -> None:
    (letterbox / "init.lock").touch()

    with pytest.raises(SettingWrong):
        create(letterbox, Settings(), today=TODAY)

    assert (letterbox / "init.lock").exists()


def test_a_letterboxes_folder_is_told_from_a_desk_that_lost_its_database(
    letterbox: Path,
) -> None:
    with pytest.raises(DeskNotReady) as alone:
        open_desk(letterbox)
    (letterbox / "keys/desk.private").touch()
    with pytest.raises(DeskNotReady) as lost:
        open_desk(letterbox)

    assert "it looks like the folder of a letterbox alone" in alone.value.sentence
    assert "init" not in alone.value.sentence
    assert "makes an empty one" in lost.value.sentence
