import gzip

import brotli
import pytest

from letterdesk.press.variants import unpacks_to, variants_of, with_variants

_LONG = b"<p>The ferry will not come back.</p>" * 5000


def test_variants_decompress_to_the_plain_bytes():
    files = {"index.html": b"<p>Short", "2/index.html": _LONG, "thread.json": b"{}"}

    found = with_variants(files)

    for path, raw in files.items():
        assert found[path] == raw
        assert brotli.decompress(found[f"{path}.br"]) == raw
        assert gzip.decompress(found[f"{path}.gz"]) == raw
    assert len(found["2/index.html.br"]) < len(found["2/index.html.gz"]) < len(_LONG) / 50


def test_variants_stand_in_front_of_their_plain_file():
    assert list(with_variants({"a.html": b"a", "b.webp": b"b"})) == [
        "a.html.br",
        "a.html.gz",
        "a.html",
        "b.webp",
    ]


@pytest.mark.parametrize("plain", [b"", b"<p>Short", _LONG])
def test_every_variant_is_recognised_and_nothing_else(plain):
    found = with_variants({"a.html": plain})

    for path in variants_of("a.html"):
        assert unpacks_to(plain, path, found[path])
        assert not unpacks_to(plain + b".", path, found[path])
        assert not unpacks_to(plain[:-1] + b"!", path, found[path])
        assert not unpacks_to(plain, path, found[path] + b"more")
        assert not unpacks_to(plain, path, found[path][:-1])
    assert variants_of("b.webp") == ()


def test_same_files_give_the_same_variants():
    assert with_variants({"index.html": _LONG}) == with_variants({"index.html": _LONG})
