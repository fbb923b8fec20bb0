"""Parts of the queue: by desk, by story, by language; each read by an index of its own.

By signal there is none, for every letter would pay for it: only the letters of a desk that
wait longest are searched, at most SEARCHED of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from letterdesk.desk.models import Comment, Signal
from letterdesk.desk.queries.comments import within
from letterdesk.desk.queries.noticed import SOUGHT
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.stories import desks
from letterdesk.domain.states import State

SEARCHED = 1_000  # of a desk's letters, for a signal
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
    """A part of what waits; empty: all of it. A story has one language, as a rule.

    `signal` is one of SOUGHT.
    """

    desk: str = ""
    story: str = ""
    language: str = ""
    signal: str = ""


ALL = Part()


def lists_of(
    found: QuerySet[Comment], person: Person, part: Part
) -> list[QuerySet[Comment]]:
    """Give `found`, narrowed to a part, as one list for each desk that it is read from.

    A signal is looked for among those that wait longest. Raises NotFound, NotYours.
    """
    if part.story or not (part.language or part.signal):
        return within(found, person, desk=part.desk or None, story=part.story or None)
    lists = [_of(found, desk, part.language) for desk in _desks(person, part.desk)]
    if not part.signal:
        return lists
    near = [_searched(desk, part.language) for desk in _desks(person, part.desk)]
    return [
        _noticed(one, part.signal, among=ids) for one, ids in zip(lists, near, strict=True)
    ]


def _of(found: QuerySet[Comment], desk: str, language: str) -> QuerySet[Comment]:
    found = found.filter(desk=desk)
    return found.filter(language=language) if language else found


def _searched(desk: str, language: str) -> list[int]:
    """Give the keys of the letters in which a signal is looked for."""
    ids = _of(Comment.objects.filter(state=State.PENDING), desk, language).order_by("id")
    return list(ids.values_list("id", flat=True)[:SEARCHED])


def _noticed(
    found: QuerySet[Comment], signal: str, *, among: Sequence[int]
) -> QuerySet[Comment]:
    """Give those of `found` among these in which a signal was noticed.

    By keys, so that no plan of a database reads all that was ever decided on.
    """
    kind, codes = SOUGHT[signal]
    signals = Signal.objects.filter(comment__in=among, kind=kind, code__in=sorted(codes))
    return found.filter(pk__in=list(signals.values_list("comment_id", flat=True)))


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
