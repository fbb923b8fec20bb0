"""Requests that are framed in two ways, badly, or slowly: refused, and the line is cut.

Sent as bytes to the letterbox as `letterdesk serve` runs it, and to it through nginx as we
ship it. Behind each odd request comes a whole letter: if two parties disagree on where the
first one ends, that letter is stored.
"""

import contextlib
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from benchmarks import newsroom, nginx
from benchmarks.intake import FORM
from letterdesk import sealing
from letterdesk.domain.envelope import unpack_batch
from letterdesk.serving.hardening import open_many_files
from tests import newsrooms

_SECONDS = 25  # more than nginx waits for a head (10), less than it keeps a line (30)
_BODY = "text=Words."
_CHUNKS = "b\r\ntext=Words.\r\n0\r\n\r\n"
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")


@dataclass(frozen=True, kw_only=True)
class Site:
    room: newsroom.Newsroom
    story: str
    port: int

    def head(self, more: str = "", *, version: str = "1.1") -> str:
        """Give the head of a letter, without its end and its length."""
        return (
            f"POST /t/{self.story}/comments HTTP/{version}\r\nHost: news.example\r\n"
            f"Content-Type: {FORM}\r\n{more}"
        )

    def letters(self) -> list[str]:
        """Give the texts in the spool, and empty it."""
        keys = sealing.read_private_keys(self.room.folder / "keys" / "desk.private")
        found = []
        for file in self.room.spool.iterdir():
            found += [
                sealing.open_letter(one, keys).text
                for one in unpack_batch(file.read_bytes())
            ]
            file.unlink()
        return sorted(found)

    def send(self, *pieces: str) -> tuple[list[int], bool]:
        """Give the statuses that come back, and whether the line was cut in time."""
        with socket.create_connection(("127.0.0.1", self.port), _SECONDS) as line:
            received, is_cut = b"", False
            with contextlib.suppress(TimeoutError):
                try:
                    for piece in pieces:
                        line.sendall(piece.encode("latin-1"))
                    while got := line.recv(65_536):
                        received += got
                except ConnectionError:
                    pass
                is_cut = True
        return [int(status) for status in _STATUS.findall(received)], is_cut


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("framing")
    room = newsrooms.make(
        folder / "newsroom",
        settings={"letterbox": {"body_seconds": 1}, "places": {"public": "public"}},
    )
    story = newsroom.add_story(room, 1)
    newsroom.call("publish", str(room.folder))
    with newsroom.serving(room, only=["letterbox"]):
        yield Site(room=room, story=story, port=room.letterbox)


