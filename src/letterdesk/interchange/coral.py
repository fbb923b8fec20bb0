"""Coral: mongoexport of its collections, or the CSV files of coral-importer.

Comments name their story and their author by id only: the files of both lie beside theirs.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from letterdesk.domain.spreadsheet import unguarded
from letterdesk.interchange.dates import first_day, moment, since_1970
from letterdesk.interchange.json_stream import Values, elements, inner, number, text
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.plain import from_html
from letterdesk.interchange.readable import Decoder
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import (
    LARGEST,
    ImportFailed,
    Kind,
    Source,
    cut_off,
    damaged,
)

_COMMENTS = "comments"
_FOUND = {
    "NONE": Found.PUBLISHED,
    "APPROVED": Found.PUBLISHED,
    "REJECTED": Found.REJECTED,
}
# The columns of coral-importer, which writes no names of columns.
_COLUMNS = {
    "users": ("id", "email", "username", "role", "banned", "created_at"),
    "stories": ("id", "url", "title", "author", "published_at", "closed_at", "mode"),
    _COMMENTS: (
        *("id", "author_id", "story_id", "created_at", "body", "parent_id", "status"),
        "rating",
    ),
}
_MILLISECONDS = 1000


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of an export. Raises ImportFailed."""
    is_json = source.kind() is Kind.JSON
    source.rewind()
    rows = elements if is_json else _rows
    with Notes() as notes:
        users, stories = (
            source.beside(_COMMENTS, "users"),
            source.beside(_COMMENTS, "stories"),
        )
        notes.put_all("user", _users(rows(users)))
        notes.put_all("story", _stories(rows(stories), today=source.today.isoformat()))
        for row in rows(source):
            yield _comment(row, notes) if is_json else _of_csv(row, notes)


def _users(rows: Iterable[Values]) -> Iterator[tuple[str, str]]:
    """Give the names by id; the addresses beside them are not looked at."""
    return ((text(row.get("id")), text(row.get("username"))) for row in rows)


def _stories(rows: Iterable[Values], *, today: str) -> Iterator[tuple[str, str]]:
    for row in rows:
        title = unguarded(text(row.get("title"))) or text(
            inner(row, "metadata").get("title")
        )
        closed = _date(row.get("closedAt")) or text(row.get("closed_at"))
        story = {
            "url": text(row.get("url")),
            "headline": from_html(title),
            "is_open": not closed or closed[:10] > today,
            "appeared": _appeared(row),
        }
        yield text(row.get("id")), json.dumps(story)


def _appeared(row: Values) -> str:
    """Give when a story appeared, else when Coral first met it; "" when it does not say."""
    return (
        _date(inner(row, "metadata").get("publishedAt"))
        or text(row.get("published_at"))
        or _date(row.get("createdAt"))
    )


def _comment(row: Values, notes: Notes) -> CommentRecord:
    is_gone = bool(_date(row.get("deletedAt")))
    found = _FOUND.get(text(row.get("status")), Found.PENDING)
    revisions = row.get("revisions")
    last = revisions[-1] if isinstance(revisions, list) and revisions else {}
    written = moment(_date(row.get("createdAt")))
    return CommentRecord(
        id=text(row.get("id")),
        story=_story(text(row.get("storyID")), notes, written=written),
        found=Found.DELETED if is_gone else found,
        written=written,
        text=from_html(text(last.get("body") if isinstance(last, dict) else "")),
        name=notes.get("user", text(row.get("authorID"))),
        reply_to=text(row.get("parentID")),
    )


def _of_csv(row: Values, notes: Notes) -> CommentRecord:
    written = moment(text(row["created_at"]))
    return CommentRecord(
        id=text(row["id"]),
        story=_story(text(row["story_id"]), notes, written=written),
        found=_FOUND.get(text(row["status"]) or "NONE", Found.PENDING),
        written=written,
        text=from_html(text(row["body"])),
        name=unguarded(notes.get("user", text(row["author_id"]))),
        reply_to=text(row["parent_id"]),
    )


def _story(key: str, notes: Notes, *, written: datetime | None) -> StoryRecord:
    noted = json.loads(notes.get("story", key) or '{"url": "", "appeared": ""}')
    appeared = moment(noted.pop("appeared"))
    return StoryRecord(**noted, day=first_day(appeared, written))


def _date(found: object) -> str:
    """Give a date of MongoDB's, which is written in one of four ways; "" for none."""
    value = found.get("$date") if isinstance(found, dict) else found
    if isinstance(value, dict | int):
        since = value.get("$numberLong") if isinstance(value, dict) else value
        milliseconds = number(since)
        at = since_1970(milliseconds / _MILLISECONDS) if milliseconds else None
        return at.isoformat() if at else ""
    return value if isinstance(value, str) else ""


def _rows(source: Source) -> Iterator[Values]:
    """Give the rows of a CSV file by the names of coral-importer. Raises ImportFailed."""
    kind = next((kind for kind in _COLUMNS if kind in source.path.name), _COMMENTS)
    columns = _COLUMNS[kind]
    csv.field_size_limit(LARGEST)
    with source.open() as stream:
        decoder = Decoder(source)
        lines = (f"{decoder.text(line, is_last=True)}\n" for line in stream.lines())
        rows = csv.reader(lines, strict=True)
        try:
            for row in rows:
                stream.came_along()  # whose words may have many lines
                if not row:  # an empty line, as at the end
                    continue
                if len(row) != len(columns):
                    raise _misshapen(source, rows.line_num, kind)
                yield dict(zip(columns, row, strict=True))
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise cut_off(source.path) from error
            raise damaged(source.path, f"in line {rows.line_num}") from error


def _misshapen(source: Source, line: int, kind: str) -> ImportFailed:
    return ImportFailed(
        f"Line {line} of {source.path} has not the {len(_COLUMNS[kind])} columns that "
        f"coral-importer has for {kind}: {', '.join(_COLUMNS[kind])}."
    )
