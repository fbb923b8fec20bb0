"""What arrives while others are worked on is worked on together, next."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

_One = TypeVar("_One")
_Answer = TypeVar("_Answer")


class Full(Exception):
    """So many wait that one more would wait too long."""


class Batches(Generic[_One, _Answer]):
    """Has `work` done in a thread, on at most `size` at a time, `waiting` in all.

    What `weigh` calls heavier than 1 counts so much of `size`; what is heavier than that is
    worked on alone. Together costs a fraction of each alone. When a batch fails each of it
    is tried alone, so that one spoils no other's answer.
    """

    def __init__(
        self,
        work: Callable[[Sequence[_One]], Sequence[_Answer]],
        *,
        size: int,
        waiting: int,
        weigh: Callable[[_One], int] = lambda _: 1,
    ) -> None:
        self._work = work
        self._size = size
        self._most = waiting
        self._weigh = weigh
        self._waiting: deque[tuple[_One, asyncio.Future[_Answer]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def ask(self, one: _One) -> _Answer:
        """Give the answer to `one`. Raises Full, and what `work` raises."""
        if len(self._waiting) >= self._most:
            raise Full
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Answer] = loop.create_future()
        self._waiting.append((one, future))
        if self._running is None:
            self._running = loop.create_task(self._run())
        return await future

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._answer(self._next())
        finally:
            self._running = None

    def _next(self) -> list[tuple[_One, asyncio.Future[_Answer]]]:
        """Give the first that waits, and those behind it that fit in beside it."""
        some = [self._waiting.popleft()]
        room = self._size - self._weigh(some[0][0])
        while self._waiting and (room := room - self._weigh(self._waiting[0][0])) >= 0:
            some.append(self._waiting.popleft())
        return some

    async def _answer(self, some: list[tuple[_One, asyncio.Future[_Answer]]]) -> None:
        some = [(one, future) for one, future in some if not future.done()]
        try:
            found = await asyncio.to_thread(self._work, [one for one, _ in some])
        except Exception as error:  # noqa: BLE001 -- whoever waits must hear of it
            if len(some) > 1:
                for each in some:
                    await self._answer([each])
            else:
                _settle(some, error)
            return
        for (_, future), answer in zip(some, found, strict=True):
            if not future.done():
                future.set_result(answer)


def _settle(some: Sequence[tuple[_One, asyncio.Future[_Answer]]], error: Exception) -> None:
    for _, future in some:
        if not future.done():
            future.set_exception(error)
