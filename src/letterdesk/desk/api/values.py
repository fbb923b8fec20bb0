"""What goes in and out, as the OpenAPI document describes it."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticUseDefault

from letterdesk.domain.statement import Category
from letterdesk.domain.states import Action, Risk, State

_Item = TypeVar("_Item")


def _or_default(written: object) -> object:
    if written == "":
        raise PydanticUseDefault
    return written


EMPTY_IS_NONE = BeforeValidator(lambda written: written or None)
Version = Annotated[int, Field(strict=True)]
Size = Annotated[int, Field(ge=1, le=200), BeforeValidator(_or_default)]
Word = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=500)]


class Problem(Schema):
    """What went wrong (RFC 9457). `code` is stable."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    fields: list[str] | None = None
    current: int | None = None


class Listed(Schema, Generic[_Item]):
    """A page of a list; `next` is the cursor of the next one, null on the last."""

    items: list[_Item]
    next: str | None


class CutOut(Schema):
    """A cut of the characters from `start` to before `end`, and the note there."""

    start: int
    end: int
    note: str


class CommentOut(Schema):
    """A comment. `text` and `name` are what readers get or would get.

    `original` and `original_name` are what was sent.
    """

    id: str
    story: str
    desk: str
    status: State
    version: int
    text: str
    original: str
    name: str
    original_name: str
    name_left_out: bool
    language: str
    arrived: date
    reply_to: str | None
    as_written: bool
    edited: bool
    rules: list[str]
    terms: str
    statement: str
    cuts: list[CutOut]
    approvals: int
    published: date | None
    possible: list[Action]


class _Given(Schema):
    model_config = ConfigDict(extra="forbid")


class DecisionIn(_Given):
    """A decision. `version` is the comment's that was seen; `text` comes with an edit.

    So does `leave_name_out`: without a text nothing but the name above the letter is left
    out, or put back where it is false, also of a published comment; null: as it stands.
    `wordings` replace the saved reasons of rules in this one statement of reasons; with a
    `law`, that is its ground; `category` replaces the first rule's.
    """

    action: Action
    version: Version
    text: str | None = None
    leave_name_out: bool | None = None
    rules: list[str] = []
    note: str = ""
    wordings: dict[str, str] = {}
    law: str = ""
    category: Category | None = None


class CreditIn(_Given):
    """Who did what for a story."""

    role: str
    name: str
    desk: str = ""


class StoryIn(_Given):
    """A story to register; the same `url` is the same story."""

    url: str
    headline: str
    language: str
    desk: str | None = None
    risk: Risk | None = None
    body: str | None = None
    credits: list[CreditIn] | None = None


class StoryChangeIn(_Given):
    """What is to be changed of a story."""

    open: bool | None = None
    risk: Risk | None = None
    headline: str | None = None


class StoryOut(Schema):
    """A story. `comments` can be read on `page`.

    `ordinary_wanted`: an editor asked to call it ordinary; another has to agree.
    """

    id: str
    url: str
    headline: str
    language: str
    desk: str
    risk: Risk
    ordinary_wanted: bool
    open: bool
    registered: date
    comments: int
    page: str


class FailingOut(Schema):
    """What the press could not do for a story: its page, or its outcomes.

    It is tried again at every slot; `why` is a code, or an error's type and place.
    """

    story: str
    url: str
    part: str
    why: str
    since: date


class PublicationOut(Schema):
    """What one pass of the press did, and what it could not do."""

    stories: int
    comments: int
    outcomes: int
    files: int
    removed: int
    failed: list[FailingOut]


class EntryOut(Schema):
    """An entry of the audit log; its digest covers it and the digest before it."""

    number: int
    facts: dict[str, object]
    digest: str


class HeadOut(Schema):
    """The last entry."""

    number: int
    digest: str


class AuditOut(Listed[EntryOut]):
    """Entries in order. `broken` is the first of them that does not follow, or null."""

    head: HeadOut
    broken: int | None


class TransparencyOut(Schema):
    """How often what happened from one day to another, both included."""

    start: date = Field(serialization_alias="from")
    end: date = Field(serialization_alias="to")
    figures: dict[str, int]
    rules: dict[str, int]
    statements: dict[str, dict[str, int]]
    appeals: dict[str, int]
    notice_hours: float | None


class MeOut(Schema):
    """Whose token this is, and what it may do."""

    username: str
    pseudonym: str
    role: str
    desks: list[str]
    permissions: list[str]
