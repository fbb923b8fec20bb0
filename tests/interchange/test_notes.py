"""What an import notes on the disk can be read by nobody else."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from letterdesk.interchange.notes import Notes

NAME = "Mira Tan of the ferry "


def nameless_files() -> Iterator[Path]:
    """Give the files that SQLite has open here, and removed from their folder."""
    for link in Path("/proc/self/fd").iterdir():
        if link.is_symlink() and "/etilqs_" in str(link.readlink()):
            yield link


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows what is open as files"
)
def test_no_name_and_no_address_is_readable_on_the_disk() -> None:
    with Notes() as notes:
        notes.put_all(
            "name", ((f"https://news.example/{n}", NAME * 20) for n in range(20_000))
        )
        (file,) = nameless_files()

        written = file.read_bytes()

    assert len(written) > 1 << 20
    assert [word for word in (b"Mira", b"news.example") if word in written] == []


def test_notes_are_found_again_by_kind_and_key() -> None:
    with Notes() as notes:
        notes.put("name", "1", "Mira Tan")
        notes.put("name", "1", "이선생")
        notes.put("story", "1", "a half: \ud83d")

        assert [notes.get("name", "1"), notes.get("story", "1")] == ["이선생", "a half: ?"]
        assert notes.get("name", "2") == ""
