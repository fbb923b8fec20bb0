"""The stories that can be commented on."""

from django.db import models
from django.db.models import Q

from letterdesk.domain.states import Risk


class Story(models.Model):
    """A story, known by its canonical URL. `changed` is set until the press has been."""

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

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(risk__in=[risk.value for risk in Risk]), name="story_risk_known"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(changed=True), name="story_changed"),
            models.Index(
                fields=["is_open", "-registered", "-id"], name="story_open_newest"
            ),
            models.Index(fields=["desk", "id"], name="story_by_desk"),
        ]

    def __str__(self) -> str:
        return self.headline
