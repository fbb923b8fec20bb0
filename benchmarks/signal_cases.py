"""The hand-made cases in tests/triage/cases, filled in and scored: precision and recall."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from letterdesk.triage.disguise import disguise
from letterdesk.triage.figure import figure
from letterdesk.triage.passage import passage
from letterdesk.triage.personal.names import names
from letterdesk.triage.personal.work import workplaces
from letterdesk.triage.personal_information import details, personal_information
from letterdesk.triage.protected_name import Names, forms, protected_name
from letterdesk.triage.sentences import sentence_spans
from letterdesk.triage.signal import Span
from letterdesk.triage.threat import threats

FOLDER = Path(__file__).parents[1] / "tests/triage/cases"
LANGUAGES = ("en", "ko", "zh")
_SLOT = re.compile(r"\{(\w+)\}")
_KEY = b"k" * 32
Table = Mapping[str, Any]
Mark = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many marks were wanted, how many were found, how many were made in vain."""

    cases: int
    wanted: int
    found: int
    wrong: int
    failed: tuple[str, ...]  # cases in which something went wrong, for whoever mends it

    @property
    def precision(self) -> float:
        """The share of the marks that were wanted."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the wanted marks that were made."""
        return self.found / max(1, self.wanted)


def scored(signal: str, language: str) -> Score:
    """Give how a signal does on its cases in a language."""
    return _SCORES[signal](language)


def scored_blind(signal: str, language: str) -> Score:
    """Give how a signal does on the cases that were written before its rules were read."""
    return _BLIND_SCORES[signal](language)


def lines(table: Table) -> Iterator[str]:
    """Give every case of a table: each line with each filling of its first slot."""
    for line in (*table["lines"], *table["none"]):
        for way in line.split("|"):
            yield from dict.fromkeys(_filled(way, table))


def _filled(line: str, table: Table) -> Iterator[str]:
    slots = list(dict.fromkeys(_SLOT.findall(line)))
    if not slots:
        yield line
        return
    count = max(len(table[name].split("|")) for name in slots)
    for number in range(count):
        text = line
        for name in slots:
            each = table[name].split("|")
            text = text.replace(f"{{{name}}}", each[number % len(each)])
        yield text


def read(name: str) -> Table:
    """Give a file of cases."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _marks(table: Table, mark: Mark) -> Score:
    cases = wanted = found = wrong = 0
    failed: list[str] = []
    for line in lines(table):
        text, expected = _unmarked(line)
        said = mark(text)
        hit = [one for one in expected if any(_meet(one, other) for other in said)]
        vain = [one for one in said if not any(_meet(one, other) for other in expected)]
        cases, wanted, found = cases + 1, wanted + len(expected), found + len(hit)
        wrong += len(vain)
        if len(hit) < len(expected) or vain:
            failed.append(f"{line} → {[text[slice(*one)] for one in said]}")
    return Score(cases=cases, wanted=wanted, found=found, wrong=wrong, failed=tuple(failed))


def _unmarked(line: str) -> tuple[str, list[Span]]:
    """Give a line without its marks, and where they stood."""
    text, spans, start = "", [], 0
    for char in line:
        if char == "<":
            start = len(text)
        elif char == ">":
            spans.append(Span(start, len(text)))
        else:
            text += char
    return text, spans


def _meet(one: Span, other: Span) -> bool:
    """Say whether two marks share half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared * 2 >= min(one.end - one.start, other.end - other.start) > 0


def _personal(part: str, mark: Mark) -> Callable[[str], Score]:
    return lambda language: _marks(read("personal")[part][language], mark)


def _leading(language: str, *, file: str) -> Score:
    """Score all that leads to a person together; names by themselves are left out."""
    return _marks(read(file)[language], _led_to)


def _led_to(text: str) -> Sequence[Span]:
    found = personal_information(text)
    return found.spans if found.code == "personal" else ()


def _details(text: str) -> list[Span]:
    return [span for _, span in details(text)]


def _disguise(language: str, *, file: str = "disguise") -> Score:
    return _marks(read(file)[language], lambda text: disguise(text).spans)


def _threat(language: str) -> Score:
    return _marks(read("threat")[language], lambda text: threats(text, language=language))


def _figure(language: str, *, file: str = "figure") -> Score:
    table = read(file)[language]
    return _marks(table, lambda text: figure(text, story=table["story"]).spans)


def _protected(language: str, *, file: str = "protected") -> Score:
    table = read(file)[language]
    kept = {one: name for name in table["names"] for one in forms(name, key=_KEY)}
    listed = Names(
        key=_KEY,
        exact={one.digest: name for one, name in kept.items() if not one.is_near},
        near={one.digest: name for one, name in kept.items() if one.is_near},
        kinds=frozenset(one.kind for one in kept),
    )
    return _marks(table, lambda text: protected_name(text, names=listed).spans)


def _passage(language: str, *, file: str = "passage") -> Score:
    """Score by sentence: told rightly is found, told wrongly is in vain."""
    table = read(file)[language]
    story = table["story"]
    places = [list(span) for span in sentence_spans(story)]
    cases = wanted = found = wrong = 0
    failed: list[str] = []
    for line in lines(table):
        number, _, rest = line.partition(" ")
        text, sentence = (rest, int(number)) if number.isdigit() else (line, 0)
        at = passage(text, story=story).facts.get("at")
        told = places.index(at) + 1 if at in places else 0
        cases, wanted = cases + 1, wanted + bool(sentence)
        found += bool(sentence) and told == sentence
        wrong += bool(told) and told != sentence
        if told != sentence:
            failed.append(f"{line} → {told}")
    return Score(cases=cases, wanted=wanted, found=found, wrong=wrong, failed=tuple(failed))


_SCORES: dict[str, Callable[[str], Score]] = {
    "figure": _figure,
    "passage": _passage,
    "personal_information: forms": _personal("forms", _details),
    "personal_information: phones": _personal("phones", _details),
    "personal_information: accounts": _personal("handles", _details),
    "personal_information: names": _personal("names", names),
    "personal_information: workplaces": _personal("work", workplaces),
    "personal_information: more": lambda language: _marks(
        read("personal")["more"][language], _led_to
    ),
    "protected_name": _protected,
    "disguise": _disguise,
    "threat": _threat,
}
SIGNALS = tuple(_SCORES)
# Cases that were written by somebody who had read neither the rules nor other cases.
_BLIND_SCORES: dict[str, Callable[[str], Score]] = {
    "figure": partial(_figure, file="blind/figure"),
    "figure: again": partial(_figure, file="blind/figure_again"),
    "passage": partial(_passage, file="blind/passage"),
    "personal_information": partial(_leading, file="blind/personal"),
    "protected_name": partial(_protected, file="blind/protected"),
    "disguise": partial(_disguise, file="blind/disguise"),
}
BLIND = tuple(_BLIND_SCORES)
