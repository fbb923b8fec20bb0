"""Bodies: read within limits, whoever sends them and however."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from letterdesk.letterbox import body
from letterdesk.letterbox.body import HANDED_BACK, MAX_BODY, BodyTooLarge, read_body
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.rsgi import ProtocolClosed
from tests.letterbox.doubles import Headers, Protocol, Scope

PIECE = b"x" * 16_384
FULL = MAX_BODY // len(PIECE)


def read(
    chunks: Sequence[bytes | None], *, seconds: float = 5, **headers: str
) -> tuple[bytes, int]:
    """Give the body and the bytes that were taken off the network."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    scope = Scope(method="POST", path="/receipt", headers=Headers(named))
    protocol = Protocol(chunks)
    try:
        raw = asyncio.run(read_body(scope, protocol, seconds=seconds))
    except Refused as refused:
        refused.facts["taken"] = protocol.taken
        raise
    return raw, protocol.taken


def refusal(
    chunks: Sequence[bytes | None], *, seconds: float = 5, **headers: str
) -> tuple[str, object]:
    """Give the code of the refusal and the bytes that were taken before it."""
    with pytest.raises(Refused) as caught:
        read(chunks, seconds=seconds, **headers)
    return caught.value.code, caught.value.facts["taken"]


@pytest.mark.parametrize("chunks", [[], [b"text=a"], [b"te", b"xt=a"], [PIECE] * FULL])
def test_a_body_is_read_whole(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)

    assert read(chunks, content_length=str(len(whole))) == (whole, len(whole))


def test_no_length_is_no_body() -> None:
    assert read([]) == (b"", 0)


@pytest.mark.parametrize("headers", [{}, {"content_length": "6"}])
def test_a_body_in_chunks_is_refused_before_it_comes(headers: dict[str, str]) -> None:
    told = {"transfer_encoding": "chunked", **headers}

    assert refusal([b"text=a"], **told) == ("length-missing", 0)


@pytest.mark.parametrize(
    ("length", "kept"),
    [
        (MAX_BODY + 1, MAX_BODY + 1),
        (HANDED_BACK, HANDED_BACK),
        (HANDED_BACK + 1, 0),
        (1_048_576, 0),
    ],
)
def test_one_byte_too_many_is_refused_and_read_to_its_end(length: int, kept: int) -> None:
    chunks = [PIECE] * (length // len(PIECE)) + [b"x" * (length % len(PIECE))]

    with pytest.raises(BodyTooLarge) as caught:
        read(chunks, content_length=str(length))

    assert caught.value.facts["taken"] == length
    assert len(caught.value.raw) == kept


def test_only_so_many_large_bodies_are_kept_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body, "_large", asyncio.Semaphore(2))
    size = 2 * MAX_BODY

    async def send(ready: asyncio.Event) -> int:
        protocol = _Waiting(ready, size)
        scope = Scope(
            method="POST", path="/", headers=Headers({"content-length": str(size)})
        )
        with pytest.raises(BodyTooLarge) as caught:
            await read_body(scope, protocol, seconds=5)
        return len(caught.value.raw)

    async def crowd() -> tuple[list[int], int]:
        ready = asyncio.Event()
        sending = [asyncio.create_task(send(ready)) for _ in range(3)]
        await asyncio.sleep(0)
        ready.set()
        return await asyncio.gather(*sending), await send(ready)

    at_once, afterwards = asyncio.run(crowd())

    assert at_once == [size, size, 0]
    assert afterwards == size


class _Waiting(Protocol):
    """A body that comes once `ready` is set."""

    def __init__(self, ready: asyncio.Event, size: int) -> None:
        super().__init__([b"x" * size])
        self._ready = ready

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await self._ready.wait()
        async for chunk in super().__aiter__():
            yield chunk


def test_a_huge_body_is_refused_before_it_comes() -> None:
    assert refusal([PIECE] * 700, content_length="10000000") == ("body-too-large", 0)
    assert refusal([PIECE], content_length="9" * 400) == ("body-too-large", 0)


@pytest.mark.parametrize(
    "headers", [{"content_length": "70000"}, {"content_length": "100"}]
)
@pytest.mark.parametrize("chunks", [[None], [b"text=", None]])
def test_a_stalled_body_is_not_waited_for(
    chunks: list[bytes | None], headers: dict[str, str]
) -> None:
    code, _ = refusal(chunks, seconds=0.02, **headers)

    assert code == "slow"


@pytest.mark.parametrize("length", ["", "-1", "+5", "5, 5", "0x5", "５", "1e3", " 5"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert refusal([b"text=a"], content_length=length) == ("malformed", 0)


def test_a_client_that_goes_away_is_not_answered() -> None:
    for headers in ({"content_length": "70000"}, {"content_length": "100"}):
        with pytest.raises(ProtocolClosed):
            read([b"text=", b"gone"], **headers)
