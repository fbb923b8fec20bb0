"""Templates to pages: escaped always, in the language asked for."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from letterdesk.domain import letter
from letterdesk.domain.text import inline, paragraphs
from letterdesk.reader import words
from letterdesk.reader.assets import asset
from letterdesk.reader.marks import compared, marked
from letterdesk.reader.sentences import sentence
from letterdesk.reader.terms import terms


def render(template: str, language: str, **values: object) -> str:
    """Give the page that a template makes of `values`, with sentences in `language`.

    A value that the template names and nobody gave is an error.
    """
    return _environment(language).get_template(template).render(values)


@lru_cache(maxsize=16)
def _environment(language: str) -> Environment:
    """Give the templates in one language; each is compiled once."""
    environment = Environment(
        loader=PackageLoader("letterdesk.reader"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(  # type: ignore[attr-defined] # the extension's
        words.words(language), newstyle=True
    )
    environment.globals |= {
        "language": language,
        "direction": words.direction,
        "day": words.day,
        "number": words.number,
        "digits": words.digits,
        "native_name": words.native_name,
        "countries": words.countries,
        "asset": asset,
        "inline": inline,
        "paragraphs": paragraphs,
        "marked": marked,
        "compared": compared,
        "sentence": sentence,
        "MAX_TEXT": letter.MAX_TEXT,
        "terms": terms(language),  # where a page is given none
    }
    return environment
