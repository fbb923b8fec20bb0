"""Where pages about no single story lie: one for each of the site's languages.

The first language's are at the addresses that they always had.
"""

from letterdesk.reader.words import choose
from letterdesk.settings import Site
from letterdesk.tags import LANGUAGES


def editions(site: Site) -> tuple[str, ...]:
    """Give the languages of our pages that the site names, in its order; never none."""
    return tuple(dict.fromkeys(choose(tag) for tag in site.languages)) or LANGUAGES[:1]


def stories_at(site: Site, language: str) -> str:
    """Give the address of the list of stories for readers of a language."""
    return _at("/", "/stories/", site, language)


def report_at(site: Site, language: str) -> str:
    """Give the address of the public figures for readers of a language."""
    return _at("/report/", "/report/", site, language)


def _at(first: str, others: str, site: Site, language: str) -> str:
    return f"{others}{language}/" if language in editions(site)[1:] else first
