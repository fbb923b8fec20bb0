"""How fast letters are screened: every signal alone, all of them, and with what is stored.

Letters and stories are the demo's, in three languages, repeated with other numbers in them,
so that none is a copy of another.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarks import machine, newsroom, quiet, report
from letterdesk.demo.contents import contents
from letterdesk.domain.story import beside, plain
from letterdesk.triage.campaign import signatures
from letterdesk.triage.protected_name import Names, forms, names_of
from letterdesk.triage.remembered import forget
from letterdesk.triage.screening import CHECKS, Asked, screen
from letterdesk.triage.signal import Kind

_LETTERS = 2_000  # a language
_ROUNDS = 5
_SIZE = 128  # letters at a time, as the desk asks
_GOAL = 2_000  # letters a second, on one core
_LISTED = (  # nobody's, in three scripts
    *("Daniel Roe", "Ilsa Dorrech", "Maren Tolwick", "Peter Ansgard"),
    *("김민수", "박지영", "최하늘", "王小明", "李晓雨", "热依汗古丽·买买提"),
)
_FIRST = """
from pathlib import Path
from letterdesk.triage.screening import Asked, screen
texts = {"en": "Thank you.", "ko": "좋은 기사 감사합니다.", "zh": "谢谢你们的报道。"}
screen([Asked(text=text, story="", language=tag) for tag, text in texts.items()])
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def main() -> None:
    """Print and keep the table."""
    machine.in_one_thread("benchmarks.screening")
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.screening", description=__doc__
    )
    parser.add_argument("--letters", type=int, default=_LETTERS)
    chosen = parser.parse_args()
    since = quiet.now()
    languages = {tag: _letters(tag, chosen.letters) for tag in ("en", "ko", "zh")}
    rows = [
        (name, *(report.number(_rate(letters, work)) for letters in languages.values()))
        for name, work in _works().items()
    ]
    stored = _stored(languages)
    rows.append(("all signals, stored (SQLite)", *(report.number(one) for one in stored)))
    report.publish(
        "screening",
        "How fast letters are screened",
        versions=machine.versions("letterdesk", "numpy", "django"),
        tables=[
            report.Table(
                title="Letters a second on one core",
                head=("", "English", "Korean", "Chinese"),
                rows=rows,
                remarks=[
                    "A signal alone works out for itself what all together work out once. "
                    "Protected names cost what is tried for them; most sites list none. "
                    f"Aim for all signals: {_GOAL:,}. By the processor's clock, the best "
                    f"of {_ROUNDS} rounds; letters of the demo newsroom, about "
                    + ", ".join(
                        f"{_mean(letters)} characters ({tag})"
                        for tag, letters in languages.items()
                    )
                    + f" each; others used {since.disturbance():.2f} cores meanwhile.",
                ],
            ),
            report.Table(
                title="A process of its own",
                head=("", "measured", "aim"),
                rows=_alone(),
                remarks=["From its start until a letter in each language is answered."],
            ),
        ],
    )


def _works() -> dict[str, Callable[[Sequence[Asked]], object]]:
    alone: dict[str, Callable[[Sequence[Asked]], object]]
    alone = {kind.value: check for kind, check in CHECKS.items()}
    names = CHECKS[Kind.PROTECTED_NAME]
    return alone | {
        f"protected_name, {len(_LISTED)} listed": lambda some: names(_named(some)),
        "campaign (signature)": lambda some: signatures([one.text for one in some]),
        "all signals": screen,
        f"all signals, {len(_LISTED)} names listed": lambda some: screen(_named(some)),
    }


def _named(some: Sequence[Asked]) -> list[Asked]:
    """Give letters that are looked at for people who must not be named."""
    return [replace(one, names=_names()) for one in some]


@cache
def _names() -> Names:
    key = bytes(32)
    each = [names_of(forms(one, key=key), label=one, key=key) for one in _LISTED]
    return Names(
        key=key,
        exact={digest: label for one in each for digest, label in one.exact.items()},
        near={digest: label for one in each for digest, label in one.near.items()},
        kinds=frozenset().union(*(one.kinds for one in each)),
    )


def _rate(letters: Sequence[Asked], work: Callable[[Sequence[Asked]], object]) -> float:
    work(letters[:_SIZE])
    forget()
    best = 0.0
    for _ in range(_ROUNDS):
        started = time.process_time()
        for at in range(0, len(letters), _SIZE):
            work(letters[at : at + _SIZE])
            forget()  # what one round worked out must not serve the next
        best = max(best, len(letters) / (time.process_time() - started))
    return best


def _alone() -> list[tuple[str, str, str]]:
    """Give the seconds and the memory that the first letters take in a new process."""
    seconds, megabytes = [], []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _FIRST], check=True, capture_output=True, text=True
        )
        seconds.append(time.perf_counter() - started)
        megabytes.append(int(done.stdout) / 1024)
    return [
        (f"seconds, the best of {_ROUNDS}", f"{min(seconds):.2f}", "under 1"),
        ("memory at most, MB", f"{max(megabytes):.0f}", "under 300"),
    ]


def _letters(tag: str, count: int) -> list[Asked]:
    chance = random.Random(5)  # noqa: S311 -- repeatable, not secret
    stories = [one for one in contents().stories if one.language.split("-")[0] == tag]
    return [
        Asked(
            text=f"{one.text} ({chance.randrange(10**6)})",
            name=one.name,
            story=plain(story.body),
            beside=beside(story.headline, story.caption),
            language=story.language,
        )
        for number in range(count)
        for story in [stories[number * len(stories) // count]]
        for one in [chance.choice(story.comments)]
    ]


def _mean(letters: Sequence[Asked]) -> int:
    return sum(len(one.text) for one in letters) // len(letters)


def _stored(languages: dict[str, list[Asked]]) -> list[float]:
    """Give letters a second from row to rows, in a newsroom of its own."""
    with tempfile.TemporaryDirectory(prefix="screening-") as folder:
        room = newsroom.make(Path(folder) / "newsroom")
        newsroom.open_desk(room.folder)
        from benchmarks import screening_work as work  # noqa: PLC0415 -- after open_desk

        return [work.rate(letters) for letters in languages.values()]


if __name__ == "__main__":
    main()
