"""What came from other systems, and which of it nobody has touched since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from letterdesk.desk.models import Comment, Imported, ImportRun
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require


@dataclass(frozen=True, kw_only=True)
class RunView:
    """One import; `finished` is None while its threads are not whole."""

    number: int
    source: str
    file: str
    begun: date
    finished: date | None
    comments: int


def runs(person: Person) -> list[RunView]:
    """Give the imports that brought something, oldest first. Raises NotYours."""
    require(person, Permission.SEE_AUDIT)
    rows = ImportRun.objects.annotate(number=Count("comments__comment")).order_by("id")
    rows = rows.exclude(comments=None)
    return [
        RunView(
            number=row.pk,
            source=row.source,
            file=row.file,
            begun=row.begun,
            finished=row.finished,
            comments=row.number,
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
    rows = Comment.objects.filter(story_id=story_id, imported__run=run, version=1)
    rows = rows.filter(is_pick=False, notices=None, appeals=None, decisions=None)
    found = set(rows.values_list("pk", flat=True))
    answers = Comment.objects.filter(story_id=story_id, reply_to__isnull=False)
    parents = dict(answers.values_list("pk", "reply_to_id"))
    for key in parents:
        at = parents[key] if key not in found else None
        while at in found:
            found.discard(at)
            at = parents.get(at)
    return found
