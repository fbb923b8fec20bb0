"""Who has which letter open. Nothing to keep: rows come and go while people work."""

from django.conf import settings
from django.db import models

from letterdesk.desk.models.comments import Comment


class Claim(models.Model):
    """The letter that a person opened last; nobody else is given it until `until`.

    One a letter and one a person: there are never more rows than people at work. It only
    steers who is given what; that no decision is lost is for the comment's version.
    """

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="claim")
    moderator = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claim"
    )
    until = models.DateTimeField()
    page = models.TextField(blank=True, default="")  # the id of the page that took it

    def __str__(self) -> str:
        return f"comment {self.comment_id} with {self.moderator_id}"
