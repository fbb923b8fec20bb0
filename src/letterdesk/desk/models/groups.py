"""What groups by score rest on: unwelcome letters that were seen, and what they promise."""

from django.db import models
from django.db.models import Q

from letterdesk.desk.models.comments import Comment


class Unwelcome(models.Model):
    """How a letter had scored that a person turned down or cut for incivility.

    `scorer` is the version of what scored it: scores of another say nothing beside it. It
    repeats no word, and goes when the letter's words go.
    """

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, primary_key=True, related_name="unwelcome"
    )
    desk = models.TextField()
    language = models.TextField()
    scorer = models.TextField()
    score = models.FloatField()
    day = models.DateField()
    is_audit = models.BooleanField()  # it was kept out of the group by lot

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=1), name="unwelcome_score_bounded"
            ),
        ]
        indexes = [
            models.Index(
                fields=["desk", "language", "scorer", "-day", "-comment"],
                name="unwelcome_newest",
            ),
            models.Index(fields=["day"], name="unwelcome_by_day"),
        ]

    def __str__(self) -> str:
        return f"comment {self.comment_id} at {self.score:.2f}"


class GroupPromise(models.Model):
    """What a desk's unwelcome letters in a language allow to promise: triage.promise.

    Kept when one more is seen, so that every screen reads one row. Without a `mark` the
    group is off.
    """

    desk = models.TextField()
    language = models.TextField()
    scorer = models.TextField()
    mark = models.FloatField(null=True, blank=True)
    seen = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    audits = models.PositiveIntegerField()  # of those seen

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "language", "scorer"], name="promise_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk} in {self.language}: {self.mark}"
