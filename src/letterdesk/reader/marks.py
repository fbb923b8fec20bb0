"""A comment's text as markup, with the place of every cut to be seen."""

import re
from collections.abc import Iterable, Sequence

from letterdesk.domain.edit import Piece
from letterdesk.domain.text import Html, inline

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def marked(pieces: Sequence[Piece], removed: str) -> Html:
    """Give the paragraphs of an edited text, a mark at every cut.

    `removed` says what a mark means, for those who hear the page.
    """
    return _paragraphs(
        _mark(piece, removed) if piece.is_cut else inline(piece.text) for piece in pieces
    )


def mark(shown: str, spoken: str) -> Html:
    """Give the mark of what is not there, and what it means to those who hear the page."""
    return Html(
        f'<ins class="cut" dir="auto">{inline(shown)}'
        f'<span class="unseen"> ({inline(spoken)})</span></ins>'
    )


def compared(pieces: Sequence[Piece]) -> Html:
    """Give the original with what was cut struck out, and each note behind it."""
    return _paragraphs(
        _struck(piece) if piece.is_cut else inline(piece.text) for piece in pieces
    )


def _mark(piece: Piece, removed: str) -> str:
    """Give a cut's mark, within the white space that was cut along with the words."""
    before, _, after = _parted(piece.text)
    shown = f"[{piece.note or '…'}]"
    return f"{before}{mark(shown, removed)}{after}"


def _struck(piece: Piece) -> str:
    """Give what was cut, struck out paragraph by paragraph, and the note behind it."""
    before, words, after = _parted(piece.text)
    struck = _BLANK_LINE.sub("</del>\n\n<del>", f"<del>{inline(words)}</del>")
    note = f' <ins class="cut">{inline(f"[{piece.note}]")}</ins>' if piece.note else ""
    return f"{before}{struck}{note}{after}"


def _parted(text: str) -> tuple[str, str, str]:
    """Give the white space in front, the words, the white space behind."""
    words = text.strip()
    at = text.index(words)
    return text[:at], words, text[at + len(words) :]


def _paragraphs(markup: Iterable[str]) -> Html:
    parts = (part.strip("\n") for part in _BLANK_LINE.split("".join(markup)))
    broken = (part.replace("\n", "<br>") for part in parts if part)
    return Html("".join(f"<p>{part}</p>" for part in broken))
