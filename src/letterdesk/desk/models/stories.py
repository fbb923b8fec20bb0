"""The stories that can be commented on, and what their desks ask for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from letterdesk.domain.states import Risk


class Story(models.Model):
    """A story, known by its canonical URL. `changed` is set until the press has been.

    `outdated` is set as long as its pages are those of an earlier version of the software,
    the settings or the terms; they are right, and wait longer. `brought_by` is the import
    that registered it.
    """

    public_id = models.TextField(unique=True)
    url = models.TextField(unique=True)
    headline = models.TextField()
    language = models.TextField()
    desk = models.TextField()
    risk = models.TextField(default=Risk.ORDINARY)
    is_open = models.BooleanField(default=True)
    registered = models.DateField()
    body = models.TextField(default="", blank=True)
    credits = models.JSONField(default=list, blank=True)
    picture = models.JSONField(null=True, blank=True)
    published_comments = models.PositiveIntegerField(default=0)
    changed = models.BooleanField(default=True)
    outdated = models.BooleanField(default=False)
    brought_by = models.ForeignKey(
        "desk.ImportRun",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
    )
    ordinary_wanted_by = models.ForeignKey(  # while a second editor has to agree
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(risk__in=[risk.value for risk in Risk]), name="story_risk_known"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(changed=True), name="story_changed"),
            models.Index(fields=["id"], condition=Q(outdated=True), name="story_outdated"),
            models.Index(
                fields=["is_open", "-registered", "-id"], name="story_open_newest"
            ),
            models.Index(fields=["desk", "id"], name="story_by_desk"),
        ]

    def __str__(self) -> str:
        return self.headline


class DeskRisk(models.Model):
    """A desk whose new stories are more than ordinary unless somebody says so."""

    desk = models.TextField(unique=True)
    risk = models.TextField(default=Risk.ORDINARY)
    ordinary_wanted_by = models.ForeignKey(  # while a second editor has to agree
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(risk__in=[risk.value for risk in Risk]), name="desk_risk_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk}: {self.risk}"
