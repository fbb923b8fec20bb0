"""Who seizes the public machine's disk and logs reads nothing of a reader."""

import os
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from letterdesk.domain import receipt
from tests.letterbox.processes import Served, serve
from tests.letterbox.rooms import COMMENTS, NOTICES, Room, make_room
from tests.values import STORY_ID, an_id

MARKER = "Kanarienvogel7f3a"
ADDRESS = "203.0.113.77"
HEADERS = {
    "user-agent": f"Browser {MARKER}",
    "referer": f"https://{MARKER}.example/",
    "x-forwarded-for": ADDRESS,
    "forwarded": f"for={ADDRESS}",
    "cookie": f"session={MARKER}",
    "accept-language": f"en, x-{MARKER}",
    "accept": "application/json",
}


def disguises(word: str) -> set[bytes]:
    """Give `word` as it could lie on a disk in other clothes."""
    raw = word.encode()
    shifted = {b64encode(b"\0" * shift + raw)[4:-4] for shift in range(3)}
    return shifted | {
        raw,
        raw.lower(),
        raw[::-1],
        raw.hex().encode(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        quote(word).encode(),
    }


def finds(folder: Path, *words: str) -> list[str]:
    """Give the files below `folder` in which one of `words` can be read."""
    patterns = {pattern for word in words for pattern in disguises(word)}
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(pattern in path.read_bytes() for pattern in patterns)
    )


def write(served: Served, number: int) -> list[int]:
    """Send what a reader could send, well and badly; give the answers' statuses."""
    words = {"text": f"{MARKER} {number}", "name": MARKER, "contact": f"{MARKER}@b.c"}
    code = receipt.show_code(number)
    forms = [
        (COMMENTS, words),
        (COMMENTS, words | {"tip": "1"}),
        (NOTICES, words | {"comment": an_id(7)}),
        ("/receipt/appeal", {"code": code, "text": MARKER}),
        ("/receipt/withdraw", {"code": code}),
        ("/receipt", {"code": code}),
        (COMMENTS, words | {"text": MARKER * 400}),
        (COMMENTS, words | {"contact": MARKER}),
        (f"/t/{an_id(9)}/comments", words),
        (f"/{MARKER}", words),
    ]
    return [served.send(path, form, **HEADERS).status for path, form in forms]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = make_room(tmp_path)
    room.publish_thread(an_id(7))
    return room


def test_nothing_of_a_reader_can_be_read(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("PYTHONDEVMODE", "1")
    with serve(room.settings) as served:
        answers = [write(served, number) for number in range(20)]
        served.raw(f"GET /{MARKER} HTTP/9 {MARKER}\r\n{MARKER}\r\n\r\n".encode())
    (tmp_path / "log").write_text(served.running.said())

    code = receipt.show_code(3)
    lookup = receipt.derive(3).lookup
    assert answers == [[201, 201, 202, 202, 202, 200, 413, 422, 404, 404]] * 20
    assert len(room.letters()) == 100
    assert (tmp_path / "log").stat().st_size > 0
    assert (
        finds(tmp_path / "spool", MARKER, ADDRESS, code, lookup, STORY_ID, an_id(7)) == []
    )
    assert finds(tmp_path, MARKER, ADDRESS, code, lookup) == []


def test_the_search_would_have_found_it(tmp_path: Path) -> None:
    for number, pattern in enumerate(sorted(disguises(MARKER))):
        (tmp_path / f"plant-{number}").write_bytes(os.urandom(99) + pattern + b"\0")

    assert len(finds(tmp_path, MARKER)) == len(disguises(MARKER))
