"""Comments as people at the desk see them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from letterdesk.desk.models import Comment, Decision, Move, Story
from letterdesk.desk.queries.cuts import current_name, current_text, from_rows
from letterdesk.desk.queries.errors import no_comment, no_story
from letterdesk.desk.queries.merge import first_of
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.domain.edit import Cut, Piece, apply_cuts
from letterdesk.domain.ids import is_id
from letterdesk.domain.states import Action, Risk, State, possible


@dataclass(frozen=True, kw_only=True)
class CommentView:
    """A comment. `text` and `name` are what readers get or would get.

    `original` and `original_name` are what was sent.
    """

    id: str
    story: str
    headline: str
    story_language: str  # that the headline is in
    desk: str
    risk: Risk
    status: State
    version: int
    text: str
    original: str
    name: str
    original_name: str
    name_left_out: bool
    language: str
    arrived: date
    reply_to: str
    as_written: bool
    trapped: bool
    came_late: bool
    lost_parent: bool
    rules: tuple[str, ...]
    terms: str
    statement: str
    cuts: tuple[Cut, ...]
    approvals: int  # while a second one is missing: 1
    published: date | None  # the first time
    is_pick: bool = False
    held_by: str = ""  # in a list: who put it aside, and what she wrote to colleagues
    held_note: str = ""

    @property
    def is_edited(self) -> bool:
        """Say whether readers get less than was sent."""
        return bool(self.cuts) or self.name_left_out

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The original, as what stays and what is cut."""
        return apply_cuts(self.original, self.cuts)

    @property
    def possible(self) -> tuple[Action, ...]:
        """What can be decided now."""
        actions = possible(self.status)
        return tuple(one for one in actions if not (self.as_written and one is Action.EDIT))


@dataclass(frozen=True, kw_only=True)
class CommentPage:
    """Some comments, in the order in which they were opened, and the next ones' cursor."""

    rows: tuple[CommentView, ...]
    next: int | None


def listing(
    person: Person,
    *,
    status: State | None = None,
    desk: str | None = None,
    story: str | None = None,
    after: int | None = None,
    size: int = 50,
) -> CommentPage:
    """Give the comments that the person may see, oldest first, `size` at a time.

    Reads comment_queue, comment_queue_of_desk, comment_of_desk, or comment_queue_of_story
    once for each state; never more than `size` + 1 rows of each. Raises NotFound, NotYours.
    """
    require(person, Permission.READ)
    found = seen().order_by("id")
    if after is not None:
        found = found.filter(id__gt=after)
    lists = within(found, person, desk=desk, story=story)
    if status is not None:
        lists = [one.filter(state=status) for one in lists]
    elif story is not None:
        lists = [one.filter(state=state) for one in lists for state in State]
    rows = first_of(lists, size + 1, key=lambda row: row.pk)
    views = with_notes(rows[:size])
    return CommentPage(rows=views, next=rows[size - 1].pk if len(rows) > size else None)


def with_notes(rows: Sequence[Comment]) -> tuple[CommentView, ...]:
    """Give rows as values; those that are held with the note to colleagues: one query."""
    held = [row.pk for row in rows if row.state == State.HELD]
    found = Decision.objects.filter(comment__in=held, move=Move.HOLD).order_by("version")
    notes = {
        comment: (by, note)
        for comment, by, note in found.values_list(
            "comment_id", "moderator__username", "note"
        )
    }
    return tuple(_with_note(view(row), *notes.get(row.pk, ("", ""))) for row in rows)


def _with_note(found: CommentView, by: str, note: str) -> CommentView:
    return replace(found, held_by=by, held_note=note)


def one(person: Person, public_id: str) -> CommentView:
    """Give one comment. Raises NotFound, NotYours."""
    return view(find(person, public_id))


def find(person: Person, public_id: str) -> Comment:
    """Give a comment's row, for the queries beside this one. Raises NotFound, NotYours."""
    require(person, Permission.READ)
    row = seen().filter(public_id=public_id).first() if is_id(public_id) else None
    if row is None:
        raise no_comment()
    require(person, Permission.READ, desk=row.desk)
    return row


def seen() -> QuerySet[Comment]:
    """Give all comments with what a view needs of story and parent, in one query."""
    return Comment.objects.select_related("story", "reply_to").defer(
        "story__body", "story__credits", "story__picture"
    )


def within(
    found: QuerySet[Comment], person: Person, *, desk: str | None, story: str | None
) -> list[QuerySet[Comment]]:
    """Give `found`, narrowed, as one list for each desk that it is read from."""
    if story is not None:
        known = Story.objects.only("id", "desk").filter(public_id=story)
        row = known.first() if is_id(story) else None
        if row is None:
            raise no_story()
        require(person, Permission.READ, desk=row.desk)
        return [found.filter(story_id=row.pk)] if desk in {None, row.desk} else []
    if desk is not None:
        require(person, Permission.READ, desk=desk)
        return [found.filter(desk=desk)]
    return [found.filter(desk=desk) for desk in sorted(person.desks)] or [found]


def view(row: Comment) -> CommentView:
    """Give a row as the value that people see."""
    is_waiting = row.state == State.PENDING and row.approved_by_id is not None
    return CommentView(
        id=row.public_id,
        story=row.story.public_id,
        headline=row.story.headline,
        story_language=row.story.language,
        desk=row.desk,
        risk=risk_of(row),
        status=State(row.state),
        version=row.version,
        text=current_text(row),
        original=row.text,
        name=current_name(row),
        original_name=row.name,
        name_left_out=row.name_left_out,
        language=row.language,
        arrived=row.arrived,
        reply_to=row.reply_to.public_id if row.reply_to else "",
        as_written=row.as_written,
        trapped=row.trapped,
        came_late=row.came_late,
        lost_parent=row.lost_parent,
        rules=tuple(row.rules),
        terms=row.terms,
        statement=row.statement,
        cuts=from_rows(row.cuts),
        approvals=int(is_waiting),
        published=row.published,
        is_pick=row.is_pick,
    )
