"""Who asks."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from letterdesk.desk.queries.people import Person, by_token
from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.settings import Settings


class Bearer(HttpBearer):
    """A token of `letterdesk token add` in the Authorization header."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Give the person whose token it is; None turns the request away."""
        del request
        return by_token(token)


def asking(request: HttpRequest) -> Person:
    """Give the person who asks: the door let nobody else in."""
    person = getattr(request, "auth", None)
    assert isinstance(person, Person)  # noqa: S101 -- every route has the door
    return person


def newsroom() -> Settings:
    """Give the settings of this newsroom."""
    found = settings.NEWSROOM
    assert isinstance(found, Settings)  # noqa: S101 -- for the types
    return found


def public_place() -> Place:
    """Give the place of published files."""
    return choose.public(newsroom())


def now() -> datetime:
    """Give the time, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Give the day, UTC."""
    return now().date()
