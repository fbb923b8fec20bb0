"""The mail server: connect to it, and wait for it, but not for ever."""

import smtplib
import socket
import ssl
from contextlib import suppress
from threading import Timer

from letterdesk.settings import Mail

_CONNECT = 30.0  # seconds
_ANSWER = 600.0  # seconds that an answer may take, as RFC 5321 (4.5.3.2.6) has it
_GOODBYE = 10.0  # seconds


class _Server(smtplib.SMTP):
    """A mail server each of whose answers comes whole within `patience`, or it is cut.

    smtplib waits so long for every byte anew. Whoever hangs up on a server that is still
    reading through a mail gets that mail sent twice: so it is minutes.
    """

    patience = _ANSWER

    def getreply(self) -> tuple[int, bytes]:
        """Give the next answer. Raises SMTPServerDisconnected when it does not come."""
        cutting = Timer(self.patience, _cut, [self.sock])
        cutting.daemon = True
        cutting.start()
        try:
            return super().getreply()
        finally:
            cutting.cancel()


class _TlsServer(_Server, smtplib.SMTP_SSL):
    """The same behind TLS from the first byte."""


def _cut(connection: socket.socket | None) -> None:
    """End a connection that another thread reads from: it reads the end."""
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def connected(mail: Mail) -> smtplib.SMTP:
    """Give the mail server of the settings, signed in to.

    Raises OSError, SMTPException when it cannot be reached, or does not prove its name.
    """
    name, _, port = mail.server.rpartition(":")
    host = name.strip("[]")
    proven = ssl.create_default_context()  # smtplib's own trusts anybody
    if mail.security == "tls":
        server: _Server = _TlsServer(host, int(port), timeout=_CONNECT, context=proven)
    else:
        server = _Server(host, int(port), timeout=_CONNECT)
    try:
        _wait_longer(server)
        if mail.security == "starttls":
            server.starttls(context=proven)
        if mail.user:
            server.login(mail.user, mail.password)
    except BaseException:
        server.close()
        raise
    return server


def _wait_longer(server: _Server) -> None:
    if server.sock is not None:
        server.sock.settimeout(_ANSWER)


def leave(server: smtplib.SMTP) -> None:
    """Say goodbye, and close the connection whatever is said to that."""
    if isinstance(server, _Server):
        server.patience = _GOODBYE
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()
