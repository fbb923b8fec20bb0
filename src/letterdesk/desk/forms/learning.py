"""Which desk and language is meant, as an address or a form says it."""

from django.http import QueryDict


def read_pair(sent: QueryDict) -> tuple[str, str]:
    """Give a desk and a language; "" where none is named."""
    desk, language = sent.get("desk", ""), sent.get("language", "")
    return desk.replace("\0", ""), language.replace("\0", "")
