"""All that is learnt in one vector, so that a step and a copy are each one thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from letterdesk.triage.model.sparse import Floats


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
