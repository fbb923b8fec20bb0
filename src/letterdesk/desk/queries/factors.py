"""What a person signs in with besides her password."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator

from letterdesk.desk.queries.people import Person
from letterdesk.settings import Desk

_TYPE = Authenticator.Type
_FIRST_OF_ALL = [_TYPE.TOTP, _TYPE.WEBAUTHN]


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A passkey, by the name that its owner gave it."""

    id: int
    name: str
    added: date
    used: date | None


@dataclass(frozen=True, kw_only=True)
class Factors:
    """A person's second factors: nothing of any secret."""

    app: date | None = None  # since when she has an app that shows codes
    passkeys: tuple[Passkey, ...] = ()
    codes_left: int = 0

    @property
    def any(self) -> bool:
        """Whether she has one. Recovery codes alone are none."""
        return self.app is not None or bool(self.passkeys)


def factors(person_id: int) -> Factors:
    """Give what somebody has set up."""
    return factors_of([person_id])[person_id]


def factors_of(people: Collection[int]) -> Mapping[int, Factors]:
    """Give what each of these people has set up, by her account's number."""
    found: dict[int, list[Authenticator]] = {one: [] for one in people}
    for row in Authenticator.objects.filter(user_id__in=people).order_by("pk"):
        found[row.user_id].append(row)
    return {one: _factors(rows) for one, rows in found.items()}


def has_second_factor(person_id: int) -> bool:
    """Say whether somebody has an app or a passkey."""
    found = Authenticator.objects.filter(user_id=person_id, type__in=_FIRST_OF_ALL)
    return bool(found.exists())


def is_due(person: Person, desk: Desk) -> bool:
    """Say whether the newsroom asks this person for a second factor."""
    return desk.second_factor == "required" or person.role in desk.second_factor_roles


def _factors(found: Collection[Authenticator]) -> Factors:
    apps = [one for one in found if one.type == _TYPE.TOTP]
    codes = [one for one in found if one.type == _TYPE.RECOVERY_CODES]
    return Factors(
        app=apps[0].created_at.date() if apps else None,
        passkeys=tuple(_passkey(one) for one in found if one.type == _TYPE.WEBAUTHN),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else 0,
    )


def _passkey(row: Authenticator) -> Passkey:
    return Passkey(
        id=row.pk,
        name=row.wrap().name,
        added=row.created_at.date(),
        used=row.last_used_at.date() if row.last_used_at else None,
    )
