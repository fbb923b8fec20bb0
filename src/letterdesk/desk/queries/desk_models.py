"""The weights of models that desks have learnt."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from zipfile import BadZipFile

from letterdesk.desk.models import DeskWeights
from letterdesk.desk.queries.models_in_use import InUse
from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.advertising.model import Weights as SpamWeights
from letterdesk.triage.learning.models import AdvertisingModel, Model, read_model
from letterdesk.triage.model.weights import NoEncoder, Weights
from letterdesk.triage.signal import Kind

_MEANWHILE = "Letters are screened with the model that comes with Letterdesk."
_AT_HAND = 16  # models, at 5 MB each, for advertising 1 MB

_log = logging.getLogger(__name__)


class WeightsBroken(LetterdeskError):
    """A model's weights cannot be used: gone, altered, or of another Letterdesk."""

    code = "weights-broken"


@dataclass(frozen=True)
class Taught:
    """A desk's own weights by language, for each signal that it can teach."""

    incivility: dict[str, Weights] = field(default_factory=dict)
    spam: dict[str, SpamWeights] = field(default_factory=dict)


def taught_by_desk(models: Iterable[InUse]) -> dict[str, Taught]:
    """Give weights by desk; where they are broken, the shipped ones count."""
    found: dict[str, Taught] = defaultdict(Taught)
    for one in models:
        try:
            known = model_of(one.signal, one.model, one.digest)
        except WeightsBroken as error:
            _log.error("code=%s %s", error.code, error.sentence)
            continue
        if isinstance(known, AdvertisingModel):
            found[one.desk].spam[one.language] = known.weights
        else:
            found[one.desk].incivility[one.language] = known.weights
    return found


@lru_cache(maxsize=_AT_HAND)
def model_of(signal: Kind, model: int, digest: str) -> Model:
    """Give the model that a card is about. Raises WeightsBroken."""
    return _read(signal, model, digest)


def _read(signal: Kind, model: int, digest: str) -> Model:
    raw = DeskWeights.objects.filter(model=model).values_list("raw", flat=True).first()
    if raw is None or hashlib.sha256(raw).hexdigest() != digest:
        raise _broken(model, "are missing or damaged")
    try:
        return read_model(signal, bytes(raw))
    except NoEncoder as error:
        raise WeightsBroken(f"{error.sentence} {_MEANWHILE}") from error
    except (BadZipFile, KeyError, OSError, TypeError, ValueError) as error:
        raise _broken(model, "are of another version of Letterdesk") from error


def fault_of(signal: Kind, model: int, digest: str) -> WeightsBroken | None:
    """Give why a model cannot be used, as it is stored now; None when it can."""
    try:
        _read(signal, model, digest)
    except WeightsBroken as error:
        return error
    return None


def _broken(model: int, what: str) -> WeightsBroken:
    return WeightsBroken(
        f"The weights of the desk's model {model} {what}. {_MEANWHILE} "
        "Take an earlier model into use on the page Learning, or wait for the next one."
    )
