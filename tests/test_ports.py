"""Servers of tests that run side by side get in no other's way."""

import socket
import sys
from pathlib import Path

import pytest

from benchmarks.ports import free_port

_GIVEN_OUT = Path("/proc/sys/net/ipv4/ip_local_port_range")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_the_system_gives_none_of_them_to_anybody_else() -> None:
    lowest, highest = map(int, _GIVEN_OUT.read_text().split())

    ports = [free_port() for _ in range(50)]

    assert [port for port in ports if lowest <= port <= highest] == []
    assert len(set(ports)) == len(ports)


def test_one_that_was_given_is_given_to_no_other_process() -> None:
    port = free_port()

    with (
        socket.socket(type=socket.SOCK_DGRAM) as other,
        pytest.raises(OSError, match="in use"),
    ):
        other.bind(("127.0.0.1", port))
    with socket.socket() as server:
        server.bind(("127.0.0.1", port))
