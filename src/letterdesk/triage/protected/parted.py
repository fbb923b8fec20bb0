"""Letters of a name that ordinary words have by chance, across a space or a sign.

북한서 윤 대통령 has 한서윤, 赵立，群众 has 赵立群: a name is parted behind the surname, or
each of its letters is.
"""

import re

from letterdesk.triage.protected.letters import HAN, HANGUL
from letterdesk.triage.protected.runs import DOUBLE_SURNAMES
from letterdesk.triage.spelt import family_of

_CLAUSE = re.compile("[,;:，；：、､]")
_ENDING = re.compile(  # what follows a name in Hangul without a space
    "이|가|은|는|을|를|의|에|께|한테|와|과|랑|도|만|까지|부터|처럼|보다|라|요|입|인|씨|님|양|군|아|야|여"
    "|맞|같|[^가-힣]|$"
)


def is_across_words(text: str, start: int, end: int) -> bool:
    """Say whether letters of Hangul with a space between them are of two words."""
    parts = text[start:end].split()
    if len(parts) < 2:
        return False
    if HANGUL.match(text[max(0, start - 1) : start]):
        return True
    letters = sum(map(len, parts))
    is_each = len(parts) == letters and letters > 2
    is_behind_surname = letters > 2 and (len(parts[0]) == 1 or parts[0] in DOUBLE_SURNAMES)
    return not (is_each or is_behind_surname or _ENDING.match(text, end))


def is_across_clauses(text: str, start: int, end: int) -> bool:
    """Say whether a sign parts letters of Han where no name is parted."""
    inner = text[start:end]
    signs = [found.start() for found in _CLAUSE.finditer(inner)]
    if not signs:
        return False
    letters = "".join(HAN.findall(inner))
    before = len(HAN.findall(inner[: signs[0]]))
    return len(signs) < len(letters) - 1 and before != family_of(letters)
