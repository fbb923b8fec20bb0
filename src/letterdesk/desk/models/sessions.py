"""Who is signed in where, and who is to get a new first password."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Session(models.Model):
    """A sign-in. `session_key` is the SHA-256 of what the browser holds, never that itself.

    The names of the first three columns are Django's. `seen` is no finer than the hour.
    """

    session_key = models.TextField(primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField(db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sessions",
    )
    started = models.DateTimeField()
    seen = models.DateTimeField()

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class Reset(models.Model):
    """One admin has asked for a new first password for somebody; another one confirms."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reset"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="resets_asked"
    )
    asked = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")), name="reset_of_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"reset of {self.user_id}"
