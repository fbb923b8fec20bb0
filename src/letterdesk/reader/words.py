"""Languages: which one fits, which way it runs, its sentences, dates and figures."""

import gettext
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_decimal

from letterdesk.reader.patterns import DAYS, DIGITS, LISTS, MONTHS
from letterdesk.tags import LANGUAGES

DOMAIN = "readers"

_LONGEST = 35  # characters of a tag (RFC 5646, 4.4.1)

_CATALOGUES = Path(__file__).parent / "locale"
_SCRIPTS = {  # of Chinese as written there
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "yue": "zh-hant",  # Cantonese
}
_RTL_SCRIPTS = {"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
_RTL_LANGUAGES = {
    "ar", "arc", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw",
    "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
}  # fmt: skip
_NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "bo": "བོད་སྐད"}


def choose(wanted: str, *, accept: str = "", offered: Sequence[str] = LANGUAGES) -> str:
    """Give the language of `offered` that fits best; the first when none does.

    `wanted` is a BCP 47 tag; `accept` the value of an Accept-Language header, which counts
    when `wanted` is empty or is not offered.
    """
    for tag in (wanted, *_accepted(accept)):
        found = _match(tag, offered)
        if found:
            return found
    return offered[0]


def shipped(tag: str) -> str:
    """Give the language of our pages that fits a tag; "" when none does."""
    return _match(tag[:_LONGEST], LANGUAGES)


@lru_cache(maxsize=1024)
def direction(language: str) -> str:
    """Give "rtl" or "ltr", for any language tag: by its script, else by the language."""
    first, *further = language.lower().replace("_", "-").split("-")
    for part in further:
        if len(part) == 4:
            return "rtl" if part in _RTL_SCRIPTS else "ltr"
    return "rtl" if first in _RTL_LANGUAGES else "ltr"


@lru_cache(maxsize=64)
def words(language: str) -> gettext.NullTranslations:
    """Give the catalogue of the shipped language that fits; without one, English."""
    return gettext.translation(
        DOMAIN, _CATALOGUES, languages=[choose(language).replace("-", "_")], fallback=True
    )


@lru_cache(maxsize=4096)
def day(iso: str, language: str) -> str:
    """Give a day as the language writes it: "23 November 2026"; "" for ""."""
    if not iso:
        return ""
    locale = _locale(language)
    pattern = DAYS.get(locale.language, "long")
    return digits(format_date(date.fromisoformat(iso), pattern, locale), language)


@lru_cache(maxsize=4096)
def short_day(iso: str, language: str) -> str:
    """Give a day without its year, as short as the language has it: "23 Nov"."""
    locale = _locale(language)
    return digits(format_skeleton("MMMd", date.fromisoformat(iso), locale=locale), language)


def moment(taken: datetime, language: str) -> str:
    """Give day, hour and minute, in UTC: "23 Nov, 09:05 UTC"."""
    joined = str(get_datetime_format("medium", locale=_locale(language))).replace("'", "")
    utc = taken.astimezone(UTC)
    hour = digits(f"{utc:%H:%M} UTC", language)
    return joined.format(hour, short_day(utc.date().isoformat(), language))


@lru_cache(maxsize=1024)
def month(iso: str, language: str) -> str:
    """Give a month, "2026-11", as the language writes it: "November 2026"."""
    first, locale = date.fromisoformat(f"{iso}-01"), _locale(language)
    pattern = MONTHS.get(locale.language)
    if pattern:
        return digits(format_date(first, pattern, locale), language)
    return format_skeleton("yMMMM", first, locale=locale)


def number(value: int, language: str) -> str:
    """Give a whole number as the language groups its digits: "5,000"."""
    return digits(format_decimal(value, locale=_locale(language)), language)


def digits(text: str, language: str) -> str:
    """Give `text` with its digits as the language writes them: a rule's number."""
    return text.translate(DIGITS.get(_locale(language).language, {}))


def listing(parts: Sequence[str], language: str) -> str:
    """Give what is listed as one phrase: "3, 6 and 7"."""
    locale = _locale(language)
    if locale.language not in LISTS or len(parts) < 2:
        return format_list(parts, "standard", locale)
    between, last = LISTS[locale.language]
    return last.join([between.join(parts[:-1]), parts[-1]])


def countries(codes: Sequence[str], language: str) -> str:
    """Give countries by their names in the language, as one phrase; else their codes."""
    names = _locale(language).territories
    return listing([str(names.get(code, code)) for code in codes], language)


@lru_cache(maxsize=256)
def native_name(language: str) -> str:
    """Give what a language calls itself; the tag where that is not known."""
    if language in _NAMES:
        return _NAMES[language]
    try:
        return str(Locale.parse(language, sep="-").get_display_name() or language)
    except (ValueError, UnknownLocaleError):
        return language


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale:
    """Give Babel's locale for a tag; British English writes the day first."""
    for tag in _shorter(language):
        try:
            return Locale.parse("en-GB" if tag == "en" else tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale.parse("en_GB")


@lru_cache(maxsize=1024)
def _match(tag: str, offered: Sequence[str]) -> str:
    """Give what is offered for a tag (RFC 4647's lookup), else the same language at all."""
    known = {_full(one): one for one in reversed(offered)}
    for shorter in _shorter(_full(tag)):
        if shorter in known:
            return known[shorter]
    first = tag.lower().partition("-")[0]
    return next((one for one in offered if one.lower().partition("-")[0] == first), "")


def _full(tag: str) -> str:
    lower = tag.lower().replace("_", "-")
    return _SCRIPTS.get(lower, lower)


def _shorter(tag: str) -> Iterator[str]:
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


def _accepted(header: str) -> list[str]:
    """Give the tags of an Accept-Language header, best first."""
    weighted = []
    for part in header.split(",")[:32]:
        tag, _, quality = part.partition(";")
        weight = _weight(quality)
        if tag.strip() and weight > 0:
            weighted.append((-weight, tag.strip()[:_LONGEST]))
    return [tag for _, tag in sorted(weighted, key=lambda pair: pair[0])]


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
