"""letterdesk.toml as `letterdesk init` writes it: every key, its sentence, its default.

A key that has its default stands as a comment, so that a better default of a later version
reaches a newsroom that never chose another.
"""

import json
import textwrap
from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec

from letterdesk.settings import Settings

_HEAD = """\
# Letterdesk's settings. Every key has a default and stands here with it; to choose another
# value, remove the mark in front of the key. What is changed here counts after a restart.
"""
_WIDTH = 88  # characters


def settings_file(settings: Settings) -> str:
    """Give the text of a letterdesk.toml that reads back as `settings`."""
    tables = (
        _table(field.name, getattr(settings, field.name))
        for field in msgspec.structs.fields(Settings)
        if isinstance(field.default, msgspec.Struct)
    )
    return "\n".join([_HEAD, *tables])


def _table(name: str, table: msgspec.Struct) -> str:
    about = textwrap.fill(type(table).__doc__ or "", _WIDTH, **_COMMENT)
    return "\n".join([about, f"[{name}]", *_keys(table), ""])


def _keys(table: msgspec.Struct) -> Iterator[str]:
    hints = get_type_hints(type(table), include_extras=True)
    for field in msgspec.structs.fields(table):
        sentence = next(
            told for told in hints[field.name].__metadata__ if isinstance(told, str)
        )
        value = getattr(table, field.name)
        mark = "#" if value == field.default else ""
        yield textwrap.fill(sentence, _WIDTH, **_COMMENT)
        yield f"{mark}{field.name} = {_value(value)}"


def _value(value: object) -> str:
    """Give `value` as TOML; strings, numbers, booleans and lists are written as in JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_COMMENT: dict[str, Any] = {"initial_indent": "# ", "subsequent_indent": "# "}
