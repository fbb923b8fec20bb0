"""What processes see to that hold letters and keys: their memory is nobody else's."""

import ctypes
import resource
import sys

_SET_DUMPABLE = 4  # PR_SET_DUMPABLE, linux/prctl.h


def keep_private() -> None:
    """Leave no core file with readers' words in it, and nobody looking in from outside.

    For letterbox, desk, worker and what they start. Where the system pipes core files to a
    program, it asks no limit; but it writes none of such a process, and none of the same
    user's may read its memory. On Linux only; elsewhere there is the limit alone.
    """
    leave_no_core()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def leave_no_core() -> None:
    """See to it that a crash writes no memory, with letters in it, to the disk.

    For commands, which go on opening what a shell gives them as /dev/stdout: a process
    whose memory is private may be refused what is below /proc/self.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
