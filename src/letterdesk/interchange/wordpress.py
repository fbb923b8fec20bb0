"""WordPress: its export (WXR), which is RSS with comments in it."""

from collections.abc import Iterator
from datetime import date, datetime

from letterdesk.interchange.addresses import site_name
from letterdesk.interchange.dates import moment
from letterdesk.interchange.plain import from_html, from_lines
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import Source
from letterdesk.interchange.xml_stream import Node, nodes

_ITEM = ("rss", "channel", "item")
_COMMENT = (*_ITEM, "comment")
_COMMENTS = frozenset({"", "comment"})  # types; the others are pingbacks, orders and so on
_PUBLIC = frozenset({"", "publish", "inherit"})  # states of what is commented on
_FOUND = {
    "1": Found.PUBLISHED,
    "approve": Found.PUBLISHED,
    "approved": Found.PUBLISHED,
    "spam": Found.SPAM,
    "trash": Found.DELETED,
    "post-trashed": Found.DELETED,
}


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of an export. Raises ImportFailed."""
    for node in nodes(source, (_ITEM, _COMMENT), system="WordPress"):
        if node.name == "comment" and node.parent and node.parent.parent:
            yield _comment(node, node.parent, node.parent.parent)


def _comment(node: Node, item: Node, channel: Node) -> CommentRecord:
    parent = node.text("comment_parent")
    return CommentRecord(
        id=node.text("comment_id"),
        site=site_name(channel.text("base_blog_url") or channel.text("link")),
        story=StoryRecord(
            url=item.text("link"),
            headline=from_html(item.text("title")),
            language=_noted(item, "post", "language") or channel.text("language"),
            is_open=item.text("comment_status") != "closed",
            day=_day(item),
            risk=_noted(item, "post", "risk"),
        ),
        found=_found(node, item),
        written=_written(node),
        text=from_lines(node.text("comment_content")),
        name=from_html(node.text("comment_author")),
        reply_to="" if parent == "0" else parent,
        language=_noted(node, "comment", "language"),
        as_written=_noted(node, "comment", "as_written") == "1",
    )


def _found(node: Node, item: Node) -> Found:
    """Give how it stood; what is not known to be approved waits."""
    if node.text("comment_type") not in _COMMENTS:
        return Found.NO_COMMENT
    if item.text("status") not in _PUBLIC or item.text("post_password"):
        return Found.HIDDEN
    found = _FOUND.get(node.text("comment_approved"), Found.PENDING)
    # WordPress has no rejected comments: ours went into its trash.
    if found is Found.DELETED and _noted(node, "comment", "state") == Found.REJECTED:
        return Found.REJECTED
    return found


def _noted(node: Node, kind: str, name: str) -> str:
    """Give what `letterdesk export wordpress` noted beside a post or a comment, or ""."""
    for one in node.children:
        is_note = one.name == f"{kind}meta"
        if is_note and one.text("meta_key") == f"letterdesk_{name}":
            return one.text("meta_value")
    return ""


def _written(node: Node) -> datetime | None:
    """Give when it was written: its time in UTC, else the site's own."""
    return moment(node.text("comment_date_gmt")) or moment(node.text("comment_date"))


def _day(item: Node) -> date | None:
    """Give the day on which a post appeared."""
    at = moment(item.text("post_date_gmt")) or moment(item.text("post_date"))
    return at.date() if at else None
