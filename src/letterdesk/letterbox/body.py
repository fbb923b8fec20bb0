"""A request's body, read within hard limits before anybody looks into it.

Its length must be told beforehand. The server below us ends a chunked body that breaks off
just as one that is whole, and half a letter must not be taken for all of it.
"""

import asyncio

from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.rsgi import HTTPProtocol, Scope

MAX_BODY = 65_536  # bytes: 5,000 characters of four bytes each, escaped, and the rest
_PATIENCE = 1_048_576  # bytes read and dropped, so that the refusal can be seen


async def read_body(scope: Scope, protocol: HTTPProtocol, *, seconds: float) -> bytes:
    """Give the body of a request; it is whole, or else the protocol raises.

    Raises Refused: `malformed` when its length cannot be read, `length-missing` when it is
    chunked, `body-too-large` above MAX_BODY, `slow` when it is not there after `seconds`.
    """
    length = _declared(scope)
    if length > _PATIENCE:
        raise Refused("body-too-large")
    try:
        async with asyncio.timeout(seconds):
            if length <= MAX_BODY:
                return await protocol()
            async for _ in protocol:
                continue
    except TimeoutError as error:
        raise Refused("slow") from error
    raise Refused("body-too-large")


def _declared(scope: Scope) -> int:
    if "transfer-encoding" in scope.headers:
        raise Refused("length-missing")
    length = scope.headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise Refused("malformed")
    return int(length)
