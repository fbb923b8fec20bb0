"""All files of a story: its pages, fragments, data and feed."""

import hashlib
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable
from html import escape

from letterdesk.domain.rules import Terms
from letterdesk.domain.story import Credit, Story, blocks
from letterdesk.domain.text import Html
from letterdesk.domain.thread import Page, Published, paginate
from letterdesk.press.data import story_facts, thread_facts, to_json
from letterdesk.press.feed import feed
from letterdesk.press.rows import Voice, rows
from letterdesk.press.structured import structured
from letterdesk.reader.render import render
from letterdesk.reader.schedule import schedule
from letterdesk.reader.words import choose
from letterdesk.settings import Site

_INDENTATION = re.compile(r"\n\s+")
_OWN = re.compile(r'\b(href|action)="/')
_JUMP = re.compile(r'href="#')
_EMPTY = dict.fromkeys(
    ("text", "name", "contact", "reply_to", "as_written", "tip", "once"), ""
)


def story_files(
    story: Story,
    comments: Iterable[Published],
    *,
    site: Site,
    terms: Terms,
    per_page: int,
    slot_minutes: int,
) -> dict[str, bytes]:
    """Give every file of a story by its path; the same values give the same bytes.

    In the order in which they are to be written: what a page links to before the page.
    """
    pages = paginate(story, comments, per_page=per_page)
    language = choose(story.language)
    voice = Voice(language=language, content=story.language, terms=terms)
    when = schedule(slot_minutes, language)
    root = f"t/{story.id}"
    shown: dict[str, bytes] = {}
    for page in reversed(pages):
        folder = root if page.number == 1 else f"{root}/{page.number}"
        shown |= {
            f"{folder}/{name}": raw for name, raw in _page(page, site, voice, when).items()
        }
    facts = {
        **story_facts(story),
        "comments": pages[0].count,
        "fragment": _digest(shown[f"{root}/thread.html"]),
    }
    return {
        f"{root}/story.json": to_json(facts),
        f"{root}/form.html": _form(story, site, voice, when),
        **shown,
        f"{root}/feed.atom": feed(pages, site=site, voice=voice),
        story_at(story.url): to_json({"story": story.id}),
    }


def story_at(url: str) -> str:
    """Give the path at which other sites find the id of the story with this address."""
    return f"u/{hashlib.sha256(url.encode()).hexdigest()}.json"


def _page(page: Page, site: Site, voice: Voice, when: str) -> dict[str, bytes]:
    """Give a page, its thread alone, and the same as data. The thread is rendered once.

    The first page is there for frames, too.
    """
    thread = unindented(
        render(
            "thread.html", voice.language, page=page, rows=rows(page.comments, voice=voice)
        )
    )
    values = {
        "site": site,
        "page": page,
        "story": page.story,
        "thread": Html(thread),
        "terms": voice.terms,
        "values": _EMPTY,
        "field": "",
        "when": when,
    }
    whole = render(
        "story.html",
        voice.language,
        structured=structured(page, site=site, language=voice.language),
        credits=by_role(page.story.credits),
        blocks=blocks(page.story.body),
        address=linkable(page.story.url),
        in_full=voice.terms,
        **values,
    )
    alone = unindented(render("fragment.html", voice.language, **values))
    files = {
        "thread.json": to_json(thread_facts(page)),
        "thread.html": _anywhere(alone, site).encode(),
    }
    if page.number == 1:
        frame = _framed(render("frame.html", voice.language, **values), page.story)
        files["frame.html"] = frame.encode()
    return files | {"index.html": whole.encode()}


def _form(story: Story, site: Site, voice: Voice, when: str) -> bytes:
    """Give the form alone, for embed.js to put into other sites' pages."""
    form = render(
        "parts/write.html",
        voice.language,
        site=site,
        story=story,
        terms=voice.terms,
        values=_EMPTY,
        field="",
        when=when,
    )
    return _anywhere(unindented(form), site).encode()


def _digest(raw: bytes) -> str:
    """Give a digest as web pages write it in `integrity`."""
    return f"sha256-{b64encode(hashlib.sha256(raw).digest()).decode()}"


def unindented(thread: str) -> str:
    """Give the markup without indentation, a tenth of a long thread's bytes.

    Line ends in readers' words have become tags by now.
    """
    return _INDENTATION.sub("\n", thread)


def _anywhere(thread: str, site: Site) -> str:
    """Give the fragment with whole addresses, since it is shown on other sites.

    No reader's word can look like an attribute: quotation marks in them are escaped.
    """
    return _OWN.sub(lambda found: f'{found[1]}="{escape(site.url)}/', thread)


def _framed(page: str, story: Story) -> str:
    """Give a frame's page, from which permalinks lead out to the whole page."""
    return _JUMP.sub(f'href="/t/{story.id}/#', page)


def by_role(credits_: Iterable[Credit]) -> list[tuple[str, list[Credit]]]:
    """Give who did what, each role once, in the order given."""
    found: dict[str, list[Credit]] = defaultdict(list)
    for credit in credits_:
        found[credit.role].append(credit)
    return list(found.items())


def linkable(url: str) -> str:
    """Give the story's own address, where it is one that a link may lead to."""
    return url if url.startswith(("https://", "http://")) else ""
