"""The batches that lie in the spool, some at a time."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Missing, Place, Unfit

_TOGETHER = 262_144  # bytes of small batches that one transaction takes


@dataclass(frozen=True, kw_only=True)
class Before:
    """What the pass before met, and this one need not meet in the same way.

    `unread` are batches that could not be read, and why; `stuck` those whose letters are
    stored and that could not be removed.
    """

    unread: Mapping[str, PlaceFailed] = field(default_factory=dict)
    stuck: Collection[str] = ()


@dataclass(kw_only=True)
class Spooled:
    """What one pass finds in the spool; once `is_over` says so it stops, after one.

    What could not be read `before` is tried last, the longest untried first, as each batch
    may cost the time that a bucket takes to give up. Of what could not be removed before
    that is tried again, and no more: passes of some seconds would never get beyond it.
    Batches that are `seen` are passed over.
    `unread` are names of what is never read, `broken` those of what could not be, and why;
    `stuck` are those that could not be removed, `holds` why; `left` how many there was no
    time for.
    """

    spool: Place
    is_over: Callable[[], bool] = bool  # never
    before: Before = field(default_factory=Before)
    seen: Collection[str] = ()
    unread: list[str] = field(default_factory=list)
    broken: dict[str, PlaceFailed] = field(default_factory=dict)
    stuck: set[str] = field(default_factory=set)
    holds: PlaceFailed | None = None
    left: int = 0

    def batches(self) -> Iterator[dict[str, bytes]]:
        """Give the batches by name, as many at a time as one transaction takes.

        A steady stream makes batches of one letter: a transaction for each would be slower
        than the stream. A place that cannot even be listed any more is gone: that is
        raised.
        """
        names = self._in_order()
        some: dict[str, bytes] = {}
        while names:
            name = names.popleft()
            raw = self._read(name)
            if some and (raw is None or _size(some) + len(raw) > _TOGETHER):
                yield some
                some = {}
            if raw is not None:
                some[name] = raw
            elif name in self.broken:
                next(self.spool.list(), None)
            if self.is_over():
                break
        if some:
            yield some
        self._leave(names)

    def remove(self, names: Iterable[str]) -> None:
        """Remove batches that are stored; where the place does not, the rest goes on."""
        tried = list(names)
        try:
            self.spool.remove_all(tried)
        except PlaceFailed as error:
            self.stuck.update(tried)
            self.holds = error

    def _in_order(self) -> deque[str]:
        turns = {name: turn for turn, name in enumerate(self.before.unread, start=1)}
        names = {name for name in self.spool.list() if name not in self.seen}
        stored = names.intersection(self.before.stuck)
        self.remove(sorted(stored))
        names -= stored
        return deque(sorted(names, key=lambda name: (turns.get(name, 0), name)))

    def _read(self, name: str) -> bytes | None:
        try:
            return self.spool.read(name)
        except Unfit:
            self.unread.append(name)
        except Missing:  # another collector was here
            pass
        except PlaceFailed as error:
            self.broken[name] = error
        return None

    def _leave(self, names: Iterable[str]) -> None:
        """Note what there was no time for; what could not be read before cannot be now."""
        untried = {name: self.before.unread.get(name) for name in names}
        known = {name: error for name, error in untried.items() if error}
        self.broken = known | self.broken
        self.left = len(untried) - len(known)


def _size(some: Mapping[str, bytes]) -> int:
    return sum(map(len, some.values()))
