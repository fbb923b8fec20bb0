"""The files that belong to no single story."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from letterdesk.domain.rules import TermsVersion
from letterdesk.domain.story import Story
from letterdesk.press.data import terms_facts, to_json
from letterdesk.reader.editions import editions, report_at, stories_at
from letterdesk.reader.render import render
from letterdesk.reader.terms import fitting
from letterdesk.reader.unavailable import unavailable_words
from letterdesk.reader.words import choose, day, month, number, shipped, words
from letterdesk.settings import Site
from letterdesk.tags import LANGUAGES

_Months = list[tuple[str, Mapping[str, int], list[tuple[str, int]]]]


@dataclass(frozen=True, kw_only=True)
class _Line:
    story: Story
    count: str
    day: str


_Groups = Sequence[tuple[str, list[_Line]]]


def index_files(
    stories: Sequence[tuple[Story, int]], *, site: Site, **more: object
) -> dict[str, bytes]:
    """Give the list of stories in each of the site's languages, and counts.json.

    `stories` come with their numbers of comments. A list has the stories in its own
    language first.
    """
    groups = _groups(stories, site)
    files = {
        "counts.json": to_json({"counts": {story.id: count for story, count in stories}})
    }
    for language in reversed(editions(site)):
        page = render(
            "index.html",
            language,
            site=site,
            groups=sorted(groups, key=lambda group: shipped(group[0]) != language),
            tongues=_tongues(site, stories_at, groups),
            is_for_all=language == editions(site)[0],
            **more,
        )
        files[_file(stories_at(site, language))] = page.encode()
    return files


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
        editions(site)[0],
        site=site,
        versions=book[0].texts,
        is_for_all=True,
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
    """Give the public figures in each of the site's languages, and the audit log's head.

    The newest month comes first.
    """
    files = {
        "report/figures.json": to_json(figures),
        "report/audit.json": to_json(head),
    }
    for language in reversed(editions(site)):
        page = render(
            "report.html",
            language,
            site=site,
            months=_months(figures, language),
            head=head,
            tongues=_tongues(site, report_at),
            is_for_all=language == editions(site)[0],
            **more,
        )
        files[_file(report_at(site, language))] = page.encode()
    return files


@lru_cache(maxsize=4)
def unavailable_files(*, site: Site) -> dict[str, bytes]:
    """Give the page for a web server to show when the letterbox does not answer.

    In every language, the site's first: nobody is there to choose one.
    """
    languages = dict.fromkeys((*editions(site), *LANGUAGES))
    page = render(
        "unavailable.html",
        editions(site)[0],
        site=site,
        says=[unavailable_words(language) for language in languages],
        is_for_all=True,
    )
    return {"unavailable.html": page.encode()}


def edition_paths() -> tuple[str, ...]:
    """Give every path at which a list or the figures of some language can lie."""
    folders = ("stories", "report")
    return tuple(f"{folder}/{tag}/index.html" for folder in folders for tag in LANGUAGES)


def _file(address: str) -> str:
    return f"{address}index.html".removeprefix("/")


def _tongues(
    site: Site, at: Callable[[Site, str], str], groups: _Groups = ()
) -> list[tuple[str, str]]:
    """Give each language and its address; "#…" where it has stories and no page.

    Nothing where there is nothing to choose.
    """
    found = [(language, at(site, language)) for language in editions(site)]
    known = set(editions(site))
    found += [(tag, f"#in-{tag}") for tag, _ in groups if shipped(tag) not in known]
    return found if len(found) > 1 else []


def _groups(stories: Sequence[tuple[Story, int]], site: Site) -> _Groups:
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
