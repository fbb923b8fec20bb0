"""The nginx configuration that we ship, in front of a real letterbox."""

import http.client
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from benchmarks import newsroom, nginx
from benchmarks.intake import FORM
from benchmarks.ports import free_port
from letterdesk.domain import receipt
from tests import newsrooms
from tests.processes import PATIENCE, wait_until

pytestmark = pytest.mark.skipif(
    not nginx.is_here(), reason="nginx or its brotli module is not installed: tools/nginx"
)
_ESTABLISHED = "01"  # in /proc/net/tcp
_OWN = {"server", "date", "connection", "content-length", "last-modified", "etag"}


@dataclass(frozen=True, kw_only=True)
class Site:
    room: newsroom.Newsroom
    story: str
    folder: Path
    port: int


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    room = newsrooms.make(folder / "newsroom")
    story = newsroom.add_story(room, 1)
    newsroom.call("publish", str(room.folder))
    with (
        newsroom.serving(room, only=["letterbox"]),
        nginx.shipped(folder / "nginx", room) as port,
    ):
        yield Site(room=room, story=story, folder=folder, port=port)


def test_files_have_the_headers_that_the_letterbox_gives_them(site: Site) -> None:
    for path in (f"/t/{site.story}/", f"/t/{site.story}/thread.json", "/", _style(site)):
        for coding in ("br", "gzip", "identity"):
            wanted = {"Accept-Encoding": coding}
            ours, our_body = _ask(site.room.letterbox, "GET", path, wanted)
            theirs, their_body = _ask(site.port, "GET", path, wanted)

            assert (theirs.status, their_body) == (ours.status, our_body), (path, coding)
            assert _headers(theirs) == _headers(ours), (path, coding)


def test_what_a_receipt_is_told_is_not_compressed(site: Site) -> None:
    wanted = {"Accept-Encoding": "gzip, br", "Content-Type": FORM}
    code = urlencode({"code": receipt.show_code(1)})

    answer, body = _ask(site.port, "POST", "/receipt", wanted, code.encode())

    assert (answer.status, answer.headers["Content-Encoding"]) == (200, None)
    assert len(body) == 16_384


def test_file_is_asked_again_by_its_tag_and_in_parts(site: Site) -> None:
    path = f"/t/{site.story}/"
    first, body = _ask(site.port, "GET", path)

    again, nothing = _ask(site.port, "GET", path, {"If-None-Match": first.headers["ETag"]})
    part, some = _ask(site.port, "GET", path, {"Range": "bytes=0-99"})

    assert (again.status, nothing) == (304, b"")
    assert (part.status, some) == (206, body[:100])


def test_reader_writes_through_nginx(site: Site) -> None:
    before = _spooled(site)

    answer, body = _post(site, {"text": "A letter by way of nginx."})

    assert answer.status == 201, body
    assert b"receipt" in body
    assert _spooled(site) == before + 1


@pytest.mark.parametrize(
    "path",
    [
        "/r/AB/ABCDEF",
        "/.draft-1",
        "/t/x/index.html.br",
        "/none",
        "/t/none/",
        "/keys/desk.private",
    ],
)
def test_what_is_not_there_gets_the_letterboxs_own_page(site: Site, path: str) -> None:
    (site.room.public / "r" / "AB").mkdir(parents=True, exist_ok=True)
    (site.room.public / "r" / "AB" / "ABCDEF").write_bytes(b"an outcome")

    answer, body = _ask(site.port, "GET", path)

    assert answer.status == 404
    assert b"nginx" not in body
    assert answer.headers["Cache-Control"] == "no-store"


def test_form_sent_to_a_file_is_refused_by_the_letterbox(site: Site) -> None:
    answer, body = _ask(site.port, "POST", f"/t/{site.story}/", {}, b"text=a")

    assert (answer.status, b"nginx" in body) == (405, False)
    assert answer.headers["Allow"]


def test_pages_of_sites_that_are_named_may_read_and_show_files(
    site: Site, tmp_path: Path
) -> None:
    ours, other = "https://www.example.org", "https://other.example"
    named = {
        "    # https://www.example.org $http_origin;": f"    {ours} $http_origin;",
        "    default \"'none'\";\n": f'    default "{ours}";\n',
    }
    path = f"/t/{site.story}/thread.html"

    with nginx.shipped(tmp_path / "nginx", site.room, http=named) as port:
        allowed, _ = _ask(port, "GET", path, {"Origin": ours})
        refused, _ = _ask(port, "GET", path, {"Origin": other})

    assert allowed.headers["Access-Control-Allow-Origin"] == ours
    assert refused.headers["Access-Control-Allow-Origin"] is None
    for answer in (allowed, refused):
        assert "origin" in answer.headers.get_all("Vary", [])
        assert answer.headers["Content-Security-Policy"].endswith(f"frame-ancestors {ours}")


