"""How each part of an encoder moves what it gives: backward through encoder/net.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from letterdesk.triage.encoder.body import Body
from letterdesk.triage.encoder.net import (
    CUBE,
    GELU,
    HALF,
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


def slopes(reading: Reading, down: Floats, body: Body, into: Mapping[str, Floats]) -> None:
    """Put into `into` how each part moves the loss, `down` being how the readings do."""
    count, length = reading.mask.shape
    share = shares(reading.mask)
    mean = _norm_down(reading.pooled, down, np.float32(1))[0]
    tokens = (share[:, :, None] * mean[:, None, :]).reshape(count * length, -1)
    for number in reversed(range(body.shape.layers)):
        tokens = _layer_down(
            reading.layers[number],
            tokens,
            layer_of(body.layers, number),
            layer_of(into, number),
            body.shape,
        )


def _layer_down(
    passed: Passed,
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
    return down + _dense_down(passed.came, qkv, known, into, "qkv")


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


def _norm_down(normed: Normed, down: Floats, level: Level) -> tuple[Floats, Floats, Floats]:
    """Give the slopes of what came, of the level and of the shift."""
    straight = normed.straight
    slope = down * level
    along = (slope * straight).mean(-1, keepdims=True)
    came = normed.spread * (slope - slope.mean(-1, keepdims=True) - straight * along)
    return came, (down * straight).sum(0), down.sum(0)
