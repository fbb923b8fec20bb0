"""Plone: answers of its `@comments`, one after the other or in a list."""

from collections.abc import Iterator

from letterdesk.interchange.addresses import site_name
from letterdesk.interchange.dates import moment
from letterdesk.interchange.json_stream import Values, elements, inner, number, text
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.plain import from_html, from_markdown
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed, Source

# Plone's own answer does not say how a comment stands; who adds it to the file may.
_FOUND = {
    "published": Found.PUBLISHED,
    "rejected": Found.REJECTED,
    "spam": Found.SPAM,
}
# Who reads the words of a comment; all others are plain text, as Plone's own are.
_MARKUP = {
    "text/html": from_html,
    "text/x-html-safe": from_html,
    "text/markdown": from_markdown,
    "text/x-markdown": from_markdown,
    "text/x-web-markdown": from_markdown,
}
_TOP = frozenset({"0", ""})
_END = "/@comments"


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of some answers. Raises ImportFailed, also for missing ones."""
    missing = 0
    with Notes() as notes:
        for answer in elements(source):
            items = answer.get("items")
            if not isinstance(items, list):
                raise ImportFailed(
                    f"{source.path} is JSON, and no answer of Plone's @comments: it has no "
                    "“items”. Choose the right FORMAT."
                )
            url, _, _ = text(answer.get("@id")).partition(_END)
            for one in items:
                if isinstance(one, dict):
                    yield _comment(one, url, title=text(answer.get("title")))
            total = number(answer.get("items_total")) or len(items)
            missing += _left(notes, url, total=total, came=len(items))
    if missing:
        raise ImportFailed(
            f"{missing} comments are not in {source.path}: Plone answers with some "
            "at a time. Ask for @comments?b_size=100000, and run the import once more: "
            "what was imported already stays, and is not taken twice."
        )


def _left(notes: Notes, url: str, *, total: int, came: int) -> int:
    """Give how many more comments of a page are missing than before it; note how many."""
    before = int(notes.get("missing", url) or 0)
    now = max(0, (before or total) - came)
    if now != before:
        notes.put("missing", url, str(now))
    return now - before


def _comment(one: Values, url: str, *, title: str) -> CommentRecord:
    parent = text(one.get("in_reply_to"))
    words = inner(one, "text")
    markup, _, _ = text(words.get("mime-type")).partition(";")
    convert = _MARKUP.get(markup.strip().lower(), str)
    return CommentRecord(
        id=text(one.get("comment_id")),
        site=site_name(url),  # ids are counted on each page
        story=StoryRecord(url=url, headline=title),
        found=_FOUND.get(text(one.get("review_state")), Found.PENDING),
        written=moment(text(one.get("creation_date"))),
        text=convert(text(words.get("data"))),
        name=text(one.get("author_name")),
        reply_to="" if parent in _TOP else parent,
    )
