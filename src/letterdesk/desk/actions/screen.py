"""Screen letters: ask triage what there is to notice, and keep what it says."""

import logging
import time
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from letterdesk.desk.actions.copies import forget_copies, remember
from letterdesk.desk.actions.kept_marks import kept_marks, with_kept
from letterdesk.desk.models import Comment, ScreeningMark, Signal
from letterdesk.desk.queries.desk_models import Taught, taught_by_desk
from letterdesk.desk.queries.locks import lock_screening
from letterdesk.desk.queries.models_in_use import InUse, in_use
from letterdesk.desk.queries.names import counts_for, listed_keys, names_for
from letterdesk.desk.queries.screening import Unscreened, subjects, unscreened
from letterdesk.domain.states import UNDECIDED, State
from letterdesk.triage import screening
from letterdesk.triage.screening import CHECKS, Answer, Asked, Check
from letterdesk.triage.signal import Kind

_AT_ONCE = 128  # letters
_KEPT = frozenset({"language-unknown", "civil", "no-model"})  # of those, kept
_SILENT = frozenset({"no-advertising"})  # of those that have a score, not kept

_log = logging.getLogger(__name__)


def screen(
    *,
    seconds: float,
    checks: Mapping[Kind, Check] = CHECKS,
    size: int = _AT_ONCE,
    key: bytes = b"",
) -> int:
    """Screen letters that were not, oldest first, for about `seconds`; give how many.

    `key` is the one that protected names are hashed under.

    Killed at any point, the next call goes on with the same letters. What is decided, or
    collected, meanwhile waits for no check; locks letters only while it stores.
    """
    _screen_anew()
    done, begun = 0, time.monotonic()
    while letters := unscreened(size):
        models, listed = in_use(), listed_keys()
        answers = _ask(letters, checks, key=key, models=models)
        done += _store(letters, answers, key=key, models=models, listed=listed)
        if time.monotonic() - begun >= seconds:
            break
    return done


def _screen_anew() -> None:
    """Have what waits screened anew, once, when the checks have another version."""
    version = screening.version()
    if ScreeningMark.objects.filter(version=version).exists():
        return
    with transaction.atomic():
        lock_screening()
        ScreeningMark.objects.update_or_create(pk=1, defaults={"version": version})
        _anew(Comment.objects.exclude(screened=version))


def screen_waiting_anew(story: int | None) -> None:
    """Have what waits under a story, or without one on the site, screened anew.

    In the caller's transaction.
    """
    _anew(counts_for(story))


def screen_desk_anew(desk: str) -> None:
    """Have what waits at a desk screened anew, in the caller's transaction."""
    _anew(Comment.objects.filter(desk=desk))


def _anew(comments: QuerySet[Comment]) -> None:
    """Have those of these comments that wait screened anew. Locks them, in order."""
    waiting = comments.filter(state__in=UNDECIDED, screened__gt=0)
    locked = waiting.select_for_update(no_key=True, of=("self",)).order_by("id")
    Comment.objects.filter(pk__in=locked.values("pk")).update(screened=0)


def forget_signals(comments: Collection[int]) -> None:
    """Forget what was noticed about comments, in the caller's transaction."""
    Signal.objects.filter(comment__in=comments).delete()
    forget_copies(comments)


def _ask(
    letters: Sequence[Unscreened],
    checks: Mapping[Kind, Check],
    *,
    key: bytes,
    models: Collection[InUse],
) -> dict[int, Answer]:
    """Give triage's answers by key; letters on one story are asked about together."""
    about = subjects({one.story for one in letters})
    known = taught_by_desk(models)
    names = names_for(list(about), key=key)
    ordered = sorted(letters, key=lambda one: (one.story, one.key))
    answers = screening.screen(
        [
            Asked(
                text=one.text,
                name=one.name,
                story=about[one.story].text,
                beside=about[one.story].beside,
                language=about[one.story].language,
                names=names.get(one.story),
                models=known.get(one.desk, Taught()).incivility,
                spam_models=known.get(one.desk, Taught()).spam,
            )
            for one in ordered
        ],
        checks=checks,
    )
    found = dict(zip((one.key for one in ordered), answers, strict=True))
    for one in ordered:
        for failure in found[one.key].failures:
            _log.warning(
                "comment=%s signal=%s of=%s did-not-run=%s at=%s",
                *(one.public_id, failure.kind.value, failure.of.value),
                *(failure.why, failure.where or "-"),
            )
    return found


@transaction.atomic
def _store(
    letters: Sequence[Unscreened],
    answers: Mapping[int, Answer],
    *,
    key: bytes,
    models: Collection[InUse],
    listed: Collection[int],
) -> int:
    """Keep the answers for letters that nobody else has screened, or erased, meanwhile.

    None at all when an editor has taken another model into use, or changed a list of
    names, meanwhile. Marks of names that could not be looked for again stay.
    """
    lock_screening()
    if in_use() != models or listed_keys() != listed:
        return 0
    locked = Comment.objects.select_for_update(no_key=True).filter(
        pk__in=[one.key for one in letters], screened=0
    )
    states = dict(locked.order_by("id").values_list("pk", "state"))
    kept = [one for one, state in states.items() if state != State.WITHDRAWN]
    marks = kept_marks({one: answers[one] for one in kept}, key=key) if listed else {}
    forget_signals(kept)
    rows = (row for one in kept for row in signal_rows(one, answers[one]))
    Signal.objects.bulk_create(with_kept(rows, marks))
    signed = {one: answers[one].signature for one in kept}
    remember({one: found for one, found in signed.items() if found is not None})
    Comment.objects.filter(pk__in=list(states)).update(screened=screening.version())
    return len(states)


def signal_rows(key: int, answer: Answer) -> list[Signal]:
    """Give what is kept of an answer about the comment with this key.

    One row for a kind, and for text or name: where a check has something to say, and did
    not read all, its facts are `unread`.
    """
    said = {
        (one.kind.value, one.of.value): Signal(
            comment_id=key,
            kind=one.kind.value,
            of=one.of.value,
            score=one.score,
            code=one.code,
            facts=dict(one.facts),
            spans=[list(span) for span in one.spans],
        )
        for one in answer.signals
        if (one.score > 0 and one.code not in _SILENT) or one.code in _KEPT
    }
    for failure in answer.failures:
        place = (failure.kind.value, failure.of.value)
        if place in said:
            said[place].facts["unread"] = True
        else:
            said[place] = Signal(
                comment_id=key, kind=place[0], of=place[1], score=0.0, code=failure.why
            )
    return list(said.values())
