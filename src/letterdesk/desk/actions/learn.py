"""Learn from the decisions of each desk; keep a candidate for an editor to look at."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import msgspec
from django.db import transaction
from django.db.models import Max

from letterdesk.desk.models import DeskModel, DeskWeights, LearningMark
from letterdesk.desk.models import Lesson as Row
from letterdesk.desk.queries.desk_models import WeightsBroken, model_of
from letterdesk.desk.queries.learning import Subject
from letterdesk.desk.queries.locks import lock_screening
from letterdesk.desk.queries.models_in_use import InUse, in_use
from letterdesk.desk.queries.stories import desks
from letterdesk.desk.queries.teaching import decided, newest_decision
from letterdesk.triage.learning.lesson import Candidate, Decided, Lesson, learn
from letterdesk.triage.learning.models import BARS, Model, shipped_model

_ENOUGH = 100  # new decisions after which learning does not wait for the night
_FEWEST = 20  # letters of a language in which a desk works at all
_SHARE = 20  # one in so many of those known: a large desk's next lesson waits longer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What came of one desk's decisions in one language, for one signal."""

    desk: str
    language: str
    signal: str
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
    """Give what came of each desk, signal and language that has something new.

    Takes up to a minute of the processor for each; nothing is locked meanwhile. Killed at
    any point, what was kept is whole, and the rest is learnt next time.
    """
    newest = newest_decision()
    for desk, signal in product(desks(), BARS):
        for language, some in sorted(decided(desk, signal).items()):
            subject = Subject(desk=desk, language=language, signal=signal)
            if _is_due(subject, some, today=today):
                yield _learn(subject, some, today=today)
    LearningMark.objects.update_or_create(pk=1, defaults={"decision": newest, "day": today})


def _is_due(subject: Subject, some: Sequence[Decided], *, today: date) -> bool:
    row = Row.objects.filter(**subject.key).first()
    if row is None:
        return len(some) >= _FEWEST and any(one.unwelcome for one in some)
    if row.facts.get("seen") != _seen(_present(subject)):
        return True  # another model is in use than the one that was looked at
    new = sum(one.decision > row.decision for one in some)
    return new >= max(_ENOUGH, len(some) // _SHARE) or (new > 0 and row.day != today)


def _learn(subject: Subject, some: Sequence[Decided], *, today: date) -> Learnt:
    known = shipped_model(subject.signal, subject.language)
    present = _present(subject)
    own = _own(present) if present else None
    lesson = learn(some, shipped=known, present=own or known, seen=_seen(present))
    last = some[-1].decision
    _keep(subject, lesson, present=present, decision=last, today=today)
    candidate = lesson.candidate
    return Learnt(
        desk=subject.desk,
        language=subject.language,
        signal=subject.signal.value,
        decisions=lesson.decisions,
        has_candidate=candidate is not None,
        is_better=candidate is not None and candidate.card.is_better,
    )


def _present(subject: Subject) -> InUse | None:
    asked = (subject.desk, subject.language, subject.signal)
    found = [one for one in in_use() if (one.desk, one.language, one.signal) == asked]
    return found[0] if found else None


def _own(present: InUse) -> Model | None:
    """Give the model in use; None where its weights are broken."""
    try:
        return model_of(present.signal, present.model, present.digest)
    except WeightsBroken as error:
        _log.error("code=%s %s", error.code, error.sentence)
        return None


def _seen(present: InUse | None) -> int:
    """Give the last decision that the model in use learnt from; 0 for the shipped one."""
    return DeskModel.objects.get(pk=present.model).decision if present else 0


@transaction.atomic
def _keep(
    subject: Subject,
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
        desk=subject.desk,
        language=subject.language,
        signal=subject.signal.value,
        defaults={"decision": decision, "day": today, "facts": facts},
    )
    DeskModel.objects.filter(**subject.key, taken=None).delete()
    if lesson.candidate and _present(subject) == present:
        _offer(subject, lesson.candidate, decision=decision, today=today)


def _offer(subject: Subject, candidate: Candidate, *, decision: int, today: date) -> None:
    models = DeskModel.objects.filter(**subject.key)
    last = models.aggregate(last=Max("number"))["last"] or 0
    row = DeskModel.objects.create(
        **subject.key,
        number=last + 1,
        made=today,
        decision=decision,
        card=msgspec.to_builtins(candidate.card),
        digest=hashlib.sha256(candidate.raw).hexdigest(),
    )
    DeskWeights.objects.create(model=row, raw=candidate.raw)
