"""What a moderator says with a decision, and what can be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from letterdesk.desk.queries.people import Person
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.statement import Category, Source

MAX_NOTE = 2_000  # characters; of what stands in a text for a cut, MAX_CUT_NOTE
MAX_WORDING = 2_000  # of one rule's reason; the Transparency Database takes no more
MAX_LAW = 500  # nor of a law


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a statement of reasons says other than by default.

    `wordings` are this decision's reasons, by rule; a rule without one has its saved
    reason. With a `law`, the ground is that law.
    """

    wordings: Mapping[str, str] = field(default_factory=dict)
    law: str = ""
    category: Category | None = None
    source: Source = Source.OWN


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The text that is to stay (with an edit), the rules cited, and a note.

    `name_left_out` says whether an edit leaves out the name above the letter, or puts it
    back; None: that stays as it is. Without a text such an edit is of nothing but the name.
    With an edit, a rejection or a retraction the note goes to the author; with any other
    action it is for colleagues. `terms` is the version whose rules the page showed; "":
    the letter's own. `group` is the id that letters decided together share;
    `named` the labels of protected names that the page said the letter gives. None: there
    was no page.
    """

    text: str | None = None
    name_left_out: bool | None = None
    rules: tuple[str, ...] = ()
    note: str = ""
    terms: str = ""
    grounds: Grounds = field(default_factory=Grounds)
    group: str = ""
    named: tuple[str, ...] | None = None

    @property
    def is_of_name(self) -> bool:
        """Say whether it speaks of the name, and of no word of the text."""
        return self.text is None and self.name_left_out is not None


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


class DecidedAlone(LetterdeskError):
    """A letter on a sensitive story, which no group decides on."""

    code = "decided-alone"

    def __init__(self) -> None:
        super().__init__(
            "Its story is sensitive: such letters are decided one at a time, by two people."
        )


class OpenElsewhere(LetterdeskError):
    """A letter that a colleague has open while others decide on a group."""

    code = "open-elsewhere"

    def __init__(self) -> None:
        super().__init__("A colleague has it open. Leave it to her, or open it yourself.")


class OtherTerms(LetterdeskError):
    """A letter of a group that is judged by other rules than those that were shown."""

    code = "other-terms"

    def __init__(self) -> None:
        super().__init__(
            "It came under another version of the Terms of Use, and their rules differ. "
            "Decide on it alone."
        )


class NotInGroup(LetterdeskError):
    """A letter that a group by score had when it was shown, and has no more."""

    code = "not-in-group"

    def __init__(self) -> None:
        super().__init__(
            "It is not in this group any more: something was noticed in it since, or less "
            "can be promised. Decide on it alone."
        )


class NothingTicked(LetterdeskError):
    """A decision on a group of which no letter was ticked."""

    code = "nothing-ticked"

    def __init__(self) -> None:
        super().__init__("Read the letters, and tick those that you decide on.")


class TickedWithPage(LetterdeskError):
    """An approval of letters that were ticked with their whole page, not each by itself."""

    code = "ticked-with-page"

    def __init__(self) -> None:
        super().__init__(
            "What was ticked with the whole page can be rejected or held. "
            "To approve, read the letters and tick each by itself."
        )


class NothingToUndo(LetterdeskError):
    """There is no decision that could still be taken back."""

    code = "nothing-to-undo"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to undo: the press has acted, or nothing was decided. "
            "Decide anew instead."
        )


class Answered(LetterdeskError):
    """An appeal or a notice that somebody has answered already."""

    code = "answered"

    def __init__(self) -> None:
        super().__init__("Somebody has answered this already. Go back to the letters.")


class AnsweredHerself(LetterdeskError):
    """An appeal or a notice that the same person has answered already, in another tab."""

    code = "answered-yourself"

    def __init__(self) -> None:
        super().__init__(
            "You have answered this yourself, in another tab or window. Nothing of this "
            "page was stored."
        )


class TakenBack(LetterdeskError):
    """An appeal, a notice or a tip that is answered after who wrote it took it back."""

    code = "taken-back"

    def __init__(self) -> None:
        super().__init__(
            "Who wrote this has taken it back. Nothing of this page was stored, and there "
            "is nothing left to answer."
        )


class MoreWritten(LetterdeskError):
    """An appeal whose author has written more since somebody looked at it."""

    code = "more-written"

    def __init__(self) -> None:
        super().__init__(
            "Its author has written more since you opened this page. Read it, then answer."
        )


def answered(by_id: int | None, *, by: Person) -> LetterdeskError:
    """Give the error for `by`, who answers what the person `by_id` has answered."""
    return AnsweredHerself() if by_id is not None and by_id == by.id else Answered()
