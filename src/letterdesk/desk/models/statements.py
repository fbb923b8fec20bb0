"""Statements of reasons: one for each decision against a letter, never changed."""

from django.db import models
from django.db.models import Q

from letterdesk.desk.models.comments import Comment
from letterdesk.desk.models.decisions import Decision
from letterdesk.domain.statement import Category, Ground, Measure, Source, Verdict


class Statement(models.Model):
    """What its author is told of one decision (DSA, article 17); see domain.statement.

    Rows are only added. Two things happen to one later: the press writes down, once, the
    day from which the decision counts; and the words go when its author takes the letter
    back. `puid` is random and leads to nothing.
    """

    puid = models.TextField(unique=True)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="statements"
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="statement"
    )
    refers_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="answers",
    )
    verdict = models.TextField(default="", blank=True)  # on the appeal it answers
    measure = models.TextField()
    parts = models.JSONField(default=list, blank=True)  # of a cut
    ground = models.TextField()
    rules = models.JSONField(default=list, blank=True)
    terms = models.TextField(default="", blank=True)
    law = models.TextField(default="", blank=True)
    facts = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    source = models.TextField()
    detected = models.BooleanField(default=False)
    category = models.TextField()
    language = models.TextField(default="", blank=True)
    written = models.DateField()
    decided = models.DateField()
    applied = models.DateField(null=True, blank=True)  # the press has acted
    territory = models.JSONField(default=list, blank=True)
    appeal_until = models.DateField(null=True, blank=True)
    body = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__in=[one.value for one in Measure]),
                name="statement_measure_known",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=[one.value for one in Ground]),
                name="statement_ground_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=[one.value for one in Source]),
                name="statement_source_known",
            ),
            models.CheckConstraint(
                condition=Q(category__in=[one.value for one in Category]),
                name="statement_category_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *(one.value for one in Verdict)]),
                name="statement_verdict_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["applied", "id"],
                condition=Q(applied__isnull=False),
                name="statement_applied",
            ),
        ]

    def __str__(self) -> str:
        return self.puid
