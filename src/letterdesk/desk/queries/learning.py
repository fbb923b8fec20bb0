"""What a desk's decisions have taught, for whoever looks at it."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from django.db.models import Exists, OuterRef

from letterdesk.desk.models import DeskModel, DeskWeights
from letterdesk.desk.models import Lesson as Row
from letterdesk.desk.queries.desk_models import WeightsBroken, fault_of, model_of
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.teaching import decided
from letterdesk.triage.learning.drift import Week, alarm
from letterdesk.triage.learning.lesson import Card
from letterdesk.triage.learning.models import BARS, Model, shipped_model
from letterdesk.triage.learning.terms import Term, rising
from letterdesk.triage.signal import Kind

_LATELY = 400  # letters of each outcome in which words are counted
_MONTH = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class ModelView:
    """A model that a desk has learnt; `can_return` while its weights are kept."""

    id: int
    number: int
    made: date
    taken: date | None
    taken_by: str
    decision: int  # the last that it learnt from
    digest: str
    card: Card
    can_return: bool


@dataclass(frozen=True, kw_only=True)
class Need:
    """How many of something there are, and how many it takes."""

    found: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether there are enough."""
        return self.found >= self.needed


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a lesson is about: a desk, a language, and the signal that decisions teach."""

    desk: str
    language: str
    signal: Kind
    has_news: bool = False  # a better candidate, or an alarm

    @property
    def key(self) -> dict[str, str]:
        """The columns that its rows are found by."""
        return {"desk": self.desk, "language": self.language, "signal": self.signal.value}


@dataclass(frozen=True, kw_only=True)
class Learning:
    """Everything that is known of one subject.

    `needs` are decisions, unwelcome and welcome: of all, or, when a model of the desk's own
    is in use, of those that it has not learnt from; none where those were not counted yet.
    """

    subject: Subject
    looked: date
    needs: tuple[Need, ...]
    in_use: ModelView | None
    is_broken: bool
    candidate: ModelView | None
    earlier: tuple[ModelView, ...]
    weeks: tuple[Week, ...]


def subjects(person: Person) -> tuple[Subject, ...]:
    """Give what was looked at of her desks, in order. Raises NotYours."""
    require(person, Permission.SEE_REPORTS)
    rows = Row.objects.order_by("desk", "language", "signal")
    better = {
        (row.desk, row.language, row.signal)
        for row in DeskModel.objects.filter(taken=None)
        if card_of(row).is_better
    }
    return tuple(
        Subject(
            desk=row.desk,
            language=row.language,
            signal=Kind(row.signal),
            has_news=(row.desk, row.language, row.signal) in better
            or alarm(_weeks(row)) is not None,
        )
        for row in rows
        if person.sees(row.desk)
    )


def better_candidates(person: Person) -> int:
    """Give for how many subjects of hers a better model waits for an editor's click."""
    rows = DeskModel.objects.filter(taken=None)
    return sum(person.sees(row.desk) and card_of(row).is_better for row in rows)


def subject_of(person: Person, desk: str, language: str, signal: str) -> Subject:
    """Give one of her `subjects`. Raises NotFound when nothing was looked at there."""
    for one in subjects(person):
        if (one.desk, one.language, one.signal) == (desk, language, signal):
            return one
    raise NotFound("lesson-unknown", "Nothing was learnt there yet.")


def learning(person: Person, subject: Subject) -> Learning:
    """Give what is known of a subject. Raises NotFound, NotYours."""
    require(person, Permission.SEE_REPORTS, desk=subject.desk)
    row = Row.objects.filter(**subject.key).first()
    if row is None:
        raise NotFound("lesson-unknown", "Nothing was learnt there yet.")
    rows = DeskModel.objects.filter(**subject.key)
    kept = DeskWeights.objects.filter(model=OuterRef("pk"))
    ordered = rows.annotate(is_kept=Exists(kept)).order_by("-number")
    known = [(one, _view(one)) for one in ordered.select_related("taken_by")]
    used = next((view for one, view in known if one.in_use), None)
    return Learning(
        subject=subject,
        looked=row.day,
        needs=_needs(row, used),
        in_use=used,
        is_broken=used is not None
        and fault_of(subject.signal, used.id, used.digest) is not None,
        candidate=next((view for _, view in known if view.taken is None), None),
        earlier=tuple(view for one, view in known if view.taken and not one.in_use),
        weeks=_weeks(row),
    )


def new_words(person: Person, found: Learning) -> tuple[Term, ...]:
    """Give words that rise in the last month's rejections and that the model lacks.

    They are counted anew each time, in letters that are there now: none is kept.
    """
    require(person, Permission.SEE_REPORTS, desk=found.subject.desk)
    asked = found.subject
    some = decided(asked.desk, asked.signal, most=_LATELY).get(asked.language, [])
    if not some:
        return ()
    since = max(one.day for one in some) - _MONTH
    lately = [one.text for one in some if one.unwelcome and one.day > since]
    others = [one.text for one in some if not one.unwelcome or one.day <= since]
    return rising(lately, others, score=_model(found).scores)


def card_of(row: DeskModel) -> Card:
    """Give a model's card."""
    return msgspec.convert(row.card, Card)


def _model(found: Learning) -> Model:
    """Give the model in use; the shipped one where its weights are broken."""
    if found.in_use:
        try:
            return model_of(found.subject.signal, found.in_use.id, found.in_use.digest)
        except WeightsBroken:
            pass
    return shipped_model(found.subject.signal, found.subject.language)


def _view(row: DeskModel) -> ModelView:
    return ModelView(
        id=row.pk,
        number=row.number,
        made=row.made,
        taken=row.taken,
        taken_by=row.taken_by.username if row.taken_by else "",
        decision=row.decision,
        digest=row.digest,
        card=card_of(row),
        can_return=bool(getattr(row, "is_kept", False)),
    )


def _needs(row: Row, used: ModelView | None) -> tuple[Need, ...]:
    if row.facts.get("seen") != (used.decision if used else 0):
        return ()
    bar = BARS[Kind(row.signal)]
    if used:
        unwelcome, welcome = row.facts["fresh"]
        least, each = 2 * bar.each, bar.each
    else:
        unwelcome = row.facts["unwelcome"]
        welcome = row.facts["decisions"] - unwelcome
        least, each = bar.decisions, 2 * bar.each
    return (
        Need(found=unwelcome + welcome, needed=least),
        Need(found=unwelcome, needed=each),
        Need(found=welcome, needed=each),
    )


def _weeks(row: Row) -> tuple[Week, ...]:
    return msgspec.convert(row.facts["weeks"], tuple[Week, ...])
