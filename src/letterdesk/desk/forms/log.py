"""What an auditor looks for, as the address says it."""

from collections.abc import Collection

from django.http import QueryDict
from django.utils.http import urlencode

from letterdesk.desk.forms.days import read_day
from letterdesk.desk.forms.filters import read_choice
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.log import Sought
from letterdesk.domain.ids import is_id
from letterdesk.domain.spelling import folded


def read_log(sent: QueryDict, *, kinds: Collection[str], names: Collection[str]) -> Sought:
    """Give what is sought: kinds of entries, people of these names.

    Raises FilterUnknown.
    """
    return Sought(
        who=read_word(sent, "who"),
        what=read_choice(sent, "what", kinds),
        about=_about(read_word(sent, "about").strip(), names),
        start=read_day(sent, "from"),
        end=read_day(sent, "to"),
    )


def asked_again(sought: Sought, *, before: int) -> str:
    """Give the address of the next page of the same search."""
    known = (
        ("who", sought.who),
        ("what", sought.what),
        ("about", sought.about),
        ("from", sought.start and sought.start.isoformat()),
        ("to", sought.end and sought.end.isoformat()),
        ("before", before),
    )
    return "?" + urlencode([(name, value) for name, value in known if value])


def _about(written: str, names: Collection[str]) -> str:
    """Give the id or the user name that somebody wrote, in capitals or wide letters too."""
    if written in names:
        return written
    plain = folded(written)
    if is_id(plain):
        return plain
    return next((name for name in names if folded(name) == plain), written)
