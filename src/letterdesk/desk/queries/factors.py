"""What a person signs in with besides her password."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from shlex import quote

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator

from letterdesk import sealing
from letterdesk.desk.queries.people import Person
from letterdesk.domain.told import some
from letterdesk.settings import Desk, Settings

_TYPE = Authenticator.Type
_FIRST_OF_ALL = [_TYPE.TOTP, _TYPE.WEBAUTHN]
SECRETS = {_TYPE.TOTP: "secret", _TYPE.RECOVERY_CODES: "seed"}  # where in a row's data


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A passkey, by the name that its owner gave it."""

    id: int
    name: str
    added: date


@dataclass(frozen=True, kw_only=True)
class Factors:
    """A person's second factors: nothing of any secret."""

    app: date | None = None  # since when she has an app that shows codes
    passkeys: tuple[Passkey, ...] = ()
    codes_left: int = 0
    codes: int = 0  # a number that other recovery codes do not have

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


def kept_secrets() -> list[tuple[str, str]]:
    """Give each secret of an app or of recovery codes as it is kept, after whose it is."""
    rows = Authenticator.objects.filter(type__in=SECRETS).order_by("user__username", "pk")
    return [
        (row.user.username, row.data[SECRETS[row.type]])
        for row in rows.select_related("user")
    ]


def codes_lost(person_id: int, key: bytes) -> bool:
    """Say whether no code of hers can be checked, for want of the key that seals them."""
    rows = Authenticator.objects.filter(user_id=person_id, type__in=SECRETS)
    kept = [row.data[SECRETS[row.type]] for row in rows]
    return bool(kept) and not any(_opens(one, key) for one in kept)


def _opens(kept: str, key: bytes) -> bool:
    return not sealing.is_sealed_factor(kept) or sealing.opens_factor(kept, key)


def shut_to(key: bytes) -> tuple[str, ...]:
    """Give the names of those whose secrets are sealed, and not with `key`."""
    found = (name for name, kept in kept_secrets() if not _opens(kept, key))
    return tuple(dict.fromkeys(found))


def factors_lost(newsroom: Settings) -> Iterator[str]:
    """Say whose second factors nothing opens, for want of their key."""
    key, folder = newsroom.factors_key, quote(str(newsroom.folder))
    if not (names := shut_to(key)):
        return
    if key:
        yield (
            f"{newsroom.factors_file} is not the key that second factors of these accounts "
            f"were sealed with: {some(names)}. Their codes are refused. Put the right file "
            f"back from a backup. If it is lost for good: {_ONWARD.format(folder=folder)}"
        )
    else:
        yield (
            f"{newsroom.factors_file} is missing or damaged, the key that second factors "
            f"of these accounts are sealed with: {some(names)}. Their codes are refused. "
            "Put the file back from a backup. If it is lost for good: letterdesk keys "
            f"factors {folder}"
        )


def factors_in_clear(newsroom: Settings) -> Iterator[str]:
    """Say whose second factors anybody can use who reads the database."""
    names = [name for name, kept in kept_secrets() if not sealing.is_sealed_factor(kept)]
    if names and newsroom.factors_key:
        yield (
            "Second factors of these accounts lie in the database as they are: "
            f"{some(list(dict.fromkeys(names)))}. Seal them: letterdesk init "
            f"{quote(str(newsroom.folder))}"
        )


_ONWARD = (
    "who has a passkey signs in with it, removes the app and makes new recovery codes; for "
    "everybody else: letterdesk user reset {folder} NAME"
)


def _factors(found: Collection[Authenticator]) -> Factors:
    apps = [one for one in found if one.type == _TYPE.TOTP]
    codes = [one for one in found if one.type == _TYPE.RECOVERY_CODES]
    return Factors(
        app=apps[0].created_at.date() if apps else None,
        passkeys=tuple(_passkey(one) for one in found if one.type == _TYPE.WEBAUTHN),
        codes_left=_codes_left(codes[0]) if codes else 0,
        codes=codes[0].pk if codes else 0,
    )


def _codes_left(row: Authenticator) -> int:
    """Count the codes that are not used; what they are, nobody need know for that."""
    left: int = app_settings.RECOVERY_CODE_COUNT - row.data["used_mask"].bit_count()
    return left


def _passkey(row: Authenticator) -> Passkey:
    return Passkey(
        id=row.pk,
        name=row.wrap().name,
        added=row.created_at.date(),
    )
