"""Killed at any moment, the letterbox has lost nothing that it thanked for."""

import http.client
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from urllib.parse import urlencode

import pytest

from letterdesk.domain import receipt
from letterdesk.domain.ids import is_id
from tests.letterbox.doubles import FORM, JSON
from tests.letterbox.processes import Served, read, serve
from tests.letterbox.rooms import COMMENTS, make_room
from tests.processes import PATIENCE

_WRITERS = 16
_HEADERS = {"content-type": FORM, **JSON}


class Crowd:
    """Readers who write one letter after the other until nobody answers any more."""

    def __init__(self, served: Served, *, enough: int) -> None:
        self.codes: list[str] = []
        self.enough = Event()
        self._served = served
        self._wanted = enough
        self._lock = Lock()

    def write(self, writer: int) -> None:
        connection = self._served.connect()
        body = urlencode({"text": f"Words of writer {writer}."})
        try:
            while True:
                connection.request("POST", COMMENTS, body=body, headers=_HEADERS)
                self._note(str(read(connection).json["receipt"]))
        except (OSError, http.client.HTTPException):
            return  # the letterbox is dead
        finally:
            connection.close()
            self.enough.set()

    def _note(self, code: str) -> None:
        with self._lock:
            self.codes.append(code)
            if len(self.codes) >= self._wanted:
                self.enough.set()


@pytest.mark.parametrize("enough", [1, 40, 133, 300])
def test_what_was_thanked_for_is_in_the_spool(tmp_path: Path, enough: int) -> None:
    room = make_room(tmp_path)
    with serve(room.settings) as served, ThreadPoolExecutor(_WRITERS) as threads:
        crowd = Crowd(served, enough=enough)
        for writer in range(_WRITERS):
            threads.submit(crowd.write, writer)
        assert crowd.enough.wait(PATIENCE)
        parent = served.running.pid
        for worker in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            os.kill(int(worker), signal.SIGKILL)

    thanked = {receipt.derive(receipt.read_code(code)).lookup for code in crowd.codes}
    letters = room.letters()
    assert len(thanked) == len(crowd.codes) >= enough
    assert thanked <= {letter.lookup for letter in letters}
    assert len({letter.id for letter in letters}) == len(letters)
    assert all(is_id(name) for name in room.spool.list())
