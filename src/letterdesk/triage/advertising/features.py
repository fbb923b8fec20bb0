"""What the model for advertising sees beside n-grams: signs, two by two, and the shape."""

import re
import string
from collections.abc import Sequence
from itertools import combinations, compress

import numpy as np

from letterdesk.triage.advertising.signs import Found, Sign
from letterdesk.triage.model.sparse import Rows

_SIGNS = {sign: place for place, sign in enumerate(Sign)}
_PAIRS = {pair: place for place, pair in enumerate(combinations(range(len(_SIGNS)), 2))}
_MOST_KINDS = 6  # different signs, beyond which more say nothing more
_CAPITALS = string.ascii_uppercase.encode()
_LETTERS = string.ascii_letters.encode()
_DIGITS = string.digits.encode()
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf★☆■◆▶►※♥]")
_DIGIT = re.compile(r"\d")
_EXPECTED = re.compile(  # digits that tell nothing: 2,126,521 views, 2015
    r"\d(?:\d{0,2}(?:[.,]\d{3})+|(?<!\d\d)(?:(?<=1)9|(?<=2)0)\d\d)(?!\d)"
)
_SPEAKER = re.compile(  # i, i'm, im, my, me, we, our: the first letter is looked for fast
    r"[IiMmWwOo](?<=\b.)(?:(?<=[Ii])(?:'?[Mm])?|(?<=[Mm])[YyEe]|(?<=[Ww])[Ee]|(?<=[Oo])[Uu][Rr])\b"
)
_DENSE_SPEAKER = re.compile(r"[我俺咱]|저희|저[는도]|제[가 ]")
_LISTENER = re.compile(  # you, your, u, ur
    r"[YyUu](?<=\b.)(?:(?<=[Yy])[Oo][Uu][Rr]?|(?<=[Uu])[Rr]?)\b"
)
_DENSE_LISTENER = re.compile(r"[你您]|여러분|님")
_LINK_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # a code that pays whoever passes it on
        r"[?&;/](?:aff\w*|code|invite\w*|partner\w*|promo\w*|r|ref\w*|referr\w*|u|user\w*)[=/]",
        # made short, or that pays for each look
        r"(?:adf\.ly|bit\.ly|cutt\.ly|goo\.gl|is\.gd|linkbucks|ow\.ly|rebrand\.ly|t\.cn|tinyurl)",
        # somebody's own page, appeal or shop
        r"(?:amazon|avaaz|blogspot|change\.org|discord|ebay|etsy|facebook|flipagram|fundrazr"
        r"|gofundme|indiegogo|instagram|kickstarter|naver\.me|onlyfans|open\.kakao|patreon"
        r"|play\.google|plus\.google|reverbnation|soundcloud|spotify|surveymonkey|t\.me|taobao"
        r"|teespring|tiktok|tumblr|twitch|vk\.com|wa\.me|weebly|wix|wordpress)",
        # what readers point to
        r"(?:\.(?:edu|gov|int)\b|wiki|\.pdf\b|/(?:19|20)\d\d/|news|article|/story|status/)",
    )
)
_EDGE = 3  # characters from either end of a text
_FEW_DIGITS = 4
_SHAPES = 14
_BUILDS = 7 + len(_LINK_FORMS)
_TWICE = len(_SIGNS)
_KINDS = 2 * len(_SIGNS)
_PAIR = _KINDS + _MOST_KINDS
_SHAPE = _PAIR + len(_PAIRS)
_BUILD = _SHAPE + _SHAPES
SIZE = _BUILD + _BUILDS


def sign_rows(texts: Sequence[str], found: Sequence[Sequence[Found]]) -> Rows:
    """Give the features of texts with these signs, a row each."""
    each = [_columns(text, signs) for text, signs in zip(texts, found, strict=True)]
    counts = [len(columns) for columns in each]
    edges = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    columns = np.array([one for some in each for one in some], dtype=np.int32)
    return Rows(columns, edges, np.ones(len(each), dtype=np.float32))


def _columns(text: str, found: Sequence[Found]) -> list[int]:
    places = [_SIGNS[one.sign] for one in found]
    here = sorted(set(places))
    return [
        *here,
        *[_TWICE + place for place in here if places.count(place) > 1],
        *range(_KINDS, _KINDS + min(len(here), _MOST_KINDS)),
        *[_PAIR + _PAIRS[pair] for pair in combinations(here, 2)],
        *compress(range(_SHAPE, _BUILD), _shape(text)),
        *compress(range(_BUILD, SIZE), _build(text, found)),
    ]


def _shape(text: str) -> tuple[bool, ...]:
    plain = text.encode("ascii", "ignore")
    letters = _count(plain, _LETTERS)
    capitals = _count(plain, _CAPITALS) if letters > 9 else 0
    digits = _count(plain, _DIGITS)
    if digits > _FEW_DIGITS and (first := _DIGIT.search(text)):
        told = _EXPECTED.sub("", text[first.start() :])
        digits = _count(told.encode("ascii", "ignore"), _DIGITS)
    pictures = 0 if text.isascii() else len(_PICTURE.findall(text))
    return (
        capitals > 0.3 * letters > 0,
        capitals > 0.6 * letters > 0,
        "!" in text or "！" in text,
        "!!" in text or "！！" in text,
        digits > _FEW_DIGITS,
        digits > 12,
        digits > 0.1 * len(text),
        pictures > 0,
        pictures > 2,
        len(text) < 20,
        len(text) < 60,
        len(text) > 200,
        len(text) > 500,
        True,  # the base rate
    )


def _build(text: str, found: Sequence[Found]) -> tuple[bool, ...]:
    """Say what stands where: how much of a text is links, what it begins and ends with."""
    links = [text[one.span.start : one.span.end] for one in found if one.sign is Sign.LINK]
    linked = sum(map(len, links))
    return (
        linked > 0.3 * len(text),
        linked > 0.7 * len(text),
        len(links) > 2,
        bool(found) and found[0].span.start < _EDGE,
        bool(found) and max(one.span.end for one in found) > len(text) - _EDGE,
        _has(_SPEAKER, text, _DENSE_SPEAKER),
        _has(_LISTENER, text, _DENSE_LISTENER),
        *(bool(links) and any(map(form.search, links)) for form in _LINK_FORMS),
    )


def _has(latin: re.Pattern[str], text: str, dense: re.Pattern[str]) -> bool:
    return bool(latin.search(text) or (not text.isascii() and dense.search(text)))


def _count(plain: bytes, some: bytes) -> int:
    return len(plain) - len(plain.translate(None, some))
