"""Take letters out of the spool."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, DataError, IntegrityError, transaction

from letterdesk.desk.actions.intake import Opened, Refused, open_all
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.settle import Settled, settle
from letterdesk.desk.actions.spooled import Before, Spooled
from letterdesk.desk.actions.sums import Sum
from letterdesk.desk.actions.tally import count, count_hour
from letterdesk.desk.models import Unopened
from letterdesk.desk.queries.found import found_by
from letterdesk.desk.queries.locks import lock_intake
from letterdesk.desk.queries.unopened import (
    BATCH_DAMAGED,
    NOT_STORED,
    opens_with,
    told_of_broken,
)
from letterdesk.domain.envelope import MAX_ENVELOPE, unpack_batch
from letterdesk.domain.errors import PlaceFailed, SealBroken
from letterdesk.domain.letter import LetterKind
from letterdesk.places.base import Place
from letterdesk.salvage import salvage
from letterdesk.sealing import PrivateKey

_AT_ONCE = 256  # letters looked at again in one transaction
_NOTHING = Before()
_OF_DATA = frozenset({"22", "23", "54"})  # classes of SQLSTATE: the row's fault, for ever
_TALLIES = {LetterKind.APPEAL: "appeals", LetterKind.NOTICE: "notices"}


@dataclass(frozen=True, kw_only=True)
class Collected(Sum):
    """What a pass took: batches, new letters, known ones, and what did not open.

    `unread` are the names of what lies in the spool, and is no file that is read; `left`
    is how many batches there was no time for.
    """

    batches: int = 0
    letters: int = 0
    repeated: int = 0
    unopened: int = 0
    unread: tuple[str, ...] = ()
    left: int = 0


class BatchesUnread(PlaceFailed):
    """Batches that the disk or the bucket would not give; others were collected.

    `before` is what the next pass is told of them, `done` what was collected.
    """

    code = "batch-unread"

    def __init__(self, before: Before, *, done: Collected) -> None:
        super().__init__(told_of_broken(before.unread))
        self.before = before
        self.done = done


class BatchesStuck(PlaceFailed):
    """Batches whose letters are stored, and that the spool would not let go.

    `before` is what the next pass is told of them, `done` what was collected.
    """

    code = "batch-stuck"

    def __init__(self, why: PlaceFailed, *, before: Before, done: Collected) -> None:
        super().__init__(
            "Letters were collected, but their batches stay in the spool. "
            f"{why.sentence} No letter is lost, and none is stored twice; but what should "
            "be gone lies there sealed. Let the user that the worker runs as write in the "
            "spool, and look whether its disk is mounted for reading alone. It is tried "
            "again at every pass."
        )
        self.before = before
        self.done = done


def collect(
    spool: Place,
    keys: Sequence[PrivateKey],
    *,
    today: date,
    hour: int | None = None,
    is_over: Callable[[], bool] = bool,
    before: Before = _NOTHING,
) -> Collected:
    """Store every letter in the spool, and take its batch away after that is committed.

    What is collected twice is stored once. What does not open is kept as it came. What is
    no file of ours stays where it is, and no letter waits for it. `hour` is the one of the
    day, UTC, for the newsroom's own figures; None counts no hour. Once `is_over` says so
    the rest is left for another time, and counted; `before` is what the pass before said.
    Raises BatchesUnread and BatchesStuck once all else is done, PlaceFailed when the spool
    is gone.
    """
    done = Collected()
    found = Spooled(spool=spool, is_over=is_over, before=before)
    for batches in found.batches():
        done += _take(batches, keys=keys, today=today, hour=hour)
        found.remove(batches)
    done += Collected(unread=tuple(found.unread), left=found.left)
    met = Before(unread=found.broken, stuck=found.stuck)
    if found.broken:
        raise BatchesUnread(met, done=done)
    if found.holds:
        raise BatchesStuck(found.holds, before=met, done=done)
    return done


def take_back(
    spool: Place,
    keys: Sequence[PrivateKey],
    *,
    today: date,
    meanwhile: Callable[[], object] = bool,
    seen: Collection[str] = (),
) -> set[str]:
    """Apply what takes letters back, of all that waits in the spool, and leave it there.

    It takes a quarter of the time of collecting. `meanwhile` is called again and again.
    Batches that are `seen` are passed over; gives the names of the others, read or never
    read. Raises BatchesUnread at the first one that cannot be read.
    """
    found = Spooled(spool=spool, is_over=lambda: bool(found.broken), seen=seen)
    names = set[str]()
    for batches in found.batches():
        _take_back(batches.values(), keys=keys, today=today)
        names |= batches.keys()
        meanwhile()
    if found.broken:
        raise BatchesUnread(Before(unread=found.broken), done=Collected())
    return names | set(found.unread)


def reopen(keys: Sequence[PrivateKey], *, today: date) -> Collected:
    """Try once more what was sealed to a key, or was about a story, that is here now.

    Anybody can send letters about stories that there never will be: they are let be.
    """
    done, last = Collected(), 0
    found = opens_with([key.public.id for key in keys])
    while rows := list(
        found.filter(pk__gt=last).order_by("pk")[:_AT_ONCE].values_list("pk", "raw")
    ):
        last = rows[-1][0]
        done += _again({bytes(raw): pk for pk, raw in rows}, keys=keys, today=today)
    return done


@transaction.atomic
def _take(
    batches: Mapping[str, bytes],
    *,
    keys: Sequence[PrivateKey],
    today: date,
    hour: int | None,
) -> Collected:
    lock_intake()
    came_in: dict[bytes, str] = {}  # which batch each envelope was in
    envelopes: list[bytes] = []
    damaged: dict[str, bytes] = {}
    for name, raw in batches.items():
        some, rest = _taken_apart(raw)
        envelopes += some
        came_in |= dict.fromkeys(some, name)
        if rest is not None:
            damaged[name] = rest
    opened, refused = open_all(envelopes, keys, today=today)
    done = Collected(batches=len(batches))
    for name, rest in damaged.items():
        letters = len({one.raw for one in opened if came_in[one.raw] == name})
        done += _keep_rest(rest, batch=name, letters=letters, today=today)
    return done + _store(opened, refused, came_in, today=today, hour=hour)


def _taken_apart(raw: bytes) -> tuple[Sequence[bytes], bytes | None]:
    """Give the envelopes in a batch, and of a damaged one what is none of them."""
    try:
        return unpack_batch(raw), None
    except SealBroken:
        found = salvage(raw)
        return found.envelopes, found.rest


def _keep_rest(rest: bytes, *, batch: str, letters: int, today: date) -> Collected:
    """Keep what of a damaged batch looks like no letter; the log says how many opened."""
    starts = range(0, max(1, len(rest)), MAX_ENVELOPE)
    parts = [
        Refused(raw=rest[at : at + MAX_ENVELOPE], reason=BATCH_DAMAGED) for at in starts
    ]
    new = _keep(parts, {one.raw: batch for one in parts}, today=today)
    if new:
        record("batch-damaged", who="letterbox", day=today, batch=batch, letters=letters)
    return Collected(repeated=len(parts) - new, unopened=new)


def _take_back(
    batches: Iterable[bytes], *, keys: Sequence[PrivateKey], today: date
) -> None:
    envelopes = [one for raw in batches for one in _taken_apart(raw)[0]]
    opened, _ = open_all(envelopes, keys, today=today)
    taking = [one for one in opened if one.letter.kind is LetterKind.WITHDRAWAL]
    if not taking:
        return
    with transaction.atomic():
        lock_intake()
        _log(settle(taking, today=today), unopened=0, today=today)


def _store(
    opened: Sequence[Opened],
    refused: Sequence[Refused],
    came_in: Mapping[bytes, str],
    *,
    today: date,
    hour: int | None,
) -> Collected:
    settled = _settle(opened, today=today)
    kept = _keep([*refused, *settled.refused], came_in, today=today)
    _log(settled, unopened=kept, today=today)
    if settled.comments and hour is not None:
        count_hour("letters", day=today, hour=hour, by=len(settled.comments))
    known = len(refused) + len(settled.refused) - kept
    return Collected(
        letters=settled.taken, repeated=settled.repeated + known, unopened=kept
    )


@transaction.atomic
def _again(kept: dict[bytes, int], *, keys: Sequence[PrivateKey], today: date) -> Collected:
    lock_intake()
    opened, refused = open_all(kept, keys, today=today)
    settled = _settle(opened, today=today)
    still = {one.raw: one for one in [*refused, *settled.refused]}
    Unopened.objects.filter(
        pk__in=[pk for raw, pk in kept.items() if raw not in still]
    ).delete()
    Unopened.objects.bulk_update(
        [
            Unopened(pk=kept[raw], reason=one.reason, awaits=one.awaits)
            for raw, one in still.items()
        ],
        ["reason", "awaits"],
    )
    _log(settled, unopened=0, today=today)
    return Collected(letters=settled.taken, repeated=settled.repeated)


def _settle(opened: Sequence[Opened], *, today: date) -> Settled:
    """Store letters; one that the database refuses is kept sealed, and stops no other."""
    try:
        with transaction.atomic():
            return settle(opened, today=today)
    except DatabaseError as error:
        if not _is_of_data(error):
            raise
    unsound = [one for one in opened if not _can_be_stored(one, today=today)]
    settled = settle([one for one in opened if one not in unsound], today=today)
    settled.refused += [Refused(raw=one.raw, reason=NOT_STORED) for one in unsound]
    return settled


def _can_be_stored(one: Opened, *, today: date) -> bool:
    """Say whether the database takes a letter; nothing is stored by it."""
    try:
        with transaction.atomic():
            settle([one], today=today)
            transaction.set_rollback(True)
    except DatabaseError as error:
        if not _is_of_data(error):
            raise
        return False
    return True


def _is_of_data(error: DatabaseError) -> bool:
    """Say whether it is a row's own fault: not the disk, a lock or the connection."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return isinstance(error, DataError | IntegrityError) or state[:2] in _OF_DATA


def _keep(refused: Iterable[Refused], came_in: Mapping[bytes, str], *, today: date) -> int:
    """Keep what did not open, with the batch it came in; give how much of it is new."""
    rows = {
        digest: Unopened(
            digest=digest,
            batch=came_in[one.raw],
            raw=one.raw,
            reason=one.reason,
            awaits=one.awaits,
            found=today,
        )
        for one in refused
        for digest in [hashlib.sha256(one.raw).hexdigest()]
    }
    for (known,) in found_by(Unopened, "digest", list(rows)):
        del rows[str(known)]
    return len(Unopened.objects.bulk_create(rows.values()))


def _log(settled: Settled, *, unopened: int, today: date) -> None:
    if not settled.taken and not unopened:
        return
    record(
        "collected",
        who="letterbox",
        day=today,
        comments=settled.comments,
        withdrawn=settled.withdrawn,
        unopened=unopened,
        **{f"{kind}s": ids for kind, ids in settled.others.items()},
    )
    for (desk, language), number in sorted(settled.places.items()):
        count("received", day=today, desk=desk, language=language, by=number)
    for kind, tally in _TALLIES.items():
        if settled.others[kind]:
            count(tally, day=today, by=len(settled.others[kind]))
