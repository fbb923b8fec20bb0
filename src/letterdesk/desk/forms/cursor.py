"""Where a list goes on."""

from django.http import QueryDict


def read_number(sent: QueryDict, name: str) -> int | None:
    """Give a cursor from an address; None when there is none, or nothing to go by."""
    written = sent.get(name, "")
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        return None
    return int(written)


def read_numbers(sent: QueryDict, name: str) -> tuple[int, ...]:
    """Give the numbers that were chosen in a form, without what is none."""
    written = (str(one) for one in sent.getlist(name))
    return tuple(
        int(one) for one in written if one.isascii() and one.isdigit() and len(one) <= 18
    )
