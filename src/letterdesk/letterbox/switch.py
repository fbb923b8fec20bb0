"""The newsroom's own hand on the letterbox: a file that says `slow` or `closed`."""

import logging
import os
from pathlib import Path

from letterdesk.letterbox.budgets import State
from letterdesk.places.folder import Folder

_log = logging.getLogger(__name__)
_Stamp = tuple[int, int, int]


class Switch:
    """What the file says; open where there is none. Read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: _Stamp | None = None
        self._state = State.OPEN

    def state(self) -> State:
        """Give what the newsroom has chosen. A word that is none of ours leaves it open."""
        stamp = self._look()
        if stamp != self._stamp:
            self._state = self._read() if stamp else State.OPEN
            self._stamp = stamp
        return self._state

    def _look(self) -> _Stamp | None:
        try:
            found = os.stat(self._path)  # noqa: PTH116 -- on every letter's way
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> State:
        try:
            return State(self._path.read_text(encoding="utf-8").strip())
        except (OSError, ValueError):
            _log.error("event=switch-unreadable file=%s", self._path.name)
            return State.OPEN


def turn(path: Path, state: State) -> None:
    """Have the letterbox that reads the switch at `path` be as `state` says, at once."""
    if state is State.OPEN:
        path.unlink(missing_ok=True)
    else:
        Folder(root=path.parent, mode=0o644).put(path.name, f"{state}\n".encode())
