"""Write a story's files, and the files that belong to no story."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from letterdesk.desk.actions.heads import next_head
from letterdesk.desk.actions.shelve import Ready, Shelved, put, ready, shelve
from letterdesk.desk.models import (
    Comment,
    PressFailure,
    PressPart,
    PublishedFile,
    Story,
)
from letterdesk.desk.queries.failing import failing_pages
from letterdesk.desk.queries.published import files_at, files_of
from letterdesk.desk.queries.report import public_figures
from letterdesk.desk.queries.stories import newest_open, story_value
from letterdesk.desk.queries.terms import book, in_force
from letterdesk.desk.queries.threads import thread, thread_between_slots
from letterdesk.domain import story as values
from letterdesk.domain.thread import Published
from letterdesk.places.base import Place
from letterdesk.press.site import (
    edition_paths,
    index_files,
    report_files,
    rules_files,
    unavailable_files,
)
from letterdesk.press.story import story_files
from letterdesk.reader.assets import assets, embed_files
from letterdesk.settings import Settings


@dataclass(frozen=True, kw_only=True)
class _Made:
    """A story's files, ready to be put, and what they were made of."""

    row: Story
    story: values.Story
    comments: list[Published]
    files: Ready


def show_story(story_id: int, *, place: Place, newsroom: Settings) -> Shelved:
    """Write what differs of a story's files, between slots.

    What the press has published, and no page has shown yet, waits for a slot.
    """
    made = _made(story_id, thread_between_slots, place=place, newsroom=newsroom)
    shelved = put(place, made.files, story=made.row)
    _settle(story_id, made.story, made.comments)
    return shelved


def show_story_at_slot(
    story_id: int, *, place: Place, newsroom: Settings, is_changed: Callable[[], bool]
) -> Shelved:
    """Write what differs of a story's files, as the press last acted on it.

    Making them takes seconds where a thread is long. `is_changed` is asked once they are
    made, and before readers get any of it: then they are made anew.
    """
    made = _made(story_id, thread, place=place, newsroom=newsroom)
    if is_changed():
        made = _made(story_id, thread, place=place, newsroom=newsroom)
    shelved = put(place, made.files, story=made.row)
    _note_shown(story_id)
    _settle(story_id, made.story, made.comments)
    return shelved


def _made(
    story_id: int,
    comments_of: Callable[[Story], list[Published]],
    *,
    place: Place,
    newsroom: Settings,
) -> _Made:
    row = Story.objects.get(pk=story_id)
    story, comments = story_value(row), comments_of(row)
    files = story_files(
        story,
        comments,
        site=newsroom.site,
        terms=in_force(story.language),
        per_page=newsroom.press.comments_per_page,
        slot_minutes=newsroom.press.slot_minutes,
    )
    found = ready(place, files, files_of(row))
    return _Made(row=row, story=story, comments=comments, files=found)


def show_ground(*, place: Place, newsroom: Settings) -> Shelved:
    """Write what differs of what all pages need: assets, embed.js, rules, a last resort.

    Nothing is removed: older rules and styles are still linked to.
    """
    site = newsroom.site
    files = {
        **assets(),
        **embed_files(),
        **rules_files(book(), site=site),
        **unavailable_files(site=site),
    }
    return shelve(place, files, files_at(files))


def clear_ground(*, place: Place) -> Shelved:
    """Remove what belongs to no story, and a whole pass did not write though it was due.

    Styles and rules of an earlier version, after all was forgotten: no page that was made
    anew links to them. Nothing, while there is a page that was not.
    """
    is_old = Q(changed=True) | Q(outdated=True)
    if failing_pages().exists() or Story.objects.filter(is_old).exists():
        return Shelved()
    left = PublishedFile.objects.filter(story=None, digest="")
    gone = list(left.values_list("path", flat=True))
    return put(place, Ready(plain={}, shown={}, gone=gone), story=None)


def show_index(*, place: Place, newsroom: Settings) -> Shelved:
    """Write what differs of the lists of stories and their numbers of comments alone."""
    files = _index(newsroom)
    return shelve(place, files, files_at(files))


def show_site(*, place: Place, newsroom: Settings, today: date) -> Shelved:
    """Write what differs of the index and the report; remove those of other languages.

    The head of the audit log that lies there stays where the log does not contain it.
    """
    end = next_head(place, today=today)
    files = {
        **_index(newsroom),
        **report_files(
            public_figures(today),
            {"number": end.number, "digest": end.digest},
            site=newsroom.site,
        ),
    }
    known = files_at({*files, *edition_paths()})
    return shelve(place, files, known)


def _index(newsroom: Settings) -> dict[str, bytes]:
    return index_files(newest_open(newsroom.press.index_stories), site=newsroom.site)


def _note_shown(story_id: int) -> None:
    """Note that a page shows all that was published: only the press itself adds to it."""
    awaiting = Comment.objects.filter(story=story_id, awaits_page=True)
    awaiting.update(awaits_page=False)


@transaction.atomic
def _settle(story_id: int, shown: values.Story, comments: list[Published]) -> None:
    """Mark the story as shown, unless it was changed meanwhile: its page fails no more.

    It is read once more under its lock, which whoever changes a story or a thread holds: a
    comment that was picked, imported or removed since then is shown at the next slot.
    """
    PressFailure.objects.filter(story=story_id, part=PressPart.PAGE).delete()
    row = Story.objects.select_for_update(no_key=True).get(pk=story_id)
    row.published_comments = sum(not one.is_gone for one in comments)
    row.changed = story_value(row) != shown or thread(row) != comments
    row.outdated = False
    row.save(update_fields=["published_comments", "changed", "outdated"])
