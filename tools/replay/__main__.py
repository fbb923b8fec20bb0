"""Send labelled comments through a whole running newsroom and account for every letter.

Over HTTP alone: letters into the letterbox, decisions through the API as the labels say (a
share of the good ones as cuts), one publication; then every receipt is asked. Sent must be
published + edited + rejected, none twice, none missing; what readers get must be what was
expected, and the pages must agree with the data.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import machine, newsroom, report
from tools.replay import reader, rows
from tools.replay.account import Account, account, expected
from tools.replay.desk import Desk

DATA = Path(__file__).parents[3] / "shared" / "data"
LANGUAGES = ("ko", "zh-Hans")
_STORIES = 10  # for each language
_HEAD = (
    "language", "sent", "published", "edited", "rejected", "accounted for", "missing",
    "twice", "wrong", "pages disagree",
)  # fmt: skip


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tools.replay", description=__doc__)
    parser.add_argument("--letters", type=int, default=5_000, help="in each language")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--made-up", action="store_true", help="do without the data")
    chosen = parser.parse_args()
    listed = [
        list(rows.made_up(language, chosen.letters))
        if chosen.made_up
        else rows.read(chosen.data, language, chosen.letters)
        for language in LANGUAGES
    ]
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        accounts, times = run(Path(folder) / "newsroom", listed)
    report.publish(
        "replay",
        "Real comments, accounted for",
        versions=machine.versions("letterdesk", "granian", "django"),
        tables=[_table(accounts, times)],
    )
    sys.exit(not all(one.is_right() for one in accounts))


def run(
    folder: Path, listed: Sequence[Sequence[rows.Row]], *, stories_each: int = _STORIES
) -> tuple[list[Account], dict[str, float]]:
    """Give the account of each list of rows, and the seconds that each step took."""
    room = newsroom.make(folder, settings={"worker": {"collect_seconds": 1}})
    stories = [list(_stories(room, some[0].language, stories_each)) for some in listed]
    newsroom.call("publish", str(folder))
    token = newsroom.add_token(room, "replay")
    times: dict[str, float] = {}
    with newsroom.serving(room):
        desk = Desk(port=room.desk, token=token)
        since = time.perf_counter()

        def step(name: str) -> None:
            nonlocal since
            times[name], since = time.perf_counter() - since, time.perf_counter()

        sent = [
            reader.send(
                room.letterbox,
                (
                    (number, shelf[number % len(shelf)], row.text)
                    for number, row in enumerate(some)
                ),
            )
            for some, shelf in zip(listed, stories, strict=True)
        ]
        step("letters sent")
        waiting = desk.wait_for(sum(len(one.receipts) for one in sent))
        step("letters at the desk")
        answers = desk.decide(waiting, expected(row for some in listed for row in some))
        step("decisions")
        desk.publish()
        step("publication")
        if set(answers) - {200, 201}:
            print(f"Decisions were answered {dict(answers)}", file=sys.stderr)
        accounts = [
            account(
                some,
                letters,
                reader.ask(room.letterbox, letters.receipts),
                [reader.thread(room.letterbox, story) for story in shelf],
            )
            for some, letters, shelf in zip(listed, sent, stories, strict=True)
        ]
        step("receipts and pages")
    return accounts, times


def _stories(room: newsroom.Newsroom, language: str, count: int) -> Iterator[str]:
    for number in range(count):
        yield newsroom.add_story(room, f"{language}-{number}", language=language)


def _table(accounts: Sequence[Account], times: dict[str, float]) -> report.Table:
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items())
    return report.Table(
        title="Letters, by what their receipts say",
        head=_HEAD,
        rows=[one.cells() for one in accounts],
        remarks=[
            "Korean: K-MHaS's news comments; Chinese: COLD. Rejected is what the label "
            "calls hateful or offensive; one in five of the rest is cut where there is a "
            "word to spare, half of them with a note. “missing”: the receipt does not "
            "say what became of the letter; “twice”: more comments with a text are in "
            "the threads than letters with it were published; “wrong”: status, text, "
            "rules or statement are not what was decided; “pages disagree”: comments "
            "that a page shows otherwise than its data.",
            f"Time: {steps}.",
            *(f"Refused: {dict(one.refused)}" for one in accounts if one.refused),
        ],
    )


if __name__ == "__main__":
    main()
