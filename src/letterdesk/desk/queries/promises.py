"""What may be promised of groups by score, and which letters are audited."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from letterdesk.desk.models import Comment, Copy, GroupPromise, Signal, Unwelcome
from letterdesk.desk.queries.models_in_use import in_use
from letterdesk.desk.queries.risks import risk_of
from letterdesk.domain.states import Risk
from letterdesk.triage import screening
from letterdesk.triage.model.weights import main_language
from letterdesk.triage.promise import Promise, promise, quiet_score
from letterdesk.triage.signal import Kind

AUDITED = 0.05  # of all letters, by lot: they are decided on one at a time
NOTHING_YET = promise((), highest=0.0)
_LOT = b"letterdesk/audit/1"
_MOST_COPIES = 200


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A promise as it is kept; `audits` counts the audited letters among those seen."""

    promise: Promise
    audits: int


class Scorers:
    """What scores letters: a version of the checks, and a desk's model if it has one."""

    def __init__(self) -> None:
        self._models = {
            (one.desk, one.language): one.number
            for one in in_use()
            if one.signal is Kind.INCIVILITY
        }

    def name(self, desk: str, language: str) -> str:
        """Give what scores of a desk and language are kept under."""
        model = self._models.get((desk, main_language(language)))
        version = screening.version()
        return f"{version}" if model is None else f"{version}.{model}"


def kept(desk: str, language: str) -> Kept:
    """Give what is promised of a desk's letters in a language. Index promise_once."""
    scorer = Scorers().name(desk, language)
    found = GroupPromise.objects.filter(desk=desk, language=language, scorer=scorer)
    row = found.first()
    return _kept(row) if row else Kept(promise=NOTHING_YET, audits=0)


def kept_by_desk() -> dict[str, dict[str, Kept]]:
    """Give what is promised, by desk and language, where anything was seen."""
    found: dict[str, dict[str, Kept]] = defaultdict(dict)
    scorers = Scorers()
    for row in GroupPromise.objects.order_by("desk", "language"):
        if row.scorer == scorers.name(row.desk, row.language):
            found[row.desk][row.language] = _kept(row)
    return found


def is_audited(salt: bytes) -> bool:
    """Say whether a letter is kept out of groups, to be decided on like any other.

    Its `salt` was drawn by `secrets` when it was opened: whoever sent it, scores it or
    decides on it has no say. Once its words are erased, so is the salt: then it is not.
    """
    if not salt:
        return False
    drawn = int.from_bytes(hashlib.sha256(_LOT + salt).digest()[:8], "big")
    return drawn < AUDITED * 2**64


def civility(comment: Comment) -> float | None:
    """Give the score of a letter that a group could have, high or low; else None.

    Its story is ordinary, it was screened as letters are now, and nothing but how civil it
    reads was noticed.
    """
    is_odd = comment.trapped or comment.came_late or comment.lost_parent
    if is_odd or comment.screened != screening.version():
        return None
    if risk_of(comment) is not Risk.ORDINARY:
        return None
    rows = Signal.objects.filter(comment=comment)
    return quiet_score(rows.values_list("of", "kind", "code", "score"))


def is_copy_of_seen(comment: Comment) -> bool:
    """Say whether a near-copy of a letter was counted: no words prove anything twice."""
    group = Copy.objects.filter(comment=comment).values_list("group", flat=True).first()
    if group is None:
        return False
    others = Copy.objects.filter(group=group).exclude(comment=comment)
    some = list(others.values_list("comment", flat=True)[:_MOST_COPIES])
    return Unwelcome.objects.filter(comment__in=some).exists()


def _kept(row: GroupPromise) -> Kept:
    return Kept(
        promise=Promise(
            mark=row.mark, seen=row.seen, missed=row.missed, missing=row.missing
        ),
        audits=row.audits,
    )
