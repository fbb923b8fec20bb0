"""What every place does, a folder or a bucket."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from letterdesk.places.base import Missing, Place

LETTER = bytes(range(256)) * 8


def test_what_was_put_is_read_back(place: Place) -> None:
    place.put("t/story/index.html", LETTER)
    place.put("empty", b"")

    assert place.read("t/story/index.html") == LETTER
    assert place.read("empty") == b""


def test_putting_again_replaces(place: Place) -> None:
    place.put("counts.json", b"a longer text that was here before")
    place.put("counts.json", b"{}")

    assert place.read("counts.json") == b"{}"
    assert list(place.list()) == ["counts.json"]


def test_a_file_that_is_not_there_is_missing(place: Place) -> None:
    place.put("r/AB/ABCD", b"x")

    for name in ("r/AB/ABCE", "r/AB", "r/AB/ABCD/E", "other"):
        with pytest.raises(Missing):
            place.read(name)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_files_are_listed_below_a_folder(place: Place, count: int) -> None:
    names = {f"t/story/{number}/thread.json" for number in range(count)}
    for name in names | {"t/storyteller/index.html", "index.html"}:
        place.put(name, b"x")

    assert set(place.list("t/story")) == names
    assert set(place.list()) == names | {"t/storyteller/index.html", "index.html"}
    assert list(place.list("nowhere")) == []


def test_many_files_are_all_listed(place: Place) -> None:
    names = {f"r/{number % 7}/{number}" for number in range(1_001)}
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: place.put(name, b""), names))

    assert set(place.list()) == names


def test_a_removed_file_is_gone_and_may_be_removed_again(place: Place) -> None:
    place.put("r/AB/ABCD", b"x")

    place.remove("r/AB/ABCD")
    place.remove("r/AB/ABCD")
    place.remove("r/never/was")

    assert list(place.list()) == []
    with pytest.raises(Missing):
        place.read("r/AB/ABCD")


def test_files_are_removed_together_and_those_that_are_gone_do_not_matter(
    place: Place,
) -> None:
    for name in ("a", "r/AB/ABCD", "kept"):
        place.put(name, b"x")

    place.remove_all(["r/never/was", "a", "gone", "r/AB/ABCD"])

    assert list(place.list()) == ["kept"]


def test_who_reads_while_others_write_gets_one_text_or_the_other(place: Place) -> None:
    texts = [letter * 50_000 for letter in (b"a", b"b")]
    place.put("page", texts[0])

    with ThreadPoolExecutor(4) as threads:
        for text in texts * 10:
            threads.submit(place.put, "page", text)
        seen = {place.read("page") for _ in range(40)}

    assert seen <= set(texts)
    assert list(place.list()) == ["page"]


@pytest.mark.parametrize(
    "name", ["t/한국어/파일", "with space", "plus+percent%41", "semi;colon", "a=b&c"]
)
def test_names_are_taken_as_they_are(place: Place, name: str) -> None:
    place.put(name, b"x")

    assert list(place.list()) == [name]
    assert place.read(name) == b"x"
    place.remove(name)
    assert list(place.list()) == []
