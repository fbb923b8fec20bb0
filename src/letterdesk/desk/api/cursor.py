"""Where a list goes on, as a word that means nothing to anybody else."""

from letterdesk.domain import base32
from letterdesk.domain.errors import LetterdeskError

_SYMBOLS = 13  # of 5 bits hold 64
_LARGEST = 2**63 - 1


class CursorWrong(LetterdeskError):
    """A cursor that no list gave out."""

    code = "cursor-wrong"


def pack(number: int | None) -> str | None:
    """Give the cursor for a place in a list; None at its end."""
    if number is None:
        return None
    return base32.encode_number(number, symbols=_SYMBOLS).lower()


def unpack(cursor: str) -> int | None:
    """Give the place that a cursor means; None for none. Raises CursorWrong."""
    if not cursor:
        return None
    try:
        number = base32.decode_number(cursor.upper())
    except KeyError:
        number = _LARGEST + 1
    if len(cursor) != _SYMBOLS or number > _LARGEST:
        raise CursorWrong("This is not a cursor. Take “next” of the page before.")
    return number
