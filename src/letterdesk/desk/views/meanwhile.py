"""What was decided on a comment while somebody had a page about it open."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from letterdesk.desk.queries.decisions import DecisionView
from letterdesk.desk.queries.people import Person

_WANTED: dict[str, Promise] = {  # a button of a notice, or of an appeal
    "keep": gettext_lazy("The comment stays"),
    "take-down": gettext_lazy("Take the comment down"),
    "cut": gettext_lazy("Publish with this cut"),
    "close": gettext_lazy("Answer that it is gone"),
    "reopen": gettext_lazy("Undo"),
    "uphold": gettext_lazy("The decision stands"),
    "reverse": gettext_lazy("Reversed on appeal"),
    "recut": gettext_lazy("Publish with this cut"),
}


def decided_since(
    decisions: Iterable[DecisionView], version: int
) -> tuple[DecisionView, ...]:
    """Give the decisions after the version of a comment that somebody saw."""
    return tuple(one for one in decisions if one.version > version)


def wanted_by(action: str) -> str:
    """Give what a button says of which nothing came; "" for one that we do not know."""
    return str(_WANTED.get(action, ""))


def are_all_hers(decisions: Iterable[DecisionView], who: Person) -> bool:
    """Say whether there are decisions, all of them by `who`, in another tab then."""
    return {one.by for one in decisions} == {who.username}


def decided_elsewhere() -> str:
    """Give what somebody reads who was faster than herself."""
    return gettext(
        "You have decided this in another tab or window. Nothing of this page was stored. "
        "Look at what you decided there before you decide again."
    )


def said_of(decisions: tuple[DecisionView, ...], who: Person) -> str:
    """Give what somebody reads whose answer they made too late; "" if others decided."""
    if are_all_hers(decisions, who):
        return decided_elsewhere()
    if decisions and decisions[-1].move == "withdraw":
        return gettext(
            "Its author took the comment back while you had this page open. Nothing of "
            "yours was stored."
        )
    return ""
