"""Parts of the queue: by desk, by story, by language; each read by an index of its own."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.comments import within
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.stories import desks

# From language to language, one look into comment_waiting_in_language for each.
_LANGUAGES = """
WITH RECURSIVE waiting (language) AS (
    SELECT (SELECT min(one.language) FROM desk_comment one
            WHERE one.state = 'pending' AND one.desk = %s)
    UNION ALL
    SELECT (SELECT min(one.language) FROM desk_comment one
            WHERE one.state = 'pending' AND one.desk = %s
            AND one.language > waiting.language)
    FROM waiting WHERE waiting.language IS NOT NULL
)
SELECT language FROM waiting WHERE language IS NOT NULL
"""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of what waits; empty: all of it. A story has one language, as a rule."""

    desk: str = ""
    story: str = ""
    language: str = ""


ALL = Part()


def lists_of(
    found: QuerySet[Comment], person: Person, part: Part
) -> list[QuerySet[Comment]]:
    """Give `found`, narrowed to a part, as one list for each desk that it is read from.

    Raises NotFound, NotYours.
    """
    if not part.language or part.story:
        return within(found, person, desk=part.desk or None, story=part.story or None)
    return [
        found.filter(desk=desk, language=part.language)
        for desk in _desks(person, part.desk)
    ]


def languages_waiting(person: Person, *, desk: str = "") -> tuple[str, ...]:
    """Give the languages of the letters that wait, at a desk or at all of hers, by tag.

    Raises NotYours.
    """
    require(person, Permission.READ)
    found: set[str] = set()
    with connection.cursor() as cursor:
        for one in _desks(person, desk):
            cursor.execute(_LANGUAGES, [one, one])
            found.update(language for (language,) in cursor.fetchall())
    return tuple(sorted(found - {""}))


def _desks(person: Person, desk: str) -> list[str]:
    if desk:
        require(person, Permission.READ, desk=desk)
        return [desk]
    return sorted(person.desks) or list(desks())
