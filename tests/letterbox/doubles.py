"""A stand-in for granian's side of the network: requests in, answers out, in process."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode

import msgspec

from letterdesk.letterbox.app import App
from letterdesk.letterbox.rsgi import ProtocolClosed

FORM = "application/x-www-form-urlencoded"
JSON = {"accept": "application/json"}
SAFE = {  # headers of every answer
    "server": "",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "referrer-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; "
        "style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; "
        "frame-ancestors 'none'"
    ),
}


class Headers(dict[str, str]):
    """Request headers: a mapping does what we use of granian's.

    A name that is sent twice has both values in one string, with a newline between them.
    """

    def get_all(self, key: str) -> list[str]:
        return self[key].split("\n") if key in self else []


@dataclass(kw_only=True)
class Scope:
    method: str
    path: str
    query_string: str = ""
    http_version: str = "1.1"
    headers: Headers = field(default_factory=Headers)


@dataclass(kw_only=True)
class Answered:
    """What a client got."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        """Give a header; it must not be there twice."""
        [value] = [value for key, value in self.headers if key == name]
        return value

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.headers)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> dict[str, object]:
        return msgspec.json.decode(self.body)


class Protocol:
    """A connection on which `chunks` arrive; after them None, it stalls or closes."""

    def __init__(self, chunks: Sequence[bytes | None]) -> None:
        self._chunks = chunks
        self.answer: Answered | None = None
        self.taken = 0

    async def __call__(self) -> bytes:
        return b"".join([chunk async for chunk in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            if chunk is None:
                await asyncio.Event().wait()
            if chunk == b"gone":
                raise ProtocolClosed
            self.taken += len(chunk)
            yield chunk

    def response_bytes(
        self, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        assert self.answer is None
        self.answer = Answered(status=status, headers=headers, body=body)


async def ask(
    app: App,
    method: str,
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    chunks: Sequence[bytes | None] = (),
) -> Answered:
    """Give the answer to one request, its path decoded as granian does."""
    path, _, query = address.partition("?")
    scope = Scope(
        method=method,
        path=unquote(path),
        query_string=query,
        headers=Headers({"host": "letters.example", **(headers or {})}),
    )
    protocol = Protocol(chunks)
    await app.__rsgi__(scope, protocol)
    assert protocol.answer
    return protocol.answer


async def get(app: App, address: str, **headers: str) -> Answered:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await ask(app, "GET", address, headers=named)


async def post(
    app: App,
    address: str,
    form: Mapping[str, str] | bytes,
    *,
    headers: Mapping[str, str] | None = None,
) -> Answered:
    """Give the answer to a form sent in one piece."""
    raw = form if isinstance(form, bytes) else urlencode(form).encode()
    told = {"content-type": FORM, "content-length": str(len(raw))}
    return await ask(app, "POST", address, headers=told | dict(headers or {}), chunks=[raw])
