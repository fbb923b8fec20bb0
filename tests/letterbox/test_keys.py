"""The key that seals: the newest one, and never none."""

import os
from pathlib import Path

import pytest

from letterdesk import sealing
from letterdesk.letterbox.keys import Keys
from letterdesk.letterbox.refusals import Refused


def test_a_new_key_is_used_without_a_restart(tmp_path: Path) -> None:
    old, new = sealing.new_key(), sealing.new_key()
    path = tmp_path / "desk.public"
    path.write_bytes(sealing.public_file([old.public]))
    keys = Keys(path)
    before = keys.newest()

    (tmp_path / "next").write_bytes(sealing.public_file([new.public, old.public]))
    (tmp_path / "next").rename(path)

    assert (before, keys.newest()) == (old.public, new.public)


def test_the_file_is_read_once_as_long_as_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.public"
    path.write_bytes(sealing.public_file([sealing.new_key().public]))
    keys = Keys(path)
    first = keys.newest()

    monkeypatch.setattr(Path, "read_bytes", None)

    assert keys.newest() is first


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"{}")])
def test_without_a_key_no_letter_is_taken_until_there_is_one(
    tmp_path: Path, spoil: object
) -> None:
    key = sealing.new_key()
    path = tmp_path / "desk.public"
    path.write_bytes(sealing.public_file([key.public]))
    keys = Keys(path)
    keys.newest()

    spoil(path)

    for _ in range(2):
        with pytest.raises(Refused) as caught:
            keys.newest()
        assert caught.value.code == "unavailable"
    path.write_bytes(sealing.public_file([key.public]))
    os.utime(path, ns=(1, 1))
    assert keys.newest() == key.public
