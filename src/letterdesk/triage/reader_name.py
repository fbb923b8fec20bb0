"""What of a signal counts for the name above a comment: a few words, of somebody or nobody.

Signals learnt from sentences, and a name is none: Dick is a name, and the model knows the
word alone. So of a name only what a moderator has to see is told, and never as certain.
"""

from dataclasses import replace

from letterdesk.triage.in_part import CLEARLY
from letterdesk.triage.signal import Field, Kind, Signal

_DISGUISED = {"disguised", "turned", "unseen", "private"}
_TOLD = frozenset({"protected", "personal", "advertising", *_DISGUISED})


def about_name(signal: Signal) -> Signal | None:
    """Give what a signal says of a name as such; None where it has nothing to say."""
    if signal.kind is Kind.INCIVILITY:
        if signal.score < CLEARLY:
            return None
        signal = replace(signal, code="uncivil-maybe")
    elif signal.code not in _TOLD:
        return None
    return replace(signal, of=Field.NAME, reason=f"Of the reader’s name: {signal.reason}")
