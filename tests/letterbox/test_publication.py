"""GET: encodings, conditions, ranges, methods, and the headers of it all."""

import asyncio
import gzip

import brotli
import pytest

from letterdesk.letterbox.app import App
from tests.letterbox.doubles import SAFE, Answered, ask
from tests.letterbox.rooms import Room, make_room

PAGE = ("<!doctype html><title>thread</title>" + "<p>words of a reader</p>" * 300).encode()
BR, GZ = brotli.compress(PAGE), gzip.compress(PAGE, mtime=0)
PATH = "t/0123456789abcdefghjkmnpqrs/index.html"


@pytest.fixture(autouse=True)
def published(room: Room) -> None:
    room.public.put(f"{PATH}.br", BR)
    room.public.put(f"{PATH}.gz", GZ)
    room.public.put(PATH, PAGE)
    room.public.put("counts.json", b'{"counts":{}}')
    room.public.put("assets/reader-0123456789.css", b"p{}")
    room.public.put("index.html", b"<title>all</title>")


def fetch(
    app: App, address: str = f"/{PATH}", method: str = "GET", **headers: str
) -> Answered:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(ask(app, method, address, headers=named))


@pytest.mark.parametrize(
    ("accepted", "encoding", "raw"),
    [
        ("", None, PAGE),
        ("gzip, deflate, br", "br", BR),
        ("gzip", "gzip", GZ),
        ("br;q=0, gzip;q=0.1", "gzip", GZ),
        ("zstd", None, PAGE),
    ],
)
def test_a_page_comes_in_the_encoding_asked_for(
    app: App, accepted: str, encoding: str | None, raw: bytes
) -> None:
    answer = fetch(app, accept_encoding=accepted)

    told = dict(answer.headers).get("content-encoding")
    assert (answer.status, told, answer.body) == (200, encoding, raw)
    assert answer["content-length"] == str(len(raw))
    assert answer["content-type"] == "text/html; charset=utf-8"
    assert answer["vary"] == "accept-encoding"


def test_the_headers_of_a_page_are_these_and_no_others(app: App) -> None:
    answer = fetch(app, "/counts.json")

    tag = answer["etag"]
    assert len(tag) == 34
    assert dict(answer.headers) == {
        **SAFE,
        "etag": tag,
        "cache-control": "public, max-age=0, s-maxage=60, must-revalidate",
        "content-type": "application/json; charset=utf-8",
        "content-length": "13",
        "accept-ranges": "bytes",
    }


def test_what_has_its_digest_in_its_name_keeps_for_a_year(app: App) -> None:
    answer = fetch(app, "/assets/reader-0123456789.css")

    assert answer["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("address", "body"), [("/", b"<title>all</title>"), (f"/{PATH}"[:-10], PAGE)]
)
def test_a_folder_stands_for_its_index(app: App, address: str, body: bytes) -> None:
    assert fetch(app, address).body == body


def test_a_forgotten_slash_is_added(app: App) -> None:
    answer = fetch(app, "/t/0123456789abcdefghjkmnpqrs")

    assert (answer.status, answer["location"]) == (301, "/t/0123456789abcdefghjkmnpqrs/")


@pytest.mark.parametrize("accepted", ["", "br", "gzip"])
def test_who_has_it_gets_304(app: App, accepted: str) -> None:
    tag = fetch(app, accept_encoding=accepted)["etag"]

    for known in (tag, f'"other", W/{tag}', "*"):
        answer = fetch(app, accept_encoding=accepted, if_none_match=known)
        assert (answer.status, answer.body, answer["etag"]) == (304, b"", tag)
        assert "content-type" not in answer


def test_who_has_another_version_gets_this_one(app: App, room: Room) -> None:
    old = fetch(app, accept_encoding="br")["etag"]

    assert fetch(app, if_none_match=old).status == 200
    room.public.put(f"{PATH}.br", brotli.compress(b"new"))
    room.public.put(PATH, b"new")

    answer = fetch(app, accept_encoding="br", if_none_match=old)
    assert (answer.status, brotli.decompress(answer.body)) == (200, b"new")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, len(PAGE)),
        ("bytes=100-199", 100, 200),
        ("bytes=100-99999999", 100, len(PAGE)),
        ("bytes=-10", len(PAGE) - 10, len(PAGE)),
        ("bytes=-99999999", 0, len(PAGE)),
        (" bytes=5-6 ", 5, 7),
    ],
)
def test_a_range_is_a_part_of_the_plain_page(
    app: App, asked: str, start: int, end: int
) -> None:
    answer = fetch(app, range=asked, accept_encoding="br")

    assert (answer.status, answer.body) == (206, PAGE[start:end])
    assert answer["content-range"] == f"bytes {start}-{end - 1}/{len(PAGE)}"
    assert answer["content-length"] == str(end - start)
    assert "content-encoding" not in answer


