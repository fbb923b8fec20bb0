"""A database of Isso's, for an import."""

import sqlite3
from contextlib import closing
from pathlib import Path

MARKDOWN = "My uncle *worked* on that ferry.\nHe kept [a log](https://ferry.example/log)."


def isso_database(path: Path) -> Path:
    """Make a database as Isso does, with the conversation in it."""
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            """
            CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
            CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256), title VARCHAR);
            CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created FLOAT,
                modified FLOAT, mode, remote_addr, text, author, email, website);
            INSERT INTO preferences VALUES ('session-key', 'not to be copied');
            INSERT INTO threads VALUES (1, '/ferry', 'The ferry will not come back');
            """
        )
        base.executemany(
            "INSERT INTO comments VALUES (1,?,?,?,NULL,?,'203.0.113.0',?,?,?,NULL)",
            [
                (11, None, 1556784900.5, 1, MARKDOWN, "Mira Tan", "mira@letters.example"),
                (12, 11, 1556827200.0, 1, "저도 그렇게 들었습니다.", "이선생", None),
                (13, 12, 1556866800.0, 2, "Who signed it?", "Ana", None),
                (14, 11, 1556870400.0, 4, "", "Jo &amp; Bo", "jo@letters.example"),
                (15, 14, 1556874000.0, 1, "I do not agree with that.", "Jo &amp; Bo", None),
            ],
        )
        base.commit()
    return path
