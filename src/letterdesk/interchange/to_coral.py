"""Stories and comments as the CSV files that coral-importer reads (strategy `csv`).

A zip file with users.csv, stories.csv and comments.csv, without heads, every column there.
Coral has an account behind each comment and Letterdesk none: each comment gets its own,
because one name is not one person. An account needs an e-mail address; `.invalid` is
nobody's (RFC 2606).
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import BinaryIO
from zipfile import ZipFile

from letterdesk.domain.spreadsheet import guarded
from letterdesk.domain.story import Story
from letterdesk.interchange.packed import member, packed
from letterdesk.interchange.records import CommentRecord, Found
from letterdesk.reader.words import words

_STATUS = {
    Found.PUBLISHED: "APPROVED",
    Found.REJECTED: "REJECTED",
    Found.DELETED: "REJECTED",
}
_ROLE, _MODE, _BANNED = "COMMENTER", "COMMENTS", "false"

Threads = Iterable[tuple[Story, Iterable[CommentRecord]]]


@dataclass(kw_only=True)
class Written:
    """How much was written; `waiting` comments were left out."""

    stories: int = 0
    comments: int = 0
    waiting: int = 0


def write(threads: Callable[[], Threads], file: BinaryIO) -> Written:
    """Write threads, which are read three times, as a zip file.

    What waits for a decision is left out: Coral shows readers what has the only status
    that would fit, NONE.
    """
    done = Written()
    with packed(file) as archive:
        _table(archive, "users.csv", _users(threads()))
        _table(archive, "stories.csv", _stories(threads()))
        _table(archive, "comments.csv", _comments(threads(), done))
    return done


def _table(archive: ZipFile, name: str, rows: Iterable[Sequence[str]]) -> None:
    with member(archive, name) as inside:
        text = io.TextIOWrapper(inside, encoding="utf-8", newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows([guarded(one) for one in row] for row in rows)
        text.detach()


def _users(threads: Threads) -> Iterator[Sequence[str]]:
    for story, comments in threads:
        nameless = words(story.language).gettext("A reader")
        for one in comments:
            if one.found in _STATUS:
                address = f"{one.id}@letterdesk.invalid"
                name = one.name.strip() or nameless
                yield _author(one), address, name, _ROLE, _BANNED, _date(one.written)


def _stories(threads: Threads) -> Iterator[Sequence[str]]:
    for story, _ in threads:
        day = date.fromisoformat(story.registered) if story.registered else date(1970, 1, 1)
        published = _date(datetime.combine(day, time(), UTC))
        authors = ", ".join(credit.name for credit in story.credits)
        closed = "" if story.is_open else published  # on which day is not known
        yield story.id, story.url, story.headline, authors, published, closed, _MODE


def _comments(threads: Threads, done: Written) -> Iterator[Sequence[str]]:
    for story, comments in threads:
        done.stories += 1
        known = set[str]()
        for one in comments:
            if one.found not in _STATUS:
                done.waiting += 1
                continue
            done.comments += 1
            known.add(one.id)
            parent = one.reply_to if one.reply_to in known else ""
            written, status = _date(one.written), _STATUS[one.found]
            yield (
                *(one.id, _author(one), story.id, written),
                *(_markup(one.text), parent, status, ""),
            )


def _author(comment: CommentRecord) -> str:
    return f"reader-{comment.id}"


def _markup(text: str) -> str:
    """Give plain text as one paragraph; it begins with its tag, so never as a formula."""
    return f"<p>{escape(text, quote=False).replace(chr(10), '<br>')}</p>"


def _date(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
