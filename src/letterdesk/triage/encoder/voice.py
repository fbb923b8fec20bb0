"""How an encoder is heard beside the tables: a small file beside its large one.

So tables that have learnt anew need a new voice of each encoder, and no new encoder.
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Voice:
    """How an encoder is heard beside the tables of one version.

    Its logits count `loud` beside theirs; `slope` and `offset` make a chance of the sum
    (Platt, 1999).
    """

    language: str = ""
    version: str = ""
    tables: str = ""
    loud: float = 0.0
    slope: float = 1.0
    offset: float = 0.0


SILENT = Voice()


def written(voice: Voice) -> bytes:
    """Give the file of a voice; the same one gives the same bytes."""
    return json.dumps(asdict(voice), indent=1, sort_keys=True).encode() + b"\n"


def read(raw: bytes) -> Voice:
    """Give the voice in a file that `written` made.

    Raises what `json` raises, and TypeError, when it is none.
    """
    return Voice(**json.loads(raw))
