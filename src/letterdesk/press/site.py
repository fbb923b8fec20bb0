"""The files that belong to no single story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from letterdesk.domain.rules import Terms
from letterdesk.domain.story import Story
from letterdesk.press.data import to_json
from letterdesk.reader.render import render
from letterdesk.reader.words import choose, day, month, number, words
from letterdesk.settings import Site

_Months = list[tuple[str, Mapping[str, int], list[tuple[str, int]]]]


@dataclass(frozen=True, kw_only=True)
class _Line:
    story: Story
    count: str
    day: str


def index_files(stories: Sequence[tuple[Story, int]], *, site: Site) -> dict[str, bytes]:
    """Give index.html and counts.json for these stories and their numbers of comments."""
    page = render("index.html", _language(site), site=site, groups=_groups(stories, site))
    return {
        "counts.json": to_json({"counts": {story.id: count for story, count in stories}}),
        "index.html": page.encode(),
    }


def rules_files(terms: Mapping[str, Terms], *, site: Site) -> dict[str, bytes]:
    """Give the Terms of Use: the version by its own address, the one in force, the list."""
    files: dict[str, bytes] = {}
    for language, written in terms.items():
        page = render(
            "rules.html", language, site=site, terms=written, languages=list(terms)
        )
        files[f"rules/{language}/{written.version}/index.html"] = page.encode()
        files[f"rules/{language}/index.html"] = page.encode()
    page = render(
        "rules_languages.html", _language(site), site=site, versions=list(terms.values())
    )
    return files | {"rules/index.html": page.encode()}


def report_files(
    figures: Mapping[str, Mapping[str, int]], head: Mapping[str, object], *, site: Site
) -> dict[str, bytes]:
    """Give the public figures, newest month first, and the head of the audit log."""
    language = _language(site)
    months = _months(figures, language)
    page = render("report.html", language, site=site, months=months, head=head)
    return {
        "report/figures.json": to_json(figures),
        "report/audit.json": to_json(head),
        "report/index.html": page.encode(),
    }


def _language(site: Site) -> str:
    return choose(site.languages[0] if site.languages else "")


def _groups(
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
