"""What the encoders of all languages grow from: layers as they came, in one file.

What a lesson in one language moves in them is small (LoRA: Hu et al., 2021): beside each
matrix of theirs a product of two narrow ones is added, so that a language costs a tenth
of what the layers do.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.encoder.net import IN, OUT, Shape
from letterdesk.triage.encoder.packed import Packed
from letterdesk.triage.model.sparse import Floats

_FACTS, _PLACES, _LEVEL, _SHIFT = "shape", "places", "level", "shift"


@dataclass(frozen=True, kw_only=True)
class Trunk:
    """Layers, and where tokens stand, of an encoder that nobody has taught yet."""

    shape: Shape
    places: Floats  # (TOKENS or more, width)
    level: Floats
    shift: Floats
    matrices: Mapping[str, Packed]  # by the names in `shape`, a row for each number given
    rest: Mapping[str, Floats]  # norms, and what is added

    def layers(self) -> Iterator[tuple[str, Floats]]:
        """Give each part of the layers, by the names in `shape`, in numbers."""
        for name, part in self.matrices.items():
            yield name, part.rows().T
        yield from self.rest.items()


def moved(
    layers: Iterable[tuple[str, Floats]], taught: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Give layers as a lesson has moved them; `taught` has the names of Shape.taught."""
    return {name: _moved(name, part, taught) for name, part in layers}


def _moved(name: str, part: Floats, taught: Mapping[str, Floats]) -> Floats:
    if part.ndim == 1:
        return np.asarray(part + taught[name])
    by = taught[name + IN].T @ taught[name + OUT]
    by += part
    return np.asarray(by)


def written(trunk: Trunk) -> bytes:
    """Give the file of a trunk; the same one gives the same bytes."""
    facts = json.dumps(asdict(trunk.shape), sort_keys=True).encode()
    parts: dict[str, NDArray[Any]] = {
        _FACTS: np.frombuffer(facts, dtype=np.uint8),
        _PLACES: trunk.places,
        _LEVEL: trunk.level,
        _SHIFT: trunk.shift,
        **{name: part.blocks for name, part in trunk.matrices.items()},
        **trunk.rest,
    }
    out = BytesIO()
    np.savez(out, allow_pickle=False, **parts)
    return out.getvalue()


def read(raw: bytes) -> Trunk:
    """Give the trunk in a file that `written` made.

    Raises what `np.load` and `json` raise when it is none.
    """
    with np.load(BytesIO(raw), allow_pickle=False) as file:
        shape = Shape(**json.loads(file[_FACTS].tobytes()))
        parts = {name: file[name] for name in shape.sizes()}
        return Trunk(
            shape=shape,
            places=file[_PLACES],
            level=file[_LEVEL],
            shift=file[_SHIFT],
            matrices={name: Packed(part) for name, part in parts.items() if part.ndim == 2},
            rest={name: part for name, part in parts.items() if part.ndim == 1},
        )
