"""Tips: for editors only."""

from dataclasses import dataclass
from datetime import date

from letterdesk.desk.models import Tip
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.ids import is_id


@dataclass(frozen=True, kw_only=True)
class TipView:
    """A tip. Once it is not open any more, its words are gone."""

    id: str
    story: str
    headline: str
    language: str
    text: str
    name: str
    contact: str
    arrived: date
    is_open: bool
    is_withdrawn: bool
    taken_by: str  # who downloaded it last


def tip_view(person: Person, public_id: str) -> TipView:
    """Give a tip. Raises NotFound, NotYours."""
    row = find_tip(person, public_id)
    return TipView(
        id=row.public_id,
        story=row.story.public_id,
        headline=row.story.headline,
        language=row.story.language,
        text=row.text,
        name=row.name,
        contact=row.contact,
        arrived=row.arrived,
        is_open=row.is_open,
        is_withdrawn=row.is_withdrawn,
        taken_by=row.taken_by.username if row.taken_by else "",
    )


def find_tip(person: Person, public_id: str) -> Tip:
    """Give the row of a tip. Raises NotFound, NotYours."""
    require(person, Permission.SEE_TIPS)
    rows = Tip.objects.select_related("story", "taken_by")
    row = rows.filter(public_id=public_id).first() if is_id(public_id) else None
    if row is None:
        raise NotFound("tip-unknown", "There is no such tip. Go back to the letters.")
    require(person, Permission.SEE_TIPS, desk=row.story.desk)
    return row
