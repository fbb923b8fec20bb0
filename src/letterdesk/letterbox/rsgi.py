"""What an RSGI server gives its application: the part of it that we use.

granian's own names, spelled out, because its package declares no types for them.
"""

from collections.abc import AsyncIterator
from typing import Protocol

from granian.rsgi import ProtocolClosed as ProtocolClosed  # type: ignore[attr-defined] # granian lists no exports


class Headers(Protocol):
    """The headers of a request; names in lower case, the first of several."""

    def get(self, key: str, default: str = "") -> str:
        """Give a header's value."""

    def get_all(self, key: str) -> list[str]:
        """Give the value of each header of this name."""

    def __contains__(self, key: str) -> bool: ...


class Scope(Protocol):
    """A request without its body. `path` has its percent escapes undone."""

    http_version: str
    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> Headers:
        """The request's headers."""


class HTTPProtocol(Protocol):
    """The connection: calling gives the whole body, iterating its parts.

    Both raise ProtocolClosed when the client has gone.
    """

    async def __call__(self) -> bytes:
        """Give the body."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the body's parts as they come."""

    def response_bytes(
        self, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        """Send the answer."""
