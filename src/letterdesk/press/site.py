"""The files that belong to no single story."""

from collections.abc import Mapping, Sequence

from letterdesk.domain.rules import Terms
from letterdesk.domain.story import Story
from letterdesk.press.data import to_json
from letterdesk.reader.render import render
from letterdesk.settings import Site


def index_files(stories: Sequence[tuple[Story, int]], *, site: Site) -> dict[str, bytes]:
    """Give index.html and counts.json for these stories and their numbers of comments."""
    page = render("index.html", site.languages[0], site=site, stories=stories)
    return {
        "index.html": page.encode(),
        "counts.json": to_json({"counts": {story.id: count for story, count in stories}}),
    }


def rules_files(terms: Mapping[str, Terms], *, site: Site) -> dict[str, bytes]:
    """Give the Terms of Use in every language: the ones in force, and their own version."""
    first = site.languages[0] if site.languages[0] in terms else next(iter(terms))
    files = {"rules/index.html": _rules(first, terms, site)}
    for language, written in terms.items():
        page = _rules(language, terms, site)
        files[f"rules/{language}/index.html"] = page
        files[f"rules/{language}/{written.version}/index.html"] = page
    return files


def report_files(
    figures: Mapping[str, Mapping[str, int]], head: Mapping[str, object], *, site: Site
) -> dict[str, bytes]:
    """Give the public figures, a month a row, and the head of the audit log."""
    kinds = list(dict.fromkeys(kind for month in figures.values() for kind in month))
    page = render(
        "report.html", site.languages[0], site=site, figures=figures, kinds=kinds, head=head
    )
    return {
        "report/index.html": page.encode(),
        "report/figures.json": to_json(figures),
        "report/audit.json": to_json(head),
    }


def _rules(language: str, terms: Mapping[str, Terms], site: Site) -> bytes:
    page = render(
        "rules.html", language, site=site, terms=terms[language], languages=list(terms)
    )
    return page.encode()
