from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.folder import Folder
from letterdesk.press.variants import with_variants
from letterdesk.press.write import write

_PAGE, _DATA = b"<p>page</p>", b"{}"


@dataclass
class _Watched:
    """A folder that notes what is done to it, and may break after some of it."""

    folder: Folder
    done: list[tuple[str, str]] = field(default_factory=list)
    breaks_after: int = 1_000

    def put(self, name: str, raw: bytes) -> None:
        self._note("put", name)
        self.folder.put(name, raw)

    def remove(self, name: str) -> None:
        self._note("remove", name)
        self.folder.remove(name)

    def read(self, name: str) -> bytes:
        return self.folder.read(name)

    def list(self, under: str = "") -> Iterator[str]:
        return self.folder.list(under)

    def _note(self, verb: str, name: str) -> None:
        if len(self.done) >= self.breaks_after:
            raise PlaceFailed("The disk is full.")
        self.done.append((verb, name))


@pytest.fixture
def place(tmp_path: Path) -> _Watched:
    return _Watched(folder=Folder(root=tmp_path))


def test_files_are_put_in_order_with_their_variants_first(place):
    write(place, with_variants({"b.json": _DATA, "a.html": _PAGE}))

    assert place.done == [
        ("put", "b.json.br"),
        ("put", "b.json.gz"),
        ("put", "b.json"),
        ("put", "a.html.br"),
        ("put", "a.html.gz"),
        ("put", "a.html"),
    ]


def test_page_that_is_gone_is_removed_with_its_variants(place):
    write(place, with_variants({"a.html": _PAGE, "2/a.html": _PAGE}))

    write(place, {}, gone=["2/a.html"])

    assert sorted(place.list()) == ["a.html", "a.html.br", "a.html.gz"]


def test_pages_vanish_only_after_the_new_ones_are_there(place):
    write(place, {"a.html": _PAGE, "2/a.html": _PAGE})
    place.done.clear()

    write(place, {"a.html": _DATA}, gone=["2/a.html"])

    assert place.done.index(("put", "a.html")) < place.done.index(("remove", "2/a.html"))


def test_place_without_variants_is_asked_for_nothing_more(place):
    write(place, {"a.html": _PAGE})

    assert place.done == [("put", "a.html")]


def test_stopped_half_way_the_next_pass_finishes(place):
    files = with_variants({"a.html": _PAGE, "b.json": _DATA})
    place.breaks_after = 4
    with pytest.raises(PlaceFailed):
        write(place, files)

    place.breaks_after = 1_000
    write(place, files)

    assert {name: place.read(name) for name in place.list()} == files
