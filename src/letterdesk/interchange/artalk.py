"""Artalk: an Artrans file, a list in which every value may be a string."""

from collections.abc import Iterator
from urllib.parse import urljoin

from letterdesk.interchange.dates import moment
from letterdesk.interchange.json_stream import Values, elements, is_true, text
from letterdesk.interchange.plain import from_html, from_markdown
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed, Source

_TOP = frozenset({"0", ""})


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of an Artrans file. Raises ImportFailed."""
    for one in elements(source):
        if "page_key" not in one:
            raise ImportFailed(
                f"{source.path} is JSON, and no Artrans: its comments have no page_key. "
                "Choose the right FORMAT."
            )
        yield _comment(one)


def _comment(one: Values) -> CommentRecord:
    parent = text(one.get("rid"))
    sites = text(one.get("site_urls")).split(",")
    return CommentRecord(
        id=text(one.get("id")),
        site=text(one.get("site_name")),
        story=StoryRecord(
            url=urljoin(sites[0].strip(), text(one.get("page_key"))),
            headline=from_html(text(one.get("page_title"))),
            is_open=not is_true(one.get("page_admin_only")),
        ),
        found=Found.PENDING if is_true(one.get("is_pending")) else Found.PUBLISHED,
        written=moment(text(one.get("created_at"))),
        text=from_markdown(text(one.get("content"))),
        name=from_html(text(one.get("nick"))),
        reply_to="" if parent in _TOP else parent,
    )
