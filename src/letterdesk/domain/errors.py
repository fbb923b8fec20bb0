"""The root of every error that Letterdesk raises on purpose."""


class LetterdeskError(Exception):
    """What went wrong and what to do about it, as a sentence for the person who meets it.

    `code` is stable: programs, catalogues of translations and the docs refer to it.
    """

    code = "failed"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SettingWrong(LetterdeskError):
    """A line of letterdesk.toml, or of the command, that cannot be used."""

    code = "setting-wrong"


class KeyTooShort(SettingWrong):
    """A key file that is damaged: what is in it, anybody could guess."""


class PlaceFailed(LetterdeskError):
    """A folder or bucket that could not store, list, read or remove a file."""

    code = "place-failed"


class SealBroken(LetterdeskError):
    """Bytes that no key we hold opens, or that somebody changed."""

    code = "seal-broken"


class LetterRefused(LetterdeskError):
    """A letter that cannot be taken; `code` says why, `field` where, `facts` what else."""

    def __init__(
        self, code: str, sentence: str, *, field: str = "text", **facts: object
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field
        self.facts = facts


class CodeWrong(LetterdeskError):
    """A receipt code with a typing error in it."""

    code = "code-wrong"


class NotACut(LetterdeskError):
    """A proposed text that is more than the reader's words with some of them removed."""

    code = "not-a-cut"


class MoveNotAllowed(LetterdeskError):
    """An action that a comment's state does not allow."""

    code = "move-not-allowed"
