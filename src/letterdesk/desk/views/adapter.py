"""What allauth says on our screens, and how it keeps the secrets of second factors."""

import logging
from hashlib import sha256
from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
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

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give what tells apart whose tries to sign in are counted together.

        The address that the proxies of `desk.trusted_proxies` tell; without them the name
        that she signs in with, or her session. Behind a proxy or a tunnel the address of
        the connection is everybody's: whoever tries too often would keep all others out.
        """
        proxies = settings.NEWSROOM.desk.trusted_proxies
        return _told_address(request, proxies) or _told_name(request)


def _told_address(request: HttpRequest, proxies: int) -> str:
    """Give whom the outermost of so many proxies was asked by; "" where none says so."""
    told = request.headers.get("X-Forwarded-For", "").split(",")
    if not 0 < proxies <= len(told):
        return ""
    try:
        return str(ip_address(told[-proxies].strip()))
    except ValueError:
        return ""


def _told_name(request: HttpRequest) -> str:
    name = request.POST.get("login", "").strip().casefold()
    known = f"name {name}" if name else f"session {request.session.session_key}"
    return sha256(known.encode()).hexdigest()


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """allauth's own, which keeps secrets sealed with `keys/desk.factors`."""

    def encrypt(self, text: str) -> str:
        """Give a secret as it is kept. Raises FactorsLost."""
        if not (key := factors_key()):
            raise _lost(FactorsLost())
        return sealing.seal_factor(text, key)

    def decrypt(self, encrypted_text: str) -> str:
        """Give the secret that is kept so; one of before they were sealed as it is.

        Raises FactorsLost.
        """
        if not sealing.is_sealed_factor(encrypted_text):
            return encrypted_text
        try:
            return sealing.open_factor(encrypted_text, factors_key())
        except LetterdeskError as error:
            raise _lost(error) from error


def factors_key() -> bytes:
    """Give the key; none where it cannot be read, as `letterdesk check` says."""
    try:
        key: bytes = settings.NEWSROOM.factors_key
    except LetterdeskError:
        return b""
    return key


def _lost(error: LetterdeskError) -> FactorsLost:
    _log.error(reason(error))
    return FactorsLost()
