"""Which of the models that desks have learnt are in use; needs none of triage's tables."""

from typing import NamedTuple

from letterdesk.desk.models import DeskModel
from letterdesk.triage.signal import Kind


class InUse(NamedTuple):
    """A model that a desk uses for a language and a signal."""

    desk: str
    language: str
    signal: Kind
    model: int
    number: int
    digest: str


def in_use() -> frozenset[InUse]:
    """Give the models in use. Index desk_model_one_in_use."""
    return frozenset(
        InUse(row.desk, row.language, Kind(row.signal), row.pk, row.number, row.digest)
        for row in DeskModel.objects.filter(in_use=True).defer("card")
    )
