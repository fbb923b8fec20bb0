"""The people who must not be named, as keyed hashes: the list names nobody."""

from django.db import models

from letterdesk.desk.models.stories import Story


class ProtectedName(models.Model):
    """Somebody who must not be named; without a `story`, in the whole site."""

    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, null=True, blank=True, related_name="names"
    )
    label = models.TextField()  # what moderators read: "the victim", never a name
    added = models.DateField()
    key = models.BinaryField(null=True, blank=True)  # the fingerprint of the forms' key

    def __str__(self) -> str:
        return f"protected name {self.pk}"


class NameForm(models.Model):
    """One form of a protected name, as an HMAC; see triage.protected_name."""

    name = models.ForeignKey(ProtectedName, on_delete=models.PROTECT, related_name="forms")
    digest = models.BinaryField()
    kind = models.TextField()
    is_near = models.BooleanField()

    def __str__(self) -> str:
        return f"a form of protected name {self.name_id}"
