"""How well triage's model tells the unwelcome: beside what was measured before it.

Reads the labelled data in a folder (by default ../shared/data) and writes
results/triage.md. With `--sources`, also trains English without each of its sources in
turn and scores that one: about ten minutes on one core.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks import machine
from benchmarks.report import Table, number, publish
from benchmarks.triage_disguises import DISGUISES
from benchmarks.triage_identity import KOREAN
from benchmarks.triage_sources import across_sources
from letterdesk.triage.incivility import MARK, scores
from letterdesk.triage.measure import auc, macro_f1, set_apart
from letterdesk.triage.model.lexicon import phrases
from letterdesk.triage.model.weights import read, weights
from letterdesk.triage.training.corpora import Example, examples, rows
from letterdesk.triage.training.train import is_held

DATA = Path(__file__).parents[2] / "shared/data"
_SAMPLES = 300  # of the bootstrap
_SEED = 5
_COMMON = 500  # words that are scored by themselves
_WELCOME = {"en": "en_jigsaw_wiki_train", "ko": "ko_kmhas_train", "zh": "zh_cold_train"}
_TWO_HAN = re.compile("(?=([\u4e00-\u9fff]{2}))")  # overlapping
Flags = NDArray[np.bool_]
Scores = NDArray[np.float32]
Figure = Callable[[Flags, Scores], float]


@dataclass(frozen=True)
class Scored:
    """A file's rows with the default model's scores."""

    language: str
    rows: list[dict[str, str]]
    unwelcome: Flags

    @cached_property
    def scores(self) -> Scores:
        """Give the default model's scores."""
        return _scores([row["text"] for row in self.rows], self.language)

    def interval(self, figure: Figure) -> str:
        """Give a figure with the middle 95 % of its bootstrap."""
        chance = np.random.default_rng(_SEED)
        drawn = [
            figure(self.unwelcome[some], self.scores[some])
            for some in chance.integers(len(self.rows), size=(_SAMPLES, len(self.rows)))
        ]
        low, high = np.quantile(drawn, [0.025, 0.975])
        return f"{figure(self.unwelcome, self.scores):.3f} ({low:.3f}–{high:.3f})"


def _scores(texts: list[str], language: str) -> Scores:
    found = scores(texts, language=language)
    if found is None:
        raise SystemExit(f"There are no weights for {language}: train them first.")
    return np.asarray(found)


def _scored(
    data: Path, name: str, language: str, *, unwelcome: Callable[[dict[str, str]], bool]
) -> Scored:
    found = list(rows(data, name))
    return Scored(language, found, np.array([unwelcome(row) for row in found]))


def sets(data: Path) -> dict[str, Scored]:
    """Give the files for evaluation, scored when asked."""
    return {
        "kmhas": _scored(
            data, "ko_kmhas_eval", "ko", unwelcome=lambda r: r["labels"] != "8"
        ),
        "koco": _scored(data, "ko_koco_dev", "ko", unwelcome=lambda r: r["hate"] != "none"),
        "cold": _scored(data, "zh_cold_eval", "zh", unwelcome=lambda r: r["label"] == "1"),
        "mhc": _scored(
            data, "zh_mhc_dev", "zh", unwelcome=lambda r: r["label"] == "hateful"
        ),
        "hatecheck": _scored(
            data, "en_hatecheck_dev", "en", unwelcome=lambda r: r["label"] == "hateful"
        ),
    }


def held_back(data: Path, language: str, source: str) -> list[Example]:
    """Give the training rows of a source that the weights have not learnt from."""
    return [
        each for each in examples(data, language) if each.source == source and is_held(each)
    ]


def best_mark(scored: Scores, unwelcome: Flags) -> float:
    """Give the mark at which most of these are rightly told."""
    marks = np.quantile(scored, np.linspace(0.02, 0.98, 97))
    return float(max(marks, key=lambda mark: ((scored >= mark) == unwelcome).mean()))


