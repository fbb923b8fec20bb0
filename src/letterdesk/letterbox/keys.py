"""The public keys that letters are sealed to, read again when their file changes."""

import os
from pathlib import Path

from letterdesk.domain.errors import SettingWrong
from letterdesk.letterbox.refusals import Refused
from letterdesk.sealing import PublicKey, read_public_keys


class Keys:
    """The keys of keys/desk.public. Without a readable file, no letter is taken."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._all: list[PublicKey] = []

    def newest(self) -> PublicKey:
        """Give the key to seal to. Raises Refused (`unavailable`) when there is none."""
        return self.all()[0]

    def all(self) -> list[PublicKey]:
        """Give the keys that the desk opens, newest first. Raises Refused as `newest`."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 -- on every letter's way: half the time
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if not self._all or stamp != self._stamp:
                self._all, self._stamp = read_public_keys(self._path), stamp
        except (OSError, SettingWrong) as error:
            self._all = []
            raise Refused("unavailable") from error
        return self._all
