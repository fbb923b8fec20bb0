"""What a desk's own decisions buy, by simulation on labelled data.

A desk judges by a policy of its own: the labels of a source that the model it starts from
has never seen. Its decisions come one after another; what is learnt from the first so many
is scored on letters of the same source that come later. Nothing here has learnt from the
weights that ship, which know these sources.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks import machine
from benchmarks.report import Table, publish
from letterdesk.triage.emoji import heard
from letterdesk.triage.incivility import chances_of
from letterdesk.triage.learning.lesson import Decided, Lesson, learn
from letterdesk.triage.learning.models import CivilityModel
from letterdesk.triage.learning.own import alone, beside, logits_with, part
from letterdesk.triage.measure import Flags, auc, set_apart
from letterdesk.triage.model.features import rows_for
from letterdesk.triage.model.score import logits
from letterdesk.triage.model.sparse import Floats, Rows
from letterdesk.triage.model.weights import Settings, Weights, read
from letterdesk.triage.training.corpora import Corpus, examples, rows
from letterdesk.triage.training.learn import calibrated, learnt
from letterdesk.triage.training.train import (
    FOLD,
    forces,
    is_held,
    rows_of_examples,
    task_of,
)

DATA = Path(__file__).parents[2] / "shared/data"
_SEED = 11
_OF_BASE = 10_000  # rows that the model to start from learns from
_LATER = 2_500  # letters that judge
_FEW, _MANY = (100, 400, 1_600, 3_200), (500, 2_000, 10_000)
_DAYS = 200  # decisions of a day


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A desk whose policy is a source's labels; `known` are triage.md's figures for it."""

    name: str
    language: str
    corpus: Corpus
    known: str = ""
    later: str = ""  # the file of letters that judge, where it is another one


DESKS = (
    Desk(
        name="K-MHaS, Korean news comments",
        language="ko",
        corpus=Corpus(
            name="ko_kmhas_train", unwelcome=lambda r: float(r["labels"] != "8"), weight=1
        ),
        later="ko_kmhas_eval",
        known=".793 → .80 .81 .845 .867",
    ),
    Desk(
        name="SWSR, Weibo comments",
        language="zh",
        corpus=Corpus(
            name="zh_swsr_train", unwelcome=lambda r: float(r["label"] == "1"), weight=1
        ),
        known=".712 → .72 .79 .845 .858",
    ),
    Desk(
        name="EDOS, Reddit and Gab comments",
        language="en",
        corpus=Corpus(
            name="en_edos", unwelcome=lambda r: float(r["sexist"] == "1"), weight=1
        ),
    ),
)


@dataclass(frozen=True)
class Letters:
    """Letters in the order in which they came, and what the desk's policy says of them."""

    texts: Sequence[str]
    unwelcome: Flags


