"""What one person published before its story was sensitive stays published."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.migrations.steps import at
from tests.values import TODAY, an_id

pytestmark = pytest.mark.django_db(transaction=True)


def test_old_rows_come_through():
    try:
        old = at("0001_initial")
        story = old.get_model("desk", "Story").objects.create(
            public_id=an_id(901),
            url="https://news.example/1",
            headline="The ferry",
            language="en",
            desk="English",
            risk="sensitive",
            registered=TODAY,
        )
        users = old.get_model("desk", "User").objects
        mina, noor = (
            users.create(username=name, pseudonym=name, role="moderator")
            for name in ("mina", "noor")
        )
        comments = old.get_model("desk", "Comment").objects
        for number, (state, second) in enumerate(
            [
                ("pending", None),
                ("published", None),
                ("published", noor),
                ("retracted", None),
            ]
        ):
            comments.create(
                public_id=an_id(number),
                story=story,
                desk="English",
                state=state,
                risk="sensitive",
                arrived=TODAY,
                salt=b"",
                approved_by=mina,
                seconded_by=second,
            )

        new = at("0002_guard_sensitive_comments")

        found = new.get_model("desk", "Comment").objects.order_by("id")
        assert list(found.values_list("state", "risk")) == [
            ("pending", "sensitive"),
            ("published", "ordinary"),
            ("published", "sensitive"),
            ("retracted", "ordinary"),
        ]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
