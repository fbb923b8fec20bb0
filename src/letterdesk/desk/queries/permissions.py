"""Who may do what: one table."""

from collections.abc import Mapping
from enum import StrEnum

from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.domain.roles import Role


class Permission(StrEnum):
    """Something that not everybody may do."""

    READ = "read"  # comments and stories of her desks
    DECIDE = "decide"
    UNDO_OTHERS = "undo_others"
    PUBLISH = "publish"
    REGISTER = "register"  # stories: new ones, and what a known one's URL says anew
    STORIES = "stories"
    RULES = "rules"  # write the Terms of Use
    LEARNING = "learning"  # choose what triage takes from the desk's decisions
    SEE_AUDIT = "see_audit"
    SEE_REPORTS = "see_reports"
    SEE_TIPS = "see_tips"
    PEOPLE = "people"
    EXPORT = "export"  # take letters out of the newsroom
    UNOPENED = "unopened"  # what did not open, and may be discarded


_P = Permission
_MODERATOR = frozenset({_P.READ, _P.DECIDE, _P.SEE_REPORTS})
_EDITOR = _MODERATOR | {
    _P.UNDO_OTHERS,
    _P.PUBLISH,
    _P.REGISTER,
    _P.STORIES,
    _P.RULES,
    _P.LEARNING,
    _P.SEE_AUDIT,
    _P.SEE_TIPS,
}
PERMISSIONS: Mapping[str, frozenset[Permission]] = {
    Role.MODERATOR: _MODERATOR,
    Role.EDITOR: _EDITOR,
    Role.ADMIN: _EDITOR | {_P.PEOPLE, _P.EXPORT, _P.UNOPENED},
    Role.AUDITOR: frozenset({_P.READ, _P.SEE_AUDIT, _P.SEE_REPORTS}),
    Role.REGISTRAR: frozenset({_P.REGISTER}),
}


def may(person: Person, permission: Permission) -> bool:
    """Say whether the person, with the token that she came with, may do this."""
    return permission in PERMISSIONS[person.role] & PERMISSIONS[person.cap or person.role]


def widens(before: Person, after: Person) -> bool:
    """Say whether somebody may do more after a change of her account, or elsewhere."""
    is_further = bool(before.desks) and not (after.desks and after.desks <= before.desks)
    return is_further or not PERMISSIONS[after.role] <= PERMISSIONS[before.role]


def require(person: Person, permission: Permission, *, desk: str | None = None) -> None:
    """Raise NotYours when the person may not do this, or not at this desk."""
    if not may(person, permission):
        raise NotYours("Your role does not allow this. Ask an editor or an admin.")
    if desk is not None and not person.sees(desk):
        raise NotYours(f"This belongs to the desk “{desk}”, which is not one of yours.")
