"""How each part of an encoder moves what it gives: backward through encoder/net.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from letterdesk.triage.encoder.body import Body
from letterdesk.triage.encoder.net import (
    CUBE,
    GELU,
    HALF,
    IN,
    OUT,
    Level,
    Normed,
    Passed,
    Shape,
    Tokens,
    heads,
    layer_of,
    padded,
    pooled,
    shares,
)
from letterdesk.triage.model.sparse import Floats


@dataclass(frozen=True)
class Reading:
    """Texts as read: a row of numbers each, and what their slopes are found by."""

    mask: Floats
    layers: list[Passed]
    pooled: Normed


def read(body: Body, texts: Sequence[Tokens]) -> Reading:
    """Read texts."""
    tokens, mask = padded(texts)
    layers = list(body.passes(body.embedded(tokens), mask))
    given = pooled(layers[-1].last.given, shares(mask))
    return Reading(mask, layers, given)


def slopes(
    reading: Reading,
    down: Floats,
    body: Body,
    *,
    taught: Mapping[str, Floats],
    into: Mapping[str, Floats],
) -> None:
    """Put into `into` how what is taught moves the loss, `down` being how the readings do.

    `taught` and `into` have the names of Shape.taught.
    """
    count, length = reading.mask.shape
    share = shares(reading.mask)
    mean = _norm_down(reading.pooled, down, np.float32(1))[0]
    tokens = (share[:, :, None] * mean[:, None, :]).reshape(count * length, -1)
    for number in reversed(range(body.shape.layers)):
        tokens = _layer_down(
            reading.layers[number],
            tokens,
            _Layer(*(layer_of(each, number) for each in (body.layers, taught, into))),
            body.shape,
        )


@dataclass(frozen=True)
class _Layer:
    """A layer as it is, what a lesson has added to it, and where its slopes go."""

    known: Mapping[str, Floats]
    taught: Mapping[str, Floats]
    into: Mapping[str, Floats]


def _layer_down(passed: Passed, down: Floats, layer: _Layer, of: Shape) -> Floats:
    known, into = layer.known, layer.into
    down, into["last"][:], into["last_bias"][:] = _norm_down(
        passed.last, down, known["last"]
    )
    active = _dense_down(passed.active, down, layer, "narrow")
    active *= _gelu_slope(passed.wide, passed.bent)
    down = down + _dense_down(passed.middle.given, active, layer, "wide")
    down, into["norm"][:], into["norm_bias"][:] = _norm_down(
        passed.middle, down, known["norm"]
    )
    heard = _dense_down(passed.heard, down, layer, "out")
    count, _, length, _ = passed.looked.shape
    query, key, value = heads(passed.qkv, count, length, of)
    heard = heard.reshape(count, length, of.heads, -1).swapaxes(1, 2)
    looked = heard @ value.swapaxes(-1, -2)
    looked -= (looked * passed.looked).sum(-1, keepdims=True)
    looked *= passed.looked
    looked *= np.float32((of.width // of.heads) ** -0.5)
    qkv = np.empty_like(passed.qkv)
    query_down, key_down, value_down = heads(qkv, count, length, of)
    query_down[:] = looked @ key
    key_down[:] = looked.swapaxes(-1, -2) @ query
    value_down[:] = passed.looked.swapaxes(-1, -2) @ heard
    return down + _dense_down(passed.came, qkv, layer, "qkv")


def _gelu_slope(wide: Floats, bent: Floats) -> Floats:
    """Give how each unit moves with what came; in place, since memory is what is slow."""
    slope = wide * wide
    slope *= 3 * CUBE
    slope += 1
    slope *= wide
    slope *= GELU
    slope *= 1 - bent * bent
    slope += bent
    slope += 1
    slope *= HALF
    return slope


def _dense_down(came: Floats, down: Floats, layer: _Layer, name: str) -> Floats:
    """Give the slopes of what came; those of the matrix are asked of its two parts only."""
    taught_in, taught_out = layer.taught[name + IN], layer.taught[name + OUT]
    np.matmul((down @ taught_out.T).T, came, out=layer.into[name + IN])
    np.matmul((came @ taught_in.T).T, down, out=layer.into[name + OUT])
    np.sum(down, axis=0, out=layer.into[f"{name}_bias"])
    return np.asarray(down @ layer.known[name].T)


def _norm_down(normed: Normed, down: Floats, level: Level) -> tuple[Floats, Floats, Floats]:
    """Give the slopes of what came, of the level and of the shift."""
    straight = normed.straight
    slope = down * level
    along = (slope * straight).mean(-1, keepdims=True)
    came = normed.spread * (slope - slope.mean(-1, keepdims=True) - straight * along)
    return came, (down * straight).sum(0), down.sum(0)
