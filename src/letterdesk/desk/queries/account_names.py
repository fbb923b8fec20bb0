"""What names of people look like, so that nobody can pass for a colleague."""

import re
import unicodedata
from collections.abc import Iterable

from letterdesk.domain.text import tame
from letterdesk.triage.letters import FOLD, LOOK_ALIKES

# In the audit log these are no accounts: who did it was a part of Letterdesk, or a reader.
RESERVED = frozenset({"letterbox", "press", "reader", "command"})
_DRAWN = str.maketrans({"I": "l", "1": "l", "|": "l", "0": "o"})  # in many typefaces
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # as names in Persian and Indic scripts have them
_LATIN = re.compile("[A-Za-z]")


def has_unseen(name: str) -> bool:
    """Say whether a name has characters that nobody sees, or that reorder others."""
    allowed = "" if _LATIN.search(name) else _JOINERS
    return tame(name) != name or any(
        unicodedata.category(char) in _UNSEEN and char not in allowed for char in name
    )


def alike(name: str, names: Iterable[str]) -> str:
    """Give the first of `names` that looks like `name`; "" when none does."""
    drawn = set(looks(name))
    return next((one for one in names if drawn & set(looks(one))), "")


def looks(name: str) -> tuple[str, str]:
    """Give a name in plain letters: in lower case, and as it is drawn."""
    return _plain(name), _plain(name.translate(_DRAWN))


def _plain(name: str) -> str:
    """Give a name with a plain letter for every one that passes for it, in lower case."""
    folded = "".join(FOLD[char] for char in name)
    return "".join(LOOK_ALIKES.get(char, char) for char in folded)
