"""What the programs in benchmarks/ need of Letterdesk is there."""

import subprocess
import sys
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[2] / "benchmarks"
# What works inside a newsroom ends so, and is begun by the program of that name.
_MODULES = sorted(
    file.stem for file in _FOLDER.glob("*.py") if not file.stem.endswith("_work")
)


@pytest.mark.parametrize("module", _MODULES)
def test_it_can_be_imported(module: str) -> None:
    """In a process of its own, for some change their environment."""
    begun = subprocess.run(
        [sys.executable, "-c", f"import benchmarks.{module}"],
        cwd=_FOLDER.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert begun.returncode == 0, begun.stderr
