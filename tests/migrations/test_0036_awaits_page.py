"""What was published before a page that failed waits for a slot after the update, too."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.migrations.steps import at
from tests.values import TODAY, an_id

pytestmark = pytest.mark.django_db(transaction=True)


def test_old_rows_come_through():
    try:
        old = at("0035_know_what_unopened_letters_await")
        due, done = (
            old.get_model("desk", "Story").objects.create(
                public_id=an_id(900 + number),
                url=f"https://news.example/{number}",
                headline="The ferry",
                language="en",
                desk="English",
                changed=is_due,
                registered=TODAY,
            )
            for number, is_due in enumerate([True, False])
        )
        untold = {"state": "published", "outcome_due": True, "version": 2}
        rows = [
            (due, {**untold, "acted_version": 2}),
            (due, {**untold, "acted_version": 2, "outcome_due": False}),
            (due, {**untold, "acted_version": 1}),
            (due, {**untold, "acted_version": 2, "state": "withdrawn"}),
            (done, {**untold, "acted_version": 2}),
        ]
        for number, (story, row) in enumerate(rows):
            old.get_model("desk", "Comment").objects.create(
                public_id=an_id(number),
                story=story,
                desk="English",
                arrived=TODAY,
                salt=b"",
                **row,
            )

        new = at("0036_know_what_awaits_its_page")

        found = new.get_model("desk", "Comment").objects.order_by("id")
        assert list(found.values_list("awaits_page", flat=True)) == [True, *[False] * 4]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
