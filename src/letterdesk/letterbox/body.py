"""A request's body, read within hard limits before anybody looks into it."""

import asyncio

from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.rsgi import HTTPProtocol, Scope

MAX_BODY = 65_536  # bytes: 5,000 characters of four bytes each, escaped, and the rest
_PATIENCE = 1_048_576  # bytes read and dropped, so that the refusal can be seen


async def read_body(scope: Scope, protocol: HTTPProtocol, *, seconds: float) -> bytes:
    """Give the body of a request.

    Raises Refused: `malformed` when its length is told in two ways or in none that can be
    read, `body-too-large` above MAX_BODY, `slow` when it is not there after `seconds`.
    """
    declared = _declared(scope)
    if declared is not None and declared > _PATIENCE:
        raise Refused("body-too-large")
    try:
        async with asyncio.timeout(seconds):
            if declared is not None and declared <= MAX_BODY:
                return await protocol()
            return await _gather(protocol)
    except TimeoutError as error:
        raise Refused("slow") from error


def _declared(scope: Scope) -> int | None:
    length = scope.headers.get("content-length")
    if length is None:
        return None
    if "transfer-encoding" in scope.headers or not (length.isascii() and length.isdigit()):
        raise Refused("malformed")
    return int(length)


async def _gather(protocol: HTTPProtocol) -> bytes:
    """Give a body of unknown length; what is too much is dropped as it comes."""
    held, seen = bytearray(), 0
    async for chunk in protocol:
        seen += len(chunk)
        if seen <= MAX_BODY:
            held += chunk
        elif seen > _PATIENCE:
            break
    if seen > MAX_BODY:
        raise Refused("body-too-large")
    return bytes(held)
