"""The press acts on decisions: from here on they cannot be undone."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from random import SystemRandom

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.tally import count
from letterdesk.desk.models import Comment, PressFailure, PressPart, Statement, Story
from letterdesk.desk.queries.due import last_place, to_act_on
from letterdesk.desk.queries.failing import UNFINISHED
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.imports import from_elsewhere
from letterdesk.desk.queries.outcomes import status, status_before
from letterdesk.desk.queries.removals import removals
from letterdesk.desk.queries.report import STATEMENTS
from letterdesk.desk.queries.threads import undecided
from letterdesk.desk.queries.waiting import days_waited
from letterdesk.domain.statement import Measure, Verdict
from letterdesk.domain.states import State

_CHANCE = SystemRandom()
_OPEN_AGAIN = "reopened"
_ENDS = frozenset({"published", "edited", "rejected"})  # of a letter's waiting, once each


@transaction.atomic
def act(story_id: int, *, today: date) -> int:
    """Publish a story's approved comments, settle its other decisions; give how many.

    Nothing is written to the public place yet; the story is marked, so that it will be,
    even when this process dies. Locks the story and the comments.
    """
    story = Story.objects.select_for_update(no_key=True).get(pk=story_id)
    return _act(story, list(to_act_on(story)), today=today)


@transaction.atomic
def act_on_removals(story_id: int, *, today: date) -> list[int]:
    """Settle what only takes away from a story's readers; give the keys of the comments.

    Until its page is written the story counts as failing: where this process dies, the
    next one finds it by that. Locks the story and the comments.
    """
    story = Story.objects.select_for_update(no_key=True).get(pk=story_id)
    comments = removals(to_act_on(story))
    if not comments:
        return []
    PressFailure.objects.update_or_create(
        story=story,
        part=PressPart.PAGE,
        defaults={"why": UNFINISHED},
        create_defaults={"why": UNFINISHED, "since": today},
    )
    _act(story, comments, today=today)
    return [comment.pk for comment in comments]


def _act(story: Story, comments: list[Comment], *, today: date) -> int:
    if not comments:
        return 0
    new = [comment for comment in comments if comment.state == State.APPROVED]
    _await_page(comments, new)
    _place(story, new)
    Comment.objects.bulk_update(new, ["place"], batch_size=200)
    _update(new, state=State.PUBLISHED, published=Coalesce("published", Value(today)))
    _update(comments, acted_version=F("version"))
    story.changed = True
    story.save(update_fields=["changed"])
    reasons = _apply(comments, today=today)
    upheld = {one.comment_id for one in reasons if one.verdict == Verdict.UPHELD}
    _log(story, comments, new={comment.pk for comment in new}, upheld=upheld, today=today)
    _count(story, comments, reasons, today=today)
    return len(comments)


def _await_page(comments: list[Comment], new: list[Comment]) -> None:
    """Note what readers get with a page of a slot alone, and what they get no more."""
    public = [one for one in comments if one.state == State.PUBLISHED]
    back = [one for one, was in undecided(public) if was["state"] != State.PUBLISHED]
    _update([*new, *back], awaits_page=True)
    kept = {one.pk for one in [*new, *public]}
    gone = [one for one in comments if one.awaits_page and one.pk not in kept]
    _update(gone, awaits_page=False)


def _place(story: Story, new: list[Comment]) -> None:
    """Set new comments at the thread's end, by chance: the order tells nothing."""
    first = last_place(story) + 1
    for place, comment in enumerate(_CHANCE.sample(new, len(new)), start=first):
        comment.state = State.PUBLISHED
        comment.place = comment.place or place


def _update(comments: list[Comment], **values: object) -> None:
    for keys in batches([comment.pk for comment in comments]):
        Comment.objects.filter(pk__in=keys).update(**values)


def _apply(comments: Iterable[Comment], *, today: date) -> list[Statement]:
    """Give the statements of reasons that count from now on, with the day written down."""
    keys = [one.reasons_id for one in comments if one.reasons_id]
    found: list[Statement] = []
    for some in batches(keys):
        found.extend(Statement.objects.filter(pk__in=some, applied=None))
        Statement.objects.filter(pk__in=some, applied=None).update(applied=today)
    return found


def _count(
    story: Story, comments: list[Comment], reasons: Iterable[Statement], *, today: date
) -> None:
    """Count statements the ways in which reports ask for them."""
    languages = {one.pk: one.language for one in comments}
    counted: Counter[tuple[str, str, str]] = Counter()
    for one in reasons:
        language = languages[one.comment_id]
        if one.verdict:
            counted["appeal", one.verdict, language] += 1
        if one.measure == Measure.LIFTED:
            continue
        for kind in STATEMENTS:
            counted[kind, str(getattr(one, kind)), language] += 1
    _add(story, counted, today=today)


def _add(story: Story, counted: Counter[tuple[str, str, str]], *, today: date) -> None:
    """Add kind, key, language → how often to the counters of the story's desk."""
    for (kind, key, language), number in sorted(counted.items()):
        count(kind, day=today, key=key, desk=story.desk, language=language, by=number)


def _log(
    story: Story,
    comments: list[Comment],
    *,
    new: set[int],
    upheld: set[int],
    today: date,
) -> None:
    """Record what became of which comment, and count what is new."""
    became: dict[str, list[str]] = defaultdict(list)
    counted: Counter[tuple[str, str, str]] = Counter()
    elsewhere = from_elsewhere([one.pk for one in comments])  # where they waited, too
    gone = [one for one in comments if one.state != State.PUBLISHED]
    were = {one.pk: status_before(before) for one, before in undecided(gone)}
    for comment in comments:
        told = status(comment) or _OPEN_AGAIN
        became[told].append(comment.public_id)
        # Held before a page showed it, it was counted when the press acted first.
        is_new = comment.pk in new and comment.published is None
        is_known = comment.state == State.PUBLISHED and not is_new
        if told == _OPEN_AGAIN or is_known or comment.pk in upheld:
            continue
        if told == were.get(comment.pk):  # decided and undone, and counted by then
            continue
        counted[told, "", comment.language] += 1
        for rule in comment.rules if told != "withdrawn" else ():
            counted["rule", rule, comment.language] += 1
        if told in _ENDS and comment.acted_version == 1 and comment.pk not in elsewhere:
            waited = days_waited(comment.arrived, today=today)
            counted["waited", str(waited), comment.language] += 1
    record("published", who="press", day=today, story=story.public_id, became=dict(became))
    _add(story, counted, today=today)
