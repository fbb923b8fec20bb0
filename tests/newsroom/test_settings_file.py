import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from letterdesk import settings
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.settings import BucketAccess, Desk, Letterbox, Press, Settings, Site

CHOSEN = Settings(
    site=Site(
        name='The "Post" \\ 강나루신문',
        languages=("ug",),
        url="https://x.example",
        contact="Ask us.\n\tAlways.",
    ),
    bucket=BucketAccess(secret_key='\x7f"\\\n'),
    letterbox=Letterbox(listen="[::1]:9000", gather_milliseconds=0),
    desk=Desk(secure=True, database="postgresql://a:b%40c@db/news"),
    press=Press(slot_minutes=1),
)


@pytest.mark.parametrize("wanted", [Settings(), CHOSEN])
def test_what_is_written_reads_back(wanted: Settings, tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text(settings_file(wanted), encoding="utf-8")

    assert settings.read(tmp_path) == msgspec.structs.replace(wanted, folder=tmp_path)


def test_every_default_can_be_uncommented_and_is_the_default() -> None:
    text = re.sub(r"(?m)^#(?=[a-z])", "", settings_file(Settings()))

    written = tomllib.loads(text)

    assert msgspec.convert(written, Settings) == Settings()
    assert {table: set(keys) for table, keys in written.items()} == {
        field.name: {key.name for key in msgspec.structs.fields(field.default)}
        for field in msgspec.structs.fields(Settings)
        if isinstance(field.default, msgspec.Struct)
    }


def test_only_what_differs_from_the_default_is_in_force() -> None:
    assert tomllib.loads(settings_file(Settings(press=Press(slot_minutes=1)))) == {
        "site": {},
        "letterbox": {},
        "floods": {},
        "places": {},
        "bucket": {},
        "desk": {},
        "press": {"slot_minutes": 1},
        "reasons": {},
        "mail": {},
        "tips": {},
        "worker": {},
    }


def test_lines_fit_on_a_terminal() -> None:
    assert max(map(len, settings_file(Settings()).splitlines())) <= 92
