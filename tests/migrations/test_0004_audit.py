"""Entries from before the log could be searched are found, and the chain still holds."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from letterdesk.desk.models import AuditEntry, AuditHead, AuditMention
from letterdesk.desk.queries.audit import verify
from letterdesk.domain.audit import GENESIS, chain
from tests.migrations.steps import at
from tests.values import an_id

pytestmark = pytest.mark.django_db(transaction=True)


def test_old_entries_are_filed():
    facts = [
        {"what": "collected", "who": "letterbox", "day": "2026-11-01", "comments": {}},
        {"what": "hold", "who": "mina", "day": "2026-11-02", "comment": an_id(1)},
        {"what": "published", "who": "press", "became": {"edited": [an_id(1), an_id(2)]}},
    ]
    try:
        old, digest = at("0003_add_claims"), GENESIS
        for number, one in enumerate(facts, start=1):
            digest = chain(digest, number, one)
            old.get_model("desk", "AuditEntry").objects.create(
                number=number, facts=one, digest=digest
            )
        old.get_model("desk", "AuditHead").objects.create(number=3, digest=digest)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    rows = AuditEntry.objects.order_by("number").values_list("what", "who", "day")
    assert [(what, who, str(day or "")) for what, who, day in rows] == [
        ("collected", "letterbox", "2026-11-01"),
        ("hold", "mina", "2026-11-02"),
        ("published", "press", ""),
    ]
    assert sorted(AuditMention.objects.values_list("entry_id", "subject")) == [
        (2, an_id(1)),
        (3, an_id(1)),
        (3, an_id(2)),
    ]
    assert (verify(), AuditHead.objects.get().number) == (None, 3)
