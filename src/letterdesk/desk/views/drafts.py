"""What the forms of a card show filled in."""

from dataclasses import dataclass, field

from letterdesk.desk.actions.rulings import Grounds
from letterdesk.desk.forms.decision import Wish
from letterdesk.desk.queries.comment_view import Card
from letterdesk.desk.queries.decisions import DecisionView
from letterdesk.domain.edit import Piece
from letterdesk.domain.rules import Terms
from letterdesk.domain.states import Action

_AT_ONCE = frozenset({Action.APPROVE, Action.RESTORE})  # without a form to fill in


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two people decided: what stands now, and what this one wanted."""

    now: DecisionView | None  # none: the press, or the author
    action: Action
    rules: tuple[str, ...]
    note: str
    pieces: tuple[Piece, ...]  # of the text that she wanted, when she cut


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A decision on its way. `panel` is the open one of the forms, "" when none is."""

    panel: str
    text: str
    rules: tuple[str, ...] = ()
    note: str = ""
    grounds: Grounds = field(default_factory=Grounds)
    wrong: str = ""  # what was refused, and what to do
    pieces: tuple[Piece, ...] = ()  # the preview that was asked for
    conflict: Conflict | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A rule to choose."""

    number: str
    title: str
    note: str
    reason: str  # the saved one, or as it was worded for this decision
    is_chosen: bool


def fresh(card: Card, *, panel: str) -> Draft:
    """Give the draft that a card begins with: the text as it stands."""
    return Draft(panel=panel, text=card.comment.text, rules=card.comment.rules)


def again(card: Card, wish: Wish, *, wrong: str) -> Draft:
    """Give the draft that hands back what somebody filled in."""
    text = wish.ruling.text
    has_panel = wish.action in card.possible and wish.action not in _AT_ONCE
    return Draft(
        panel=str(wish.action) if has_panel else "",
        text=card.comment.text if text is None else text,
        rules=wish.ruling.rules,
        note=wish.ruling.note,
        grounds=wish.ruling.grounds,
        wrong=wrong,
    )


def choices(terms: Terms, draft: Draft) -> tuple[Choice, ...]:
    """Give the rules in force, those of the draft chosen and worded as there."""
    return tuple(
        Choice(
            number=rule.number,
            title=rule.title,
            note=rule.note,
            reason=draft.grounds.wordings.get(rule.number, rule.reason),
            is_chosen=rule.number in draft.rules,
        )
        for rule in terms.rules
    )
