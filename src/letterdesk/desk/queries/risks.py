"""How many people a decision needs: by comment, by story, by desk."""

from dataclasses import dataclass

from django.db.models import Q

from letterdesk.desk.models import Comment, DeskRisk
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.stories import desks, risk_mark
from letterdesk.domain.states import Risk, State

_DECIDED = [State.APPROVED, State.PUBLISHED, State.RETRACTED]

# Decided on by one person before the story was sensitive: the database would refuse to call
# these sensitive. Should they be put back later, the story's risk counts.
BY_ONE = Q(state__in=_DECIDED, seconded_by=None)


@dataclass(frozen=True, kw_only=True)
class DeskRiskView:
    """What new stories of a desk are. `wanted_by`: who asked to have them ordinary."""

    desk: str
    risk: Risk
    wanted_by: str
    mark: str  # as risk_mark gives it


def risk_of(comment: Comment) -> Risk:
    """Give the risk that counts: the highest that its story has had since it came.

    So nobody lowers a story's risk to decide alone on what waited for two.
    """
    if Risk.SENSITIVE in {comment.risk, comment.story.risk}:
        return Risk.SENSITIVE
    return Risk.ORDINARY


def risk_at(desk: str) -> Risk:
    """Give the least risk of a desk's new stories."""
    found = DeskRisk.objects.filter(desk=desk).values_list("risk", flat=True).first()
    return Risk(found) if found else Risk.ORDINARY


def desk_risks(person: Person) -> tuple[DeskRiskView, ...]:
    """Give what is set for each of the person's desks, in order. Raises NotYours."""
    require(person, Permission.STORIES)
    rows = DeskRisk.objects.select_related("ordinary_wanted_by")
    known = {row.desk: row for row in rows}
    names = person.desks or {*desks(), *known}
    return tuple(_view(name, known.get(name)) for name in sorted(names))


def _view(name: str, row: DeskRisk | None) -> DeskRiskView:
    wanted_by = row.ordinary_wanted_by if row else None
    return DeskRiskView(
        desk=name,
        risk=Risk(row.risk) if row else Risk.ORDINARY,
        wanted_by=wanted_by.username if wanted_by else "",
        mark=risk_mark(row),
    )
