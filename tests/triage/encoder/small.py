"""An encoder of two words, small enough to be worked out: it minds the word “bad”."""

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage.encoder import installed
from letterdesk.triage.encoder.body import TOKENS, Body
from letterdesk.triage.encoder.encoder import Encoder, Voice, written
from letterdesk.triage.encoder.net import Shape
from letterdesk.triage.encoder.pieces import Pieces
from letterdesk.triage.model import weights

SHAPE = Shape(layers=1, width=8, heads=2, inner=16)
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


def small_encoder(voice: Voice = VOICE) -> Encoder:
    """Give an encoder whose logits are higher, the more of a text is the word “bad”."""
    pieces = ["\u2581bad", "\u2581", *LETTERS]
    words = np.random.default_rng(1).normal(size=(len(pieces) + 4, 8))
    words[BAD] = 4 * np.sign(words[BAD])
    layer = SHAPE.sizes()
    layers = {name: np.zeros(size, dtype=np.float32) for name, size in layer.items()}
    layers["0.norm"][:] = layers["0.last"][:] = 1
    body = Body(
        shape=SHAPE,
        pieces=Pieces(pieces, [-1.0, -2.0, *[-8.0] * len(LETTERS)]),
        words=words.astype(np.float32),
        places=np.zeros((TOKENS, 8), dtype=np.float32),
        level=np.ones(8, dtype=np.float32),
        shift=np.zeros(8, dtype=np.float32),
        layers=layers,
    )
    view = np.sign(words[BAD]) - np.sign(words[BAD]).mean()
    return Encoder(voice=voice, body=body, view=view.astype(np.float32))


def install(folder: Path, encoder: Encoder, patch: pytest.MonkeyPatch) -> None:
    """Install an encoder, as `letterdesk[encoder]` does."""
    package = folder / installed.PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    name, raw = f"encoder-{encoder.voice.language}.npz", written(encoder)
    (package / name).write_bytes(raw)
    digests = {name: hashlib.sha256(raw).hexdigest()}
    facts = {"version": int(encoder.voice.version), "sha256": digests}
    (package / installed.LIST).write_text(json.dumps(facts))
    patch.syspath_prepend(folder)
    patch.delenv("LETTERDESK_ENCODER", raising=False)
    forget()


def forget() -> None:
    """Forget what was read of installed encoders."""
    sys.modules.pop(installed.PACKAGE, None)
    installed.encoder.cache_clear()
    installed._found.cache_clear()
    weights._loaded.cache_clear()


@contextmanager
def installed_for_a_while(folder: Path, encoder: Encoder) -> Iterator[None]:
    """Have an encoder installed; afterwards all is as before."""
    with pytest.MonkeyPatch.context() as patch:
        install(folder, encoder, patch)
        yield
    forget()
