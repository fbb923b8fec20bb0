from pathlib import Path

import pytest

from letterdesk.letterbox.app import App
from tests.letterbox.rooms import Room, make_room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return make_room(tmp_path)


@pytest.fixture
def app(room: Room) -> App:
    return room.app()