@pytest.fixture(scope="module")
def behind_nginx(direct: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not nginx.is_here():
        pytest.skip("nginx or its brotli module is not installed: tools/nginx")
    folder = tmp_path_factory.mktemp("nginx") / "nginx"
    with nginx.shipped(folder, direct.room) as port:
        yield Site(room=direct.room, story=direct.story, port=port)


@pytest.fixture(params=["direct", "behind_nginx"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    found.letters()
    return found


_MALFORMED = [
    "Content-Length: 11\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 11\r\n",
    "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Transfer-Encoding: chunked, identity\r\n",
    "Transfer-Encoding: xchunked\r\n",
    "Transfer-Encoding: \x0bchunked\r\n",
    'Transfer-Encoding: "chunked"\r\n',
    "Transfer-Encoding : chunked\r\n",
    "Transfer-Encoding:\r\n chunked\r\n",
    " Transfer-Encoding: chunked\r\n",
    "X: a\rTransfer-Encoding: chunked\r\n",
    "Content-Length: 11\r\nContent-Length: 5\r\n",
    "Host: other.example\r\nContent-Length: 11\r\n",
    "Content-Length: 11, 5\r\n",
    "Content-Length: +11\r\n",
    "Content-Length: -11\r\n",
    "Content-Length: 0xb\r\n",
    "Content-Length: 1e1\r\n",
    "Content-Length: 11\x00\r\n",
    "Content-Length : 11\r\n",
    "Content-Length: 99999999999999999999999999\r\n",
]


@pytest.mark.parametrize("told", _MALFORMED, ids=repr)
@pytest.mark.parametrize("body", [_BODY, _CHUNKS], ids=["plain", "chunks"])
def test_what_can_be_framed_in_two_ways_is_refused_and_nothing_comes_behind_it(
    site: Site, told: str, body: str
) -> None:
    smuggled = site.head("Content-Length: 13\r\n\r\n") + "text=Smuggled"

    statuses, is_cut = site.send(site.head(told) + "\r\n" + body + smuggled)

    assert is_cut
    assert len(statuses) <= 1
    assert not [status for status in statuses if status < 400]
    assert site.letters() == []


@pytest.mark.parametrize(
    "request_",
    [
        "GET /healthz\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /healthz HTTP/3.0\r\nHost: a\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX : a\x7f: b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\n: nameless\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n" * 500 + "\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + "x" * 200_000 + "\r\n\r\n",
        "GET /" + "x" * 200_000 + " HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    ids=lambda sent: repr(sent[:40]),
)
def test_what_is_no_request_of_ours_is_refused(site: Site, request_: str) -> None:
    statuses, is_cut = site.send(request_)

    assert is_cut or len(statuses) == 1
    assert not [status for status in statuses if status < 400 or status in {500, 502}]


def test_one_length_told_twice_is_one_length(direct: Site) -> None:
    """RFC 9110, 8.6. The server joins them before we see them; nginx refuses them."""
    direct.letters()
    last = direct.head("Connection: close\r\nContent-Length: 12\r\n\r\n") + "text=Others."

    statuses, is_cut = direct.send(direct.head(_TWICE) + "\r\n" + _BODY + last)

    assert (statuses, is_cut) == ([201, 201], True)
    assert direct.letters() == ["Others.", "Words."]


def test_nginx_refuses_one_length_told_twice(behind_nginx: Site) -> None:
    behind_nginx.letters()

    statuses, is_cut = behind_nginx.send(behind_nginx.head(_TWICE) + "\r\n" + _BODY)

    assert (statuses, is_cut) == ([400], True)
    assert behind_nginx.letters() == []


_TWICE = "Content-Length: 11\r\nContent-Length: 11\r\n"


def test_a_letter_in_chunks_ends_where_its_chunks_do(site: Site) -> None:
    chunked = site.head("Transfer-Encoding: chunked\r\n\r\n") + _CHUNKS
    last = site.head("Connection: close\r\nContent-Length: 12\r\n\r\n") + "text=Others."

    statuses, is_cut = site.send(chunked + last)

    assert is_cut
    # The letterbox refuses it and cuts the line. nginx does not, and if it has all of the
    # chunks when it passes them on, it tells how long they are.
    assert statuses in ([411], [411, 201], [201, 201])
    taken = zip(["Words.", "Others."], statuses, strict=False)
    assert site.letters() == sorted(text for text, status in taken if status == 201)


def test_a_request_that_says_nothing_further_is_not_waited_for(site: Site) -> None:
    statuses, is_cut = site.send(site.head()[:30])

    assert is_cut
    assert set(statuses) <= {408}


def test_half_a_letter_is_not_waited_for_and_not_stored(site: Site) -> None:
    statuses, is_cut = site.send(site.head("Content-Length: 100\r\n\r\n") + "text=Half+a")

    assert is_cut
    assert set(statuses) <= {408}
    assert site.letters() == []


@pytest.mark.parametrize(
    "half",
    [
        "Content-Length: 100\r\n\r\ntext=Half+a",
        "Transfer-Encoding: chunked\r\n\r\n100\r\ntext=Half+a",
        "Transfer-Encoding: chunked\r\n\r\nb\r\ntext=Half+a\r\n",
    ],
)
def test_a_letter_whose_sender_goes_away_is_not_stored(site: Site, half: str) -> None:
    with socket.create_connection(("127.0.0.1", site.port), _SECONDS) as line:
        line.sendall((site.head(half)).encode())

    whole, _ = site.send(
        site.head("Connection: close\r\nContent-Length: 11\r\n\r\n") + _BODY
    )

    assert whole == [201]
    assert site.letters() == ["Words."]


def test_letters_one_behind_the_other_are_taken_one_by_one(site: Site) -> None:
    first = site.head("Content-Length: 11\r\n\r\n") + _BODY
    last = site.head("Connection: close\r\nContent-Length: 12\r\n\r\n") + "text=Others."

    statuses, is_cut = site.send(first + last)

    assert (statuses, is_cut) == ([201, 201], True)
    assert site.letters() == ["Others.", "Words."]


def test_many_slow_senders_leave_room_for_a_quick_one(direct: Site) -> None:
    direct.letters()
    open_many_files()
    with contextlib.ExitStack() as lines:
        for number in range(1_100):
            line = lines.enter_context(
                socket.create_connection(("127.0.0.1", direct.port), _SECONDS)
            )
            half = "Content-Length: 100\r\n\r\ntext=" if number % 2 else ""
            line.sendall(direct.head(half).encode())

        statuses, _ = direct.send(
            direct.head("Connection: close\r\nContent-Length: 11\r\n\r\n") + _BODY
        )

    assert statuses == [201]
    assert direct.letters() == ["Words."]
