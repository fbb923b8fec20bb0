"""Sentences from the grammars beside this file: the functionality that n-grams lack."""

import random
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from letterdesk.triage.training.corpora import Example

_SLOT = re.compile(r"\{(\w+)\}")
_PARTICLE = re.compile(r"([가-힣])\x00(은|이|을|과)(?![가-힣]*\x00)")
_AFTER_VOWEL = {"은": "는", "이": "가", "을": "를", "과": "와"}
_RUDE = 0.5  # abuse of a trade or of one person: unwelcome, and no hate of a group
_WEIGHT = 0.4
_BARE = 0.5  # share of the sentences that stand alone


def sentences(
    language: str, *, each: int, seed: int, about: str = "sentences"
) -> Iterator[Example]:
    """Give `each` fillings of every line of the grammar of `language` in folder `about`."""
    raw = files("letterdesk.triage.training").joinpath(f"{about}/{language}.toml")
    grammar = tomllib.loads(raw.read_text(encoding="utf-8"))
    slots = {name: line.split(", ") for name, line in grammar["slots"].items()}
    chance = random.Random(seed)  # noqa: S311 -- draws examples, guards nothing
    for rule in grammar["sentence"]:
        unwelcome = _RUDE if rule["unwelcome"] == "rude" else float(rule["unwelcome"])
        for line in rule["lines"]:
            for text in _fillings(line, slots, chance=chance, each=each):
                yield Example(
                    text=_framed(text, grammar["frames"], chance=chance),
                    unwelcome=unwelcome,
                    weight=_WEIGHT * rule.get("weight", 1),
                    source=f"{about}_{language}",
                    stretch=line,
                )


def _fillings(
    line: str, slots: dict[str, list[str]], *, chance: random.Random, each: int
) -> list[str]:
    found = dict.fromkeys(
        _filled(line, slots, chance=chance)
        for _ in range(each if _SLOT.search(line) else 3)
    )
    return list(found)


def _filled(line: str, slots: dict[str, list[str]], *, chance: random.Random) -> str:
    text = _SLOT.sub(lambda slot: f"{chance.choice(slots[slot[1]])}\x00", line)
    return _PARTICLE.sub(_particle, text).replace("\x00", "")


def _framed(text: str, frames: list[str], *, chance: random.Random) -> str:
    """Give the sentence alone, or among words that change nothing about it."""
    if chance.random() < _BARE:
        return text
    return chance.choice(frames).replace("{s}", text)


def _particle(found: re.Match[str]) -> str:
    """Give a Korean particle in the form that suits the syllable before it."""
    closed = (ord(found[1]) - 0xAC00) % 28 != 0
    return found[1] + (found[2] if closed else _AFTER_VOWEL[found[2]])
