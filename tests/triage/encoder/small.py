"""An encoder of two words, small enough to be worked out: it minds the word “bad”."""

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import pack

import numpy as np
import pytest

from letterdesk.triage.encoder import installed
from letterdesk.triage.encoder import voice as voices
from letterdesk.triage.encoder.body import TOKENS, Body
from letterdesk.triage.encoder.encoder import Encoder, written
from letterdesk.triage.encoder.net import Shape
from letterdesk.triage.encoder.packed import Packed, packed
from letterdesk.triage.encoder.pieces import Pieces
from letterdesk.triage.encoder.trunk import Trunk, moved
from letterdesk.triage.encoder.trunk import written as trunk_written
from letterdesk.triage.encoder.voice import Voice
from letterdesk.triage.model import weights

SHAPE = Shape(layers=1, width=32, heads=2, inner=64, rank=2)
VOICE = Voice(
    language="en",
    version="3",
    tables=weights.tables("en").settings.version,
    loud=2.0,
    slope=1.0,
    offset=-1.0,
)
BAD = 4  # the number of its piece
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def as_packed(rows: np.ndarray) -> Packed:
    """Give rows in four bits each, as the package of the start has them."""
    blocks = rows.reshape(-1, 2, 16)
    scale = np.abs(blocks).max(axis=(1, 2), keepdims=True) / 7 + 1e-6
    low, high = (np.rint(blocks / scale) + 8).astype(np.uint8).swapaxes(0, 1)
    each = zip(scale.ravel(), low | high << 4, strict=True)
    raw = b"".join(pack("<e", one) + pairs.tobytes() for one, pairs in each)
    return packed(raw, width=rows.shape[1])


def small_trunk() -> Trunk:
    """Give one layer that leaves what it is given as it is."""
    width = SHAPE.width
    sizes = SHAPE.sizes()
    rest = {
        name: np.zeros(size, dtype=np.float32)
        for name, size in sizes.items()
        if len(size) == 1
    }
    rest["0.norm"][:] = rest["0.last"][:] = 1
    return Trunk(
        shape=SHAPE,
        places=np.zeros((TOKENS, width), dtype=np.float32),
        level=np.ones(width, dtype=np.float32),
        shift=np.zeros(width, dtype=np.float32),
        matrices={
            name: as_packed(np.zeros(size[::-1]))
            for name, size in sizes.items()
            if len(size) == 2
        },
        rest=rest,
    )


def small_encoder(voice: Voice = VOICE) -> Encoder:
    """Give an encoder whose logits are higher, the more of a text is the word “bad”."""
    pieces = ["\u2581bad", "\u2581", *LETTERS]
    words = np.random.default_rng(1).normal(size=(len(pieces) + 4, SHAPE.width))
    words[BAD] = 4 * np.sign(words[BAD])
    trunk = small_trunk()
    sizes = SHAPE.taught()
    taught = {name: np.zeros(size, dtype=np.float32) for name, size in sizes.items()}
    body = Body(
        shape=SHAPE,
        pieces=Pieces(pieces, [-1.0, -2.0, *[-8.0] * len(LETTERS)]),
        words=as_packed(words),
        places=trunk.places,
        level=trunk.level,
        shift=trunk.shift,
        layers=moved(trunk.layers(), taught),
    )
    view = np.sign(words[BAD]) - np.sign(words[BAD]).mean()
    view *= np.float32(8 / SHAPE.width)
    return Encoder(voice=voice, body=body, taught=taught, view=view.astype(np.float32))


def install(folder: Path, encoder: Encoder, patch: pytest.MonkeyPatch) -> None:
    """Install an encoder, as `letterdesk[encoder]` does."""
    package = folder / installed.PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    parts = {
        installed.TRUNK: trunk_written(small_trunk()),
        installed.encoder_of(encoder.voice.language): written(encoder),
        installed.voice_of(encoder.voice.language): voices.written(encoder.voice),
    }
    for name, raw in parts.items():
        (package / name).write_bytes(raw)
    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in parts.items()}
    facts = {"version": int(encoder.voice.version), "sha256": digests}
    (package / installed.LIST).write_text(json.dumps(facts))
    patch.syspath_prepend(folder)
    patch.delenv("LETTERDESK_ENCODER", raising=False)
    forget()


def forget() -> None:
    """Forget what was read of installed encoders."""
    sys.modules.pop(installed.PACKAGE, None)
    installed.encoder.cache_clear()
    installed._trunk.cache_clear()
    installed._found.cache_clear()
    weights._loaded.cache_clear()


@contextmanager
def installed_for_a_while(folder: Path, encoder: Encoder) -> Iterator[None]:
    """Have an encoder installed; afterwards all is as before."""
    with pytest.MonkeyPatch.context() as patch:
        install(folder, encoder, patch)
        yield
    forget()
