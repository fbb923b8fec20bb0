"""A letter with what triage noticed, as on every page on which somebody decides."""

from typing import TypedDict

from django.http import HttpRequest

from letterdesk.desk.queries.comments import CommentView
from letterdesk.desk.queries.noticed import Noticed
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views.care import mark_opened
from letterdesk.desk.views.remarks import (
    Remark,
    StoryBlock,
    after_cuts,
    alarms,
    asked_about,
    remarks,
    story_blocks,
    without_words,
)
from letterdesk.desk.views.remarks_of_names import advice
from letterdesk.domain.marks import edited, marked
from letterdesk.domain.story import Story
from letterdesk.domain.text import Html


class Shown(TypedDict, total=False):
    """What the parts of such a page are made of; without a letter only the story."""

    noticed: Noticed
    remarks: tuple[Remark, ...]
    alarms: tuple[Remark, ...]
    lacks_checks: bool
    body: tuple[StoryBlock, ...]
    marked: Html
    name: Html
    warnings: tuple[Remark, ...]
    veiled: bool
    can_veil: bool
    named: tuple[str, ...]


def shown(
    request: HttpRequest,
    who: Person,
    seen: Noticed,
    *,
    comment: CommentView,
    story: Story,
    is_asked: bool,
) -> Shown:
    """Give what the parts of such a page are made of.

    A harsh letter is veiled for who wants that, and `is_asked` not to; remembers what is
    opened.
    """
    said = remarks(
        seen,
        text=comment.original,
        name=comment.original_name,
        story=story,
        advice=advice(comment),
    )
    said = after_cuts(said, comment.cuts)
    can_veil = who.veils and seen.is_harsh
    if can_veil and not is_asked:
        said = without_words(said)
    elif who.veils and not looks_ahead(request):
        mark_opened(request, comment.id)
    marks = [mark for one in said for mark in one.marks]
    return Shown(
        noticed=seen,
        remarks=said,
        alarms=alarms(said),
        lacks_checks=any(one.did_not_run or one.is_in_part for one in seen.signals),
        body=story_blocks(story.body, said),
        marked=edited(comment.original, marks, comment.cuts),
        name=marked(
            comment.original_name, [mark for one in said for mark in one.name_marks]
        ),
        warnings=asked_about(said, name_left_out=comment.name_left_out),
        veiled=can_veil and not is_asked,
        can_veil=can_veil and bool(request.GET.get("open")),
        named=seen.named,
    )


def looks_ahead(request: HttpRequest) -> bool:
    """Say whether nobody sees this page yet, or at all."""
    is_early = request.headers.get("Sec-Purpose", "").startswith("prefetch")
    return is_early or request.method == "HEAD"
