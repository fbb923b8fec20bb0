"""What an auditor looks for, as the address says it."""

from django.http import QueryDict
from django.utils.http import urlencode

from letterdesk.desk.forms.days import read_day
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.log import Sought


def read_log(sent: QueryDict) -> Sought:
    """Give what is sought. What makes no sense is not sought."""
    return Sought(
        who=_word(sent, "who"),
        what=_word(sent, "what"),
        about=_word(sent, "about"),
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


def _word(sent: QueryDict, name: str) -> str:
    return read_word(sent, name).strip()[:500]
