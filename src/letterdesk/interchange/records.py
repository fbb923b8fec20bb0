"""What every foreign format is read into: one record a comment, and what it stood under.

A record is what another system said, as plain text and before any check of ours: lengths
and characters are looked at by who stores it. There is no place in it for an e-mail
address, an IP address, an avatar, a vote or a password: those are left in the file.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Found(StrEnum):
    """How a comment stood in the system that it comes from."""

    PUBLISHED = "published"
    PENDING = "pending"
    REJECTED = "rejected"
    DELETED = "deleted"  # only its place is kept, where others answered it
    SPAM = "spam"  # the same
    NO_COMMENT = "no-comment"  # a pingback and the like: never taken over
    HIDDEN = "hidden"  # what it stands under was not public there: the same


@dataclass(frozen=True, kw_only=True)
class StoryRecord:
    """What a comment stood under. The same `url` is the same story."""

    url: str  # as the file has it: perhaps only a path
    headline: str = ""
    language: str = ""  # BCP 47; "" when the file does not say
    is_open: bool = True
    day: date | None = None  # when it appeared; None when the file does not say
    desk: str = ""  # the last three: from another Letterdesk only
    risk: str = ""
    body: str = ""


@dataclass(frozen=True, kw_only=True)
class CommentRecord:
    """One comment as it was elsewhere.

    `site` and `id` name it in its system: where ids are counted anew on every site, `site`
    says on which. `reply_to` is the id of what it answers, on the same site, perhaps not in
    the file. Earlier versions of Letterdesk knew it as `former_id`, which others may have
    had, too. What was cut stands as a note in brackets, or […], where `edited_under` is
    not None: another Letterdesk had edited it. Its author wanted it published `as_written`
    or not at all: only Letterdesk asks.
    """

    id: str
    story: StoryRecord
    found: Found
    written: datetime | None  # UTC; None when the file does not say, or not legibly
    text: str = ""  # plain, a newline ends a line
    name: str = ""
    reply_to: str = ""
    site: str = ""
    language: str = ""  # BCP 47; "" when the file does not say
    former_id: str = ""
    edited_under: tuple[str, ...] | None = None  # titles of rules; None: as it was sent
    as_written: bool = False
