"""What is named in one place, so that two cannot come apart."""

import ast
from pathlib import Path

import pytest

import letterdesk

_SOURCES = Path(letterdesk.__file__).parent


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        # What a setting says, and what Django calls the database.
        ("sqlite", ["desk/queries/vendor.py", "setting_values.py"]),
        # In a newsroom's folder, and the copy in a backup: a contract of its own.
        ("desk.db", ["newsroom/archive.py", "settings.py"]),
    ],
)
def test_a_name_has_one_home(text: str, homes: list[str]) -> None:
    found = {
        path.relative_to(_SOURCES).as_posix()
        for path in _SOURCES.rglob("*.py")
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.Constant) and one.value in (text, f"{text}*")
    }

    assert sorted(found) == homes
