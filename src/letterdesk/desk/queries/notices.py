"""Notices: what readers report, and how long it took to act."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import QuerySet

from letterdesk.desk.models import Comment, Fate, Notice
from letterdesk.desk.queries.comments import CommentView, view
from letterdesk.desk.queries.decisions import DecisionView, decisions_on
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, may, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.stories import story_value
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.ids import is_id
from letterdesk.domain.rules import Terms
from letterdesk.domain.states import WERE_PUBLISHED, Risk, State
from letterdesk.domain.story import Story

FATES = {  # that a moderator can choose
    "keep": Fate.KEPT,
    "cut": Fate.CUT,
    "take-down": Fate.TAKEN_DOWN,
    "close": Fate.GONE,
}
DANGER = "danger"  # what a notice alleges
_UNFOUNDED = (Fate.KEPT, Fate.WITHDRAWN)
_ACTED = (Fate.CUT, Fate.TAKEN_DOWN, Fate.KEPT)


@dataclass(frozen=True, kw_only=True)
class FoundNotice:
    """A notice's row, and the comment that it is about, if that is certain."""

    pk: int
    comment: Comment | None


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What readers report of a comment: `id` of the notice to read first."""

    id: str
    waiting: int  # notices nobody has decided on
    is_danger: bool  # one of them, or of those that led to it, says so


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """A notice with all that deciding on it needs.

    Who sent it concerns editors: `name` and `contact` are theirs only.
    """

    id: str
    text: str
    alleged: str
    good_faith: bool
    name: str
    contact: str
    has_sender: bool
    arrived: date
    opened: datetime  # UTC, to the hour
    is_open: bool
    fate: str
    others: int  # open notices about the same comment
    comment: CommentView | None
    decisions: tuple[DecisionView, ...]
    story: Story
    terms: Terms
    is_published: bool
    may_decide: bool
    may_reopen: bool


def notice_view(person: Person, public_id: str) -> NoticeView:
    """Give a notice. Raises NotFound, NotYours."""
    found = find_notice(person, public_id)
    row = Notice.objects.select_related("story").get(pk=found.pk)
    comment = found.comment
    open_ones = Notice.objects.filter(comment=comment, is_open=True).exclude(pk=row.pk)
    story, may_see = story_value(row.story), may(person, Permission.SEE_TIPS)
    may_decide = may(person, Permission.DECIDE)
    is_hers = row.decided_by_id == person.id or may(person, Permission.UNDO_OTHERS)
    is_gone = comment is not None and comment.state == State.WITHDRAWN
    is_kept = row.decision_id is None and row.outcome_due and row.fate != Fate.WITHDRAWN
    return NoticeView(
        id=row.public_id,
        text=row.text,
        alleged=row.alleged,
        good_faith=row.good_faith,
        name=row.name if may_see else "",
        contact=row.contact if may_see else "",
        has_sender=bool(row.name or row.contact),
        arrived=row.arrived,
        opened=row.opened,
        is_open=row.is_open,
        fate=row.fate,
        others=open_ones.count() if comment else 0,
        comment=view(comment) if comment else None,
        decisions=decisions_on(comment) if comment else (),
        story=story,
        terms=terms_for(
            story.language, arrived=comment.arrived if comment else row.arrived
        ),
        is_published=is_published(comment),
        may_decide=may_decide and row.is_open,
        may_reopen=may_decide and not (row.is_open or is_gone) and is_kept and is_hers,
    )


def find_notice(person: Person, public_id: str) -> FoundNotice:
    """Give the row of a notice. Raises NotFound, NotYours."""
    require(person, Permission.READ)
    rows = Notice.objects.select_related("story", "comment__story", "comment__reply_to")
    row = rows.filter(public_id=public_id).first() if is_id(public_id) else None
    if row is None:
        raise NotFound("notice-unknown", "There is no such notice. Go back to the letters.")
    require(person, Permission.READ, desk=row.story.desk)
    return FoundNotice(pk=row.pk, comment=row.comment)


def is_published(comment: Comment | None) -> bool:
    """Say whether readers can see the comment, or will until the press has acted."""
    return comment is not None and comment.state == State.PUBLISHED


def reported(comment: Comment) -> Reported | None:
    """Give what readers report of a comment, unless it is settled.

    While readers do not see it, danger is not: whoever brings it back has to know.
    """
    found = Notice.objects.filter(comment=comment).exclude(fate__in=_UNFOUNDED)
    if is_published(comment):
        found = found.filter(is_open=True)
    said = list(found.order_by("id").values_list("public_id", "alleged", "is_open"))
    dangers = [public_id for public_id, alleged, _ in said if alleged == DANGER]
    waiting = [public_id for public_id, _, is_open in said if is_open]
    first = [*dangers, *waiting]
    if not first:
        return None
    return Reported(id=first[0], waiting=len(waiting), is_danger=bool(dangers))


def is_dangerous(comment: Comment) -> bool:
    """Say whether a reader says of a comment that was published that it endangers somebody.

    Unless a person found that it may stay, or who said so took it back.
    """
    if comment.state not in WERE_PUBLISHED:
        return False
    return warnings_of(comment).exists()


def warnings_of(comment: Comment) -> QuerySet[Notice]:
    """Give the notices, but for unfounded ones, that a comment endangers somebody."""
    said = Notice.objects.filter(comment=comment, alleged=DANGER)
    return said.exclude(fate__in=_UNFOUNDED)


def risk_of_more(comment: Comment) -> Risk:
    """Give the risk that counts where readers would get more of a comment than now."""
    return Risk.SENSITIVE if is_dangerous(comment) else risk_of(comment)


def median_hours(start: date, end: date) -> float | None:
    """Give the median of the hours from a notice to its decision, decided on these days.

    None when there was none. What its sender took back, or came too late, does not count.
    """
    found = Notice.objects.filter(
        decided__date__gte=start, decided__date__lte=end, fate__in=_ACTED
    )
    hours = [
        (decided - opened).total_seconds() / 3600
        for opened, decided in found.values_list("opened", "decided")
        if decided
    ]
    return round(max(0.0, median(hours)), 1) if hours else None
