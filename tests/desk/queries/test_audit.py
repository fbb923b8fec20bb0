import pytest
from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import AuditEntry, AuditHead, AuditMention
from letterdesk.desk.queries.audit import (
    break_after,
    entries,
    head,
    holds,
    verify,
)
from letterdesk.desk.queries.errors import NotYours
from letterdesk.domain.audit import GENESIS, Head, chain
from tests.desk import rows
from tests.values import TODAY, an_id


@pytest.fixture
def log(db: None) -> list[AuditEntry]:
    """A log of five entries."""
    for number in range(1, 6):
        record("hold", who="mina", day=TODAY, comment=f"c{number}")
    return list(AuditEntry.objects.order_by("number"))


def test_an_empty_log_holds(db):
    assert verify() is None
    assert head() == Head(number=0, digest=GENESIS)
    assert holds(head())


def test_an_untouched_log_holds(log):
    assert verify() is None
    assert head() == Head(number=5, digest=log[-1].digest)
    assert holds(Head(number=3, digest=log[2].digest))


def test_an_entry_stands_alone_never(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        record("hold", who="mina", day=TODAY)

    assert not AuditEntry.objects.exists()


def test_a_changed_entry_is_found(log):
    AuditEntry.objects.filter(number=3).update(facts={**log[2].facts, "who": "noor"})

    assert verify() == 3


def test_a_changed_entry_with_a_fresh_digest_is_found_at_the_next(log):
    facts = {**log[2].facts, "who": "noor"}
    digest = chain(log[1].digest, 3, facts)
    AuditEntry.objects.filter(number=3).update(facts=facts, digest=digest, who="noor")

    assert verify() == 4


def test_a_deleted_entry_is_found(log):
    rows.cut_log(number=3)

    assert verify() == 3


def test_an_entry_put_in_is_found(log):
    rows.cut_log(number=5)
    AuditEntry.objects.create(number=5, facts={"what": "approve"}, digest="0" * 64)

    assert verify() == 5


def test_two_entries_that_changed_places_are_found(log):
    first, second = log[1], log[2]
    rows.cut_log(number__in=[2, 3])
    AuditEntry.objects.create(number=2, facts=second.facts, digest=second.digest)
    AuditEntry.objects.create(number=3, facts=first.facts, digest=first.digest)

    assert verify() == 2


def test_a_cut_off_end_is_found(log):
    rows.cut_log(number__gt=3)

    assert verify() == 4


def test_a_cut_off_end_with_a_moved_head_is_found_by_the_published_head(log):
    published = head()
    rows.cut_log(number__gt=3)
    AuditHead.objects.update(number=3, digest=log[2].digest)

    assert verify() is None
    assert not holds(published)


def test_a_rewritten_log_is_found_by_the_published_head(log):
    published = head()
    rows.cut_log()
    AuditHead.objects.all().delete()
    for number in range(1, 6):
        record("approve", who="mina", day=TODAY, comment=f"c{number}")

    assert verify() is None
    assert not holds(published)


def test_entries_are_read_page_by_page(log):
    auditor = rows.make_person("ada", role="auditor")

    first = entries(auditor, size=2)
    last = entries(auditor, after=4, size=2)

    assert [[row.number for row in page.rows] for page in (first, last)] == [[1, 2], [5]]
    assert [page.next for page in (first, last)] == [2, None]


def test_a_break_within_a_page_is_found(log):
    auditor = rows.make_person("ada", role="auditor")
    AuditEntry.objects.filter(number=4).update(facts={})

    breaks = [
        break_after(after, entries(auditor, after=after, size=2).rows) for after in (0, 2)
    ]

    assert breaks == [None, 4]


def test_a_moderator_does_not_read_the_log(log):
    moderator = rows.make_person("mina")

    with pytest.raises(NotYours):
        entries(moderator)


@pytest.mark.parametrize(
    "change", [{"who": "noor"}, {"what": "approve"}, {"day": None}, {"day": "1999-01-01"}]
)
def test_an_entry_that_hides_from_a_search_is_found(log, change):
    AuditEntry.objects.filter(number=3).update(**change)

    assert verify() == 3


def test_a_mention_that_is_taken_away_or_put_in_is_found(db):
    for number in range(1, 4):
        record("hold", who="mina", day=TODAY, comment=an_id(number))

    with transaction.atomic():
        AuditMention.objects.filter(entry=2).delete()
        missing = verify()
        transaction.set_rollback(True)
    AuditMention.objects.create(entry_id=1, subject=an_id(9))

    assert (missing, verify()) == (2, 1)
