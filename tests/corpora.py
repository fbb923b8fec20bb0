"""Hostile and odd inputs from ../shared/corpora, where that is there."""

from pathlib import Path

import pytest

from benchmarks.hostile_strings import CORPORA


def corpus(name: str) -> Path:
    """Give the file or folder `name` of the corpora; skip the test where there is none."""
    found = CORPORA / name
    if not found.exists():
        pytest.skip(f"../shared/corpora/{name} is not there; it is no part of the project.")
    return found


def corpus_lines(name: str) -> list[str]:
    """Give the lines of a UTF-8 file of the corpora that can be read as text."""
    raw = corpus(name).read_bytes()
    return raw.decode("utf-8", errors="replace").splitlines()
