"""Who is to be told by mail that there is an answer: an outbox."""

from django.db import models

from letterdesk.desk.models.comments import Comment


class Mail(models.Model):
    """An address that a reader left with her letter, sealed to a key of its own.

    The row goes when the mail was sent, or when she takes her letter back.
    """

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="mail")
    sealed = models.BinaryField()
    is_due = models.BooleanField(default=False)  # there is an answer to be read
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    is_parked = models.BooleanField(default=False)  # tried too often: a person must look
    reason = models.TextField(default="", blank=True)  # of the last failure, no address

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(is_due=True, is_parked=False),
                name="mail_due",
            ),
        ]

    def __str__(self) -> str:
        return f"mail about comment {self.comment_id}"
