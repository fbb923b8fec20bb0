"""A story's thread as the press may show it: only what it has acted on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from letterdesk.desk.models import Comment, Decision, Story
from letterdesk.desk.queries.cuts import current_name, from_rows
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.imports import edited_elsewhere, from_elsewhere
from letterdesk.domain.edit import has_own_brackets
from letterdesk.domain.states import State
from letterdesk.domain.thread import Published

Decided = Callable[[Comment, Mapping[str, Any]], None]
_SHOWN = (
    "public_id",
    "text",
    "name",
    "name_left_out",
    "language",
    "published",
    "place",
    "is_pick",
    "reply_to_id",
    "state",
    "cuts",
    "rules",
    "terms",
    "version",
    "acted_version",
    "awaits_page",
)


def as_acted_on(row: Comment, before: Mapping[str, Any]) -> None:
    """Let a comment, unsaved, be what it was `before`, when the press last acted on it."""
    row.state = str(before["state"])
    row.cuts, row.rules = before["cuts"], before["rules"]
    row.terms = str(before["terms"])
    row.name_left_out = bool(before.get("name_left_out"))


def thread(story: Story) -> list[Published]:
    """Give the comments of a thread; retracted and withdrawn ones as gaps.

    A decision that could still be undone does not show: the comment stands as it stood
    when the press last acted. Index comment_in_thread.
    """
    return _values(_rows(story, as_acted_on))


def thread_between_slots(
    story: Story, *, decided: Decided = as_acted_on
) -> list[Published]:
    """Give a thread without what the press has published, and no page has shown yet.

    It is a gap, as a comment that is put back is for its readers: the moment at which it
    appears is a slot's, once nobody has taken it back. `decided` makes of a comment that
    was decided on since the press acted what it is here. Index comment_in_thread.
    """
    rows = _rows(story, decided)
    for row in rows:
        if row.awaits_page:
            row.state = State.WITHDRAWN
    return _values(rows)


def awaits_page(story_id: int) -> bool:
    """Say whether readers get a comment with the story's next page. Index as `thread`."""
    found = Comment.objects.filter(story=story_id, place__isnull=False, awaits_page=True)
    return found.exists()


def _rows(story: Story, decided: Decided) -> list[Comment]:
    found = Comment.objects.filter(story=story, place__isnull=False).order_by("place")
    rows = list(found.only(*_SHOWN))
    for row, before in undecided(rows):
        decided(row, before)
    return rows


def _values(rows: list[Comment]) -> list[Published]:
    ids = {row.pk: row.public_id for row in rows}
    elsewhere = from_elsewhere(
        [row.pk for row in rows if has_own_brackets(f"{row.text}\n{row.name}")]
    )
    edited = edited_elsewhere([row.pk for row in rows if "[" in row.text + row.name])
    return [
        replace(
            _published(row, ids, is_from_elsewhere=row.pk in elsewhere),
            edited_elsewhere=edited.get(row.pk) if row.state == State.PUBLISHED else None,
        )
        for row in rows
    ]


def undecided(rows: Iterable[Comment]) -> Iterable[tuple[Comment, dict[str, Any]]]:
    """Give the comments decided on since the press acted, and what they were before."""
    waiting = {row.pk: row for row in rows if row.version > row.acted_version}
    found: dict[int, dict[str, Any]] = {}
    for some in batches(waiting):
        taken = Decision.objects.filter(comment__in=some).order_by("-version")
        found |= {
            one.comment_id: one.before
            for one in taken
            if one.version > waiting[one.comment_id].acted_version
        }
    return [(waiting[pk], before) for pk, before in found.items()]


def _published(
    row: Comment, ids: Mapping[int, str], *, is_from_elsewhere: bool
) -> Published:
    is_gone = row.state != State.PUBLISHED
    return Published(
        id=row.public_id,
        text="" if is_gone else row.text,
        name="" if is_gone else current_name(row),
        published=row.published.isoformat() if row.published else "",
        order=row.place or 0,
        reply_to=ids.get(row.reply_to_id or 0, ""),
        cuts=() if is_gone else from_rows(row.cuts),
        rules=() if is_gone else tuple(row.rules),
        terms="" if is_gone or not row.rules else row.terms,
        language=row.language,
        is_gone=is_gone,
        is_pick=row.is_pick and not is_gone,
        name_left_out=row.name_left_out and not is_gone,
        is_from_elsewhere=is_from_elsewhere,
    )
