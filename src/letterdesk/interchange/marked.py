"""An edited letter for who takes words only: where something was cut, that is in them."""

from collections.abc import Sequence

from letterdesk.domain.edit import Cut, Piece, apply_cuts, published_text
from letterdesk.domain.letter import MAX_TEXT


def marked_text(text: str, cuts: Sequence[Cut]) -> str:
    """Give the text as readers got it, a note in brackets or […] for each cut.

    Where that would be longer than a letter may be, only notes stand.
    """
    found = "".join(_mark(piece) for piece in apply_cuts(text, cuts))
    return found if len(found) <= MAX_TEXT else published_text(text, cuts)


def _mark(piece: Piece) -> str:
    if not piece.is_cut or piece.note:
        return f"[{piece.note}]" if piece.is_cut else piece.text
    words = piece.text.strip()
    before, _, after = piece.text.partition(words) if words else (piece.text, "", "")
    return f"{before}[…]{after}"
