"""What a page says was done just before it, and what the key that undoes it undoes next."""

from typing import TypedDict

from letterdesk.desk.queries.decisions import DecisionView, last_by
from letterdesk.desk.queries.own import OwnDecision, is_near, one_before
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.pages import allowed, now


class Told(TypedDict):
    """The last decision; after an undo `before`, what she did before the undone one.

    `is_next` says that her key undoes that, too.
    """

    last: DecisionView | None
    before: OwnDecision | None
    is_next: bool


def last_decision(who: Person, after: str) -> DecisionView | None:
    """Give the person's last decision, when it was on the letter `after`; "" is none."""
    if not after or Permission.DECIDE not in allowed(who):
        return None
    found = last_by(who)
    return found if found and found.comment == after else None


def told(who: Person, after: str) -> Told:
    """Give what she has just done with the letter `after`, and what it follows."""
    last = last_decision(who, after)
    before = one_before(who) if last and last.move == "undo" else None
    is_next = bool(before and before.can_undo and is_near(before.decision, now=now()))
    return Told(last=last, before=before, is_next=is_next)
