"""Which forms that make secrets a sign-in has sent: none makes the same one twice."""

from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest

_SENT = "sent_forms"  # in the session: digests, for an id leads to what its form made
_KEPT = 20


@dataclass(frozen=True, kw_only=True)
class SentForm:
    """The id of a form: `sent` to look for what it made, `new` to make something with.

    What it made and is no more, a token that was revoked, does not come back: of a form
    that was sent before there is no `new`.
    """

    sent: str
    new: str


def read_form(request: HttpRequest) -> SentForm:
    """Give the form that a request sends."""
    known = str(request.POST.get("form", ""))
    is_again = _digest(known) in request.session.get(_SENT, [])
    return SentForm(sent=known, new="" if is_again else known)


def note_sent(request: HttpRequest) -> None:
    """Note that the form of a request has made what it makes."""
    digest = _digest(str(request.POST.get("form", "")))
    others = [one for one in request.session.get(_SENT, []) if one != digest]
    request.session[_SENT] = [*others, digest][-_KEPT:]


def _digest(form: str) -> str:
    return sha256(form.encode()).hexdigest()
