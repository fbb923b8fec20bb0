"""Isso: its database, or its generic JSON, which knows no replies and nothing pending."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape

from letterdesk.interchange.addresses import site_name
from letterdesk.interchange.dates import moment, since_1970
from letterdesk.interchange.json_stream import Values, elements, text
from letterdesk.interchange.plain import from_html, from_markdown
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import (
    LARGEST,
    ImportFailed,
    Kind,
    Source,
    damaged,
    too_large,
)

_MODES = {1: Found.PUBLISHED, 2: Found.PENDING, 4: Found.DELETED}
_ROWS = """
    SELECT comments.id, comments.parent, comments.created, comments.mode, comments.text,
           comments.author, threads.uri, threads.title
    FROM comments LEFT JOIN threads ON threads.id = comments.tid ORDER BY comments.id
"""
_TABLES = 2
_NOT_COUNTED = frozenset({"", "0"})  # ids of files whose writer does not count
_Row = tuple[object, ...]


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of a database or a JSON file. Raises ImportFailed."""
    is_database = source.kind() is Kind.SQLITE
    source.rewind()
    return _database(source) if is_database else _generic(source)


def _database(source: Source) -> Iterator[CommentRecord]:
    address = f"{source.path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as base:
        # What is no UTF-8 becomes what no text has: the comment is named, the rest goes on.
        base.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
            base.execute("PRAGMA trusted_schema = OFF")
            _refuse_what_is_computed(base, source)
            (number,) = base.execute("SELECT count(*) FROM comments").fetchone()
            for place, row in enumerate(base.execute(_ROWS)):
                source.counted = place / number
                yield _of_row(row, source)
        except sqlite3.DataError as error:  # longer than the limit
            raise too_large(source.path) from error
        except sqlite3.OperationalError as error:
            raise _not_issos(source) from error
        except sqlite3.DatabaseError as error:
            raise damaged(source.path, "as a database") from error


def _refuse_what_is_computed(base: sqlite3.Connection, source: Source) -> None:
    """Raise ImportFailed unless both are tables, with no column but what stands in them.

    A view may go on for ever, and a column that is generated may be as long as one likes.
    """
    (tables,) = base.execute(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('comments', 'threads') "
        "AND type = 'table' AND sql LIKE 'CREATE TABLE%'"
    ).fetchone()
    computed = base.execute(
        "SELECT 1 FROM pragma_table_xinfo('comments') WHERE hidden "
        "UNION ALL SELECT 1 FROM pragma_table_xinfo('threads') WHERE hidden"
    ).fetchone()
    if tables != _TABLES or computed:
        raise _not_issos(source)


def _not_issos(source: Source) -> ImportFailed:
    return ImportFailed(
        f"{source.path} is a database, and not Isso's: it has no table of comments as Isso "
        "writes it, or another program holds it locked."
    )


def _of_row(row: _Row, source: Source) -> CommentRecord:
    key, parent, created, mode, words, author, uri, title = row
    return CommentRecord(
        id=text(key),
        site=site_name(source.site),
        story=StoryRecord(url=text(uri), headline=text(title)),
        found=_MODES.get(mode if isinstance(mode, int) else 0, Found.PENDING),
        written=since_1970(created if isinstance(created, int | float) else None),
        text=from_markdown(text(words)),
        name=unescape(text(author)),
        reply_to=text(parent),
    )


def _generic(source: Source) -> Iterator[CommentRecord]:
    for thread in elements(source):
        comments = thread.get("comments")
        if not isinstance(comments, list) or "id" not in thread:
            raise ImportFailed(
                f"{source.path} is JSON, and not Isso's: its threads have no “id” and "
                "“comments”. Choose the right FORMAT."
            )
        for one in comments:
            if isinstance(one, dict):
                yield _of_json(one, thread, source)


def _of_json(one: Values, thread: Values, source: Source) -> CommentRecord:
    """Give a comment; ids begin anew in each thread, and not all who write them count.

    Where they do not, its words tell it from others of the same day.
    """
    uri, created = text(thread.get("id")), text(one.get("created"))
    number = text(one.get("id"))
    known_as = f"{uri} {number} {created}"
    is_counted = number not in _NOT_COUNTED
    return CommentRecord(
        id=known_as if is_counted else f"{known_as} {_digest(one)}",
        former_id="" if is_counted else known_as,
        site=site_name(source.site),
        story=StoryRecord(url=uri, headline=text(thread.get("title"))),
        found=Found.PUBLISHED,
        written=moment(created),
        text=from_markdown(text(one.get("text"))),
        name=from_html(text(one.get("author"))),
    )


def _digest(one: Values) -> str:
    """Give what tells a comment from others: 16 characters of its author and words."""
    said = f"{text(one.get('author'))}\0{text(one.get('text'))}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
