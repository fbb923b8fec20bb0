"""Commento, and Comentario's first version, which renamed some of its fields."""

from collections.abc import Iterator
from urllib.parse import urljoin

from letterdesk.interchange.dates import moment
from letterdesk.interchange.json_stream import Values, is_true, members, text
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.plain import from_html, from_markdown
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed, Source

_STATES = {"approved": Found.PUBLISHED, "unapproved": Found.PENDING}
_TOP = frozenset({"root", ""})
_GONE, _NOBODY = "[deleted]", frozenset({"anonymous", ""})


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of an export. Raises ImportFailed."""
    source.passes = 2  # who wrote them comes after them
    with Notes() as notes:
        notes.put_all("name", _names(source))
        for one in members(source, "comments"):
            if "commentHex" not in one:
                raise ImportFailed(
                    f"{source.path} is JSON, and not Commento's: its comments have no "
                    "commentHex. Choose the right FORMAT."
                )
            yield _comment(one, notes)


def _names(source: Source) -> Iterator[tuple[str, str]]:
    for one in members(source, "commenters"):
        yield text(one.get("commenterHex")), from_html(text(one.get("name")))


def _comment(one: Values, notes: Notes) -> CommentRecord:
    parent = text(one.get("parentHex"))
    words, markup = text(one.get("markdown")), text(one.get("html"))
    return CommentRecord(
        id=text(one.get("commentHex")),
        story=StoryRecord(url=_url(one)),
        found=Found.DELETED
        if _is_gone(one)
        else _STATES.get(text(one.get("state")), Found.PENDING),
        written=moment(text(one.get("creationDate"))),
        text=from_markdown(words) if words else from_html(markup),
        name=notes.get("name", text(one.get("commenterHex"))),
        reply_to="" if parent in _TOP else parent,
    )


def _is_gone(one: Values) -> bool:
    """Say whether a comment was deleted; Commento's export says so by its words alone."""
    is_nobodys = text(one.get("commenterHex")).strip("0") in _NOBODY
    is_emptied = is_nobodys and text(one.get("markdown")) == _GONE
    return is_emptied or is_true(one.get("deleted"))


def _url(one: Values) -> str:
    """Give the address of a page: its path on the domain that it was commented on."""
    path = text(one.get("url")) or text(one.get("path"))
    domain = text(one.get("domain")) or text(one.get("host"))
    base = domain if "://" in domain else f"https://{domain}"
    return urljoin(f"{base}/", path) if domain else path
