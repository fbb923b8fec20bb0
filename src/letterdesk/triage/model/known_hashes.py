"""Which of many hashes are known, and by which number, in a fraction of a binary search.

A search goes through memory in leaps, and nearly each of them waits for it. Here a hash
tells by itself where it would stand: known ones are laid out by some bits of them, stirred.
"""

import numpy as np

from letterdesk.triage.model.grams import Hashes, Places, mixed

_SALT = 90
_ROOM = 4  # slots for each known hash, at least: most stand alone in theirs


class KnownHashes:
    """Known hashes, each once, laid out by where they are looked for."""

    def __init__(self, known: Hashes) -> None:
        bits = max(1, (_ROOM * len(known)).bit_length())
        self._shift = np.uint64(64 - bits)
        slots = self._slots(known)
        self._numbers = np.append(np.argsort(slots, kind="stable"), -1)
        # Who looks behind the last one finds number -1 there, whatever the hash.
        self._hashes = np.append(known[self._numbers[:-1]], np.uint64(0))
        counts = np.bincount(slots, minlength=1 << bits)
        self._firsts = (np.cumsum(counts) - counts).astype(np.int32)  # half to go through
        self._deepest = int(counts.max(initial=0))

    def places(self, hashes: Hashes) -> Places:
        """Give the place of each among the known ones, or -1."""
        at = self._firsts.take(self._slots(hashes))
        is_here = self._hashes.take(at) == hashes
        found = np.where(is_here, self._numbers.take(at), -1)
        left = np.flatnonzero(~is_here)
        for step in range(1, self._deepest):
            near = np.minimum(at[left] + step, len(self._hashes) - 1)
            is_here = self._hashes[near] == hashes[left]
            found[left[is_here]] = self._numbers[near[is_here]]
            left = left[~is_here]
        return found

    def _slots(self, hashes: Hashes) -> Places:
        return (mixed(hashes, _SALT) >> self._shift).view(np.int64)
