"""Sealed letters into the spool, many with one sync: whoever is thanked is on disk.

While a batch is being written the next one gathers by itself. A batch lies under a random
name with its letters in random order, so that it tells nothing about who came when.
"""

import asyncio
import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate

from letterdesk.domain.envelope import EMPTY, ENTRY, MAX_BATCH, pack_batch
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.ids import new_id
from letterdesk.letterbox.refusals import Refused
from letterdesk.places.base import Place, Unanswered
from letterdesk.places.folder import Folder
from letterdesk.settings import Letterbox

_MEGABYTE = 1 << 20
_PROBE = 5.0  # seconds: a place that does not answer until then takes no letter now
_PATIENCE = 7.0  # seconds for a batch: whoever came meanwhile waits as long once more
_PROMPT = 3.0  # seconds: a place that fails later than that may have done it all the same
_THREADS = 4  # of which some may be with a place that does not answer
_MOST_WAITING = 8_192  # letters: more would wait for seconds, and fill the memory
_log = logging.getLogger(__name__)


class Spool:
    """Letters on their way into `place`. Belongs to one event loop."""

    def __init__(self, place: Place, settings: Letterbox) -> None:
        self._place = place
        self._gather = settings.gather_milliseconds / 1000
        self._most = settings.batch_letters
        self._reserve = settings.reserve_megabytes * _MEGABYTE
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="spool")
        self._shuffle = random.SystemRandom().shuffle
        self._probing: asyncio.Future[None] | None = None
        self._failed = False
        self._is_known_to_fail = False  # and the log says so

    async def put(self, envelope: bytes) -> None:
        """Return when the sealed letter survives a power cut.

        Raises Refused: `unavailable` when it is not stored, or too many wait for it,
        `unsure` when the place may have taken it all the same.
        """
        if len(self._waiting) >= _MOST_WAITING:
            raise Refused("unavailable")
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((envelope, stored))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        await stored

    async def probe(self) -> None:
        """Return when a letter could be stored now; otherwise raise Refused.

        Measures only, unless the last batch failed: then it stores a batch of no letters.
        Whoever asks meanwhile waits for the same look: where a bucket hangs, looks would
        queue up before the letters.
        """
        if self._probing is None or self._probing.done():
            loop = asyncio.get_running_loop()
            self._probing = loop.run_in_executor(self._threads, self._probe)
            self._probing.add_done_callback(_looked_at)
        try:
            await asyncio.wait_for(asyncio.shield(self._probing), _PROBE)
        except (PlaceFailed, TimeoutError) as error:
            raise Refused("unavailable") from error

    def close(self) -> None:
        """Let the batch that is being written end."""
        self._threads.shutdown(wait=True)

    async def _write_all(self) -> None:
        """Write batches until nobody waits. A letter that comes alone need not gather."""
        lonely = True
        while self._waiting:
            if not lonely and len(self._waiting) < self._most:
                await asyncio.sleep(self._gather)
            batch = self._next()
            await self._write(batch)
            lonely = len(batch) == 1
        self._writer = None

    def _next(self) -> list[tuple[bytes, asyncio.Future[None]]]:
        """Take those who have waited longest, up to what a desk reads of a batch."""
        sizes = accumulate(len(one) + ENTRY for one, _ in self._waiting[: self._most])
        fitting = sum(size <= MAX_BATCH - EMPTY for size in sizes)
        batch = self._waiting[:fitting]
        del self._waiting[:fitting]
        return batch

    async def _write(self, batch: list[tuple[bytes, asyncio.Future[None]]]) -> None:
        """Write a batch, and tell its readers; none of them waits longer than for one more.

        One that takes too long goes on by itself: what the place takes then is kept, as its
        readers are told. Whoever waited behind it hears as well that nothing goes now.
        """
        try:
            writing = self._threads.submit(self._store, [raw for raw, _ in batch])
            await asyncio.wait_for(asyncio.wrap_future(writing), _PATIENCE)
        except TimeoutError as error:
            self._note(error)
            _tell(batch, "unavailable" if writing.cancelled() else "unsure")
            self._send_back()
        except Unanswered as error:
            self._note(error)
            _tell(batch, "unsure")
            self._send_back()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the readers must hear
            self._note(error)
            _tell(batch, "unavailable")
        else:
            self._note(None)
            _tell(batch, "")

    def _send_back(self) -> None:
        """Tell everybody who waits that nothing goes now: of theirs nothing was begun."""
        _tell(self._waiting, "unavailable")
        self._waiting.clear()

    def _note(self, error: Exception | None) -> None:
        """Log when the spool begins to fail, and when it is well again, and no more.

        A line for each letter would tell when each of them came, and fill a full disk.
        """
        if error and not self._is_known_to_fail:
            _log.error("event=spool-failed error=%s", type(error).__name__)
        elif self._is_known_to_fail and not error:
            _log.warning("event=spool-works-again")
        self._is_known_to_fail = error is not None

    def _store(self, envelopes: list[bytes]) -> None:
        """Store a batch; failing that, once more: a new file, as a failed sync is final.

        Raises Unanswered when it may be there all the same, otherwise PlaceFailed.
        """
        self._shuffle(envelopes)
        raw = pack_batch(envelopes)
        self._failed = True
        self._measure()
        first = self._put(raw)
        if first and (second := self._put(raw)):
            raise first if isinstance(first, Unanswered) else second
        self._failed = False

    def _put(self, raw: bytes) -> PlaceFailed | None:
        """Store a batch; give why it could not be, Unanswered where something may be left.

        Raises Unanswered where that took so long that there is no time for more.
        """
        name, begun = new_id(), time.monotonic()
        try:
            self._place.put(name, raw)
        except PlaceFailed as error:
            if isinstance(error, Unanswered) or time.monotonic() - begun > _PROMPT:
                raise Unanswered(error.sentence) from error
            return self._remove(name) or error  # it may be there: nobody was thanked
        return None

    def _remove(self, name: str) -> Unanswered | None:
        try:
            self._place.remove(name)
        except PlaceFailed as error:  # as a letterbox does that may write only
            return Unanswered(error.sentence)
        return None

    def _probe(self) -> None:
        if self._failed:
            self._store([])
        self._measure()

    def _measure(self) -> None:
        """Raise PlaceFailed when less than the reserve is free."""
        if isinstance(self._place, Folder) and self._place.free_bytes() < self._reserve:
            raise PlaceFailed("The spool's disk is nearly full. Make room on it.")


def _tell(batch: list[tuple[bytes, asyncio.Future[None]]], refusal: str) -> None:
    """Tell the readers who are still there that they are refused, or "" thanked."""
    for _, stored in batch:
        if stored.done():
            continue
        if refusal:
            stored.set_exception(Refused(refusal))
        else:
            stored.set_result(None)


def _looked_at(look: asyncio.Future[None]) -> None:
    """Take what went wrong: nobody may be waiting for it any more."""
    if not look.cancelled():
        look.exception()
