"""The roles at the desk."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each has a page in docs/reference/roles.md."""

    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMIN = "admin"
    AUDITOR = "auditor"
