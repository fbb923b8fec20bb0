"""Comentario: its export since version 3; an older one is like Commento's."""

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from letterdesk.interchange import commento
from letterdesk.interchange.dates import moment
from letterdesk.interchange.json_stream import Values, is_true, members, text
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.plain import from_html, from_markdown
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed, Source


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of an export. Raises ImportFailed."""
    first = next(iter(members(source, "comments")), {})
    source.rewind()
    return commento.read(source) if "commentHex" in first else _read(source)


def _read(source: Source) -> Iterator[CommentRecord]:
    source.passes = 3  # who wrote comments, and on which page, comes in any order
    with Notes() as notes:
        notes.put_all("name", _names(source))
        notes.put_all("page", _pages(source))
        for one in members(source, "comments"):
            if "pageId" not in one:
                raise ImportFailed(
                    f"{source.path} is JSON, and not Comentario's: its comments have no "
                    "pageId. Choose the right FORMAT."
                )
            yield _comment(one, notes)


def _names(source: Source) -> Iterator[tuple[str, str]]:
    for one in members(source, "commenters"):
        yield text(one.get("id")), from_html(text(one.get("name")))


def _pages(source: Source) -> Iterator[tuple[str, str]]:
    for one in members(source, "pages"):
        page = {name: one.get(name) for name in ("path", "title", "isReadonly")}
        yield text(one.get("id")), json.dumps(page)


def _comment(one: Values, notes: Notes) -> CommentRecord:
    page = json.loads(notes.get("page", text(one.get("pageId"))) or "{}")
    words, markup = text(one.get("markdown")), text(one.get("html"))
    known = notes.get("name", text(one.get("userCreated")))
    return CommentRecord(
        id=text(one.get("id")),
        story=StoryRecord(
            url=_url(text(page.get("path")), text(one.get("url"))),
            headline=from_html(text(page.get("title"))),
            is_open=not is_true(page.get("isReadonly")),
        ),
        found=_found(one),
        written=moment(text(one.get("createdTime"))),
        text=from_markdown(words) if words else from_html(markup),
        name=known or from_html(text(one.get("authorName"))),
        reply_to=text(one.get("parentId")),
    )


def _found(one: Values) -> Found:
    if is_true(one.get("isDeleted")):
        return Found.DELETED
    if is_true(one.get("isPending")):
        return Found.PENDING
    return Found.PUBLISHED if is_true(one.get("isApproved")) else Found.REJECTED


def _url(path: str, address: str) -> str:
    """Give the address of a page; a comment's own address tells on which site it is."""
    try:
        return urljoin(address, path) if path and "://" in address else path
    except ValueError:  # such as http://[::1, which is no address
        return ""
