"""What one admin did at the desk and another one has yet to confirm."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from letterdesk.desk.models.people import Token


class Cause(models.TextChoices):
    """What an admin did to an account."""

    ADDED = "added"
    CHANGED = "changed"  # so that it may more than before
    REOPENED = "reopened"
    RESET = "reset"
    REMOVED = "removed"  # is an admin who can act no longer
    TOKEN = "token"  # noqa: S105 -- a word, no secret


_OF_ACCOUNTS = [one.value for one in Cause if one is not Cause.TOKEN]


class Unconfirmed(models.Model):
    """Something that makes an account, or one of its tokens, no second person yet.

    Of a removed admin it says that nobody else has agreed yet. See decision 0025. Rows go
    when another admin confirms, or somebody at the machine.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unconfirmed"
    )
    token = models.ForeignKey(
        Token,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="unconfirmed",
    )
    cause = models.TextField(choices=Cause.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="unconfirmed_acts"
    )
    since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=Cause.values), name="unconfirmed_cause_known"
            ),
            models.CheckConstraint(
                condition=Q(cause=Cause.TOKEN, token__isnull=False)
                | Q(cause__in=_OF_ACCOUNTS, token__isnull=True),
                name="unconfirmed_token_if_about_one",
            ),
            models.UniqueConstraint(
                fields=["user", "cause", "by"],
                condition=Q(token__isnull=True),
                name="unconfirmed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} of {self.user_id}"
