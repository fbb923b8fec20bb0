"""What came from another system, and what it was there."""

from django.db import models
from django.db.models import Q

from letterdesk.desk.models.comments import Comment
from letterdesk.desk.models.stories import Story


class ImportRun(models.Model):
    """One call of `letterdesk import`; `finished` is empty while its threads are not whole.

    `file` is the name of the file, without its folder.
    """

    source = models.TextField()  # a FORMAT
    file = models.TextField()
    begun = models.DateField()
    finished = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.source} {self.file}"


class Imported(models.Model):
    """A comment elsewhere: `source_id` on `site` in `source`. It is taken over once.

    `comment` is empty for what was not taken over, as long as an answer to it may need its
    place. `written` orders a thread, and is forgotten when that is whole; so are the rows
    without a comment.
    """

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="imported"
    )
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, related_name="imported", db_index=False
    )
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="comments")
    source = models.TextField()
    site = models.TextField(default="", blank=True)
    source_id = models.TextField()
    reply_to = models.TextField(default="", blank=True)  # a source_id
    written = models.DateTimeField(null=True, blank=True)
    # Titles of the rules under which another newsroom had edited it; None: it had not.
    edited_under = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "site", "source_id"], name="imported_once"
            ),
            models.CheckConstraint(
                condition=Q(comment__isnull=False) | Q(written__isnull=False),
                name="imported_gap_is_forgotten",
            ),
        ]
        indexes = [
            models.Index(
                fields=["story"],
                condition=Q(written__isnull=False),
                name="imported_unplaced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"
