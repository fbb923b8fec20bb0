"""What the worker collects, some seconds at a time."""

from datetime import datetime

from letterdesk.desk.actions.collect import BatchesStuck, BatchesUnread, Collected
from letterdesk.desk.actions.spooled import Before
from letterdesk.newsroom.passes import collect_some
from letterdesk.serving.worker import Unread
from letterdesk.settings import Settings


class Intake:
    """Collects in rounds, and remembers what the round before met in the spool.

    Whoever starts the worker anew begins with nothing remembered: what the spool would not
    let go is then collected once more, which changes nothing.
    """

    def __init__(self, newsroom: Settings) -> None:
        self._newsroom = newsroom
        self._unread = Unread()
        self._before: Before | None = None

    def collect(self, *, seconds: float, now: datetime) -> int:
        """Collect for a while; give how many batches wait for the next round.

        Raises what `collect` raises; BatchesStuck once no other batch waits.
        """
        try:
            done = collect_some(
                self._newsroom,
                seconds=seconds,
                today=now.date(),
                hour=now.hour,
                before=self._before,
            )
        except (BatchesUnread, BatchesStuck) as error:
            self._before = error.before
            self._log(error.done)
            if isinstance(error, BatchesUnread) or not error.done.left:
                raise
            return error.done.left
        self._before = None
        self._log(done)
        return done.left

    def _log(self, done: Collected) -> None:
        if not done.left:
            self._unread.log(done.unread)
