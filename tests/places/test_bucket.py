"""A bucket over HTTP: media types, signatures, servers that do not answer."""

import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import obstore
import pytest
import rclone_api

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places import choose
from letterdesk.places.base import Missing, Place, Unanswered
from letterdesk.places.keeping import ASSETS, PAGES
from letterdesk.settings import BucketAccess, Places, Settings
from tests.conftest import server
from tests.places.conftest import s3_client
from tests.processes import PATIENCE


def a_place(endpoint: str, address: str, *, secret: str) -> Place:
    access = BucketAccess(
        endpoint=endpoint, access_key="key", secret_key=secret, timeout_seconds=PATIENCE
    )
    return choose.spool(Settings(places=Places(spool=address), bucket=access))


@pytest.mark.parametrize(
    ("name", "media", "keeps"),
    [
        ("t/s/index.html", "text/html; charset=utf-8", PAGES),
        ("t/s/thread.json", "application/json; charset=utf-8", PAGES),
        ("t/s/feed.atom", "application/atom+xml; charset=utf-8", PAGES),
        ("assets/reader-0123456789.css", "text/css; charset=utf-8", ASSETS),
        ("assets/picture-0123456789.webp", "image/webp", ASSETS),
        ("r/AB/ABCD", "application/octet-stream", "no-store"),
    ],
)
def test_a_published_object_carries_its_media_type_and_how_long_it_keeps(
    bucket: Callable[[str], Place], name: str, media: str, keeps: str
) -> None:
    place = bucket("pub")

    place.put(name, b"x")

    assert obstore.get(place.store, name).attributes == {
        "Content-Type": media,
        "Cache-Control": keeps,
    }


def test_a_sealed_letter_in_a_bucket_is_kept_by_nobody_else(s3_server: str) -> None:
    s3_client(s3_server).create_bucket(Bucket="sealed-letters")
    place = a_place(s3_server, "s3://sealed-letters", secret="any")

    place.put("assets/letter.sealed", b"x")

    assert obstore.get(place.store, "assets/letter.sealed").attributes == {
        "Content-Type": "application/octet-stream",
        "Cache-Control": "no-store",
    }


def test_prefixes_do_not_see_each_other(bucket: Callable[[str], Place]) -> None:
    spool, public = bucket("spool"), bucket("public")
    spool.put("one", b"1")
    public.put("two", b"2")

    assert (list(spool.list()), list(public.list())) == (["one"], ["two"])
    with pytest.raises(Missing):
        spool.read("two")


def test_a_bucket_that_does_not_exist_is_a_sentence(s3_server: str) -> None:
    place = a_place(s3_server, "s3://no-such-bucket", secret="any")

    with pytest.raises(PlaceFailed, match="Could not store batch in the bucket"):
        place.put("batch", b"x")
    with pytest.raises(PlaceFailed, match="Could not list"):
        list(place.list())


@pytest.mark.parametrize("key", ["spool/a//b", "spool/../b", "spool/a\x00b"])
def test_an_object_with_a_name_that_stops_every_list_is_named(
    bucket: Callable[[str], Place], s3_server: str, key: str
) -> None:
    place = bucket("spool")
    client = s3_client(s3_server)
    client.put_object(Bucket=place.store.config["bucket"], Key=key, Body=b"x")

    for act in (lambda: list(place.list()), lambda: list(place.unfit()), place.oldest):
        with pytest.raises(PlaceFailed, match="remove it with the bucket's own") as told:
            act()
        assert "the key “" + key.replace("\0", "\\0") + "”" in str(told.value)


def test_a_bucket_that_hangs_is_told_from_one_that_refuses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        access = BucketAccess(
            endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}",
            access_key="key",
            secret_key="secret",
            timeout_seconds=PATIENCE,
        )
        settings = Settings(places=Places(spool="s3://letters"), bucket=access)

        with pytest.raises(Unanswered, match="it did not answer in time"):
            choose.spool(settings, patience=1).put("batch", b"sealed")


@pytest.fixture(scope="module")
def signed_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """An S3 server that checks signatures: its address, and the secret of `key`."""
    root = tmp_path_factory.mktemp("rclone")
    (root / "letters").mkdir()
    secret = secrets.token_hex(16)
    rclone = Path(rclone_api.__file__).parent / "bin" / "rclone"
    command = [rclone, "serve", "s3", "--addr", "127.0.0.1:0", "--config", root / "none"]
    with server(
        [*command, "--auth-key", f"key,{secret}", root], ready="http://"
    ) as running:
        yield running.address, secret


def test_requests_are_signed(signed_server: tuple[str, str]) -> None:
    address, secret = signed_server
    place = a_place(address, "s3://letters/spool", secret=secret)

    place.put("batch", b"sealed")
    read, listed = place.read("batch"), list(place.list())
    place.remove("batch")

    assert (read, listed, list(place.list())) == (b"sealed", ["batch"], [])


def test_a_wrong_secret_is_refused(signed_server: tuple[str, str]) -> None:
    place = a_place(signed_server[0], "s3://letters/spool", secret="wrong")

    acts = [
        lambda: place.put("batch", b"sealed"),
        lambda: place.read("batch"),
        lambda: list(place.list()),
        lambda: place.remove("batch"),
    ]
    for act in acts:
        with pytest.raises(PlaceFailed, match="Check the endpoint"):
            act()
