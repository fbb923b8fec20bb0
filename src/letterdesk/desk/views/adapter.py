"""What allauth says on our screens, and how it keeps the secrets of second factors."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy

from letterdesk import sealing
from letterdesk.desk.queries.errors import FactorsLost
from letterdesk.domain.errors import LetterdeskError
from letterdesk.failures import reason

_log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """allauth's own, which says the same whether a name or a password is wrong."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "The user name or the password is not right. Try again."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong passwords. Wait five minutes, then try again."
        ),
    }


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """allauth's own, which keeps secrets sealed with `keys/desk.factors`."""

    def encrypt(self, text: str) -> str:
        """Give a secret as it is kept. Raises FactorsLost."""
        if not (key := _key()):
            raise _lost(FactorsLost())
        return sealing.seal_factor(text, key)

    def decrypt(self, encrypted_text: str) -> str:
        """Give the secret that is kept so; one of before they were sealed as it is.

        Raises FactorsLost.
        """
        if not sealing.is_sealed_factor(encrypted_text):
            return encrypted_text
        try:
            return sealing.open_factor(encrypted_text, _key())
        except LetterdeskError as error:
            raise _lost(error) from error


def _key() -> bytes:
    """Give the key; none where it cannot be read, as `letterdesk check` says."""
    try:
        key: bytes = settings.NEWSROOM.factors_key
    except LetterdeskError:
        return b""
    return key


def _lost(error: LetterdeskError) -> FactorsLost:
    _log.error(reason(error))
    return FactorsLost()
