"""What did not open: an admin sees why, and discards what is nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from letterdesk.desk.actions.discard import discard
from letterdesk.desk.actions.intake import NOT_THE_AUTHOR
from letterdesk.desk.forms.cursor import read_numbers
from letterdesk.desk.forms.filters import read_place
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.unopened import (
    BATCH_DAMAGED,
    KEY_UNKNOWN,
    STORY_UNKNOWN,
    UnopenedView,
    unopened,
)
from letterdesk.desk.views.door import inner_door
from letterdesk.desk.views.pages import page, today
from letterdesk.domain.errors import SealBroken

_WAITS = frozenset({KEY_UNKNOWN, STORY_UNKNOWN})  # opens by itself once that is there
_REASONS: dict[str, Promise] = {
    KEY_UNKNOWN: gettext_lazy(
        "sealed to a key that is not here; it opens once the key is put back"
    ),
    STORY_UNKNOWN: gettext_lazy(
        "about a story that is not here; it opens once the story is back under its own id, "
        "from a backup (registered anew, it has another id)"
    ),
    NOT_THE_AUTHOR: gettext_lazy("about a letter of which it does not hold the receipt"),
    SealBroken.code: gettext_lazy("damaged, or nothing that was sealed for us"),
}
_OTHER = gettext_lazy("opened, but not what our form makes")


@inner_door(Permission.UNOPENED, "GET")
def list_unopened(request: HttpRequest, who: Person) -> HttpResponse:
    """List what did not open."""
    found = unopened(who, after=read_place(request.GET, "from"))
    return page(
        request,
        who,
        "desk/unopened.html",
        rows=[(row, _told(row), row.reason in _WAITS) for row in found.rows],
        next=f"?from={found.next}" if found.next else "",
    )


@inner_door(Permission.UNOPENED, "POST")
def discard_unopened(request: HttpRequest, who: Person) -> HttpResponse:
    """Discard what was chosen, and say so; where nothing was, nothing is said."""
    chosen = read_numbers(request.POST, "number")
    discard(chosen, by=who, today=today())
    return redirect(reverse("unopened") + ("?done=discarded-unopened" if chosen else ""))


def _told(row: UnopenedView) -> str:
    reason = SealBroken.code if row.reason == BATCH_DAMAGED else row.reason
    return str(_REASONS.get(reason, _OTHER))
