"""Write the outcomes that authors read with their receipts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from letterdesk.desk.actions.close_notices import erase_answered
from letterdesk.desk.actions.evidence import forget_unwelcome
from letterdesk.desk.actions.mails import forget_addresses, mark_due
from letterdesk.desk.actions.screen import forget_signals
from letterdesk.desk.actions.sums import Sum
from letterdesk.desk.models import Appeal, Comment, Decision, Statement
from letterdesk.desk.queries.appeals import verdicts
from letterdesk.desk.queries.outcomes import teller
from letterdesk.domain.outcome import Outcome, part_path
from letterdesk.domain.states import State
from letterdesk.places.base import Place
from letterdesk.places.hands import hands
from letterdesk.sealing import seal_outcome

_AT_ONCE = 500  # comments
Note = Callable[[Exception], object]


@dataclass(frozen=True, kw_only=True)
class Told(Sum):
    """How many outcomes were written, and with how many files put and removed."""

    outcomes: int = 0
    put: int = 0
    removed: int = 0


def tell(due: QuerySet[Comment], *, place: Place, note: Note) -> Told:
    """Write the outcomes of comments on which the press has acted, in the order of `due`.

    One that cannot be made stays due, and `note` is told why. Killed at any point, the next
    call does it again, with the same bytes. The words of withdrawn comments are erased with
    it. Raises PlaceFailed.
    """
    told, last = Told(), 0
    while comments := list(due.filter(pk__gt=last)[:_AT_ONCE]):
        last = comments[-1].pk
        told += _tell(comments, place=place, note=note)
    return told


def _tell(comments: list[Comment], *, place: Place, note: Note) -> Told:
    appeals = verdicts([one.pk for one in comments])  # before the outcomes say them
    files = _files(comments, note)
    made = [one for one in comments if one.pk in files]
    _remember(made, files)
    with hands() as threads:
        puts = threads.map(lambda one: _put(place, files[one.pk]), made)
        put = sum(puts)
    removed = sum(_remove(place, one, keep=len(files[one.pk])) for one in made)
    _settle(made, files, appeals)
    written = sum(bool(files[one.pk]) for one in made)
    return Told(outcomes=written, put=put, removed=removed)


def _files(comments: list[Comment], note: Note) -> dict[int, dict[str, bytes]]:
    """Give the files of each comment's outcome; none while nothing is decided for good."""
    told = teller(comments)
    files: dict[int, dict[str, bytes]] = {}
    for comment in comments:
        try:
            files[comment.pk] = _sealed(comment, told(comment))
        except Exception as error:  # noqa: BLE001 -- whatever it is, others must not wait
            note(error)
    return files


def _sealed(comment: Comment, told: Outcome | None) -> dict[str, bytes]:
    if told is None or not comment.lookup:
        return {}
    return seal_outcome(told, lookup=comment.lookup, key=bytes(comment.outcome_key))


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
def _settle(
    comments: Iterable[Comment],
    files: Mapping[int, Mapping[str, bytes]],
    appeals: Mapping[int, str],
) -> None:
    """Mark as told, except what was decided on, or appealed, meanwhile.

    `appeals` is what was known of them before. Locks the comments.
    """
    same = _without_new_appeal([one.pk for one in comments], appeals)
    told = [one for one in comments if one.pk in same]
    for parts, keys in _by_parts(told, files).items():
        Comment.objects.filter(pk__in=keys, acted_version=F("version")).update(
            outcome_parts=parts, outcome_due=False
        )
    gone = [one.pk for one in comments if one.state == State.WITHDRAWN]
    forget_addresses(gone)
    mark_due([one.pk for one in comments if files[one.pk] and one.pk not in gone])
    _erase(gone)


def _without_new_appeal(keys: list[int], appeals: Mapping[int, str]) -> set[int]:
    """Give which of these comments nobody has appealed about since; all are locked."""
    locked = Comment.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(locked.order_by("id").values_list("pk"))
    now = verdicts(keys)
    return {key for key in keys if now.get(key) == appeals.get(key)}


def _erase(keys: list[int]) -> None:
    """Erase the words of withdrawn comments; `scrub` makes SQLite forget them."""
    Comment.objects.filter(pk__in=keys).update(
        text="",
        name="",
        name_left_out=False,
        cuts=[],
        rules=[],
        statement="",
        salt=b"",
    )
    Decision.objects.filter(comment__in=keys).update(note="", before={})
    Statement.objects.filter(comment__in=keys).update(explanation="", law="")
    Appeal.objects.filter(comment__in=keys).update(text="", is_open=False)
    erase_answered(keys)
    forget_signals(keys)
    forget_unwelcome(keys)


def _by_parts(
    comments: Iterable[Comment], files: Mapping[int, Mapping[str, bytes]]
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for comment in comments:
        found[len(files[comment.pk])].append(comment.pk)
    return found
