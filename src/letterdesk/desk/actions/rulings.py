"""What a moderator says with a decision, and what can be wrong with it."""

from dataclasses import dataclass

from letterdesk.domain.errors import LetterdeskError

MAX_NOTE = 2_000  # characters


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The text that is to stay (with an edit), the rules cited, and a note.

    With an edit, a rejection or a retraction the note goes to the author; with any other
    action it is for colleagues.
    """

    text: str | None = None
    rules: tuple[str, ...] = ()
    note: str = ""


class Outdated(LetterdeskError):
    """Somebody decided meanwhile; `current` is the comment's version now."""

    code = "version-old"

    def __init__(self, current: int) -> None:
        super().__init__(
            "Somebody else has decided on this comment meanwhile. "
            "Look at it again before you decide."
        )
        self.current = current


class AsWritten(LetterdeskError):
    """A cut in a letter that its author wants published as written or not at all."""

    code = "as-written"

    def __init__(self) -> None:
        super().__init__(
            "Its author wants it published as written or not at all. "
            "Approve it, or turn it down."
        )


class NothingToUndo(LetterdeskError):
    """There is no decision that could still be taken back."""

    code = "nothing-to-undo"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to undo: the press has acted, or nothing was decided. "
            "Decide anew instead."
        )
