"""An encoder of one language: how unwelcome comments read to it, as logits.

It is heard beside the tables (model/score.py), and only where it is installed. Its file has
what its language adds to the layers that all have in common (trunk.py): its pieces, and
what it was taught, one signed byte a weight and a scale for each row of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.encoder import trunk as trunks
from letterdesk.triage.encoder import voice as voices
from letterdesk.triage.encoder.body import Body
from letterdesk.triage.encoder.packed import Packed
from letterdesk.triage.encoder.pieces import Pieces
from letterdesk.triage.encoder.trunk import Trunk, moved
from letterdesk.triage.encoder.voice import SILENT, Voice
from letterdesk.triage.model.sparse import Floats

_STEPS = 127  # of a byte, to either side
_SCALE = ".scale"


class NotAnEncoder(LetterdeskError):
    """A file that holds no encoder that this version can read."""

    code = "not-an-encoder"


@dataclass(frozen=True, kw_only=True)
class Encoder:
    """What reads, what tells unwelcome from welcome in what it gives, and how loud.

    `taught` is in the body's layers already: what they differ by from the trunk's.
    """

    voice: Voice
    body: Body
    taught: Mapping[str, Floats]  # by the names of Shape.taught
    view: Floats  # (width,)

    def logits(self, texts: Sequence[str]) -> Floats:
        """Give the logit of each normalised text: that of its worst stretch.

        So kind words beside it hide nothing.
        """
        each = [self.body.stretches(text) for text in texts]
        if not each:
            return np.empty(0, dtype=np.float32)
        found = self.body.given(list(chain.from_iterable(each))) @ self.view
        first = np.cumsum([0, *map(len, each[:-1])])
        return np.asarray(np.maximum.reduceat(found, first), dtype=np.float32)


def rounded(rows: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Give rows of numbers as bytes, and what a step of each row counts."""
    scale = np.abs(rows).max(axis=-1, keepdims=True) / _STEPS
    scale[scale == 0] = 1
    return np.rint(rows / scale).astype(np.int8), scale.astype(np.float32)


def written(found: Encoder) -> bytes:
    """Give the file of an encoder, without its voice; the same one gives the same bytes."""
    pieces = found.body.pieces
    parts: dict[str, NDArray[Any]] = {
        "pieces": _text("\n".join(pieces.written)),
        "chances": np.array(pieces.chances, dtype=np.float32),
        "words": found.body.words.blocks,
        "view": found.view,
    }
    for name, part in found.taught.items():
        if part.ndim == 1:
            parts[name] = part
        else:
            parts[name], parts[name + _SCALE] = rounded(part)
    out = BytesIO()
    np.savez(out, allow_pickle=False, **parts)
    return out.getvalue()


def read(raw: bytes, trunk: Trunk, voice: Voice = SILENT) -> Encoder:
    """Give the encoder in a file that `written` made, grown from `trunk`.

    Raises NotAnEncoder.
    """
    with _told(), np.load(BytesIO(raw), allow_pickle=False) as file:
        taught = {name: _part(file, name) for name in trunk.shape.taught()}
        body = Body(
            shape=trunk.shape,
            pieces=Pieces(
                file["pieces"].tobytes().decode().split("\n"), file["chances"].tolist()
            ),
            words=Packed(file["words"]),
            places=trunk.places,
            level=trunk.level,
            shift=trunk.shift,
            layers=moved(trunk.layers(), taught),
        )
        return Encoder(voice=voice, body=body, taught=taught, view=file["view"])


def read_voice(raw: bytes) -> Voice:
    """Give the voice in its file. Raises NotAnEncoder."""
    with _told():
        return voices.read(raw)


def read_trunk(raw: bytes) -> Trunk:
    """Give the trunk in its file. Raises NotAnEncoder."""
    with _told():
        return trunks.read(raw)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BadZipFile, EOFError, KeyError, OSError, TypeError, ValueError) as error:
        raise NotAnEncoder(
            "The encoder's file is damaged, or of another version of Letterdesk. Install "
            "it again."
        ) from error


def _text(written: str) -> NDArray[np.uint8]:
    return np.frombuffer(written.encode(), dtype=np.uint8)


def _part(file: Mapping[str, NDArray[Any]], name: str) -> Floats:
    part = file[name].astype(np.float32)
    if name + _SCALE in file:
        part *= file[name + _SCALE]
    return np.asarray(part, dtype=np.float32)
