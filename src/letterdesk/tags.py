"""Language tags (BCP 47): those of readers' pages, and whether one is known at all."""

from functools import lru_cache

LANGUAGES = ("en", "ko", "zh-Hans", "zh-Hant", "vi", "my", "km", "lo", "bo", "ug")
_SCRIPT, _COUNTRY, _AREA = 4, 2, 3  # letters, letters, digits


@lru_cache(maxsize=1024)
def known_tag(tag: str) -> str:
    """Give a tag as it is usually written: "zh-Hans" for "ZH-hans"; "" if nobody knows it.

    Language, script, country or area, and variants must be in CLDR, in this order.
    """
    if tag in LANGUAGES:
        return tag
    from babel import Locale  # noqa: PLC0415 -- slow, and few sites need it

    names = Locale("en")
    first, *rest = tag.split("-")
    if not tag.isascii() or first.lower() not in names.languages:
        return ""
    parts = [first.lower()]
    if rest and len(rest[0]) == _SCRIPT and rest[0].title() in names.scripts:
        parts.append(rest.pop(0).title())
    if rest and _is_place(rest[0]) and rest[0].upper() in names.territories:
        parts.append(rest.pop(0).upper())
    if any(one.upper() not in names.variants for one in rest):
        return ""
    return "-".join([*parts, *(one.lower() for one in rest)])


@lru_cache(maxsize=1024)
def language_and_script(tag: str) -> tuple[str, str]:
    """Give what a tag is read as, by CLDR's likely subtags: "zh-TW" as ("zh", "Hant").

    The script is "" where nobody knows it.
    """
    from babel.core import get_global  # noqa: PLC0415 -- slow, and few sites need it

    first, *rest = tag.replace("_", "-").split("-")
    language = first.lower()
    if rest and len(rest[0]) == _SCRIPT:
        return language, rest[0].title()
    likely = get_global("likely_subtags")
    places = [f"{language}_{one.upper()}" for one in rest if _is_place(one)]
    found = next((likely[one] for one in (*places, language) if one in likely), "")
    parts = str(found).split("_")
    return language, parts[1] if len(parts) > 1 else ""


def _is_place(part: str) -> bool:
    return (len(part) == _COUNTRY and part.isalpha()) or (
        len(part) == _AREA and part.isdigit()
    )
