"""A moderator's side of a replay: what is at the desk, what is decided, over the API."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from benchmarks import load
from tools.replay.rows import Plan

_CONNECTIONS = 4
_PATIENCE = 120  # seconds for letters to reach the desk


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The API of a running desk."""

    port: int
    token: str

    def wait_for(self, comments: int) -> list[dict[str, Any]]:
        """Give the comments that wait, once there are as many. Raises SystemExit."""
        end = time.monotonic() + _PATIENCE
        waiting: list[dict[str, Any]] = []
        while len(waiting) < comments:
            if time.monotonic() > end:
                raise SystemExit(f"{len(waiting)} of {comments} letters reached the desk.")
            time.sleep(1)
            waiting = list(self.comments("pending"))
        return waiting

    def comments(self, status: str) -> Iterator[dict[str, Any]]:
        """Give every comment with a status, page by page."""
        cursor: str | None = ""
        while cursor is not None:
            page = self._ask("GET", f"/api/v1/comments?status={status}&cursor={cursor}")
            yield from page["items"]
            cursor = page["next"]

    def decide(
        self, waiting: Iterable[Mapping[str, Any]], plans: Mapping[str, Plan]
    ) -> Counter[int]:
        """Decide on each comment as its text's plan says; give the answers by status."""
        requests = (self._decision(comment, plans[comment["text"]]) for comment in waiting)
        return load.run(self.port, requests, connections=_CONNECTIONS).statuses

    def publish(self) -> dict[str, Any]:
        """Publish; give what the press says that it did."""
        return self._ask("POST", "/api/v1/publications")

    def _decision(self, comment: Mapping[str, Any], plan: Plan) -> load.Request:
        wanted: dict[str, object] = {"action": plan.action, "version": comment["version"]}
        if plan.rules:
            wanted["rules"] = list(plan.rules)
        if plan.action == "edit":
            wanted["text"] = plan.published
        path = f"/api/v1/comments/{comment['id']}/decisions"
        raw = load.post(path, json.dumps(wanted).encode(), kind="application/json")
        return load.Request(raw=_with_token(raw, self.token), label=comment["id"])

    def _ask(self, method: str, path: str) -> dict[str, Any]:
        with closing(
            HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        ) as connection:
            bearer = {"Authorization": f"Bearer {self.token}"}
            connection.request(method, path, headers=bearer)
            answer = connection.getresponse()
            body = answer.read()
        if not 200 <= answer.status < 300:
            raise SystemExit(f"{method} {path}: {answer.status} {body[:300]!r}")
        read: dict[str, Any] = json.loads(body)
        return read


def _with_token(raw: bytes, token: str) -> bytes:
    line, _, rest = raw.partition(b"\r\n")
    return line + f"\r\nAuthorization: Bearer {token}\r\n".encode() + rest
