"""The letterbox over real HTTP: what a browser, a program and an attacker meet."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from letterdesk import sealing
from letterdesk.domain import receipt
from tests.letterbox.doubles import FORM
from tests.letterbox.pages import parse, typed, words
from tests.letterbox.processes import Served, read, serve
from tests.letterbox.rooms import COMMENTS, Room, make_room
from tests.values import STORY_ID, an_outcome

TOML = "[letterbox]\nreserve_megabytes = 1\nbody_seconds = 1\n"
HEAD = f"POST {COMMENTS} HTTP/1.1\r\nHost: news\r\nContent-Type: {FORM}\r\n".encode()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return make_room(tmp_path_factory.mktemp("room"), toml=TOML)


@pytest.fixture(scope="module")
def served(room: Room) -> Iterator[Served]:
    with serve(room.settings) as served:
        yield served


@pytest.fixture(autouse=True)
def empty_spool(room: Room) -> None:
    for name in list(room.spool.list()):
        room.spool.remove(name)


def test_a_readers_journey(room: Room, served: Served) -> None:
    page = b"<!doctype html><title>Ferry</title>" * 50
    room.public.put(f"t/{STORY_ID}/index.html.br", brotli.compress(page))
    room.public.put(f"t/{STORY_ID}/index.html", page)

    story = served.request("GET", f"/t/{STORY_ID}/", headers={"accept-encoding": "br"})
    thanks = served.send(COMMENTS, {"text": "내 삼촌이 그 배에서 일했다.", "name": "미라"})
    code = words(parse(thanks).find(".//code"))
    undecided = served.send("/receipt", {"code": code})
    keys = receipt.derive(receipt.read_code(code))
    for path, raw in sealing.seal_outcome(
        an_outcome(text="내 삼촌이"), lookup=keys.lookup, key=keys.outcome_key
    ).items():
        room.public.put(path, raw)
    decided = served.send("/receipt", {"code": code.lower()}, accept="application/json")
    withdrawn = served.send("/receipt/withdraw", {"code": code})

    assert (story.status, brotli.decompress(story.body)) == (200, page)
    assert (thanks.status, undecided.status, withdrawn.status) == (201, 200, 202)
    assert (decided.json["status"], decided.json["text"]) == ("published", "내 삼촌이")
    assert {(letter.kind, letter.text, letter.lookup) for letter in room.letters()} == {
        ("comment", "내 삼촌이 그 배에서 일했다.", keys.lookup),
        ("withdrawal", "", keys.lookup),
    }


def test_64_at_once_are_all_taken(room: Room, served: Served) -> None:
    def write(number: int) -> str:
        answer = served.send(
            COMMENTS, {"text": f"letter {number}"}, accept="application/json"
        )
        assert answer.status == 201
        return str(answer.json["receipt"])

    with ThreadPoolExecutor(64) as crowd:
        codes = list(crowd.map(write, range(64)))

    lookups = {receipt.derive(receipt.read_code(code)).lookup for code in codes}
    letters = room.letters()
    assert (len(letters), {letter.lookup for letter in letters}) == (64, lookups)


def test_head_and_conditions_over_one_connection(room: Room, served: Served) -> None:
    room.public.put("counts.json", b'{"counts":{"a":1}}')
    connection = served.connect()

    connection.request("GET", "/counts.json")
    whole = read(connection)
    connection.request("HEAD", "/counts.json")
    head = read(connection)
    connection.request("GET", "/counts.json", headers={"if-none-match": whole["etag"]})
    unchanged = read(connection)
    connection.request("GET", "/counts.json", headers={"range": "bytes=2-7"})
    part = read(connection)
    connection.close()

    assert (whole.status, whole.body) == (200, b'{"counts":{"a":1}}')
    assert (head.status, head.body, head["content-length"]) == (200, b"", "18")
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert (part.status, part.body) == (206, b"counts")


@pytest.mark.parametrize(
    "path",
    [
        "/../letterdesk.toml",
        "/%2e%2e/letterdesk.toml",
        "/..%2fletterdesk.toml",
        "/t/%2e%2e/%2e%2e/letterdesk.toml",
        "/t/..%5c..%5cletterdesk.toml",
        "/%252e%252e/letterdesk.toml",
        "/letterdesk.toml%00.html",
        "/%ff",
        "//letterdesk.toml",
        "/.draft-0",
        "/r/AB/ABCDEFGHJKMNPQRSTVWXYZ0123",
    ],
)
def test_nothing_outside_the_published_files_is_handed_out(
    room: Room, served: Served, path: str
) -> None:
    room.public.put("r/AB/ABCDEFGHJKMNPQRSTVWXYZ0123", b"reserve_megabytes")

    answer = served.request("GET", path)

    assert answer.status == 404
    assert b"reserve_megabytes" not in answer.body


def test_no_answer_names_the_server_or_sets_a_cookie(served: Served) -> None:
    answers = [served.request("GET", path) for path in ("/receipt", "/nothing", "/healthz")]

    for answer in answers:
        assert answer["server"] == ""
        assert "set-cookie" not in answer
    assert [answer.status for answer in answers] == [200, 404, 200]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="text"',
        ),
        ("application/json", b'{"text": "Words."}'),
        ("text/plain", b"text=Words."),
    ],
)
def test_only_forms_are_read(
    room: Room, served: Served, content_type: str, body: bytes
) -> None:
    answer = served.request(
        "POST", COMMENTS, body=body, headers={"content-type": content_type}
    )

    assert (answer.status, room.letters()) == (415, [])


def test_a_letter_too_long_comes_back_whole(room: Room, served: Served) -> None:
    answer = served.send(COMMENTS, {"text": "\U0001f6f6" * 5_001})

    assert (answer.status, room.letters()) == (413, [])
    assert typed(parse(answer)) == "\U0001f6f6" * 5_001


def test_the_longest_letter_is_taken(room: Room, served: Served) -> None:
    form = {"text": "\U0001f6f6" * 5_000, "name": "\U0001f6f6" * 80}

    assert served.send(COMMENTS, form).status == 201
    assert room.letter().text == "\U0001f6f6" * 5_000


def test_a_declared_body_too_large_is_refused_with_a_page(served: Served) -> None:
    answers = [
        served.request("POST", COMMENTS, body=b"x" * size, headers={"content-type": FORM})
        for size in (65_537, 900_000)
    ]

    assert [answer.status for answer in answers] == [413, 413]
    assert all(words(parse(answer).find(".//h1")) for answer in answers)


def test_a_huge_declared_body_is_refused_before_it_comes(served: Served) -> None:
    answer = served.raw(HEAD + b"Content-Length: 10000000000\r\n\r\ntext=")

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_chunked_body_is_refused(room: Room, served: Served) -> None:
    head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

    answer = served.raw(head, b"5\r\ntext=\r\n6\r\nWords.\r\n0\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 411 ")
    assert room.letters() == []


def test_a_stalled_body_is_given_up(room: Room, served: Served) -> None:
    answer = served.raw(HEAD + b"Content-Length: 100\r\n\r\ntext=")

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert room.letters() == []


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 11\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 11\r\n",
        b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 11\r\nTransfer-Encoding: identity, chunked\r\n",
        b"Content-Length: 11\r\nTransfer-Encoding: xchunked\r\n",
        b"Content-Length: 11\r\nContent-Length: 50\r\n",
        b"Content-Length: +11\r\n",
        b"Content-Length: 11\r\nTransfer-Encoding : chunked\r\n",
        b"Content-Length: 11\r\nTransfer-Encoding:\x0bchunked\r\n",
        b"Content-Length: 11, 11\r\n",
    ],
)
def test_no_second_request_can_be_smuggled_in(
    room: Room, served: Served, headers: bytes
) -> None:
    """Told in two ways how long a request is, the letterbox answers once and hangs up."""
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: news\r\n\r\n"
    chunked = b"b\r\ntext=Words.\r\n0\r\n\r\n"

    answers = served.raw(HEAD + headers + b"\r\n", chunked + smuggled)

    assert answers.count(b"HTTP/1.1 ") == 1
    assert b"ok" not in answers.rpartition(b"\r\n\r\n")[2][:2]
    assert len(room.letters()) <= 1


def test_a_pipelined_request_is_answered_in_its_turn(room: Room, served: Served) -> None:
    letter = HEAD + b"Content-Length: 11\r\n\r\ntext=Words."
    last = b"GET /healthz HTTP/1.1\r\nHost: news\r\nConnection: close\r\n\r\n"

    answers = served.raw(letter + last)

    assert [part[:3] for part in answers.split(b"HTTP/1.1 ")[1:]] == [b"201", b"200"]
    assert room.letter().text == "Words."


def test_a_new_key_is_used_without_a_restart(room: Room, served: Served) -> None:
    new = sealing.new_key()
    path = room.settings.public_keys
    old = path.read_bytes()
    path.with_name("next").write_bytes(sealing.public_file([new.public, room.key.public]))
    path.with_name("next").rename(path)

    assert served.send(COMMENTS, {"text": "Words."}).status == 201

    [name] = room.spool.list()
    assert new.public.id in room.spool.read(name)
    path.write_bytes(old)


def test_a_crash_writes_no_words_to_the_disk(served: Served) -> None:
    parent = served.running.pid
    workers = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()

    for worker in workers:
        limits = Path(f"/proc/{worker}/limits").read_text().splitlines()
        [core] = [line.split() for line in limits if line.startswith("Max core file size")]
        assert core[4:6] == ["0", "0"]
    assert workers
