"""The demo's moderators: who they are, and what they decide. Imported after open_desk."""

import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from letterdesk.demo.letters import Sent
from letterdesk.demo.team import SIGN_INS, TEAM, Worker
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.own_account import choose_password
from letterdesk.desk.actions.people import add_user
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.queries.people import Person, by_name
from letterdesk.domain.states import NEEDS_RULE, Action, Risk, State

_HOURS = (9, 11, 14, 17)  # UTC, on one day after the other
_ARRIVAL = {
    State.PUBLISHED: Action.APPROVE,
    State.RETRACTED: Action.APPROVE,  # and retracted later
    "edited": Action.EDIT,
    State.REJECTED: Action.REJECT,
    State.HELD: Action.HOLD,
}


@dataclass(frozen=True, kw_only=True)
class Team:
    """The people of the demo newsroom, and the passwords of those who may sign in."""

    people: tuple[Person, ...]
    passwords: dict[str, str]

    @property
    def editor(self) -> Person:
        """Who leads the desk."""
        return next(one for one in self.people if one.role == "editor")


def hire(*, today: date) -> Team:
    """Give the demo's people, with accounts."""
    passwords = {one.name: _hire(one, today=today) for one in TEAM}
    return Team(
        people=tuple(by_name(one.name) for one in TEAM),
        passwords={one.name: passwords[one.name] for one in SIGN_INS},
    )


def _hire(one: Worker, *, today: date) -> str:
    """Give the password that somebody has chosen instead of her first one."""
    add_user(one.name, one.role, today=today, desks=one.desks)
    chosen = secrets.token_urlsafe(12)
    choose_password(by_name(one.name), new=chosen, today=today)
    return chosen


@dataclass(frozen=True, kw_only=True)
class Moderation:
    """Decides as the demo's files say; remembers the version of each comment."""

    team: Team
    now: datetime  # nothing is decided later
    _versions: Counter[str] = field(default_factory=Counter)

    def on_arrival(self, sent: Sent, day: date) -> None:
        """Decide on a comment that has just come, unless it is to wait."""
        if action := _ARRIVAL.get(sent.written.state):
            self.decide(sent, action, day)

    def decide(self, sent: Sent, action: Action, day: date) -> None:
        """Take a decision, by as many people as the story's risk asks for."""
        for person in self._deciders(sent, action):
            comment = decide(
                sent.id,
                action,
                by=person,
                version=self._versions[sent.id] + 1,
                ruling=_ruling(sent, action),
                now=taken_on(day, now=self.now),
            )
            self._versions[sent.id] = comment.version - 1

    def _deciders(self, sent: Sent, action: Action) -> list[Person]:
        """Give the moderator of the story's own desk, and a second one where it is due."""
        theirs = [one for one in self.team.people if one.sees(sent.story.desk)]
        theirs.sort(key=lambda one: not one.desks)
        is_due = action in {Action.APPROVE, Action.EDIT}
        return theirs[: 2 if is_due and sent.story.risk is Risk.SENSITIVE else 1]


def taken_on(day: date, *, now: datetime) -> datetime:
    """Give when a decision of `day` was taken: by day, but not in the future."""
    hour = _HOURS[day.toordinal() % len(_HOURS)]
    return min(datetime.combine(day, time(hour, tzinfo=UTC)), now)


def _ruling(sent: Sent, action: Action) -> Ruling:
    written, is_edit = sent.written, action is Action.EDIT
    return Ruling(
        text=(written.edited_text or None) if is_edit else None,
        name_left_out=written.name_left_out if is_edit else None,
        rules=written.rules if action in NEEDS_RULE else (),
        note="" if action is Action.APPROVE else written.note,
    )
