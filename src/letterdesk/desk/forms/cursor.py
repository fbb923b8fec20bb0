"""Numbers in a form or an address: above all, where a list goes on."""

from django.http import QueryDict

_LONGEST = 18  # digits: a column holds 63 bits


def read_number(sent: QueryDict, name: str) -> int | None:
    """Give a number under a name; None when there is none, or nothing to go by."""
    found = read_numbers(sent, name)
    return found[-1] if found else None


def read_numbers(sent: QueryDict, name: str) -> tuple[int, ...]:
    """Give the numbers that were chosen in a form, without what is none."""
    return tuple(int(one) for one in map(str, sent.getlist(name)) if _is_number(one))


def _is_number(written: str) -> bool:
    """Say whether somebody wrote a number that a column can hold."""
    return written.isascii() and written.isdigit() and len(written) <= _LONGEST
