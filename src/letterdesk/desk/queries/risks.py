"""What a comment's decisions need."""

from letterdesk.desk.models import Comment
from letterdesk.domain.states import Risk


def risk_of(comment: Comment) -> Risk:
    """Give the risk that counts: the highest that its story has had since it came.

    So nobody lowers a story's risk to decide alone on what waited for two.
    """
    if Risk.SENSITIVE in {comment.risk, comment.story.risk}:
        return Risk.SENSITIVE
    return Risk.ORDINARY
