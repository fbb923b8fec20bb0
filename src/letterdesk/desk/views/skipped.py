"""Letters that somebody put off: for as long as she is signed in."""

from django.http import HttpRequest

_KEY = "skipped"
_MOST = 200  # letters; after that the oldest come back


def skipped(request: HttpRequest) -> tuple[str, ...]:
    """Give the ids of the letters put off, in the order in which it was done."""
    return tuple(request.session.get(_KEY, ()))


def put_off(request: HttpRequest, public_id: str) -> None:
    """Leave a letter out until nothing else waits."""
    others = [one for one in skipped(request) if one != public_id]
    request.session[_KEY] = [*others, public_id][-_MOST:]


def bring_back(request: HttpRequest) -> None:
    """Let all letters that were put off wait again."""
    request.session.pop(_KEY, None)
