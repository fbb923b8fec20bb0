"""Publish: one pass of the press. Remove: what does not wait for one."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from letterdesk import domain, press, reader
from letterdesk.desk.actions.act import act, act_on_removals
from letterdesk.desk.actions.forget import forget_files
from letterdesk.desk.actions.loose_pictures import note_strays, remove_loose
from letterdesk.desk.actions.press_attempts import Attempts
from letterdesk.desk.actions.shelve import Shelved
from letterdesk.desk.actions.show import (
    clear_ground,
    show_ground,
    show_index,
    show_site,
    show_story,
    show_story_at_slot,
)
from letterdesk.desk.actions.sums import Sum
from letterdesk.desk.actions.take_in import take_back_unseen, take_in
from letterdesk.desk.actions.tell import Told, tell
from letterdesk.desk.actions.tell_senders import tell_senders
from letterdesk.desk.models import Comment, PressMark, PressPart, Story
from letterdesk.desk.queries.due import between_slots, due_stories, to_tell, without_page
from letterdesk.desk.queries.errors import no_story
from letterdesk.desk.queries.failing import Failing
from letterdesk.desk.queries.locks import press_lock
from letterdesk.desk.queries.removals import stories_to_remove_from
from letterdesk.desk.queries.scrub import scrub
from letterdesk.desk.queries.terms import number_in_force
from letterdesk.desk.queries.threads import awaits_page
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings
from letterdesk.watch import Watch


@dataclass(frozen=True, kw_only=True)
class Publication(Sum):
    """Stories written, comments acted on, outcomes told, files put and removed.

    `renewed` counts the stories whose pages were of an earlier version; `failed` is what
    could not be done, and is tried again at the next slot.
    """

    stories: int = 0
    comments: int = 0
    outcomes: int = 0
    files: int = 0
    removed: int = 0
    renewed: int = 0
    failed: tuple[Failing, ...] = ()


def publish(
    place: Place,
    *,
    newsroom: Settings,
    today: date,
    hour: int | None = None,
    anew: bool = False,
    watch: Watch = iter,
) -> Publication:
    """Act on what was decided, and write what changed; give how much it was.

    First the database says what is public, then the files do: killed at any point, the
    next pass finishes, and no file ever shows what the desk could still undo. One pass at
    a time. A story that fails keeps its page, and no other waiting. Pages of an earlier
    version are left for `renew`. What waits in the spool is taken in before, and once more
    for each story between the making of its page and the moment at which readers get it:
    an approved letter that its author took back is not published. Where that cannot be
    seen, what is to go still goes. `hour` is the one of the day, UTC, for the newsroom's
    own figures; None counts no hour. `anew` writes every file, whatever lies there, once
    another press has ended: it would note as written what it has passed over. Raises
    PlaceFailed, PressBusy, SpoolUnread.
    """
    _look_for(place)
    with press_lock(newsroom):
        if anew:
            forget_files()
            note_strays(place, today=today)
        attempts = Attempts(place=place, today=today)
        gone = [_remove(newsroom=newsroom, attempts=attempts)]
        seen = take_in(
            newsroom,
            today=today,
            hour=hour,
            meanwhile=lambda: gone.append(_remove(newsroom=newsroom, attempts=attempts)),
        )
        done = sum(gone, Publication())
        _notice_changes(newsroom)
        done += _ground(place=place, newsroom=newsroom)
        for story_id in watch(due_stories()):
            done += _press(story_id, newsroom=newsroom, attempts=attempts, seen=seen)
        done += _senders(attempts)
        failed = attempts.settle()
        done += _site(place=place, newsroom=newsroom, today=today)
        done += Publication(removed=remove_loose(place, today=today))
        scrub()
    return replace(done, failed=failed)


def remove(place: Place, *, newsroom: Settings, today: date) -> Publication:
    """Take from readers what was taken back, taken down or cut since; give how much it was.

    It waits for no slot, publishes nothing that no page has shown, and tells no one but
    the authors of these comments; the report stays as it is. Killed at any point, the next
    call finishes the pages, and the next slot the outcomes. Without anything to do it
    waits for no other press. Raises PlaceFailed, PressBusy.
    """
    if not stories_to_remove_from():
        return Publication()
    _look_for(place)
    with press_lock(newsroom):
        attempts = Attempts(place=place, today=today)
        done = _remove(newsroom=newsroom, attempts=attempts)
        scrub()
    return replace(done, failed=attempts.failing())


def renew(
    stories: Iterable[int], place: Place, *, newsroom: Settings, today: date
) -> Publication:
    """Write the pages of these stories as this version does, acting on no decision.

    Killed at any point, what is left is still marked; a page that fails waits for the next
    slot. Raises PlaceFailed, PressBusy.
    """
    _look_for(place)
    done = Publication()
    with press_lock(newsroom):
        attempts = Attempts(place=place, today=today)
        for story_id in stories:
            done += attempts.make(
                PressPart.PAGE,
                story_id,
                partial(_renew, story_id, place=place, newsroom=newsroom),
                instead=Publication(),
            )
        return replace(done, failed=attempts.failing())


def publish_story(
    public_id: str, place: Place, *, newsroom: Settings, today: date
) -> Publication:
    """Write a story's files and the index now, without acting on any decision.

    For a story that was just registered, opened or closed. A comment that no page has
    shown yet waits for a slot. Raises NotFound, PlaceFailed.
    """
    _look_for(place)
    with press_lock(newsroom):
        found = Story.objects.filter(public_id=public_id).values_list("pk", flat=True)
        story_id = found.first()
        if story_id is None:
            raise no_story()
        attempts = Attempts(place=place, today=today)
        done = _ground(place=place, newsroom=newsroom)
        done += attempts.make(
            PressPart.PAGE,
            story_id,
            partial(_show, story_id, place=place, newsroom=newsroom),
            instead=Publication(),
        )
        done += _site(place=place, newsroom=newsroom, today=today)
        return replace(done, failed=attempts.failing())


def _look_for(place: Place) -> None:
    """Raise PlaceFailed where a folder is gone: a new one would hold a part of it."""
    if isinstance(place, Folder):
        place.must_be_there()


def _remove(*, newsroom: Settings, attempts: Attempts) -> Publication:
    if not (stories := stories_to_remove_from()):
        return Publication()
    done = _ground(place=attempts.place, newsroom=newsroom)
    for story_id in stories:
        done += _remove_from(story_id, newsroom=newsroom, attempts=attempts)
    shelved = show_index(place=attempts.place, newsroom=newsroom)
    return done + Publication(files=shelved.put, removed=shelved.removed)


def _remove_from(story_id: int, *, newsroom: Settings, attempts: Attempts) -> Publication:
    acted: list[int] = []

    def act_and_show() -> Publication:
        acted.extend(act_on_removals(story_id, today=attempts.today))
        shown = _show(story_id, place=attempts.place, newsroom=newsroom)
        return shown + Publication(comments=len(acted))

    page = attempts.make(PressPart.PAGE, story_id, act_and_show, instead=None)
    due = between_slots(to_tell(story_id).filter(pk__in=acted))
    return _tell(story_id, due, page=page, attempts=attempts)


def _press(
    story_id: int, *, newsroom: Settings, attempts: Attempts, seen: set[str]
) -> Publication:
    """Act and write, then tell."""
    page = attempts.make(
        PressPart.PAGE,
        story_id,
        partial(_act, story_id, newsroom=newsroom, attempts=attempts, seen=seen),
        instead=None,
    )
    return _tell(story_id, to_tell(story_id), page=page, attempts=attempts)


def _tell(
    story_id: int, due: QuerySet[Comment], *, page: Publication | None, attempts: Attempts
) -> Publication:
    """Tell what became of comments: after their page, where there is one to speak of."""
    told = attempts.make(
        PressPart.OUTCOMES,
        story_id,
        partial(
            tell,
            due if page else without_page(due),
            place=attempts.place,
            note=partial(attempts.note, PressPart.OUTCOMES, story_id),
        ),
        instead=Told(),
    )
    return (page or Publication()) + _told(told)


def _act(
    story_id: int, *, newsroom: Settings, attempts: Attempts, seen: set[str]
) -> Publication:
    """Act, make the page, and look into the spool once more before readers get it."""
    today = attempts.today
    acted = act(story_id, today=today)
    removed: list[int] = []

    def is_changed() -> bool:
        if awaits_page(story_id):  # also of a slot before, whose page failed
            take_back_unseen(newsroom, seen=seen, today=today)
            removed.extend(act_on_removals(story_id, today=today))
        return bool(removed)

    shelved = show_story_at_slot(
        story_id, place=attempts.place, newsroom=newsroom, is_changed=is_changed
    )
    return _shown(shelved) + Publication(comments=acted + len(removed))


def _renew(story_id: int, *, place: Place, newsroom: Settings) -> Publication:
    shown = _show(story_id, place=place, newsroom=newsroom)
    return replace(shown, stories=0, renewed=1)


def _senders(attempts: Attempts) -> Publication:
    """Tell who sent notices and tips."""
    return _told(tell_senders(attempts))


def _told(told: Told) -> Publication:
    return Publication(outcomes=told.outcomes, files=told.put, removed=told.removed)


def _show(story_id: int, *, place: Place, newsroom: Settings) -> Publication:
    return _shown(show_story(story_id, place=place, newsroom=newsroom))


def _shown(shelved: Shelved) -> Publication:
    return Publication(
        stories=int(shelved.put + shelved.removed > 0),
        files=shelved.put,
        removed=shelved.removed,
    )


def _ground(*, place: Place, newsroom: Settings) -> Publication:
    shelved = show_ground(place=place, newsroom=newsroom)
    return Publication(files=shelved.put, removed=shelved.removed)


def _site(*, place: Place, newsroom: Settings, today: date) -> Publication:
    shelved = show_site(place=place, newsroom=newsroom, today=today)
    cleared = clear_ground(place=place)
    return Publication(files=shelved.put, removed=shelved.removed + cleared.removed)


@transaction.atomic
def _notice_changes(newsroom: Settings) -> None:
    """Mark every story when software, templates, settings or the terms changed.

    Where nothing is known of what lies in the public place, and where the settings name
    another one, all of it is due.
    """
    pages = [fingerprint(newsroom), str(number_in_force())]
    place = _place_digest(newsroom)
    mark = PressMark.objects.first()
    known = mark.digest.split(" ") if mark else []
    if known == [*pages, place]:
        return
    if known[2:] and known[2] != place:
        forget_files()
    elif not known:
        Story.objects.filter(changed=False).update(changed=True)
    elif known[:2] != pages:
        Story.objects.filter(outdated=False).update(outdated=True)
    digest = " ".join([*pages, place])
    PressMark.objects.update_or_create(pk=1, defaults={"digest": digest})


def _place_digest(newsroom: Settings) -> str:
    """Give a digest of where the public place is, as the settings say it.

    A newsroom's folder can move, with the places in it.
    """
    address = [newsroom.places.public, newsroom.bucket.endpoint]
    return hashlib.sha256(msgspec.json.encode(address)).hexdigest()


def fingerprint(newsroom: Settings) -> str:
    """Give a digest of all that every page depends on."""
    digest = hashlib.sha256(msgspec.json.encode([newsroom.site, newsroom.press]))
    for part in (domain, press, reader):
        root = Path(str(part.__file__)).parent
        for file in sorted(root.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(root).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
