"""What every process of ours does before it touches a letter."""

import ctypes
import os
import resource
import signal
import sys

from letterdesk.memory import keep_private

PARENT = "LETTERDESK_PARENT"  # the process id of the one that started us and will stop us
_MANY = 65_536  # files and connections
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_LAST_IN_LINE = 19  # nice
_LONGEST_WORK = 1_800  # seconds of the processor
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, linux/prctl.h


def give_way() -> None:
    """See to it that this process, if the worker started it, holds up nobody.

    It works when nobody else wants to, not for ever, and not longer than the worker.
    """
    if parent := os.environ.pop(PARENT, ""):
        end_with(int(parent))
        keep_private()
        os.nice(_LAST_IN_LINE)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST_WORK, most))


def keep_to_one_thread() -> None:
    """See to it that numpy, when it is imported later, adds up in one thread.

    Two would share the work by chance, and sums come out otherwise in their last digits;
    and for matrices as small as a student's they wait for one another most of the time.
    """
    os.environ.update(dict.fromkeys(_THREADS, "1"))


def keep_to_owner() -> None:
    """See to it that files made from here on are their owner's only."""
    os.umask(0o077)


def open_many_files() -> None:
    """See to it that this process may have many connections, if it is allowed to.

    The usual 1,024 are used up by that many slow senders.
    """
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MANY if most == resource.RLIM_INFINITY else min(_MANY, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))


def end_with(parent: int) -> None:
    """See to it that this process is asked to end when the process `parent` ends.

    Only Linux can do that; elsewhere nothing happens.
    """
    _at_death_of(parent, signal.SIGTERM)


def die_with(parent: int) -> None:
    """See to it that this process is ended at once when the process `parent` ends.

    For servers' workers: a request to end that comes while they start is swallowed by the
    handler that they inherit, and they would go on listening beside the ones that follow.
    A letter that is not thanked for yet is lost to nobody. Only on Linux, too.
    """
    _at_death_of(parent, signal.SIGKILL)


def _at_death_of(parent: int, order: signal.Signals) -> None:
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, order)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), order)
