"""Store some comments from elsewhere: with what they were there, logged, or not at all."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from letterdesk.desk.actions.hold_named import let_wait
from letterdesk.desk.actions.import_check import Refusal, Sound
from letterdesk.desk.actions.import_finish import twin_key
from letterdesk.desk.actions.import_stories import Shelf, Stories, told_by
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Comment, Imported, ImportRun, Story
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.locks import keep_names, lock_intake
from letterdesk.desk.queries.twins import Twin, twins
from letterdesk.domain.audit import commitment
from letterdesk.domain.ids import new_id
from letterdesk.domain.states import Risk, State
from letterdesk.domain.text import is_text, mended
from letterdesk.interchange.records import Found
from letterdesk.triage import screening

_STATES = {
    Found.PUBLISHED: State.PUBLISHED,
    Found.PENDING: State.PENDING,
    Found.REJECTED: State.REJECTED,
}
_Key = tuple[str, str]


@dataclass(kw_only=True)
class Stored:
    """How many comments came in by state; some that were published elsewhere wait here.

    `held` of them for two people, `naming` because they give a protected name. `known` had
    been imported before, or stood in the file twice, word for word; `alike` came in
    although another system has brought the same words, `left` did not for that.
    """

    states: Counter[str] = field(default_factory=Counter)
    held: int = 0
    naming: int = 0
    known: int = 0
    alike: int = 0
    left: int = 0


@transaction.atomic
def store(
    sound: Sequence[Sound],
    refused: Sequence[Refusal],
    *,
    run: ImportRun,
    stories: Stories,
) -> Stored:
    """Store what is not stored yet, and remember the places of what is not taken over.

    Nothing of it is in a thread before `finish`. What was published elsewhere waits for two
    people where the story is sensitive, and for one where it gives a protected name. Locks
    the stories.
    """
    lock_intake()
    keep_names()
    done = Stored()
    keys = [*(one.key for one in sound), *(one.key for one in refused if one.written)]
    known = known_of(run.source, keys) | known_before(run.source, sound)
    _adopt(known, run)
    rows = _locked(stories.keys[one.url] for one in sound)
    new = _not_stored(sound, known)
    done.known = len(sound) - len(new)
    _forget_gaps(run.source, [key for key in new if key in known])
    new = _without_twins(new, run.source, stories, done)
    made = [
        _comment(one, rows[stories.keys[one.url] or 0], stories.shelf)
        for one in new.values()
    ]
    pairs = list(zip(new.values(), made, strict=True))
    done.held = sum(
        one.record.found == Found.PUBLISHED and row.state == State.PENDING
        for one, row in pairs
    )
    done.naming = let_wait(made)
    Comment.objects.bulk_create(made)
    Imported.objects.bulk_create(_of(one, run, comment=row) for one, row in pairs)
    done.states.update(row.state for row in made)
    _keep_places(refused, {*known, *new}, run=run, stories=stories.keys)
    if made:
        _log(made, run)
    return done


def _not_stored(sound: Sequence[Sound], known: Mapping[_Key, int]) -> dict[_Key, Sound]:
    """Give what is not stored yet, the first of what comes more than once."""
    new: dict[_Key, Sound] = {}
    for one in sound:
        if not known.get(one.key):
            new.setdefault(one.key, one)
    return new


def _without_twins(
    new: dict[_Key, Sound], source: str, stories: Stories, done: Stored
) -> dict[_Key, Sound]:
    """Give those that come in, and count those whose words another system has brought."""
    alike = alike_of(source, new.values(), stories)
    if stories.twins is None:
        done.alike = len(alike)
        return new
    done.left = len(alike)
    stories.twins.put_all("twin", ((twin_key(*key), str(alike[key])) for key in alike))
    return {key: one for key, one in new.items() if key not in alike}


def alike_of(source: str, sound: Iterable[Sound], stories: Stories) -> dict[_Key, int]:
    """Give those whose words another system has brought about the same story, and where."""
    wanted = {
        one.key: Twin(story=story, day=one.written.date(), name=one.name, text=one.text)
        for one in sound
        if (story := stories.keys[one.url])
    }
    found = zip(wanted, twins(source, list(wanted.values())), strict=True)
    return {key: comment for key, comment in found if comment}


def adopt_all(run: ImportRun) -> None:
    """Make a run's own what earlier ones of its system still hold back."""
    _held(run).update(run=run)


def _adopt(known: Mapping[_Key, int], run: ImportRun) -> None:
    """Make a run's own what an earlier one holds back and this file has, too.

    So it is finished by the file that it is from, whatever that is called, and by no other.
    """
    for some in batches({source_id for _, source_id in known}):
        rows = _held(run).filter(source_id__in=some).values_list("pk", "site", "source_id")
        own = [key for key, site, source_id in rows if (site, source_id) in known]
        Imported.objects.filter(pk__in=own).update(run=run)
    for comments in batches({key for key in known.values() if key}):  # by a former id
        _held(run).filter(comment__in=comments).update(run=run)


