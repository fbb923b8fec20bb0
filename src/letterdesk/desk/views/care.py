"""Care for those who read harsh letters: a veil, and a word after several in a row."""

from django.http import HttpRequest

MANY = 5  # harsh letters in a row: time to say something
_KEY = "harsh"


def harsh_in_a_row(request: HttpRequest, public_id: str, *, is_harsh: bool) -> int:
    """Give how many harsh letters were opened one after another, this one with them.

    Counted for as long as somebody is signed in, and kept nowhere else.
    """
    last, number = request.session.get(_KEY, ("", 0))
    if public_id == last:
        return int(number)
    if is_harsh:
        request.session[_KEY] = (public_id, number + 1)
        return int(number) + 1
    request.session.pop(_KEY, None)
    return 0
