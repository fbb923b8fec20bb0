"""A small transformer in numpy: what it makes of rows of tokens.

Layers as in BERT (Devlin et al., 2019): attention and two dense layers, each followed by a
norm; the mean of a text's tokens is what it gives.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.sparse import Floats

Tokens = NDArray[np.int64]
Level = Floats | np.float32
BEGIN, PAD, END, UNKNOWN = range(4)  # PAD fills rows up
FIRST = 4  # the number of the first piece
IN, OUT = ".in", ".out"  # the two narrow matrices whose product moves one of a layer's
CUBE = np.float32(0.044715)
GELU = np.float32(0.7978845608)
HALF = np.float32(0.5)
_TINY = np.float32(1e-12)
_FAR = np.float32(-1e9)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large an encoder is."""

    layers: int
    width: int
    heads: int
    inner: int
    rank: int  # of what a lesson adds to a matrix

    def sizes(self) -> dict[str, tuple[int, ...]]:
        """Give the shape of each part of the layers, by its layer's number and its name."""
        layer = self.layer()
        return {
            f"{number}.{name}": size
            for number in range(self.layers)
            for name, size in layer.items()
        }

    def taught(self) -> dict[str, tuple[int, ...]]:
        """Give the shape of each part of what a lesson adds to the layers, by its name."""
        found: dict[str, tuple[int, ...]] = {}
        for name, size in self.sizes().items():
            if len(size) == 1:
                found[name] = size
            else:
                came, given = size
                found |= {name + IN: (self.rank, came), name + OUT: (self.rank, given)}
        return found

    def layer(self) -> dict[str, tuple[int, ...]]:
        """Give the shape of each part of a layer."""
        width, inner = self.width, self.inner
        return {
            "qkv": (width, 3 * width),
            "qkv_bias": (3 * width,),
            "out": (width, width),
            "out_bias": (width,),
            "norm": (width,),
            "norm_bias": (width,),
            "wide": (width, inner),
            "wide_bias": (inner,),
            "narrow": (inner, width),
            "narrow_bias": (width,),
            "last": (width,),
            "last_bias": (width,),
        }


@dataclass(frozen=True)
class Normed:
    """What a norm gave, and what its slopes are found by."""

    given: Floats
    straight: Floats
    spread: Floats


@dataclass(frozen=True)
class Passed:
    """What one layer made of tokens, and what its slopes are found by."""

    came: Floats
    qkv: Floats
    looked: Floats
    heard: Floats
    middle: Normed
    wide: Floats
    bent: Floats
    active: Floats
    last: Normed


def padded(texts: Sequence[Tokens]) -> tuple[Tokens, Floats]:
    """Give rows of tokens, filled up to the longest, and 1 where a token is, else 0."""
    rows = np.full((len(texts), max(map(len, texts))), PAD, dtype=np.int64)
    mask = np.zeros(rows.shape, dtype=np.float32)
    for row, there, tokens in zip(rows, mask, texts, strict=True):
        row[: len(tokens)] = tokens
        there[: len(tokens)] = 1
    return rows, mask


def passes(
    embedded: Floats, mask: Floats, known: Mapping[str, Floats], of: Shape
) -> Iterator[Passed]:
    """Give what each layer makes of embedded tokens, (texts, tokens, width), in turn.

    `mask` is 0 where no token is, else 1.
    """
    tokens = embedded.reshape(-1, of.width)
    far = ((1 - mask) * _FAR)[:, None, None, :]
    for number in range(of.layers):
        passed = _layer(tokens, far, layer_of(known, number), of)
        yield passed
        tokens = passed.last.given


def pooled(tokens: Floats, share: Floats) -> Normed:
    """Give a row for each text: the mean of what its tokens became, by their `share`."""
    count, length = share.shape
    mean = np.matmul(share[:, None, :], tokens.reshape(count, length, -1))[:, 0]
    return norm(mean, np.float32(1), np.float32(0))


def shares(mask: Floats) -> Floats:
    """Give what each token counts in its text."""
    return np.asarray(mask / mask.sum(1, keepdims=True))


def norm(came: Floats, level: Level, shift: Level) -> Normed:
    """Give numbers of mean 0 and spread 1 along the last axis, at a level and a shift."""
    straight = came - came.mean(-1, keepdims=True)
    spread = 1 / np.sqrt(np.square(straight).mean(-1, keepdims=True) + _TINY)
    straight *= spread
    return Normed(straight * level + shift, straight, spread)


def layer_of(known: Mapping[str, Floats], number: int) -> dict[str, Floats]:
    """Give the parts of one layer by their names."""
    lead = f"{number}."
    return {
        name.removeprefix(lead): part
        for name, part in known.items()
        if name.startswith(lead)
    }


def heads(qkv: Floats, count: int, length: int, of: Shape) -> tuple[Floats, ...]:
    """Give views of what asks, what is asked and what is told: (texts, heads, tokens)."""
    split = qkv.reshape(count, length, 3, of.heads, -1)
    return tuple(split[:, :, each].swapaxes(1, 2) for each in range(3))


def _layer(came: Floats, far: Floats, known: Mapping[str, Floats], of: Shape) -> Passed:
    count, length = far.shape[0], far.shape[-1]
    qkv = came @ known["qkv"] + known["qkv_bias"]
    query, key, value = heads(qkv, count, length, of)
    looked = query @ key.swapaxes(-1, -2)
    looked *= np.float32((of.width // of.heads) ** -0.5)
    looked += far
    looked -= looked.max(-1, keepdims=True)
    np.exp(looked, out=looked)
    looked /= looked.sum(-1, keepdims=True)
    each = np.asarray(looked @ value, dtype=np.float32)
    heard = np.ascontiguousarray(each.swapaxes(1, 2)).reshape(-1, of.width)
    middle = norm(
        came + heard @ known["out"] + known["out_bias"], known["norm"], known["norm_bias"]
    )
    wide = middle.given @ known["wide"] + known["wide_bias"]
    active, bent = _gelu(wide)
    last = norm(
        middle.given + active @ known["narrow"] + known["narrow_bias"],
        known["last"],
        known["last_bias"],
    )
    return Passed(came, qkv, looked, heard, middle, wide, bent, active, last)


def _gelu(wide: Floats) -> tuple[Floats, Floats]:
    """Give the gated units, and the tanh in them (Hendrycks and Gimpel, 2016)."""
    bent = wide * wide
    bent *= CUBE
    bent += 1
    bent *= wide
    bent *= GELU
    np.tanh(bent, out=bent)
    active = bent + 1
    active *= wide
    active *= HALF
    return active, bent
