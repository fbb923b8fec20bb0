"""Letters that are not comments: withdrawals, appeals, notices and tips."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from letterdesk.desk.models.comments import Comment
from letterdesk.desk.models.decisions import Decision
from letterdesk.desk.models.stories import Story


class Fate(models.TextChoices):
    """What a notice led to."""

    KEPT = "kept"
    CUT = "cut"
    TAKEN_DOWN = "taken-down"
    GONE = "gone"  # the comment was no longer published when somebody looked
    WITHDRAWN = "withdrawn"  # by who sent the notice


def this_hour() -> datetime:
    """Give the hour, UTC: reports ask how many of them a notice waited."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


class Withdrawal(models.Model):
    """A reader takes her comment back. Applied when the comment is there; else it waits."""

    public_id = models.TextField(unique=True)
    lookup = models.TextField()
    action_digest = models.BinaryField()
    arrived = models.DateField()
    is_applied = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["lookup"], name="withdrawal_by_receipt")]

    def __str__(self) -> str:
        return self.public_id


class Appeal(models.Model):
    """A reader asks another person to look again. `comment` is empty until it is there.

    `verdict` is empty until somebody has answered it by `decision`. On a sensitive story
    `first_by` wants it reversed with `first_cuts`, and with or without the name, and waits
    for a second person. She saw `first_version` of the comment: of another one she did not
    speak.
    """

    public_id = models.TextField(unique=True)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    lookup = models.TextField()
    action_digest = models.BinaryField()
    text = models.TextField()
    arrived = models.DateField()
    is_open = models.BooleanField(default=True)
    verdict = models.TextField(default="", blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="first_reversals",
    )
    first_cuts = models.JSONField(default=list, blank=True)
    first_name_left_out = models.BooleanField(default=False)
    first_version = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", "upheld", "reversed"]),
                name="appeal_verdict_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(is_open=False), name="appeal_answered_once"
            ),
        ]
        indexes = [
            models.Index(fields=["is_open", "id"], name="appeal_open"),
            models.Index(fields=["lookup"], name="appeal_by_receipt"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Notice(models.Model):
    """A reader reports a published comment (DSA, article 16).

    `fate` is empty until somebody has decided, by `decision` where the comment was changed;
    `answer` is a line to who sent the notice.
    """

    public_id = models.TextField(unique=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="notices")
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    text = models.TextField()
    name = models.TextField(default="", blank=True)
    contact = models.TextField(default="", blank=True)
    arrived = models.DateField()
    lookup = models.TextField(default="", blank=True)
    outcome_key = models.BinaryField(default=b"")
    action_digest = models.BinaryField(default=b"")
    alleged = models.TextField(default="", blank=True)  # law, rules, danger
    good_faith = models.BooleanField(default=False)
    opened = models.DateTimeField(default=this_hour)
    is_open = models.BooleanField(default=True)
    fate = models.TextField(choices=Fate.choices, default="", blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="decided_notices",
    )
    decided = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(default="", blank=True)
    outcome_due = models.BooleanField(default=False)  # the press has something to do
    outcome_parts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fate__in=["", *Fate.values]), name="notice_fate_known"
            ),
        ]
        indexes = [
            models.Index(fields=["is_open", "id"], name="notice_open"),
            models.Index(
                fields=["lookup"], condition=~Q(lookup=""), name="notice_by_receipt"
            ),
            models.Index(
                fields=["id"], condition=Q(outcome_due=True), name="notice_outcome_due"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Tip(models.Model):
    """A letter meant for the newsroom's eyes, never for publication.

    Once it is in an editor's hands it is wiped here: what stays is that there was one, so
    that it is not taken in a second time.
    """

    public_id = models.TextField(unique=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="tips")
    text = models.TextField()
    name = models.TextField(default="", blank=True)
    contact = models.TextField(default="", blank=True)
    arrived = models.DateField()
    lookup = models.TextField(default="", blank=True)
    outcome_key = models.BinaryField(default=b"")
    action_digest = models.BinaryField(default=b"")
    taken_by = models.ForeignKey(  # who has downloaded it last
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="taken_tips",
    )
    is_open = models.BooleanField(default=True)  # not wiped, not withdrawn
    is_withdrawn = models.BooleanField(default=False)
    outcome_due = models.BooleanField(default=False)
    outcome_parts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["is_open", "-id"], name="tip_open"),
            models.Index(fields=["lookup"], condition=~Q(lookup=""), name="tip_by_receipt"),
            models.Index(
                fields=["id"], condition=Q(outcome_due=True), name="tip_outcome_due"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Unopened(models.Model):
    """What came out of the spool and could not be opened: kept, so that nothing is lost."""

    digest = models.TextField(unique=True)
    batch = models.TextField()
    raw = models.BinaryField()
    reason = models.TextField()
    # The key, or the story, with which it opens; "" where an earlier version did not say.
    awaits = models.TextField(default="", db_default="", blank=True)
    found = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["reason", "awaits"], name="unopened_awaits")]

    def __str__(self) -> str:
        return f"{self.batch}: {self.reason}"