@pytest.mark.parametrize("length", [65_000, 260_000])
def test_half_a_letter_lies_in_no_file(site: Site, length: int) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as connection:
        connection.sendall(
            f"POST /t/{site.story}/comments HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n".encode()
        )
        connection.sendall(b"half-" * (length // 5 - 1_000))
        wait_until(lambda: not _unread(site.port))

        found = [name for name in _open_in_nginx(site) if "/own/" in name]

    assert found == []


def test_too_large_a_form_is_handed_back_by_the_letterbox(site: Site) -> None:
    raw = urlencode({"text": "x" * 70_000}).encode()

    answer, body = _ask(
        site.port, "POST", f"/t/{site.story}/comments", {"Content-Type": FORM}, raw
    )

    assert answer.status == 413
    assert b"x" * 70_000 in body


def test_far_too_large_a_form_is_refused_before_it_is_read(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), PATIENCE) as connection:
        connection.sendall(
            f"POST /t/{site.story}/comments HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: 2000000\r\n\r\n".encode()
        )
        answer = connection.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_address_of_a_reader_stands_in_no_file(site: Site) -> None:
    _ask(site.port, "GET", "/none?from=reader")
    _post(site, {"text": "x" * 6_000})

    found = [path for path in site.folder.rglob("*") if _holds(path, "from=reader")]

    assert found == []
    assert b"client:" not in (site.folder / "nginx" / "error.log").read_bytes()


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/t/{}/comments"), ("GET", "/receipt"), ("GET", "/nowhere/")],
)
def test_published_page_stands_in_for_a_letterbox_that_does_not_answer(
    site: Site, tmp_path: Path, method: str, path: str
) -> None:
    gone = {"127.0.0.1:8000": f"127.0.0.1:{free_port()}"}
    raw = urlencode({"text": "Words that nginx forgets."}).encode()

    with nginx.shipped(tmp_path / "nginx", site.room, http=gone) as port:
        answer, body = _ask(
            port,
            method,
            path.format(site.story),
            {"Content-Type": FORM},
            raw if method == "POST" else None,
        )
        thread, _ = _ask(port, "GET", f"/t/{site.story}/")

    assert (answer.status, thread.status) == (503, 200)
    assert body == (site.room.public / "unavailable.html").read_bytes()
    assert (answer.headers["Cache-Control"], answer.headers["Retry-After"]) == (
        "no-store",
        "60",
    )
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert b"nginx" not in body


def _ask(
    port: int,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def _post(site: Site, fields: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
    wanted = {"Content-Type": FORM, "Accept": "application/json"}
    path = f"/t/{site.story}/comments"
    return _ask(site.port, "POST", path, wanted, urlencode(fields).encode())


def _headers(answer: http.client.HTTPResponse) -> dict[str, str]:
    """Give what must be the same; nginx offers parts of the unpacked file only."""
    own = _OWN | ({"accept-ranges"} if "Content-Encoding" in answer.headers else set())
    return {
        name.lower(): value.lower()
        for name, value in answer.getheaders()
        if name.lower() not in own
    }


def _unread(port: int) -> int:
    """Give the bytes that came in on a port and that its server has not read yet."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(
        int(row[4].partition(":")[2], 16)
        for row in rows
        if int(row[1].partition(":")[2], 16) == port and row[3] == _ESTABLISHED
    )


def _open_in_nginx(site: Site) -> Iterator[str]:
    """Give the open files of nginx, those that have no name any more included."""
    master = int((site.folder / "nginx" / "nginx.pid").read_text())
    for identity in newsroom.descendants(master):
        for handle in Path(f"/proc/{identity}/fd").iterdir():
            yield str(handle.readlink())


def _style(site: Site) -> str:
    file = next((site.room.public / "assets").glob("*.css"))
    return f"/assets/{file.name}"


def _spooled(site: Site) -> int:
    return sum(path.is_file() for path in site.room.spool.rglob("*"))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and text.encode() in path.read_bytes()
