"""What the forms of a card show filled in."""

from dataclasses import dataclass, field

from letterdesk.desk.actions.rulings import Grounds
from letterdesk.desk.forms.decision import Wish
from letterdesk.desk.queries.comment_view import Card
from letterdesk.desk.queries.decisions import DecisionView
from letterdesk.domain.edit import Piece
from letterdesk.domain.rules import Terms
from letterdesk.domain.states import Action, State


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two decided, or one in two tabs: what stands now, and what this one wanted."""

    now: DecisionView | None  # none: the press, or the author
    action: Action
    rules: tuple[str, ...]
    note: str
    pieces: tuple[Piece, ...]  # of the text that she wanted, when she cut
    name_left_out: bool | None = None  # what she wanted of the name; None: nothing
    kept: tuple[tuple[str, str], ...] = ()  # fields by which she can go on with it
    is_own: bool = False  # she was both, in two tabs

    @property
    def deed(self) -> str:
        """The action, said better where it was of nothing but the name."""
        if self.pieces or self.name_left_out is None:
            return self.action
        return "edit-name" if self.name_left_out else "edit-back"


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
    name_left_out: bool = False
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
    comment = card.comment
    return Draft(
        panel=panel,
        text=comment.text,
        rules=comment.rules,
        name_left_out=comment.name_left_out,
    )


def again(card: Card, wish: Wish, *, wrong: str) -> Draft:
    """Give the draft that hands back what somebody filled in."""
    text, leaves_out = wish.ruling.text, wish.ruling.name_left_out
    return Draft(
        panel=_panel(card, wish),
        text=card.comment.text if text is None else text,
        name_left_out=card.comment.name_left_out if leaves_out is None else leaves_out,
        rules=wish.ruling.rules,
        note=wish.ruling.note,
        grounds=wish.ruling.grounds,
        wrong=wrong,
    )


def _panel(card: Card, wish: Wish) -> str:
    """Give the form that a wish came from, where it is still there."""
    if wish.ruling.is_of_name:
        return "name" if card.can_leave_name_out or card.can_put_name_back else ""
    has_panel = wish.action in card.possible and not _is_at_once(card, wish.action)
    return str(wish.action) if has_panel else ""


def _is_at_once(card: Card, action: Action) -> bool:
    """Say whether a decision has no form to fill in."""
    if action is Action.RESTORE:
        return card.comment.status is not State.RETRACTED
    return action is Action.APPROVE


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
