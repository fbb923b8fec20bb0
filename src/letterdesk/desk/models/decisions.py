"""What was decided, by whom, under which rules.

Rows are only ever added. What moderators wrote about a comment goes when its author has
taken it back.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from letterdesk.desk.models.comments import Comment
from letterdesk.domain.states import Action


class Move(models.TextChoices):
    """An action of the table in domain.states, or one that undoes or ends it."""

    APPROVE = Action.APPROVE.value
    EDIT = Action.EDIT.value
    REJECT = Action.REJECT.value
    HOLD = Action.HOLD.value
    RETRACT = Action.RETRACT.value
    RESTORE = Action.RESTORE.value
    UPHOLD = "uphold"  # on appeal
    REVERSE = "reverse"
    UNDO = "undo"
    WITHDRAW = "withdraw"


class Decision(models.Model):
    """One move. `version` is the one that it gave the comment.

    `before` is what an undo puts back. `moderator` is empty for the author's withdrawal,
    and for an undo that followed from a command. Decisions taken together share a `group`,
    a random id; that of a decision taken alone is "".
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveIntegerField()
    move = models.TextField(choices=Move.choices)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )
    rules = models.JSONField(default=list, blank=True)
    terms = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    before = models.JSONField(default=dict, blank=True)
    state = models.TextField()  # that it led to
    taken = models.DateTimeField()
    group = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "version"], name="decision_in_order"
            ),
            models.CheckConstraint(
                condition=Q(move__in=Move.values), name="decision_move_known"
            ),
            models.CheckConstraint(
                condition=Q(moderator__isnull=False) | Q(move__in=["withdraw", "undo"]),
                name="decision_has_a_name",
            ),
        ]
        indexes = [
            models.Index(fields=["moderator", "-id"], name="decision_of_person"),
            models.Index(
                fields=["group", "id"], condition=~Q(group=""), name="decision_of_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move} of comment {self.comment_id}"