def three_classes(data: Path, koco: Scored) -> float:
    """Give koco's three-class macro-F1, by two marks chosen on rows held back."""
    classes = {"none": 0, "offensive": 1, "hate": 2}
    labels = {row["text"]: classes[row["hate"]] for row in rows(data, "ko_koco_train")}
    held = held_back(data, "ko", "ko_koco_train")
    truth = np.array([labels[each.text] for each in held])
    found = _scores([each.text for each in held], "ko")
    levels = np.quantile(found, np.linspace(0.1, 0.95, 40))
    pairs = [(low, high) for low in levels for high in levels if low < high]
    low, high = max(pairs, key=lambda pair: macro_f1(truth, np.digitize(found, pair)))
    dev = np.array([classes[row["hate"]] for row in koco.rows])
    return macro_f1(dev, np.digitize(koco.scores, (low, high)))


def main_table(data: Path, found: dict[str, Scored]) -> Table:
    """Give the issue's table: measured, baseline, aim."""
    held = held_back(data, "zh", "zh_cold_train")
    mark = best_mark(
        _scores([each.text for each in held], "zh"),
        np.array([each.unwelcome > 0.5 for each in held]),
    )
    cold = found["cold"]
    counter = np.array([row["fine"] == "3" for row in cold.rows])
    right = (cold.scores >= mark) == cold.unwelcome
    shown = (cold.scores >= MARK) == cold.unwelcome
    koco_f1 = three_classes(data, found["koco"])
    return Table(
        title="The default model on what it did not learn from",
        head=("evaluation", "figure", "measured (95 % interval)", "baseline", "aim"),
        rows=[
            ("K-MHaS part", "AUC", found["kmhas"].interval(auc), "0.921", "0.94"),
            ("K-MHaS part", "s95", found["kmhas"].interval(set_apart), "0.62", "0.70"),
            ("koco dev", "3-class macro-F1", f"{koco_f1:.3f}", "0.599", "0.65"),
            ("koco dev", "toxic AUC", found["koco"].interval(auc), "0.882", "0.90"),
            ("COLD part", "accuracy", f"{right.mean():.3f}", "0.810", "0.83"),
            ("COLD part", "AUC", cold.interval(auc), "0.878", "0.90"),
            (
                f"COLD counter-speech ({counter.sum()})",
                "accuracy",
                f"{right[counter].mean():.3f}",
                "0.41",
                "0.65",
            ),
            ("COLD part, as the desk marks", "accuracy", f"{shown.mean():.3f}", "", ""),
            (
                "COLD counter-speech, as the desk marks",
                "accuracy",
                f"{shown[counter].mean():.3f}",
                "",
                "",
            ),
            ("HateCheck dev (en)", "AUC", found["hatecheck"].interval(auc), "0.54", "0.80"),
            ("Mandarin HateCheck dev", "AUC", found["mhc"].interval(auc), "0.57", "0.75"),
        ],
        remarks=[
            "s95: the share of good comments below the mark that 95 % of the bad reach. "
            "COLD's mark and koco's two marks were chosen on training rows held back, "
            "not on these files. As the desk marks: from a chance of 0.5 on, where few "
            "comments are thought to be unwelcome.",
            "Not blind: the sentence table's loudness, English's caps and koco's weight "
            "were chosen on these files, and our own sentences were written after reading "
            "some that went wrong in the two HateChecks, whose figures flatter.",
        ],
    )


def mentions(found: dict[str, Scored]) -> Table:
    """Give the share of neutral and positive mentions of groups below the mark."""
    lines: list[tuple[str, str, int, str]] = []
    for name, kinds in (("hatecheck", "en"), ("mhc", "zh")):
        rows_here = found[name].rows
        for kind in ("ident_neutral_nh", "ident_pos_nh"):
            some = np.array([row["functionality"] == kind for row in rows_here])
            share = (found[name].scores[some] < MARK).mean()
            lines.append((kinds, kind, int(some.sum()), f"{share:.3f}"))
    share = (_scores(KOREAN, "ko") < MARK).mean()
    lines.append(("ko", "our own sentences", len(KOREAN), f"{share:.3f}"))
    for language in ("en", "ko", "zh"):
        names = [name for name in phrases(language)["group"] if name]
        share = (_scores(names, language) < MARK).mean()
        lines.append((language, "a name alone", len(names), f"{share:.3f}"))
    return Table(
        title="Neutral and kind mentions of groups below the mark (aim 0.97)",
        head=("language", "kind", "texts", "below the mark"),
        rows=lines,
        remarks=[
            "Names alone are those of the model's own lexicon. In English training takes "
            "out what they count by themselves."
        ],
    )


