"""Cuts between rows and values, and what they leave of a letter."""

from collections.abc import Iterable, Sequence

from letterdesk.desk.models import Comment
from letterdesk.domain.edit import Cut, published_text, removed


def from_rows(rows: Iterable[Sequence[object]]) -> tuple[Cut, ...]:
    """Give the cuts that a comment's `cuts` column holds."""
    return tuple(
        Cut(start=int(str(start)), end=int(str(end)), note=str(note))
        for start, end, note in rows
    )


def to_rows(cuts: Iterable[Cut]) -> list[list[object]]:
    """Give cuts as a comment's `cuts` column holds them."""
    return [[cut.start, cut.end, cut.note] for cut in cuts]


def current_name(comment: Comment) -> str:
    """Give the name that readers would get; "" where it is left out, or none was given."""
    return "" if comment.name_left_out else comment.name


def current_text(comment: Comment) -> str:
    """Give the text that readers would get: with the cuts applied."""
    return published_text(comment.text, from_rows(comment.cuts))


def gives_back(
    comment: Comment, cuts: Iterable[Sequence[object]], *, name_left_out: bool
) -> bool:
    """Say whether readers would get a word, or the name, that they would not get now.

    `cuts`, as rows, and `name_left_out` are what is to stand instead of the comment's own.
    """
    if comment.name_left_out and not name_left_out:
        return True
    return not _removed(comment, cuts) >= _removed(comment, comment.cuts)


def takes_more(
    comment: Comment, cuts: Iterable[Sequence[object]], *, name_left_out: bool
) -> bool:
    """Say whether readers would lose a word, or the name, that they get now."""
    if name_left_out and not comment.name_left_out:
        return True
    return not _removed(comment, comment.cuts) >= _removed(comment, cuts)


def _removed(comment: Comment, cuts: Iterable[Sequence[object]]) -> set[int]:
    return removed(comment.text, from_rows(cuts))
