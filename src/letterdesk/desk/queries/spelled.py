"""What a row fulfils that has a word in it, in any spelling, on either database."""

from django.db.models import BinaryField, Q
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThan

from letterdesk.desk.queries.vendor import is_sqlite
from letterdesk.domain.spelling import FAR, beginnings, folded, spellings


def spelled(word: str, field: str) -> Q:
    """Give what a row fulfils that has a word in a field, in any spelling.

    SQLite has no patterns of its own, and Python is slow at FAR letters: so it is asked
    for the plain word first, and then for each step of what can only be there then.
    """
    if not is_sqlite():
        return Q(**{f"{field}__regex": spellings(word)})
    pattern = f"{field}__regex"
    plain = Q(**{f"{field}__icontains": folded(word) or word})
    is_odd = Q(LessThan(Length(field), Length(Cast(field, BinaryField()))))  # no ASCII
    may_have_it = Q(**{pattern: beginnings(word)}) | Q(**{pattern: FAR})
    return plain | (is_odd & may_have_it & Q(**{pattern: spellings(word)}))
