"""The HTTP servers, on granian: letterbox and scores by RSGI, the desk by WSGI."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.http import HTTP1Settings
from granian.log import LogLevels

from letterdesk.failures import Terse, explain, unexpected
from letterdesk.memory import keep_private
from letterdesk.serving.addresses import Address
from letterdesk.serving.hardening import (
    die_with,
    keep_to_owner,
    open_many_files,
)
from letterdesk.serving.stop import heed_stops

_Hook = Callable[[], object]

LETTERBOX = "letterdesk.letterbox.granian:app"
DESK = "letterdesk.desk.wsgi:application"
SCORES = "letterdesk.serving.scores_granian:app"

_HEADERS = HTTP1Settings(header_read_timeout=5_000, max_buffer_size=64 * 1024)  # ms, bytes
_QUEUE = 4_096  # connections that the kernel keeps until we take them
_MOST = 16_384  # connections that a worker holds at once: slow ones cost little
_STOP = 8  # seconds for requests that are being answered


def serve_letterbox(address: Address, *, workers: int, starts: _Hook) -> None:
    """Serve the letterbox until a signal comes. Calls `starts` before there are workers."""
    _serve_anybody(address, target=LETTERBOX, workers=workers, starts=starts)


def serve_desk(address: Address, *, threads: int, starts: _Hook) -> None:
    """Serve the desk until a signal comes, `threads` requests at a time.

    Calls `starts` before there is a worker.
    """
    _serve(
        address,
        target=DESK,
        starts=starts,
        interface=Interfaces.WSGI,
        # Its own choice, mt, waits as it stops for a word that may be given already.
        runtime_mode=RuntimeModes.st,
        blocking_threads=threads,
    )


def serve_scores(address: Address, *, workers: int, starts: _Hook) -> None:
    """Serve the stand-in for the Perspective API until a signal comes.

    Calls `starts` before there are workers.
    """
    _serve_anybody(address, target=SCORES, workers=workers, starts=starts)


def _serve_anybody(
    address: Address,
    *,
    target: str,
    workers: int,
    starts: _Hook,
) -> None:
    """Serve what strangers may ask, many of them at once and some of them slow."""
    keep_to_owner()
    open_many_files()
    _serve(
        address,
        target=target,
        interface=Interfaces.RSGI,
        websockets=False,
        workers=workers,
        starts=starts,
        backlog=_QUEUE,
        backpressure=_MOST,
    )


def _serve(address: Address, *, starts: _Hook, **options: Any) -> None:
    keep_private()
    heed_stops()
    level = "DEBUG" if os.environ.get("LETTERDESK_DEBUG") else ""
    server = Granian(
        address=address.ip,
        port=address.port,
        http=HTTPModes.http1,
        http1_settings=_HEADERS,
        log_level=LogLevels.debug if level else LogLevels.warning,
        log_dictconfig=_log(server=level or "WARNING", ours=level or "INFO"),
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP,
        **options,
    )
    server.on_startup(starts)
    server.serve(target_loader=_load, wrap_loader=True)


def _load(target: str) -> Callable[..., Any]:
    """Give the application; runs in each worker, which must not outlive its parent."""
    keep_private()
    heed_stops()
    if parent := multiprocessing.parent_process():
        die_with(parent.pid or 0)
    module, _, name = target.partition(":")
    try:
        application: Callable[..., Any] = getattr(import_module(module), name)
    except Exception as error:  # noqa: BLE001 -- a sentence instead of granian's traceback
        sys.exit(explain(error) or unexpected(error))
    return application


def _log(*, server: str, ours: str) -> dict[str, Any]:
    """Give how is logged, down to which level: what the server says, and what we do."""
    console = {"handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"terse": {"()": Terse}},
        "handlers": {"console": {"formatter": "terse", "class": "logging.StreamHandler"}},
        "loggers": {
            "_granian": {"level": server, **console},
            "letterdesk": {"level": ours, **console},
        },
    }
