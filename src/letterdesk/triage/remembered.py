"""What signals keep of letters so as not to work it out twice, and that it is let go."""

from collections.abc import Iterator
from contextlib import contextmanager

from letterdesk.triage.emoji import aloud
from letterdesk.triage.language import language_of, script_of
from letterdesk.triage.literals import LITERALS
from letterdesk.triage.model.features import kept_columns
from letterdesk.triage.normal import normal
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.protected.runs import latin_words


@contextmanager
def forgotten() -> Iterator[None]:
    """Forget, when the block ends, what was kept of the letters that it looked at.

    Their words are nobody's business any more, and long ones would fill the memory.
    """
    try:
        yield
    finally:
        forget()


def forget() -> None:
    """Forget what is kept of letters."""
    for remembered in (
        normal,
        aloud,
        plain_digits,
        kept_columns,
        script_of,
        language_of,
        latin_words,
        LITERALS,
    ):
        remembered.cache_clear()
