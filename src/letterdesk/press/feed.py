"""A thread as an Atom feed (RFC 4287): the newest comments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from letterdesk.domain.text import NOT_XML, Html, inline
from letterdesk.domain.thread import Page, Published
from letterdesk.press.rows import Voice
from letterdesk.reader.names import above
from letterdesk.reader.render import render
from letterdesk.settings import Site

_NEWEST = 50  # entries: what is new, not all there is


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    id: str
    page: str  # of the thread, as a folder: "" or "2/"
    published: str  # the day, ISO
    name: Html
    words: str  # markup, to be escaped once more
    language: str  # of the comment, where it is not the feed's


def feed(pages: Sequence[Page], *, site: Site, voice: Voice) -> bytes:
    """Give the feed of a thread; days for times, at midnight."""
    story = pages[0].story
    newest = sorted(_readable(pages), key=_newest_first, reverse=True)[:_NEWEST]
    entries = [_entry(comment, number, voice) for comment, number in newest]
    atom = render(
        "feed.atom",
        voice.language,
        site=site,
        story=story,
        base=f"{site.url}/t/{story.id}/",
        updated=entries[0].published if entries else story.registered or "1970-01-01",
        entries=entries,
    )
    return NOT_XML.sub("", atom).encode()


def _readable(pages: Iterable[Page]) -> Iterator[tuple[Published, int]]:
    for page in pages:
        for placed in page.comments:
            if not placed.comment.is_gone:
                yield placed.comment, page.number


def _newest_first(found: tuple[Published, int]) -> tuple[str, int]:
    return found[0].published, found[0].order


def _entry(comment: Published, number: int, voice: Voice) -> _Entry:
    name = above(comment.name, is_left_out=comment.name_left_out, language=voice.language)
    return _Entry(
        id=comment.id,
        page=f"{number}/" if number > 1 else "",
        published=comment.published,
        name=inline(name),
        words=_words(comment, voice) + _brackets(comment, voice),
        language=voice.language_of(comment),
    )


def _words(comment: Published, voice: Voice) -> str:
    """Give the comment's words, which a page of its reader's may show far from the feed."""
    tag = voice.language_of(comment)
    spoken = f' lang="{inline(tag)}"' if tag else ""
    return f'<div dir="auto"{spoken}>{voice.text(comment)}</div>'


def _brackets(comment: Published, voice: Voice) -> str:
    """Give what we say of a comment, in the language of the feed."""
    spoken = f' lang="{voice.language}"' if voice.language_of(comment) else ""
    said = (voice.elsewhere(comment), voice.brackets(comment))
    return "".join(f"<p{spoken}><em>{one}</em></p>" for one in said if one)
