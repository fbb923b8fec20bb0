"""Looking up many rows at once, whatever the size of the table."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterdesk.desk.models import Comment, Decision
from letterdesk.desk.queries.found import found_by
from letterdesk.desk.queries.threads import thread
from letterdesk.domain.ids import new_id
from tests.desk import rows
from tests.values import TODAY


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["lookup", "public_id"])
def test_many_values_are_looked_up_by_an_index(column: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        found_by(Comment, column, ["A" * 26, "B" * 26])

    plan = _plan(asked[-1]["sql"])
    assert "SCAN desk_comment" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.django_db
def test_more_comments_are_decided_on_at_once_than_one_query_carries() -> None:
    story = rows.make_story()
    comments = Comment.objects.bulk_create(
        Comment(
            public_id=new_id(),
            story=story,
            desk=story.desk,
            text="Yes.",
            arrived=TODAY,
            state="retracted",
            version=2,
            acted_version=1,
            place=number,
            salt=bytes(32),
        )
        for number in range(1, 1_002)
    )
    Decision.objects.bulk_create(
        Decision(
            comment=one,
            version=2,
            move="undo",
            before={"state": "published", "cuts": [], "rules": [], "terms": ""},
            state="retracted",
            taken=rows.NOW,
        )
        for one in comments
    )

    with _at_most(600):
        found = thread(story)

    assert len(found) == 1_001
    assert not any(one.is_gone for one in found)


@contextmanager
def _at_most(values: int) -> Iterator[None]:
    """Let SQLite take so many values in a query, as some builds of it do."""
    if connection.vendor != "sqlite":
        yield
        return
    limit = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
    before = connection.connection.setlimit(limit, values)
    try:
        yield
    finally:
        connection.connection.setlimit(limit, before)


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # the table is empty here
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row) for row in cursor.fetchall())
