"""Where a group leads that is done with."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from letterdesk.desk.queries.civil import civil_groups
from letterdesk.desk.queries.copies import copy_groups
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views.pages import now
from letterdesk.desk.views.together_page import Line


def onward(who: Person, lines: Sequence[Line], *, past: str = "") -> str:
    """Give where the next group is that can be decided on; "" when there is none.

    Nothing is looked for while a letter of this page can be ticked. `past` is the letter
    whose near-copies these are.
    """
    if any(line.ticket for line in lines):
        return ""
    here = {past, *(line.letter.comment.id for line in lines)}
    groups = copy_groups(who, now=now())
    at = next((at for at, group in enumerate(groups) if group.id in here), -1)
    later = (group for group in groups[at + 1 :] if not group.is_closed)
    if found := next(later, None):
        return reverse("copies", args=[found.id])
    kept = (group for group in civil_groups(who) if group.kept.promise.is_held)
    if civil := next((group for group in kept if group.waiting), None):
        return f"{reverse('civil')}?{civil_query(civil.desk, civil.language)}"
    return ""


def civil_query(desk: str, language: str) -> str:
    """Give the end of the address of a desk's letters in a language that read as civil."""
    return urlencode({"desk": desk, "language": language})
