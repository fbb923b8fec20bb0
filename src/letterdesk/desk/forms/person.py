"""A person as the forms of admins send her."""

from collections.abc import Collection

from django.http import QueryDict

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.people import PersonSheet
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.account_names import alike


def read_person(post: QueryDict, *, known: Collection[str]) -> PersonSheet:
    """Give what a form says about a person. Raises PersonWrong as read_desks does."""
    return PersonSheet(
        role=str(post.get("role", "")),
        desks=read_desks(post, known=known),
        pseudonym=str(post.get("pseudonym", "")),
        seen=read_seen(post),
    )


def read_seen(post: QueryDict) -> str | None:
    """Give the mark of what a form showed of an account; None where it has none."""
    return str(post["seen"]) if "seen" in post else None


def read_desks(post: QueryDict, *, known: Collection[str]) -> tuple[str, ...]:
    """Give the desks that are ticked, and the one that is named as new.

    Raises PersonWrong: `desk-unknown` for one that is ticked and not there, `desk-alike`
    for a new one that looks like one that is.
    """
    ticked, new = ticked_desks(post), new_desk(post)
    if not set(ticked) <= set(known):
        raise PersonWrong("desk-unknown", "There is no such desk. Tick one that there is.")
    if new and alike(new, known):
        raise PersonWrong("desk-alike", "There is a desk that looks the same. Tick it.")
    return (*ticked, new) if new else ticked


def ticked_desks(post: QueryDict) -> tuple[str, ...]:
    """Give the desks that are ticked, whether there are such or not."""
    lines = "\n".join(str(value) for value in post.getlist("desks")).splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def new_desk(post: QueryDict) -> str:
    """Give the desk that is named as a new one; "" when none is."""
    return read_word(post, "new_desk").strip()
