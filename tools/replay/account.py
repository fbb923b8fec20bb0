"""The account of a replay: every letter, by what its receipt says."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from letterdesk.domain.text import tame
from tools.replay.reader import Sent, Shown
from tools.replay.rows import Plan, Row, plan

_DECIDED = ("published", "edited", "rejected")


@dataclass(frozen=True, kw_only=True)
class Account:
    """What became of the letters of one language."""

    language: str
    sent: int
    statuses: Mapping[str, int]
    missing: int
    twice: int
    wrong: int
    disagreements: int
    refused: Mapping[str, int]

    def accounted(self) -> int:
        """Give how many letters were published, edited or rejected."""
        return sum(self.statuses.get(status, 0) for status in _DECIDED)

    def is_right(self) -> bool:
        """Say whether every letter is accounted for, once and as decided."""
        faults = (self.missing, self.twice, self.wrong, self.disagreements)
        return self.accounted() == self.sent and not any(faults) and not self.refused

    def cells(self) -> list[str]:
        """Give the row of the table."""
        counts = [self.statuses.get(status, 0) for status in _DECIDED]
        figures = [self.sent, *counts, self.accounted()]
        figures += [self.missing, self.twice, self.wrong, self.disagreements]
        return [self.language, *(f"{figure:,}" for figure in figures)]


def expected(rows: Iterable[Row]) -> dict[str, Plan]:
    """Give text → plan; of letters with the same text, the first one's label counts."""
    plans: dict[str, Plan] = {}
    for row in rows:
        planned = plan(row)
        plans.setdefault(planned.text, planned)
    return plans


def account(
    rows: Sequence[Row],
    sent: Sent,
    answers: Mapping[int, Mapping[str, Any]],
    threads: Sequence[Shown],
) -> Account:
    """Give the account of `rows`, of which `sent` were taken and got these `answers`."""
    plans = expected(rows)
    due = {number: plans[plan(rows[number]).text] for number in sent.receipts}
    statuses = Counter(str(answers.get(number, {}).get("status")) for number in due)
    in_threads = Counter(comment["text"] for shown in threads for comment in shown.comments)
    should_be = Counter(tame(one.published) for one in due.values() if one.published)
    return Account(
        language=rows[0].language,
        sent=len(sent.receipts),
        statuses=statuses,
        missing=sum(count for status, count in statuses.items() if status not in _DECIDED)
        + (should_be - in_threads).total(),
        twice=(in_threads - should_be).total(),
        wrong=sum(
            not _as_decided(one, answers.get(number, {})) for number, one in due.items()
        ),
        disagreements=sum(shown.disagreements() for shown in threads),
        refused=sent.refused,
    )


def _as_decided(due: Plan, answer: Mapping[str, Any]) -> bool:
    """Say whether a receipt's answer is what was decided."""
    return (
        answer.get("status") == due.status
        and answer.get("text") == tame(due.published)  # as everybody is shown it
        and tuple(answer.get("rules", ())) == due.rules
        and bool(answer.get("statement")) == bool(due.rules)
        and bool(answer.get("cuts")) == (due.status == "edited")
        and answer.get("original") == (tame(due.text) if due.status == "edited" else "")
    )
