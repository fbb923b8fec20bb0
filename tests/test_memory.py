"""Nobody looks into the memory of what serves, each part in a process of its own here."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")

ASK = """
import ctypes, os, resource

def told(*_):
    core = resource.getrlimit(resource.RLIMIT_CORE)
    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), core)  # PR_GET_DUMPABLE
"""
PRIVATE = "0 (0, 0)\n"


def answer(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", ASK + program], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("part", ["letterbox", "desk", "worker"])
def test_the_memory_of_every_part_is_private_before_it_begins(part: str) -> None:
    program = f"""
from letterdesk.serving import parts
from letterdesk.settings import Settings
parts._{part} = told
parts.run_part(parts.Part("{part}"), Settings(), letterbox=None, desk=None)
"""

    assert answer(program) == PRIVATE


def test_the_memory_of_a_servers_worker_is_private_before_it_loads_anything() -> None:
    assert answer(
        "from letterdesk.serving.servers import _load; _load('math:pi'); told()"
    ) == (PRIVATE)


def test_the_memory_of_what_learns_beside_the_worker_is_private() -> None:
    program = """
os.environ["LETTERDESK_PARENT"] = str(os.getppid())
from letterdesk.serving.hardening import give_way
give_way()
told()
"""

    assert answer(program) == PRIVATE


def test_a_command_leaves_no_core_and_goes_on_reading_what_a_shell_gives_it() -> None:
    program = "from letterdesk.memory import leave_no_core; leave_no_core(); told()"

    assert answer(program) == "1 (0, 0)\n"
