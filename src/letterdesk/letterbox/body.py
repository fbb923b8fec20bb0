"""A request's body, read within hard limits before anybody looks into it.

Its length must be told beforehand. The server below us ends a chunked body that breaks off
just as one that is whole, and half a letter must not be taken for all of it.
"""

import asyncio

from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.rsgi import HTTPProtocol, Scope

MAX_BODY = 65_536  # bytes: 5,000 characters of four bytes each, escaped, and the rest
HANDED_BACK = 4 * MAX_BODY  # bytes of a form that is too large, and shown to its writer
_PATIENCE = 1_048_576  # bytes read and dropped, so that the refusal can be seen
_large = asyncio.Semaphore(64)  # so many of them at once; more would fill the memory


class BodyTooLarge(Refused):
    """A body above MAX_BODY; `raw` is all of it, or nothing where that was too much."""

    def __init__(self, raw: bytes = b"") -> None:
        super().__init__("body-too-large")
        self.raw = raw


async def read_body(scope: Scope, protocol: HTTPProtocol, *, seconds: float) -> bytes:
    """Give the body of a request; it is whole, or else the protocol raises.

    Raises Refused: `malformed` when its length cannot be read, `length-missing` when it is
    chunked, BodyTooLarge above MAX_BODY, `slow` when it is not there after `seconds`.
    """
    length = _declared(scope)
    if length > _PATIENCE:
        raise BodyTooLarge
    try:
        async with asyncio.timeout(seconds):
            if length <= MAX_BODY:
                return await protocol()
            raise BodyTooLarge(await _read_large(protocol, length))
    except TimeoutError as error:
        raise Refused("slow") from error


async def _read_large(protocol: HTTPProtocol, length: int) -> bytes:
    """Read a body that is refused, to its end; give it where there is room for it."""
    if length <= HANDED_BACK and not _large.locked():
        async with _large:
            return await protocol()
    async for _ in protocol:
        continue
    return b""


def _declared(scope: Scope) -> int:
    if "transfer-encoding" in scope.headers:
        raise Refused("length-missing")
    length = scope.headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise Refused("malformed")
    return int(length)
