"""Undo an import: what it brought goes, apart from what somebody here has touched."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.screen import forget_signals
from letterdesk.desk.actions.stories import close_story
from letterdesk.desk.models import Claim, Comment, Imported, ImportRun, Story
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.imports import (
    RunView,
    answered_by_imports,
    runs,
    untouched,
)
from letterdesk.desk.queries.locks import lock_screening
from letterdesk.desk.queries.people import COMMAND


@dataclass(frozen=True, kw_only=True)
class Undone:
    """How many comments of an import are gone or stay, and how many stories are closed.

    `answered` of those that stay do so only for answers that other imports brought:
    `undo_first` are these, the newest first.
    """

    removed: int
    kept: int
    closed: int
    answered: int = 0
    undo_first: tuple[RunView, ...] = ()


def undo_import(number: int, *, today: date) -> Undone:
    """Remove what import `number` brought and nothing here depends on.

    Story by story: stopped, the next call goes on. Stories that an import registered are
    closed where nothing is left in them: they leave the readers' list, until an import
    brings comments to them. Readers' pages change with the next publication. Raises
    NotFound.
    """
    run = ImportRun.objects.filter(pk=number).first()
    if run is None:
        raise NotFound("import-unknown", "There is no import with this number.")
    of_run = Imported.objects.filter(run=run)
    stories = sorted(set(of_run.values_list("story_id", flat=True).distinct()))
    own = run.stories.order_by("pk").values_list("pk", flat=True)
    removed = sum(_undo_in(story, run, today=today) for story in stories)
    closed = sum(_close_empty(story, today=today) for story in {*stories, *own})
    kept = of_run.exclude(comment=None).count()
    if not kept and not run.stories.exists():
        run.delete()
    answered, first = _for_others(run, stories) if kept else (0, ())
    return Undone(
        removed=removed, kept=kept, closed=closed, answered=answered, undo_first=first
    )


def _for_others(run: ImportRun, stories: Iterable[int]) -> tuple[int, tuple[RunView, ...]]:
    """Give how many comments stay for other imports' answers, and those imports."""
    answered, numbers = 0, set[int]()
    for story in stories:
        some, of_runs = answered_by_imports(run, story)
        answered += some
        numbers |= of_runs
    found = runs(COMMAND) if numbers else []
    return answered, tuple(one for one in reversed(found) if one.number in numbers)


@transaction.atomic
def _close_empty(story_id: int, *, today: date) -> bool:
    """Close a story that an import registered and that has no comment; say whether.

    Locks the story, against new comments, too.
    """
    Story.objects.select_for_update().filter(pk=story_id).first()
    empty = Story.objects.filter(pk=story_id, is_open=True, comments=None)
    found = empty.filter(brought_by__isnull=False).values_list("public_id", flat=True)
    for public_id in found:
        close_story(public_id, today=today)
        return True
    return False


@transaction.atomic
def _undo_in(story_id: int, run: ImportRun, *, today: date) -> int:
    """Remove a run's comments under a story; give how many. Locks story and comments."""
    lock_screening()  # before the story, as all do: else three can wait in a ring
    story = Story.objects.select_for_update(no_key=True).get(pk=story_id)
    rows = Comment.objects.filter(story=story, imported__run=run)
    list(rows.select_for_update(of=("self",)).order_by("id").values_list("pk"))
    Imported.objects.filter(run=run, story=story, comment=None).delete()
    gone = untouched(run, story_id)
    if not gone:
        return 0
    ids = _remove(gone)
    story.changed = True
    story.save(update_fields=["changed"])
    record(
        "import-undone",
        who="command",
        day=today,
        story=story.public_id,
        source=run.source,
        run=run.pk,
        removed=ids,
    )
    return len(gone)


def _remove(gone: Collection[int]) -> list[str]:
    """Remove comments and all that hangs on them; give their ids."""
    ids: list[str] = []
    for some in batches(gone):
        rows = Comment.objects.filter(pk__in=some)
        ids += sorted(rows.values_list("public_id", flat=True))
        rows.update(reply_to=None)
        Claim.objects.filter(comment__in=some).delete()
        Imported.objects.filter(comment__in=some).delete()
        forget_signals(some)
    for some in batches(gone):
        Comment.objects.filter(pk__in=some).delete()
    return ids
