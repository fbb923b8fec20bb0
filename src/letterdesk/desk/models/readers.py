"""Letters that are not comments: withdrawals, appeals, notices and tips."""

from django.db import models

from letterdesk.desk.models.comments import Comment
from letterdesk.desk.models.stories import Story


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
    """A reader asks another person to look again. `comment` is empty until it is there."""

    public_id = models.TextField(unique=True)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    lookup = models.TextField()
    action_digest = models.BinaryField()
    text = models.TextField()
    arrived = models.DateField()
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["is_open", "id"], name="appeal_open"),
            models.Index(fields=["lookup"], name="appeal_by_receipt"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Notice(models.Model):
    """A reader reports a published comment (DSA, article 16)."""

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
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["is_open", "id"], name="notice_open")]

    def __str__(self) -> str:
        return self.public_id


class Tip(models.Model):
    """A letter meant for the newsroom's eyes, never for publication."""

    public_id = models.TextField(unique=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="tips")
    text = models.TextField()
    name = models.TextField(default="", blank=True)
    contact = models.TextField(default="", blank=True)
    arrived = models.DateField()

    def __str__(self) -> str:
        return self.public_id


class Unopened(models.Model):
    """What came out of the spool and could not be opened: kept, so that nothing is lost."""

    digest = models.TextField(unique=True)
    batch = models.TextField()
    raw = models.BinaryField()
    reason = models.TextField()
    found = models.DateField()

    def __str__(self) -> str:
        return f"{self.batch}: {self.reason}"
