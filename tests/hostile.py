"""Strings that have broken other programs, from the corpora beside the project."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.letter import MAX_TEXT
from letterdesk.domain.text import clean, is_blank

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


def hostile_texts() -> list[str]:
    """Give those that a reader could send: what `clean` lets through, as it is stored.

    Skips the test where the corpora are not there.
    """
    if not CORPORA.is_dir():
        pytest.skip("The corpora of hostile strings are not beside the project.")
    return list(dict.fromkeys(_stored(_raw())))


def _stored(raw: Iterator[str]) -> Iterator[str]:
    for text in raw:
        try:
            stored = clean(text, field="text", longest=MAX_TEXT)
        except LetterRefused:
            continue
        if not is_blank(stored):
            yield stored


def _raw() -> Iterator[str]:
    yield from json.loads((CORPORA / "blns" / "blns.json").read_text(encoding="utf-8"))
    for file in sorted(_files()):
        yield from file.read_text(encoding="utf-8", errors="replace").splitlines()
    for file in sorted((CORPORA / "trojan-source").glob("*.txt")):
        yield file.read_text(encoding="utf-8")[:MAX_TEXT]


def _files() -> Iterator[Path]:
    yield CORPORA / "h5sc" / "vectors.txt"
    yield from (CORPORA / "fuzzdb").rglob("*xss*.txt")
    yield from (CORPORA / "fuzzdb").rglob("*XSS*.txt")
