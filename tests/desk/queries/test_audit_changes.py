"""Whatever is changed in the stored log is found out: hundreds of changes, by raw SQL."""

import json
import random
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import AuditEntry, AuditHead, AuditMention
from letterdesk.desk.queries.audit import head, holds, verify
from tests.desk.databases import IS_POSTGRESQL
from tests.values import TODAY, an_id

TIMES = 40  # of each kind; tests/domain/test_audit.py makes 10,000 of values
LONG = 12  # entries


@pytest.fixture
def log(db):
    for number in range(1, LONG + 1):
        record(
            "reject", who=f"m{number % 3}", day=TODAY, comment=an_id(number), rules=["3"]
        )


@contextmanager
def changed(dice, change):
    """Let a change be there for as long as the context lasts."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            change(cursor, dice)
        yield
        transaction.set_rollback(True)
    if not IS_POSTGRESQL:  # `flip` has switched them off, for the whole connection
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def flip(cursor, dice):
    """Change one bit of what is stored of an entry, as it is stored."""
    number, column = dice.randint(1, LONG), dice.choice(["facts", "digest", "who", "what"])
    cursor.execute(READ.format(column=column), [number])
    (stored,) = cursor.fetchone()
    raw = bytearray(stored.encode() if isinstance(stored, str) else stored)
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    if IS_POSTGRESQL:
        changed = [stored_by_postgresql(raw, column), number]
    else:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        changed = [bytes(raw), number]
    cursor.execute(WRITE.format(column=column), changed)


READ = "SELECT CAST({column} AS TEXT) FROM desk_auditentry WHERE number = %s"
WRITE = "UPDATE desk_auditentry SET {column} = %s WHERE number = %s"
if not IS_POSTGRESQL:
    READ, WRITE = READ.replace("TEXT", "BLOB"), WRITE.replace("%s W", "CAST(%s AS TEXT) W")


def stored_by_postgresql(raw, column):
    """Give what PostgreSQL can store: no text that is none, no JSON that is none."""
    text = raw.decode(errors="replace").replace("\0", "?")
    if column != "facts":
        return text
    try:
        return json.dumps(json.loads(text))
    except ValueError:
        return json.dumps({"what": text})


def delete(cursor, dice):
    number = dice.randint(1, LONG)
    cursor.execute("DELETE FROM desk_auditmention WHERE entry_id = %s", [number])
    cursor.execute("DELETE FROM desk_auditentry WHERE number = %s", [number])
    if dice.random() < 0.5:  # and close the gap
        for later in range(number + 1, LONG + 1):
            renumber(cursor, later, later - 1)


def insert(cursor, dice):
    number = dice.randint(1, LONG)
    for later in range(LONG, number - 1, -1):
        renumber(cursor, later, later + 1)
    AuditEntry.objects.create(
        number=number,
        facts={"what": "approve", "who": "m1", "day": TODAY.isoformat()},
        digest=f"{dice.getrandbits(256):064x}",
        what="approve",
        who="m1",
        day=TODAY,
    )


def reorder(cursor, dice):
    one, two = dice.sample(range(1, LONG + 1), 2)
    for old, new in ((one, 1000), (two, one), (1000, two)):
        renumber(cursor, old, new)


def renumber(cursor, old, new):
    AuditMention.objects.filter(entry_id=old).delete()
    cursor.execute("UPDATE desk_auditentry SET number = %s WHERE number = %s", [new, old])


def truncate(cursor, dice):
    kept = dice.randrange(LONG)
    cursor.execute("DELETE FROM desk_auditmention WHERE entry_id > %s", [kept])
    cursor.execute("DELETE FROM desk_auditentry WHERE number > %s", [kept])


def forget(cursor, dice):
    """Take away or put in what a search finds an entry by."""
    number = dice.randint(1, LONG)
    if dice.random() < 0.5:
        cursor.execute("DELETE FROM desk_auditmention WHERE entry_id = %s", [number])
    else:
        AuditMention.objects.create(entry_id=number, subject=an_id(500))


def move_head(cursor, dice):
    number = dice.choice([-3, -1, 1, 5])
    cursor.execute("UPDATE desk_audithead SET number = number + %s", [number])


@pytest.mark.parametrize(
    "change", [flip, delete, insert, reorder, truncate, forget, move_head]
)
def test_whatever_is_changed_is_found(log, change):
    dice = random.Random(1789)  # noqa: S311 -- the same changes every time
    missed = 0

    for _ in range(TIMES):
        with changed(dice, change):
            missed += verify() is None
        assert verify() is None

    assert missed == 0


def test_an_older_copy_is_found_by_the_published_head(log):
    published = head()
    dice = random.Random(1789)  # noqa: S311 -- the same changes every time

    for _ in range(TIMES):
        kept = dice.randrange(LONG)
        with changed(dice, lambda cursor, _, kept=kept: roll_back(cursor, kept)):
            assert verify() is None  # it was whole then
            assert not holds(published)


def roll_back(cursor, kept):
    """Make the database what it was after `kept` entries."""
    cursor.execute("DELETE FROM desk_auditmention WHERE entry_id > %s", [kept])
    cursor.execute("DELETE FROM desk_auditentry WHERE number > %s", [kept])
    last = AuditEntry.objects.order_by("-number").first()
    if last:
        AuditHead.objects.update(number=last.number, digest=last.digest)
    else:
        AuditHead.objects.all().delete()
