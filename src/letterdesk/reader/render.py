"""Templates to pages: escaped always, in the language asked for."""

from collections.abc import Iterable
from functools import lru_cache

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from letterdesk.domain import letter
from letterdesk.domain.excerpt import excerpt
from letterdesk.domain.text import inline, paragraphs, tame
from letterdesk.reader import words
from letterdesk.reader.assets import asset
from letterdesk.reader.editions import report_at, stories_at
from letterdesk.reader.marks import compared, mark, marked
from letterdesk.reader.names import above, left_out
from letterdesk.reader.sentences import sentence
from letterdesk.reader.terms import terms
from letterdesk.tags import LANGUAGES

_BEGINNING = 280  # characters of a comment that is reported: some lines


def render(template: str, language: str, **values: object) -> str:
    """Give the page that a template makes of `values`, with sentences in `language`.

    A value that the template names and nobody gave is an error.
    """
    return _environment(language).get_template(template).render(values)


def warm(languages: Iterable[str]) -> None:
    """Compile every template in these languages, so that no reader has to wait for it."""
    for language in languages:
        environment = _environment(language)
        for name in environment.list_templates():
            environment.get_template(name)
        words.day("2026-11-23", language)
        words.number(letter.MAX_TEXT, language)


class _Compiled(BytecodeCache):
    """Templates as code, the same in every language, in memory."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` its code, if it was compiled before."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of `bucket`."""
        self._code[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()
_EVERYWHERE = {  # what every template may use, in every language
    "direction": words.direction,
    "day": words.day,
    "number": words.number,
    "digits": words.digits,
    "native_name": words.native_name,
    "countries": words.countries,
    "stories_at": stories_at,
    "report_at": report_at,
    "asset": asset,
    "inline": inline,
    "excerpt": excerpt,
    "paragraphs": paragraphs,
    "marked": marked,
    "mark": mark,
    "above": above,
    "left_out": left_out,
    "compared": compared,
    "sentence": sentence,
    "LANGUAGES": LANGUAGES,
    "MAX_TEXT": letter.MAX_TEXT,
    "BEGINNING": _BEGINNING,
}


@lru_cache(maxsize=16)
def _environment(language: str) -> Environment:
    """Give the templates in one language; each is compiled once for all of them."""
    environment = Environment(
        loader=PackageLoader("letterdesk.reader"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        bytecode_cache=_compiled,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    environment.filters["tame"] = tame
    environment.install_gettext_translations(  # type: ignore[attr-defined] # the extension's
        words.words(language), newstyle=True
    )
    environment.globals |= _EVERYWHERE
    environment.globals |= {
        "language": language,
        "terms": terms(language),  # where a page is given none
    }
    return environment
