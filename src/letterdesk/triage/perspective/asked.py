"""What a client of the Perspective API asks, read from the bytes that it sends.

Names of fields may be written `clientToken` or `client_token`, as protocol buffers allow;
what we do not know is passed over, and so is what we have no use for: who asks, in which
session, in what context.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from letterdesk.triage.perspective.refusals import Refused, invalid

MAX_TEXT = 20_480  # bytes of UTF-8, as the Perspective API has it
_SNAKE = re.compile(r"_([a-z])")
_PLAIN = ("PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED")
# What stands behind a backslash in JSON: a whole pair of surrogates, half of one, the rest.
_ESCAPED = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_INSTEAD = rb"\ufffd"  # as long as what it stands for: no place in the text moves
_PROBABILITY = ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED")
_Form = TypeVar("_Form", bound="_Body")


class Comment(msgspec.Struct, frozen=True):
    """The text that is asked about."""

    text: str | None = None
    type: str | None = None


class Wish(msgspec.Struct, frozen=True, rename="camel"):
    """How a score of one attribute is wanted; none below the threshold is given."""

    score_type: str | None = None
    score_threshold: float | None = None


class _Body(msgspec.Struct, frozen=True, rename="camel"):
    comment: Comment | None = None
    languages: list[str] | None = None
    client_token: str | None = None

    @property
    def text(self) -> str:
        """The comment's text."""
        return (self.comment and self.comment.text) or ""

    @property
    def tags(self) -> list[str]:
        """The languages that the comment is said to be in."""
        return self.languages or []


class Analysis(_Body, frozen=True, rename="camel"):
    """A request for scores."""

    requested_attributes: dict[str, Wish | None] | None = None
    span_annotations: bool | None = None

    def threshold(self, attribute: str) -> float:
        """Give the score below which the attribute is left out."""
        wish = (self.requested_attributes or {}).get(attribute)
        return (wish and wish.score_threshold) or 0.0


class Score(msgspec.Struct, frozen=True):
    """A score that somebody suggests."""

    value: float | None = None


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of the text with its score."""

    score: Score | None = None


class Suggested(msgspec.Struct, frozen=True, rename="camel"):
    """What somebody suggests for one attribute: of the whole, and of stretches."""

    summary_score: Score | None = None
    span_scores: list[Stretch] | None = None

    @property
    def values(self) -> list[float]:
        """All the scores in it."""
        scores = [self.summary_score, *(one.score for one in self.span_scores or [])]
        return [one.value for one in scores if one and one.value is not None]


class Suggestion(_Body, frozen=True, rename="camel"):
    """A suggested score. It is looked at, answered and forgotten."""

    attribute_scores: dict[str, Suggested | None] | None = None


def read_analysis(raw: bytes) -> Analysis:
    """Give the request for scores in a body. Raises Refused."""
    asked = _read(raw, Analysis)
    if not asked.requested_attributes:
        raise Refused("Missing requested_attributes", error_type="NO_REQUESTED_ATTRIBUTES")
    for name, wish in asked.requested_attributes.items():
        kind = (wish and wish.score_type) or _PROBABILITY[0]
        if kind not in _PROBABILITY:
            raise invalid(
                f"Requested score type {kind[:40]} is not supported by attribute "
                f"{name[:40]}"
            )
    return asked


def read_suggestion(raw: bytes) -> Suggestion:
    """Give the suggested score in a body. Raises Refused."""
    asked = _read(raw, Suggestion)
    if not asked.attribute_scores:
        raise invalid("Missing attribute_scores")
    return asked


def _read(raw: bytes, form: type[_Form]) -> _Form:
    try:
        asked = msgspec.convert(_camel(_decoded(raw)), form)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise invalid(f"Invalid JSON payload received: {_told(error)}") from None
    _check(asked)
    return asked


def _decoded(raw: bytes) -> object:
    """Give the value of a body; halves of characters in it become U+FFFD.

    JavaScript writes them where somebody's text was cut in the middle of an emoji. Raises
    DecodeError, RecursionError.
    """
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return msgspec.json.decode(_ESCAPED.sub(_whole, raw))


def _whole(found: re.Match[bytes]) -> bytes:
    return _INSTEAD if found["half"] else found[0]


def _check(asked: _Body) -> None:
    kind = (asked.comment and asked.comment.type) or _PLAIN[0]
    if kind not in _PLAIN:
        raise invalid("Currently, only 'PLAIN_TEXT' comments are supported")
    if not asked.text.strip():
        raise Refused("Comment must be non-empty.", error_type="COMMENT_EMPTY")
    if len(asked.text.encode("utf-8", "surrogatepass")) > MAX_TEXT:
        raise too_long()


def too_long() -> Refused:
    """Give the refusal of a text that is longer than the Perspective API's longest."""
    return Refused("Comment text too long.", error_type="COMMENT_TOO_LONG")


def _told(error: Exception) -> str:
    """Give where a body is not of the form; msgspec names fields and types, no values."""
    return str(error) if isinstance(error, msgspec.ValidationError) else "not JSON"


def _camel(value: object) -> object:
    """Give a body with the names of its fields in camel case; TOXICITY stays as it is."""
    if isinstance(value, Mapping):
        return {
            _SNAKE.sub(lambda found: found[1].upper(), str(name)): _camel(each)
            for name, each in value.items()
        }
    return [_camel(each) for each in value] if isinstance(value, list) else value
