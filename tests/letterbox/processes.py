"""The letterbox as a process of its own, over real HTTP."""

import http.client
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.ports import free_port
from letterdesk.settings import Settings
from tests.conftest import Running, server
from tests.letterbox.doubles import FORM, Answered
from tests.processes import PATIENCE, wait_until

_SERVER = Path(sys.executable).with_name("granian")


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running letterbox."""

    running: Running

    @property
    def address(self) -> str:
        """Where it listens."""
        return self.running.address

    def request(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answered:
        """Give the answer to one request on a connection of its own."""
        connection = self.connect()
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            return read(connection)
        finally:
            connection.close()

    def send(self, path: str, form: Mapping[str, str], **headers: str) -> Answered:
        """Give the answer to a form."""
        told = {"content-type": FORM} | headers
        return self.request("POST", path, body=urlencode(form).encode(), headers=told)

    def connect(self) -> http.client.HTTPConnection:
        """Give a connection that stays open."""
        found = urlsplit(self.address)
        return http.client.HTTPConnection(
            found.hostname or "", found.port, timeout=PATIENCE
        )

    def raw(self, *pieces: bytes) -> bytes:
        """Give everything that comes back for these bytes until the connection ends."""
        found = urlsplit(self.address)
        with socket.create_connection(
            (found.hostname, found.port), timeout=PATIENCE
        ) as connection:
            for piece in pieces:
                connection.sendall(piece)
            received = b""
            while got := connection.recv(65_536):
                received += got
            return received


def read(connection: http.client.HTTPConnection) -> Answered:
    """Give the answer that is next on a connection."""
    found = connection.getresponse()
    headers = [(name.lower(), value) for name, value in found.getheaders()]
    return Answered(status=found.status, headers=headers, body=found.read())


@contextmanager
def serve(settings: Settings, *, workers: int = 1) -> Iterator[Served]:
    """Run the letterbox of a newsroom on a free port."""
    port = free_port()
    command = [
        _SERVER,
        "--interface",
        "rsgi",
        "--http",
        "1",
        "--no-ws",
        "--port",
        str(port),
    ]
    environment = os.environ | {"LETTERDESK_FOLDER": str(settings.folder)}
    with server(
        [*command, "--workers", str(workers), "letterdesk.letterbox.granian:app"],
        ready=f"Started worker-{workers} runtime-1",
        environment=environment,
    ) as running:
        _wait_until_it_listens(port)
        yield Served(running=running)


def _wait_until_it_listens(port: int) -> None:
    """Knock until somebody opens: granian says that it started a moment before."""

    def is_open() -> bool:
        with socket.socket() as knocking:
            return knocking.connect_ex(("127.0.0.1", port)) == 0

    wait_until(is_open)
