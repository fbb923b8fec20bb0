"""A person as the forms of admins send her."""

from django.http import QueryDict

from letterdesk.desk.actions.people import PersonSheet


def read_person(post: QueryDict) -> PersonSheet:
    """Give what a form says about a person; desks stand one a line."""
    return PersonSheet(
        role=str(post.get("role", "")),
        desks=read_desks(post),
        pseudonym=str(post.get("pseudonym", "")),
    )


def read_desks(post: QueryDict) -> tuple[str, ...]:
    """Give the desks, without empty lines."""
    lines = str(post.get("desks", "")).splitlines()
    return tuple(line.strip() for line in lines if line.strip())
