"""All that a moderator needs beside a comment to decide on it."""

from dataclasses import dataclass
from datetime import date

from letterdesk.desk.models import Comment, Decision, Imported, Move
from letterdesk.desk.models import Story as StoryRow
from letterdesk.desk.queries.comments import CommentView, find, view
from letterdesk.desk.queries.confirmations import is_confirmed
from letterdesk.desk.queries.cuts import current_name, current_text
from letterdesk.desk.queries.decisions import DecisionView, decisions_on, deed
from letterdesk.desk.queries.errors import NotConfirmed, NotYours
from letterdesk.desk.queries.notices import Reported, is_dangerous, reported
from letterdesk.desk.queries.overruled import TAKING, overruled, overrules
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, may
from letterdesk.desk.queries.statements import statement_value
from letterdesk.desk.queries.stories import story_value
from letterdesk.desk.queries.terms import terms_for
from letterdesk.desk.queries.undoable import undoable
from letterdesk.domain.rules import Terms
from letterdesk.domain.statement import Statement
from letterdesk.domain.states import Action, Risk, State
from letterdesk.domain.story import Story
from letterdesk.interchange.formats import system


@dataclass(frozen=True, kw_only=True)
class Parent:
    """The comment that this one answers, as readers see it."""

    id: str
    name: str
    text: str
    language: str
    name_left_out: bool


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a comment was before it was imported, and on which day that happened."""

    system: str  # as people call it: WordPress
    id: str  # there
    site: str
    day: date
    is_edited: bool  # there, by another newsroom
    rules: str  # the titles of those under which it was


@dataclass(frozen=True, kw_only=True)
class Card:
    """A comment, what it is about, what was decided, and what can be done now."""

    comment: CommentView
    story: Story
    parent: Parent | None
    decisions: tuple[DecisionView, ...]
    reasons: Statement | None  # in force
    terms: Terms  # its rules have number, title, reason and the note suggested for a cut
    possible: tuple[Action, ...]  # by this person
    needs_second: bool  # an approval by her would leave it waiting for somebody else
    waits_herself: bool  # she may not be one of two people yet
    overruled: NotYours | NotConfirmed | None  # why she takes nothing away here
    undo: str  # the deed that she could take back now, or ""
    can_leave_name_out: bool
    can_put_name_back: bool
    comes_back_by_two: bool  # if it is brought back, somebody else has to agree
    taken_down: DecisionView | None = None  # how readers lost it, while they have
    origin: Origin | None = None  # of an imported comment
    reported: Reported | None = None  # by readers


def card(person: Person, public_id: str) -> Card:
    """Give the card of a comment. Raises NotFound, NotYours."""
    row = find(person, public_id)
    story = StoryRow.objects.get(pk=row.story_id)
    seen = view(row)
    is_sensitive = seen.risk is Risk.SENSITIVE
    is_out = seen.status is State.PUBLISHED  # from which one person takes away
    more_by_two = is_sensitive or is_dangerous(row)
    by_two = more_by_two if seen.status is State.RETRACTED else is_sensitive and not is_out
    waits = by_two and not is_confirmed(person)
    decisions = decisions_on(row)
    is_answered = may(person, Permission.DECIDE) and any(
        one.move == Move.REVERSE for one in decisions
    )
    is_overruled = overruled(row, person) if is_answered else None
    possible = _possible(person, seen, row, waits=waits)
    if is_overruled:
        possible = tuple(action for action in possible if action not in TAKING)
    may_name = bool(seen.original_name) and Action.EDIT in possible
    return Card(
        comment=seen,
        story=story_value(story),
        parent=_parent(row.reply_to),
        decisions=decisions,
        reasons=statement_value(row.reasons) if row.reasons else None,
        terms=terms_for(story.language, arrived=row.arrived),
        possible=possible,
        needs_second=by_two and row.approved_by_id in {None, person.id},
        waits_herself=waits,
        overruled=is_overruled if TAKING & {*seen.possible} else None,
        undo=_undo(person, undoable(row)),
        can_leave_name_out=may_name and not seen.name_left_out,
        can_put_name_back=may_name and seen.name_left_out and not (is_out and more_by_two),
        comes_back_by_two=by_two and seen.status is State.RETRACTED,
        taken_down=_taken_down(seen, decisions),
        origin=_origin(row),
        reported=reported(row) if decisions else None,
    )


def _possible(
    person: Person, seen: CommentView, row: Comment, *, waits: bool
) -> tuple[Action, ...]:
    """Give what the person can decide: not both approvals on a sensitive story.

    None of the two while her account waits for another admin to confirm it.
    """
    if not may(person, Permission.DECIDE):
        return ()
    is_hers = bool(seen.approvals) and row.approved_by_id == person.id
    barred = {Action.APPROVE} if is_hers and seen.risk is Risk.SENSITIVE else set()
    barred |= {Action.APPROVE, Action.EDIT} if waits else set()
    barred |= {Action.RESTORE} if waits and seen.status is State.RETRACTED else set()
    return tuple(action for action in seen.possible if action not in barred)


def _undo(person: Person, decision: Decision | None) -> str:
    if decision is None or not may(person, Permission.DECIDE):
        return ""
    is_allowed = decision.moderator_id == person.id or may(person, Permission.UNDO_OTHERS)
    is_allowed = is_allowed and not overrules(decision, by=person)
    return deed(decision) if is_allowed else ""


def _taken_down(
    seen: CommentView, decisions: tuple[DecisionView, ...]
) -> DecisionView | None:
    if seen.status is not State.RETRACTED:
        return None
    return next((one for one in reversed(decisions) if one.move == Action.RETRACT), None)


def _origin(row: Comment) -> Origin | None:
    found = Imported.objects.select_related("run").filter(comment=row).first()
    if found is None:
        return None
    return Origin(
        system=system(found.source),
        id=found.source_id,
        site=found.site,
        day=found.run.begun,
        is_edited=found.edited_under is not None,
        rules="; ".join(found.edited_under or ()),
    )


def _parent(row: Comment | None) -> Parent | None:
    if row is None:
        return None
    return Parent(
        id=row.public_id,
        name=current_name(row),
        text=current_text(row),
        language=row.language,
        name_left_out=row.name_left_out,
    )
