"""The Terms of Use: every version, and the draft of the next one."""

from django.db import models
from django.db.models import Q, Value


class TermsVersion(models.Model):
    """A version of the Terms of Use; without a number it is the draft, the only one.

    Once it has a number nothing in it changes: decisions and published pages cite it.
    """

    number = models.PositiveIntegerField(null=True, blank=True, unique=True)
    since = models.DateField(null=True, blank=True)  # the day from which it counts

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, since__isnull=True)
                | Q(number__isnull=False, since__isnull=False),
                name="terms_version_since",
            ),
            models.UniqueConstraint(
                Value(1), condition=Q(number__isnull=True), name="terms_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}" if self.number else "draft"


class TermsText(models.Model):
    """A version in one language.

    `intro` has paragraphs between blank lines. `rules` are {key, title, text, reason, note,
    category} each, in order; a key is the same in every language and stays with a rule
    from version to version, while its number is its place. `revision` counts changes.
    """

    version = models.ForeignKey(
        TermsVersion, on_delete=models.CASCADE, related_name="texts"
    )
    language = models.TextField()
    title = models.TextField(default="", blank=True)
    intro = models.TextField(default="", blank=True)
    disclaimer = models.TextField(default="", blank=True)
    rules = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)
    place = models.PositiveSmallIntegerField(default=0)  # the first is for who has none

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="terms_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} in {self.language}"
