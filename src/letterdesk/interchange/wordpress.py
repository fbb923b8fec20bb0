"""WordPress: its export (WXR), which is RSS with comments in it."""

from collections.abc import Iterator
from datetime import date, datetime

from letterdesk.interchange.addresses import site_name
from letterdesk.interchange.dates import moment
from letterdesk.interchange.plain import from_html, from_lines
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import Source
from letterdesk.interchange.xml_stream import Node, nodes

_CHANNEL = ("rss", "channel")
_ITEM = (*_CHANNEL, "item")
_COMMENT = (*_ITEM, "comment")
_METAS = ((*_ITEM, "postmeta"), (*_COMMENT, "commentmeta"))
_OF_COMMENTS = ("id", "parent", "type", "approved", "author", "content", "date", "date_gmt")
_LOOKED_AT = (
    *((*_CHANNEL, name) for name in ("base_blog_url", "link", "language")),
    *((*_ITEM, name) for name in ("link", "title", "status", "comment_status")),
    *((*_ITEM, name) for name in ("post_password", "post_date", "post_date_gmt")),
    *((*_COMMENT, f"comment_{name}") for name in _OF_COMMENTS),
    *((*meta, name) for meta in _METAS for name in ("meta_key", "meta_value")),
)
_NOTES = frozenset(  # what `letterdesk export wordpress` notes beside a post or a comment
    f"letterdesk_{name}" for name in ("language", "risk", "state", "as_written")
)
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
    wanted = (_COMMENT, _ITEM, *_METAS)
    for node in nodes(source, wanted, looked_at=_LOOKED_AT, system="WordPress"):
        around = node.parent
        source.pages += node.name == "item"
        if node.name == "comment" and around and around.parent:
            yield _comment(node, around, around.parent)
        elif around and node.text("meta_key") in _NOTES and "meta_value" in node.children:
            around.children.setdefault(node.text("meta_key"), node.children["meta_value"])


def _comment(node: Node, item: Node, channel: Node) -> CommentRecord:
    parent = node.text("comment_parent")
    return CommentRecord(
        id=node.text("comment_id"),
        site=site_name(channel.text("base_blog_url") or channel.text("link")),
        story=StoryRecord(
            url=item.text("link"),
            headline=from_html(item.text("title")),
            language=item.text("letterdesk_language") or channel.text("language"),
            is_open=item.text("comment_status") != "closed",
            day=_day(item),
            risk=item.text("letterdesk_risk"),
        ),
        found=_found(node, item),
        written=_written(node),
        text=from_lines(node.text("comment_content")),
        name=from_html(node.text("comment_author")),
        reply_to="" if parent == "0" else parent,
        language=node.text("letterdesk_language"),
        as_written=node.text("letterdesk_as_written") == "1",
    )


def _found(node: Node, item: Node) -> Found:
    """Give how it stood; what is not known to be approved waits."""
    if node.text("comment_type") not in _COMMENTS:
        return Found.NO_COMMENT
    if item.text("status") not in _PUBLIC or item.text("post_password"):
        return Found.HIDDEN
    found = _FOUND.get(node.text("comment_approved"), Found.PENDING)
    # WordPress has no rejected comments: ours went into its trash.
    if found is Found.DELETED and node.text("letterdesk_state") == Found.REJECTED:
        return Found.REJECTED
    return found


def _written(node: Node) -> datetime | None:
    """Give when it was written: its time in UTC, else the site's own."""
    return moment(node.text("comment_date_gmt")) or moment(node.text("comment_date"))


def _day(item: Node) -> date | None:
    """Give the day on which a post appeared."""
    at = moment(item.text("post_date_gmt")) or moment(item.text("post_date"))
    return at.date() if at else None
