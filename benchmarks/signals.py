"""Precision and recall of the signals that no data was labelled for, on cases of our own.

The cases are in tests/triage/cases: people, places and numbers in them are made up. Prints
the table and writes results/signals.md; `--failed` also prints what went wrong.
"""

import argparse
from collections.abc import Sequence

from benchmarks import machine
from benchmarks.report import Table, publish
from benchmarks.signal_cases import LANGUAGES, SIGNALS, Score, scored

_NAMES = "0.85 / 0.80"
_FORMS = "0.95 / 0.90"
AIMS = {
    signal: _NAMES if signal.endswith(("names", "workplaces")) else _FORMS
    for signal in SIGNALS
}


def main() -> None:
    """Print and keep the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.signals", description=__doc__
    )
    parser.add_argument("--failed", action="store_true", help="print what went wrong, too")
    chosen = parser.parse_args()
    found = {
        (signal, language): scored(signal, language)
        for signal in SIGNALS
        for language in LANGUAGES
    }
    publish(
        "signals",
        "Triage: signals on cases of our own",
        versions=machine.versions("letterdesk", "numpy"),
        tables=[
            Table(
                title="Precision and recall",
                head=("signal", "language", "cases", "precision", "recall", "aim"),
                rows=[_row(*key, score) for key, score in found.items()],
                remarks=[
                    "Written by the people who wrote the signals, so that the figures "
                    "flatter; a newsroom's own letters are harder. About half of the cases "
                    "are hard negatives. Some were mended for, none was taken out.",
                ],
            )
        ],
    )
    if chosen.failed:
        for (signal, language), score in found.items():
            print(f"\n{signal}, {language}", *score.failed, sep="\n  ")


def _row(signal: str, language: str, score: Score) -> Sequence[object]:
    figures = (f"{score.precision:.3f}", f"{score.recall:.3f}")
    return signal, language, score.cases, *figures, AIMS[signal]


if __name__ == "__main__":
    main()
