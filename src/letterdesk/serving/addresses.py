"""Where the parts listen: HOST:PORT as a person writes it."""

import http.client
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from letterdesk.domain.errors import SettingWrong

_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- where to ask, not where to listen
_HIGHEST = 65535
_PATIENCE = 2  # seconds
_TICK = 0.2  # seconds


@dataclass(frozen=True, kw_only=True)
class Address:
    """An IP address and a port; `host` is what was written, a name perhaps."""

    host: str
    ip: str
    port: int

    @property
    def written(self) -> str:
        """HOST:PORT, as an option takes it."""
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"

    @property
    def another(self) -> str:
        """Another one to try when this one is taken, as an option takes it."""
        return f"{self.host}:{self.port + 10}"

    @property
    def url(self) -> str:
        """The address for a browser on this machine."""
        return f"http://{self.shown_host}:{self.port}"

    @property
    def shown_host(self) -> str:
        """The host as it stands in a browser's address; this machine's own for "any"."""
        host = _ANY.get(self.host, self.host)
        return f"[{host}]" if ":" in host else host


def read_address(written: str, *, key: str) -> Address:
    """Give the address in `written`; `key` is the setting or option that it stands in.

    Raises SettingWrong when it is not HOST:PORT, or the host has no address here.
    """
    host, _, digits = written.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not digits.isascii() or not digits.isdigit() or int(digits) > _HIGHEST:
        raise SettingWrong(
            f"{key} is {written!r}; it is HOST:PORT, such as 127.0.0.1:8000."
        )
    try:
        found = socket.getaddrinfo(host, int(digits), type=socket.SOCK_STREAM)
    except OSError as error:
        raise SettingWrong(
            f"{key} is {written!r}, but this machine knows no address for {host!r}. "
            "Give an IP address of this machine."
        ) from error
    # 127.0.0.1 before ::1: it is what `localhost` means to most who write it.
    ips = sorted(str(address[0]) for _, _, _, _, address in found)
    ip = next((ip for ip in ips if "." in ip), ips[0])
    return Address(host=host, ip=ip, port=int(digits))


def must_be_free(address: Address, *, option: str) -> None:
    """Raise SettingWrong when somebody listens there already, or we may not."""
    family = socket.AF_INET6 if ":" in address.ip else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.ip, address.port))
        except OSError as error:
            raise SettingWrong(
                f"Port {address.port} of {address.host} cannot be used: "
                f"{(error.strerror or str(error)).lower()}. Choose another one: "
                f"{option} {address.another}"
            ) from error


def answers(address: Address, path: str) -> bool:
    """Say whether a server at `address` answers a request for `path` without an error."""
    ip = _ANY.get(address.ip, address.ip)
    connection = http.client.HTTPConnection(ip, address.port, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def call_once_it_answers(address: Address, path: str, ready: Callable[[], object]) -> None:
    """Call `ready` as soon as there is an answer at `path`, and wait for nothing here.

    The first look comes after a pause: by then the workers, which are forks, are made.
    """

    def look() -> None:
        time.sleep(_TICK)
        while not answers(address, path):
            time.sleep(_TICK)
        ready()

    Thread(target=look, daemon=True).start()
