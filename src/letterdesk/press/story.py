"""All files of a story: its pages, fragments, data and feed."""

from collections.abc import Iterable

from letterdesk.domain import story as stories
from letterdesk.domain.rules import Terms
from letterdesk.domain.story import Story
from letterdesk.domain.thread import Page, Published, paginate
from letterdesk.press.data import pieces, story_facts, thread_facts, to_json
from letterdesk.reader.render import render
from letterdesk.settings import Site

_FEED = 50  # entries: what is newest, not all there is


def story_files(
    story: Story,
    comments: Iterable[Published],
    *,
    site: Site,
    terms: Terms,
    per_page: int,
) -> dict[str, bytes]:
    """Give every file below t/STORY/ by its path; the same values give the same bytes."""
    listed = list(comments)
    pages = paginate(story, listed, per_page=per_page)
    root = f"t/{story.id}"
    files = {f"{root}/story.json": to_json({**story_facts(story), "comments": pages[0].count})}
    for page in pages:
        folder = root if page.number == 1 else f"{root}/{page.number}"
        files |= {f"{folder}/{name}": raw for name, raw in _page(page, site, terms).items()}
    files[f"{root}/feed.atom"] = _feed(story, listed, site)
    return files


def _page(page: Page, site: Site, terms: Terms) -> dict[str, bytes]:
    values = {
        "site": site,
        "page": page,
        "story": page.story,
        "blocks": stories.blocks(page.story.body),
        "terms": terms,
        "pieces": pieces,
    }
    language = page.story.language
    return {
        "index.html": render("story.html", language, **values).encode(),
        "thread.html": render("thread.html", language, **values).encode(),
        "thread.json": to_json(thread_facts(page)),
    }


def _feed(story: Story, comments: list[Published], site: Site) -> bytes:
    newest = sorted(
        (comment for comment in comments if not comment.is_gone),
        key=lambda comment: (comment.published, comment.order),
        reverse=True,
    )[:_FEED]
    updated = newest[0].published if newest else story.registered
    return render(
        "feed.atom",
        story.language,
        site=site,
        story=story,
        comments=newest,
        updated=updated,
        pieces=pieces,
    ).encode()
