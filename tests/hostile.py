"""Strings that have broken other programs, from the corpora beside the project."""

import json
from collections.abc import Iterator
from pathlib import Path

from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.letter import MAX_TEXT
from letterdesk.domain.text import clean, is_blank
from tests.corpora import corpus

_FEWEST = 1_000  # of some 2,000: with fewer, a folder was not found


def hostile_texts() -> list[str]:
    """Give those that a reader could send: what `clean` lets through, as it is stored.

    Skips the test where the corpora are not there.
    """
    found = list(dict.fromkeys(_stored(_raw())))
    assert len(found) >= _FEWEST
    return found


def _stored(raw: Iterator[str]) -> Iterator[str]:
    for text in raw:
        try:
            stored = clean(text, field="text", longest=MAX_TEXT)
        except LetterRefused:
            continue
        if not is_blank(stored):
            yield stored


def _raw() -> Iterator[str]:
    yield from json.loads(corpus("blns/blns.json").read_text(encoding="utf-8"))
    for file in sorted(_files()):
        yield from file.read_text(encoding="utf-8", errors="replace").splitlines()
    for file in sorted(corpus("trojan-source").glob("*.txt")):
        yield file.read_text(encoding="utf-8")[:MAX_TEXT]


def _files() -> Iterator[Path]:
    yield corpus("h5sc/vectors.txt")
    yield from corpus("fuzzdb").rglob("*xss*.txt")
    yield from corpus("fuzzdb").rglob("*XSS*.txt")
