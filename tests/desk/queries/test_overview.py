from datetime import timedelta

import pytest

from letterdesk.desk.actions.claim import claim
from letterdesk.desk.queries import overview as module
from letterdesk.desk.queries.overview import Count, DeskWaits, StoryWaits, overview
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Risk
from tests.desk import rows
from tests.desk.rows import NOW
from tests.values import TODAY, an_id


def test_stories_come_with_the_oldest_letter_first(
    moderator: Person, colleague: Person
) -> None:
    old = rows.make_story(1, headline="The ferry", risk=Risk.SENSITIVE)
    new = rows.make_story(2, headline="The bus")
    rows.make_published(rows.make_story(3, headline="All decided"), moderator)
    first = rows.make_comment(old, arrived=TODAY - timedelta(days=3))
    rows.make_comment(new)
    rows.make_comment(old)
    claim(first.public_id, by=colleague, now=NOW, page=an_id(1))

    found = overview(moderator, now=NOW)

    assert found == (
        DeskWaits(
            desk="English",
            waiting=Count(number=3, is_more=False),
            days=3,
            stories=(
                StoryWaits(
                    id=old.public_id,
                    headline="The ferry",
                    language="en",
                    risk=Risk.SENSITIVE,
                    waiting=Count(number=2, is_more=False),
                    days=3,
                    people=("noor",),
                ),
                StoryWaits(
                    id=new.public_id,
                    headline="The bus",
                    language="en",
                    risk=Risk.ORDINARY,
                    waiting=Count(number=1, is_more=False),
                    days=0,
                    people=(),
                ),
            ),
            is_more=False,
            groups=0,
            civil={},
        ),
    )


def test_what_was_collected_while_the_clock_was_ahead_came_today(moderator: Person) -> None:
    rows.make_comment(rows.make_story(), arrived=TODAY + timedelta(days=400))

    [desk] = overview(moderator, now=NOW)

    assert (desk.days, desk.stories[0].days) == (0, 0)


def test_desks_that_are_not_hers_are_left_out(db: None) -> None:
    for number, desk in enumerate(("English", "Korean", "Uyghur")):
        rows.make_comment(rows.make_story(number + 1, desk=desk))
    rows.make_story(4, desk="Lao")
    both = rows.make_person("lea", desks=("Korean", "Uyghur", "Lao"))
    everybody = rows.make_person("ola")

    hers = [(one.desk, one.waiting.number, one.days) for one in overview(both, now=NOW)]

    assert hers == [("Korean", 1, 0), ("Lao", 0, None), ("Uyghur", 1, 0)]
    assert [one.desk for one in overview(everybody, now=NOW)] == [
        "English",
        "Korean",
        "Lao",
        "Uyghur",
    ]


def test_counts_say_where_they_end(
    moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = [rows.make_story(number) for number in (1, 2, 3)]
    for story in stories:
        rows.make_comment(story)
        rows.make_comment(story)
    monkeypatch.setattr(module, "MAX_AT_DESK", 5)
    monkeypatch.setattr(module, "MAX_OF_STORY", 1)
    monkeypatch.setattr(module, "MAX_STORIES", 2)

    (desk,) = overview(moderator, now=NOW)

    assert desk.waiting == Count(number=5, is_more=True)
    assert desk.is_more
    assert [(one.id, one.waiting) for one in desk.stories] == [
        (stories[1].public_id, Count(number=1, is_more=True)),
        (stories[2].public_id, Count(number=1, is_more=True)),
    ]


@pytest.mark.parametrize("stories", [1, 3])
def test_overview_asks_the_database_the_same_few_things(
    moderator: Person, django_assert_num_queries: object, stories: int
) -> None:
    for number in range(stories):
        rows.make_comment(rows.make_story(number + 1))

    with django_assert_num_queries(11):
        (desk,) = overview(moderator, now=NOW)

    assert len(desk.stories) == stories
