"""Write the outcomes that authors read with their receipts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from letterdesk.desk.actions.evidence import forget_unwelcome
from letterdesk.desk.actions.mails import forget_addresses, mark_due
from letterdesk.desk.actions.screen import forget_signals
from letterdesk.desk.models import Appeal, Comment, Statement
from letterdesk.desk.queries.appeals import verdicts
from letterdesk.desk.queries.due import decided_days, to_tell
from letterdesk.desk.queries.outcomes import outcome
from letterdesk.domain.outcome import part_path
from letterdesk.domain.states import State
from letterdesk.places.base import Place
from letterdesk.sealing import seal_outcome

_AT_ONCE = 500  # comments
_HANDS = 8  # threads that put files


@dataclass(frozen=True, kw_only=True)
class Told:
    """How many outcomes were written, and with how many files put and removed."""

    outcomes: int = 0
    put: int = 0
    removed: int = 0

    def __add__(self, other: "Told") -> "Told":
        return Told(
            outcomes=self.outcomes + other.outcomes,
            put=self.put + other.put,
            removed=self.removed + other.removed,
        )


def tell(story_id: int, *, place: Place) -> Told:
    """Write the outcomes of the comments on which the press has acted.

    Killed at any point, the next call does it again, with the same bytes. The words of
    withdrawn comments are erased with it. Raises PlaceFailed.
    """
    told = Told()
    while comments := list(to_tell(story_id)[:_AT_ONCE]):
        told += _tell(comments, place=place)
    return told


def _tell(comments: list[Comment], *, place: Place) -> Told:
    files = _files(comments)
    _remember(comments, files)
    with ThreadPoolExecutor(_HANDS) as hands:  # each waits for a disk or a network
        puts = hands.map(lambda one: _put(place, files[one.pk]), comments)
        put = sum(puts)
    removed = sum(_remove(place, one, keep=len(files[one.pk])) for one in comments)
    _settle(comments, files)
    written = sum(bool(files[one.pk]) for one in comments)
    return Told(outcomes=written, put=put, removed=removed)


def _files(comments: Iterable[Comment]) -> dict[int, dict[str, bytes]]:
    """Give the files of each comment's outcome; none while nothing is decided for good."""
    keys = [comment.pk for comment in comments]
    days, answers = decided_days(keys), verdicts(keys)
    files: dict[int, dict[str, bytes]] = {}
    for comment in comments:
        told = outcome(
            comment,
            decided=days[comment.pk].isoformat() if comment.pk in days else "",
            appeal=answers.get(comment.pk, ""),
        )
        files[comment.pk] = (
            seal_outcome(told, lookup=comment.lookup, key=bytes(comment.outcome_key))
            if told and comment.lookup
            else {}
        )
    return files


def _remember(
    comments: Iterable[Comment], files: Mapping[int, Mapping[str, bytes]]
) -> None:
    """Note how many parts may lie in public from here on, before any is put."""
    for parts, keys in _by_parts(comments, files).items():
        Comment.objects.filter(pk__in=keys, outcome_parts__lt=parts).update(
            outcome_parts=parts
        )


def _put(place: Place, files: Mapping[str, bytes]) -> int:
    """Put the parts, the first one last: it says how many there are."""
    for path, raw in reversed(list(files.items())):
        place.put(path, raw)
    return len(files)


def _remove(place: Place, comment: Comment, *, keep: int) -> int:
    """Remove the parts of an earlier, longer outcome."""
    stale = range(keep, comment.outcome_parts)
    for number in stale:
        place.remove(part_path(comment.lookup, bytes(comment.outcome_key), number))
    return len(stale)


@transaction.atomic
def _settle(comments: Iterable[Comment], files: Mapping[int, Mapping[str, bytes]]) -> None:
    """Mark as told, except what was decided on meanwhile."""
    for parts, keys in _by_parts(comments, files).items():
        Comment.objects.filter(pk__in=keys, acted_version=F("version")).update(
            outcome_parts=parts, outcome_due=False
        )
    gone = [one.pk for one in comments if one.state == State.WITHDRAWN]
    forget_addresses(gone)
    mark_due([one.pk for one in comments if files[one.pk] and one.pk not in gone])
    _erase(gone)


def _erase(keys: list[int]) -> None:
    """Erase the words of withdrawn comments; `scrub` makes SQLite forget them."""
    Comment.objects.filter(pk__in=keys).update(
        text="", name="", cuts=[], rules=[], statement="", salt=b""
    )
    Statement.objects.filter(comment__in=keys).update(explanation="")
    Appeal.objects.filter(comment__in=keys).update(text="", is_open=False)
    forget_signals(keys)
    forget_unwelcome(keys)


def _by_parts(
    comments: Iterable[Comment], files: Mapping[int, Mapping[str, bytes]]
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for comment in comments:
        found[len(files[comment.pk])].append(comment.pk)
    return found
