"""Where a list goes on."""

from django.http import QueryDict


def read_number(sent: QueryDict, name: str) -> int | None:
    """Give a cursor from an address; None when there is none, or nothing to go by."""
    written = sent.get(name, "")
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        return None
    return int(written)
