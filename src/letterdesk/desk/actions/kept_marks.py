"""Marks of protected names that stay, as nobody could find them again."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from letterdesk.desk.models import ProtectedName, Signal
from letterdesk.desk.queries.names import not_recognised
from letterdesk.triage.screening import Answer
from letterdesk.triage.signal import Kind

_Place = tuple[int, str]  # a comment's key, and whether it is the text or the name
_Listed = frozenset[tuple[int | None, str]]  # a story's key, None for the site; a label


def kept_marks(answers: Mapping[int, Answer], *, key: bytes) -> dict[_Place, Signal]:
    """Give those marks that say of somebody listed who was not looked for, and no others.

    Not looked for is whom `key` does not recognise, and everybody where the check did not
    run. The rows are new ones, to be stored once the old are gone.
    """
    unread = {one for one, answer in answers.items() if _did_not_run(answer)}
    lost = _listed(not_recognised(key).values_list("story_id", "label"))
    if not (lost or unread):
        return {}
    listed = _listed(ProtectedName.objects.values_list("story_id", "label"))
    marks = Signal.objects.filter(kind=Kind.PROTECTED_NAME, code="protected")
    some = marks.filter(Q(comment__in=list(answers)) if lost else Q(comment__in=unread))
    found: dict[_Place, Signal] = {}
    for row in some.select_related("comment"):
        counts = listed if row.comment_id in unread else lost
        story = row.comment.story_id
        names = [
            one
            for one in row.facts["names"]
            if counts & {(story, one["label"]), (None, one["label"])}
        ]
        if names:
            row.pk, row.facts = None, {"names": names}
            found[row.comment_id, row.of] = row
    return found


def with_kept(rows: Iterable[Signal], kept: Mapping[_Place, Signal]) -> list[Signal]:
    """Give the rows to be stored, with the marks that stay."""
    found: dict[_Place, Signal] = {}
    others: list[Signal] = []
    for row in rows:
        place = (row.comment_id, row.of)
        if row.kind == Kind.PROTECTED_NAME and place in kept:
            found[place] = row
        else:
            others.append(row)
    return [*others, *(_with(mark, found.get(place)) for place, mark in kept.items())]


def _did_not_run(answer: Answer) -> bool:
    return any(one.kind is Kind.PROTECTED_NAME for one in answer.failures)


def _listed(rows: Iterable[tuple[int | None, str]]) -> _Listed:
    return frozenset(rows)


def _with(kept: Signal, new: Signal | None) -> Signal:
    """Give a mark that says what both do; where places overlap, that of the first."""
    again = list(new.facts.get("names", ())) if new else []
    known = {one["label"] for one in kept.facts["names"]}
    seen = {one["label"] for one in again}
    names = [*kept.facts["names"], *(one for one in again if one["label"] not in known)]
    facts = {"names": names, "kept": sorted(known - seen)}
    if new is None:
        kept.facts = facts
        return kept
    kept.score = max(kept.score, new.score)
    kept.facts = new.facts | facts
    if new.code != kept.code:  # it did not run
        kept.facts["unread"] = True
    free = [
        [start, end]
        for start, end in new.spans
        if all(end <= first or start >= last for first, last in kept.spans)
    ]
    kept.spans = sorted([*kept.spans, *free])
    return kept
