"""Stories and comments as WordPress's eXtended RSS (WXR 1.2), for its own importer.

That importer counts: an item's and a comment's number is its place in the file, and what
is answered must have the smaller one. It knows a post again by title and date, a comment
by name and date: so no two comments of a story have the same second.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import TextIO

from letterdesk.domain.story import BlockKind, Story, blocks
from letterdesk.domain.text import NOT_XML
from letterdesk.interchange.records import CommentRecord, Found

_APPROVED = {
    Found.PUBLISHED: "1",
    Found.PENDING: "0",
    Found.REJECTED: "trash",
    Found.DELETED: "trash",
    Found.SPAM: "spam",
}
_INSTEAD = "\ufffd"  # of a character that XML cannot hold
_SLUG = re.compile(r"[^a-z0-9]+")
_DATE = "%Y-%m-%d %H:%M:%S"
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>{name}</title>
<link>{url}</link>
<description></description>
<language>{language}</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{url}</wp:base_site_url>
<wp:base_blog_url>{url}</wp:base_blog_url>
"""
_ITEM = """\
<item>
<title>{headline}</title>
<link>{url}</link>
<dc:creator></dc:creator>
<guid isPermaLink="false">{url}</guid>
<description></description>
<content:encoded>{body}</content:encoded>
<excerpt:encoded></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date>{written}</wp:post_date>
<wp:post_date_gmt>{written}</wp:post_date_gmt>
<wp:comment_status>{open}</wp:comment_status>
<wp:ping_status>closed</wp:ping_status>
<wp:post_name>{slug}</wp:post_name>
<wp:status>publish</wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:menu_order>0</wp:menu_order>
<wp:post_type>post</wp:post_type>
<wp:post_password></wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
"""
_COMMENT = """\
<wp:comment>
<wp:comment_id>{number}</wp:comment_id>
<wp:comment_author>{name}</wp:comment_author>
<wp:comment_author_email></wp:comment_author_email>
<wp:comment_author_url></wp:comment_author_url>
<wp:comment_author_IP></wp:comment_author_IP>
<wp:comment_date>{written}</wp:comment_date>
<wp:comment_date_gmt>{written}</wp:comment_date_gmt>
<wp:comment_content>{text}</wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent>
<wp:comment_user_id>0</wp:comment_user_id>
"""
_META = """\
<wp:{kind}meta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:{kind}meta>
"""
_TAIL = "</channel>\n</rss>\n"
_TAGS = {
    BlockKind.PARAGRAPH: "p",
    BlockKind.HEADING: "h2",
    BlockKind.QUOTATION: "blockquote",
}


@dataclass(kw_only=True)
class Written:
    """How much was written; `replaced` counts characters that XML cannot hold."""

    stories: int = 0
    comments: int = 0
    replaced: int = 0


def write(
    threads: Iterable[tuple[Story, Iterable[CommentRecord]]],
    file: TextIO,
    *,
    name: str,
    url: str,
    language: str,
) -> Written:
    """Write threads as WXR, of a site with this name, address and first language.

    Of each story, one comment at a time; what it answers comes before it.
    """
    done = Written()
    put = _Sheet(file, done)
    put.fill(_HEAD, name=escape(name, quote=False), url=url, language=language)
    for story, comments in threads:
        done.stories += 1
        put.fill(_ITEM, **_item(story, number=done.stories))
        put.note("post", id=story.id, language=story.language, risk=story.risk.value)
        numbers: dict[str, int] = {}
        for comment in comments:
            done.comments += 1
            numbers[comment.id] = done.comments
            parent = numbers.get(comment.reply_to, 0)
            put.fill(_COMMENT, **_comment(comment, number=done.comments, parent=parent))
            put.note("comment", **_noted(comment))
            file.write("</wp:comment>\n")
        file.write("</item>\n")
    file.write(_TAIL)
    return done


class _Sheet:
    """Where filled-in pieces of XML go; every value becomes a section of character data."""

    def __init__(self, file: TextIO, done: Written) -> None:
        self._file, self._done = file, done

    def fill(self, piece: str, **values: str | int) -> None:
        """Write a piece with these values in it."""
        filled = {name: self._data(value) for name, value in values.items()}
        self._file.write(piece.format(**filled))

    def note(self, kind: str, **values: str) -> None:
        """Write what WordPress keeps beside a post or a comment, by its name."""
        for name, value in values.items():
            key = f"letterdesk_{name}"
            self._file.write(_META.format(kind=kind, key=key, value=self._data(value)))

    def _data(self, value: str | int) -> str:
        if isinstance(value, int):
            return str(value)
        text, replaced = NOT_XML.subn(_INSTEAD, value)
        self._done.replaced += replaced
        inside = text.replace("]]>", "]]]]><![CDATA[>")
        return f"<![CDATA[{inside}]]>" if inside else ""


def _item(story: Story, *, number: int) -> dict[str, str | int]:
    day = date.fromisoformat(story.registered) if story.registered else date(1970, 1, 1)
    return {
        "number": number,
        "headline": escape(story.headline, quote=False),
        "url": story.url,
        "body": _body(story.body),
        "written": _date(datetime.combine(day, time(), UTC)),
        "open": "open" if story.is_open else "closed",
        "slug": _slug(story),
    }


def _comment(comment: CommentRecord, *, number: int, parent: int) -> dict[str, str | int]:
    return {
        "number": number,
        "parent": parent,
        "name": escape(comment.name, quote=False),
        "written": _date(comment.written),
        "text": escape(comment.text, quote=False),
        "approved": _APPROVED[comment.found],
    }


def _noted(comment: CommentRecord) -> dict[str, str]:
    """Give what our own import wants to know, and WordPress has no place for."""
    noted = {"id": comment.id, "state": comment.found.value, "language": comment.language}
    return noted | ({"as_written": "1"} if comment.as_written else {})


def _body(body: str) -> str:
    """Give a story's text as markup, a block a line."""
    return "\n\n".join(
        f"<{_TAGS[block.kind]}>{escape(block.text, quote=False)}</{_TAGS[block.kind]}>"
        for block in blocks(body)
    )


def _slug(story: Story) -> str:
    """Give the last part of a story's address, as WordPress has it; else its id."""
    last = story.url.rstrip("/").rpartition("/")[2].partition("?")[0].lower()
    return _SLUG.sub("-", last.rpartition(".")[0] or last).strip("-") or story.id


def _date(moment: datetime | None) -> str:
    return moment.strftime(_DATE) if moment else ""
