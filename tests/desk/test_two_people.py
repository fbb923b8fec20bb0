"""The database refuses what one person approved on a sensitive story, whoever asks."""

from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from letterdesk.desk.models import Comment
from letterdesk.domain.states import Action, Risk, State
from tests.desk import rows

SEEN = ("approved", "published")
# Who gave the first and the second approval: nobody, mina or noor.
APPROVALS = {
    "nobody": (None, None),
    "one": ("mina", None),
    "the second alone": (None, "noor"),
    "one person twice": ("mina", "mina"),
}


def ids(moderator, colleague):
    return {None: None, "mina": moderator.id, "noor": colleague.id}


def execute(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(("state", "given"), list(product(SEEN, APPROVALS)))
def test_no_statement_shows_what_two_people_have_not_approved(
    moderator, colleague, state, given
):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    first, second = (ids(moderator, colleague)[one] for one in APPROVALS[given])

    with pytest.raises(IntegrityError, match=r"comment_two_people|CHECK"):
        execute(
            "UPDATE desk_comment SET state = %s, approved_by_id = %s, seconded_by_id = %s "
            "WHERE id = %s",
            *(state, first, second, comment.pk),
        )

    assert Comment.objects.get().state == "pending"


@pytest.mark.parametrize("state", SEEN)
def test_no_row_comes_in_that_two_people_have_not_approved(moderator, state):
    story = rows.make_story(risk=Risk.SENSITIVE)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.make_comment(story, state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.bulk_create(
            [Comment(**_values(rows.make_comment(story)), state=state)]
        )


def _values(made):
    made.delete()
    names = ("public_id", "story", "desk", "risk", "text", "arrived", "salt")
    return {name: getattr(made, name) for name in names}


@pytest.mark.parametrize("column", ["approved_by_id", "seconded_by_id"])
def test_an_approval_is_not_taken_from_what_readers_see(moderator, colleague, column):
    story = rows.make_story(risk=Risk.SENSITIVE)
    comment = rows.make_comment(story)
    for by in (moderator, colleague):
        rows.move(comment, Action.APPROVE, by)

    with pytest.raises(IntegrityError):
        execute(f"UPDATE desk_comment SET {column} = NULL")  # noqa: S608 -- from the list above

    assert Comment.objects.get().state == "approved"


def test_two_people_are_enough(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))

    execute(
        "UPDATE desk_comment SET state = 'published', approved_by_id = %s, "
        "seconded_by_id = %s WHERE id = %s",
        *(moderator.id, colleague.id, comment.pk),
    )

    assert Comment.objects.get().state == State.PUBLISHED
