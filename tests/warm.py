"""Commands as processes of their own, whose Python has imported what knows no newsroom.

Most of what a short command does is importing: Django, and the parts that compile some
hundred patterns. Here that is done once: a process imports it, and for every command forks
a child, which has its own arguments, environment and streams, imports all that is the
desk's and the command's, and ends as any other Python. How a command starts from nothing
is proven by those that are started with `LETTERDESK` of `processes`.
"""

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

_PACKAGES = (
    "allauth.utils",
    "babel.dates",
    "babel.lists",
    "babel.numbers",
    "brotli",
    "click",
    "cryptography.hazmat.primitives.ciphers.aead",
    "django.contrib.auth.hashers",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.forms",
    "django.template.defaulttags",
    "django.urls",
    "django.utils.log",
    "jinja2.ext",
    "msgspec",
    "numpy.random",
    "numpy.typing",
    "obstore.store",
    "PIL.ImageOps",
    "PIL.JpegImagePlugin",
    "rich.progress",
    "smtplib",
)
_PARTS = (  # they stand apart, so that no settings, environment or folder enter them
    "letterdesk.press.site",
    "letterdesk.press.story",
    "letterdesk.triage.screening",
)
_MOST = 1 << 17  # bytes of a command and its environment


@cache
def _warm() -> socket.socket:
    """Give a line to the process that waits; it ends when the line is closed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(theirs.fileno())],
        cwd=Path(__file__).parents[1],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # threads do not survive a fork
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def run(
    arguments: Sequence[str], *, seconds: float | None = None, first: str = ""
) -> subprocess.CompletedProcess[str]:
    """Give the end of `letterdesk ARGUMENTS`, before which the code `first` has run.

    Raises TimeoutExpired.
    """
    command = ["letterdesk", *arguments]
    line = _warm()
    asked = json.dumps([first, command, dict(os.environ), str(Path.cwd())]).encode()
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err:
        socket.send_fds(line, [asked], [out.fileno(), err.fileno()])
        child = json.loads(line.recv(_MOST))
        line.settimeout(seconds)
        try:
            status = json.loads(line.recv(_MOST))
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            line.settimeout(None)
            line.recv(_MOST)
            raise subprocess.TimeoutExpired(command, seconds) from None
        finally:
            line.settimeout(None)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, status, out.read(), err.read())


def _serve(line: socket.socket) -> None:
    """Fork a child for each command that is asked for, one after the other."""
    while True:
        asked, handles, _, _ = socket.recv_fds(line, _MOST, 2)
        if not asked:
            return
        child = os.fork()
        if not child:
            line.close()
            _be(*json.loads(asked), *handles)
        for handle in handles:
            os.close(handle)
        line.send(json.dumps(child).encode())
        line.send(json.dumps(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _be(
    first: str,
    command: list[str],
    environment: dict[str, str],
    folder: str,
    *streams: int,
) -> None:
    """Become the command. Does not return."""
    for number, stream in enumerate(streams, 1):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = command
    exec(first, {})  # noqa: S102 -- a test's own
    from letterdesk.cli import main  # noqa: PLC0415 -- in the command's own process

    sys.exit(main())


if __name__ == "__main__":
    with suppress(KeyboardInterrupt), socket.socket(fileno=int(sys.argv[1])) as asked:
        for package in (*_PACKAGES, *_PARTS):
            import_module(package)
        gc.freeze()  # or every child goes through all of it when it ends
        _serve(asked)
