"""Readers' words: what may come in, and the one way in which they become markup.

What comes in is stored as sent, after NFC; what cannot be text is refused, never mended
(threat model, 4.7). Direction overrides and invisible characters are tamed at the exit.
"""

import re
import unicodedata
from html import escape

from letterdesk.domain.errors import LetterRefused

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_NONCHARACTERS = "".join(
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
_NOT_TEXT = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufeff\ufff9-\ufffb]")
_FILLERS = re.compile("[\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800\u00ad\u180e\u200b]")
_TAGS = re.compile("(\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f)|[\U000e0000-\U000e007f]")
_MAX_MARKS = 8
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_DISGUISE = re.compile(
    "(\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f)"
    f"|(?:{_OVERRIDES.pattern}|{_FILLERS.pattern}|[\U000e0000-\U000e007f])+"
    f"|(?<={_MARK}{{{_MAX_MARKS}}}){_MARK}+"
)
_SHOWN = 3  # code points of a disguise that are spelled out


class Html(str):
    """Markup that is safe to show: Django and Jinja trust it by `__html__`."""

    __slots__ = ()

    def __html__(self) -> str:
        """Give itself, so that no template escapes it a second time."""
        return str(self)


def clean(raw: str, *, field: str, longest: int) -> str:
    """Give `raw` as it is stored: NFC, lines ended by a newline, no space around it.

    Raises LetterRefused (`not-text`) for characters that no text has, (`too-long`) when it
    has more than `longest` characters. Never cuts anything short.
    """
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", raw)).strip()
    if _NOT_TEXT.search(text):
        raise LetterRefused(
            "not-text",
            "There are characters in it that are not text. Please remove them.",
            field=field,
        )
    if len(text) > longest:
        raise LetterRefused(
            "too-long",
            f"It has {len(text)} characters; at most {longest} can be taken.",
            field=field,
            longest=longest,
            length=len(text),
        )
    return text


def one_line(text: str) -> str:
    """Give `text` with every run of white space as one space: for names and headlines."""
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Say whether nothing in `text` would be seen."""
    return not any(
        unicodedata.category(char)[0] in "LNPS" for char in _FILLERS.sub("", text)
    )


def tame(text: str) -> str:
    """Give `text` without what disguises it: direction overrides, fillers, stray tags.

    Joiners that Persian, Indic scripts and emoji need stay, and so do LRM and RLM. Of the
    marks stacked on one character, eight stay.
    """
    text = _FILLERS.sub("", _OVERRIDES.sub("", text))
    text = _TAGS.sub(lambda found: found[1] or "", text)
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def inline(text: str) -> Html:
    """Give `text` as markup within a line: tamed, escaped."""
    return Html(escape(tame(text), quote=True))


def revealed(text: str) -> Html:
    """Give `text` as markup for moderators: what `tame` would take away can be seen.

    Each such run stands as its code points, with its length in UTF-16 units, so that a
    script can count places in the text. Newlines stay.
    """
    return Html(
        _DISGUISE.sub(lambda found: found[1] or _sign(found[0]), escape(text, quote=True))
    )


def _sign(run: str) -> str:
    units = len(run.encode("utf-16-le")) // 2
    points = " ".join(f"U+{ord(char):04X}" for char in run[:_SHOWN])
    more = "…" if len(run) > _SHOWN else ""
    return f'<span class="sign" data-units="{units}">{points}{more}</span>'


def lines(text: str) -> Html:
    """Give `text` as markup in which a newline is a line break."""
    return Html(inline(text).replace("\n", "<br>"))


def paragraphs(text: str) -> Html:
    """Give `text` as paragraphs: a blank line parts them, a newline breaks a line."""
    parts = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text))
    return Html("".join(f"<p>{lines(part)}</p>" for part in parts if part))
