"""A day of 1,000 letters: what deciding in groups saves, and what it would let through.

Letters are drawn from labelled data that the model has not learnt from, some of them as
campaigns of near-copies. A desk that has decided on earlier letters knows its mark; then
days are played oldest first, and in groups. Needs ../shared/data, or --data FOLDER.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks import machine
from benchmarks.report import Table, publish
from letterdesk.triage.campaign import ALIKE, Signature, bands, likeness, signature
from letterdesk.triage.incivility import MARK
from letterdesk.triage.promise import promise, quiet_score
from letterdesk.triage.screening import Asked, screen
from letterdesk.triage.signal import Kind
from letterdesk.triage.training.corpora import examples, rows
from letterdesk.triage.training.train import is_held

DATA = Path(__file__).parents[2] / "shared/data"
LETTERS = 1_000  # of a day
EARLIER = 3_000  # letters on which the desk has decided before
UNWELCOME = 0.15  # of all letters
CAMPAIGNS, COPIES, CHANGED = 4, 12, 0.1  # a day; letters of each; words changed in each
PAGE = 20  # letters of a group on one page
AUDITED = 0.05
DAYS = 100
MOST = 4_000  # rows of a file
_LONG_ENOUGH = 60  # characters, of what a campaign copies
_SEED = 20261126
Places = NDArray[np.int64]

# The keystroke-level model: Card, Moran and Newell, Communications of the ACM 23 (7), 1980.
MIND, KEY = 1.35, 0.28  # seconds: to make up one's mind, to press a key
ALONE = MIND + KEY + MIND  # decide, press, find one's way into the next letter
TICKED = MIND + 2 * KEY  # decide, tick, go to the next letter of the page
TOGETHER = MIND + KEY  # once for a page


@dataclass(frozen=True)
class Pool:
    """Letters of a language, what people said of them, and what triage says."""

    texts: list[str]
    unwelcome: NDArray[np.bool_]
    scores: NDArray[np.float64]  # NaN where another signal has something to say


@dataclass(frozen=True, kw_only=True)
class Day:
    """What became of a day's letters, unread approvals included."""

    decisions: int  # clicks or keys that decide
    seconds: float  # besides reading, which is the same either way
    in_copies: int
    in_civil: int
    slipped: int  # unwelcome letters that a careless approval of the civil group publishes
    slipped_copies: int  # that are decided like the first of their copies, and differ
    unwelcome: int
    is_on: bool


def pool(data: Path, language: str) -> Pool:
    """Give the letters of a language that the shipped weights have not learnt from."""
    found = _READ[language](data)
    chance = np.random.default_rng(_SEED)
    some = chance.permutation(len(found))[:MOST]
    texts = [found[at][0] for at in some]
    answers = screen([Asked(text=text, story="", language=language) for text in texts])
    scores = [
        quiet_score(
            (one.of, one.kind, one.code, one.score)
            for one in answer.signals
            if one.score > 0 or one.kind is Kind.INCIVILITY
        )
        for answer in answers
    ]
    return Pool(
        texts=texts,
        unwelcome=np.array([found[at][1] for at in some]),
        scores=np.array([np.nan if one is None else one for one in scores]),
    )


def _korean(data: Path) -> list[tuple[str, bool]]:
    return [(row["text"], row["labels"] != "8") for row in rows(data, "ko_kmhas_eval")]


def _chinese(data: Path) -> list[tuple[str, bool]]:
    return [(row["text"], row["label"] == "1") for row in rows(data, "zh_cold_eval")]


def _english(data: Path) -> list[tuple[str, bool]]:
    """Give rows that were held back from training, those of which people agreed."""
    held = (one for one in examples(data, "en") if is_held(one))
    return [
        (one.text, one.unwelcome > 0.5)
        for one in held
        if one.unwelcome <= 0.2 or one.unwelcome >= 0.8
    ]


_READ: dict[str, Callable[[Path], list[tuple[str, bool]]]] = {
    "en": _english,
    "ko": _korean,
    "zh": _chinese,
}


