"""The stand-in for the Perspective API as an RSGI application.

It scores and forgets: nothing of a request is stored or logged, not even its address.
"""

import asyncio
import hmac
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

import msgspec

from letterdesk.failures import place
from letterdesk.letterbox.rsgi import HTTPProtocol, ProtocolClosed, Scope
from letterdesk.serving.batches import Batches, Full
from letterdesk.triage.perspective.answers import Answer, analysed, stretches, suggested
from letterdesk.triage.perspective.asked import (
    Analysis,
    read_analysis,
    read_suggestion,
    too_long,
)
from letterdesk.triage.perspective.discovery import VERSION, discovery
from letterdesk.triage.perspective.mixed import Mixed, Part, read_parts, write_parts
from letterdesk.triage.perspective.refusals import Refused

MAX_BODY = 163_840  # bytes: the longest text, each byte of it escaped, and the rest
MAX_BATCH = 1_048_576  # bytes: of a body with many requests in it
_PATIENCE = MAX_BATCH  # bytes read, if only to drop them, so that the refusal can be seen
_SECONDS = 10.0  # for a body to arrive
_TOGETHER = 64  # comments and sentences that are scored at a time
_WAITING = 8_192  # comments; further ones are asked to come again
_LONG = 16  # stretches; a comment with more of them keeps no short one waiting
_LONG_WAITING = 16  # of those
_HEADERS = [
    ("server", ""),  # granian writes its own name where an application writes none
    ("content-type", "application/json; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
]
_HOST = re.compile(r"(?:[A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_log = logging.getLogger(__name__)


class Scores:
    """What granian calls. Without a `key` whoever reaches it may ask."""

    def __init__(self, *, key: str = "") -> None:
        self._key = key.encode()
        self._batches: Batches[Analysis, Answer | Refused] = Batches(
            analysed, size=_TOGETHER, waiting=_WAITING, weigh=stretches
        )
        self._long: Batches[Analysis, Answer | Refused] = Batches(
            analysed, size=1, waiting=_LONG_WAITING
        )
        self._methods: Mapping[str, Callable[[bytes], Awaitable[Answer]]] = {
            "/v1alpha1/comments:analyze": self._analyze,
            "/v1alpha1/comments:suggestscore": self._suggest,
        }
        self._routes: Mapping[
            tuple[str, str], Callable[[Scope, HTTPProtocol], Awaitable[Answer | Mixed]]
        ] = {
            **{("POST", path): self._one for path in self._methods},
            ("POST", "/batch"): self._batch,
            ("GET", "/$discovery/rest"): self._discovery,
            ("GET", "/healthz"): self._health,
        }

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request. Whatever goes wrong, no word of it is logged."""
        try:
            status, answer, more = await _told(self._answer(scope, protocol))
        except ProtocolClosed:
            return  # nobody is waiting any more
        headers = [*_HEADERS, *more]
        if isinstance(answer, Mixed):
            headers = [
                (name, answer.media_type if name == "content-type" else value)
                for name, value in headers
            ]
        protocol.response_bytes(status, headers, _raw(answer))

    async def _answer(self, scope: Scope, protocol: HTTPProtocol) -> Answer | Mixed:
        handler = self._routes.get((scope.method, scope.path))
        if handler is None:
            raise self._refusal(scope)
        return await handler(scope, protocol)

    def _refusal(self, scope: Scope | Part) -> Refused:
        allow = ", ".join(method for method, path in self._routes if path == scope.path)
        if not allow:
            return Refused("There is nothing at this address.", status=404)
        return Refused(f"This address knows {allow} only.", status=405, allow=allow)

    async def _one(self, scope: Scope, protocol: HTTPProtocol) -> Answer:
        self._check_key(scope.query_string, scope.headers.get("x-goog-api-key", ""))
        return await self._methods[scope.path](await _body(scope, protocol, MAX_BODY))

    async def _batch(self, scope: Scope, protocol: HTTPProtocol) -> Mixed:
        """Answer many requests; each has its own key, or else that of the whole."""
        raw = await _body(scope, protocol, MAX_BATCH)
        parts = read_parts(scope.headers.get("content-type", ""), raw)
        given = scope.headers.get("x-goog-api-key", "")
        answers = await asyncio.gather(*(_told(self._part(part, given)) for part in parts))
        told = zip(parts, answers, strict=True)
        return write_parts(
            ((part, status, _raw(answer)) for part, (status, answer, _) in told),
            f"batch_{secrets.token_hex(16)}",
        )

    async def _part(self, part: Part, given: str) -> Answer:
        method = self._methods.get(part.path)
        if method is None or part.method != "POST":
            raise self._refusal(part)
        self._check_key(part.query_string, part.headers.get("x-goog-api-key", given))
        if len(part.body) > MAX_BODY:
            raise too_long()
        return await method(part.body)

    async def _analyze(self, raw: bytes) -> Answer:
        asked = read_analysis(raw)
        batches = self._long if stretches(asked) > _LONG else self._batches
        try:
            answer = await batches.ask(asked)
        except Full:
            raise Refused("Too many requests; try again.", status=429) from None
        if isinstance(answer, Refused):
            raise answer
        return answer

    async def _suggest(self, raw: bytes) -> Answer:
        return suggested(read_suggestion(raw))

    async def _discovery(self, scope: Scope, _protocol: HTTPProtocol) -> Answer:
        if parse_qs(scope.query_string).get("version", [VERSION]) != [VERSION]:
            raise Refused(f"There is one version of this API: {VERSION}.", status=404)
        host = scope.headers.get("host", "")
        secure = scope.headers.get("x-forwarded-proto", "") == "https"
        known = host if _HOST.fullmatch(host) else "localhost"
        return discovery(f"{'https' if secure else 'http'}://{known}/")

    async def _health(self, *_: Any) -> Answer:
        return {"status": "ok"}

    def _check_key(self, query: str, in_header: str) -> None:
        """Raise Refused unless the request has the key, in its address or its header."""
        if not self._key:
            return
        given = in_header or parse_qs(query).get("key", [""])[0]
        if not given:
            raise Refused(
                "The request is missing a valid API key. Add ?key=… to the address.",
                status=403,
            )
        if not hmac.compare_digest(given.encode(), self._key):
            raise Refused("API key not valid. Please pass a valid API key.")


_CLOSE = [("connection", "close")]  # the rest of the body may still be on its way
_TOLD = {408: _CLOSE, 429: [("retry-after", "1")]}


async def _told(
    work: Awaitable[Answer | Mixed],
) -> tuple[int, Answer | Mixed, list[tuple[str, str]]]:
    """Give the status of an answer, itself, and further headers. Raises ProtocolClosed."""
    try:
        return 200, await work, []
    except ProtocolClosed:
        raise
    except Refused as refused:
        more = (
            [("allow", refused.allow)] if refused.allow else _TOLD.get(refused.status, [])
        )
        return refused.status, refused.body(), more
    except Exception as error:  # noqa: BLE001 -- the last resort of every request
        _log.error("event=failed error=%s place=%s", type(error).__name__, place(error))
        return 500, Refused("It failed; try again.", status=500).body(), []


def _raw(answer: Answer | Mixed) -> bytes:
    return answer.raw if isinstance(answer, Mixed) else msgspec.json.encode(answer)


async def _body(scope: Scope, protocol: HTTPProtocol, most: int) -> bytes:
    """Give the body of a request, of `most` bytes, which is no more than _PATIENCE.

    Raises Refused when it is too long or too slow.
    """
    length = scope.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > _PATIENCE:
        raise too_long()
    raw, size = b"", 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in protocol:
                size += len(part)
                raw = raw + part if size <= most else b""
                if size > _PATIENCE:
                    break
    except TimeoutError:
        raise Refused("The request came too slowly.", status=408) from None
    if size > most:
        raise too_long()
    return raw
