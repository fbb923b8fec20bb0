"""Where tries are counted and used codes noted: in memory, and by the machine's clock."""

import time

from django.core.cache.backends.locmem import LocMemCache

LONGEST = 300  # seconds for which anything is kept; no rate limit counts for longer
_SLACK = 60  # seconds by which a clock is put back in everyday life


class Counters(LocMemCache):
    """Django's cache in memory, of which nothing outlives a clock that was ahead.

    What ends later than anything kept now could was written while it was: who had tried
    too often then would be kept out until that time comes round.
    """

    _expire_info: dict[str, float | None]  # seconds since 1970

    def _has_expired(self, key: str) -> bool:
        """Say whether a key counts as not there; Django asks this of every one."""
        end, now = self._expire_info.get(key, 0), time.time()
        return end is not None and not now < end <= now + LONGEST + _SLACK
