"""Sealed letters into the spool, many with one sync: whoever is thanked is on disk.

While a batch is being written the next one gathers by itself. A batch lies under a random
name with its letters in random order, so that it tells nothing about who came when.
"""

import asyncio
import logging
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import accumulate

from letterdesk.domain.envelope import EMPTY, ENTRY, MAX_BATCH, pack_batch
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.ids import new_id
from letterdesk.letterbox.refusals import Refused
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.settings import Letterbox

_MEGABYTE = 1 << 20
_PROBE = 5.0  # seconds: a place that does not answer until then takes no letter now
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
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spool")
        self._shuffle = random.SystemRandom().shuffle
        self._probing: asyncio.Future[None] | None = None
        self._failed = False
        self._is_known_to_fail = False  # and the log says so

    async def put(self, envelope: bytes) -> None:
        """Return when the sealed letter survives a power cut.

        Raises Refused (`unavailable`) when it could not be stored, or too many wait for it.
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
            self._probing = loop.run_in_executor(self._thread, self._probe)
            self._probing.add_done_callback(_looked_at)
        try:
            await asyncio.wait_for(asyncio.shield(self._probing), _PROBE)
        except (PlaceFailed, TimeoutError) as error:
            raise Refused("unavailable") from error

    def close(self) -> None:
        """Let the batch that is being written end."""
        self._thread.shutdown(wait=True)

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
        loop = asyncio.get_running_loop()
        refusal = None
        try:
            envelopes = [envelope for envelope, _ in batch]
            await loop.run_in_executor(self._thread, self._store, envelopes)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the readers must hear
            self._note(error)
            refusal = Refused("unavailable")
        else:
            self._note(None)
        for _, stored in batch:
            if stored.done():
                continue
            if refusal:
                stored.set_exception(refusal)
            else:
                stored.set_result(None)

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
        """Store a batch; failing that, once more: a new file, as a failed sync is final."""
        self._shuffle(envelopes)
        raw = pack_batch(envelopes)
        self._failed = True
        self._measure()
        try:
            self._put(raw)
        except PlaceFailed:
            self._put(raw)
        self._failed = False

    def _put(self, raw: bytes) -> None:
        name = new_id()
        try:
            self._place.put(name, raw)
        except PlaceFailed:
            with suppress(PlaceFailed):  # it may be there, unsynced: nobody was thanked
                self._place.remove(name)
            raise

    def _probe(self) -> None:
        if self._failed:
            self._store([])
        self._measure()

    def _measure(self) -> None:
        """Raise PlaceFailed when less than the reserve is free."""
        if isinstance(self._place, Folder) and self._place.free_bytes() < self._reserve:
            raise PlaceFailed("The spool's disk is nearly full. Make room on it.")


def _looked_at(look: asyncio.Future[None]) -> None:
    """Take what went wrong: nobody may be waiting for it any more."""
    if not look.cancelled():
        look.exception()
