"""Take hold of what is to be changed, always in the same order: story, comments, log."""

from letterdesk.desk.models import Comment, Story
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

    Its story is locked with it, so that the risk that a decision goes by stays.
    """
    if not is_id(public_id):
        raise no_comment()
    locked = Story.objects.select_for_update(no_key=True, of=("self",))
    story = locked.filter(comments__public_id=public_id).first()
    if story is None:
        raise no_comment()
    comment = Comment.objects.select_for_update(no_key=True).get(public_id=public_id)
    comment.story = story
    return comment
