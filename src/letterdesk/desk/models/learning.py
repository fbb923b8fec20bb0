"""Models that a desk's decisions made, and how far learning has come."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from letterdesk.triage.signal import Kind

# Those of BARS, whose module loads numpy and all of triage: most commands need neither.
_TAUGHT = [Kind.INCIVILITY.value, Kind.SPAM.value]


class DeskModel(models.Model):
    """A model of a signal for one desk and language; its card is a triage lesson's Card.

    There is one candidate at most, which nobody has `taken` yet; whoever takes it finds the
    very one that she looked at, or none. Where none is in use, the shipped one is.
    """

    desk = models.TextField()
    language = models.TextField()
    signal = models.TextField(default=Kind.INCIVILITY.value)
    number = models.PositiveIntegerField()
    made = models.DateField()
    decision = models.BigIntegerField()  # the last that it learnt from
    card = models.JSONField()
    digest = models.TextField()
    taken = models.DateField(null=True, blank=True)  # into use, the first time
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="models_taken",
    )
    in_use = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "language", "signal", "number"], name="desk_model_numbered"
            ),
            models.UniqueConstraint(
                fields=["desk", "language", "signal"],
                condition=Q(in_use=True),
                name="desk_model_one_in_use",
            ),
            models.CheckConstraint(
                condition=Q(signal__in=_TAUGHT), name="desk_model_signal_known"
            ),
            models.CheckConstraint(
                condition=Q(in_use=False) | Q(taken__isnull=False, taken_by__isnull=False),
                name="desk_model_taken_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal} model {self.number} of {self.desk} in {self.language}"


class DeskWeights(models.Model):
    """A model's file of weights; the oldest models have lost theirs."""

    model = models.OneToOneField(
        DeskModel, on_delete=models.CASCADE, primary_key=True, related_name="weights"
    )
    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"weights of model {self.model_id}"


class Lesson(models.Model):
    """What a desk's decisions in one language taught a signal when last looked at.

    `decision` is the last one of them; `facts` are counts, never a word.
    """

    desk = models.TextField()
    language = models.TextField()
    signal = models.TextField(default=Kind.INCIVILITY.value)
    decision = models.BigIntegerField()
    day = models.DateField()
    facts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "language", "signal"], name="lesson_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal} lesson of {self.desk} in {self.language}"


class LearningMark(models.Model):
    """When decisions were last looked at, and the last one there was: one row."""

    decision = models.BigIntegerField()
    day = models.DateField()

    def __str__(self) -> str:
        return f"looked at up to decision {self.decision}"


class TeachingRule(models.Model):
    """Whether rejections under a rule teach a signal; rules are told by their key.

    A rule that is not here is as the shipped one of its key.
    """

    key = models.TextField()
    signal = models.TextField(default=Kind.INCIVILITY.value)
    teaches = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "signal"], name="teaching_rule_once"),
        ]

    def __str__(self) -> str:
        return f"rule {self.key} for {self.signal}"
