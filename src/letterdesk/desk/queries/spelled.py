"""What a row fulfils that has a word in it, in any spelling, on either database."""

from django.db import connection
from django.db.models import BinaryField, Q
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThan

from letterdesk.domain.spelling import FAR, folded, near_spellings, spellings


def spelled(word: str, field: str) -> Q:
    """Give what a row fulfils that has a word in a field, in any spelling.

    SQLite has no patterns of its own, and Python is slow at FAR letters: so it is asked
    for the plain word first, and then for each step of what can only be there then.
    """
    if connection.vendor != "sqlite":
        return Q(**{f"{field}__regex": spellings(word)})
    pattern = f"{field}__regex"
    is_odd = Q(LessThan(Length(field), Length(Cast(field, BinaryField()))))  # no ASCII
    is_near = Q(**{pattern: near_spellings(word)})
    is_far = Q(**{pattern: FAR}) & Q(**{pattern: spellings(word)})
    plain = Q(**{f"{field}__icontains": folded(word) or word})
    return plain | (is_odd & (is_near | is_far))
