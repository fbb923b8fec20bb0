import csv
import io
import json

import pytest

from letterdesk.domain.spreadsheet import guarded, to_csv, unguarded
from tests.corpora import corpus

PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\0")


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_is_read_back_as_it_was() -> None:
    rows = [["Korean", 3], ['the "desk"; x, y', 0], ["나루", None], [-4, "a b"]]

    assert read(to_csv(["Desk", "Letters"], rows)) == [
        ["Desk", "Letters"],
        ["Korean", "3"],
        ['the "desk"; x, y', "0"],
        ["나루", ""],
        ["-4", "a b"],
    ]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("before", ["", " ", '"', "' "])
def test_no_text_begins_like_a_formula(prefix: str, before: str) -> None:
    written = to_csv(["a"], [[f"{before}{prefix}1+1"]])
    ((_,), (cell,)) = read(written)

    assert not cell.lstrip(' "').startswith(PREFIXES)
    assert written.count("\r\n") == 2


def test_no_cell_of_the_corpus_begins_like_a_formula() -> None:
    cells = json.loads(corpus("csv-formula.json").read_text(encoding="utf-8"))["cells"]

    read_back = [row[0] for row in read(to_csv(["a"], [[cell] for cell in cells]))[1:]]

    assert len(read_back) == len(cells) > 15
    assert not [cell for cell in read_back if cell.lstrip(' "').startswith(PREFIXES)]


@pytest.mark.parametrize("before", ["", " ", '"', "'", "''", "' '", "a"])
@pytest.mark.parametrize("rest", ["1+1", "", "'=", "=1"])
@pytest.mark.parametrize("prefix", ["", *PREFIXES])
def test_what_was_guarded_is_given_back_as_it_was(
    prefix: str, before: str, rest: str
) -> None:
    text = f"{before}{prefix}{rest}"
    is_formula = text.lstrip(" \"'").startswith(PREFIXES)

    assert guarded(text) == (f"'{text}" if is_formula else text)
    assert unguarded(guarded(text)) == text
