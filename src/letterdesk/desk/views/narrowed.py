"""The part of a list that an address names, as far as that list knows parts."""

from django.http import HttpRequest

from letterdesk.desk.forms.decision import Where, read_where
from letterdesk.desk.forms.filters import FilterUnknown
from letterdesk.desk.queries.parts import languages_waiting
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.stories import has_desk
from letterdesk.tags import known_tag

PARTS = ("desk", "story", "language", "signal")


def narrowed(request: HttpRequest, who: Person, *parts: str) -> Where:
    """Give the part that an address names, for a list that can be narrowed to `parts`.

    A story or a desk that is somebody else's is left to what reads the list. Raises
    FilterUnknown for a desk that is not there, for a language that nobody knows, and for
    what would be left out.
    """
    where = read_where(request.GET)
    for name in PARTS:
        asked = bool(request.GET.get(name, ""))
        if asked and (name not in parts or not getattr(where, name)):
            raise FilterUnknown(name)
    if where.desk and where.desk not in who.desks and not has_desk(where.desk):
        raise FilterUnknown("desk")
    if where.language and not _is_known(where, who):
        raise FilterUnknown("language")
    return where


def _is_known(where: Where, who: Person) -> bool:
    """Say whether letters can be in this language, or some that wait are."""
    is_tag = known_tag(where.language) == where.language
    return is_tag or where.language in languages_waiting(who, desk=where.desk)
