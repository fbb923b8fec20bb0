"""Ports for servers that are about to start."""

import secrets
import socket

# Below those that systems give out by themselves, above 10,080, which browsers refuse.
_LOWEST, _NUMBER = 10_100, 22_000


def free_port() -> int:
    """Give a port of this machine that nobody listens on, nor will meanwhile.

    Between this and the moment at which a server takes it seconds may pass. No client is
    given such a port by the system, and nobody else gets it here: a UDP socket of the same
    number, which gets in no server's way, says that it is taken while this process runs.
    """
    while True:
        port = _LOWEST + secrets.randbelow(_NUMBER)
        held = socket.socket(type=socket.SOCK_DGRAM)
        try:
            held.bind(("127.0.0.1", port))
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            held.close()
            continue
        held.detach()  # it stays open until this process ends
        return port
