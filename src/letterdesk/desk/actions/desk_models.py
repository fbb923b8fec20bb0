"""Choose the model that triage uses for a desk, and the rules that teach it."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.changed_meanwhile import ChangedMeanwhile
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.screen import screen_desk_anew
from letterdesk.desk.models import (
    DeskModel,
    DeskWeights,
    LearningMark,
    Lesson,
    TeachingRule,
)
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.learning import card_of
from letterdesk.desk.queries.locks import lock_screening
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.teaching import choice_mark, taught_rules, teaching_keys
from letterdesk.desk.queries.terms import number_in_force
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.rules import RuleUnknown
from letterdesk.triage.signal import Kind

_NEVER = -1  # no model has learnt up to this decision
_KEPT = 10  # models of a desk and language that one can go back to


class ModelNotBetter(LetterdeskError):
    """A candidate that is not better for sure, or is unfair to a group."""

    code = "model-not-better"


class TeachingOutdated(ChangedMeanwhile):
    """Which rules teach, or which there are, was changed meanwhile."""

    code = "teaching-outdated"


@transaction.atomic
def take_model(model: int, *, by: Person, today: date) -> DeskModel:
    """Give the model that is in use from now on: a candidate, or one that was before.

    What waits is screened anew; until then it keeps its remarks. Raises NotFound, NotYours,
    ModelNotBetter.
    """
    require(by, Permission.LEARNING)
    lock_screening()
    row = DeskModel.objects.select_for_update().filter(pk=model).first()
    if row is None or not DeskWeights.objects.filter(model=row).exists():
        raise NotFound("model-unknown", "There is no such model any more. Look again.")
    require(by, Permission.LEARNING, desk=row.desk)
    if row.taken is None and not card_of(row).is_better:
        raise ModelNotBetter("This model is not better for sure. It cannot be used.")
    if row.in_use:
        return row
    _leave(row.desk, row.language, row.signal, candidate=row.pk)
    row.in_use = True
    row.taken, row.taken_by_id = row.taken or today, row.taken_by_id or by.id
    row.save(update_fields=["in_use", "taken", "taken_by"])
    _forget_oldest(row)
    screen_desk_anew(row.desk)
    record(
        "model-taken",
        who=by.username,
        day=today,
        desk=row.desk,
        language=row.language,
        signal=row.signal,
        model=row.number,
        weights=row.digest,
    )
    return row


@transaction.atomic
def take_shipped(
    desk: str, language: str, signal: Kind, *, by: Person, today: date
) -> None:
    """Go back to the model that comes with Letterdesk. Raises NotYours."""
    require(by, Permission.LEARNING)
    require(by, Permission.LEARNING, desk=desk)
    lock_screening()
    if _leave(desk, language, signal.value, candidate=0):
        screen_desk_anew(desk)
        record(
            "model-left",
            who=by.username,
            day=today,
            desk=desk,
            language=language,
            signal=signal.value,
        )


@transaction.atomic
def choose_rules(
    chosen: Mapping[Kind, Collection[str]],
    *,
    language: str,
    by: Person,
    today: date,
    seen: str | None = None,
) -> None:
    """Have rejections under these rules in force teach a signal, under others not.

    It counts for decisions of whatever day. `seen` marks the choice that she had before
    her. Raises NotYours, TeachingOutdated, RuleUnknown.
    """
    require(by, Permission.LEARNING)
    if by.desks:
        raise NotYours("Which rules teach is for editors of all desks.")
    lock_screening()  # of two who choose, the second one sees what the first one chose
    if seen is not None and seen != choice_mark():
        raise TeachingOutdated
    for signal, keys in chosen.items():
        _choose(signal, keys, language=language, by=by, today=today)


def _choose(
    signal: Kind, keys: Collection[str], *, language: str, by: Person, today: date
) -> None:
    before, rules = teaching_keys(signal), taught_rules(language, signal)
    if unknown := sorted(set(keys) - {one.key for one in rules}):
        raise RuleUnknown(f"There is no rule {unknown[0]} in the Terms of Use.")
    for one in rules:
        TeachingRule.objects.update_or_create(
            key=one.key, signal=signal.value, defaults={"teaches": one.key in keys}
        )
    if teaching_keys(signal) != before:
        teaching = [one for one in taught_rules(language, signal) if one.teaches]
        record(
            "teaching-rules-chosen",
            who=by.username,
            day=today,
            signal=signal.value,
            rules=[one.rule.number for one in teaching],
            terms=number_in_force(),
        )


def _leave(desk: str, language: str, signal: str, *, candidate: int) -> int:
    """Leave the model in use, and drop any other candidate: it was held against that one.

    Gives how many were in use. The worker looks at the decisions again at its next round.
    """
    LearningMark.objects.all().delete()
    for lesson in Lesson.objects.filter(desk=desk, language=language, signal=signal):
        lesson.facts["seen"] = _NEVER
        lesson.save(update_fields=["facts"])
    models = DeskModel.objects.filter(desk=desk, language=language, signal=signal)
    models.filter(taken=None).exclude(pk=candidate).delete()
    return models.filter(in_use=True).update(in_use=False)


def _forget_oldest(row: DeskModel) -> None:
    """Forget the weights of models that were made long before; their cards stay."""
    models = DeskModel.objects.filter(
        desk=row.desk, language=row.language, signal=row.signal, in_use=False
    )
    old = models.order_by("-number").values_list("pk", flat=True)[_KEPT:]
    DeskWeights.objects.filter(model__in=list(old)).delete()
