"""Take hold of what is to be changed, always in the same order.

Whoever waits for somebody who waits for her is refused by PostgreSQL, and what she decided
is lost. So whatever takes several of these takes them downwards, rows by their number:

1. the locks of `queries/locks.py`: intake, names, screening;
2. stories;
3. comments;
4. notices, and other letters about a comment;
5. the audit log's head, with `record` or `lock_log`;
6. what is counted (`tally.py`, `evidence.py`): nobody else counts then.
"""

from django.db.models import QuerySet

from letterdesk.desk.models import Comment, Notice, Story
from letterdesk.desk.queries.errors import no_comment, no_story
from letterdesk.domain.ids import is_id


def lock_story(public_id: str) -> Story:
    """Give a story that nobody else changes until the caller commits. Raises NotFound."""
    if not is_id(public_id):
        raise no_story()
    story = Story.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
    if story is None:
        raise no_story()
    return story


def lock_comment(public_id: str) -> Comment:
    """Give a comment that nobody else changes until the caller commits. Raises NotFound.

    Its story is locked with it, so that the risk that a decision goes by stays; and the
    notices about it, which the decision may answer once it is in the log.
    """
    if not is_id(public_id):
        raise no_comment()
    locked = Story.objects.select_for_update(no_key=True, of=("self",))
    story = locked.filter(comments__public_id=public_id).first()
    if story is None:
        raise no_comment()
    comment = Comment.objects.select_for_update(no_key=True).get(public_id=public_id)
    comment.story = story
    lock_notices(Notice.objects.filter(comment=comment))
    return comment


def lock_notices(notices: QuerySet[Notice]) -> None:
    """Let nobody else answer these notices, or erase them, until the caller commits."""
    list(notices.select_for_update(no_key=True).order_by("id").values_list("pk"))
