"""Count what decisions say of groups by score: unwelcome letters, and how they had scored.

While a group is off every letter is decided on alone, and all of them count. While it is
on, only those count that were kept out of it by lot: the others are not seen as they come,
for what is below the mark is looked at in another way than what is above it. Everything
here comes after `record`, or takes its lock: that lets one count at a time.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from letterdesk.desk.actions.record import lock_log
from letterdesk.desk.models import Comment, GroupPromise, Unwelcome
from letterdesk.desk.queries.promises import (
    Scorers,
    civility,
    is_audited,
    is_copy_of_seen,
    kept,
)
from letterdesk.desk.queries.teaching import is_unwelcome
from letterdesk.domain.states import WERE_PUBLISHED
from letterdesk.triage.incivility import MARK
from letterdesk.triage.promise import promise

WINDOW = 500  # letters: the newest ones say what is promised
KEPT = timedelta(days=180)
_COUNTED = "counted"  # in what is kept of a comment as it was before a decision
_COLUMNS = ("desk", "language", "scorer", "score", "day", "is_audit")
_Place = tuple[str, str, str]  # desk, language, scorer


def count_unwelcome(comment: Comment, *, today: date) -> None:
    """Count a letter that was just turned down, cut or taken down, if for incivility.

    In the caller's transaction. One that was published first always counts: had it been
    approved in a group, it is what a group must not have.
    """
    score = civility(comment)
    if score is None or not is_unwelcome(comment) or is_copy_of_seen(comment):
        return
    is_audit = is_audited(bytes(comment.salt))
    is_on = kept(comment.desk, comment.language).promise.is_held
    if is_on and not is_audit and comment.state not in WERE_PUBLISHED:
        return
    scorer = Scorers().name(comment.desk, comment.language)
    Unwelcome.objects.update_or_create(
        comment=comment,
        defaults={
            "desk": comment.desk,
            "language": comment.language,
            "scorer": scorer,
            "score": score,
            "day": today,
            "is_audit": is_audit,
        },
    )
    _renew({(comment.desk, comment.language, scorer)})


def forget_unwelcome(comments: Collection[int]) -> None:
    """Take letters out of what is counted, in the caller's transaction.

    Also where nothing is recorded, as of a letter whose author has taken it back.
    """
    found = Unwelcome.objects.filter(comment__in=comments)
    if places := set(found.values_list("desk", "language", "scorer")):
        lock_log()
        found.delete()
        _renew(places)


def counted(comment: Comment) -> dict[str, object]:
    """Give how a letter is counted, if it is: to be kept with the next decision on it.

    Of one that nobody has decided on yet there is nothing to ask.
    """
    rows = Unwelcome.objects.filter(comment=comment).values(*_COLUMNS)
    row = rows.first() if comment.version > 1 else None
    return {_COUNTED: {**row, "day": row["day"].isoformat()}} if row else {}


def count_again(comment: Comment, before: Mapping[str, Any]) -> None:
    """Count a letter as it was counted before a decision that counts no more, if it was.

    Not anew: by now another model may have scored it, and the group may be on.
    """
    forget_unwelcome([comment.pk])
    if was := before.get(_COUNTED):
        row = {**was, "day": date.fromisoformat(was["day"])}
        Unwelcome.objects.create(comment=comment, **row)
        _renew({(row["desk"], row["language"], row["scorer"])})


def forget_old_evidence(*, today: date) -> None:
    """Take out what was seen long ago."""
    old = Unwelcome.objects.filter(day__lt=today - KEPT)
    if keys := list(old.values_list("comment", flat=True)):
        with transaction.atomic():
            forget_unwelcome(keys)


def _renew(places: Collection[_Place]) -> None:
    """Reckon anew what is promised. Index unwelcome_newest."""
    for desk, language, scorer in sorted(places):
        where: dict[str, Any] = {"desk": desk, "language": language, "scorer": scorer}
        newest = Unwelcome.objects.filter(**where).order_by("-day", "-comment")[:WINDOW]
        seen = list(newest.values_list("score", "is_audit"))
        found = promise([score for score, _ in seen], highest=MARK)
        GroupPromise.objects.update_or_create(
            **where,
            defaults={
                "mark": found.mark,
                "seen": found.seen,
                "missed": found.missed,
                "missing": found.missing,
                "audits": sum(is_audit for _, is_audit in seen),
            },
        )
