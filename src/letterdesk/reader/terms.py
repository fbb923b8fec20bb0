"""The Terms of Use that are in force, in each language that has them."""

import tomllib
from functools import lru_cache
from pathlib import Path

from letterdesk.domain.rules import Rule, Terms
from letterdesk.domain.statement import Category
from letterdesk.reader.words import LANGUAGES, choose

_FOLDER = Path(__file__).parent / "terms"


@lru_cache(maxsize=64)
def terms(language: str, *, folder: Path = _FOLDER) -> Terms:
    """Give the terms in the language that fits best among those that have them."""
    found = choose(language, offered=terms_languages(folder))
    return _read(folder / f"{found}.toml", found)


@lru_cache(maxsize=8)
def terms_languages(folder: Path = _FOLDER) -> tuple[str, ...]:
    """Give the languages that have terms, those that we ship first."""
    there = {file.stem for file in folder.glob("*.toml")}
    shipped = tuple(language for language in LANGUAGES if language in there)
    return shipped + tuple(sorted(there - set(shipped)))


def _read(file: Path, language: str) -> Terms:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    return Terms(
        version=written["version"],
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
