"""Refuse what is said of something that has changed since somebody looked at it."""

from letterdesk.domain.errors import LetterdeskError


class ChangedMeanwhile(LetterdeskError):
    """Something was changed while a page that shows it was open; `code` says what."""

    def __init__(self) -> None:
        super().__init__(
            "This was changed meanwhile, by somebody else or in another tab or window. "
            "Compare both, then try again."
        )
