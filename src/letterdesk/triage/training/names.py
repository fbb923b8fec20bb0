"""Takes out of a table what a group's name counts by itself.

Comments that name a group are unwelcome more often than others, so n-grams learn the name
for the offence, and mark whoever speaks of the group. What a name counts beside other words
(patterns, n-grams that reach over its edges) is as it was learnt.
"""

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.features import BITS, PATTERNS, placed
from letterdesk.triage.model.lexicon import phrases
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.normal import normal

_GROUP = "group"  # the class of names in the lexicon
LANGUAGES = frozenset({"en"})  # where it pays: docs/explanation/triage-trials.md
_FEWEST = 3  # letters of an n-gram: shorter ones are of many other words
_RIDGE = 0.2  # names that share n-grams share what is taken


def without_names(table: Floats, language: str) -> Floats:
    """Give a plain table that finds no group's name alone unwelcome.

    The least is taken, in squares, that leaves each name at nothing; a name that counts
    as welcome is left. Languages that are not in LANGUAGES keep their table.
    """
    if language not in LANGUAGES:
        return table
    columns, has = _grams(language)
    counts = np.maximum(has @ table[columns], 0)
    alike = has @ has.T + _RIDGE * np.eye(len(has))
    changed = table.copy()
    changed[columns] -= (has.T @ np.linalg.solve(alike, counts)).astype(np.float32)
    return changed


def group_names(language: str) -> list[str]:
    """Give the names of groups that the lexicon of a language has."""
    return [name for name in phrases(language)[_GROUP] if name]


def _grams(language: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give the columns of all names' n-grams, and a row a name: 1 where it has one."""
    names = [normal(name).text for name in group_names(language)]
    rows, columns, starts, ends = placed(names, language)
    some = (columns < (1 << BITS) - PATTERNS) & (ends - starts >= _FEWEST)
    known, places = np.unique(columns[some], return_inverse=True)
    has = np.zeros((len(names), len(known)))
    has[rows[some], places] = 1
    return known, has
