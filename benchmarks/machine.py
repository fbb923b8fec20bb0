"""The machine and the versions that a figure was measured with."""

import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_THREADS = "OPENBLAS_NUM_THREADS"


def machine() -> str:
    """Give the machine in one line: cores, processor, memory, system."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"{os.cpu_count()} cores of {_processor()}, {pages / 2**30:.0f} GiB, "
        f"{_system()}, Linux {platform.release().partition('-')[0]}"
    )


def versions(*packages: str) -> str:
    """Give Python's version and those of `packages` that are installed, in one line."""
    found = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def tool_version(*command: str) -> str:
    """Give the first line that a program says about its version; "" when it is not here."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return (done.stdout + done.stderr).strip().partition("\n")[0]


def revision() -> str:
    """Give the commit that was measured, marked when `src` has changes on top."""
    commit = _git("rev-parse", "--short", "HEAD")
    return f"{commit} and changes" if _git("status", "--porcelain", "--", "src") else commit


def command() -> str:
    """Give the command line of this run, as one would type it elsewhere."""
    name = getattr(getattr(sys.modules["__main__"], "__spec__", None), "name", "python")
    arguments = ["FOLDER" if Path(one).is_absolute() else one for one in sys.argv[1:]]
    return " ".join(["python -m", name.removesuffix(".__main__"), *arguments])


def load_average() -> str:
    """Give the load of the last minute: figures taken above 1 are worth little."""
    return f"{os.getloadavg()[0]:.2f}"


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], capture_output=True, text=True, check=False
    ).stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")


def in_one_thread(module: str) -> None:
    """Begin `module` anew with one thread, as commands of ours run.

    How many there are is read when numpy is loaded.
    """
    if os.environ.get(_THREADS) != "1":
        again = [sys.executable, "-m", module, *sys.argv[1:]]
        os.execve(sys.executable, again, {**os.environ, _THREADS: "1"})  # noqa: S606 -- us
