"""The outcomes in the public place, held against what the desk would tell today."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TypeVar

from django.db.models import F, Max, QuerySet

from letterdesk.desk.models import Comment, Notice, Tip
from letterdesk.desk.queries.found import found_by
from letterdesk.desk.queries.outcomes import outcome_of_notice, outcome_of_tip, teller
from letterdesk.domain import outcome as outcomes
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.outcome import Outcome, part_path
from letterdesk.places.base import Place
from letterdesk.places.hands import hands
from letterdesk.sealing import open_outcome
from letterdesk.watch import Watch

_NAME = re.compile(r"r/([0-9A-Z]{2})/(\1[0-9A-Z]{24})")
_AT_ONCE = 500  # letters
_TABLES = (Comment, Notice, Tip)
_Row = TypeVar("_Row", Comment, Notice, Tip)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What should lie there for one receipt; None: nothing."""

    lookup: str
    key: bytes
    outcome: Outcome | None


def is_outcome(name: str) -> bool:
    """Say whether a file has the name of an outcome: sealed, and handed out by no path."""
    return _NAME.fullmatch(name) is not None


def wrong_outcomes(place: Place, *, watch: Watch = iter) -> list[str]:
    """Give the paths of outcomes that are missing, or tell something else than is right.

    By their first part. What the press is still to tell is left out.
    """
    with hands() as threads:
        look = partial(_look, place, threads=threads, watch=watch)
        wrong = [
            *look(Comment.objects.all(), told=_of_comments),
            *look(Notice.objects.all(), told=_of_notices),
            *look(Tip.objects.all(), told=_of_tips),
        ]
    return sorted(outcomes.path(lookup) for lookup in wrong)


def stray_outcomes(place: Place) -> Iterator[str]:
    """Give the names of outcomes that belong to no letter of ours."""
    further = set(_further_parts())
    names = (one for one in place.list("r") if is_outcome(one) and one not in further)
    while some := list(islice(names, _AT_ONCE)):
        left = {name.rpartition("/")[2]: name for name in some}
        for table in _TABLES:
            for lookup, parts in found_by(table, "lookup", list(left), "outcome_parts"):
                if parts:
                    del left[str(lookup)]
        yield from left.values()


def _look(
    place: Place,
    rows: QuerySet[_Row],
    *,
    told: Callable[[QuerySet[_Row]], list[_Told]],
    threads: ThreadPoolExecutor,
    watch: Watch,
) -> Iterator[str]:
    """Give the lookup ids of rows whose outcome is wrong, some rows at a time.

    What seems wrong is looked at twice: the press may have told it meanwhile.
    """
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    rows = rows.filter(outcome_due=False, outcome_parts__gt=0)
    for begun in watch(range(0, last + 1, _AT_ONCE)):
        some = rows.filter(pk__gte=begun, pk__lt=begun + _AT_ONCE)
        if wrong := _wrong(place, told(some), threads):
            yield from _wrong(place, told(some.filter(lookup__in=wrong)), threads)


def _of_comments(rows: QuerySet[Comment]) -> list[_Told]:
    found = list(
        rows.select_related("story", "reasons__refers_to__refers_to")
        .defer("story__body", "story__credits", "story__picture")
        .filter(acted_version=F("version"))
    )
    told = teller(found)
    return [_told(row, told) for row in found]


def _of_notices(rows: QuerySet[Notice]) -> list[_Told]:
    found = rows.select_related("story", "comment", "decision")
    return [_told(row, outcome_of_notice) for row in found]


def _of_tips(rows: QuerySet[Tip]) -> list[_Told]:
    return [_told(row, outcome_of_tip) for row in rows.select_related("story")]


def _told(row: _Row, outcome: Callable[[_Row], Outcome | None]) -> _Told:
    try:
        due = outcome(row)
    except Exception:  # noqa: BLE001 -- a row that tells nothing any more is what we look for
        due = None
    return _Told(lookup=row.lookup, key=bytes(row.outcome_key), outcome=due)


def _wrong(place: Place, told: list[_Told], threads: ThreadPoolExecutor) -> list[str]:
    right = threads.map(partial(_is_right, place), told)
    return [one.lookup for one, is_right in zip(told, right, strict=True) if not is_right]


def _is_right(place: Place, told: _Told) -> bool:
    """Say whether the file tells what it should, whatever languages it names.

    A story gets another language, a letter too; earlier versions named none for letters.
    """
    if told.outcome is None:
        return False
    try:
        found = open_outcome(place.read, lookup=told.lookup, key=told.key)
    except LetterdeskError:
        return False
    wanted = outcomes.join(outcomes.split(told.outcome))
    language, written_in = wanted.language, wanted.written_in
    return replace(found, language=language, written_in=written_in) == wanted


def _further_parts() -> Iterator[str]:
    """Give the paths of all parts but the first: they are named by their key."""
    for table in _TABLES:
        rows = table.objects.filter(outcome_parts__gt=1)
        long = rows.values_list("lookup", "outcome_key", "outcome_parts")
        for lookup, key, parts in long.iterator(_AT_ONCE):
            yield from (part_path(lookup, bytes(key), at) for at in range(1, parts))
