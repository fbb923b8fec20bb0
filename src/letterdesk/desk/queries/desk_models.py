"""Models that desks have learnt: which are in use, and their weights."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from zipfile import BadZipFile

from letterdesk.desk.models import DeskModel, DeskWeights
from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.model.weights import Weights, read

_AT_HAND = 8  # models, at 5 MB each

_log = logging.getLogger(__name__)


class WeightsBroken(LetterdeskError):
    """A model's weights are gone, or not the ones that its card is about."""

    code = "weights-broken"


class InUse(NamedTuple):
    """A model that a desk uses for a language."""

    desk: str
    language: str
    model: int
    number: int
    digest: str


def in_use() -> frozenset[InUse]:
    """Give the models in use. Index desk_model_one_in_use."""
    rows = DeskModel.objects.filter(in_use=True)
    fields = ("desk", "language", "pk", "number", "digest")
    return frozenset(InUse(*row) for row in rows.values_list(*fields))


def weights_by_desk(models: Iterable[InUse]) -> dict[str, dict[str, Weights]]:
    """Give weights by desk and language; where they are broken, the shipped ones count."""
    found: dict[str, dict[str, Weights]] = defaultdict(dict)
    for one in models:
        try:
            found[one.desk][one.language] = weights_of(one.model, one.digest)
        except WeightsBroken as error:
            _log.error("code=%s %s", error.code, error.sentence)
    return found


@lru_cache(maxsize=_AT_HAND)
def weights_of(model: int, digest: str) -> Weights:
    """Give the weights that a model's card is about. Raises WeightsBroken."""
    raw = DeskWeights.objects.filter(model=model).values_list("raw", flat=True).first()
    if raw is None or hashlib.sha256(raw).hexdigest() != digest:
        raise _broken(model)
    try:
        return read(bytes(raw))
    except (BadZipFile, KeyError, OSError, TypeError, ValueError) as error:
        raise _broken(model) from error


def is_whole(model: int, digest: str) -> bool:
    """Say whether a model's weights are there, as they were stored."""
    raw = DeskWeights.objects.filter(model=model).values_list("raw", flat=True).first()
    return raw is not None and hashlib.sha256(raw).hexdigest() == digest


def _broken(model: int) -> WeightsBroken:
    return WeightsBroken(
        f"The weights of the desk's model {model} are missing or damaged. Letters are "
        "screened with the model that comes with Letterdesk. Take an earlier model into "
        "use on the page Learning, or wait for the next one."
    )
