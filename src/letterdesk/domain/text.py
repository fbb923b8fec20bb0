"""Readers' words: what may come in, and the one way in which they become markup.

What comes in is stored as sent, after NFC; what cannot be text is refused, never mended: in
files from other systems alone it becomes U+FFFD, for nobody is there to send it anew.
What disguises a text is stored too, and taken away where it is shown.
"""

import re
import unicodedata
from html import escape

from letterdesk.domain.disguise import replace_disguises
from letterdesk.domain.errors import LetterRefused

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_NONCHARACTERS = "".join(
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
_NOT_TEXT = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # 1.0
_SHOWN = 3  # characters of a disguise that are spelled out


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
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", raw))
    if not is_text(text):
        raise LetterRefused(
            "not-text",
            "There are characters in it that are not text. Please remove them.",
            field=field,
        )
    text = text.strip()
    if len(text) > longest:
        raise LetterRefused(
            "too-long",
            f"It has {len(text)} characters; at most {longest} can be taken.",
            field=field,
            longest=longest,
            length=len(text),
        )
    return text


def is_text(text: str) -> bool:
    """Say whether `text` has no control character, surrogate or noncharacter in it.

    Tabs and newlines may be there; carriage returns may not.
    """
    return _NOT_TEXT.search(text) is None


def printable(text: str) -> str:
    """Give `text` without the characters that no text has, its lines ended by a newline.

    For what is refused and handed back: in a page such characters cannot be seen, and of a
    NUL every browser makes U+FFFD, which then comes back in the next form.
    """
    return _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))


def mended(raw: str) -> tuple[str, int]:
    """Give `raw` with U+FFFD for what no text has, its lines as `clean`; and how often."""
    return _NOT_TEXT.subn("\ufffd", _LINE_ENDS.sub("\n", raw))


def one_line(text: str) -> str:
    """Give `text` with every run of white space as one space: for names and headlines."""
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Say whether nothing in `text` would be seen."""
    return not any(_is_seen(char) for char in tame(text))


def _is_seen(char: str) -> bool:
    """Say whether `char` has a shape; a character younger than our tables (Cn) may."""
    category = unicodedata.category(char)
    return category[0] in "LNPS" or category == "Cn"


def tame(text: str) -> str:
    """Give `text` without what disguises it; see `letterdesk.domain.disguise`."""
    return replace_disguises(text, lambda _: "")


def inline(text: str) -> Html:
    """Give `text` as markup within a line: tamed, escaped."""
    return Html(escape(tame(text), quote=True))


def revealed(text: str) -> Html:
    """Give `text` as markup for moderators: what `tame` would take away can be seen.

    Each such run stands as its code points, with its length in UTF-16 units, so that a
    script can count places in the text. Newlines stay.
    """
    return Html(replace_disguises(escape(text, quote=True), _sign))


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
    parts = (part.strip() for part in re.split(r"\n\s*\n", tame(text)))
    return Html("".join(f"<p>{lines(part)}</p>" for part in parts if part))
