"""Hand a tip over, and wipe it here."""

from datetime import date

from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.rulings import Answered, TakenBack
from letterdesk.desk.models import Tip
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.tips import TipView, find_tip, tip_view
from letterdesk.domain.errors import LetterdeskError


class TipNotTaken(LetterdeskError):
    """A tip that nobody has downloaded is not wiped."""

    code = "tip-not-taken"

    def __init__(self) -> None:
        super().__init__(
            "Nobody has downloaded this tip yet. Download it first; then it can be wiped."
        )


@transaction.atomic
def take_tip(public_id: str, *, by: Person, today: date) -> TipView:
    """Give a tip to an editor who downloads it; it stays here until it is wiped.

    Raises NotFound, NotYours, TakenBack, Answered.
    """
    require(by, Permission.SEE_TIPS)
    found = _open(public_id, by=by)
    Tip.objects.filter(pk=found.pk).update(taken_by=by.id)
    record("tip-downloaded", who=by.username, day=today, tip=public_id)
    return tip_view(by, public_id)


@transaction.atomic
def wipe_tip(public_id: str, *, by: Person, today: date) -> None:
    """Erase a tip that an editor has downloaded, and all that leads to its sender.

    What stays is that there was one: its id, so that it is not taken in a second time, and
    an entry in the log. Raises NotFound, NotYours, TakenBack, Answered, TipNotTaken.
    """
    require(by, Permission.SEE_TIPS)
    found = _open(public_id, by=by)
    if found.taken_by_id is None:
        raise TipNotTaken
    Tip.objects.filter(pk=found.pk).update(
        text="",
        name="",
        contact="",
        lookup="",
        outcome_key=b"",
        action_digest=b"",
        is_open=False,
    )
    record("tip-handed-over", who=by.username, day=today, tip=public_id)


def _open(public_id: str, *, by: Person) -> Tip:
    found = find_tip(by, public_id)
    row = Tip.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.is_withdrawn:
        raise TakenBack
    if not row.is_open:
        raise Answered
    return row
