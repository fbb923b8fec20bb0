"""A request whose answer is made for it alone, and what is learned of it on the way."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from letterdesk.domain.rules import Terms
from letterdesk.domain.story import Story
from letterdesk.letterbox.accept import wants_json
from letterdesk.letterbox.body import BodyTooLarge, read_body
from letterdesk.letterbox.form import as_typed, read_form
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.rsgi import HTTPProtocol, Scope


class Form(StrEnum):
    """The page on which a reader gets back what she typed."""

    NONE = "none"
    LETTER = "letter"
    NOTICE = "notice"
    RECEIPT = "receipt"
    APPEAL = "appeal"


@dataclass(kw_only=True, slots=True)
class Request:
    """What a handler gets. It notes what it finds, so that a refusal can say more."""

    scope: Scope
    protocol: HTTPProtocol
    form: Form = Form.NONE
    story: Story | None = None
    language: str = ""  # of what it is about, when that is known
    terms: Terms | None = None  # of Use, for a form that is shown with them
    about: Mapping[str, object] | None = None  # the comment that a notice is about
    typed: dict[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """Give a header, named in lower case; "" when there is none."""
        return str(self.scope.headers.get(name, ""))

    @property
    def wants_json(self) -> bool:
        """Whether a program is asking."""
        return wants_json(self.header("accept"))

    def query(self) -> dict[str, str]:
        """Give the fields of the address. Raises Refused (`malformed`)."""
        return read_form(self.scope.query_string.encode())

    async def fields(self, *, seconds: float) -> dict[str, str]:
        """Give the fields of the form in the body, and note what was typed.

        Raises Refused: `not-a-form`, `malformed`, `length-missing`, `body-too-large`,
        `slow`.
        """
        media = self.header("content-type")
        if not _is_form(media):
            with suppress(Refused):  # so that her words can go back, where they are found
                raw = await read_body(self.scope, self.protocol, seconds=seconds)
                self.typed = as_typed(raw, media=media)
            raise Refused("not-a-form")
        try:
            raw = await read_body(self.scope, self.protocol, seconds=seconds)
        except BodyTooLarge as refused:
            self.typed = as_typed(refused.raw)
            raise
        try:
            self.typed = read_form(raw)
        except Refused:
            self.typed = as_typed(raw)
            raise
        return self.typed


def _is_form(content_type: str) -> bool:
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.strip().removeprefix("charset=").strip('"')
    return kind.strip() == "application/x-www-form-urlencoded" and charset in {"", "utf-8"}
