"""What triage noticed about comments, and what near-copies are found by."""

from django.db import models
from django.db.models import Q

from letterdesk.desk.models.comments import Comment
from letterdesk.triage.signal import Field, Kind


class Signal(models.Model):
    """One thing noticed about a comment, or a check that did not run.

    `code` names a sentence, `facts` are what it speaks of, `spans` ([start, end] each) are
    places in the reader's text, or in her name where it is `of` that. None of them repeats
    her words, but what hidden words read; all of it goes when her words go.
    """

    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="signals", db_index=False
    )
    kind = models.TextField()
    of = models.TextField(default=Field.TEXT)
    score = models.FloatField()
    code = models.TextField()
    facts = models.JSONField(default=dict, blank=True)
    spans = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "kind", "of"], name="signal_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="signal_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(of__in=[field.value for field in Field]),
                name="signal_field_known",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=1), name="signal_score_bounded"
            ),
        ]
        indexes = [
            models.Index(
                fields=["comment"], condition=Q(code="protected"), name="signal_protected"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of comment {self.comment_id}"


class Copy(models.Model):
    """A comment's signature, and the group of near-copies that it belongs to.

    `group` is the key of the comment that the group began with; it is only a number.
    """

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, primary_key=True, related_name="copy"
    )
    group = models.BigIntegerField()
    signature = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["group", "comment"], name="copy_group")]

    def __str__(self) -> str:
        return f"comment {self.comment_id} in group {self.group}"


class CopyBand(models.Model):
    """A key by which near-copies of a group's leader are found; see triage.campaign."""

    key = models.BigIntegerField()
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="bands", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["key", "comment"], name="copy_band")]

    def __str__(self) -> str:
        return f"a band of comment {self.comment_id}"


class ScreeningMark(models.Model):
    """What letters were looked at by: one row.

    `version` is that of the checks that what waits was given to; `names` the fingerprint of
    the key by which protected names were looked for in everything, empty while without.
    """

    version = models.PositiveSmallIntegerField()
    names = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"version {self.version}"
