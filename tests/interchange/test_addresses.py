from pathlib import Path

import pytest

from letterdesk.interchange.addresses import Addresses, read_moved, site_name
from letterdesk.interchange.source import ImportFailed


@pytest.mark.parametrize(
    ("url", "now"),
    [
        ("https://old.example/1", "https://new.example/a"),
        ("https://old.example/1#comments", "https://new.example/a"),
        ("https://old.example/2", "https://old.example/2"),
        ("/ferry", "https://news.example/ferry"),
        ("ferry", "https://news.example/ferry"),
        ("/moved", "https://new.example/m"),
        ("https://news.example/moved-whole?utm_source=x", "https://new.example/w"),
        ("https://news.example/a?utm_source=x", "https://news.example/a?utm_source=x"),
        ("/whole", "https://new.example/w"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("", ""),
        ("#", ""),
    ],
)
def test_an_address_is_made_whole_and_follows_where_it_moved(url: str, now: str):
    moved = {
        "https://old.example/1": "https://new.example/a",
        "/moved": "https://new.example/m",
        "https://news.example/moved-whole": "https://new.example/w",
        "https://news.example/whole": "https://new.example/w",
    }

    assert Addresses(site="https://news.example", moved=moved).now(url) == now


def test_a_path_without_a_site_asks_for_it():
    with pytest.raises(ImportFailed, match=r"--site https://news\.example"):
        Addresses().now("/ferry")


def test_what_is_no_path_needs_no_site_to_be_wrong():
    assert Addresses().now("javascript:alert(1)") == "javascript:alert(1)"


@pytest.mark.parametrize(
    "address",
    ["https://www.news.example/", "http://news.example", "HTTPS://NEWS.EXAMPLE"],
)
def test_a_site_is_the_same_however_its_address_is_written(address: str):
    assert site_name(address) == "news.example"


@pytest.mark.parametrize("odd", ["", "Default Site", "http://[", "https://"])
def test_what_is_no_address_is_a_name(odd: str):
    assert site_name(odd) == odd


def test_a_list_of_moves_is_read(tmp_path: Path):
    path = tmp_path / "moved.tsv"
    path.write_text("# old\tnew\n\n/1\thttps://news.example/1\n", encoding="utf-8-sig")

    assert read_moved(path) == {"/1": "https://news.example/1"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"/1 https://news.example/1\n", "Line 1"),
        (b"/1\t\n", "Line 1"),
        (b"\xff\n", "is not text in UTF-8"),
    ],
)
def test_a_list_that_is_none_is_refused(content: bytes, words: str, tmp_path: Path):
    path = tmp_path / "moved.tsv"
    path.write_bytes(content)

    with pytest.raises(ImportFailed, match=words):
        read_moved(path)
