"""Why a request is refused, and the status that says so."""

from letterdesk.domain.errors import LetterdeskError

STATUS = {
    "malformed": 400,
    "cross-site": 403,
    "story-unknown": 404,
    "not-found": 404,
    "method-not-allowed": 405,
    "slow": 408,
    "story-closed": 409,
    "appeal-known": 409,
    "appeal-answered": 409,
    "appeal-late": 409,
    "appeal-needless": 409,
    "report-decided": 409,
    "length-missing": 411,
    "too-long": 413,
    "body-too-large": 413,
    "not-a-form": 415,
    "empty": 422,
    "not-text": 422,
    "contact-wrong": 422,
    "reply-unknown": 422,
    "alleged-unknown": 422,
    "code-missing": 422,
    "code-wrong": 422,
    "sealed-broken": 422,
    "sealed-wrong": 422,
    "too-many": 429,
    "failed": 500,
    "unavailable": 503,
    "unsure": 503,
    "closed": 503,
}


class Refused(LetterdeskError):
    """A request that is not granted; `code` is a key of STATUS.

    Its sentence is found when the answer is written, in the reader's language, and told
    `facts`; `field` is the field of the form that it is about, if it is about one.
    """

    def __init__(self, code: str, *, field: str = "", **facts: object) -> None:
        super().__init__(f"The letterbox refused a request: {code}.")
        self.code = code
        self.field = field
        self.facts = facts

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.code]
