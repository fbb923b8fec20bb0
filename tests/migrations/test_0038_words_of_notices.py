"""What answered notices say of comments that were taken back before goes with the update."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now

from tests.migrations.steps import at
from tests.values import TODAY, an_id

pytestmark = pytest.mark.django_db(transaction=True)


def test_old_rows_come_through():
    try:
        old = at("0037_know_what_the_first_of_two_saw")
        story = old.get_model("desk", "Story").objects.create(
            public_id=an_id(900),
            url="https://news.example/1",
            headline="The ferry",
            language="en",
            desk="English",
            registered=TODAY,
        )
        gone = {"state": "withdrawn"}
        rows = [  # of the comment, of the notice
            (gone, {"answer": "She wrote so."}),
            (gone, {"answer": ""}),
            (gone, {"is_open": True, "fate": "", "decided": None}),
            (gone | {"outcome_due": True}, {"answer": "The press has it before it."}),
            ({"state": "published"}, {"answer": "It may stay."}),
        ]
        for number, (comment, notice) in enumerate(rows):
            about = old.get_model("desk", "Comment").objects.create(
                public_id=an_id(number),
                story=story,
                desk="English",
                arrived=TODAY,
                salt=b"",
                **comment,
            )
            kept = {"is_open": False, "fate": "kept", "decided": now()}
            old.get_model("desk", "Notice").objects.create(
                public_id=an_id(100 + number),
                story=story,
                comment=about,
                text="It says so.",
                arrived=TODAY,
                **(kept | notice),
            )

        new = at("0038_erase_words_of_notices")

        found = new.get_model("desk", "Notice").objects.order_by("id")
        assert list(found.values_list("text", "answer", "outcome_due")) == [
            ("", "", True),
            ("", "", False),
            ("It says so.", "", False),
            ("It says so.", "The press has it before it.", False),
            ("It says so.", "It may stay.", False),
        ]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
