"""The audit log, the counters behind the public figures, and what the press has done."""

from django.db import models
from django.db.models import Q

from letterdesk.desk.models.stories import Story


class AuditEntry(models.Model):
    """One link of the chain; see domain.audit. Rows are only ever added.

    `what`, `who` and `day` are in `facts` too, which the digest covers: here to be found.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    facts = models.JSONField()
    digest = models.TextField(unique=True)
    what = models.TextField(default="")
    who = models.TextField(default="")
    day = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["day", "number"], name="audit_by_day"),
            models.Index(fields=["who", "day", "number"], name="audit_by_person"),
            models.Index(fields=["what", "day", "number"], name="audit_by_kind"),
            models.Index(fields=["who", "what", "day", "number"], name="audit_by_both"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number}"


class AuditMention(models.Model):
    """That an entry is about a comment, a story, a person: see domain.audit.subjects."""

    entry = models.ForeignKey(
        AuditEntry, on_delete=models.PROTECT, related_name="mentions", db_index=False
    )
    subject = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "subject"], name="mention_once"),
        ]
        indexes = [
            models.Index(fields=["subject", "entry"], name="mention_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} in entry {self.entry_id}"


class AuditCheck(models.Model):
    """How far the worker has verified the chain: one row.

    `number` and `digest` are the last entry of the run that goes on, `begun` its first day;
    `done` is the day on which a run last reached the end, which was then entry `whole`.
    """

    number = models.PositiveBigIntegerField(default=0)
    digest = models.TextField()
    begun = models.DateField()
    done = models.DateField(null=True)
    whole = models.PositiveBigIntegerField(default=0)
    broken = models.PositiveBigIntegerField(null=True)  # the first entry that does not hold

    def __str__(self) -> str:
        return f"verified to entry {self.number}"


class AuditHead(models.Model):
    """The last link: one row, locked by whoever adds the next."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.TextField()

    def __str__(self) -> str:
        return f"entry {self.number}"


class Tally(models.Model):
    """How often something happened in a day: what reports and figures are added up from.

    `desk` and `language` are empty where it belongs to none, or was counted before they
    were.
    """

    day = models.DateField()
    kind = models.TextField()
    key = models.TextField(default="", blank=True)
    desk = models.TextField(default="", blank=True)
    language = models.TextField(default="", blank=True)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "key", "desk", "language"], name="tally_once_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.key}: {self.count}"


class PublishedFile(models.Model):
    """A file in the public place, as the press last wrote it.

    `digest` is empty while the press writes or removes the file: what lies there then is
    not known, and the next pass writes it again.
    """

    path = models.TextField(primary_key=True)
    digest = models.TextField(blank=True)
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )

    def __str__(self) -> str:
        return self.path


class LoosePicture(models.Model):
    """A picture in the public place that perhaps no story has; `kept_to` is its last day.

    One that was just taken in, before its story is saved, or one that was replaced. As long
    as it is `awaited`, by so many who are about to save a story with it, no other story
    that lets go of it changes its last day.
    """

    path = models.TextField(primary_key=True)
    kept_to = models.DateField()
    awaited = models.PositiveIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return self.path


class PressPart(models.TextChoices):
    """What the press does for a story."""

    PAGE = "page"  # act on what was decided, and write the story's files
    OUTCOMES = "outcomes"  # tell authors, and who sent notices and tips


class PressFailure(models.Model):
    """What the press could not do for a story, and tries again at every slot.

    `why` is a code, or an error's type and its place in the code: no word of a reader.
    """

    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, related_name="failures", db_index=False
    )
    part = models.TextField(choices=PressPart.choices)
    why = models.TextField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "part"], name="failure_once"),
            models.CheckConstraint(
                condition=Q(part__in=PressPart.values), name="failure_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.story_id}: {self.why}"


class PressMark(models.Model):
    """What every page depends on, as the press last saw it: one row."""

    digest = models.TextField()

    def __str__(self) -> str:
        return self.digest
