import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterdesk.desk.models import Signal
from letterdesk.desk.queries import parts
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.parts import Part, languages_waiting
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.queue import first, neighbours, waiting
from letterdesk.domain.states import Action
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.desk.databases import IS_POSTGRESQL
from tests.desk.rows import NOW
from tests.values import TODAY, an_id

KOREAN = Part(language="ko")


@pytest.fixture
def letters(db: None) -> list[str]:
    """Letters of two desks, by turns in English and in Korean; the last one is decided."""
    stories = [rows.make_story(1), rows.make_story(2, desk="Elsewhere")]
    made = [
        rows.make_comment(stories[number % 3 % 2], language=("en", "ko")[number % 2])
        for number in range(8)
    ]
    rows.move(
        rows.make_comment(stories[0], language="vi"),
        Action.REJECT,
        rows.make_person("noor"),
    )
    return [one.public_id for one in made]


def test_a_language_is_read_from_every_desk_oldest_first(
    letters: list[str], moderator: Person
) -> None:
    page = waiting(moderator, now=NOW, part=KOREAN, size=3)
    rest = waiting(moderator, now=NOW, part=KOREAN, size=3, after=page.next)

    assert [row.id for row in (*page.rows, *rest.rows)] == letters[1::2]
    assert first(moderator, now=NOW, part=KOREAN) == letters[1]
    assert first(moderator, now=NOW, part=KOREAN, skip=letters[:2]) == letters[3]
    beside = neighbours(moderator, letters[3], now=NOW, part=KOREAN)
    assert (beside.previous, beside.next) == (letters[1], letters[5])


def test_a_language_is_read_from_her_own_desks_only(letters: list[str]) -> None:
    hers = rows.make_person("elsa", desks=("Elsewhere",))
    elsewhere = [row.id for row in waiting(hers, now=NOW).rows]

    shown = [row.id for row in waiting(hers, now=NOW, part=KOREAN).rows]

    assert shown == [one for one in letters[1::2] if one in elsewhere]
    assert languages_waiting(hers) == ("en", "ko")
    for ask in (
        lambda: waiting(hers, now=NOW, part=Part(desk="English", language="ko")),
        lambda: languages_waiting(hers, desk="English"),
    ):
        with pytest.raises(NotYours):
            ask()


def test_only_languages_that_wait_are_named(letters: list[str], moderator: Person) -> None:
    rows.make_comment(rows.make_story(3, desk="Third"), language="")

    assert languages_waiting(moderator) == ("en", "ko")
    assert languages_waiting(moderator, desk="Third") == ()


PERSONAL = Part(signal=Kind.PERSONAL_INFORMATION)


def notice(comment: rows.Comment, code: str, kind: Kind = Kind.PERSONAL_INFORMATION) -> str:
    Signal.objects.create(comment=comment, kind=kind, score=1.0, code=code)
    return comment.public_id


def test_a_signal_is_read_where_it_is_grave_from_every_desk(moderator: Person) -> None:
    stories = [rows.make_story(1), rows.make_story(2, desk="Elsewhere")]
    made = [rows.make_comment(stories[number % 2]) for number in range(8)]
    found = [notice(made[number], "personal") for number in (1, 4, 6)]
    notice(made[0], "names")  # no danger by itself
    notice(made[2], "disguised", Kind.DISGUISE)
    rows.move(made[6], Action.REJECT, rows.make_person("noor"))

    shown = waiting(moderator, now=NOW, part=PERSONAL).rows
    hers = rows.make_person("elsa", desks=("Elsewhere",))

    assert [row.id for row in shown] == found[:2]
    assert first(moderator, now=NOW, part=PERSONAL) == found[0]
    assert neighbours(moderator, found[1], now=NOW, part=PERSONAL).previous == found[0]
    assert [row.id for row in waiting(hers, now=NOW, part=PERSONAL).rows] == found[:1]
    korean = Part(language="ko", signal=Kind.PERSONAL_INFORMATION)
    assert waiting(moderator, now=NOW, part=korean).rows == ()


def test_a_signal_is_looked_for_in_the_oldest_letters_only(
    moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SEARCHED", 3)
    stories = [rows.make_story(1), rows.make_story(2, desk="Elsewhere")]
    found = [
        [notice(rows.make_comment(story), "personal") for _ in range(5)]
        for story in stories
    ]

    shown = [row.id for row in waiting(moderator, now=NOW, part=PERSONAL).rows]

    assert shown == [*found[0][:3], *found[1][:3]]


@pytest.fixture
def many(db: None) -> None:
    """Three thousand letters that wait, one in five hundred of them in Korean."""
    story = rows.make_story()
    rows.Comment.objects.bulk_create(
        rows.Comment(
            public_id=an_id(number),
            story=story,
            desk=story.desk,
            language="ko" if number % 500 == 0 else "en",
            text=rows.TEXT,
            arrived=TODAY,
            salt=b"",
        )
        for number in range(3_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_a_signal_is_looked_up_for_the_oldest_letters_by_their_keys(
    moderator: Person, many: None
) -> None:
    found = rows.Comment.objects.order_by("id")
    ids = [notice(found[place], "personal") for place in (0, 999, 1_000, 2_000)]

    with CaptureQueriesContext(connection) as asked:
        shown = [row.id for row in waiting(moderator, now=NOW, part=PERSONAL).rows]

    (signals,) = (one["sql"] for one in asked if "'personal_information'" in one["sql"])
    (page,) = (one["sql"] for one in asked if "reply_to" in one["sql"])
    assert shown == ids[:2]
    if not IS_POSTGRESQL:  # which weighs few rows its own way
        assert "(comment_id=? AND kind=?)" in _explain(signals)
        assert "SEARCH desk_comment USING INTEGER PRIMARY KEY (rowid=?)" in _explain(page)


def test_a_language_reads_its_index_and_sorts_nothing(
    moderator: Person, many: None
) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert waiting(moderator, now=NOW, part=KOREAN).rows
        assert languages_waiting(moderator) == ("en", "ko")

    (page,) = (
        one["sql"] for one in asked if "ORDER BY" in one["sql"] and "'ko'" in one["sql"]
    )
    (names,) = (one["sql"] for one in asked if "RECURSIVE" in one["sql"])
    for sql in (page, names):
        plan = _explain(sql)
        assert "Seq Scan on desk_comment" not in plan
        if not IS_POSTGRESQL:  # which weighs few rows its own way
            assert "INDEX comment_waiting_in_language" in plan
            assert "TEMP B-TREE" not in plan


def _explain(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'' if IS_POSTGRESQL else 'QUERY PLAN '}{sql}")
        return "\n".join(str(row[0 if IS_POSTGRESQL else 3]) for row in cursor.fetchall())
