"""What an address asks of a list: a choice that the list knows, or an error.

A list that leaves out what it does not understand looks like what was asked for.
"""

from collections.abc import Collection

from django.http import QueryDict

from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.words import read_word
from letterdesk.domain.errors import LetterdeskError


class FilterUnknown(LetterdeskError):
    """A part of an address with which a list can do nothing; `name` says which."""

    code = "filter-unknown"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"What the address of this page says of “{name}” is unknown here: it may be "
            "mistyped, incomplete or out of date."
        )
        self.name = name


def read_choice(sent: QueryDict, name: str, known: Collection[str]) -> str:
    """Give what is chosen under a name; "" when nothing is. Raises FilterUnknown."""
    found = read_word(sent, name)
    if found and found not in known:
        raise FilterUnknown(name)
    return found


def read_place(sent: QueryDict, name: str) -> int | None:
    """Give where a list goes on; None at its start. Raises FilterUnknown."""
    found = read_number(sent, name)
    if found is None and sent.get(name, ""):
        raise FilterUnknown(name)
    return found
