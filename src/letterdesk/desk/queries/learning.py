"""What a desk's decisions have taught, for whoever looks at it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import msgspec
from django.db.models import Exists, OuterRef

from letterdesk.desk.models import DeskModel, DeskWeights
from letterdesk.desk.models import Lesson as Row
from letterdesk.desk.queries.desk_models import WeightsBroken, is_whole, weights_of
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.teaching import decided
from letterdesk.triage.incivility import chances_of
from letterdesk.triage.learning.drift import Week, alarm
from letterdesk.triage.learning.lesson import LEAST, LEAST_EACH, Card
from letterdesk.triage.learning.terms import Term, rising
from letterdesk.triage.model.weights import Weights, weights

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
class Pair:
    """A desk and a language in which it has decided."""

    desk: str
    language: str
    has_news: bool  # a better candidate, or an alarm


@dataclass(frozen=True, kw_only=True)
class Learning:
    """Everything that is known of one pair.

    `needs` are decisions, unwelcome and welcome: of all, or, when a model of the desk's own
    is in use, of those that it has not learnt from; none where those were not counted yet.
    """

    pair: Pair
    looked: date
    needs: tuple[Need, ...]
    in_use: ModelView | None
    is_broken: bool
    candidate: ModelView | None
    earlier: tuple[ModelView, ...]
    weeks: tuple[Week, ...]


def pairs(person: Person) -> tuple[Pair, ...]:
    """Give the pairs of her desks, in order. Raises NotYours."""
    require(person, Permission.SEE_REPORTS)
    rows = Row.objects.order_by("desk", "language")
    better = {
        (row.desk, row.language)
        for row in DeskModel.objects.filter(taken=None)
        if card_of(row).is_better
    }
    return tuple(
        Pair(
            desk=row.desk,
            language=row.language,
            has_news=(row.desk, row.language) in better or alarm(_weeks(row)) is not None,
        )
        for row in rows
        if person.sees(row.desk)
    )


def better_candidates(person: Person) -> int:
    """Give for how many pairs of her desks a better model waits for an editor's click."""
    rows = DeskModel.objects.filter(taken=None)
    return sum(person.sees(row.desk) and card_of(row).is_better for row in rows)


def require_pair(person: Person, desk: str, language: str) -> None:
    """Raise NotFound when nothing was looked at there, or it is not one of her desks."""
    found = any((one.desk, one.language) == (desk, language) for one in pairs(person))
    if not found:
        raise NotFound("lesson-unknown", "Nothing was learnt there yet.")


def learning(person: Person, pair: Pair) -> Learning:
    """Give what is known of a pair. Raises NotFound, NotYours."""
    require(person, Permission.SEE_REPORTS, desk=pair.desk)
    row = Row.objects.filter(desk=pair.desk, language=pair.language).first()
    if row is None:
        raise NotFound("lesson-unknown", "Nothing was learnt there yet.")
    rows = DeskModel.objects.filter(desk=pair.desk, language=pair.language)
    kept = DeskWeights.objects.filter(model=OuterRef("pk"))
    ordered = rows.annotate(is_kept=Exists(kept)).order_by("-number")
    known = [(one, _view(one)) for one in ordered.select_related("taken_by")]
    used = next((view for one, view in known if one.in_use), None)
    return Learning(
        pair=pair,
        looked=row.day,
        needs=_needs(row, used),
        in_use=used,
        is_broken=used is not None and not is_whole(used.id, used.digest),
        candidate=next((view for _, view in known if view.taken is None), None),
        earlier=tuple(view for one, view in known if view.taken and not one.in_use),
        weeks=_weeks(row),
    )


def new_words(person: Person, found: Learning) -> tuple[Term, ...]:
    """Give words that rise in the last month's rejections and that the model lacks.

    They are counted anew each time, in letters that are there now: none is kept.
    """
    require(person, Permission.SEE_REPORTS, desk=found.pair.desk)
    some = decided(found.pair.desk, most=_LATELY).get(found.pair.language, [])
    if not some:
        return ()
    since = max(one.day for one in some) - _MONTH
    lately = [one.text for one in some if one.unwelcome and one.day > since]
    others = [one.text for one in some if not one.unwelcome or one.day <= since]
    known = _weights(found)
    return rising(lately, others, score=partial(chances_of, known=known)) if known else ()


def card_of(row: DeskModel) -> Card:
    """Give a model's card."""
    return msgspec.convert(row.card, Card)


def _weights(found: Learning) -> Weights | None:
    if found.in_use:
        try:
            return weights_of(found.in_use.id, found.in_use.digest)
        except WeightsBroken:
            pass
    return weights(found.pair.language)


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
    if used:
        unwelcome, welcome = row.facts["fresh"]
        least, each = 2 * LEAST_EACH, LEAST_EACH
    else:
        unwelcome = row.facts["unwelcome"]
        welcome = row.facts["decisions"] - unwelcome
        least, each = LEAST, 2 * LEAST_EACH
    return (
        Need(found=unwelcome + welcome, needed=least),
        Need(found=unwelcome, needed=each),
        Need(found=welcome, needed=each),
    )


def _weeks(row: Row) -> tuple[Week, ...]:
    return msgspec.convert(row.facts["weeks"], tuple[Week, ...])
