"""Refuse what somebody says of an account that has changed since she looked at it."""

from letterdesk.desk.actions.changed_meanwhile import ChangedMeanwhile
from letterdesk.desk.queries.accounts import Account


class AccountOutdated(ChangedMeanwhile):
    """An account was changed while a page that shows it was open."""

    code = "account-outdated"


def require_sheet(now: Account, seen: str | None) -> None:
    """Raise AccountOutdated when role, desks or pseudonym are not what somebody saw."""
    _require(now.sheet_mark, seen)


def require_acts(now: Account, seen: str | None) -> None:
    """Raise AccountOutdated when what a confirmation is about is not what somebody saw."""
    _require(now.acts_mark, seen)


def require_asker(now: Account, seen: str | None) -> None:
    """Raise AccountOutdated when it is not who somebody saw that asked for a reset."""
    _require(now.reset_asked_by, seen)


def _require(now: str, seen: str | None) -> None:
    if seen is not None and seen != now:
        raise AccountOutdated
