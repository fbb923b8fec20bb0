"""The Terms of Use that we ship: version 1 of a newsroom that has not written its own."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from letterdesk.domain.rules import Rule, Terms, TermsVersion
from letterdesk.domain.statement import Category
from letterdesk.reader.words import choose
from letterdesk.tags import LANGUAGES

FIRST = "1"  # the version that the terms we ship are, in every newsroom
CIVILITY = frozenset({"1", "4"})  # keys of the rules about how people are spoken of
ADVERTISING = frozenset({"6"})  # and of the rule about what is sold

_FOLDER = Path(__file__).parent / "terms"


@lru_cache(maxsize=64)
def terms(language: str, *, folder: Path = _FOLDER) -> Terms:
    """Give the shipped terms in the language that fits best among those that have them."""
    found = choose(language, offered=terms_languages(folder))
    return _read(folder / f"{found}.toml", found)


@lru_cache(maxsize=8)
def terms_languages(folder: Path = _FOLDER) -> tuple[str, ...]:
    """Give the languages of the shipped terms, in the order of our pages' languages."""
    there = {file.stem for file in folder.glob("*.toml")}
    ours = tuple(language for language in LANGUAGES if language in there)
    return ours + tuple(sorted(there - set(ours)))


def shipped() -> TermsVersion:
    """Give the shipped terms in all their languages."""
    return TermsVersion(
        version=FIRST, texts=tuple(terms(language) for language in terms_languages())
    )


def fitting(texts: Sequence[Terms], language: str) -> Terms:
    """Give the text in the language that fits best; the first when none does."""
    found = choose(language, offered=tuple(text.language for text in texts))
    return next(text for text in texts if text.language == found)


def _read(file: Path, language: str) -> Terms:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    return Terms(
        version=FIRST,
        language=language,
        title=written["title"],
        intro=tuple(written["intro"]),
        disclaimer=written["disclaimer"],
        rules=tuple(_rule(rule) for rule in written["rules"]),
    )


def _rule(written: dict[str, str]) -> Rule:
    texts = {name: text for name, text in written.items() if name != "category"}
    category = Category(written.get("category", Category.OTHER_RULE))
    return Rule(**texts, category=category)
