"""Keep near-copies together, so that those of a new letter are an index's look-up away.

A letter that is nearly the same as a group's leader joins its group; any other leads a
group of its own. Only leaders have bands: a campaign of thousands costs what a letter does.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from letterdesk.desk.models import Copy, CopyBand
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.screening import Known, first_of_group, leaders
from letterdesk.triage.campaign import (
    ALIKE,
    Signature,
    as_bytes,
    bands,
    from_bytes,
    likeness,
)

# After that a leader's bands go, and no letter joins it any more.
KEPT = timedelta(days=90)
_AT_ONCE = 5_000  # bands removed in one pass


def remember(signed: Mapping[int, Signature]) -> None:
    """Put comments (by key, in order) into groups, in the caller's transaction."""
    keys = {comment: bands(found) for comment, found in signed.items()}
    known = leaders({key for some in keys.values() for key in some})
    copies: list[Copy] = []
    new_bands: list[CopyBand] = []
    for comment, found in signed.items():
        nearest = _nearest(
            found, [one for key in keys[comment] for one in known.get(key, ())]
        )
        group = nearest.group if nearest else comment
        raw = as_bytes(found)
        copies.append(Copy(comment_id=comment, group=group, signature=raw))
        if nearest is None:
            new_bands += [CopyBand(key=key, comment_id=comment) for key in keys[comment]]
            for key in keys[comment]:
                known.setdefault(key, []).append(Known(comment, group, raw))
    Copy.objects.bulk_create(copies)
    CopyBand.objects.bulk_create(new_bands)


def forget_copies(comments: Collection[int]) -> None:
    """Forget comments' signatures, in the caller's transaction; another leads the group."""
    gone = list(Copy.objects.filter(comment__in=comments))
    for copy in gone:
        keys = bands(from_bytes(bytes(copy.signature)))
        CopyBand.objects.filter(key__in=keys, comment=copy.comment_id).delete()
    Copy.objects.filter(pk__in=[copy.pk for copy in gone]).delete()
    for copy in gone:
        _lead_on(copy.group)


def forget_old_bands(*, today: date) -> int:
    """Remove bands of letters that came long ago; give how many. The rest another time."""
    bands_ = CopyBand.objects.order_by("id")
    oldest = bands_.select_related("comment").first()
    if oldest is None or oldest.comment.arrived >= today - KEPT:
        return 0
    some = bands_[:_AT_ONCE].values_list("pk", "comment__arrived")
    gone = [key for key, arrived in some if arrived < today - KEPT]
    for keys in batches(gone):
        CopyBand.objects.filter(pk__in=keys).delete()
    return len(gone)


def _nearest(found: Signature, candidates: list[Known]) -> Known | None:
    alike = [
        (likeness(found, from_bytes(one.signature)), -one.comment, one)
        for one in dict.fromkeys(candidates)
    ]
    share, _, nearest = max(alike, default=(0.0, 0, None))
    return nearest if share >= ALIKE else None


def _lead_on(group: int) -> None:
    """Let the oldest that is left lead a group whose leader is gone."""
    first = first_of_group(group)
    if first is None:
        return
    keys = bands(from_bytes(bytes(first.signature)))
    if not CopyBand.objects.filter(key__in=keys, comment=first.comment_id).exists():
        CopyBand.objects.bulk_create(
            CopyBand(key=key, comment_id=first.comment_id) for key in keys
        )
