"""What the page of a group shows of each letter, and of what was decided on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, QueryDict

from letterdesk.desk.actions.together import Shown
from letterdesk.desk.forms.together import ticket
from letterdesk.desk.queries.comments import CommentView, one
from letterdesk.desk.queries.copies import WholeLetter
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.together import GroupView, group_view
from letterdesk.desk.views.drafts import Choice
from letterdesk.desk.views.pages import allowed
from letterdesk.desk.views.remarks import Remark, remarks
from letterdesk.desk.views.remarks_of_names import advice
from letterdesk.desk.views.sentences import sentence_for
from letterdesk.domain.compare import Stretch, compare
from letterdesk.domain.marks import shaded
from letterdesk.domain.rules import Terms
from letterdesk.domain.states import Risk
from letterdesk.domain.text import Html
from letterdesk.triage.signal import Kind

_MOST_LEFT_OUT = 20  # named one by one
_SHOWN_BY_PAGE = frozenset({Kind.CAMPAIGN, Kind.PASSAGE})  # the one is why they are here


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A form that came back, and why; `code` is the error's."""

    post: QueryDict
    wrong: str
    code: str

    @property
    def panel(self) -> str:
        """The form that was sent."""
        return self.post.get("action", "")

    @property
    def note(self) -> str:
        """What she wrote to colleagues."""
        return self.post.get("note", "")


@dataclass(frozen=True, kw_only=True)
class Back:
    """What is ticked when a page is shown again, and why a form came back, if it did."""

    ticked: frozenset[Shown] = frozenset()
    refused: Refused | None = None


FRESH = Back()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A letter of a group on the page.

    `marked` is its whole text; `missing` is what the first letter has and this one has
    not; `ticket` is empty when it cannot be decided on here. `with_page` is what it sends
    when it is ticked with its page, empty where that does not tick it: nobody has seen
    words that are veiled. `is_ticked_so` says that it is ticked with its page.
    """

    letter: WholeLetter
    marked: Html
    remarks: tuple[Remark, ...]
    missing: tuple[str, ...]
    is_same: bool  # word for word the first
    ticket: str
    with_page: str
    is_ticked: bool
    is_ticked_so: bool
    veiled: bool

    @property
    def is_sensitive(self) -> bool:
        """Say whether two people decide on it, and nobody here."""
        return self.letter.comment.risk is Risk.SENSITIVE


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """How many letters of a page can be ticked, and how many cannot."""

    can: int
    cannot: int


@dataclass(frozen=True, kw_only=True)
class Left:
    """Letters that were left out for one reason, as they stand now."""

    why: str
    comments: tuple[CommentView, ...]


def lines_of(
    letters: Sequence[WholeLetter],
    who: Person,
    *,
    address: str,
    ticked: Collection[Shown],
    is_compared: bool = True,
) -> tuple[Line, ...]:
    """Give the letters of a page, compared with the first of them if they are alike."""
    first = letters[0].comment.original if letters and is_compared else ""
    return tuple(
        _line(one, who, address=address, first=first, ticked=ticked) for one in letters
    )


def ticks_of(lines: Sequence[Line]) -> Ticks:
    """Count the letters of a page that can be ticked, and the others."""
    can = sum(1 for line in lines if line.ticket)
    return Ticks(can=can, cannot=len(lines) - can)


def rules_of(terms: Terms, refused: Refused | None) -> tuple[Choice, ...]:
    """Give the rules to choose from, with those chosen that came back."""
    chosen = refused.post.getlist("rules") if refused else ()
    return tuple(
        Choice(
            number=rule.number,
            title=rule.title,
            note="",
            reason=rule.reason,
            is_chosen=rule.number in chosen,
        )
        for rule in terms.rules
    )


def last_group(request: HttpRequest, who: Person) -> GroupView | None:
    """Give what she has just decided together, when this page is what came after it."""
    asked = request.GET.get("group", "")
    if not asked or Permission.DECIDE not in allowed(who):
        return None
    try:
        found = group_view(who, asked)
    except (NotFound, NotYours):
        return None
    return found if found.decision.by == who.username else None


def left_out(request: HttpRequest, who: Person) -> tuple[Left, ...]:
    """Give the letters that the decision before this page left out, by the reason."""
    found: dict[str, list[CommentView]] = {}
    for written in request.GET.getlist("left")[:_MOST_LEFT_OUT]:
        public_id, _, code = written.partition(".")
        try:
            comment = one(who, public_id)
        except (NotFound, NotYours):
            continue
        found.setdefault(sentence_for(code), []).append(comment)
    return tuple(Left(why=why, comments=tuple(those)) for why, those in found.items())


def _line(
    letter: WholeLetter, who: Person, *, address: str, first: str, ticked: Collection[Shown]
) -> Line:
    comment = letter.comment
    text = comment.original
    steps = compare(first, text) if first else ()
    said = _remarks(letter)
    is_open = comment.risk is Risk.ORDINARY and not letter.claimed_by
    may_tick = is_open and Permission.DECIDE in allowed(who)
    shown = Shown(id=comment.id, version=comment.version)
    so = replace(shown, with_page=True)
    veiled = who.veils and letter.noticed.is_harsh
    return Line(
        letter=letter,
        marked=shaded(
            text, [mark for one in said for mark in one.marks], other=_new(steps)
        ),
        remarks=said,
        missing=tuple(
            one.text.strip() for one in steps if one.kind == "gone" and one.text.strip()
        ),
        is_same=bool(first) and first == text,
        ticket=ticket(who, shown, page=address) if may_tick else "",
        with_page=ticket(who, so, page=address) if may_tick and not veiled else "",
        is_ticked=shown in ticked or (so in ticked and not veiled),
        is_ticked_so=so in ticked and shown not in ticked and not veiled,
        veiled=veiled,
    )


def _remarks(letter: WholeLetter) -> tuple[Remark, ...]:
    """Give what triage says of a letter, but what the page itself shows."""
    found = letter.noticed
    spoken = [one for one in found.signals if one.kind not in _SHOWN_BY_PAGE]
    kept = replace(found, signals=tuple(spoken))
    comment = letter.comment
    return remarks(
        kept,
        text=comment.original,
        name=comment.original_name,
        story=letter.story,
        advice=advice(comment),
    )


def _new(steps: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Give where the words are that a text has and the first one has not."""
    found: list[tuple[int, int]] = []
    at = 0
    for step in steps:
        if step.kind == "new" and (words := step.text.strip()):
            start = at + step.text.index(words)
            found.append((start, start + len(words)))
        at += 0 if step.kind == "gone" else len(step.text)
    return found
