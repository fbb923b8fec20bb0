from datetime import date, timedelta

import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import Tally
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.figures import (
    Agreement,
    Step,
    Window,
    figures,
    quantile,
)
from letterdesk.desk.queries.report import public_figures
from letterdesk.domain.states import Action, Risk
from tests.desk import rows
from tests.values import TODAY

NOVEMBER = Window(start=date(2026, 11, 1), end=date(2026, 11, 30))


def tally(kind, number, *, day=TODAY, key="", desk="English", language="en"):
    Tally.objects.create(
        day=day, kind=kind, key=key, desk=desk, language=language, count=number
    )


def narrowed(**changes):
    return Window(**(vars(NOVEMBER) | changes))


@pytest.mark.parametrize(
    ("waits", "half", "most"),
    [
        ({}, None, None),
        ({0: 4}, None, None),  # too few to be nobody's own
        ({0: 5}, 0, 0),
        ({0: 5, 9: 5}, 0, 9),
        ({0: 1, 1: 1, 2: 1, 3: 1, 4: 1}, 2, 4),
        ({1: 9, 30: 1}, 1, 1),
        ({1: 89, 30: 11}, 1, 30),
    ],
)
def test_half_and_nine_of_ten_waited_at_most_so_many_days(waits, half, most):
    assert (quantile(waits, 0.5), quantile(waits, 0.9)) == (half, most)


def test_a_letters_way_is_counted_where_it_went(moderator, editor):
    story = rows.make_story()
    for days in range(5):
        comment = rows.make_comment(story, arrived=TODAY - timedelta(days=days))
        rows.move(comment, Action.APPROVE if days else Action.EDIT, moderator)
    refused = rows.make_comment(story, language="ko")
    rows.move(refused, Action.REJECT, moderator, rules=("3", "5"))
    act(story.pk, today=TODAY)
    rows.move(refused, Action.RESTORE, moderator)
    act(story.pk, today=TODAY)
    rows.move(refused, Action.APPROVE, moderator)
    act(story.pk, today=TODAY)

    found = figures(editor, NOVEMBER)
    korean = figures(editor, narrowed(language="ko"))
    elsewhere = figures(editor, narrowed(desk="Korean"))

    today = found.periods[TODAY.day - 1]
    assert (today.start, today.decided) == (TODAY, 8)
    assert today.outcomes == {"published": 5, "edited": 1, "rejected": 1}
    assert (found.median, found.ninety) == (1, 4)  # once for each letter: 0, 0, 1, 2, 3, 4
    assert found.rules == (("3", 2), ("5", 1))
    assert korean.periods[TODAY.day - 1].decided == 3
    assert elsewhere.periods[TODAY.day - 1].decided == 0
    assert found.hours[10] == (0, 8)  # the tests' clock says half past ten


def test_what_is_undone_is_no_decision_any_more_and_is_not_published(moderator, editor):
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.APPROVE, moderator)
    undo(comment.public_id, by=moderator, now=rows.NOW)

    assert figures(editor, NOVEMBER).periods[TODAY.day - 1].decided == 1
    assert Tally.objects.get(kind="decision", key="undo").count == 1
    assert public_figures(TODAY) == {}


def test_second_looks_agree_or_differ(moderator, colleague, editor):
    sensitive = rows.make_story(risk=Risk.SENSITIVE)
    for action in (Action.APPROVE, Action.APPROVE, Action.REJECT, Action.EDIT):
        comment = rows.make_comment(sensitive)
        rows.move(comment, Action.APPROVE, moderator)
        rows.move(comment, action, colleague)
    ordinary = rows.make_story(2)
    for action, by in (
        (Action.APPROVE, colleague),
        (Action.REJECT, colleague),
        (Action.EDIT, colleague),
        (Action.REJECT, moderator),  # who held it: nobody's second opinion
    ):
        comment = rows.make_comment(ordinary)
        rows.move(comment, Action.HOLD, moderator)
        rows.move(comment, action, by)

    assert figures(editor, NOVEMBER).agreements == (
        Agreement(occasion="second", agreed=2, differed=2),
        Agreement(occasion="held", agreed=2, differed=1),
        Agreement(occasion="appeal", agreed=0, differed=0),
    )


@pytest.mark.parametrize(
    ("days", "step", "periods"),
    [(30, Step.DAY, 30), (62, Step.DAY, 62), (63, Step.WEEK, 10), (500, Step.MONTH, 17)],
)
def test_many_days_are_shown_by_week_or_month(editor, days, step, periods):
    start = NOVEMBER.end - timedelta(days=days - 1)
    tally("received", 3, day=start)
    tally("received", 4, day=NOVEMBER.end)

    found = figures(editor, narrowed(start=start))

    assert (found.step, len(found.periods)) == (step, periods)
    assert (found.periods[0].received, found.periods[-1].received) == (3, 4)


def test_people_of_a_desk_get_their_desks_figures_only(db):
    tally("received", 3)
    tally("received", 70, desk="Korean", language="ko")
    tally("hour", 9, key="07 letters", day=TODAY.replace(day=1), desk="", language="")
    hers = rows.make_person("kim", role="editor", desks=("Korean",))
    everybodys = rows.make_person("ada", role="auditor")

    def received(person, **changes):
        return sum(one.received for one in figures(person, narrowed(**changes)).periods)

    assert (received(hers), received(everybodys)) == (70, 73)
    assert received(hers, desk="Korean") == 70
    assert figures(hers, NOVEMBER).languages == (("ko", 70),)
    assert figures(hers, NOVEMBER).hours[7] == (9, 0)
    with pytest.raises(NotYours):
        figures(hers, narrowed(desk="English"))


@pytest.mark.parametrize("number", [1, 300])
def test_figures_ask_the_database_twice_however_much_there_is(
    editor, django_assert_num_queries, number
):
    for day in range(number):
        tally("received", 1, day=NOVEMBER.end - timedelta(days=day))

    with django_assert_num_queries(2):
        figures(editor, narrowed(start=NOVEMBER.end - timedelta(days=number)))
