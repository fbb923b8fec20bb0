"""First passwords and tokens: shown once, and the same one to a form that is sent twice.

A second press takes the page of the first one away, and with it what is kept nowhere. So
what such a form makes follows from the form (decision 88).
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.hashers import check_password

from letterdesk.desk.models import Token, User
from letterdesk.desk.queries.people import Person, token_digest
from letterdesk.domain.ids import is_id

_MARK = b"letterdesk/shown-once/1"
_TOKEN = "ld_"  # noqa: S105 -- the beginning of every token, so that leaks can be found


def new_password(name: str, *more: str, by: Person, form: str) -> str:
    """Give a first password: by chance, or from the form with this id always the same.

    `more` is what else the form asks for.
    """
    return _secret("password", name, *more, size=12, by=by, form=form)


def new_token(name: str, role: str, *, by: Person, form: str) -> str:
    """Give a token: by chance, or from the form with this id always the same."""
    return _TOKEN + _secret("token", name, role, size=32, by=by, form=form)


def password_again(name: str, *more: str, by: Person, form: str) -> str:
    """Give the first password that this form has made, while it opens; else ""."""
    if not _may_have_made(name, form):
        return ""
    user = User.objects.filter(username=name, has_first_password=True).first()
    password = new_password(name, *more, by=by, form=form)
    return password if user and check_password(password, user.password) else ""


def token_again(name: str, role: str, *, by: Person, form: str) -> str:
    """Give the token that this form has made, while there is one; else ""."""
    if not _may_have_made(name, form):
        return ""
    token = new_token(name, role, by=by, form=form)
    made = Token.objects.filter(user__username=name, digest=token_digest(token))
    return token if made.exists() else ""


def wait_for_own(by: Person) -> None:
    """Wait until what the same person does in another transaction is done."""
    User.objects.select_for_update(no_key=True).filter(pk=by.id).first()


def _may_have_made(name: str, form: str) -> bool:
    """Say whether a form has an id, and a name that an account can have: no NUL."""
    return is_id(form) and "\0" not in name


def _secret(*what: str, size: int, by: Person, form: str) -> str:
    """Give `size` bytes, 32 at most, as text."""
    if not is_id(form):
        return secrets.token_urlsafe(size)
    key = sha256(_MARK + settings.SECRET_KEY.encode()).digest()
    raw = hmac.digest(key, repr((by.id, form, *what)).encode(), "sha256")
    return urlsafe_b64encode(raw[:size]).decode().rstrip("=")
