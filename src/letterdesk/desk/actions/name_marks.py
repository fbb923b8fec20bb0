"""Mark letters by whom they name, and keep the marks of who is not recognised any more."""

from collections.abc import Mapping

from letterdesk.desk.actions.kept_marks import kept_marks, with_kept
from letterdesk.desk.actions.screen import signal_rows
from letterdesk.desk.models import Signal
from letterdesk.triage.screening import Answer
from letterdesk.triage.signal import Kind


def replace_marks(answers: Mapping[int, Answer], *, key: bytes) -> None:
    """Mark comments by what was said of names in them, in the caller's transaction.

    Marks of whom `key` does not recognise stay, and all where the check did not run:
    nobody could find them again.
    """
    kept = kept_marks(answers, key=key)
    marks = Signal.objects.filter(comment__in=list(answers), kind=Kind.PROTECTED_NAME)
    marks.delete()
    rows = (row for one, answer in answers.items() for row in signal_rows(one, answer))
    Signal.objects.bulk_create(with_kept(rows, kept))