@dataclass(frozen=True)
class Simulation:
    """A desk, its decisions, later letters, and the model that it starts from."""

    desk: Desk
    first: Letters
    later: Letters
    base: Weights

    @cached_property
    def _seen(self) -> tuple[Rows, Floats, Rows, Floats]:
        found: list[Rows | Floats] = []
        for some in (self.first, self.later):
            texts = heard(some.texts[: max(_FEW)], self.desk.language)
            if some is self.later:
                texts = heard(some.texts, self.desk.language)
            found += [rows_for(texts, self.desk.language), logits(texts, self.base)]
        return tuple(found)  # type: ignore[return-value]  # in pairs, as they were put there

    def of_base(self) -> float:
        """Give the AUC of the model that it starts from."""
        return auc(self.later.unwelcome, self._seen[3])

    def learnt(self, count: int) -> tuple[float, float]:
        """Give the AUCs after so many decisions: of those alone, and beside the base."""
        seen, base, later, later_base = self._seen
        own, truth = part(seen, 0, count), self.first.unwelcome[:count].astype(np.float32)
        force = CivilityModel(self.base).force
        found = (
            alone(own, truth, force=force),
            beside(own, base[:count], truth, force=force),
        )
        each = [
            auc(self.later.unwelcome, logits_with(one, later, later_base)) for one in found
        ]
        return each[0], each[1]

    def lesson(self, count: int) -> Lesson:
        """Give what the desk is offered after so many decisions."""
        pairs = zip(self.first.texts[:count], self.first.unwelcome, strict=False)
        decided = [
            Decided(
                text=text,
                unwelcome=bool(bad),
                decision=at + 1,
                day=date(2026, 1, 1) + timedelta(days=at // _DAYS),
            )
            for at, (text, bad) in enumerate(pairs)
        ]
        base = CivilityModel(self.base)
        return learn(decided, shipped=base, present=base, seen=0)


def simulation(data: Path, desk: Desk) -> Simulation:
    """Give a desk whose letters are in an order of chance."""
    some = [
        (row["text"], desk.corpus.unwelcome(row) > 0.5)
        for row in rows(data, desk.corpus.name)
    ]
    chance = random.Random(_SEED)  # noqa: S311 -- draws examples, guards nothing
    chance.shuffle(some)
    if desk.later:
        later = [
            (row["text"], desk.corpus.unwelcome(row) > 0.5)
            for row in rows(data, desk.later)
        ]
        chance.shuffle(later)
    else:
        some, later = some[_LATER:], some[:_LATER]
    return Simulation(
        desk, _letters(some), _letters(later[:_LATER]), _base(data, desk.language, desk)
    )


def _letters(some: Sequence[tuple[str, bool]]) -> Letters:
    return Letters([text for text, _ in some], np.array([bad for _, bad in some]))


def _base(data: Path, language: str, desk: Desk) -> Weights:
    """Give a model of the other sources: regression and twin, without our sentences."""
    taught = list(examples(data, language, without=[desk.corpus.name]))
    taught = taught[:: max(1, len(taught) // _OF_BASE)]
    held = [each for each in taught if is_held(each)]
    lesson = [each for each in taught if not is_held(each)]
    seen = rows_of_examples(lesson, language)
    plain = learnt(task_of(lesson, seen, force=forces(2.0)), ridge=0.2, rounds=25)
    scored = rows_of_examples(held, language).times(plain)
    slope, offset = calibrated(scored, np.array([each.unwelcome for each in held]))
    settings = Settings(
        language=language,
        version="simulated",
        middle=1.0,
        plain_share=1.0,
        sentence_share=0.0,
        slope=slope,
        offset=offset,
    )
    return Weights(settings, plain, np.zeros(len(plain) // FOLD, dtype=np.float32))


def curve(simulations: Sequence[Simulation]) -> Table:
    """Give the AUC after few and more decisions."""
    lines = []
    for one in simulations:
        each = [one.learnt(count) for count in _FEW]
        lines.append(
            [
                one.desk.name,
                f"{one.of_base():.3f}",
                *(f"{desk:.3f} / {both:.3f}" for desk, both in each),
                one.desk.known or "–",
            ]
        )
    return Table(
        title="AUC after so many decisions: theirs alone / beside the first model",
        head=("desk", "at first", *(f"{count:,}" for count in _FEW), "aim"),
        rows=lines,
        remarks=[
            "Aim: the baseline measured before, the better of both at each point. Its "
            "first model learnt from other rows, so compare what is gained as well. How "
            "strongly weights are held back was chosen on these letters.",
        ],
    )


def offered(simulations: Sequence[Simulation]) -> Table:
    """Give what the desk is offered, and what it is worth on later letters."""
    lines = []
    for one in simulations:
        truth = one.later.unwelcome
        before = chances_of(one.later.texts, one.base)
        for count in _MANY:
            if count > len(one.first.texts) * 1.1:
                continue
            begun = perf_counter()
            lesson = one.lesson(count)
            taken = perf_counter() - begun
            candidate = lesson.candidate
            if candidate is None:
                continue
            card = candidate.card
            after = chances_of(one.later.texts, read(candidate.raw))
            lines.append(
                [
                    one.desk.name,
                    f"{lesson.decisions:,}",
                    card.kind.value,
                    "yes" if card.is_better else ", ".join(card.lacks),
                    f"{auc(truth, before):.3f} → {auc(truth, after):.3f}",
                    f"{set_apart(truth, before):.2f} → {set_apart(truth, after):.2f}",
                    f"{card.gain.auc:+.3f} (≥ {card.gain.low:+.3f})",
                    f"{card.mentions[0].below:.3f} → {card.mentions[1].below:.3f}",
                    f"{card.miscalibration:.3f}",
                    f"{taken:.0f}",
                ]
            )
    return Table(
        title="What the desk is offered",
        head=(
            "desk",
            "decisions",
            "made of",
            "better?",
            "AUC later",
            "s95 later",
            "gain on held-out letters",
            "harmless mentions",
            "miscalibration",
            "s",
        ),
        rows=lines,
        remarks=[
            "s95: the share of good letters below the mark that 95 % of the bad reach. "
            "“Better?” is what the editor would be told; else what the candidate lacks. "
            "Later letters judge nothing of it. s: of one core, for the whole lesson.",
        ],
    )


def main() -> None:
    """Simulate and publish."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=DATA)
    options = asked.parse_args()
    simulations = [simulation(options.data, desk) for desk in DESKS]
    publish(
        "learning",
        "Triage: learning at the desk",
        tables=[curve(simulations), offered(simulations)],
        versions=machine.versions("numpy"),
    )


if __name__ == "__main__":
    main()
