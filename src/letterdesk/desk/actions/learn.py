"""Learn from the decisions of each desk; keep a candidate for an editor to look at."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from django.db import transaction
from django.db.models import Max

from letterdesk.desk.models import DeskModel, DeskWeights, LearningMark
from letterdesk.desk.models import Lesson as Row
from letterdesk.desk.queries.desk_models import InUse, in_use, weights_by_desk
from letterdesk.desk.queries.locks import lock_screening
from letterdesk.desk.queries.stories import desks
from letterdesk.desk.queries.teaching import decided, newest_decision
from letterdesk.triage.learning.lesson import Decided, Lesson, learn
from letterdesk.triage.model.weights import shipped

_ENOUGH = 100  # new decisions after which learning does not wait for the night
_FEWEST = 20  # letters of a language in which a desk works at all
_SHARE = 20  # one in so many of those known: a large desk's next lesson waits longer


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What came of one desk's decisions in one language."""

    desk: str
    language: str
    decisions: int
    has_candidate: bool
    is_better: bool


def learning_is_due(*, today: date) -> bool:
    """Say whether there are enough new decisions, or any since yesterday."""
    mark = LearningMark.objects.filter(pk=1).first()
    seen, day = (mark.decision, mark.day) if mark else (0, None)
    new = newest_decision() - seen
    return new >= _ENOUGH or (new > 0 and day != today)


def learn_from_decisions(*, today: date) -> Iterator[Learnt]:
    """Give what came of each desk and language that has something new.

    Takes up to a minute of the processor for each; nothing is locked meanwhile. Killed at
    any point, what was kept is whole, and the rest is learnt next time.
    """
    newest = newest_decision()
    for desk in desks():
        for language, some in sorted(decided(desk).items()):
            if _is_due(desk, language, some, today=today):
                yield _learn(desk, language, some, today=today)
    LearningMark.objects.update_or_create(pk=1, defaults={"decision": newest, "day": today})


def _is_due(desk: str, language: str, some: Sequence[Decided], *, today: date) -> bool:
    row = Row.objects.filter(desk=desk, language=language).first()
    if row is None:
        return len(some) >= _FEWEST
    if row.facts.get("seen") != _seen(_present(desk, language)):
        return True  # another model is in use than the one that was looked at
    new = sum(one.decision > row.decision for one in some)
    return new >= max(_ENOUGH, len(some) // _SHARE) or (new > 0 and row.day != today)


def _learn(desk: str, language: str, some: Sequence[Decided], *, today: date) -> Learnt:
    known = shipped(language)
    present = _present(desk, language)
    own = weights_by_desk([present])[desk].get(language) if present else None
    seen = _seen(present)
    lesson = learn(some, shipped=known, present=own or known, seen=seen)
    last = some[-1].decision
    _keep(desk, language, lesson, present=present, decision=last, today=today)
    candidate = lesson.candidate
    return Learnt(
        desk=desk,
        language=language,
        decisions=lesson.decisions,
        has_candidate=candidate is not None,
        is_better=candidate is not None and candidate.card.is_better,
    )


def _present(desk: str, language: str) -> InUse | None:
    found = [one for one in in_use() if (one.desk, one.language) == (desk, language)]
    return found[0] if found else None


def _seen(present: InUse | None) -> int:
    """Give the last decision that the model in use learnt from; 0 for the shipped one."""
    return DeskModel.objects.get(pk=present.model).decision if present else 0


@transaction.atomic
def _keep(
    desk: str,
    language: str,
    lesson: Lesson,
    *,
    present: InUse | None,
    decision: int,
    today: date,
) -> None:
    """Put the lesson, and its candidate, in the place of the last one's.

    A candidate that was held against a model which is no longer in use is dropped.
    """
    lock_screening()
    facts = msgspec.to_builtins(
        {
            "seen": _seen(present),
            "decisions": lesson.decisions,
            "unwelcome": lesson.unwelcome,
            "fresh": lesson.fresh,
            "weeks": lesson.weeks,
        }
    )
    Row.objects.update_or_create(
        desk=desk,
        language=language,
        defaults={"decision": decision, "day": today, "facts": facts},
    )
    models = DeskModel.objects.filter(desk=desk, language=language)
    models.filter(taken=None).delete()
    candidate = lesson.candidate
    if candidate is None or _present(desk, language) != present:
        return
    last = models.aggregate(last=Max("number"))["last"] or 0
    row = DeskModel.objects.create(
        desk=desk,
        language=language,
        number=last + 1,
        made=today,
        decision=decision,
        card=msgspec.to_builtins(candidate.card),
        digest=hashlib.sha256(candidate.raw).hexdigest(),
    )
    DeskWeights.objects.create(model=row, raw=candidate.raw)