def draw(letters: Pool, number: int, chance: Generator, *, again: bool) -> Places:
    """Give places of letters, as many of them unwelcome as at a newsroom.

    `again`: a letter may be drawn more than once, as if there were letters without end.
    """
    bad = chance.binomial(number, UNWELCOME)
    places = [
        chance.choice(np.flatnonzero(letters.unwelcome), bad, replace=again),
        chance.choice(np.flatnonzero(~letters.unwelcome), number - bad, replace=again),
    ]
    return chance.permutation(np.concatenate(places))


def mark_of(letters: Pool, chance: Generator) -> float | None:
    """Give the mark that a desk knows after its earlier decisions."""
    earlier = draw(letters, EARLIER, chance, again=True)
    seen = letters.scores[earlier[letters.unwelcome[earlier]]]
    return promise(seen[~np.isnan(seen)].tolist(), highest=MARK).mark


def play(letters: Pool, chance: Generator) -> Day:
    """Give a day in groups; whoever is careless approves civil letters without reading."""
    mark = mark_of(letters, chance)
    number = LETTERS - CAMPAIGNS * (COPIES - 1)
    places = draw(letters, number, chance, again=False)
    texts = [(letters.texts[at], at) for at in places]
    texts += _copies(letters, places, chance)
    groups = near_copies([text for text, _ in texts])
    alike = {at for group in groups for at in group}
    audited = chance.random(len(texts)) < AUDITED
    civil = [
        at
        for at, (_, place) in enumerate(texts)
        if mark is not None
        and at not in alike
        and not audited[at]
        and letters.scores[place] < mark
    ]
    bad = [bool(letters.unwelcome[place]) for _, place in texts]
    pages = -(-len(civil) // PAGE) + sum(-(-len(group) // PAGE) for group in groups)
    alone = len(texts) - len(civil) - len(alike)
    return Day(
        decisions=alone + pages,
        seconds=alone * ALONE + (len(civil) + len(alike)) * TICKED + pages * TOGETHER,
        in_copies=len(alike),
        in_civil=len(civil),
        slipped=sum(bad[at] for at in civil),
        slipped_copies=sum(
            bad[at] and not bad[group[0]] for group in groups for at in group
        ),
        unwelcome=sum(bad),
        is_on=mark is not None,
    )


def _copies(letters: Pool, places: Places, chance: Generator) -> list[tuple[str, int]]:
    """Give the copies that campaigns send, each with some words changed."""
    long = [at for at in places if len(letters.texts[at]) >= _LONG_ENOUGH]
    first = chance.choice(long, CAMPAIGNS, replace=False)
    return [
        (_changed(letters.texts[at], chance), int(at))
        for at in first
        for _ in range(COPIES - 1)
    ]


def _changed(text: str, chance: Generator) -> str:
    """Give a text with one in ten of its words, or signs, taken from elsewhere in it."""
    parts = text.split() if " " in text.strip() else list(text)
    joint = " " if " " in text.strip() else ""
    changed = [
        parts[chance.integers(len(parts))] if chance.random() < CHANGED else part
        for part in parts
    ]
    return joint.join(changed)


def near_copies(texts: Sequence[str]) -> list[list[int]]:
    """Give groups of near-copies, two at least, found as the desk finds them."""
    leaders: dict[int, list[int]] = {}
    signed = [_signature(text) for text in texts]
    groups: dict[int, list[int]] = {}
    for at, found in enumerate(signed):
        if found is None:
            continue
        keys = bands(found)
        known = {one for key in keys for one in leaders.get(key, ())}
        near = [(likeness(found, leader), -one) for one, leader in _signed(known, signed)]
        share, place = max(near, default=(0.0, 0))
        if share >= ALIKE:
            groups[-place].append(at)
            continue
        groups[at] = [at]
        for key in keys:
            leaders.setdefault(key, []).append(at)
    return [group for group in groups.values() if len(group) > 1]


def _signed(
    places: Iterable[int], signed: Sequence[Signature | None]
) -> Iterator[tuple[int, Signature]]:
    for at in places:
        if (found := signed[at]) is not None:
            yield at, found


@cache
def _signature(text: str) -> Signature | None:
    return signature(text)


def kept(letters: Pool, chance: Generator) -> tuple[int, int]:
    """Give how many of DAYS newsrooms have a mark, and how many break the promise."""
    marks = [mark_of(letters, chance) for _ in range(DAYS)]
    scores = letters.scores[letters.unwelcome & ~np.isnan(letters.scores)]
    missed = [float((scores < mark).mean()) for mark in marks if mark is not None]
    return len(missed), sum(share > 0.05 for share in missed)


def main() -> None:
    """Play the days, print the tables and write results/groups.md."""
    machine.in_one_thread("benchmarks.groups")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="labelled data")
    chosen = parser.parse_args()
    if not (chosen.data / "ko_kmhas_eval.tsv.xz").exists():
        print(f"There is no labelled data in {chosen.data}; nothing was measured.")
        return
    found = {language: pool(chosen.data, language) for language in _READ}
    publish(
        "groups",
        "What deciding in groups saves on a day of 1,000 letters",
        tables=[_saved(found), _promised(found)],
        versions=machine.versions("numpy"),
    )


