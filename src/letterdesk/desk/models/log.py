"""The audit log, the counters behind the public figures, and what the press has done."""

from django.db import models

from letterdesk.desk.models.stories import Story


class AuditEntry(models.Model):
    """One link of the chain; see domain.audit. Rows are only ever added."""

    number = models.PositiveBigIntegerField(primary_key=True)
    facts = models.JSONField()
    digest = models.TextField(unique=True)

    def __str__(self) -> str:
        return f"entry {self.number}"


class AuditHead(models.Model):
    """The last link: one row, locked by whoever adds the next."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.TextField()

    def __str__(self) -> str:
        return f"entry {self.number}"


class Tally(models.Model):
    """How often something happened in a day: what reports are added up from."""

    day = models.DateField()
    kind = models.TextField()
    key = models.TextField(default="", blank=True)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "key"], name="tally_once"),
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


class PressMark(models.Model):
    """What every page depends on, as the press last saw it: one row."""

    digest = models.TextField()

    def __str__(self) -> str:
        return self.digest
