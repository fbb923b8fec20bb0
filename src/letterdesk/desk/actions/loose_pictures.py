"""Take pictures that no story has, and no page shows, from the public place."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from letterdesk.desk.models import LoosePicture
from letterdesk.desk.queries.pictures import has_story, is_shown, stray_pictures
from letterdesk.domain.errors import PlaceFailed
from letterdesk.failures import reason
from letterdesk.places.base import Place

_log = logging.getLogger(__name__)
_UNSAVED = timedelta(days=1)  # longer than anybody needs to save a story


@contextmanager
def awaited(path: str, *, today: date) -> Iterator[None]:
    """Let no press remove a picture that is put, and whose story is saved, in the block.

    Nor when another story lets go of the same picture meanwhile. Where the process is
    killed in between, the picture goes a day after anybody has it.
    """
    _await(path, today=today)
    try:
        yield
    finally:
        row = LoosePicture.objects.filter(path=path, awaited__gt=0)
        row.update(awaited=F("awaited") - 1)


@transaction.atomic
def _await(path: str, *, today: date) -> None:
    row = _locked(path, kept_to=today + _UNSAVED)
    row.kept_to = today + _UNSAVED
    row.awaited += 1
    row.save()


@transaction.atomic
def let_go(path: str, *, today: date) -> None:
    """Have a picture that was replaced removed with the page that shows it.

    In the caller's transaction.
    """
    gone = today - timedelta(days=1)
    row = _locked(path, kept_to=gone)
    if not row.awaited:
        row.kept_to = gone
        row.save()


def _locked(path: str, *, kept_to: date) -> LoosePicture:
    """Give the note of a picture, which is made where there is none.

    Waits for a press that is just removing it, and whose note is gone then.
    """
    rows = LoosePicture.objects.select_for_update()
    return rows.get_or_create(path=path, defaults={"kept_to": kept_to})[0]


def note_strays(place: Place, *, today: date) -> None:
    """Have the pictures removed that no story has, some days on. Raises PlaceFailed."""
    LoosePicture.objects.bulk_create(
        [
            LoosePicture(path=path, kept_to=today + _UNSAVED)
            for path in stray_pictures(place)
        ],
        ignore_conflicts=True,
    )


def remove_loose(place: Place, *, today: date) -> int:
    """Remove the pictures whose time has come; give how many.

    To be called while nobody else writes pages, and after they were written. Killed at any
    point, the next call finishes; what cannot be removed keeps nothing else waiting.
    """
    due = LoosePicture.objects.filter(kept_to__lt=today).order_by("path")
    paths = list(due.values_list("path", flat=True))
    return sum(_try(path, place, today=today) for path in paths)


def _try(path: str, place: Place, *, today: date) -> bool:
    try:
        return _remove(path, place, today=today)
    except PlaceFailed as error:
        _log.error("file=%s stays until the next slot: %s", path, reason(error))
        return False


@transaction.atomic
def _remove(path: str, place: Place, *, today: date) -> bool:
    """Say whether it was removed. Whoever takes the same picture in waits, and puts it."""
    due = LoosePicture.objects.select_for_update().filter(path=path, kept_to__lt=today)
    row = due.first()
    if row is None:
        return False
    is_needed = has_story(path)
    if not is_needed:
        if is_shown(path, place):
            return False
        place.remove(path)
    row.delete()
    return not is_needed
