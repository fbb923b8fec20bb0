"""What has to be remembered while a large file is read, on the disk and not in memory."""

import sqlite3
from collections.abc import Iterable
from typing import Self


class Notes:
    """Texts by key, in a nameless file that SQLite removes by itself."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA cache_size = -4096")  # kilobytes
        self._base.execute(
            "CREATE TABLE notes (kind TEXT, key TEXT, words TEXT, PRIMARY KEY (kind, key)) "
            "WITHOUT ROWID"
        )
        self._base.execute("BEGIN")  # never ended: nobody reads it after us

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def put(self, kind: str, key: str, words: str) -> None:
        """Remember `words`; the last ones for a key count."""
        self.put_all(kind, [(key, words)])

    def put_all(self, kind: str, some: Iterable[tuple[str, str]]) -> None:
        """Remember many at once."""
        self._base.executemany(
            "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)",
            ((kind, _storable(key), _storable(words)) for key, words in some),
        )

    def get(self, kind: str, key: str) -> str:
        """Give what was remembered, or ""."""
        asked = (kind, _storable(key))
        found = self._base.execute(
            "SELECT words FROM notes WHERE kind = ? AND key = ?", asked
        ).fetchone()
        return str(found[0]) if found else ""


def _storable(text: str) -> str:
    """Give text without halves of characters, which no file in UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()
