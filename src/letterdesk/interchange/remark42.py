"""Remark42: its own backup, one comment a line after a line about the site."""

from collections.abc import Iterator
from contextlib import closing

from letterdesk.interchange.dates import moment
from letterdesk.interchange.json_stream import Values, inner, is_true, lines, text
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.plain import from_html, from_markdown
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed, Source


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of a backup. Raises ImportFailed."""
    with closing(lines(source)) as found, Notes() as notes:
        head = next(found, {})
        if "version" not in head or "users" not in head:
            raise ImportFailed(
                f"{source.path} is no backup of Remark42: its first line does not say "
                "which version it is and who the users are. Choose the right FORMAT."
            )
        notes.put_all("closed", _closed(head))
        for one in found:
            yield _comment(one, notes)


def _closed(head: Values) -> Iterator[tuple[str, str]]:
    posts = head.get("posts")
    for post in posts if isinstance(posts, list) else []:
        if isinstance(post, dict) and is_true(post.get("read_only")):
            yield text(post.get("url")), "closed"


def _comment(one: Values, notes: Notes) -> CommentRecord:
    where = inner(one, "locator")
    url = text(where.get("url"))
    markup, source = text(one.get("text")), text(one.get("orig"))
    return CommentRecord(
        id=text(one.get("id")),
        site=text(where.get("site")),
        story=StoryRecord(
            url=url,
            headline=from_html(text(one.get("title"))),
            is_open=not notes.get("closed", url),
        ),
        found=Found.DELETED if is_true(one.get("delete")) else Found.PUBLISHED,
        written=moment(text(one.get("time"))),
        text=from_html(markup) if markup else from_markdown(source),
        name=from_html(text(inner(one, "user").get("name"))),
        reply_to=text(one.get("pid")),
    )
