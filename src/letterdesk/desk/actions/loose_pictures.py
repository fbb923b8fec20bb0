"""Take pictures that no story has, and no page shows, from the public place."""

import logging
from datetime import date, timedelta

from django.db import transaction

from letterdesk.desk.models import LoosePicture
from letterdesk.desk.queries.pictures import has_story, is_shown, stray_pictures
from letterdesk.domain.errors import PlaceFailed
from letterdesk.failures import reason
from letterdesk.places.base import Place

_log = logging.getLogger(__name__)
_UNSAVED = timedelta(days=1)  # longer than anybody needs to save a story


def expect_picture(path: str, *, today: date) -> None:
    """Let no press remove a picture that is about to be put; its story is saved later."""
    LoosePicture.objects.update_or_create(path=path, defaults={"kept_to": today + _UNSAVED})


def let_go(path: str, *, today: date) -> None:
    """Have a picture that was replaced removed with the page that shows it.

    In the caller's transaction.
    """
    gone = {"kept_to": today - timedelta(days=1)}
    LoosePicture.objects.update_or_create(path=path, defaults=gone)


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
