"""What allauth says on our screens, in words that our catalogues have."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy


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