def _saved(found: dict[str, Pool]) -> Table:
    lines = []
    for language, letters in found.items():
        chance = np.random.default_rng(_SEED)
        days = [play(letters, chance) for _ in range(DAYS)]
        mean = partial(_mean, days)
        plain = LETTERS * ALONE
        lines.append(
            (
                language,
                f"{mean('in_copies'):.0f}",
                f"{mean('in_civil'):.0f}",
                f"{LETTERS:,}",
                f"{mean('decisions'):.0f}",
                f"{plain / 60:.0f} min",
                f"{mean('seconds') / 60:.0f} min",
                _share(days, "slipped"),
                _share(days, "slipped_copies"),
            )
        )
    return Table(
        title=f"{DAYS} days of {LETTERS:,} letters, {UNWELCOME:.0%} of them unwelcome",
        head=(
            "language",
            "near-copies",
            "read as civil",
            "decisions, plain",
            "in groups",
            "time besides reading, plain",
            "in groups",
            "let through unread, civil: mean, 9th day of ten",
            "let through unread, copies decided like the first",
        ),
        rows=lines,
        remarks=(
            f"Each day has {CAMPAIGNS} campaigns of {COPIES} letters with {CHANGED:.0%} of "
            f"their words changed. A desk has decided on {EARLIER:,} letters before; "
            f"{AUDITED:.0%} are audited; nothing is on the list of protected names, and no "
            "letter has a story beside it.",
            f"Reading takes as long either way and is not counted. Besides it: {MIND} s to "
            f"make up one's mind, {KEY} s for a key (Card, Moran and Newell's "
            f"keystroke-level model), so {ALONE:.2f} s for a letter alone, {TICKED:.2f} s "
            f"for one that is ticked, {TOGETHER:.2f} s for a page of {PAGE}.",
            "“Let through unread” is the share of a day's unwelcome letters that would be "
            "published if everything in a group were approved without a look: the worst "
            "that can be done with it. Whoever reads lets through what she would let "
            "through alone. Of the copies, English has sentences beside their civil "
            "rewrites, nearly the same: why each is read.",
        ),
    )


def _promised(found: dict[str, Pool]) -> Table:
    lines = []
    for language, letters in found.items():
        on, broken = kept(letters, np.random.default_rng(_SEED + 1))
        share = f"{broken / on:.0%}" if on else "–"
        lines.append((language, len(letters.texts), f"{on} of {DAYS}", share))
    return Table(
        title="Is the promise kept?",
        head=("language", "letters to draw from", "desks with a mark", "promise broken"),
        rows=lines,
        remarks=(
            "Broken: more than 5 % of all unwelcome letters to draw from score below the "
            "mark of a desk. It may be so for one desk in ten.",
            "Korean: part of K-MHaS' test. Chinese: part of COLD's test. English: rows of "
            "the training data that were held back from it, from several sources.",
        ),
    )


def _mean(days: Sequence[Day], name: str) -> float:
    return float(np.mean([getattr(day, name) for day in days]))


def _share(days: Sequence[Day], name: str) -> str:
    shares = [getattr(day, name) / day.unwelcome for day in days]
    return f"{np.mean(shares):.1%}, {np.quantile(shares, 0.9):.1%}"


if __name__ == "__main__":
    main()
