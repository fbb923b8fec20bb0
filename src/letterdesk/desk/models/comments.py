"""Opened letters that may be published."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from letterdesk.desk.models.stories import Story
from letterdesk.domain.states import SEEN_BY_READERS, Risk, State

_SEEN_BY_READERS = sorted(state.value for state in SEEN_BY_READERS)


class Comment(models.Model):
    """A comment and where it stands.

    `id` is the order in which letters were opened, and never leaves the desk. `text` is
    what the reader sent; `cuts` ([start, end, note] each) is what readers do not get of it,
    and `name_left_out` says that they do not get `name`.
    `version` counts the decisions; the press has acted on those up to `acted_version`.
    Every index costs each letter that comes in: only lists that are read have one.
    """

    public_id = models.TextField(unique=True)
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, related_name="comments", db_index=False
    )
    desk = models.TextField()  # the story's: the queue's index needs it here
    state = models.TextField(default=State.PENDING)
    text = models.TextField()
    name = models.TextField(default="", blank=True)
    language = models.TextField(default="", blank=True)
    reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    as_written = models.BooleanField(default=False)
    trapped = models.BooleanField(default=False)
    came_late = models.BooleanField(default=False)  # its story was closed by then
    lost_parent = models.BooleanField(default=False)  # what it answers is not there
    risk = models.TextField(default=Risk.ORDINARY)  # see queries/risks.py
    arrived = models.DateField()
    cuts = models.JSONField(default=list, blank=True)
    name_left_out = models.BooleanField(default=False)
    rules = models.JSONField(default=list, blank=True)
    terms = models.TextField(default="", blank=True)
    statement = models.TextField(default="", blank=True)
    reasons = models.ForeignKey(  # the statement in force
        "Statement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="in_force",
    )
    version = models.PositiveIntegerField(default=1)
    acted_version = models.PositiveIntegerField(default=1)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="first_approvals",
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="second_approvals",
    )
    published = models.DateField(null=True, blank=True)  # the first time
    # The press has published it, and no page has shown it yet: only a slot makes one.
    awaits_page = models.BooleanField(default=False, db_default=False)
    # In the thread, as published.
    place = models.PositiveIntegerField(null=True, blank=True)
    is_pick = models.BooleanField(default=False)
    lookup = models.TextField(default="", blank=True)
    outcome_key = models.BinaryField(default=b"")
    action_digest = models.BinaryField(default=b"")
    salt = models.BinaryField()  # ties the audit log to the text; empty once erased
    outcome_due = models.BooleanField(default=False)  # the press has something to do
    screened = models.PositiveSmallIntegerField(default=0)  # checks' version; 0: not yet
    outcome_parts = models.PositiveSmallIntegerField(default=0)  # that may lie in public

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="comment_state_known",
            ),
            models.CheckConstraint(
                condition=Q(risk__in=[risk.value for risk in Risk]),
                name="comment_risk_known",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("approved_by")),
                name="comment_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(risk=Risk.SENSITIVE, state__in=_SEEN_BY_READERS)
                | Q(approved_by__isnull=False, seconded_by__isnull=False),
                name="comment_two_people_if_sensitive",
            ),
            models.CheckConstraint(
                condition=Q(acted_version__lte=F("version")), name="comment_acted_in_order"
            ),
            models.CheckConstraint(
                condition=Q(name_left_out=False) | ~Q(name=""),
                name="comment_has_the_name_left_out",
            ),
            models.UniqueConstraint(
                fields=["lookup"], condition=~Q(lookup=""), name="comment_of_receipt"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "desk", "id"], name="comment_queue_of_desk"),
            models.Index(fields=["state", "id"], name="comment_queue"),
            models.Index(fields=["desk", "id"], name="comment_of_desk"),
            models.Index(fields=["story", "state", "id"], name="comment_queue_of_story"),
            models.Index(
                fields=["desk", "story"],
                condition=Q(state=State.PENDING.value),
                name="comment_waiting_of_story",
            ),
            models.Index(
                fields=["desk", "language", "id"],
                condition=Q(state=State.PENDING.value),
                name="comment_waiting_in_language",
            ),
            models.Index(
                fields=["story", "place"],
                condition=Q(place__isnull=False),
                name="comment_in_thread",
            ),
            models.Index(
                fields=["story", "id"],
                condition=Q(outcome_due=True),
                name="comment_outcome_due",
            ),
            models.Index(fields=["id"], condition=Q(screened=0), name="comment_unscreened"),
        ]

    def __str__(self) -> str:
        return self.public_id
