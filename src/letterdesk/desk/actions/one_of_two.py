"""What waits for a second person lapses where the first one's account is closed."""

from letterdesk.desk.models import Appeal, Comment, DeskRisk, Reset, Story, User
from letterdesk.domain.states import State


def forget_wishes(user: User) -> None:
    """Let nothing wait for a second person beside this one, in the caller's transaction.

    Her account may be closed because somebody else had it. What two did already stays, and
    so do the cuts of a letter that she alone approved: somebody else approves it first.
    """
    for table in (Story, DeskRisk):
        table.objects.filter(ordinary_wanted_by=user).update(ordinary_wanted_by=None)
    alone = Comment.objects.filter(approved_by=user, seconded_by=None, state=State.PENDING)
    alone.update(approved_by=None)
    Appeal.objects.filter(first_by=user, is_open=True).update(first_by=None)
    Reset.objects.filter(asked_by=user).delete()


def drop_closed_first(comment: Comment) -> None:
    """Take a closed account's first approval from a comment that is still to be seconded.

    An undo put it back, or it was given in the moment in which the account was closed.
    """
    first = comment.approved_by_id
    if first is None or comment.state != State.PENDING:
        return
    if User.objects.filter(pk=first, is_active=False).exists():
        comment.approved_by_id = None
