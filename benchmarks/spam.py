"""How well advertising is told, on what was not learnt from, and what 100 decisions teach.

Reads the labelled data in a folder (by default ../shared/data) and writes results/spam.md:
two minutes on one core.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.report import Table, publish
from benchmarks.spam_kinds import KINDS, advertisements
from letterdesk.triage.advertising.model import FOLD, Weights, sums, weights
from letterdesk.triage.advertising.signs import signs
from letterdesk.triage.measure import auc, set_apart
from letterdesk.triage.model.features import BITS
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.spam import MARK, scores
from letterdesk.triage.training.advertising import lesson, tables
from letterdesk.triage.training.corpora import Example, bare, rows
from letterdesk.triage.training.learn import learnt
from letterdesk.triage.training.train import part_of, rows_of_examples, task_of

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
_DECISIONS = (0, 25, 50, 100)
_DRAWS = 5


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
            "messages are learnt. Some of the rows that count as spam on the video of "
            "Eminem say “Good Morning” or “Hi”.",
        ],
    )


def _measured(taught: Sequence[Example], held: set[str]) -> list[str]:
    known = tables([one for one in taught if bare(one.text) not in held], "en")
    here = {one.text: one.unwelcome for one in taught if bare(one.text) in held}
    truth = np.array([value > 0.5 for value in here.values()])
    found = [signs(text) for text in here]
    ngrams, by_sign = sums([*here], found, known)
    both = ngrams + by_sign
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
        means = np.mean(np.array(draws), axis=0)
        lines.append([kind, *(f"{one:.3f}" for one in means)])
    return Table(
        title="Chinese: kinds of advertising that training has nothing of, by decisions",
        head=("kind", *(f"AUC after {count}" for count in _DECISIONS)),
        rows=lines,
        remarks=[
            "Simulated: no labelled Chinese advertising was to be had, so these ads are "
            "ours (benchmarks/spam_kinds.py), and the figures flatter. Half of a kind's "
            "lines are decided on, beside as many comments of COLD; the other lines and "
            f"comments measure. Mean of {_DRAWS} draws. Aim: 0.98 after 100.",
        ],
    )


def _learning(kind: str, ordinary: Sequence[str], *, seed: int) -> list[float]:
    chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    decided, measured = advertisements(kind, seed=seed)
    comments = chance.sample([*ordinary], len(ordinary))
    rest = comments[max(_DECISIONS) :]
    truth = np.array([True] * len(measured) + [False] * len(rest))
    known = weights("zh")
    if known is None:
        raise SystemExit("There are no weights for Chinese: train them first.")
    before = _logits([*measured, *rest], known)
    figures = []
    for count in _DECISIONS:
        if not count:
            figures.append(auc(truth, before))
            continue
        bad = [chance.choice(decided) for _ in range(count // 2)]
        own = _table(bad, comments[: count - count // 2])
        after = before + _rows([*measured, *rest], own)
        figures.append(auc(truth, after))
    return figures


def _logits(texts: Sequence[str], known: Weights) -> Floats:
    ngrams, by_sign = sums(texts, [signs(text) for text in texts], known)
    settings = known.settings
    return np.asarray(settings.ngrams * ngrams + settings.signs * by_sign)


def _examples(texts: Sequence[str], unwelcome: float) -> list[Example]:
    return [
        Example(text=text, unwelcome=unwelcome, weight=1.0, source="desk") for text in texts
    ]


def _table(bad: Sequence[str], good: Sequence[str]) -> Floats:
    decisions = _examples(bad, 1.0) + _examples(good, 0.0)
    found = rows_of_examples(decisions, "zh").folded(FOLD)
    force = np.ones((1 << BITS) // FOLD, dtype=np.float32)
    return learnt(task_of(decisions, found, force=force), ridge=0.2)


def _rows(texts: Sequence[str], table: Floats) -> Floats:
    return rows_of_examples(_examples(texts, 0.0), "zh").folded(FOLD).times(table)


if __name__ == "__main__":
    main()
