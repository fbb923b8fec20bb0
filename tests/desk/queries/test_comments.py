from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterdesk.desk.queries.comments import CommentView, listing, one
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.noticed import Hint
from letterdesk.desk.queries.parts import Part
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.queue import QueueRow, first, waiting
from letterdesk.domain.edit import Cut, Piece
from letterdesk.domain.states import Action, Risk, State
from tests.desk import rows
from tests.desk.databases import IS_POSTGRESQL
from tests.desk.rows import CUT, NOW, TEXT, move
from tests.values import TODAY, an_id


@pytest.fixture
def everybody(db: None) -> Person:
    """Somebody who belongs to no desk and so sees all of them."""
    return rows.make_person("mina")


@pytest.fixture
def korean(db: None) -> Person:
    return rows.make_person("kim", desks=("Korean",))


@pytest.fixture
def both(db: None) -> Person:
    return rows.make_person("noor", desks=("Korean", "English"))


@pytest.fixture
def three(db: None) -> list[str]:
    """Comments of three desks in turn, two of each."""
    stories = [
        rows.make_story(number, desk=desk)
        for number, desk in enumerate(("English", "Korean", "Chinese"), start=1)
    ]
    return [rows.make_comment(stories[at % 3], 100 + at).public_id for at in range(6)]


def ids(page) -> list[str]:
    return [row.id for row in page.rows]


def test_a_comment_is_seen_as_it_would_be_published_and_as_it_was_sent(everybody):
    story = rows.make_story(risk="sensitive")
    parent = rows.make_comment(story, 1)
    comment = rows.make_comment(story, 2, reply_to=parent)
    move(comment, Action.EDIT, everybody)
    comment.refresh_from_db()

    seen = one(everybody, comment.public_id)

    assert seen == CommentView(
        id=an_id(2),
        story=story.public_id,
        headline="The ferry will not come back",
        story_language="en",
        desk="English",
        risk=Risk.SENSITIVE,
        status=State.PENDING,
        version=2,
        text=CUT,
        original=TEXT,
        name="Mira",
        original_name="Mira",
        name_left_out=False,
        language="en",
        arrived=TODAY,
        reply_to=an_id(1),
        as_written=False,
        trapped=False,
        came_late=False,
        lost_parent=False,
        rules=("3",),
        terms="1",
        statement=comment.statement,
        cuts=(Cut(start=44, end=54, note="name removed"),),
        approvals=1,
        published=None,
    )
    assert seen.is_edited
    assert seen.pieces == (
        Piece(text=TEXT[:44]),
        Piece(text="Daniel Roe", is_cut=True, note="name removed"),
        Piece(text="."),
    )


def test_what_is_possible_follows_from_state_and_the_authors_wish(everybody):
    story = rows.make_story()
    plain, whole = rows.make_comment(story), rows.make_comment(story, as_written=True)

    assert one(everybody, plain.public_id).possible == (
        Action.APPROVE,
        Action.EDIT,
        Action.REJECT,
        Action.HOLD,
    )
    assert one(everybody, whole.public_id).possible == (
        Action.APPROVE,
        Action.REJECT,
        Action.HOLD,
    )


def test_a_person_sees_the_comments_of_her_desks_oldest_first(
    everybody, korean, both, three
):
    assert ids(listing(everybody)) == three
    assert ids(listing(korean)) == [three[1], three[4]]
    assert ids(listing(both)) == [three[at] for at in (0, 1, 3, 4)]
    assert ids(listing(both, desk="English")) == [three[0], three[3]]
    assert ids(listing(everybody, desk="Chinese")) == [three[2], three[5]]
    assert ids(listing(everybody, story=an_id(902))) == [three[1], three[4]]
    assert ids(listing(everybody, story=an_id(902), desk="English")) == []


def test_another_desks_comments_are_not_for_her(korean, three):
    with pytest.raises(NotYours):
        listing(korean, desk="English")
    with pytest.raises(NotYours):
        listing(korean, story=an_id(901))
    with pytest.raises(NotYours):
        one(korean, three[0])
    with pytest.raises(NotFound):
        listing(korean, story=an_id(999))
    for unknown in (an_id(999), "", "\0"):
        with pytest.raises(NotFound):
            one(korean, unknown)


def test_a_listing_goes_on_where_it_stopped(everybody, both, three):
    for person, expected in (
        (everybody, three),
        (both, [three[at] for at in (0, 1, 3, 4)]),
    ):
        seen, cursor = [], None
        while True:
            page = listing(person, after=cursor, size=3)
            seen += ids(page)
            cursor = page.next
            if cursor is None:
                break
        assert seen == expected


def test_a_listing_by_state_holds_that_state_only(everybody, three):
    move(rows.Comment.objects.get(public_id=three[0]), Action.HOLD, everybody)

    assert ids(listing(everybody, status=State.HELD)) == [three[0]]
    assert ids(listing(everybody, status=State.PENDING)) == three[1:]
    assert ids(listing(everybody, status=State.PENDING, story=an_id(901))) == [three[3]]


