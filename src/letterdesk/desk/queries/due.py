"""What the press has to do."""

from datetime import date

from django.db.models import F, Max, Q, QuerySet

from letterdesk.desk.models import Comment, Decision, Notice, Story, Tip
from letterdesk.desk.queries.failing import failing_pages
from letterdesk.domain.states import Risk, State


def due_stories() -> list[int]:
    """Give the keys of the stories that the press must see to; what failed before, last.

    Indexes story_changed and comment_outcome_due: what is not due costs nothing.
    """
    changed = Story.objects.filter(changed=True).values_list("pk", flat=True)
    decided = Comment.objects.filter(outcome_due=True).values_list("story_id", flat=True)
    failing = set(failing_pages())
    due = {*changed, *decided.order_by("story_id").distinct()} - failing
    return [*sorted(due), *sorted(failing)]


def outdated_stories(most: int | None = None) -> list[int]:
    """Give the keys of the stories whose pages are of an earlier version, `most` of them.

    Not those whose page fails: the slots see to them. Index story_outdated.
    """
    found = Story.objects.filter(outdated=True).exclude(pk__in=failing_pages())
    found = found.order_by("id")
    return list(found.values_list("pk", flat=True)[:most])


def to_act_on(story: Story) -> QuerySet[Comment]:
    """Give the comments decided on since the press last acted, in order, locked.

    Whatever a sensitive story's comment lacks, the press never publishes one that two
    people have not seen.
    """
    found = Comment.objects.select_for_update(no_key=True).filter(
        story=story, outcome_due=True, version__gt=F("acted_version")
    )
    by_one = Q(state=State.APPROVED, seconded_by=None)
    if story.risk != Risk.SENSITIVE:
        by_one &= Q(risk=Risk.SENSITIVE)
    return found.exclude(by_one).order_by("id")


def to_tell(story_id: int) -> QuerySet[Comment]:
    """Give the comments whose authors are to be told what the press has acted on."""
    return (
        Comment.objects.select_related("story", "reasons__refers_to__refers_to")
        .defer("story__body", "story__credits", "story__picture")
        .filter(story_id=story_id, outcome_due=True, acted_version=F("version"))
        .order_by("id")
    )


def without_page(due: QuerySet[Comment]) -> QuerySet[Comment]:
    """Give those of `to_tell` that were never in the thread: no page is to show them."""
    return due.filter(place=None)


def between_slots(due: QuerySet[Comment]) -> QuerySet[Comment]:
    """Give those of `to_tell` that wait for no slot: not what no page has shown yet."""
    return due.exclude(state=State.PUBLISHED, awaits_page=True)


def notices_to_tell() -> QuerySet[Notice]:
    """Give the notices whose senders are to be told, once the page shows what was done.

    Index notice_outcome_due.
    """
    found = Notice.objects.select_related("story", "comment", "decision")
    found = found.exclude(story__in=failing_pages())
    is_acted_on = Q(decision=None) | Q(comment__acted_version__gte=F("decision__version"))
    return found.filter(is_acted_on, outcome_due=True).order_by("id")


def tips_to_tell() -> QuerySet[Tip]:
    """Give the tips whose senders have taken them back. Index tip_outcome_due."""
    return Tip.objects.select_related("story").filter(outcome_due=True).order_by("id")


def last_place(story: Story) -> int:
    """Give the last place taken in a thread; 0 in an empty one. Index comment_in_thread."""
    taken = Comment.objects.filter(story=story, place__isnull=False)
    found = taken.aggregate(last=Max("place"))
    return found["last"] or 0


def decided_days(comments: list[int]) -> dict[int, date]:
    """Give the day of each comment's last decision."""
    taken = Decision.objects.filter(comment__in=comments, version=F("comment__version"))
    return {one.comment_id: one.taken.date() for one in taken.only("comment_id", "taken")}
