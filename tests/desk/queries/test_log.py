from datetime import date, timedelta

import pytest

from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.verify import verify_anew, verify_more
from letterdesk.desk.models import AuditCheck, AuditEntry
from letterdesk.desk.queries import log as queries
from letterdesk.desk.queries.audit import head
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.log import Sought, look_up, one_entry, standing
from letterdesk.domain.audit import START
from tests.desk import rows
from tests.desk.databases import IS_POSTGRESQL
from tests.values import TODAY, an_id

TOMORROW = TODAY + timedelta(days=1)
SUNDAY = date(2026, 11, 22)


@pytest.fixture
def auditor(db):
    return rows.make_person("otto", role="auditor")


@pytest.fixture
def log(db):
    """Eight entries by two people, on three days; the clock goes back once."""
    for number, (day, who, what, comment) in enumerate(
        [
            (SUNDAY, "mina", "approve", 1),
            (SUNDAY, "noor", "hold", 2),
            (TODAY, "mina", "reject", 2),
            (TODAY, "mina", "approve", 3),
            (SUNDAY, "noor", "approve", 4),
            (TOMORROW, "noor", "undo", 3),
            (TOMORROW, "mina", "approve", 3),
        ],
        start=1,
    ):
        record(what, who=who, day=day, comment=an_id(comment), version=number)
    record("published", who="press", day=TOMORROW, became={"edited": [an_id(3), an_id(1)]})


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({}, [8, 7, 6, 4, 3, 5, 2, 1]),
        ({"who": "noor"}, [6, 5, 2]),
        ({"what": "approve"}, [7, 4, 5, 1]),
        ({"who": "mina", "what": "approve"}, [7, 4, 1]),
        ({"about": an_id(3)}, [8, 7, 6, 4]),
        ({"about": an_id(3), "who": "mina"}, [7, 4]),
        ({"start": TODAY}, [8, 7, 6, 4, 3]),
        ({"end": SUNDAY}, [5, 2, 1]),
        ({"start": TODAY, "end": TODAY, "what": "reject"}, [3]),
        ({"who": "nobody"}, []),
        ({"about": "%"}, []),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 50])
def test_entries_are_found_newest_day_first_page_by_page(log, auditor, sought, found, size):
    numbers, before = [], None
    while True:
        page = look_up(auditor, Sought(**sought), before=before, size=size)
        numbers += [row.number for row in page.rows]
        if (before := page.next) is None:
            break

    assert numbers == found


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_asks_the_database_the_same_few_things(
    log, auditor, django_assert_num_queries, size
):
    with django_assert_num_queries(2):
        look_up(auditor, Sought(who="mina"), before=7, size=size)


@pytest.mark.parametrize(
    ("sought", "index"),
    [
        ({"who": "mina"}, "audit_by_person"),
        ({"what": "undo"}, "audit_by_kind"),
        ({"about": an_id(1)}, "mention_of_subject"),
    ],
)
def test_a_search_by_person_kind_or_subject_reads_an_index(log, auditor, sought, index):
    plan = (
        AuditEntry.objects.filter(queries._wanted(Sought(**sought)))
        .order_by("-day", "-number")[:50]
        .explain()
    )

    if not IS_POSTGRESQL:  # which weighs few rows its own way
        assert f"INDEX {index} " in plan
        assert "SCAN desk_" not in plan


def test_one_entry_is_given_to_those_who_may(log, auditor):
    moderator = rows.make_person("mona")

    assert one_entry(auditor, 3).facts["what"] == "reject"
    with pytest.raises(NotFound):
        one_entry(auditor, 99)
    for ask in (
        lambda: one_entry(moderator, 3),
        lambda: look_up(moderator, Sought()),
        lambda: verify_anew(by=moderator, today=TODAY),
    ):
        with pytest.raises(NotYours):
            ask()


def test_a_short_log_is_verified_whole_whatever_was_verified_before(log):
    verify_more(today=TODAY)
    AuditEntry.objects.filter(number=2).update(who="noor", facts={})

    assert (standing().broken, standing().last) == (2, 1)


@pytest.fixture
def long(monkeypatch):
    """Let a log of more than three entries be a long one."""
    monkeypatch.setattr(queries, "AT_ONCE", 3)
    monkeypatch.setattr("letterdesk.desk.actions.verify._AT_ONCE", 3)


def test_a_long_log_is_verified_piece_by_piece(log, long):
    seen = []
    for _ in range(4):
        seen.append((standing().last, standing().is_whole))
        verify_more(today=TODAY)

    assert seen == [(3, False), (6, False), (8, True), (8, True)]
    check = AuditCheck.objects.get()
    assert (check.number, check.whole, check.done) == (8, 8, TODAY)
    assert (standing().whole, standing().done) == (8, TODAY)


def test_what_comes_after_a_whole_log_is_verified_at_once(log, long):
    for _ in range(3):
        verify_more(today=TODAY)
    record("hold", who="mina", day=TODAY)

    assert standing().is_whole
    AuditEntry.objects.filter(number=9).update(digest="0" * 64)
    assert (standing().broken, standing().last) == (9, 8)


def test_the_whole_log_is_verified_anew_every_day(log, long):
    for _ in range(3):
        verify_more(today=TODAY)
    AuditEntry.objects.filter(number=2).update(who="noor", facts={})
    verify_more(today=TODAY)
    before = standing().broken

    verify_more(today=TOMORROW)

    assert (before, standing().broken) == (None, 2)


def test_a_clock_that_was_a_year_ahead_does_not_stop_the_daily_verification(log, long):
    ahead = TODAY + timedelta(days=365)
    for day in (ahead, ahead, ahead, ahead + timedelta(days=1)):
        verify_more(today=day)
    for _ in range(3):
        verify_more(today=TODAY)
    AuditEntry.objects.filter(number=2).update(who="noor", facts={})

    verify_more(today=TOMORROW)

    assert standing().broken == 2
    assert AuditCheck.objects.get().begun == TOMORROW


def test_a_break_stays_until_somebody_verifies_anew(log, long, auditor):
    facts = AuditEntry.objects.get(number=2).facts
    AuditEntry.objects.filter(number=2).update(facts={})
    verify_more(today=TODAY)
    AuditEntry.objects.filter(number=2).update(facts=facts)
    verify_more(today=TODAY)
    before = standing().broken

    verify_anew(by=auditor, today=TODAY)

    assert (before, standing().broken, standing().last) == (2, None, 6)


def test_an_empty_log_holds(db):
    verify_more(today=TODAY)

    assert standing().is_whole
    assert standing().end == head() == START
