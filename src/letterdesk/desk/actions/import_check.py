"""Look at what another system said, before it touches a table."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.letter import MAX_NAME, MAX_TEXT, is_contact
from letterdesk.domain.text import clean, is_blank, is_text, mended, one_line
from letterdesk.interchange.records import CommentRecord, Found
from letterdesk.tags import known_tag

_LONGEST_KEY = 1_000  # bytes: what an index of both databases takes
_A_DAY = timedelta(days=1)  # clocks and zones differ
_EXPECTED = {
    Found.DELETED: "deleted",
    Found.SPAM: "spam",
    Found.NO_COMMENT: "no-comment",
    Found.HIDDEN: "hidden",
}
# Why a comment is left out, as it is said and counted.
REASONS = {
    "deleted": "deleted there",
    "spam": "marked as spam there",
    "no-comment": "pingbacks and other things that are no comments",
    "hidden": "under a page that was not public there",
    "alike": "that another system’s file has brought, as far as author, words, story and "
    "day tell",
    "no-id": "without an id that could be remembered",
    "id-taken": "with an id that another comment in the file has",
    "no-story": "without the address of a page",
    "story-wrong": "under a page whose address or title cannot be used",
    "no-date": "without a date, or dated in the future",
    "empty": "without words",
    "too-long": f"longer than {MAX_TEXT:,} characters",
    "name-wrong": f"with a name longer than {MAX_NAME} characters",
}
FORESEEN = frozenset({*_EXPECTED.values(), "alike"})  # there is nothing to mend
_LEAVES_A_GAP = frozenset({"deleted", "spam", "empty", "too-long", "name-wrong"})


@dataclass(frozen=True, kw_only=True)
class Sound:
    """A comment from elsewhere, checked: its words as they are stored, its story's URL."""

    record: CommentRecord
    url: str
    text: str
    name: str
    language: str  # as the file says, when we know it
    written: datetime
    had_address: bool  # its name was an e-mail address, and is left out
    replaced: int  # characters of words and name that were none, and are U+FFFD now

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by, within its system."""
        return self.record.site, self.record.id


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A record that is not taken over, and why; `written` is set if its place may be kept.

    `reason` is one of REASONS.
    """

    record: CommentRecord
    url: str
    reason: str
    written: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by, within its system."""
        return self.record.site, self.record.id


def check(record: CommentRecord, *, url: str, today: date) -> Sound | Refusal:
    """Give the record as it is stored, or why it is not. Nothing is ever cut short."""
    try:
        _refuse_unfit(record, url=url, today=today)
        return _sound(record, url=url)
    except _Unfit as unfit:
        return Refusal(
            record=record,
            url=url,
            reason=unfit.reason,
            written=record.written if unfit.reason in _LEAVES_A_GAP else None,
        )


class _Unfit(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _refuse_unfit(record: CommentRecord, *, url: str, today: date) -> None:
    """Raise _Unfit for what is no comment, or has no place and no day."""
    if record.found in {Found.NO_COMMENT, Found.HIDDEN}:
        raise _Unfit(_EXPECTED[record.found])
    key = record.site + record.id
    if not record.id or not is_text(key) or len(key.encode()) > _LONGEST_KEY:
        raise _Unfit("no-id")
    if not url:
        raise _Unfit("no-story")
    if record.written is None or record.written > _end_of(today):
        raise _Unfit(_EXPECTED.get(record.found, "no-date"))
    if record.found in _EXPECTED:
        raise _Unfit(_EXPECTED[record.found])


def _end_of(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, tzinfo=UTC) + 2 * _A_DAY


def _sound(record: CommentRecord, *, url: str) -> Sound:
    (words, in_words), (author, in_author) = mended(record.text), mended(record.name)
    text = _cleaned(words, field="text", longest=MAX_TEXT)
    if is_blank(text):
        raise _Unfit("empty")
    name = one_line(_cleaned(author, field="name", longest=MAX_NAME))
    return Sound(
        record=record,
        url=url,
        text=text,
        name="" if is_contact(name) else name,
        language=known_tag(record.language) if record.language else "",
        written=record.written or datetime.min.replace(tzinfo=UTC),
        had_address=is_contact(name),
        replaced=in_words + in_author,
    )


def _cleaned(raw: str, *, field: str, longest: int) -> str:
    try:
        return clean(raw, field=field, longest=longest)
    except LetterRefused as error:
        raise _Unfit(error.code if field == "text" else "name-wrong") from error
