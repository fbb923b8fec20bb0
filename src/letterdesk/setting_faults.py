"""What is wrong with a letterdesk.toml that cannot be read, as sentences for who wrote it.

A pattern stands beside what is said where a value does not fit it.
"""

import difflib
import re
from pathlib import Path

import msgspec

_PORT = (
    r"0*([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
)
ADDRESS = rf"\A(\[[0-9a-fA-F:]+\]|[0-9A-Za-z.\-]+):{_PORT}\Z"
_HOST = r"(\[[0-9a-fA-F:.]+\]|[^\s/?#@:\[\]\x00-\x20\x7f]+)"
URL = rf"\Ahttps?://{_HOST}(:{_PORT})?\Z"
ORIGIN = r"\Ahttps?://[^\s/?#@]+\Z"
LANGUAGE = r"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"
SECURITY = r"\A(none|starttls|tls)\Z"
COUNTRY = r"\A[A-Z]{2}\Z"

_KINDS = {
    "object": "a [table]",
    "array": "a list",
    "int": "a whole number",
    "float": "a number with a point",
    "str": "text in quotation marks",
    "bool": "true or false",
    "datetime": "a date",
    "date": "a date",
    "time": "a time",
}
_COMPLAINTS = (  # of msgspec, and what they mean
    (re.compile(r"Expected `Path`"), "is not a key"),
    (re.compile(r"Invalid enum value '([^']*)'"), "cannot be {0}"),
    (re.compile(r"Expected `(\w+)`, got `(\w+)`"), "must be {0}, and is {1}"),
    (re.compile(r"Expected `int` >= (\d+)"), "must be {0} or more"),
    (re.compile(r"Expected `int` <= (\d+)"), "must be {0} or less"),
    (re.compile(r"Expected `array` of length >= 1"), "must have something in it"),
    (re.compile(re.escape(repr(ADDRESS))), "must be HOST:PORT, such as 127.0.0.1:8000"),
    (
        re.compile(re.escape(repr(URL))),
        "must be an address without a path, such as https://letters.example",
    ),
    (re.compile(re.escape(repr(SECURITY))), "must be none, starttls or tls"),
    (re.compile(re.escape(repr(COUNTRY))), "must have codes of two capitals in it"),
    (
        re.compile(re.escape(repr(ORIGIN))),
        "must have addresses without a path in it, such as https://news.example",
    ),
    (
        re.compile(re.escape(repr(LANGUAGE))),
        "must have tags such as en, ko or zh-Hans in it",
    ),
)
_TWICE = re.compile(r"Cannot declare \((.*?),?\) twice \(at line (\d+)")


def told_of_syntax(file: Path, error: str) -> str:
    """Give tomllib's message as a sentence; a table that stands there twice by name."""
    if twice := _TWICE.match(error):
        table = ".".join(re.findall(r"'([^']*)'", twice[1]))
        return (
            f"{file}: [{table}] stands there twice, once more at line {twice[2]}. Write "
            f"what is below that line below the first [{table}], and remove the line."
        )
    return f"{file} is not TOML: {error}. Mend that line."


def told_of_value(error: str, settings: msgspec.Struct) -> str:
    """Give msgspec's message as a sentence about the key, as it stands in the file.

    `settings` has all the tables that the file may have.
    """
    told, _, place = error.partition(" - at `$.")
    key = re.sub(r"(\[.*)?`$", "", place)
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", told, re.DOTALL)
    if unknown:
        return _unknown(unknown[1], settings, table=key)
    for complaint, sentence in _COMPLAINTS:
        found = complaint.search(told)
        if found:
            facts = [_KINDS.get(fact, fact) for fact in found.groups()]
            return f"{key} {sentence.format(*facts)}."
    return f"{key}: {told}."


def _unknown(name: str, settings: msgspec.Struct, *, table: str) -> str:
    owner = type(getattr(settings, table)) if table else type(settings)
    known = [
        field.name for field in msgspec.structs.fields(owner) if field.name != "folder"
    ]
    near = difflib.get_close_matches(name, known, n=1)
    key = f"{table}.{name}" if table else name
    return f"{key} is not a key." + (f" Did you mean {near[0]}?" if near else "")
