"""Mark letters by whom they name, and keep the marks of who is not recognised any more."""

from collections.abc import Collection, Mapping

from letterdesk.desk.actions.screen import signal_rows
from letterdesk.desk.models import Signal
from letterdesk.desk.queries.names import not_recognised
from letterdesk.triage.screening import Answer
from letterdesk.triage.signal import Kind

_Place = tuple[int, str]  # a comment's key, and whether it is the text or the name


def replace_marks(answers: Mapping[int, Answer], *, key: bytes) -> None:
    """Mark comments by what was said of names in them, in the caller's transaction.

    Marks of whom `key` does not recognise stay: nobody could find them again.
    """
    marks = Signal.objects.filter(comment__in=list(answers), kind=Kind.PROTECTED_NAME)
    lost = frozenset(not_recognised(key).values_list("label", flat=True))
    kept = _naming(list(marks.filter(code="protected")), lost) if lost else {}
    rows = {
        (row.comment_id, row.of): row
        for one, answer in answers.items()
        for row in signal_rows(one, answer)
    }
    marks.delete()
    Signal.objects.bulk_create(
        _with(kept[place], rows.get(place)) if place in kept else rows[place]
        for place in {**rows, **kept}
    )


def _naming(marks: Collection[Signal], lost: Collection[str]) -> dict[_Place, Signal]:
    """Give those marks that say of somebody lost, and of nobody else."""
    found: dict[_Place, Signal] = {}
    for row in marks:
        names = [one for one in row.facts["names"] if one["label"] in lost]
        if names:
            row.pk, row.facts = None, {"names": names}
            found[row.comment_id, row.of] = row
    return found


def _with(kept: Signal, new: Signal | None) -> Signal:
    """Give a mark that says what both do; where places overlap, that of the first."""
    if new is None:
        return kept
    known = {one["label"] for one in kept.facts["names"]}
    kept.score = max(kept.score, new.score)
    kept.facts = new.facts | {
        "names": [
            *kept.facts["names"],
            *(one for one in new.facts.get("names", ()) if one["label"] not in known),
        ]
    }
    if new.code != kept.code:  # it did not run
        kept.facts["unread"] = True
    free = [
        [start, end]
        for start, end in new.spans
        if all(end <= first or start >= last for first, last in kept.spans)
    ]
    kept.spans = sorted([*kept.spans, *free])
    return kept
