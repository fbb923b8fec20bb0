"""Which strings texts have that patterns cannot do without: of many texts at once.

To look for a hundred strings in a text one after the other takes longer than most patterns
that they stand for. Here the beginnings of all are looked for in all texts in one go, by
their hashes, and only a string whose beginning is there is looked for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

from letterdesk.triage.model.features import view
from letterdesk.triage.model.grams import run_hashes, runs_up_to

_LONGEST = 3  # letters of a beginning
_STIR = np.uint64(0xD6E8FEB86659FD93)  # makes the first bits depend on all letters
_BITS = 16  # of a beginning's hash, by which nearly all places are ruled out
_MOST_KEPT = 1_024  # texts


class Literals:
    """Strings in small letters, and which of them texts have in any letters."""

    def __init__(self) -> None:
        self._strings: dict[str, None] = {}
        self._kept: dict[str, frozenset[str]] = {}

    def of(self, strings: Iterable[str]) -> frozenset[str]:
        """Give strings that are looked for from now on, too."""
        some = frozenset(strings)
        self._strings |= dict.fromkeys(sorted(some))
        self.__dict__.pop("_by_length", None)  # cached before these were known
        self.cache_clear()
        return some

    def read(self, texts: Iterable[str]) -> None:
        """Keep what each text has, until it is forgotten."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if len(self._kept) + len(new) > _MOST_KEPT:
            self.cache_clear()
        small = [text.lower() for text in new]
        found: list[set[str]] = [set() for _ in new]
        for row, strings in self._hints(small):
            found[row].update(filter(small[row].__contains__, strings))
        self._kept.update(zip(new, map(frozenset, found), strict=True))

    def within(self, text: str) -> frozenset[str]:
        """Give which of the strings a text has."""
        found = self._kept.get(text)
        if found is None:
            return frozenset(filter(text.lower().__contains__, self._strings))
        return found

    def cache_clear(self) -> None:
        """Forget what is kept of texts."""
        self._kept.clear()

    def _hints(self, texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
        """Give strings that a text may have, for some beginning of a string is in it."""
        seen = view([text.replace("\n", " ") for text in texts])  # a view's are no lines
        runs = runs_up_to(seen.codes, _LONGEST)
        for length, known in self._by_length.items():
            hashes = runs[length - 1] * _STIR
            at = np.flatnonzero(known.may_be.take((hashes >> _SHIFT).view(np.int64)))
            rows = np.searchsorted(seen.limits, at, side="right") - 1
            pairs = dict.fromkeys(zip(rows.tolist(), hashes[at].tolist(), strict=True))
            for row, value in pairs:
                if strings := known.strings.get(value):
                    yield row, strings

    @cached_property
    def _by_length(self) -> dict[int, "_Beginnings"]:
        found: dict[int, dict[int, list[str]]] = {}
        for string in self._strings:
            length = min(len(string), _LONGEST)
            codes = view([string[:length].replace("\n", " ")]).codes[1:-1]
            value = int((run_hashes(codes, length) * _STIR)[0])
            found.setdefault(length, {}).setdefault(value, []).append(string)
        return {length: _Beginnings(strings) for length, strings in found.items()}


class _Beginnings:
    """Beginnings of one length: the strings that have each, and which first bits."""

    def __init__(self, strings: dict[int, list[str]]) -> None:
        self.strings = strings
        self.may_be = np.zeros(1 << _BITS, dtype=bool)
        self.may_be[np.array([*strings], dtype=np.uint64) >> _SHIFT] = True


_SHIFT = np.uint64(64 - _BITS)


LITERALS = Literals()  # of all signals: each says at its import what it looks for
