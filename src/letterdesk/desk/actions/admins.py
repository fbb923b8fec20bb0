"""See to it that an admin who can act stays, and that none goes by one other's word."""

from datetime import date

from letterdesk.desk.models import Cause, Unconfirmed, User
from letterdesk.desk.queries.confirmations import acts_as_admin, confirmed_admins
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.roles import Role


class LastAdmin(LetterdeskError):
    """Without this account nobody could look after accounts any more."""

    code = "last-admin"

    def __init__(self) -> None:
        super().__init__(
            "This is the last admin who can look after accounts. Make somebody else an "
            "admin first, and have her confirmed."
        )


def settle_admin(user: User, *, acted: bool, by: Person, today: date) -> None:
    """Note what a change made of an admin, who `acted` as one before it, or did not.

    Whom somebody else took the office from waits for a confirmation; whoever has it again
    does not. Locks every admin. Raises LastAdmin, in the transaction of the change.
    """
    if acts_as_admin(user.pk):
        Unconfirmed.objects.filter(user=user, cause=Cause.REMOVED).delete()
    elif acted:
        _require_an_admin()
        if by.id not in {COMMAND.id, user.pk}:
            Unconfirmed.objects.get_or_create(
                user=user, cause=Cause.REMOVED, by_id=by.id, defaults={"since": today}
            )


def _require_an_admin() -> None:
    admins = User.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk")
    list(admins.select_for_update(no_key=True).values_list("pk"))
    if not confirmed_admins().exists():
        raise LastAdmin
