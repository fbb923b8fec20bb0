import tracemalloc
from collections.abc import Callable

import pytest

from letterdesk.letterbox.accept import encodings, wants_json


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "Application/JSON",
        "application/problem+json",
        "application/json, text/plain, */*",
        "text/html;q=0.5, application/json",
        "application/json;charset=utf-8;q=0.9, text/html;q=0.8",
    ],
)
def test_programs_get_data(accept: str) -> None:
    assert wants_json(accept)


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/json",
        "application/json;q=0",
        "application/json;q=0.5, application/xhtml+xml",
        "application/json;q=nonsense",
        "application/json;q=7",
        "text/html;q=0.1" + ", */*" * 10_000 + ", application/json",
    ],
)
def test_people_get_pages(accept: str) -> None:
    assert not wants_json(accept)


@pytest.mark.parametrize(
    ("header", "tried"),
    [
        ("", ()),
        ("identity", ()),
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("br", ("br",)),
        ("GZIP", ("gzip",)),
        ("br;q=0.2, gzip;q=0.8", ("gzip", "br")),
        ("br;q=0, gzip", ("gzip",)),
        ("*", ("br", "gzip")),
        ("*;q=0", ()),
        ("gzip;q=0.5, identity", ()),
        ("gzip;q=0.5, identity;q=0.2, *;q=0", ("gzip",)),
        ("br; q=1.0 , gzip ; q=1", ("br", "gzip")),
        ("br;q=x", ()),
    ],
)
def test_encodings_are_tried_in_the_clients_order(
    header: str, tried: tuple[str, ...]
) -> None:
    assert encodings(header) == tried


@pytest.mark.parametrize("reads", [wants_json, encodings])
def test_long_headers_are_not_kept(reads: Callable[[str], object]) -> None:
    tracemalloc.start()
    try:
        for number in range(100):
            reads(f"a/{number}, " + "x" * 60_000)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < 500_000
