"""Appeals: who may answer one, and what it is about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from letterdesk.desk.models import Appeal, Comment, Move
from letterdesk.desk.queries.comments import CommentView, view
from letterdesk.desk.queries.confirmations import is_confirmed
from letterdesk.desk.queries.decisions import DecisionView, decisions_on
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.notices import risk_of_more
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, may, require
from letterdesk.desk.queries.statements import statement_value
from letterdesk.desk.queries.stories import story_value
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.ids import is_id
from letterdesk.domain.rules import Terms
from letterdesk.domain.statement import Measure, Statement, Verdict
from letterdesk.domain.states import Risk, State
from letterdesk.domain.story import Story

VERDICTS = (Move.UPHOLD, Move.REVERSE)


@dataclass(frozen=True, kw_only=True)
class Found:
    """An appeal's row and the comment that it is about."""

    pk: int
    comment: Comment


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """Who wanted it reversed, and the decision since by which that has lapsed."""

    by: str
    since: DecisionView


@dataclass(frozen=True, kw_only=True)
class AppealView:
    """An appeal with all that answering it needs."""

    id: str
    texts: tuple[tuple[date, str], ...]  # the author may have written more than once
    is_open: bool
    verdict: str
    comment: CommentView
    reasons: Statement | None
    decisions: tuple[DecisionView, ...]
    story: Story
    terms: Terms
    may_answer: bool
    took_part: bool
    is_confirmed: bool  # the person who looks, as somebody of her own
    needs_two: bool
    first_by: str  # who wants it reversed, while a second person is missing
    is_first: bool  # that is the person who looks
    lapsed: Lapsed | None  # who wanted it reversed before somebody decided anew


def appeal_view(person: Person, public_id: str) -> AppealView:
    """Give an appeal. Raises NotFound, NotYours."""
    found = find_appeal(person, public_id)
    comment = found.comment
    row = Appeal.objects.select_related("first_by").get(pk=found.pk)
    others = Appeal.objects.filter(comment=comment, is_open=row.is_open).order_by("id")
    story = story_value(comment.story)
    is_wanted = row.first_version == comment.version  # a wish for another one has lapsed
    decisions = decisions_on(comment)
    hers, confirmed = took_part(comment, person), is_confirmed(person)
    return AppealView(
        id=row.public_id,
        texts=tuple((one.arrived, one.text) for one in others),
        is_open=row.is_open,
        verdict=row.verdict,
        comment=view(comment),
        reasons=statement_value(comment.reasons) if comment.reasons else None,
        decisions=decisions,
        story=story,
        terms=terms_for(story.language, arrived=comment.arrived),
        may_answer=may(person, Permission.DECIDE)
        and row.is_open
        and confirmed
        and not hers,
        took_part=hers,
        is_confirmed=confirmed,
        needs_two=risk_of_more(comment) is Risk.SENSITIVE,
        first_by=row.first_by.username if row.first_by and is_wanted else "",
        is_first=is_wanted and row.first_by_id == person.id,
        lapsed=_lapsed(row, decisions) if row.is_open else None,
    )


def _lapsed(row: Appeal, decisions: Iterable[DecisionView]) -> Lapsed | None:
    """Give the wish for a reversal that lapsed, if any. An old one says no version.

    She saw one version of the comment; the first decision after it is why.
    """
    since = next((one for one in decisions if one.version > row.first_version), None)
    if row.first_by is None or row.first_version == 0 or since is None:
        return None
    return Lapsed(by=row.first_by.username, since=since)


def find_appeal(person: Person, public_id: str) -> Found:
    """Give the row of an appeal whose comment is there. Raises NotFound, NotYours.

    Of several open ones about one comment the first: they are one (decision 79).
    """
    require(person, Permission.READ)
    row = Appeal.objects.filter(public_id=public_id).first() if is_id(public_id) else None
    if row is None or row.comment_id is None:
        raise NotFound("appeal-unknown", "There is no such appeal. Go back to the letters.")
    comment = Comment.objects.select_related("story", "reply_to", "reasons__refers_to").get(
        pk=row.comment_id
    )
    require(person, Permission.READ, desk=comment.desk)
    if row.is_open:
        first = Appeal.objects.filter(comment=comment, is_open=True).order_by("id").first()
        row = first or row
    return Found(pk=row.pk, comment=comment)


def took_part(comment: Comment, person: Person) -> bool:
    """Say whether the person decided on the comment, other than by answering an appeal."""
    hers = comment.decisions.filter(moderator_id=person.id)
    return hers.exclude(move__in=VERDICTS).exists()


def measure_of(comment: Comment) -> Measure:
    """Give what stands against a comment that was decided on."""
    if comment.state == State.PUBLISHED:
        return Measure.CUT
    return Measure.TAKEN_DOWN if comment.state == State.RETRACTED else Measure.NOT_PUBLISHED


def verdicts(comments: Collection[int]) -> dict[int, str]:
    """Give what the authors of these comments are told of their appeals: a Verdict each.

    An answer counts until a later decision has a statement of its own: against that one
    nobody has appealed yet.
    """
    rows = Appeal.objects.filter(comment__in=comments).order_by("id")
    found = rows.values_list(
        "comment_id",
        "is_open",
        "verdict",
        "decision__version",
        "comment__reasons__decision__version",
    )
    return {
        comment: Verdict.OPEN if is_open else verdict
        for comment, is_open, verdict, answered, stated in found
        if comment and (is_open or (verdict and (stated or 0) <= (answered or stated or 0)))
    }
