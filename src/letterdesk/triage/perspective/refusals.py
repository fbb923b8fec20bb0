"""What the stand-in refuses, in the shape that clients of the Perspective API expect."""

from collections.abc import Sequence

from letterdesk.domain.errors import LetterdeskError

_STATUS = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    408: "DEADLINE_EXCEEDED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
}
_TYPE = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


class Refused(LetterdeskError):
    """A request that gets no scores; `error_type` is one of the Perspective API's own.

    `allow` names the methods that an address knows. The sentence repeats no word of the
    comment.
    """

    code = "perspective-refused"

    def __init__(
        self,
        sentence: str,
        *,
        status: int = 400,
        error_type: str = "",
        more: dict[str, object] | None = None,
        allow: str = "",
    ) -> None:
        super().__init__(sentence)
        self.allow = allow
        self.status = status
        self.error_type = error_type
        self.more = more or {}

    def body(self) -> dict[str, object]:
        """Give the answer as it is sent."""
        error: dict[str, object] = {
            "code": self.status,
            "message": self.sentence,
            "status": _STATUS[self.status],
        }
        if self.error_type:
            told = {"@type": _TYPE, "errorType": self.error_type, **self.more}
            error["details"] = [told]
        return {"error": error}


def invalid(sentence: str) -> Refused:
    """Give the refusal of a request that is not of the API's form."""
    return Refused(sentence, error_type="INVALID_REQUEST")


def not_in_language(attribute: str, languages: Sequence[str], *, detected: bool) -> Refused:
    """Give the refusal of an attribute that we do not score in these languages."""
    where = "detectedLanguages" if detected else "requestedLanguages"
    return Refused(
        f"Attribute {attribute} does not support request languages: {', '.join(languages)}",
        error_type="LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        more={
            "languageNotSupportedByAttributeError": {
                where: list(languages),
                "attribute": attribute,
            }
        },
    )
