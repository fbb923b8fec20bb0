"""The spool: whoever is thanked is on disk, and nobody else is thanked."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from letterdesk.domain.envelope import unpack_batch
from letterdesk.letterbox import spool
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.spool import Spool
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.settings import Letterbox
from tests.letterbox.places import FailingPlace, HangingPlace, SlowPlace, WriteOnlyPlace
from tests.letterbox.rooms import quick
from tests.processes import PATIENCE

LETTERS = [b"letter %d" % number for number in range(64)]


def run(
    place: Place,
    act: Callable[[Spool], Awaitable[object]],
    *,
    settings: Letterbox | None = None,
) -> object:
    """Give what `act` gives with a spool in `place`."""

    async def inside() -> object:
        with closing(Spool(place, settings or quick())) as spool:
            return await act(spool)

    return asyncio.run(inside())


async def put_all(spool: Spool, letters: list[bytes]) -> list[object]:
    """Give what each of the letters met: None, or the code of a refusal."""
    met = await asyncio.gather(*map(spool.put, letters), return_exceptions=True)
    return [one.code if isinstance(one, Refused) else one for one in met]


def batches(place: Place) -> list[list[bytes]]:
    return [unpack_batch(place.read(name)) for name in place.list()]


def stored(place: Place) -> list[bytes]:
    return sorted(letter for batch in batches(place) for letter in batch)


def test_64_at_once_are_all_stored_once_in_a_few_batches(tmp_path: Path) -> None:
    place = Folder(root=tmp_path)

    met = run(place, lambda spool: put_all(spool, LETTERS))

    assert met == [None] * 64
    assert stored(place) == sorted(LETTERS)
    assert len(batches(place)) <= 2


def test_whoever_would_wait_too_long_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "_MOST_WAITING", 10)
    place = Folder(root=tmp_path)

    met = run(place, lambda spool: put_all(spool, LETTERS))

    assert met == [None] * 10 + ["unavailable"] * 54
    assert stored(place) == sorted(LETTERS[:10])


def test_a_batch_says_nothing_about_the_order(tmp_path: Path) -> None:
    place = Folder(root=tmp_path)

    run(place, lambda spool: put_all(spool, LETTERS))

    assert [letter for batch in batches(place) for letter in batch] != LETTERS


def test_a_batch_is_no_larger_than_it_may_be() -> None:
    place = FailingPlace(fails=0)
    settings = Letterbox(batch_letters=10, gather_milliseconds=0, reserve_megabytes=0)

    run(place, lambda spool: put_all(spool, LETTERS), settings=settings)

    assert sorted(len(batch) for batch in batches(place)) == [4, *[10] * 6]


def test_what_comes_during_a_write_waits_for_the_next(tmp_path: Path) -> None:
    place = SlowPlace()

    async def act(spool: Spool) -> tuple[bool, list[int]]:
        first = asyncio.ensure_future(spool.put(LETTERS[0]))
        await asyncio.to_thread(place.writing.wait, PATIENCE)
        others = asyncio.ensure_future(put_all(spool, LETTERS[1:]))
        await asyncio.sleep(0)
        thanked = first.done() or others.done()
        place.may_go_on.set()
        await asyncio.gather(first, others)
        return thanked, [len(batch) for batch in batches(place)]

    thanked, sizes = run(place, act, settings=Letterbox(gather_milliseconds=1))

    assert not thanked
    assert sizes == [1, 63]


def test_a_failed_write_is_tried_once_more_under_another_name() -> None:
    place = FailingPlace(fails=1, stores=True)

    met = run(place, lambda spool: put_all(spool, LETTERS))

    first, second = place.asked
    assert met == [None] * 64
    assert first != second
    assert place.removed == [first]
    assert list(place.files) == [second]
    assert stored(place) == sorted(LETTERS)


def test_when_the_disk_is_full_nobody_is_thanked() -> None:
    place = FailingPlace(fails=2)

    met = run(place, lambda spool: put_all(spool, LETTERS))

    assert met == ["unavailable"] * 64
    assert place.files == {}


def test_the_next_letters_are_taken_when_there_is_room_again() -> None:
    place = FailingPlace(fails=2)

    async def act(spool: Spool) -> tuple[list[object], list[object]]:
        return await put_all(spool, LETTERS[:3]), await put_all(spool, LETTERS[3:])

    met = run(place, act)

    assert met == (["unavailable"] * 3, [None] * 61)
    assert stored(place) == sorted(LETTERS[3:])


def test_what_a_bucket_may_have_taken_is_not_called_refused_and_stays() -> None:
    place = HangingPlace(hangs=1)

    met = run(place, lambda spool: put_all(spool, LETTERS))

    assert met == ["unsure"] * 64
    assert (stored(place), place.removed) == (sorted(LETTERS), [])


@pytest.mark.parametrize(("fails", "told"), [(1, None), (2, "unsure")])
def test_a_letterbox_that_may_not_remove_tries_once_more_and_is_unsure(
    fails: int, told: str | None
) -> None:
    place = WriteOnlyPlace(fails=fails, stores=True)

    assert run(place, lambda spool: put_all(spool, LETTERS[:3])) == [told] * 3
    assert set(stored(place)) == set(LETTERS[:3])


def test_a_failure_that_took_long_may_have_stored_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spool, "_PROMPT", -1.0)
    place = FailingPlace(fails=1, stores=True)

    assert run(place, lambda spool: put_all(spool, LETTERS[:3])) == ["unsure"] * 3
    assert (len(place.asked), place.removed) == (1, [])


def test_while_a_place_hangs_nobody_waits_for_it_nor_behind_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spool, "_PATIENCE", 0.2)
    place = SlowPlace()

    async def act(spool: Spool) -> list[object]:
        met = await put_all(spool, LETTERS[:3])
        for letter in LETTERS[3:7]:  # more than there are threads
            met += await put_all(spool, [letter])
        place.may_go_on.set()
        return met

    met = run(place, act, settings=Letterbox(batch_letters=1, reserve_megabytes=0))

    assert met == ["unsure", *["unavailable"] * 2, *["unsure"] * 3, "unavailable"]
    assert stored(place) == sorted([LETTERS[0], *LETTERS[3:6]])


def test_an_error_that_nobody_thought_of_leaves_no_reader_waiting() -> None:
    place = FailingPlace(fails=0)
    place.fails = "often"  # type: ignore[assignment] # cannot be counted down

    assert run(place, lambda spool: put_all(spool, LETTERS)) == ["unavailable"] * 64


def test_a_reader_who_leaves_takes_nobody_with_her() -> None:
    place = SlowPlace()

    async def act(spool: Spool) -> object:
        waiting = [asyncio.ensure_future(spool.put(letter)) for letter in LETTERS[:3]]
        await asyncio.to_thread(place.writing.wait, PATIENCE)
        waiting[1].cancel()
        place.may_go_on.set()
        return await asyncio.gather(*waiting, return_exceptions=True)

    first, left, third = run(place, act)

    assert (first, third) == (None, None)
    assert isinstance(left, asyncio.CancelledError)
    assert stored(place) == sorted(LETTERS[:3])


def test_the_reserve_on_the_disk_is_left_alone(tmp_path: Path) -> None:
    place = Folder(root=tmp_path)
    settings = Letterbox(reserve_megabytes=1 << 40)

    assert (
        run(place, lambda spool: put_all(spool, LETTERS[:2]), settings=settings)
        == ["unavailable"] * 2
    )
    assert list(tmp_path.iterdir()) == []


async def healthy(spool: Spool) -> bool:
    [met] = await asyncio.gather(spool.probe(), return_exceptions=True)
    assert met is None or (isinstance(met, Refused) and met.code == "unavailable")
    return met is None


def test_a_healthy_spool_is_only_measured(tmp_path: Path) -> None:
    assert run(Folder(root=tmp_path), healthy)
    assert list(tmp_path.iterdir()) == []


def test_a_spool_without_room_is_not_healthy(tmp_path: Path) -> None:
    settings = Letterbox(reserve_megabytes=1 << 40)

    assert not run(Folder(root=tmp_path), healthy, settings=settings)
    assert not run(Folder(root=tmp_path / "gone"), healthy, settings=settings)


def test_after_a_failure_health_is_proved_by_writing() -> None:
    place = FailingPlace(fails=4)

    async def act(spool: Spool) -> list[bool]:
        await put_all(spool, LETTERS[:1])
        return [await healthy(spool) for _ in range(3)]

    assert run(place, act) == [False, True, True]
    assert batches(place) == [[]]


def test_the_log_says_that_it_fails_and_that_it_works_again_and_not_who_came_when(
    caplog: pytest.LogCaptureFixture,
) -> None:
    place = FailingPlace(fails=6)  # two attempts a batch

    async def one_by_one(spool: Spool) -> list[object]:
        return [met for letter in LETTERS[:5] for met in await put_all(spool, [letter])]

    with caplog.at_level("DEBUG", logger=spool.__name__):
        met = run(place, one_by_one)

    assert met == ["unavailable"] * 3 + [None] * 2
    assert caplog.messages == [
        "event=spool-failed error=PlaceFailed",
        "event=spool-works-again",
    ]


def test_no_batch_is_larger_than_a_desk_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "MAX_BATCH", 200)
    place = Folder(root=tmp_path)

    met = run(place, lambda spool: put_all(spool, LETTERS))

    assert met == [None] * 64
    assert stored(place) == sorted(LETTERS)
    assert max(len(place.read(name)) for name in place.list()) <= 200


def test_a_place_that_hangs_is_no_reason_to_wait_and_looks_do_not_queue_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, looks = threading.Event(), list[int]()

    def hang(_: Spool) -> None:
        looks.append(1)
        assert goes_on.wait(PATIENCE)

    async def three(spool: Spool) -> object:
        met = await asyncio.gather(*(spool.probe() for _ in "123"), return_exceptions=True)
        goes_on.set()
        return met

    monkeypatch.setattr(spool, "_PROBE", 0.01)
    monkeypatch.setattr(Spool, "_probe", hang)

    met = run(Folder(root=tmp_path), three)

    assert [one.code for one in met] == ["unavailable"] * 3
    assert len(looks) == 1