@pytest.mark.parametrize("asked", [f"bytes={len(PAGE)}-", "bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(app: App, asked: str) -> None:
    answer = fetch(app, range=asked)

    assert (answer.status, answer.body) == (416, b"")
    assert answer["content-range"] == f"bytes */{len(PAGE)}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=5-1",
        "bytes=0-1,5-6",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "lines=0-1",
        "bytes=" + "9" * 5_000 + "-",
        "bytes=٠-١",
    ],
)
def test_a_range_that_cannot_be_read_is_the_whole(app: App, asked: str) -> None:
    answer = fetch(app, range=asked)

    assert (answer.status, answer.body) == (200, PAGE)


def test_a_range_of_an_older_version_is_the_whole(app: App) -> None:
    tag = fetch(app)["etag"]

    assert fetch(app, range="bytes=0-9", if_range=tag).status == 206
    assert fetch(app, range="bytes=0-9", if_range='"older"').status == 200
    assert fetch(app, range="bytes=0-9", if_none_match=tag).status == 304


def test_head_has_the_headers_of_get(app: App) -> None:
    whole, head = fetch(app), fetch(app, method="HEAD", range="bytes=0-1")

    assert (head.status, head.headers) == (200, whole.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "get"])
def test_files_are_only_read(app: App, method: str) -> None:
    answer = fetch(app, method=method, accept="application/json")

    assert (answer.status, answer["allow"]) == (405, "GET, HEAD")
    assert answer.json["code"] == "method-not-allowed"


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/../keys/desk.public",
        "/%2e%2e/keys/desk.public",
        "/t/..%2f..%2fkeys/desk.public",
        "/..%5ckeys",
        "/t%00",
        "/r/AB/ABCD",
        "/spool/",
        "/letterdesk.toml",
        "//etc/passwd",
        "/" + "a/" * 2_000,
        "*",
        "",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_there_is_nothing_else_to_find(
    app: App, room: Room, address: str, method: str
) -> None:
    room.public.put("r/AB/ABCD", b"SECRET")

    answer = fetch(app, address, method, accept="application/json")

    assert (answer.status, answer.json["code"]) == (404, "not-found")
    assert b"SECRET" not in answer.body


@pytest.mark.parametrize(
    ("url", "below", "insists"),
    [
        ("https://news.example", "", ["max-age=31536000; includeSubDomains"]),
        ("https://news.example", "https_below = false", ["max-age=31536000"]),
        ("http://news.example", "", []),
        ("https://abc.onion", "", []),
    ],
)
def test_a_site_over_https_insists_on_it(
    tmp_path_factory: pytest.TempPathFactory, url: str, below: str, insists: list[str]
) -> None:
    toml = f'[site]\nurl = "{url}"\n{below}\n'
    room = make_room(tmp_path_factory.mktemp("other"), toml=toml)
    room.public.put("index.html", b"x")

    answers = [fetch(room.app(), "/"), fetch(room.app(), "/healthz")]

    header = "strict-transport-security"
    for answer in answers:
        assert [value for key, value in answer.headers if key == header] == insists


def test_a_link_out_of_the_public_place_is_not_there(app: App, room: Room) -> None:
    secret = room.settings.folder / "secret"
    secret.write_bytes(b"MARKER")
    (room.public.root / "evil").symlink_to(secret)
    (room.public.root / "t/up").symlink_to("../..")
    (room.public.root / "counts.txt").symlink_to("counts.json")

    answers = [fetch(app, path) for path in ("/evil", "/t/up/secret", "/counts.txt")]

    assert [one.status for one in answers] == [404, 404, 200]
    assert not any(b"MARKER" in one.body for one in answers)
