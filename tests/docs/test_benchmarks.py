"""What the programs in benchmarks/ need of Letterdesk is there."""

import os
import subprocess
import sys
from pathlib import Path

from tests.newsrooms import fresh

__all__ = ["fresh"]
_FOLDER = Path(__file__).parents[2] / "benchmarks"
_IMPORT = """
import sys, traceback
from importlib import import_module

import django

django.setup()  # for those that work inside a newsroom
for name in sys.argv[1:]:
    try:
        import_module(f"benchmarks.{name}")
    except Exception:
        print(name, traceback.format_exc())
"""


def test_all_of_them_can_be_imported(fresh: Path) -> None:
    modules = sorted(file.stem for file in _FOLDER.glob("*.py"))

    begun = subprocess.run(
        [sys.executable, "-c", _IMPORT, *modules],
        cwd=_FOLDER.parent,
        env=os.environ
        | {
            "LETTERDESK_FOLDER": str(fresh),
            "DJANGO_SETTINGS_MODULE": "letterdesk.desk.config",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert begun.stdout == ""
