"""A comment's text as markup, with the place of every cut to be seen."""

import re
from collections.abc import Sequence

from letterdesk.domain.edit import Piece
from letterdesk.domain.text import Html, inline

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def marked(pieces: Sequence[Piece], removed: str) -> Html:
    """Give the paragraphs of an edited text; `removed` says aloud what a mark means."""
    label = f'<span class="unseen"> ({inline(removed)})</span>'
    markup = "".join(
        _mark(piece, label) if piece.is_cut else inline(piece.text) for piece in pieces
    )
    parts = (part.strip("\n") for part in _BLANK_LINE.split(markup))
    broken = (part.replace("\n", "<br>") for part in parts if part)
    return Html("".join(f"<p>{part}</p>" for part in broken))


def compared(pieces: Sequence[Piece]) -> Html:
    """Give the original with what was cut struck out, and each note behind it."""
    markup = "".join(
        f"<del>{inline(piece.text)}</del>{_note(piece)}"
        if piece.is_cut
        else inline(piece.text)
        for piece in pieces
    )
    return Html(f"<p>{markup}</p>".replace("\n", "<br>"))


def _mark(piece: Piece, label: str) -> str:
    """Give a cut's mark, with the white space that was cut along with the words."""
    before = " " if piece.text[:1].isspace() else ""
    after = " " if piece.text[-1:].isspace() else ""
    shown = inline(f"[{piece.note or '…'}]")
    return f'{before}<span class="cut">{shown}{label}</span>{after}'


def _note(piece: Piece) -> str:
    return f" <ins>{inline(f'[{piece.note}]')}</ins>" if piece.note else ""
