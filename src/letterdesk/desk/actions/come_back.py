"""What a desk does once when it comes back from a backup, before anybody works at it.

A backup is older than the newsroom that was lost: letters that were taken back since then
are in it again, and so are words that were cut. The outcomes that were published since say
so, where they can still be read; of comments without a receipt, the threads do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model, QuerySet

from letterdesk.desk.actions.forget import forget_files
from letterdesk.desk.actions.hold import hold_restored
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.take_over import take_over
from letterdesk.desk.actions.withdraw import withdraw, withdraw_notices, withdraw_tips
from letterdesk.desk.models import Comment, Notice, Session, Tip
from letterdesk.desk.queries.audit import head
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.published_outcomes import Receipt, published_outcomes
from letterdesk.desk.queries.published_threads import not_shown
from letterdesk.domain.outcome import Outcome
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import SEEN_BY_READERS, UNDECIDED, State
from letterdesk.places.base import Place

_WITHDRAWN = "withdrawn"
_PUBLISHED = ("published", "edited")  # as authors are told


@dataclass(frozen=True, kw_only=True)
class Since:
    """What a public place tells that the backup does not know: ids.

    `taken_back` letters are erased again. Readers were last shown the `changed` comments
    otherwise than the next publication would, or not at all: they were cut or taken down
    since, or a decision waited when the backup was made. They are held until a person has
    looked at them. `decided` letters wait here, and their authors were told of a decision;
    of `appealed` ones, that their appeal is with us, and it is lost. `stories` (URLs) are
    known only there, and registered again, closed and without comments; `left` are folders
    of pages that cannot be.
    """

    taken_back: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    appealed: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def come_back(
    *, made: str, published: Place | None, today: date, entries: int | None = None
) -> Since:
    """End all sign-ins, let every file be written anew, take letters back again, log it.

    `published` is a public place of after the backup; None when there is none to look at.
    `entries` are those of the log in the backup; without it, all that are here.
    Raises PlaceFailed.
    """
    before = head().number
    Session.objects.all().delete()
    forget_files()
    since = _since(published, today=today) if published else Since()
    record(
        "restored",
        who="command",
        day=today,
        made=made,
        entries=before if entries is None else entries,
        taken_back=sorted(since.taken_back),
        changed=sorted(since.changed),
    )
    return since


@transaction.atomic
def note_backup(*, entries: int, today: date) -> None:
    """Log that a backup was made, which ends with the log's entry number `entries`."""
    record("backed-up", who="command", day=today, entries=entries)


def _since(place: Place, *, today: date) -> Since:
    taken = take_over(place, today=today)
    since = Since(stories=taken.stories, left=taken.left)
    left = Comment.objects.exclude(state=State.WITHDRAWN)
    for receipts in _receipts(left):
        told = list(published_outcomes(receipts, place))
        gone = [receipt.pk for receipt, one in told if one.status == _WITHDRAWN]
        since.taken_back.extend(withdraw(gone, today=today))
        since.decided.extend(_decided(told))
        since.appealed.extend(_appealed(told))
        changed = {*_changed(told), *_unpublished(receipts, told)}
        since.changed.extend(hold_restored(changed, today=today))
    without = Comment.objects.filter(lookup="", state=State.APPROVED)
    unseen = {*not_shown(place), *without.values_list("pk", flat=True)}
    for some in batches(sorted(unseen)):
        since.changed.extend(hold_restored(some, today=today))
    for table, take_back in ((Notice, _notices), (Tip, _tips)):
        for receipts in _receipts(QuerySet(table).filter(is_open=True)):
            told = list(published_outcomes(receipts, place))
            again = [receipt for receipt, one in told if one.status == _WITHDRAWN]
            take_back([receipt.pk for receipt in again], today)
            since.taken_back.extend(receipt.id for receipt in again)
    return since


def _notices(keys: list[int], today: date) -> None:
    withdraw_notices(keys, today=today)


def _tips(keys: list[int], _today: date) -> None:
    withdraw_tips(keys)


def _receipts(rows: QuerySet[Model]) -> Iterator[list[Receipt]]:
    """Give the receipts of letters, some at a time."""
    found = rows.exclude(lookup="").order_by("pk")
    for keys in batches(list(found.values_list("pk", flat=True))):
        some: QuerySet[Model] = QuerySet(rows.model).filter(pk__in=keys).order_by("pk")
        yield [
            Receipt(pk=pk, id=public_id, lookup=lookup, key=bytes(key))
            for pk, public_id, lookup, key in some.values_list(
                "pk", "public_id", "lookup", "outcome_key"
            )
        ]


def _changed(told: list[tuple[Receipt, Outcome]]) -> list[int]:
    """Give the comments that readers were shown otherwise, last, than they would be now."""
    shown = {
        receipt.pk: (one.text, one.name_left_out)
        for receipt, one in told
        if one.status != _WITHDRAWN
    }
    found = Comment.objects.filter(pk__in=shown, state__in=SEEN_BY_READERS)
    return [
        one.pk for one in found if (current_text(one), one.name_left_out) != shown[one.pk]
    ]


def _unpublished(
    receipts: list[Receipt], told: list[tuple[Receipt, Outcome]]
) -> Iterator[int]:
    """Give the approved letters that were not published since: somebody may know why."""
    seen = {receipt.pk for receipt, one in told if one.status in _PUBLISHED}
    rest = [receipt.pk for receipt in receipts if receipt.pk not in seen]
    found = Comment.objects.filter(pk__in=rest, state=State.APPROVED)
    yield from found.values_list("pk", flat=True)


def _decided(told: list[tuple[Receipt, Outcome]]) -> Iterator[str]:
    """Give the letters that wait, and whose authors were told of a decision."""
    known = [receipt.pk for receipt, one in told if one.status != _WITHDRAWN]
    found = Comment.objects.filter(pk__in=known, state__in=UNDECIDED).order_by("pk")
    yield from found.values_list("public_id", flat=True)


def _appealed(told: list[tuple[Receipt, Outcome]]) -> Iterator[str]:
    """Give the comments whose authors were told that their appeal is open, and is not."""
    known = [receipt.pk for receipt, one in told if one.appeal == Verdict.OPEN]
    found = Comment.objects.filter(pk__in=known).exclude(appeals__is_open=True)
    yield from found.order_by("pk").values_list("public_id", flat=True)
