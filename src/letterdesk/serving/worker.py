"""The worker: what has to be done again and again, in rounds.

Where several workers run, what may not be done twice at once has a lock: collecting, the
press, screening, mails, learning. See desk/queries/locks.py.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from letterdesk.domain.slots import last_slot, next_slot
from letterdesk.domain.told import some
from letterdesk.failures import reason
from letterdesk.places.folder import Folder

if TYPE_CHECKING:
    from letterdesk.desk.queries.failing import Failing

_log = logging.getLogger(__name__)
_MARK = "press.slot"  # the last slot that was published, in the newsroom's folder


@dataclass(kw_only=True)
class Worker:
    """Looks every `collect_seconds`, and calls `publish` once at each slot.

    A look is `collect`, then `remove`: what was taken back or down does not wait for a
    slot; then `verify`, `mail` and `learn`. `collect` says how many batches it had no time
    for: while there are any, the next round comes at once, and begins with these two.

    `screen` says how many letters it had time for: those that no check has seen are in the
    queue all the same. So does `renew`, with pages of an earlier version of the software.
    While either has more to do, the next round comes at once. Each is to end within
    seconds, as looks wait for it; none waits until there is no more to do.

    Before a slot's publication it collects, so that a withdrawal that is waiting counts. A
    slot that passed while no worker ran is made up at the start. Where the clock was put
    back nothing is published before a slot that is still to come. What fails is tried
    again at the next round.
    """

    folder: Path
    collect: Callable[[], int]
    remove: Callable[[], object]
    publish: Callable[[], object]
    verify: Callable[[], object]
    screen: Callable[[], int]
    collect_seconds: int
    slot_minutes: int
    renew: Callable[[], int] = int  # none
    mail: Callable[[], object] = bool  # nothing, unless the newsroom writes mails
    learn: Callable[[], object] = bool
    _looked: datetime | None = None
    _left: int = 0  # batches that wait in the spool
    _slot: datetime | None = None  # as the mark has it, where that cannot be written
    _failing: dict[str, str] = field(default_factory=dict)  # step to what was said of it

    def round(self, now: datetime) -> float:
        """Do what is due; give the seconds until there is something to do again."""
        is_slot = self._is_due(now)
        if is_slot or not self._until_look(now):
            self._look(now, is_slot=is_slot)
        elif self._left:
            self._take_in()
        done = [self._left]
        self._try("screen", lambda: done.append(self.screen()))
        self._try("renew", lambda: done.append(self.renew()))
        if any(done):
            return 0
        to_slot = (next_slot(now, self.slot_minutes) - now).total_seconds()
        return min(self._until_look(now), to_slot)

    def run(self, *, clock: Callable[[], datetime], wait: Callable[[float], bool]) -> None:
        """Work until `wait`, which is given seconds, says that it is time to stop."""
        while not wait(self.round(clock())):
            pass

    def _look(self, now: datetime, *, is_slot: bool) -> None:
        self._looked = now
        self._take_in()
        if is_slot and self._try("publish", self.publish):
            self._remember(last_slot(now, self.slot_minutes))
        self._try("verify", self.verify)
        self._try("mail", self.mail)
        self._try("learn", self.learn)

    def _take_in(self) -> None:
        done: list[int] = []
        self._try("collect", lambda: done.append(self.collect()))
        self._left = sum(done)
        self._try("remove", self.remove)

    def _until_look(self, now: datetime) -> float:
        """Give the seconds until the next look; 0 as well where the clock was put back."""
        since = (now - self._looked).total_seconds() if self._looked else -1.0
        return self.collect_seconds - since if 0 <= since < self.collect_seconds else 0.0

    def _try(self, step: str, action: Callable[[], object]) -> bool:
        try:
            action()
        except Exception as error:  # noqa: BLE001 -- letters would wait for a dead worker
            said = reason(error)
            if self._failing.get(step) != said:
                _log.error("step=%s failed and is tried again: %s", step, said)
            self._failing[step] = said
            return False
        if self._failing.pop(step, ""):
            _log.info("step=%s works again", step)
        return True

    def _is_due(self, now: datetime) -> bool:
        """Say whether a slot has passed that was not published.

        A mark that lies ahead is of a clock that has been put back: what was approved since
        waits for its slot. The next slot counts as published; one further off is no mark.
        """
        slot, following = (of(now, self.slot_minutes) for of in (last_slot, next_slot))
        known = [one for one in (self._slot, self._mark()) if one]
        published = max((one for one in known if one <= following), default=None)
        if known and published is None:
            self._remember(slot)
            return False
        return published is None or published < slot

    def _mark(self) -> datetime | None:
        try:
            return datetime.fromisoformat((self.folder / _MARK).read_text()).astimezone(UTC)
        except (OSError, ValueError):
            return None

    def _remember(self, slot: datetime) -> None:
        self._slot = slot
        place, raw = Folder(root=self.folder, mode=0o600), slot.isoformat().encode()
        self._try("remember", lambda: place.put(_MARK, raw))


class Unread:
    """What collecting passes over in the spool, told in the log when it changes."""

    def __init__(self) -> None:
        self._told: tuple[str, ...] = ()

    def log(self, names: tuple[str, ...]) -> None:
        """Log these names, unless they are the same as before."""
        if names and names != self._told:
            _log.error("event=spool-unread files=%s", some(names))
        self._told = names


def log_failing(failed: "Iterable[Failing]") -> None:
    """Log what the press could not do for which story."""
    for one in failed:
        _log.error(
            "story=%s part=%s failed and is tried again at the next slot: %s",
            one.story,
            one.part,
            one.why,
        )
