"""A server that does nothing: what the load generator itself can do.

An RSGI application for granian, like the letterbox: reads the body, answers 201.
"""

from typing import Any

_ANSWER = b'{"receipt": "00000-00000-00000-00000-00000-00"}'


async def app(scope: Any, protocol: Any) -> None:  # noqa: ARG001 -- RSGI's own types
    """Answer 201 to whatever comes."""
    await protocol()
    protocol.response_bytes(201, [("content-type", "application/json")], _ANSWER)
