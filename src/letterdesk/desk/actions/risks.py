"""Say how dangerous stories are: one editor may raise a risk, two have to lower it."""

from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Q

from letterdesk.desk.actions.hold import hold_unshown
from letterdesk.desk.actions.lock import lock_notices
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.undo import take_back
from letterdesk.desk.models import Comment, DeskRisk, Notice, Story
from letterdesk.desk.queries.arrivals import ON_THE_WAY, arrivals
from letterdesk.desk.queries.confirmations import require_confirmed
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.risks import BY_ONE
from letterdesk.desk.queries.stories import risk_mark
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.states import Risk, State


class SecondEditorNeeded(LetterdeskError):
    """One person alone tried to call something ordinary that is sensitive."""

    code = "second-editor-needed"

    def __init__(self) -> None:
        super().__init__(
            "What is sensitive is called ordinary by two editors: one asks, another agrees."
        )


class RiskOutdated(LetterdeskError):
    """A risk, or who asks to lower it, changed while a page that shows it was open."""

    code = "risk-outdated"

    def __init__(self) -> None:
        super().__init__("It has changed meanwhile. Look at it again.")


def weigh(
    row: Story | DeskRisk, wanted: Risk, *, by: Person, seen: str | None = None
) -> Risk:
    """Give the risk that a locked story or desk has after somebody wanted it so.

    Changes only `row.ordinary_wanted_by`; the caller saves it. `seen` is the risk_mark of
    the page that `by` had before her: whoever asks does not agree unknowingly. Raises
    SecondEditorNeeded when who asked would also be who agrees, or when nobody in particular
    asks; RiskOutdated; NotConfirmed when she is nobody of her own yet.
    """
    lowers = wanted is Risk.ORDINARY and row.risk == Risk.SENSITIVE
    if lowers and by.id in {COMMAND.id, row.ordinary_wanted_by_id}:
        raise SecondEditorNeeded
    is_so = row.risk == wanted and row.ordinary_wanted_by_id is None
    if seen is not None and seen != risk_mark(row) and not is_so:
        raise RiskOutdated
    if lowers:
        require_confirmed(by)
        if row.ordinary_wanted_by_id is None:
            row.ordinary_wanted_by_id = by.id
            return Risk.SENSITIVE
    row.ordinary_wanted_by_id = None
    return wanted


def ask_two(story: Story, *, today: date, by: Person) -> None:
    """Let what waits on a story that became sensitive need two people from now on.

    What one person gives readers, and the press has not acted on, is undone; what it has
    published, and no page has shown, is held.
    """
    by_two = Q(state=State.APPROVED, seconded_by__isnull=False)
    waiting = Comment.objects.select_for_update(no_key=True).filter(ON_THE_WAY, story=story)
    midnight = datetime.combine(today, time(), UTC)
    found = arrivals(waiting.exclude(by_two).order_by("id"))
    lock_notices(Notice.objects.filter(story=story))
    for comment in found:
        if comment.awaits_page:
            hold_unshown(comment, by=by, now=midnight)
        else:
            take_back(comment, by=by, now=midnight)
    Comment.objects.filter(story=story).exclude(BY_ONE).update(risk=Risk.SENSITIVE)


@transaction.atomic
def set_desk_risk(
    desk: str, wanted: Risk, *, by: Person, today: date, seen: str | None = None
) -> Risk:
    """Give the least risk of a desk's new stories, as it is then.

    Stories that are there stay as they are. Raises NotYours, SecondEditorNeeded,
    RiskOutdated, NotConfirmed.
    """
    require(by, Permission.STORIES, desk=desk)
    row, _ = DeskRisk.objects.select_for_update().get_or_create(desk=desk)
    before = (row.risk, row.ordinary_wanted_by_id)
    row.risk = weigh(row, wanted, by=by, seen=seen)
    if (row.risk, row.ordinary_wanted_by_id) != before:
        row.save(update_fields=["risk", "ordinary_wanted_by"])
        record(
            "desk-risk-set",
            who=by.username,
            day=today,
            desk=desk,
            risk=str(row.risk),
            ordinary_wanted=row.ordinary_wanted_by_id is not None,
        )
    return Risk(row.risk)
