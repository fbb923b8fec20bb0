"""What keeps a flood from drowning the letters of others, without knowing who sends them.

No address is looked at, hashed or kept. There are budgets for all letters together and for
each story, a proof of work that browsers with scripts can show, and a part of every budget
that is kept for those without.
"""

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from letterdesk.domain.letter import LetterKind
from letterdesk.letterbox.budgets import Budgets, Size, State, Taken
from letterdesk.letterbox.proof import Proofs
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.switch import Switch
from letterdesk.settings import Settings

KEY = "LETTERDESK_PROOF_KEY"  # in the environment: one key for all workers of a machine
_MEGABYTE = 1 << 20
_HARDER = 4  # times the work while there is little room
_CLOSABLE = {LetterKind.COMMENT, LetterKind.TIP}
_OF_A_RECEIPT = Size(burst=6, refill=1 / 60, reserved=0.5)  # what is sent with one code
_OTHERS = 0.5  # of the budgets' size, beside them, for what may keep somebody safe


@dataclass(frozen=True, kw_only=True)
class Room:
    """The room that one letter has taken."""

    taken: Taken
    proofs: Proofs
    proof: str  # "" without

    def give_back(self) -> None:
        """Let others have it, and the proof count again; call once."""
        self.taken.give_back()
        self.proofs.give_back(self.proof)


class Floods:
    """The guard of one process; its budgets are that process's share."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        floods = settings.floods
        whole = Size(
            burst=floods.burst,
            refill=floods.per_minute / 60,
            reserved=floods.reserved_percent / 100,
        ).times(1 / settings.letterbox.workers)
        self._budgets = Budgets(
            whole, story=whole.times(floods.story_percent / 100), clock=clock
        )
        others = whole.times(_OTHERS)
        self._others = Budgets(others, story=others, clock=clock)
        self._known = Budgets(others, story=_OF_A_RECEIPT, clock=clock)
        self._letter = floods.burst_megabytes * _MEGABYTE / floods.burst  # bytes
        self._cost = floods.proof_cost
        self._proofs = Proofs(_key(), life=floods.proof_minutes * 60, clock=wall)
        self._switch = Switch(settings.switch)

    def state(self, story: str = "") -> State:
        """Give how much room there is: on the whole, and for a story if one is named."""
        states = (self._switch.state(), self._budgets.state(story))
        return max(states, key=list(State).index)

    def outlook(self, story: str) -> State:
        """Give what a page says of it: closed only where the newsroom has closed it.

        A budget that is used up is full again after minutes.
        """
        if self._switch.state() is State.CLOSED:
            return State.CLOSED
        return State.OPEN if self.state(story) is State.OPEN else State.SLOW

    def challenge(self, story: str) -> dict[str, object]:
        """Give a challenge for a letter about `story`."""
        factor = 1 if self.state(story) is State.OPEN else _HARDER
        return self._proofs.challenge(story, cost=self._cost * factor)

    def admit_known(self, lookup: str, *, size: int) -> Room:
        """Give the room for what the holder of a receipt sends whose outcome is published.

        Anybody can make up codes, and as many as she likes: no flood of them keeps those
        out who have a letter here. Raises Refused (`too-many`).
        """
        taken = self._known.take(lookup, proven=False, slow=False, cost=self._counts(size))
        if taken is None:
            raise Refused("too-many")
        return Room(taken=taken, proofs=self._proofs, proof="")

    def admit(self, kind: LetterKind, *, story: str, proof: str, size: int) -> Room:
        """Give the room for a letter of `size` bytes, taken; a proof is used up by it.

        A large one counts as several: the budgets are of letters, and of megabytes.
        Raises Refused: `closed` when the newsroom has closed the letterbox, `too-many` when
        the budgets are used up; the proof counts still. Notices, withdrawals and appeals
        may keep somebody safe: a closed letterbox still takes them, and no flood of
        comments uses up their budget.
        """
        budgets, switch = self._others, State.OPEN
        if kind in _CLOSABLE:
            budgets, switch = self._budgets, self._switch.state()
        if switch is State.CLOSED:
            raise Refused("closed")
        proven = bool(proof) and self._proofs.accepts(proof, story=story)
        slow, cost = switch is not State.OPEN, self._counts(size)
        taken = budgets.take(story, proven=proven, slow=slow, cost=cost)
        if taken is None:
            raise Refused("too-many")
        if proven:
            self._proofs.use(proof)
        return Room(taken=taken, proofs=self._proofs, proof=proof if proven else "")

    def _counts(self, size: int) -> float:
        """Give for how many letters one of `size` bytes counts."""
        return max(1.0, size / self._letter)


def _key() -> bytes:
    """Give the key that signs challenges: the machine's, or else this process's own."""
    return bytes.fromhex(os.environ.get(KEY, "")) or secrets.token_bytes(32)
