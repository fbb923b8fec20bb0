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
        self._newest: PublicKey | None = None

    def newest(self) -> PublicKey:
        """Give the key to seal to. Raises Refused (`unavailable`) when there is none."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 -- on every letter's way: half the time
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if self._newest is None or stamp != self._stamp:
                self._newest, self._stamp = read_public_keys(self._path)[0], stamp
        except (OSError, SettingWrong) as error:
            self._newest = None
            raise Refused("unavailable") from error
        return self._newest
