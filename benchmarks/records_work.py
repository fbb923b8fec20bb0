"""The work that benchmarks.records times; imported where the desk is open."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.test import Client

from benchmarks import fill as filling
from letterdesk.desk.actions.tokens import add_token
from letterdesk.desk.actions.verify import verify_more
from letterdesk.desk.api.cursor import pack
from letterdesk.desk.models import (
    AuditCheck,
    AuditEntry,
    AuditHead,
    AuditMention,
    Tally,
    User,
)
from letterdesk.desk.queries.audit import head, verify
from letterdesk.domain.audit import Head, chain, subjects
from letterdesk.domain.ids import new_id

_AT_ONCE = 5_000  # rows
_RARE = 100  # one entry in so many is by the rare person, or of the rare kind
_DAYS = 365
_DESKS = (("english", "en"), ("korean", "ko"), ("chinese", "zh-Hans"))


def measure(entries: int, stories: int, rounds: int) -> dict[str, list[float]]:
    """Give the median and the 99th percentile, in milliseconds, of each kind of work."""
    today = datetime.now(UTC).date()
    filling.sign_up("ada", "admin", today=today)
    token = add_token("ada", "admin", today=today)
    filling.stories(stories, today=today)
    sought = _log(entries, today)
    _tallies(today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    while AuditCheck.objects.filter(done=today).count() == 0:
        verify_more(today=today)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="ada"))
    found = {
        name: _timed(partial(_ask, client, path), rounds)
        for name, path in _pages(entries, sought, today)
    }
    asking = {"authorization": f"Bearer {token}", "host": "127.0.0.1"}
    middle = pack(entries // 2)
    found["API: a page from the middle of the log"] = _timed(
        lambda: _ask(Client(headers=asking), f"/api/v1/audit?cursor={middle}"), rounds
    )
    return found | {"verify the whole chain (per 1,000 entries)": _verified()}


def _pages(entries: int, sought: str, today: date) -> Iterator[tuple[str, str]]:
    old = (today - timedelta(days=_DAYS - 2)).isoformat()
    yield "the log, newest first", "/audit/"
    yield "a page from its middle", f"/audit/?before={entries // 2}"
    yield "by a rare person", "/audit/?who=rare"
    yield "of a rare kind", "/audit/?what=retract"
    yield "by a person and of a kind that never meet", "/audit/?who=rare&what=hold"
    yield "about one comment", f"/audit/?about={sought}"
    yield "of two days a year ago", f"/audit/?from={old}&to={old}"
    yield "figures of 30 days", "/figures/"
    yield "figures of a year", f"/figures/?from={old}"
    yield "figures of a year, one desk", f"/figures/?from={old}&desk=korean"
    yield "the stories, newest first", "/stories/"
    yield "a story by words of its headline", "/stories/?q=nothing+such"


def _ask(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} was refused: {answer.status_code}.")


def _verified() -> list[float]:
    number = head().number
    begun = time.perf_counter()
    if verify() is not None:
        raise SystemExit("The log that was made does not hold.")
    spent = (time.perf_counter() - begun) * 1_000 / number * 1_000
    return [spent, spent]


def _timed(act: Callable[[], object], rounds: int) -> list[float]:
    for _ in range(3):
        act()
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begun) * 1_000)
    return [statistics.median(spent), statistics.quantiles(spent, n=100)[98]]


@transaction.atomic
def _log(entries: int, today: date) -> str:
    """Lengthen the log to `entries`; give a comment that a few entries are about."""
    chance = random.Random(5)  # noqa: S311 -- the same log every time
    last, sought = head(), new_id()
    while last.number < entries:
        number = min(_AT_ONCE, entries - last.number)
        rows = [
            _entry(at, entries, today=today, chance=chance, sought=sought)
            for at in range(last.number + 1, last.number + number + 1)
        ]
        for row in rows:
            row.digest = chain(last.digest, row.number, row.facts)
            last = Head(number=row.number, digest=row.digest)
        AuditEntry.objects.bulk_create(rows)
        AuditMention.objects.bulk_create(
            AuditMention(entry=row, subject=subject)
            for row in rows
            for subject in subjects(row.facts)
        )
    AuditHead.objects.update_or_create(
        pk=1, defaults={"number": last.number, "digest": last.digest}
    )
    return sought


def _entry(
    at: int, whole: int, *, today: date, chance: random.Random, sought: str
) -> AuditEntry:
    is_rare = chance.randrange(_RARE) == 0
    what = "retract" if is_rare else chance.choice(["approve", "reject", "hold"])
    who = "rare" if is_rare else f"moderator-{chance.randrange(20)}"
    day = today - timedelta(days=_DAYS - 1 - at * _DAYS // (whole + 1))
    comment = sought if at % (whole // 7) == 0 else new_id()
    facts = {"what": what, "who": who, "day": day.isoformat(), "comment": comment}
    return AuditEntry(number=at, facts=facts, what=what, who=who, day=day)


def _tallies(today: date) -> None:
    """Count as a newsroom would that gets a thousand letters a day."""
    chance = random.Random(6)  # noqa: S311 -- the same counts every time
    kinds = [
        *(("received", ""), ("published", ""), ("edited", ""), ("rejected", "")),
        *(("decision", move) for move in ("approve", "edit", "reject", "hold", "undo")),
        *(("rule", str(rule)) for rule in range(1, 10)),
        *(("waited", str(days)) for days in range(15)),
        *(("second", f"{one} agreed") for one in ("second", "held")),
    ]
    Tally.objects.bulk_create(
        (
            Tally(
                day=today - timedelta(days=back),
                kind=kind,
                key=key,
                desk=desk,
                language=language,
                count=chance.randrange(1, 300),
            )
            for back in range(_DAYS)
            for desk, language in _DESKS
            for kind, key in kinds
        ),
        batch_size=_AT_ONCE,
    )
