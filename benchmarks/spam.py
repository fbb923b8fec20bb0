"""How well advertising is told, on what was not learnt from, and what 100 decisions teach.

Reads the labelled data in a folder (by default ../shared/data) and writes results/spam.md:
five minutes on one core.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.report import Table, publish
from benchmarks.spam_kinds import KINDS, advertisements
from letterdesk.triage.advertising.model import sums
from letterdesk.triage.advertising.signs import signs
from letterdesk.triage.learning.lesson import Decided, learn
from letterdesk.triage.learning.models import read_model, shipped_model
from letterdesk.triage.measure import auc, set_apart
from letterdesk.triage.signal import Kind
from letterdesk.triage.spam import MARK, scores
from letterdesk.triage.training.advertising import calibrated_tables, lesson
from letterdesk.triage.training.corpora import Example, bare, rows
from letterdesk.triage.training.train import part_of

DATA = Path(__file__).parents[2] / "shared/data"
VIDEOS = {"Psy": (0, 345), "LMFAO": (345, 671), "Eminem": (671, 1057)}  # rows, about
_SMS = "en_sms_spam_train"
_UNSEEN = (  # files, from which row on, each so-manieth
    ("en", "en_toxicspans_train", 3, 6),
    ("en", "en_paradetox_train", 0, 5),
    ("en", "en_hatecheck_dev", 0, 1),
    ("ko", "ko_kmhas_eval", 0, 2),
    ("ko", "ko_koco_dev", 0, 1),
    ("zh", "zh_cold_eval", 0, 1),
    ("zh", "zh_swsr_train", 0, 2),
)
_DECISIONS = (50, 100, 200)
_DRAWS = 3


def main() -> None:
    """Print and keep the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spam", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    publish(
        "spam",
        "Triage: advertising",
        versions=machine.versions("letterdesk", "numpy"),
        tables=[_held_out(data), _alarms(data), _taught(data)],
    )


def _held_out(data: Path) -> Table:
    taught = lesson(data, "en")
    videos = [*rows(data, "en_youtube_spam_train")]
    held = {
        f"comments on a video left out ({name})": {
            bare(row["text"]) for row in videos[first:end]
        }
        for name, (first, end) in VIDEOS.items()
    }
    held["messages, a fifth by hash"] = {
        bare(one.text) for one in taught if one.source == _SMS and part_of(one, 5) == 1
    }
    return Table(
        title="English: what was not learnt from",
        head=("set", "rows", "spam", "signs alone", "n-grams alone", "AUC", "s95"),
        rows=[[name, *_measured(taught, texts)] for name, texts in held.items()],
        remarks=[
            "Aim: AUC 0.99. Measured before, with n-grams and 11 features: 0.986 on two "
            "videos after three were learnt, 0.994 on messages. Here two videos and the "
            "messages are learnt, the shares of n-grams and signs among them: every video "
            "is left out in turn. Version 2 had 0.984, 0.994, 0.960 and 0.987. Eleven of "
            "the rows that count as spam on the video of Eminem are none to a reader "
            "(“Good Morning”, “Hi”, “Yes”): at the middle of the rest they cost 0.03 by "
            "themselves.",
        ],
    )


def _measured(taught: Sequence[Example], held: set[str]) -> list[str]:
    left = [one for one in taught if bare(one.text) not in held]
    known = calibrated_tables(left, "en")
    here = {one.text: one.unwelcome for one in taught if bare(one.text) in held}
    truth = np.array([value > 0.5 for value in here.values()])
    found = [signs(text) for text in here]
    ngrams, by_sign = sums([*here], found, known)
    both = known.settings.ngrams * ngrams + known.settings.signs * by_sign
    figures = (auc(truth, by_sign), auc(truth, ngrams), auc(truth, both))
    return [
        str(len(truth)),
        str(truth.sum()),
        *(f"{one:.3f}" for one in (*figures, set_apart(truth, both))),
    ]


def _alarms(data: Path) -> Table:
    lines = []
    for language, name, first, every in _UNSEEN:
        texts = [row["text"] for row in [*rows(data, name)][first::every]]
        found = scores(texts, language=language) or []
        lines.append((name, len(texts), f"{np.mean(np.array(found) >= MARK):.4f}"))
    return Table(
        title="Comments on other things, shown as advertising",
        head=("file (rows that were not learnt from)", "rows", "share"),
        rows=lines,
        remarks=["Nobody labelled these for advertising; a few of them are."],
    )


def _taught(data: Path) -> Table:
    ordinary = [row["text"] for row in rows(data, "zh_cold_eval")]
    lines = []
    for kind in KINDS:
        draws = [_learning(kind, ordinary, seed=seed) for seed in range(_DRAWS)]
        cells = [f"{np.mean([draw[0].auc for draw in draws]):.3f}"]
        for each in zip(*(draw[1:] for draw in draws), strict=True):
            offered = sum(one.is_offered for one in each)
            mean = np.mean([one.auc for one in each])
            cells.append(f"{mean:.3f} ({offered} of {_DRAWS})")
        lines.append([kind, *cells])
    return Table(
        title="Chinese: kinds of advertising that training has nothing of, by decisions",
        head=(
            "kind",
            "AUC at first",
            *(f"after {count} (offered)" for count in _DECISIONS),
        ),
        rows=lines,
        remarks=[
            "Simulated: no labelled Chinese advertising was to be had, so these ads are "
            "ours (benchmarks/spam_kinds.py), and the figures flatter. Half of a kind's "
            "lines are decided on, beside as many comments of COLD, in an order of chance; "
            "the other lines and comments measure. What is learnt, and whether it is "
            "offered, is the desk's own code: a candidate that is not better for sure "
            f"changes nothing, and the shipped model goes on. Mean of {_DRAWS} draws. Aim: "
            "0.98 after 100.",
        ],
    )


@dataclass(frozen=True, kw_only=True)
class _Point:
    """The AUC of the model that a desk has after some decisions, and if it is a new one."""

    auc: float
    is_offered: bool


def _learning(kind: str, ordinary: Sequence[str], *, seed: int) -> list[_Point]:
    """Give where a desk stands before its first decision, and after some."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    ads, later = advertisements(kind, seed=seed)
    comments = chance.sample([*ordinary], len(ordinary))
    size = max(_DECISIONS)
    some = [(text, True) for text in chance.sample(ads, size // 2)]
    some += [(text, False) for text in comments[: size - size // 2]]
    chance.shuffle(some)
    measured = [*later, *comments[size:]]
    truth = np.array([True] * len(later) + [False] * (len(measured) - len(later)))
    shipped = shipped_model(Kind.SPAM, "zh")
    first = auc(truth, shipped.scores(measured))
    points = [_Point(auc=first, is_offered=False)]
    for count in _DECISIONS:
        lesson = learn(_decided(some[:count]), shipped=shipped, present=shipped, seen=0)
        candidate = lesson.candidate
        if candidate is None or not candidate.card.is_better:
            points.append(_Point(auc=first, is_offered=False))
            continue
        own = read_model(Kind.SPAM, candidate.raw)
        points.append(_Point(auc=auc(truth, own.scores(measured)), is_offered=True))
    return points


def _decided(some: Sequence[tuple[str, bool]]) -> list[Decided]:
    day = date(2026, 1, 1)
    return [
        Decided(text=text, unwelcome=bad, decision=at, day=day + timedelta(days=at // 20))
        for at, (text, bad) in enumerate(some, 1)
    ]


if __name__ == "__main__":
    main()