def single_words(data: Path) -> Table:
    """Give how many of the commonest words of welcome comments are marked by themselves."""
    lines: list[tuple[str, int, int, str]] = []
    for language, source in _WELCOME.items():
        held = held_back(data, language, source)
        texts = [each.text.lower() for each in held if each.unwelcome < 0.5]
        seen = Counter(word for text in texts for word in set(_words(text, language)))
        common = [word for word, _ in seen.most_common(_COMMON)]
        marked = _scores(common, language) >= MARK
        lines.append((language, len(common), int(marked.sum()), f"{marked.mean():.3f}"))
    return Table(
        title="The commonest words of welcome comments, each by itself",
        head=("language", "words", "above the mark", "share"),
        rows=lines,
        remarks=["In Chinese, pairs of characters. Of comments held back from training."],
    )


def _words(text: str, language: str) -> list[str]:
    if language == "zh":
        return _TWO_HAN.findall(text)
    return re.findall(r"[^\W\d_]+", text)


def functions(found: dict[str, Scored]) -> Table:
    """Give, for each functionality, the share told rightly at the mark."""
    lines: list[tuple[str, str, str, int, str]] = []
    for name in ("hatecheck", "mhc"):
        each = found[name]
        kinds = sorted({(row["label"], row["functionality"]) for row in each.rows})
        for label, kind in kinds:
            some = np.array([row["functionality"] == kind for row in each.rows])
            right = ((each.scores >= MARK) == each.unwelcome)[some].mean()
            lines.append((name, label, kind, int(some.sum()), f"{right:.2f}"))
    return Table(
        title="HateCheck and Mandarin HateCheck, each functionality at the mark",
        head=("set", "label", "functionality", "sentences", "right"),
        rows=lines,
    )


def disguised(found: dict[str, Scored]) -> Table:
    """Give the loss of AUC under each disguise."""
    lines: list[tuple[str, str, str, str]] = []
    for name in ("kmhas", "cold", "hatecheck"):
        each = found[name]
        plain = auc(each.unwelcome, each.scores)
        for kind, disguise in DISGUISES[each.language].items():
            chance = random.Random(_SEED)  # noqa: S311 -- draws examples, guards nothing
            texts = [disguise(row["text"], chance) for row in each.rows]
            hidden = auc(each.unwelcome, _scores(texts, each.language))
            lines.append((name, kind, f"{hidden:.3f}", f"{plain - hidden:+.3f}"))
    return Table(
        title="Under a disguise (aim: a loss under 0.03)",
        head=("set", "disguise", "AUC", "loss"),
        rows=lines,
    )


def speed(found: dict[str, Scored]) -> Table:
    """Give seconds and bytes."""
    lines: list[tuple[str, str, str, str, str]] = []
    for name in ("hatecheck", "kmhas", "cold"):
        each = found[name]
        texts = [row["text"] for row in each.rows]
        begun = perf_counter()
        _scores(texts, each.language)
        batch = len(texts) / (perf_counter() - begun)
        begun = perf_counter()
        for text in texts[:300]:
            _scores([text], each.language)
        single = (perf_counter() - begun) / min(300, len(texts)) * 1000
        file = _weights_file(each.language)
        begun = perf_counter()
        read(file.read_bytes())
        load = perf_counter() - begun
        size = file.stat().st_size / 1e6
        lines.append(
            (each.language, number(batch), number(single), f"{load:.3f}", number(size))
        )
    return Table(
        title="Speed and size",
        head=("language", "comments/s, together", "ms, one alone", "s to load", "MB"),
        rows=lines,
    )


def _weights_file(language: str) -> Path:
    folder = Path(__file__).parents[1] / "src/letterdesk/triage/model/weights"
    return folder / f"incivility-{language}.npz"


def main() -> None:
    """Measure and publish."""
    machine.in_one_thread("benchmarks.triage")
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=DATA)
    asked.add_argument("--sources", action="store_true")
    options = asked.parse_args()
    for language in ("en", "ko", "zh"):
        weights(language)
    found = sets(options.data)
    tables = [
        main_table(options.data, found),
        mentions(found),
        single_words(options.data),
        disguised(found),
        functions(found),
        speed(found),
    ]
    if options.sources:
        tables.insert(1, across_sources(options.data))
    publish(
        "triage", "Triage: incivility", tables=tables, versions=machine.versions("numpy")
    )


if __name__ == "__main__":
    main()
