"""What a form or an address of the page Learning is about."""

from collections.abc import Mapping

from django.http import QueryDict

from letterdesk.desk.forms.words import read_word
from letterdesk.triage.learning.models import BARS
from letterdesk.triage.signal import Kind


def read_subject(sent: QueryDict) -> tuple[str, str, str]:
    """Give a desk, a language and a signal; "" where none is named."""
    return read_word(sent, "desk"), read_word(sent, "language"), read_word(sent, "signal")


def read_rules(sent: QueryDict) -> Mapping[Kind, list[str]]:
    """Give the keys of the rules that are ticked for each signal."""
    return {signal: sent.getlist(f"rules-{signal.value}") for signal in BARS}
