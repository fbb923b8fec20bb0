"""Tables as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = tuple("=+-@＝＋－＠")
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


def _cell(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text = ("" if value is None else str(value)).translate(_BREAKS)
    begins = text.lstrip(" \"'").startswith(_FORMULA)
    return f"'{text}" if begins else text
