"""Whom the answer to an appeal keeps from taking away what it gave: see decision 99."""

from letterdesk.desk.models import Comment, Decision, Move, User
from letterdesk.desk.queries.appeals import VERDICTS, took_part
from letterdesk.desk.queries.comments import find
from letterdesk.desk.queries.confirmations import is_confirmed, unconfirmed
from letterdesk.desk.queries.errors import NotConfirmed, NotYours
from letterdesk.desk.queries.notices import warnings_of
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import PERMISSIONS, Permission
from letterdesk.desk.queries.undoable import not_undone
from letterdesk.domain.states import Action

TAKING = frozenset({Action.EDIT, Action.REJECT, Action.HOLD, Action.RETRACT})
_GIVING = frozenset({Move.APPROVE, Move.EDIT, Move.RESTORE})
_MAY_DECIDE = [role for role, may in PERMISSIONS.items() if Permission.DECIDE in may]


class Overruled(NotYours):
    """The author's appeal was right, against what the person had a part in."""

    code = "overruled"

    def __init__(self) -> None:
        super().__init__(
            "You took part in a decision against which its author's appeal was right. "
            "Somebody else holds, cuts, rejects or takes down this letter, unless a reader "
            "reports that it puts somebody in danger."
        )


def overruled(comment: Comment, person: Person) -> NotYours | NotConfirmed | None:
    """Give why the person takes nothing of this letter from readers; None when she may.

    Whoever had a part in what an appeal was right against, and who is nobody of her own
    yet, leaves it to somebody else: unless a reader has said since that it puts somebody in
    danger, or there is nobody else.
    """
    answer = _standing_reversal(comment)
    if answer is None:
        return None
    had_a_part = _had_a_part(answer)
    is_hers = person.id in had_a_part
    if not is_hers and is_confirmed(person):
        return None
    if _is_urgent(comment, answer):
        return None
    if not _is_anybody_else(comment, {*had_a_part, person.id}):
        return None
    return Overruled() if is_hers else NotConfirmed()


def require_not_overruled(comment: Comment, action: Action, *, by: Person) -> None:
    """Raise Overruled or NotConfirmed where the action takes what the person may not."""
    if action in TAKING and (why := overruled(comment, by)):
        raise why


def overruled_about(public_id: str, person: Person) -> NotYours | NotConfirmed | None:
    """Give the same of a comment by its id. Raises NotFound, NotYours."""
    return overruled(find(person, public_id), person)


def overrules(decision: Decision, *, by: Person) -> bool:
    """Say whether an undo takes an appeal's answer, or what it gave, from whom it answers.

    What she did herself she may undo: it was not there when the appeal was answered.
    """
    if decision.moderator_id == by.id:
        return False
    if decision.move in VERDICTS:
        return took_part(decision.comment, by)
    return decision.move in _GIVING and overruled(decision.comment, by) is not None


def _standing_reversal(comment: Comment) -> Decision | None:
    """Give the last answer by which an appeal was right and that nobody has undone."""
    taken = not_undone(comment.decisions.order_by("-version"))
    return next((one for one in taken if one.move == Move.REVERSE), None)


def _had_a_part(answer: Decision) -> set[int]:
    """Give who decided on the letter before the answer, other than by such an answer."""
    before = Decision.objects.filter(
        comment=answer.comment_id, version__lt=answer.version, moderator__isnull=False
    )
    return set(before.exclude(move__in=VERDICTS).values_list("moderator_id", flat=True))


def _is_urgent(comment: Comment, answer: Decision) -> bool:
    """Say whether a reader has said since the answer that the comment endangers somebody.

    Notices have the hour in which they came.
    """
    hour = answer.taken.replace(minute=0, second=0, microsecond=0)
    return warnings_of(comment).filter(opened__gte=hour).exists()


def _is_anybody_else(comment: Comment, without: set[int]) -> bool:
    """Say whether a person of her own, not one of these, decides at the comment's desk."""
    found = User.objects.filter(
        is_active=True, role__in=_MAY_DECIDE, has_first_password=False
    )
    programs = found.filter(password__startswith="!")  # noqa: S106 -- what no password has
    people = found.exclude(pk__in=programs).exclude(pk__in=without)
    others = people.exclude(pk__in=unconfirmed().values("user"))
    return (
        others.exclude(desks__isnull=False).exists()
        or others.filter(desks__desk=comment.desk).exists()
    )
