"""Words as a form or an address has them."""

from django.http import QueryDict


def read_word(sent: QueryDict, name: str) -> str:
    """Give what stands under a name; "" when nothing does.

    Without NUL, which no text has and PostgreSQL refuses even to look for.
    """
    return str(sent.get(name, "")).replace("\0", "")
