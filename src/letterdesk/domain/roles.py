"""The roles at the desk."""

from enum import StrEnum


class Role(StrEnum):
    """What a person or a program may do; each has a page in docs/reference/roles.md."""

    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMIN = "admin"
    AUDITOR = "auditor"
    REGISTRAR = "registrar"  # of programs alone: a content management system


OF_PEOPLE = tuple(role for role in Role if role is not Role.REGISTRAR)
