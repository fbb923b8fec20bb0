"""The command `letterdesk`, which `python -m letterdesk` is, too.

Ctrl+C ends it without a traceback whenever it comes, by the signal itself: a shell shows
that as status 130, and ends its loop as well.
"""

import signal
import sys

_STOPPED = 130
_SOON = 0.02  # seconds


def run() -> int:
    """Run the command; give its exit status.

    Until its parts are imported, and once it has said all, nothing has to be put in order.
    """
    _let_end(signal.default_int_handler, signal.SIG_DFL)
    from letterdesk.cli import main  # noqa: PLC0415 -- most of the time before it begins

    sys.unraisablehook = _raise_anew
    try:
        _let_end(signal.SIG_DFL, signal.default_int_handler)
        status = main()
        _let_end(signal.default_int_handler, signal.SIG_DFL)
    except KeyboardInterrupt:
        status = _STOPPED
    if status == _STOPPED:
        _end_by_signal()
    return status


def _let_end(before: "signal._HANDLER", after: "signal._HANDLER") -> None:
    """Let Ctrl+C do `after` where it does `before`; who ignores it goes on ignoring it."""
    if signal.getsignal(signal.SIGINT) is before:
        signal.signal(signal.SIGINT, after)


def _raise_anew(met: "sys.UnraisableHookArgs") -> None:
    """Let Ctrl+C count where Python was in code that raises nothing.

    While garbage is collected, say: there it would be printed, and the command go on.
    """
    if met.exc_type is KeyboardInterrupt:
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, _SOON)
    else:
        sys.__unraisablehook__(met)


def _end_by_signal() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.raise_signal(signal.SIGINT)


if __name__ == "__main__":
    sys.exit(run())
