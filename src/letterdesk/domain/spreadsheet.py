"""Tables as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = tuple("=+-@＝＋－＠\t\r\n\0")
_BEFORE = " \"'"  # what spreadsheets overlook in front of a formula
_BREAKS = str.maketrans(dict.fromkeys("\t\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


def to_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a table as RFC 4180 has it, every cell in quotation marks.

    A text that a spreadsheet would compute gets an apostrophe before it; breaks become
    spaces, so that no cell begins a line (OWASP, CSV injection).
    """
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([_cell(one) for one in row])
    return written.getvalue()


def guarded(text: str) -> str:
    """Give `text` with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{text}" if _is_computed(text) else text


def unguarded(text: str) -> str:
    """Give what `guarded` was given: no text is lost on the way there and back."""
    return text[1:] if text.startswith("'") and _is_computed(text) else text


def _is_computed(text: str) -> bool:
    return text.lstrip(_BEFORE).startswith(_FORMULA)


def _cell(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return guarded(("" if value is None else str(value)).translate(_BREAKS))
