"""How much a comment reads like advertising: a table of n-grams, and one of signs.

The tables are learnt apart and added, since n-grams know the ads that were seen and signs
those that were not. docs/reference/triage.md has the card.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from threading import Lock

import numpy as np

from letterdesk.triage.advertising.features import SIZE, sign_rows
from letterdesk.triage.advertising.signs import LANGUAGES, Found
from letterdesk.triage.model.features import seen_rows
from letterdesk.triage.model.sparse import Floats, Table
from letterdesk.triage.model.weights import packed, unpacked
from letterdesk.triage.normal import normal

FOLD = 4  # columns of incivility's features to one of the table
_loading = Lock()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What makes a chance of the two sums (Platt, 1999); kept beside the tables."""

    language: str
    version: str
    ngrams: float
    signs: float
    offset: float


@dataclass(frozen=True)
class Weights:
    """The tables of one language, ready to use."""

    settings: Settings
    ngrams: Table
    signs: Floats


def chances(
    texts: Sequence[str], found: Sequence[Sequence[Found]], known: Weights
) -> Floats:
    """Give the chance, 0 to 1, that each text with these signs is advertising."""
    settings = known.settings
    ngrams, signs = sums(texts, found, known)
    return chances_of(settings.ngrams * ngrams + settings.signs * signs, settings)


def chances_of(logits: Floats, settings: Settings) -> Floats:
    """Give the chance, 0 to 1, that each logit stands for."""
    straight = np.clip(logits + settings.offset, -30, 30)
    return np.asarray(1 / (1 + np.exp(-straight)), dtype=np.float32)


def sums(
    texts: Sequence[str], found: Sequence[Sequence[Found]], known: Weights
) -> tuple[Floats, Floats]:
    """Give what each table makes of the texts."""
    plain = [normal(text).text for text in texts]
    rows = seen_rows(plain, known.settings.language).folded(FOLD)
    return rows.times(known.ngrams), sign_rows(texts, found).times(known.signs)


def written(known: Weights) -> bytes:
    """Give the file of a language; the same weights give the same bytes."""
    raw, peak = packed(known.ngrams[:])
    facts = json.dumps(asdict(known.settings), sort_keys=True).encode()
    out = BytesIO()
    np.savez(
        out,
        settings=np.frombuffer(facts, dtype=np.uint8),
        ngrams=raw,
        peak=np.array([peak]),
        signs=known.signs,
    )
    return out.getvalue()


def read(raw: bytes) -> Weights:
    """Give the weights in a file that `written` made.

    Raises ValueError when they are of other signs than those that are looked for now.
    """
    with np.load(BytesIO(raw), allow_pickle=False) as file:
        signs = np.asarray(file["signs"], dtype=np.float32)
        if len(signs) != SIZE:
            raise ValueError("weights of other signs")
        return Weights(
            Settings(**json.loads(file["settings"].tobytes())),
            unpacked(file["ngrams"], float(file["peak"][0])),
            signs,
        )


def weights(language: str) -> Weights | None:
    """Give the weights for a language tag, or None where we have learnt nothing."""
    with _loading:
        return _loaded(language.split("-")[0].lower())


@cache
def _loaded(language: str) -> Weights | None:
    if language not in LANGUAGES:
        return None
    file = files("letterdesk.triage.model").joinpath(f"weights/spam-{language}.npz")
    return read(file.read_bytes())
