"""Decide on several letters at once, each as if alone, and take all of it back.

Every letter has a transaction of its own: see decision 30.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import (
    MAX_NOTE,
    NothingTicked,
    NotInGroup,
    OpenElsewhere,
    Ruling,
    TickedWithPage,
)
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.queries.civil import civil_ids
from letterdesk.desk.queries.claims import open_elsewhere
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.together import members, name_of_hold
from letterdesk.domain.errors import LetterdeskError, MoveNotAllowed
from letterdesk.domain.ids import new_id
from letterdesk.domain.rules import RuleMissing
from letterdesk.domain.states import NEEDS_RULE, Action
from letterdesk.domain.text import clean

ACTIONS = (Action.APPROVE, Action.REJECT, Action.HOLD)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A letter, and its version when somebody had its whole text on her screen.

    `with_page` says that it was ticked with its whole page, not by itself: see decision 74.
    """

    id: str
    version: int
    with_page: bool = False


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A letter that stayed as it was, and why."""

    id: str
    error: LetterdeskError


@dataclass(frozen=True, kw_only=True)
class Together:
    """What became of a group: `group` is the id that the decisions share."""

    group: str
    done: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def decide_together(
    letters: Sequence[Shown],
    action: Action,
    *,
    by: Person,
    ruling: Ruling,
    now: datetime,
) -> Together:
    """Give what became of each letter: decided, or left out as it was.

    What a single decision would refuse is left out, and so is what a colleague has open.
    Raises NotYours, NothingTicked, MoveNotAllowed, TickedWithPage, RuleMissing or
    LetterRefused, before anything is decided.
    """
    require(by, Permission.DECIDE)
    _check(letters, action, ruling)
    shared = replace(ruling, group=new_id(), named=())  # no page of a group says whom
    elsewhere = open_elsewhere(by, [one.id for one in letters], now=now)

    def decide_one(one: Shown) -> None:
        if one.id in elsewhere:
            raise OpenElsewhere
        decide(one.id, action, by=by, version=one.version, ruling=shared, now=now)

    return _each(letters, decide_one, group=shared.group)


def approve_civil(
    letters: Sequence[Shown], *, desk: str, language: str, by: Person, now: datetime
) -> Together:
    """Approve letters of a group by score; what has left the group since is left out.

    Raises NotYours, NothingTicked or TickedWithPage.
    """
    there = civil_ids(by, [one.id for one in letters], desk=desk, language=language)
    gone = [one for one in letters if one.id not in there]
    left_out = tuple(LeftOut(id=one.id, error=NotInGroup()) for one in gone)
    kept = [one for one in letters if one.id in there]
    if gone and not kept:
        return Together(group="", done=(), left_out=left_out)
    found = decide_together(kept, Action.APPROVE, by=by, ruling=Ruling(), now=now)
    return replace(found, left_out=found.left_out + left_out)


def undo_together(group: str, *, by: Person, now: datetime) -> Together:
    """Take back what still can be of the decisions that share `group`, the last one first.

    The group's page says for whom letters were held; whoever else they name stands on none,
    and they are left out, each to be undone on its own page.
    Raises NotFound, and NotYours when none of them is hers to take back.
    """
    require(by, Permission.DECIDE)
    taken = [Shown(id=one.comment, version=one.version) for one in members(group)]
    undone, name = new_id(), name_of_hold(group)
    named = (name,) if name else ()

    def undo_one(one: Shown) -> None:
        undo(one.id, by=by, now=now, version=one.version, group=undone, named=named)

    found = _each(taken[::-1], undo_one, group=undone)
    refused = [one.error for one in found.left_out if isinstance(one.error, NotYours)]
    if len(refused) == len(taken):
        raise refused[0]
    return found


def _check(letters: Sequence[Shown], action: Action, ruling: Ruling) -> None:
    """Refuse what would be refused for every letter alike."""
    if not letters:
        raise NothingTicked
    if action not in ACTIONS:
        raise MoveNotAllowed(f"Letters cannot be decided together with “{action}”.")
    if action is Action.APPROVE and any(one.with_page for one in letters):
        raise TickedWithPage
    if action in NEEDS_RULE and not ruling.rules:
        raise RuleMissing("Cite the rule that this decision rests on.")
    clean(ruling.note, field="note", longest=MAX_NOTE)


def _each(
    letters: Sequence[Shown], act: Callable[[Shown], None], *, group: str
) -> Together:
    done: list[str] = []
    left_out: list[LeftOut] = []
    for one in letters:
        try:
            act(one)
        except LetterdeskError as error:
            left_out.append(LeftOut(id=one.id, error=error))
        else:
            done.append(one.id)
    return Together(group=group, done=tuple(done), left_out=tuple(left_out))
