"""Make the threads of imported comments whole: answers, gaps, places by date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.sums import Sum
from letterdesk.desk.models import Comment, Imported, ImportRun, Story
from letterdesk.desk.queries.due import last_place
from letterdesk.desk.queries.found import batches
from letterdesk.domain.ids import new_id
from letterdesk.domain.states import Risk, State
from letterdesk.interchange.notes import Notes
from letterdesk.triage import screening

_Key = tuple[str, str]  # site and id there
_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Finished(Sum):
    """Comments that got their place, gaps that were kept, answers to what is not there."""

    placed: int = 0
    gaps: int = 0
    lost: int = 0


def unfinished(run: ImportRun) -> list[int]:
    """Give the stories in whose threads what a run brought, or met, has no place yet.

    Index imported_unplaced.
    """
    rows = Imported.objects.filter(run=run, written__isnull=False)
    return sorted(set(rows.order_by().values_list("story_id", flat=True).distinct()))


@transaction.atomic
def finish(
    story_id: int, run: ImportRun, *, today: date, twins: Notes | None = None
) -> Finished:
    """Tie answers to what they answer, and put published comments into the thread.

    Oldest first, behind what is there. What another run holds back stays so. What was not
    taken over leaves a gap where others answered it. An answer to what is not there stands
    on its own, until that comes; `twins` say what stands for what was left out because
    another system has brought it. Locks the story.
    """
    story = Story.objects.select_for_update(no_key=True).get(pk=story_id)
    rows = _rows(story, run)
    by_key = {(row.site, row.source_id): row for row in rows}
    gaps = _gaps(by_key, story)
    lost = _tie(by_key, story, run.source, twins)
    placed = _place(rows, story)
    comments = [row.comment for row in rows if row.comment and _is_new(row)]
    Comment.objects.bulk_update(
        comments, ["reply_to", "lost_parent", "place"], batch_size=_AT_ONCE
    )
    _forget(rows)
    if not comments:
        return Finished(lost=lost)
    story.changed = True
    story.save(update_fields=["changed"])
    record(
        "import-placed",
        who="command",
        day=today,
        story=story.public_id,
        source=run.source,
        run=run.pk,
        gaps=[gap.public_id for gap in gaps],
    )
    return Finished(placed=placed, gaps=len(gaps), lost=lost)


def _is_new(row: Imported) -> bool:
    """Say whether a comment is new under its story, or has just found what it answers."""
    return bool(row.written or (row.comment and not row.comment.lost_parent))


def _rows(story: Story, run: ImportRun) -> list[Imported]:
    """Give what is new under a story, and older answers to what was not there."""
    is_new = Q(run=run, written__isnull=False)
    is_lost = Q(written=None, comment__lost_parent=True)
    found = Imported.objects.filter(is_new | is_lost, story=story, source=run.source)
    return list(found.select_related("comment").defer("comment__text").order_by("id"))


def _gaps(by_key: dict[_Key, Imported], story: Story) -> list[Comment]:
    """Make the gaps that answers need, all the way up; give them."""
    needed: dict[_Key, Imported] = {}
    for row in by_key.values():
        at = by_key.get((row.site, row.reply_to)) if row.comment_id else None
        while at and at.comment_id is None and (at.site, at.source_id) not in needed:
            needed[at.site, at.source_id] = at
            at = by_key.get((at.site, at.reply_to))
    made = Comment.objects.bulk_create(_gap(row, story) for row in needed.values())
    for row, gap in zip(needed.values(), made, strict=True):
        row.comment = gap
    return made


def _gap(row: Imported, story: Story) -> Comment:
    """Give a comment without words, which nobody can put back."""
    day = row.written.date() if row.written else story.registered
    return Comment(
        public_id=new_id(),
        story=story,
        desk=story.desk,
        risk=Risk.ORDINARY,
        state=State.WITHDRAWN,
        language=story.language,
        arrived=day,
        published=day,
        screened=screening.version(),
        salt=b"",
    )


def twin_key(site: str, source_id: str) -> str:
    """Give what the comment is noted under that stands for this one."""
    return f"{site}\n{source_id}"


def _tie(
    by_key: dict[_Key, Imported], story: Story, source: str, twins: Notes | None
) -> int:
    """Set what each comment answers; give how many answer what is not there."""
    parents = {key: row.comment_id for key, row in by_key.items()}
    wanted = {row.reply_to for row in by_key.values()} - {""}
    for some in batches(wanted):
        found = Imported.objects.filter(story=story, source=source, source_id__in=some)
        known = (
            found.exclude(comment=None)
            .filter(written=None)
            .values_list("site", "source_id", "comment_id")
        )
        for site, source_id, comment in known:
            parents.setdefault((site, source_id), comment)
    lost = 0
    for row in by_key.values():
        if row.comment is None:
            continue
        parent = parents.get((row.site, row.reply_to)) if row.reply_to else None
        if parent is None and row.reply_to and twins is not None:
            parent = int(twins.get("twin", twin_key(row.site, row.reply_to)) or 0) or None
        row.comment.reply_to_id = parent
        row.comment.lost_parent = bool(row.reply_to) and parent is None
        lost += row.comment.lost_parent
    return lost


def _place(rows: Iterable[Imported], story: Story) -> int:
    """Put what readers see at the thread's end, by the moment at which it was written."""
    seen = {State.PUBLISHED.value, State.WITHDRAWN.value}
    new = [
        (row.written, row.pk, row.comment)
        for row in rows
        if row.written and row.comment and row.comment.state in seen
    ]
    first = last_place(story) + 1
    for place, (_, _, comment) in enumerate(sorted(new, key=lambda one: one[:2]), first):
        comment.place = comment.place or place
    return len(new)


def _forget(rows: list[Imported]) -> None:
    """Forget the moments, and what nobody answered: the thread is whole."""
    gone = [row.pk for row in rows if row.comment_id is None]
    for some in batches(gone):
        Imported.objects.filter(pk__in=some).delete()
    kept = [row for row in rows if row.comment_id and row.written]
    for row in kept:
        row.written = None
    Imported.objects.bulk_update(kept, ["comment", "written"], batch_size=_AT_ONCE)
