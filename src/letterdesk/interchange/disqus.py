"""Disqus: its export, in which threads come before the posts that refer to them."""

import json
from collections.abc import Iterator

from letterdesk.interchange.dates import first_day, moment
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.plain import from_html
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import Source
from letterdesk.interchange.xml_stream import Node, nodes

_THREAD, _POST = ("disqus", "thread"), ("disqus", "post")
_LOOKED_AT = (
    *((*_THREAD, name) for name in ("id", "link", "title", "isClosed", "isDeleted")),
    (*_THREAD, "createdAt"),
    *((*_POST, name) for name in ("message", "createdAt", "thread", "parent")),
    *((*_POST, name) for name in ("isApproved", "isDeleted", "isSpam")),
    (*_POST, "author", "name"),
)
_YES = "true"


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the posts of an export. Raises ImportFailed."""
    with Notes() as notes:
        for node in nodes(source, (_THREAD, _POST), looked_at=_LOOKED_AT, system="Disqus"):
            if node.name == "thread":
                source.pages += 1
                notes.put("thread", _id(node), json.dumps(_thread(node)))
            else:
                yield _post(node, notes)


def _thread(node: Node) -> dict[str, str]:
    """Give what is to be remembered of a thread; a site's own id may hold its address."""
    own = node.text("id").rpartition(" ")[2]
    return {
        "url": node.text("link") or (own if "://" in own else ""),
        "headline": from_html(node.text("title")),
        "closed": node.text("isClosed"),
        "deleted": node.text("isDeleted"),
        "created": node.text("createdAt"),
    }


def _post(node: Node, notes: Notes) -> CommentRecord:
    thread = json.loads(notes.get("thread", _id(node.children.get("thread"))) or "{}")
    author, written = node.children.get("author"), moment(node.text("createdAt"))
    return CommentRecord(
        id=_id(node),
        story=StoryRecord(
            url=thread.get("url", ""),
            headline=thread.get("headline", ""),
            is_open=thread.get("closed") != _YES,
            day=first_day(moment(thread.get("created", "")), written),
        ),
        found=_found(node, is_hidden=thread.get("deleted") == _YES),
        written=written,
        text=from_html(node.text("message")),
        name=from_html(author.text("name")) if author else "",
        reply_to=_id(node.children.get("parent")),
    )


def _found(node: Node, *, is_hidden: bool) -> Found:
    if node.text("isSpam") == _YES:
        return Found.SPAM
    if node.text("isDeleted") == _YES:
        return Found.DELETED
    if is_hidden:
        return Found.HIDDEN
    return Found.PENDING if node.text("isApproved") == "false" else Found.PUBLISHED


def _id(node: Node | None) -> str:
    return node.attributes.get("id", "") if node else ""
