import csv
import io
import json

import pytest

from letterdesk.domain.statement import Ground, Measure, Part, Source
from letterdesk.interchange.transparency import ATTRIBUTES, problems, row, write
from tests.corpora import corpus
from tests.values import a_statement

_URL = "https://letters.example"
_STATEMENTS = {
    "rejected": a_statement(),
    "cut": a_statement(measure=Measure.CUT, territory=("DE",)),
    "without its name": a_statement(measure=Measure.CUT, parts=(Part.NAME,)),
    "taken down after a notice": a_statement(
        measure=Measure.TAKEN_DOWN, source=Source.NOTICE, detected=True
    ),
    "illegal": a_statement(ground=Ground.LAW, law="Section 3", language="ko"),
    "erased since": a_statement(explanation=""),
    "long": a_statement(explanation="x" * 9_000, facts="y" * 9_000),
}


def enumerations() -> dict[str, object]:
    raw = corpus("dsa-transparency-db/enumerations.json").read_text(encoding="utf-8")
    return json.loads(raw)


@pytest.mark.parametrize("name", _STATEMENTS)
def test_the_database_would_take_every_statement(name):
    found = row(_STATEMENTS[name], site_url=_URL)

    known = enumerations()
    assert tuple(found) == ATTRIBUTES
    assert list(problems(found)) == []
    for attribute, values in (
        ("decision_ground", "DECISION_GROUNDS"),
        ("category", "STATEMENT_CATEGORIES"),
        ("source_type", "SOURCE_TYPES"),
        ("automated_detection", "AUTOMATED_DETECTIONS"),
        ("automated_decision", "AUTOMATED_DECISIONS"),
    ):
        assert found[attribute] in known[values], attribute
    for attribute, values in (
        ("decision_visibility", "DECISION_VISIBILITIES"),
        ("content_type", "CONTENT_TYPES"),
    ):
        listed = json.loads(found[attribute])
        assert listed
        assert set(listed) <= set(known[values])
    is_other = "DECISION_VISIBILITY_OTHER" in found["decision_visibility"]
    assert is_other == bool(found["decision_visibility_other"])


def test_a_statement_is_written_as_the_database_names_things():
    found = row(a_statement(), site_url=_URL)

    shown = {name: value for name, value in found.items() if value}
    assert json.loads(shown.pop("territorial_scope"))[:3] == ["AT", "BE", "BG"]
    assert shown == {
        "decision_visibility": '["DECISION_VISIBILITY_CONTENT_DISABLED"]',
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "decision_ground_reference_url": f"{_URL}/rules/en/2026-11/",
        "incompatible_content_ground": "Terms of Use 2026-11, rules cited: 3",
        "incompatible_content_explanation": "It named somebody.",
        "incompatible_content_illegal": "No",
        "category": "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "content_type": '["CONTENT_TYPE_TEXT"]',
        "content_date": "2026-11-20",
        "content_language": "EN",
        "application_date": "2026-11-23",
        "decision_facts": "A moderator read it.",
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": "first",
    }


@pytest.mark.parametrize(
    ("told_in", "language"),
    [("ko", "ko"), ("zh-CN", "zh-Hans"), ("ug", "ug"), ("de", "en"), ("", "en")],
)
def test_the_rules_are_linked_in_the_language_of_the_storys_page(told_in, language):
    found = row(a_statement(told_in=told_in), site_url=_URL)

    address = found["decision_ground_reference_url"]
    assert address == f"{_URL}/rules/{language}/2026-11/"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"category": ""}, "category is missing"),
        ({"decision_facts": ""}, "decision_facts is missing"),
        ({"incompatible_content_ground": ""}, "incompatible_content_ground is missing"),
        ({"decision_facts": "x" * 5_001}, "decision_facts is longer than 5000 characters"),
        ({"puid": "a b"}, "puid has other signs than letters, digits, - and _"),
        ({"territorial_scope": '["US"]'}, "US is no country of the EEA"),
    ],
)
def test_what_the_database_would_refuse_is_said(changes, problem):
    assert list(problems(row(a_statement(), site_url=_URL) | changes)) == [problem]


def test_csv_holds_what_restricts_something_and_no_formula():
    file = io.StringIO()
    statements = [
        a_statement(explanation='=cmd|"/c calc"!A1'),
        a_statement(id="second", measure=Measure.LIFTED),
        a_statement(id="third", territory=("US",)),
    ]

    written, wrong = write(statements, file, site_url=_URL)

    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert (written, wrong) == (2, ["third: US is no country of the EEA"])
    assert [one["puid"] for one in rows] == ["first", "third"]
    assert rows[0]["incompatible_content_explanation"] == '\'=cmd|"/c calc"!A1'
    assert file.getvalue().endswith('"\r\n')


def test_nothing_to_write_is_a_table_with_the_same_head_and_no_row():
    some, none = io.StringIO(), io.StringIO()
    write([a_statement()], some, site_url=_URL)

    assert write([], none, site_url=_URL) == (0, [])

    assert none.getvalue() == some.getvalue().partition("\r\n")[0] + "\r\n"
    assert list(row(a_statement(), site_url=_URL)) == next(csv.reader([none.getvalue()]))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((), "Published with words removed. Terms"),
        ((Part.WORDS,), "Published with words removed. Terms"),
        ((Part.NAME,), "Published without the name above it. Terms"),
        (
            (Part.WORDS, Part.NAME),
            "Published with words removed and without the name above it. Terms",
        ),
    ],
)
def test_what_was_cut_is_said(parts, said):
    found = row(a_statement(measure=Measure.CUT, parts=parts), site_url=_URL)

    assert found["decision_visibility_other"].startswith(said)
