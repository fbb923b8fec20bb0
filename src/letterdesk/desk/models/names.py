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
    """Forms of one kind of a protected name, as HMACs; see triage.protected_name."""

    name = models.ForeignKey(ProtectedName, on_delete=models.PROTECT, related_name="forms")
    digest = models.BinaryField()  # of each form, in their own order, with nothing between
    kind = models.TextField()
    is_near = models.BooleanField()

    def __str__(self) -> str:
        return f"forms of protected name {self.name_id}"


class Rereading(models.Model):
    """What was decided on is read again for names, without a `story` in the whole site.

    Comments in one `state`, from the newest down: `before` is the key of the last one that
    was read. After a name came off a list `state` is "", and what is marked as naming
    somebody is read, wherever it stands.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, blank=True)
    state = models.TextField(default="", blank=True)
    before = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"rereading {self.pk}, before comment {self.before}"
