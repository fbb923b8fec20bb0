"""What goes wrong when something is looked up for somebody."""

from letterdesk.domain.errors import LetterdeskError


class NotFound(LetterdeskError):
    """There is no such comment, story or person; `code` says which."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class NotYours(LetterdeskError):
    """The person's role, or her desk, does not allow it."""

    code = "not-allowed"


class NotConfirmed(LetterdeskError):
    """The account is no second person until another admin confirms it."""

    code = "not-confirmed"

    def __init__(self) -> None:
        super().__init__(
            "This account waits for another admin to confirm it. Until then it is no "
            "second person: what needs two people, or another person, is not for it."
        )


def no_comment() -> NotFound:
    """Give the error for a comment that is not there."""
    return NotFound(
        "comment-unknown", "There is no comment with this id. Go back to the queue."
    )


def no_story() -> NotFound:
    """Give the error for a story that is not there."""
    return NotFound(
        "story-unknown", "There is no story with this id. Register it: letterdesk story add"
    )


class FactorsLost(LetterdeskError):
    """The key that seals second factors is missing, damaged, or another one."""

    code = "factors-lost"

    def __init__(self) -> None:
        super().__init__(
            "Codes cannot be checked or set up now: keys/desk.factors, the key of second "
            "factors, is missing, damaged or another one. A passkey still opens. Ask "
            "whoever looks after the machine: letterdesk check says what to do."
        )


class DaysWrong(LetterdeskError):
    """A first day that is later than the last one."""

    code = "days-wrong"
