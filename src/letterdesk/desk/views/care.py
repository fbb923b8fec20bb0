"""Care for those who read harsh letters: a veil, and a word after several in a row."""

from django.http import HttpRequest

from letterdesk.desk.queries.noticed import noticed
from letterdesk.desk.queries.people import Person
from letterdesk.domain.errors import LetterdeskError

MANY = 5  # harsh letters in a row: time to say something
_KEY = "harsh"
_OPENED = "opened"
_REMEMBERED = 200  # letters opened last: more than anybody has before her at once


class NotOpened(LetterdeskError):
    """A decision on a letter whose words were veiled, and not looked at."""

    code = "not-opened"


def mark_opened(request: HttpRequest, public_id: str) -> None:
    """Remember for this sign-in that a letter's words were shown."""
    opened = request.session.get(_OPENED, [])
    if public_id not in opened:
        request.session[_OPENED] = [*opened, public_id][-_REMEMBERED:]


def require_opened(request: HttpRequest, who: Person, public_id: str) -> None:
    """Raise NotOpened when she has harsh letters veiled and this one never opened.

    Raises NotFound, NotYours.
    """
    if not who.veils or public_id in request.session.get(_OPENED, []):
        return
    if noticed(who, public_id).is_harsh:
        raise NotOpened("Its words are veiled. Open them before you decide.")


def harsh_in_a_row(request: HttpRequest, public_id: str, *, is_harsh: bool) -> int:
    """Give how many harsh letters were opened one after another, this one with them.

    Counted for as long as somebody is signed in, and kept nowhere else.
    """
    last, number = request.session.get(_KEY, ("", 0))
    if public_id == last:
        return int(number)
    if is_harsh:
        request.session[_KEY] = (public_id, number + 1)
        return int(number) + 1
    request.session.pop(_KEY, None)
    return 0
