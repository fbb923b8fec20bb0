"""How many letters may come: token buckets in memory, in two lanes.

A budget has a common part, and one that is reserved for letters without a proof of work.
While the common part is half full nobody is asked for a proof: the budget is open. Below
that it is slow: letters with a proof take from the common part, those without from the
reserved one. A letter with a proof is never worse off than one without.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_STORIES = 10_000  # budgets held; the one used longest ago is forgotten, and full again


class State(StrEnum):
    """How much room there is."""

    OPEN = "open"
    SLOW = "slow"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Size:
    """Letters that may come at once, letters a second for ever, the share reserved."""

    burst: float
    refill: float
    reserved: float  # 0 to 1

    def times(self, share: float) -> "Size":
        """Give a size of which everything is `share` as large."""
        return Size(
            burst=self.burst * share, refill=self.refill * share, reserved=self.reserved
        )


class Bucket:
    """Tokens that come back with time. `now` is in seconds of a clock that never jumps."""

    __slots__ = ("_burst", "_level", "_refill", "_since")

    def __init__(self, *, burst: float, refill: float, now: float) -> None:
        self._burst = max(1.0, burst)
        self._refill = refill
        self._level = self._burst
        self._since = now

    def level(self, now: float) -> float:
        """Give how many tokens there are."""
        gained = max(0.0, now - self._since) * self._refill
        self._level = min(self._burst, self._level + gained)
        self._since = now
        return self._level

    def is_half_full(self, now: float) -> bool:
        """Say whether half of it or more is there."""
        return self.level(now) * 2 >= self._burst

    def has(self, cost: float, now: float) -> bool:
        """Say whether so many tokens are there; all of them are always enough."""
        return self.level(now) >= min(cost, self._burst)

    def take(self, cost: float) -> None:
        """Take some of the tokens that `has` has counted."""
        self._level -= min(cost, self._burst)

    def give_back(self, cost: float) -> None:
        """Give back what `take` took; there are never more than at the beginning."""
        self._level = min(self._burst, self._level + min(cost, self._burst))


class Budget:
    """Two buckets: the common part and the reserved one."""

    __slots__ = ("_common", "_reserved")

    def __init__(self, size: Size, *, now: float) -> None:
        rest = 1 - size.reserved
        self._common = Bucket(burst=size.burst * rest, refill=size.refill * rest, now=now)
        self._reserved = Bucket(
            burst=size.burst * size.reserved, refill=size.refill * size.reserved, now=now
        )

    def state(self, now: float) -> State:
        """Give how much room there is."""
        if self._common.is_half_full(now):
            return State.OPEN
        if self._common.level(now) < 1 and self._reserved.level(now) < 1:
            return State.CLOSED
        return State.SLOW

    def lane(self, now: float, *, cost: float, proven: bool, slow: bool) -> Bucket | None:
        """Give the bucket that a letter takes from, None when there is no room for it."""
        lanes = [self._reserved]
        if proven or (not slow and self._common.is_half_full(now)):
            lanes.insert(0, self._common)
        return next((lane for lane in lanes if lane.has(cost, now)), None)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one letter took, and from where."""

    lanes: tuple[Bucket, ...]
    cost: float

    def give_back(self) -> None:
        """Give all of it back; call once."""
        for lane in self.lanes:
            lane.give_back(self.cost)


class Budgets:
    """The budget of the whole letterbox, and one for each story."""

    def __init__(self, whole: Size, *, story: Size, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._whole = Budget(whole, now=clock())
        self._story_size = story
        self._stories: OrderedDict[str, Budget] = OrderedDict()

    def state(self, story: str = "") -> State:
        """Give how much room there is on the whole, and for a story if one is named."""
        now = self._clock()
        states = [self._whole.state(now)]
        if story in self._stories:
            states.append(self._stories[story].state(now))
        return max(states, key=list(State).index)

    def take(
        self, story: str, *, proven: bool, slow: bool, cost: float = 1
    ) -> Taken | None:
        """Take a letter from both budgets; None, and from neither, where there is no room.

        `cost` is how many letters it counts for.
        """
        now = self._clock()
        lanes = [
            budget.lane(now, cost=cost, proven=proven, slow=slow)
            for budget in (self._whole, self._of(story, now))
        ]
        taken = tuple(lane for lane in lanes if lane is not None)
        if len(taken) < len(lanes):
            return None
        for lane in taken:
            lane.take(cost)
        return Taken(lanes=taken, cost=cost)

    def _of(self, story: str, now: float) -> Budget:
        budget = self._stories.get(story)
        if budget is None:
            budget = self._stories[story] = Budget(self._story_size, now=now)
            if len(self._stories) > _STORIES:
                self._stories.popitem(last=False)
        self._stories.move_to_end(story)
        return budget
