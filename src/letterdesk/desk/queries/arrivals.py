"""What readers do not see yet and are to get at the slot, without anybody asked again.

An approved letter; a comment that was brought back, by a moderator, an undo or an appeal;
one of which less is cut by now, or the name put back; and what the press has published, but
its page failed. What goes is in removals.py.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Q

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.removals import says_no_more
from letterdesk.desk.queries.threads import undecided
from letterdesk.domain.states import State

# Among them are those that the press takes nothing from and gives nothing to.
ON_THE_WAY = Q(state=State.APPROVED) | Q(state=State.PUBLISHED) & (
    Q(version__gt=F("acted_version")) | Q(awaits_page=True)
)


def arrivals(rows: Iterable[Comment]) -> list[Comment]:
    """Give those of these comments of which readers get more at the slot."""
    found = list(rows)
    published = [row for row in found if row.state == State.PUBLISHED]
    more = {row.pk for row in found if row.state == State.APPROVED}
    more |= {row.pk for row in published if row.awaits_page}
    for some in batches(published):
        more |= {row.pk for row, before in undecided(some) if gives(row, before)}
    return [row for row in found if row.pk in more]


def gives(row: Comment, before: Mapping[str, Any]) -> bool:
    """Say whether readers get a comment, or more of it, than when the press last acted.

    `before` is how that was.
    """
    if row.state != State.PUBLISHED:
        return False
    return before["state"] != State.PUBLISHED or not says_no_more(row, before)