def _held(run: ImportRun) -> QuerySet[Imported]:
    """Give what other runs of the same system hold back."""
    rows = Imported.objects.filter(source=run.source, written__isnull=False)
    return rows.exclude(run=run)


def known_of(source: str, keys: Iterable[_Key]) -> dict[_Key, int]:
    """Give what is known of these, with the comment's key; 0 for a mere place.

    Constraint imported_once.
    """
    found: dict[_Key, int] = {}
    for some in batches({source_id for _, source_id in keys}):
        rows = Imported.objects.filter(source=source, source_id__in=some)
        for site, source_id, comment in rows.values_list("site", "source_id", "comment_id"):
            found[site, source_id] = comment or 0
    return found


def known_before(source: str, sound: Iterable[Sound]) -> dict[_Key, int]:
    """Give those that an earlier version took over by their former id, and their comments.

    Others may have had that id: author and words must be the same. Constraint
    imported_once.
    """
    former = {
        (one.record.site, one.record.former_id, one.name, one.text): one.key
        for one in sound
        if one.record.former_id
    }
    found: dict[_Key, int] = {}
    for some in batches({source_id for _, source_id, *_ in former}):
        rows = Imported.objects.filter(source=source, source_id__in=some)
        told = rows.exclude(comment=None).values_list(
            "site", "source_id", "comment__name", "comment__text", "comment_id"
        )
        for site, source_id, name, text, comment in told:
            if key := former.get((site, source_id, name, text)):
                found[key] = comment or 0
    return found


def words_of(run: ImportRun, keys: Iterable[_Key]) -> dict[_Key, str]:
    """Give the words of those of these comments that this very import has brought.

    Constraint imported_once.
    """
    found: dict[_Key, str] = {}
    for some in batches({source_id for _, source_id in keys}):
        rows = Imported.objects.filter(source=run.source, source_id__in=some, run=run)
        rows = rows.exclude(comment=None)
        for site, source_id, text in rows.values_list("site", "source_id", "comment__text"):
            found[site, source_id] = text
    return found


def _locked(keys: Iterable[int | None]) -> dict[int, Story]:
    """Give stories that nobody makes sensitive until the caller commits."""
    locked = Story.objects.select_for_update(no_key=True).filter(pk__in=set(keys))
    rows = locked.only("id", "desk", "language", "risk").order_by("id")
    return {row.pk: row for row in rows}


def _comment(one: Sound, story: Story, shelf: Shelf) -> Comment:
    state, day = _STATES[one.record.found], one.written.date()
    is_sensitive = story.risk == Risk.SENSITIVE
    if state is State.PUBLISHED and is_sensitive:
        state = State.PENDING
    is_out = state is State.PUBLISHED
    return Comment(
        public_id=new_id(),
        story=story,
        desk=story.desk,
        risk=story.risk,
        state=state,
        text=one.text,
        name=one.name,
        language=one.language or _language(one.text, story.language, shelf),
        arrived=day,
        published=day if is_out else None,
        screened=screening.version() if is_out else 0,
        as_written=one.record.as_written,
        salt=secrets.token_bytes(32),
    )


def _language(text: str, of_story: str, shelf: Shelf) -> str:
    """Give a comment's language; the story's where the text does not tell another."""
    found = told_by(text)
    if not found or found == of_story.split("-")[0]:
        return of_story
    return shelf.near(found) or found


def _keep_places(
    refused: Iterable[Refusal],
    known: Collection[_Key],
    *,
    run: ImportRun,
    stories: Mapping[str, int | None],
) -> None:
    """Remember where comments stood that are not taken over: somebody may answer them."""
    gaps = {
        one.key: Imported(story_id=story, **_facts(one, run))
        for one in refused
        if one.key not in known and one.written and (story := stories.get(one.url))
    }
    Imported.objects.bulk_create(gaps.values())


def _of(one: Sound, run: ImportRun, *, comment: Comment) -> Imported:
    under = one.record.edited_under
    return Imported(
        comment=comment,
        story_id=comment.story_id,
        edited_under=None if under is None else [mended(title)[0] for title in under],
        **_facts(one, run),
    )


def _facts(one: Sound | Refusal, run: ImportRun) -> dict[str, Any]:
    return {
        "run": run,
        "source": run.source,
        "site": one.record.site,
        "source_id": one.record.id,
        "reply_to": one.record.reply_to if is_text(one.record.reply_to) else "",
        "written": one.written and one.written.astimezone(UTC),
    }


def _forget_gaps(source: str, keys: Iterable[_Key]) -> None:
    """Forget that these were places only: now there are words."""
    for site, source_id in keys:
        Imported.objects.filter(
            source=source, site=site, source_id=source_id, comment=None
        ).delete()


def _log(made: Iterable[Comment], run: ImportRun) -> None:
    record(
        "imported",
        who="command",
        day=run.begun,
        source=run.source,
        run=run.pk,
        comments={row.public_id: commitment(bytes(row.salt), row.text) for row in made},
    )
