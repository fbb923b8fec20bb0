"""Look again, once the key of protected names is back: without it nobody is recognised."""

from django.db import transaction

from letterdesk.desk.actions.reread import read_again
from letterdesk.desk.actions.screen import screen_waiting_anew
from letterdesk.desk.models import ScreeningMark
from letterdesk.desk.queries.locks import lock_screening
from letterdesk.desk.queries.names import any_listed
from letterdesk.triage.protected_name import fingerprint

_WITHOUT = b""  # what was looked at without a key


def look_anew_under(key: bytes) -> None:
    """Have everything looked at again, once, when `key` is not the one it was looked at by.

    What waits is screened anew, what was decided on or imported is read again. `key` is the
    one that names are hashed under, empty while it is lost: that is only noted.
    """
    now = _known(key)
    if ScreeningMark.objects.filter(names=now).exists():
        return
    with transaction.atomic():
        lock_screening()
        _note(now)
        if key and any_listed():
            screen_waiting_anew(None)
            read_again(None)


def note_not_looked_at(key: bytes) -> None:
    """Note that something was decided on, or imported, with a wrong `key`.

    Empty: without a key. In the caller's transaction.
    """
    now = _known(key)
    if not ScreeningMark.objects.filter(names=now).exists():
        _note(now)


def _known(key: bytes) -> bytes:
    return fingerprint(key) if key else _WITHOUT


def _note(names: bytes) -> None:
    ScreeningMark.objects.update_or_create(
        pk=1, defaults={"names": names}, create_defaults={"names": names, "version": 0}
    )
