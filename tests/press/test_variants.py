import gzip

import brotli

from letterdesk.press.variants import with_variants

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


def test_same_files_give_the_same_variants():
    assert with_variants({"index.html": _LONG}) == with_variants({"index.html": _LONG})
