"""The published site as files that work from a disk: no server, no form, no script.

The same templates as online, told that they are `archived`; links to other pages become
relative and name the file that they lead to.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from letterdesk.domain.rules import Terms, TermsVersion
from letterdesk.domain.story import Story, blocks
from letterdesk.domain.text import Html
from letterdesk.domain.thread import Page, Published, paginate
from letterdesk.press.rows import Voice, rows
from letterdesk.press.site import index_files, report_files, rules_files
from letterdesk.press.story import by_role, linkable, unindented
from letterdesk.reader.assets import asset, assets
from letterdesk.reader.render import render
from letterdesk.reader.words import choose
from letterdesk.settings import Site

_OWN = re.compile(r'\b(href|src)="/([^"#?]*)(#[^"]*)?"')
_USED = ("reader.css", "mark.svg")


def archived_story(
    story: Story,
    comments: Iterable[Published],
    *,
    site: Site,
    terms: Terms,
    per_page: int,
) -> dict[str, bytes]:
    """Give the pages of a story by their path; the same values give the same bytes."""
    language = choose(story.language)
    voice = Voice(language=language, content=story.language, terms=terms)
    files: dict[str, str] = {}
    for page in paginate(story, comments, per_page=per_page):
        folder = f"t/{story.id}" + (f"/{page.number}" if page.number > 1 else "")
        files[f"{folder}/index.html"] = _page(page, site=site, voice=voice)
    return {path: _offline(page, path) for path, page in files.items()}


def archived_site(
    stories: Sequence[tuple[Story, int]],
    book: tuple[TermsVersion, ...],
    *,
    figures: Mapping[str, Mapping[str, int]],
    head: Mapping[str, object],
    site: Site,
) -> dict[str, bytes]:
    """Give the files that belong to no single story: index, rules, report, assets."""
    lists = index_files(stories, site=site, archived=True)
    del lists["counts.json"]
    files = {
        **lists,
        **rules_files(book, site=site, archived=True),
        **report_files(figures, head, site=site, archived=True),
    }
    used = {asset(name): assets()[asset(name)] for name in _USED}
    pages = {
        path: _offline(raw.decode(), path) if path.endswith(".html") else raw
        for path, raw in files.items()
    }
    return pages | used


def _page(page: Page, *, site: Site, voice: Voice) -> str:
    thread = render(
        "thread.html",
        voice.language,
        page=page,
        rows=rows(page.comments, voice=voice),
        archived=True,
    )
    return render(
        "story.html",
        voice.language,
        site=site,
        page=page,
        story=page.story,
        thread=Html(unindented(thread)),
        credits=by_role(page.story.credits),
        blocks=blocks(page.story.body),
        address=linkable(page.story.url),
        archived=True,
    )


def _offline(page: str, path: str) -> bytes:
    """Give a page whose own links are relative: what lies at `path` is found from there.

    No reader's word can look like an attribute: quotation marks in them are escaped.
    """
    up = "../" * path.count("/")

    def relative(found: re.Match[str]) -> str:
        target = found[2]
        if not target or target.endswith("/"):
            target += "index.html"
        return f'{found[1]}="{up}{target}{found[3] or ""}"'

    return _OWN.sub(relative, page).encode()
