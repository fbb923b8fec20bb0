"""Everything that a newsroom has, as lines of JSON: the format in which it leaves us.

One JSON object a line, UTF-8. `kind` says what it is; what is empty, false or zero is left
out. The first line is a Header, the last one an End: a file without it is torn. What each
field means: docs/reference/export.md, which follows these classes.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO

import msgspec

SCHEMA = 1  # another number when a field goes, or means something else


class _Line(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"
):
    """A line; what a later version adds to one is passed over."""


class Header(_Line, frozen=True, tag="letterdesk-export", omit_defaults=False):
    """What the file is, and which part of a newsroom it holds: by default, all of it."""

    schema: int
    letterdesk: str  # the version that wrote it
    made: date
    site: str
    url: str
    story: str = ""
    start: date | None = None
    end: date | None = None
    published_only: bool = False


class PersonLine(_Line, frozen=True, tag="person"):
    """Somebody at the desk, without what opens her account."""

    name: str
    role: str
    pseudonym: str
    desks: tuple[str, ...] = ()
    is_open: bool = False


class RuleLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule of the Terms of Use; its `key` stays from version to version."""

    number: str
    key: str
    title: str
    text: str
    reason: str
    note: str
    category: str


class TermsLine(_Line, frozen=True, tag="terms"):
    """A version of the Terms of Use in one language."""

    version: str
    since: date
    language: str
    title: str = ""
    intro: str = ""
    disclaimer: str = ""
    rules: tuple[RuleLine, ...] = ()


class StoryLine(_Line, frozen=True, tag="story"):
    """A story. `credits` and `picture` as in domain.story."""

    id: str
    url: str
    headline: str
    language: str
    desk: str
    risk: str
    registered: date
    is_open: bool = False
    body: str = ""
    credits: tuple[dict[str, str], ...] = ()
    picture: dict[str, str | int] | None = None


class CutLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A cut: characters of `text`, half open, and the note that stands there."""

    start: int
    end: int
    note: str = ""


class DecisionLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A move: what it led to, and what readers do not get from then on."""

    version: int
    move: str
    state: str
    taken: datetime
    by: str = ""
    rules: tuple[str, ...] = ()
    terms: str = ""
    note: str = ""
    group: str = ""
    cuts: tuple[CutLine, ...] = ()
    name_left_out: bool = False
    reasons: dict[str, object] = {}


class CommentLine(_Line, frozen=True, tag="comment"):
    """A comment and its decisions. `text` is what the reader sent, before any cut.

    So is `name`, which readers do not get where it was left out.
    """

    id: str
    story: str
    state: str
    text: str = ""
    name: str = ""
    name_left_out: bool = False
    language: str = ""
    reply_to: str = ""
    arrived: date | None = None
    published: date | None = None
    place: int = 0
    is_pick: bool = False
    as_written: bool = False
    came_late: bool = False
    lost_parent: bool = False
    trapped: bool = False
    risk: str = ""
    cuts: tuple[CutLine, ...] = ()
    rules: tuple[str, ...] = ()
    terms: str = ""
    statement: str = ""
    version: int = 0
    acted_version: int = 0
    salt: bytes = b""
    source: str = ""  # the system from which it was imported: a FORMAT
    source_site: str = ""
    source_id: str = ""
    edited_elsewhere: tuple[str, ...] | None = None  # titles of rules of where it came from
    decisions: tuple[DecisionLine, ...] = ()


class AppealLine(_Line, frozen=True, tag="appeal"):
    """A reader's appeal; `decided` is the version of the comment that answered it."""

    id: str
    comment: str
    arrived: date
    text: str = ""
    is_open: bool = False
    verdict: str = ""
    decided: int = 0


class NoticeLine(_Line, frozen=True, tag="notice"):
    """A reader's notice, without who sent it; `decided` as in an appeal."""

    id: str
    story: str
    arrived: date
    comment: str = ""
    text: str = ""
    alleged: str = ""
    good_faith: bool = False
    is_open: bool = False
    fate: str = ""
    decided: int = 0
    decided_by: str = ""
    answer: str = ""


class AuditLine(_Line, frozen=True, tag="audit"):
    """A link of the audit log's chain; see domain.audit."""

    number: int
    facts: dict[str, object]
    digest: str


class End(_Line, frozen=True, tag="end", omit_defaults=False):
    """How many lines stand above, header included, and the SHA-256 of all their bytes."""

    lines: int
    counts: dict[str, int]
    sha256: str


Line = (
    PersonLine | TermsLine | StoryLine | CommentLine | AppealLine | NoticeLine | AuditLine
)


def write(header: Header, lines: Iterable[Line], file: BinaryIO) -> dict[str, int]:
    """Write the lines between a header and an end; give how many there are of each kind."""
    encoder, digest, counts = msgspec.json.Encoder(), hashlib.sha256(), Counter[str]()

    def put(line: Header | Line) -> None:
        raw = encoder.encode(line) + b"\n"
        digest.update(raw)
        file.write(raw)

    put(header)
    for line in lines:
        put(line)
        counts[str(line.__struct_config__.tag)] += 1
    found = dict(sorted(counts.items()))
    end = End(lines=1 + counts.total(), counts=found, sha256=digest.hexdigest())
    file.write(encoder.encode(end) + b"\n")
    return found
