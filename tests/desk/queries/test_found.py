"""Looking up many rows at once, whatever the size of the table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.found import found_by


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["lookup", "public_id"])
def test_many_values_are_looked_up_by_an_index(column: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        found_by(Comment, column, ["A" * 26, "B" * 26])

    plan = _plan(asked[-1]["sql"])
    assert "SCAN desk_comment" not in plan
    assert "Seq Scan" not in plan


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # the table is empty here
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())
