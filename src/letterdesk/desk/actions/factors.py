"""Set up second factors, and take them away; only their owner sees a secret, once."""

from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from letterdesk import sealing
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import User
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.factors import SECRETS, factors, has_second_factor
from letterdesk.desk.queries.people import Person
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.text import clean, one_line

MAX_NAME = 80  # characters of a passkey's name
_TYPE = Authenticator.Type


class CodesRenewed(LetterdeskError):
    """New recovery codes were made since somebody was asked whether she wants some."""

    code = "codes-renewed"

    def __init__(self) -> None:
        super().__init__(
            "New recovery codes were made already. They are shown only once; make ten new "
            "ones if you have not kept them."
        )


@transaction.atomic
def add_app(secret: str, *, by: Person, today: date) -> tuple[str, ...]:
    """Keep the secret of the person's app; give recovery codes if it is her first factor.

    An app that she had before shows no valid codes any more.
    """
    user = _lock(by)
    is_first = not has_second_factor(by.id)
    Authenticator.objects.filter(user=user, type=_TYPE.TOTP).delete()
    TOTP.activate(user, secret)
    _record("second-factor-added", by=by, today=today, kind="app")
    return _new_codes(user) if is_first else ()


@transaction.atomic
def add_passkey(
    name: str, credential: dict[str, object], *, by: Person, today: date
) -> tuple[str, ...]:
    """Keep a passkey, just checked; give recovery codes if it is her first factor.

    Raises LetterRefused.
    """
    user = _lock(by)
    is_first = not has_second_factor(by.id)
    label = one_line(clean(name, field="name", longest=MAX_NAME)) or today.isoformat()
    WebAuthn.add(user, label, credential)
    _record("second-factor-added", by=by, today=today, kind="passkey")
    return _new_codes(user) if is_first else ()


@transaction.atomic
def remove_app(*, by: Person, today: date) -> None:
    """Take the person's app away. Raises NotFound."""
    _remove(by, kind="app", today=today, type=_TYPE.TOTP)


@transaction.atomic
def remove_passkey(key_id: int, *, by: Person, today: date) -> None:
    """Take one of the person's own passkeys away. Raises NotFound."""
    _remove(by, kind="passkey", today=today, type=_TYPE.WEBAUTHN, pk=key_id)


@transaction.atomic
def renew_codes(*, by: Person, today: date, seen: int | None = None) -> tuple[str, ...]:
    """Give ten new recovery codes; earlier ones open nothing any more.

    `seen` is the number of the codes that she wants to replace. Raises NotFound for
    somebody without a second factor, who needs none; CodesRenewed.
    """
    user = _lock(by)
    if not has_second_factor(by.id):
        raise NotFound("factor-unknown", "There is no such second factor.")
    if seen is not None and seen != factors(by.id).codes:
        raise CodesRenewed
    _record("recovery-codes-renewed", by=by, today=today)
    return _new_codes(user)


@transaction.atomic
def seal_factors(key: bytes) -> int:
    """Seal with `key` the secrets that an earlier version kept as they are; count them."""
    found = Authenticator.objects.select_for_update().filter(type__in=SECRETS)
    number = 0
    for row in found.order_by("pk"):
        name = SECRETS[row.type]
        if not sealing.is_sealed_factor(row.data[name]):
            row.data[name] = sealing.seal_factor(row.data[name], key)
            row.save(update_fields=["data"])
            number += 1
    return number


def forget_factors(user: User) -> None:
    """Take everything away that somebody signs in with besides a password."""
    Authenticator.objects.filter(user=user).delete()


def _new_codes(user: User) -> tuple[str, ...]:
    Authenticator.objects.filter(user=user, type=_TYPE.RECOVERY_CODES).delete()
    return tuple(RecoveryCodes.activate(user).generate_codes())


def _remove(by: Person, *, kind: str, today: date, **which: object) -> None:
    user = _lock(by)
    removed, _ = Authenticator.objects.filter(user=user, **which).delete()
    if not removed:
        raise NotFound("factor-unknown", "There is no such second factor.")
    if not has_second_factor(by.id):
        forget_factors(user)  # recovery codes stand in for nothing then
    _record("second-factor-removed", by=by, today=today, kind=kind)


def _lock(by: Person) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=by.id)


def _record(what: str, *, by: Person, today: date, **facts: object) -> None:
    record(what, who=by.username, day=today, person=by.username, **facts)
