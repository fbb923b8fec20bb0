"""The files that belong to no single story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from letterdesk.domain.rules import TermsVersion
from letterdesk.domain.story import Story
from letterdesk.press.data import terms_facts, to_json
from letterdesk.reader.render import render
from letterdesk.reader.terms import fitting
from letterdesk.reader.words import LANGUAGES, choose, day, month, number, words
from letterdesk.settings import Site

_Months = list[tuple[str, Mapping[str, int], list[tuple[str, int]]]]


@dataclass(frozen=True, kw_only=True)
class _Line:
    story: Story
    count: str
    day: str


def index_files(stories: Sequence[tuple[Story, int]], *, site: Site) -> dict[str, bytes]:
    """Give index.html and counts.json for these stories and their numbers of comments."""
    page = render(
        "index.html", main_language(site), site=site, groups=by_language(stories, site)
    )
    return {
        "counts.json": to_json({"counts": {story.id: count for story, count in stories}}),
        "index.html": page.encode(),
    }


@lru_cache(maxsize=4)
def rules_files(
    book: tuple[TermsVersion, ...], *, site: Site, **more: object
) -> dict[str, bytes]:
    """Give the Terms of Use, of which the first version in `book` is in force.

    Each version has a lasting address in every language of our pages; where it has no text
    in one, the text that fits best stands there, so that no link leads nowhere.
    """
    files: dict[str, bytes] = {}
    for version in reversed(book):
        for language in dict.fromkeys((*LANGUAGES, *version.languages)):
            folder = f"rules/{language}/{version.version}"
            files |= _rules(folder, version, language, book=book, site=site, **more)
    for language in dict.fromkeys((*LANGUAGES, *book[0].languages)):
        folder = f"rules/{language}"
        files |= _rules(folder, book[0], language, book=book, site=site, **more)
    page = render(
        "rules_languages.html",
        main_language(site),
        site=site,
        versions=book[0].texts,
        **more,
    )
    return files | {"rules/index.html": page.encode()}


def rules_page(
    version: TermsVersion,
    language: str,
    *,
    book: tuple[TermsVersion, ...],
    site: Site,
    **more: object,
) -> str:
    """Give the page of a version as readers of `language` see it."""
    return render(
        "rules.html",
        language,
        site=site,
        terms=fitting(version.texts, language),
        since=version.since,
        languages=version.languages,
        is_earlier=version in book[1:],
        earlier=book[1:] if version == book[0] else (),
        **more,
    )


def _rules(
    folder: str,
    version: TermsVersion,
    language: str,
    *,
    book: tuple[TermsVersion, ...],
    site: Site,
    **more: object,
) -> dict[str, bytes]:
    page = rules_page(version, language, book=book, site=site, **more)
    return {
        f"{folder}/terms.json": to_json(terms_facts(fitting(version.texts, language))),
        f"{folder}/index.html": page.encode(),
    }


def report_files(
    figures: Mapping[str, Mapping[str, int]],
    head: Mapping[str, object],
    *,
    site: Site,
    **more: object,
) -> dict[str, bytes]:
    """Give the public figures, newest month first, and the head of the audit log."""
    language = main_language(site)
    months = _months(figures, language)
    page = render("report.html", language, site=site, months=months, head=head, **more)
    return {
        "report/figures.json": to_json(figures),
        "report/audit.json": to_json(head),
        "report/index.html": page.encode(),
    }


def main_language(site: Site) -> str:
    """Give the language of pages that are for all readers."""
    return choose(site.languages[0] if site.languages else "")


def by_language(
    stories: Sequence[tuple[Story, int]], site: Site
) -> list[tuple[str, list[_Line]]]:
    """Give the stories by language: the site's languages first, in its order."""
    found: dict[str, list[_Line]] = {tag: [] for tag in site.languages}
    for story, count in stories:
        found.setdefault(story.language, []).append(_line(story, count))
    return [(tag, lines) for tag, lines in found.items() if lines]


def _line(story: Story, count: int) -> _Line:
    language = choose(story.language)
    counted = words(language).ngettext("%(shown)s comment", "%(shown)s comments", count)
    return _Line(
        story=story,
        count=counted % {"shown": number(count, language)},
        day=day(story.registered, language),
    )


def _months(figures: Mapping[str, Mapping[str, int]], language: str) -> _Months:
    """Give each month's name, its figures, and how often which rule was cited."""
    return [
        (month(iso, language), counts, _cited(counts))
        for iso, counts in sorted(figures.items(), reverse=True)
    ]


def _cited(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    found = {
        kind.removeprefix("rule "): times
        for kind, times in counts.items()
        if kind.startswith("rule ")
    }
    return sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0]))
