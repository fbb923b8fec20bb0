"""A small transformer in numpy, forward and backward.

Layers as in BERT (Devlin et al., 2019): attention and two dense layers, each followed by a
norm; the mean of a text's tokens is what it gives. All that is learnt lies in one vector,
and its slopes in another, so that a step and a copy are each one thing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.sparse import Floats

Tokens = NDArray[np.int64]
PAD = 1  # what fills a row of tokens up
_TINY = np.float32(1e-12)
_GELU, _CUBE = np.float32(0.7978845608), np.float32(0.044715)
_HALF = np.float32(0.5)
_FAR = np.float32(-1e9)


@dataclass(frozen=True)
class Shape:
    """How large an encoder is."""

    layers: int
    width: int
    heads: int
    inner: int

    def sizes(self) -> dict[str, tuple[int, ...]]:
        """Give the shape of each part, by its layer's number and its name."""
        layer = self.layer()
        return {
            f"{number}.{name}": size
            for number in range(self.layers)
            for name, size in layer.items()
        }

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
class Parts:
    """One vector, and each part of it by its name."""

    flat: Floats
    named: Mapping[str, Floats]


def parts(sizes: Mapping[str, tuple[int, ...]]) -> Parts:
    """Give a vector of zeros, cut into parts of these shapes."""
    vector = np.zeros(sum(map(prod, sizes.values())), dtype=np.float32)
    named: dict[str, Floats] = {}
    first = 0
    for name, size in sizes.items():
        end = first + prod(size)
        named[name] = vector[first:end].reshape(size)
        first = end
    return Parts(vector, named)


@dataclass(frozen=True)
class _Normed:
    """What a norm gave, and what its backward needs."""

    given: Floats
    straight: Floats
    spread: Floats


@dataclass(frozen=True)
class _Passed:
    """What one layer's backward needs of its forward."""

    came: Floats
    qkv: Floats
    looked: Floats
    heard: Floats
    middle: _Normed
    wide: Floats
    bent: Floats
    active: Floats
    last: _Normed


@dataclass(frozen=True)
class Reading:
    """Texts as read: a row of numbers each, and what backward needs."""

    given: Floats
    mask: Floats
    layers: list[_Passed]
    pooled: _Normed


def padded(texts: Sequence[Tokens]) -> tuple[Tokens, Floats]:
    """Give rows of tokens, filled up to the longest, and 1 where a token is, else 0."""
    rows = np.full((len(texts), max(map(len, texts))), PAD, dtype=np.int64)
    mask = np.zeros(rows.shape, dtype=np.float32)
    for row, there, tokens in zip(rows, mask, texts, strict=True):
        row[: len(tokens)] = tokens
        there[: len(tokens)] = 1
    return rows, mask


def read(embedded: Floats, mask: Floats, known: Mapping[str, Floats], of: Shape) -> Reading:
    """Read embedded tokens, (texts, tokens, width); `mask` is 0 where none is, else 1."""
    count, length, width = embedded.shape
    tokens = embedded.reshape(-1, width)
    far = ((1 - mask) * _FAR)[:, None, None, :]
    layers: list[_Passed] = []
    for number in range(of.layers):
        passed = _layer(tokens, far, _of_layer(known, number), of)
        layers.append(passed)
        tokens = passed.last.given
    share = mask / mask.sum(1, keepdims=True)
    mean = np.matmul(share[:, None, :], tokens.reshape(count, length, width))[:, 0]
    pooled = _norm(mean, np.float32(1), np.float32(0))
    return Reading(pooled.given, share, layers, pooled)


def slopes(
    reading: Reading,
    down: Floats,
    known: Mapping[str, Floats],
    into: Mapping[str, Floats],
    of: Shape,
) -> None:
    """Put into `into` how each part moves the loss, `down` being how the readings do."""
    count, length = reading.mask.shape
    mean = _norm_down(reading.pooled, down, np.float32(1))[0]
    tokens = (reading.mask[:, :, None] * mean[:, None, :]).reshape(count * length, -1)
    for number in reversed(range(of.layers)):
        tokens = _layer_down(
            reading.layers[number],
            tokens,
            _of_layer(known, number),
            _of_layer(into, number),
            of,
        )


def _of_layer(known: Mapping[str, Floats], number: int) -> dict[str, Floats]:
    lead = f"{number}."
    return {
        name.removeprefix(lead): part
        for name, part in known.items()
        if name.startswith(lead)
    }


