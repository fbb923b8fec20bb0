"""Forget what lies in the public place, so that the next pass writes all of it anew."""

from django.db import transaction
from django.db.models import F

from letterdesk.desk.models import Comment, Notice, PublishedFile, Story, Tip
from letterdesk.domain.states import FINAL, State

_TOLD = FINAL | {State.WITHDRAWN}


@transaction.atomic
def forget_files() -> None:
    """Mark every file as uncertain, every story as changed, every outcome as due.

    For a public place that was lost, moved or tampered with. Nothing is decided by it.
    """
    PublishedFile.objects.update(digest="")
    Story.objects.filter(changed=False).update(changed=True)
    told = Comment.objects.filter(state__in=_TOLD, acted_version=F("version"))
    told.exclude(lookup="").update(outcome_due=True)
    Notice.objects.exclude(fate="").exclude(lookup="").update(outcome_due=True)
    Tip.objects.filter(is_withdrawn=True).exclude(lookup="").update(outcome_due=True)
