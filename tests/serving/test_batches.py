"""Much at once is worked on together; what fails fails alone."""

import asyncio
from collections.abc import Sequence

import pytest

from letterdesk.serving.batches import Batches, Full


def test_what_arrives_meanwhile_is_worked_on_together_and_in_order() -> None:
    sizes: list[int] = []

    def double(some: Sequence[int]) -> list[int]:
        sizes.append(len(some))
        return [2 * one for one in some]

    async def ask() -> list[int]:
        batches = Batches(double, size=4, waiting=100)
        return await asyncio.gather(*(batches.ask(one) for one in range(10)))

    assert asyncio.run(ask()) == [2 * one for one in range(10)]
    assert (sum(sizes), max(sizes)) == (10, 4)


def test_what_is_heavy_has_fewer_or_none_beside_it() -> None:
    together: list[list[int]] = []

    def note(some: Sequence[int]) -> Sequence[int]:
        together.append(list(some))
        return some

    async def ask() -> None:
        batches = Batches(note, size=4, waiting=100, weigh=lambda one: one)
        await asyncio.gather(*(batches.ask(one) for one in (1, 3, 1, 9, 2, 2)))

    asyncio.run(ask())

    assert together == [[1, 3], [1], [9], [2, 2]]


def test_one_that_fails_spoils_no_others_answer() -> None:
    def inverse(some: Sequence[int]) -> list[float]:
        return [1 / one for one in some]

    async def ask() -> list[float | BaseException]:
        batches = Batches(inverse, size=8, waiting=100)
        asked = (batches.ask(one) for one in (1, 0, 4))
        return await asyncio.gather(*asked, return_exceptions=True)

    first, second, third = asyncio.run(ask())

    assert (first, third) == (1.0, 0.25)
    assert isinstance(second, ZeroDivisionError)


def test_nobody_waits_behind_more_than_may_wait() -> None:
    async def ask() -> None:
        batches = Batches(list, size=1, waiting=1)
        await asyncio.gather(*(batches.ask(one) for one in range(5)))

    with pytest.raises(Full):
        asyncio.run(ask())
