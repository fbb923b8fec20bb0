"""What came from other systems, and which of it nobody has touched since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from letterdesk.desk.models import Comment, Imported, ImportRun
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.states import State


@dataclass(frozen=True, kw_only=True)
class RunView:
    """One import; `finished` is None while its threads are not whole."""

    number: int
    source: str
    file: str
    begun: date
    finished: date | None
    comments: int
    gaps: int  # beside them, where what was left out is answered


def runs(person: Person) -> list[RunView]:
    """Give the imports that brought something, oldest first. Raises NotYours."""
    require(person, Permission.SEE_AUDIT)
    is_gap = Q(comments__comment__state=State.WITHDRAWN, comments__comment__salt=b"")
    rows = ImportRun.objects.annotate(
        number=Count("comments__comment"), gaps=Count("comments__comment", filter=is_gap)
    )
    rows = rows.exclude(comments=None).order_by("id")
    return [
        RunView(
            number=row.pk,
            source=row.source,
            file=row.file,
            begun=row.begun,
            finished=row.finished,
            comments=row.number - row.gaps,
            gaps=row.gaps,
        )
        for row in rows
    ]


def from_elsewhere(comments: Collection[int]) -> set[int]:
    """Give those of these comments that were imported."""
    found: set[int] = set()
    for some in batches(comments):
        rows = Imported.objects.filter(comment__in=some)
        found |= {key for key in rows.values_list("comment_id", flat=True) if key}
    return found


def edited_elsewhere(comments: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Give those that another newsroom had edited, with the titles of its rules."""
    found: dict[int, tuple[str, ...]] = {}
    for some in batches(comments):
        rows = Imported.objects.filter(comment__in=some, edited_under__isnull=False)
        for key, titles in rows.values_list("comment_id", "edited_under"):
            found[key or 0] = tuple(titles or ())
    return found


def untouched(run: ImportRun, story_id: int) -> set[int]:
    """Give a run's comments under a story on which nothing here depends.

    Nobody decided on them or chose them, answered, reported or appealed; and whoever
    answered them is one of them.
    """
    own = _unjudged(story_id).filter(imported__run=run).values_list("pk", flat=True)
    return _without_answered(set(own), _parents(story_id))


def answered_by_imports(run: ImportRun, story_id: int) -> tuple[int, set[int]]:
    """Give how many of a run's comments only answers of other imports keep, and which.

    Those other imports are given by their numbers. For a story from which was removed what
    is `untouched`.
    """
    rows = _unjudged(story_id).filter(imported__isnull=False)
    run_of = dict(rows.values_list("pk", "imported__run"))
    parents = _parents(story_id)
    free = _without_answered(set(run_of), parents)
    own = {key for key in free if run_of[key] == run.pk}
    below = _below(own, free - own, parents)
    return len(own), {run_of[key] for key in below}


def _unjudged(story_id: int) -> QuerySet[Comment]:
    rows = Comment.objects.filter(story_id=story_id, version=1, is_pick=False)
    return rows.filter(notices=None, appeals=None, decisions=None)


def _parents(story_id: int) -> dict[int, int | None]:
    answers = Comment.objects.filter(story_id=story_id, reply_to__isnull=False)
    return dict(answers.values_list("pk", "reply_to_id"))


def _without_answered(keys: set[int], parents: Mapping[int, int | None]) -> set[int]:
    """Give the comments that nothing beside them answers, nor one of their answers."""
    found = set(keys)
    for key in parents:
        at = parents[key] if key not in found else None
        while at in found:
            found.discard(at)
            at = parents.get(at)
    return found


def _below(upper: set[int], lower: set[int], parents: Mapping[int, int | None]) -> set[int]:
    """Give those of `lower` that stand below one of `upper`, with none else between."""
    known: dict[int | None, bool] = {}
    at: int | None
    for at in lower:
        path = list[int | None]()
        while at in lower and at not in known:
            known[at] = False  # for a circle
            path.append(at)
            at = parents.get(at)
        known.update(dict.fromkeys(path, known.get(at, at in upper)))
    return {key for key in lower if known[key]}
