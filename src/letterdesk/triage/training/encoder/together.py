"""What several pupils learnt from one lesson, as one encoder (Wortsman et al., 2022).

Each errs in its own way, and in the mean of their weights much of that is gone: about as
much as in the mean of what they say, and the one encoder reads as fast as each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from letterdesk.triage.encoder.encoder import Encoder
from letterdesk.triage.encoder.net import IN, OUT
from letterdesk.triage.encoder.trunk import moved
from letterdesk.triage.encoder.voice import SILENT
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.training.encoder.learn import Learnt


def together(pupils: Sequence[Learnt]) -> Encoder:
    """Give the mean of what pupils of one start learnt, not yet to be heard.

    The ranks of what they add to matrices add up, so that the mean of the products is
    exact.
    """
    taught = mean_of([pupil.taught for pupil in pupils])
    start = pupils[0].start
    body = replace(start, layers=moved(start.layers.items(), taught))
    view = np.mean([pupil.view for pupil in pupils], axis=0)
    return Encoder(voice=SILENT, body=body, taught=taught, view=view)


def mean_of(each: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    """Give the mean of what is added to layers, by the names of Shape.taught."""
    return {name: _mean(name, [one[name] for one in each]) for name in each[0]}


def _mean(name: str, each: Sequence[Floats]) -> Floats:
    if name.endswith(IN):
        return np.concatenate(each)
    if name.endswith(OUT):
        return np.concatenate(each) / np.float32(len(each))
    return np.asarray(np.mean(each, axis=0))
