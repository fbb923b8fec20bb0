"""Published files: always the newest, never one that is not for everybody."""

import asyncio
import gzip
import os
from pathlib import Path

import brotli
import pytest

from letterdesk.letterbox import files as module
from letterdesk.letterbox.files import File, Files, represent
from letterdesk.letterbox.refusals import Refused
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from tests.letterbox.places import CountingPlace, SlowFolder
from tests.processes import PATIENCE

PAGE = b"<p>words</p>" * 100


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def find(files: Files, name: str) -> File | None:
    return asyncio.run(files.find(name))


def plain(file: File | None) -> bytes | None:
    return file.plain.raw if file else None


@pytest.fixture
def place(tmp_path: Path) -> Folder:
    return Folder(root=tmp_path / "public")


def test_a_file_comes_with_its_variants_and_tags(place: Folder) -> None:
    packed = {"br": brotli.compress(PAGE), "gzip": gzip.compress(PAGE, mtime=0)}
    place.put("t/s/index.html.br", packed["br"])
    place.put("t/s/index.html.gz", packed["gzip"])
    place.put("t/s/index.html", PAGE)

    file = find(Files(place), "t/s/index.html")

    assert file
    assert (file.name, file.media) == ("t/s/index.html", "text/html; charset=utf-8")
    assert file.plain.raw == PAGE
    assert {one: file.variants[one].raw for one in file.variants} == packed
    tags = {file.plain.tag, *(one.tag for one in file.variants.values())}
    assert len(tags) == 3
    assert all(len(tag) == 34 for tag in tags)


def test_an_unchanged_file_is_read_once(place: Folder) -> None:
    place.put("index.html", PAGE)
    files = Files(place)

    assert find(files, "index.html") is find(files, "index.html")


def test_a_changed_file_is_seen_at_once(place: Folder) -> None:
    files = Files(place)
    seen = []
    for raw in (b"one", b"two", b"2.0"):
        place.put("counts.json", raw)
        seen.append(plain(find(files, "counts.json")))
    place.remove("counts.json")
    seen.append(plain(find(files, "counts.json")))
    place.put("counts.json", b"back")
    seen.append(plain(find(files, "counts.json")))

    assert seen == [b"one", b"two", b"2.0", None, b"back"]


def test_a_changed_file_of_the_same_size_and_day_is_seen(place: Folder) -> None:
    place.put("counts.json", b"one")
    files, path = Files(place), place.root / "counts.json"
    before, found = plain(find(files, "counts.json")), path.stat()

    path.write_bytes(b"two")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))

    assert (before, plain(find(files, "counts.json"))) == (b"one", b"two")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../keys/desk.public",
        "t/../../keys/desk.public",
        "t/./x",
        "/etc/passwd",
        "//etc/passwd",
        "t//x",
        "t/",
        ".hidden",
        "t/.draft-0123",
        "t\\x",
        "t/\0",
        "t/x\n",
        "t/\ufffd",
        "t/가",
        "r/AB/ABCD",
        "r/",
    ],
)
def test_what_is_not_for_everybody_is_not_found(place: Folder, name: str) -> None:
    (place.root.parent / "keys").mkdir()
    (place.root.parent / "keys/desk.public").write_bytes(b"SECRET")
    place.root.mkdir()
    (place.root / ".hidden").write_bytes(b"SECRET")
    for inside in ("r/AB/ABCD", "t/x", "t/가"):
        place.put(inside, b"SECRET")
    (place.root / "t/.draft-0123").write_bytes(b"SECRET")

    assert find(Files(place), name) is None


@pytest.mark.parametrize("name", ["t", "t/x/deeper", "nothing", "a" * 5_000])
def test_what_is_no_file_is_not_found(place: Folder, name: str) -> None:
    place.put("t/x", b"x")

    assert find(Files(place), name) is None


def test_a_bucket_is_asked_every_two_seconds() -> None:
    place, clock = CountingPlace({"index.html": b"one"}), Clock()
    files = Files(place, clock=clock)

    seen = [plain(find(files, "index.html")) for _ in range(3)]
    place.files["index.html"] = b"two"
    seen.append(plain(find(files, "index.html")))
    clock.now += 2
    seen.append(plain(find(files, "index.html")))

    assert seen == [b"one", b"one", b"one", b"one", b"two"]
    assert place.read_names == {"index.html": 2}


def test_what_a_bucket_does_not_have_is_remembered_as_long() -> None:
    place, clock = CountingPlace({}), Clock()
    files = Files(place, clock=clock)

    seen = [find(files, "t/none/story.json") for _ in range(5)]

    assert seen == [None] * 5
    assert place.read_names == {"t/none/story.json": 1}


def test_64_who_ask_at_once_cause_one_reading() -> None:
    place = CountingPlace({"index.html": PAGE})

    async def crowd() -> list[File | None]:
        files = Files(place, clock=Clock())
        return await asyncio.gather(*(files.find("index.html") for _ in range(64)))

    found = asyncio.run(crowd())

    assert {plain(file) for file in found} == {PAGE}
    assert place.read_names == {"index.html": 1}


def test_a_file_that_changes_while_it_is_read_is_not_kept_as_the_new_one(
    tmp_path: Path,
) -> None:
    place = SlowFolder(root=tmp_path)
    place.put("page.json", b"old")

    async def act() -> list[bytes | None]:
        files = Files(place)
        first = asyncio.create_task(files.find("page.json"))
        await asyncio.to_thread(place.reading.wait, PATIENCE)
        place.put("page.json", b"new")
        second = await files.find("page.json")
        place.may_go_on.set()
        return [plain(await first), plain(second), plain(await files.find("page.json"))]

    assert asyncio.run(act()) == [b"old", b"new", b"new"]


def test_a_place_that_does_not_answer_is_not_taken_for_empty() -> None:
    place = CountingPlace({"index.html": PAGE})
    files = Files(place, clock=Clock())
    place.is_down = True

    with pytest.raises(Refused) as caught:
        find(files, "index.html")
    place.is_down = False

    assert caught.value.code == "unavailable"
    assert plain(find(files, "index.html")) == PAGE


@pytest.mark.parametrize("kind", ["folder", "bucket"])
def test_memory_is_bounded_and_what_was_used_last_stays(
    place: Folder, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(module, "CAPACITY", 50_000)
    contents = {f"f{number}": bytes([number]) * 8_000 for number in range(20)}
    source: Place = CountingPlace(contents)
    if kind == "folder":
        for name, raw in contents.items():
            place.put(name, raw)
        source = place
    files = Files(source, clock=Clock())

    for name in contents:
        assert plain(find(files, name)) == contents[name]
        assert plain(find(files, "f0")) == contents["f0"]

    assert list(files._held) == ["f16", "f17", "f18", "f19", "f0"][-len(files._held) :]
    assert files._size <= 50_000
    assert "f0" in files._held


def test_a_file_too_large_to_keep_is_still_handed_out(
    place: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CAPACITY", 4_000)
    place.put("big", PAGE)
    files = Files(place)

    assert plain(find(files, "big")) == PAGE
    assert (files._size, len(files._held)) == (0, 0)


def test_a_flood_of_names_that_do_not_exist_fills_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CAPACITY", 50_000)
    files = Files(CountingPlace({}), clock=Clock())

    for number in range(200):
        find(files, f"t/{number}/story.json")

    assert len(files._held) < 50


def test_a_tag_belongs_to_the_bytes() -> None:
    assert represent(b"a").tag == represent(b"a", "br").tag
    assert represent(b"a").tag != represent(b"b").tag