def _layer(came: Floats, far: Floats, known: Mapping[str, Floats], of: Shape) -> _Passed:
    count, length = far.shape[0], far.shape[-1]
    qkv = came @ known["qkv"] + known["qkv_bias"]
    query, key, value = _heads(qkv, count, length, of)
    looked = query @ key.swapaxes(-1, -2)
    looked *= np.float32((of.width // of.heads) ** -0.5)
    looked += far
    looked -= looked.max(-1, keepdims=True)
    np.exp(looked, out=looked)
    looked /= looked.sum(-1, keepdims=True)
    heard = _joined(looked @ value, of)
    middle = _norm(
        came + heard @ known["out"] + known["out_bias"], known["norm"], known["norm_bias"]
    )
    wide = middle.given @ known["wide"] + known["wide_bias"]
    active, bent = _gelu(wide)
    last = _norm(
        middle.given + active @ known["narrow"] + known["narrow_bias"],
        known["last"],
        known["last_bias"],
    )
    return _Passed(came, qkv, looked, heard, middle, wide, bent, active, last)


def _layer_down(
    passed: _Passed,
    down: Floats,
    known: Mapping[str, Floats],
    into: Mapping[str, Floats],
    of: Shape,
) -> Floats:
    down, into["last"][:], into["last_bias"][:] = _norm_down(
        passed.last, down, known["last"]
    )
    active = _dense_down(passed.active, down, known, into, "narrow")
    active *= _gelu_slope(passed.wide, passed.bent)
    down = down + _dense_down(passed.middle.given, active, known, into, "wide")
    down, into["norm"][:], into["norm_bias"][:] = _norm_down(
        passed.middle, down, known["norm"]
    )
    heard = _dense_down(passed.heard, down, known, into, "out")
    count, _, length, _ = passed.looked.shape
    query, key, value = _heads(passed.qkv, count, length, of)
    heard = heard.reshape(count, length, of.heads, -1).swapaxes(1, 2)
    looked = heard @ value.swapaxes(-1, -2)
    looked -= (looked * passed.looked).sum(-1, keepdims=True)
    looked *= passed.looked
    looked *= np.float32((of.width // of.heads) ** -0.5)
    qkv = np.empty_like(passed.qkv)
    query_down, key_down, value_down = _heads(qkv, count, length, of)
    query_down[:] = looked @ key
    key_down[:] = looked.swapaxes(-1, -2) @ query
    value_down[:] = passed.looked.swapaxes(-1, -2) @ heard
    return down + _dense_down(passed.came, qkv, known, into, "qkv")


def _gelu(wide: Floats) -> tuple[Floats, Floats]:
    """Give the gated units, and the tanh in them (Hendrycks and Gimpel, 2016)."""
    bent = wide * wide
    bent *= _CUBE
    bent += 1
    bent *= wide
    bent *= _GELU
    np.tanh(bent, out=bent)
    active = bent + 1
    active *= wide
    active *= _HALF
    return active, bent


def _gelu_slope(wide: Floats, bent: Floats) -> Floats:
    """Give how each unit moves with what came; in place, since memory is what is slow."""
    slope = wide * wide
    slope *= 3 * _CUBE
    slope += 1
    slope *= wide
    slope *= _GELU
    slope *= 1 - bent * bent
    slope += bent
    slope += 1
    slope *= _HALF
    return slope


def _heads(qkv: Floats, count: int, length: int, of: Shape) -> tuple[Floats, ...]:
    """Give views of what asks, what is asked and what is told: (texts, heads, tokens)."""
    split = qkv.reshape(count, length, 3, of.heads, -1)
    return tuple(split[:, :, each].swapaxes(1, 2) for each in range(3))


def _joined(heard: Floats, of: Shape) -> Floats:
    return np.ascontiguousarray(heard.swapaxes(1, 2)).reshape(-1, of.width)


def _dense_down(
    came: Floats,
    down: Floats,
    known: Mapping[str, Floats],
    into: Mapping[str, Floats],
    name: str,
) -> Floats:
    np.matmul(came.T, down, out=into[name])
    np.sum(down, axis=0, out=into[f"{name}_bias"])
    return np.asarray(down @ known[name].T)


def _norm(came: Floats, level: Floats, shift: Floats) -> _Normed:
    straight = came - came.mean(-1, keepdims=True)
    spread = 1 / np.sqrt(np.square(straight).mean(-1, keepdims=True) + _TINY)
    straight *= spread
    return _Normed(straight * level + shift, straight, spread)


def _norm_down(
    normed: _Normed, down: Floats, level: Floats
) -> tuple[Floats, Floats, Floats]:
    """Give the slopes of what came, of the level and of the shift."""
    straight = normed.straight
    slope = down * level
    along = (slope * straight).mean(-1, keepdims=True)
    came = normed.spread * (slope - slope.mean(-1, keepdims=True) - straight * along)
    return came, (down * straight).sum(0), down.sum(0)
