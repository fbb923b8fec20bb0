"""Statements of reasons in the shape of the Commission's Transparency Database.

Attributes and rules as its API documents them (github.com/digital-services-act/
transparency-database, StatementStoreRequest, read in November 2026). Lists are JSON, as in
the database's own downloads.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from letterdesk.domain.spreadsheet import guarded
from letterdesk.domain.statement import Ground, Measure, Source, Statement
from letterdesk.reader.words import choose

EEA = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE"),
    *("SI", "SK"),
)
_LANGUAGES = frozenset(
    (
        *("BG", "CS", "DA", "DE", "EL", "EN", "ES", "ET", "FI", "FR", "GA", "HR"),
        *("HU", "IT", "LT", "LV", "MT", "NL", "PL", "PT", "RO", "SK", "SL", "SV"),
    )
)
_LIMITS = {  # characters
    "decision_visibility_other": 500,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2_000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2_000,
    "decision_ground_reference_url": 500,
    "decision_facts": 5_000,
    "puid": 500,
}
_VISIBILITY = {
    Measure.NOT_PUBLISHED: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Measure.CUT: "DECISION_VISIBILITY_OTHER",
    Measure.TAKEN_DOWN: "DECISION_VISIBILITY_CONTENT_REMOVED",
}
_SOURCES = {Source.OWN: "SOURCE_VOLUNTARY", Source.NOTICE: "SOURCE_ARTICLE_16"}
_NONE = (  # attributes for which a newsroom without accounts and money has nothing
    "decision_monetary",
    "decision_monetary_other",
    "decision_provision",
    "decision_account",
    "account_type",
    "end_date_monetary_restriction",
    "end_date_service_restriction",
    "end_date_account_restriction",
)
ATTRIBUTES = (  # in the order of the columns
    "decision_visibility",
    "decision_visibility_other",
    "end_date_visibility_restriction",
    "decision_ground",
    "decision_ground_reference_url",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "incompatible_content_illegal",
    "category",
    "content_type",
    "content_date",
    "content_language",
    "territorial_scope",
    "application_date",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
    "puid",
    *_NONE,
)
_ERASED = "The explanation was erased when the author took the letter back."
_PUID = re.compile(r"[A-Za-z0-9_-]{1,500}")

Row = Mapping[str, str]


def row(statement: Statement, *, site_url: str) -> dict[str, str]:
    """Give a statement as the attributes of the database, all of them text.

    A statement that lifts a measure restricts nothing and has no place there.
    """
    is_law = statement.ground is Ground.LAW
    rules, why = ", ".join(statement.rules), statement.explanation or _ERASED
    ground = f"Terms of Use {statement.terms}, rules cited: {rules}"
    language = statement.language.split("-")[0].upper()
    found = {
        "decision_visibility": json.dumps([_VISIBILITY[statement.measure]]),
        "decision_visibility_other": f"{_cut(statement)} {ground}"
        if statement.measure is Measure.CUT
        else "",
        "end_date_visibility_restriction": statement.until,
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"
        if is_law
        else "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "decision_ground_reference_url": _reference(statement, site_url),
        "illegal_content_legal_ground": statement.law,
        "illegal_content_explanation": why if is_law else "",
        "incompatible_content_ground": "" if is_law else ground,
        "incompatible_content_explanation": "" if is_law else why,
        "incompatible_content_illegal": "" if is_law else "No",
        "category": f"STATEMENT_CATEGORY_{statement.category}",
        "content_type": json.dumps(["CONTENT_TYPE_TEXT"]),
        "content_date": statement.written,
        "content_language": language if language in _LANGUAGES else "",
        "territorial_scope": json.dumps(list(statement.territory or EEA)),
        "application_date": statement.applied,
        "decision_facts": statement.facts,
        "source_type": _SOURCES[statement.source],
        "automated_detection": "Yes" if statement.detected else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": statement.id,
    }
    return {name: _fit(name, value) for name, value in found.items()} | dict.fromkeys(
        _NONE, ""
    )


def problems(found: Row) -> Iterator[str]:
    """Say what the database would refuse in a row."""
    required = ["category", "content_date", "application_date", "decision_facts", "puid"]
    is_law = found["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    kind = "illegal_content" if is_law else "incompatible_content"
    ground = "legal_ground" if is_law else "ground"
    required += [f"{kind}_{ground}", f"{kind}_explanation"]
    yield from (f"{name} is missing" for name in required if not found[name])
    for name, limit in _LIMITS.items():
        if len(found[name]) > limit:
            yield f"{name} is longer than {limit} characters"
    if not _PUID.fullmatch(found["puid"]):
        yield "puid has other signs than letters, digits, - and _"
    for country in json.loads(found["territorial_scope"]):
        if country not in EEA:
            yield f"{country} is no country of the EEA"


def write(
    statements: Iterable[Statement], file: IO[str], *, site_url: str
) -> tuple[int, list[str]]:
    """Write statements as CSV (RFC 4180); give how many, and what would be refused.

    Only those that restrict something; without any, the head stands alone. Every value is
    quoted, and one that a spreadsheet would take for a formula begins with an apostrophe.
    """
    written, wrong = 0, list[str]()
    writer = csv.DictWriter(file, ATTRIBUTES, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for statement in statements:
        if statement.measure not in _VISIBILITY:
            continue
        found = row(statement, site_url=site_url)
        wrong += [f"{statement.id}: {problem}" for problem in problems(found)]
        writer.writerow({name: guarded(value) for name, value in found.items()})
        written += 1
    return written, wrong


def _cut(statement: Statement) -> str:
    """Say what a cut took away: words, the name above the letter, or both."""
    if not statement.takes_name:
        return "Published with words removed."
    if not statement.takes_words:
        return "Published without the name above it."
    return "Published with words removed and without the name above it."


def _reference(statement: Statement, site_url: str) -> str:
    """Give the address of the Terms of Use that were cited, as the story's page has it."""
    language = choose(statement.told_in)
    return f"{site_url}/rules/{language}/{statement.terms}/" if statement.terms else ""


def _fit(name: str, value: str) -> str:
    """Give a value within the database's limit; what is longer ends in "…"."""
    limit = _LIMITS.get(name, len(value))
    return value if len(value) <= limit else f"{value[: limit - 1]}…"