def test_the_queue_shows_what_waits_and_for_how_long(everybody):
    story = rows.make_story(risk="sensitive")
    long = rows.make_comment(
        story, 1, text="word " * 100, arrived=TODAY - timedelta(days=3)
    )
    mine = rows.make_comment(story, 2, reply_to=long, as_written=True, trapped=True)
    move(mine, Action.APPROVE, everybody)
    move(rows.make_comment(story, 3), Action.HOLD, everybody)

    page = waiting(everybody, now=NOW)

    common = {
        "story": story.public_id,
        "headline": story.headline,
        "language": "en",
        "story_language": "en",
        "desk": "English",
        "risk": Risk.SENSITIVE,
    }
    assert page.rows == (
        QueueRow(
            id=an_id(1),
            excerpt=("word " * 100)[:159] + "…",
            days=3,
            approvals=0,
            is_mine=False,
            is_reply=False,
            as_written=False,
            trapped=False,
            came_late=False,
            lost_parent=False,
            claimed_by="",
            hint=Hint(),
            **common,
        ),
        QueueRow(
            id=an_id(2),
            excerpt=TEXT,
            days=0,
            approvals=1,
            is_mine=True,
            is_reply=True,
            as_written=True,
            trapped=True,
            came_late=False,
            lost_parent=False,
            claimed_by="",
            hint=Hint(),
            **common,
        ),
    )


def test_the_first_of_the_queue_is_what_this_person_can_decide(everybody, korean, three):
    rows.Story.objects.update(risk="sensitive")
    move(rows.Comment.objects.get(public_id=three[0]), Action.APPROVE, everybody)

    assert first(everybody, now=NOW) == three[1]
    assert first(everybody, now=NOW, skip=[three[1], three[2]]) == three[3]
    assert first(korean, now=NOW) == three[1]
    assert first(everybody, now=NOW, part=Part(desk="Chinese")) == three[2]
    assert first(everybody, now=NOW, part=Part(story=an_id(901))) == three[3]
    assert first(everybody, now=NOW, skip=three) is None
    assert first(rows.make_person("noor"), now=NOW) == three[0]


def test_the_queue_goes_on_where_it_stopped(everybody, three):
    page = waiting(everybody, now=NOW, size=4)
    rest = waiting(everybody, now=NOW, after=page.next, size=4)

    assert (ids(page), ids(rest), rest.next) == (three[:4], three[4:], None)


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_few_things_whatever_they_show(
    number, everybody, both, django_assert_num_queries
):
    story = rows.make_story()
    for _ in range(number):
        rows.make_comment(story)

    for person, queries in ((everybody, 1), (both, 2)):
        with django_assert_num_queries(queries):
            assert len(listing(person).rows) == number
        with django_assert_num_queries(queries + 3):  # who has it open, signals, copies
            assert len(waiting(person, now=NOW).rows) == number
        with django_assert_num_queries(queries + 1):
            assert first(person, now=NOW)


_PLANS = {
    "all": ({}, "INTEGER PRIMARY KEY (rowid>?)"),
    "by state": ({"status": State.PENDING}, "INDEX comment_queue "),
    "by desk": ({"desk": "English"}, "INDEX comment_of_desk "),
    "by state and desk": (
        {"status": State.PENDING, "desk": "English"},
        "INDEX comment_queue_of_desk ",
    ),
    "by story": ({"story": an_id(901)}, "INDEX comment_queue_of_story "),
    "by state and story": (
        {"status": State.PENDING, "story": an_id(901)},
        "INDEX comment_queue_of_story ",
    ),
}


@pytest.mark.parametrize("plan", _PLANS)
def test_a_list_reads_its_index_and_sorts_nothing(plan, everybody):
    _fill()
    narrowed, index = _PLANS[plan]

    with CaptureQueriesContext(connection) as asked:
        listing(everybody, after=10, **narrowed)

    explained = _explain(asked.captured_queries[-1]["sql"])
    assert "Seq Scan on desk_comment" not in explained
    if not IS_POSTGRESQL:  # which weighs few rows its own way
        assert index in explained
        assert "TEMP B-TREE" not in explained


def _fill() -> None:
    """Make 3,000 comments of three desks, of which few wait, and let the database know."""
    stories = [
        rows.make_story(number, desk=desk)
        for number, desk in enumerate(("English", "Korean", "Chinese") * 10, start=1)
    ]
    rows.Comment.objects.bulk_create(
        rows.Comment(
            public_id=an_id(number),
            story=stories[number % 30],
            desk=stories[number % 30].desk,
            state="published" if number % 40 else "pending",
            text=TEXT * 10,
            arrived=TODAY,
            salt=b"",
        )
        for number in range(3_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _explain(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return "\n".join(row[3] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())
