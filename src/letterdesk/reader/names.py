"""What stands above a comment: its name, or what stands there instead."""

from letterdesk.domain.text import tame
from letterdesk.reader.words import words


def above(name: str, *, is_left_out: bool, language: str) -> str:
    """Give the name as readers get it, or what stands for one that is not there."""
    if is_left_out:
        return left_out(language)
    return tame(name).strip() or words(language).gettext("A reader")


def left_out(language: str) -> str:
    """Give what stands for a name that a moderator left out, in brackets like a note."""
    said = words(language).gettext("name left out")
    return f"[{said}]"
