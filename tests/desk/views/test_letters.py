from collections.abc import Callable

import pytest

from letterdesk.desk.models import Appeal, AuditEntry, Notice, Story, Tip
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY, an_id


@pytest.fixture
def story(db: None) -> Story:
    return rows.make_story()


@pytest.fixture
def appeal(story: Story, colleague: Person) -> Appeal:
    comment = rows.make_in(State.REJECTED, story, colleague)
    return Appeal.objects.create(
        public_id=an_id(11),
        comment=comment,
        lookup=comment.lookup,
        action_digest=b"",
        text="Please look again.",
        arrived=TODAY,
    )


@pytest.fixture
def notice(story: Story, colleague: Person) -> Notice:
    return Notice.objects.create(
        public_id=an_id(12),
        story=story,
        comment=rows.make_published(story, colleague),
        text="This names my neighbour.",
        name="Ana",
        contact="ana@mail.example",
        arrived=TODAY,
    )


@pytest.fixture
def tip(story: Story) -> Tip:
    return Tip.objects.create(
        public_id=an_id(13), story=story, text="Look in the harbour.", arrived=TODAY
    )


def test_tips_are_for_editors_only(
    enter: Enter,
    appeal: Appeal,
    notice: Notice,
    tip: Tip,
    moderator: Person,
    editor: Person,
) -> None:
    hers, theirs = (screen(enter(one).get("/letters/")).text for one in (moderator, editor))

    for expected in (
        "Please look again.",
        "This names my neighbour.",
        "Ana ana@mail.example",
    ):
        assert expected in hers
        assert expected in theirs
    assert tip.text not in hers
    assert tip.text in theirs


def test_answered_letters_are_gone_and_the_log_knows(
    enter: Enter, appeal: Appeal, notice: Notice, moderator: Person
) -> None:
    client = enter(moderator)

    first = client.post(f"/letters/appeals/{appeal.public_id}/answered/")
    client.post(f"/letters/notices/{notice.public_id}/answered/")

    page = screen(client.get(first.url))
    assert "Marked as answered." in page.text
    assert "Please look again." not in page.text
    assert "This names my neighbour." not in page.text
    whats = [entry.facts["what"] for entry in AuditEntry.objects.order_by("number")]
    assert whats[-2:] == ["appeal-closed", "notice-closed"]


def test_who_decided_does_not_answer_the_appeal(
    enter: Enter, appeal: Appeal, colleague: Person
) -> None:
    answer = enter(colleague).post(f"/letters/appeals/{appeal.public_id}/answered/")

    assert answer.status_code == 403
    assert "You took part in this decision." in screen(answer).text
    assert Appeal.objects.get().is_open


@pytest.mark.parametrize("letters", [1, 3])
def test_letters_ask_the_database_the_same_few_things(
    enter: Enter,
    story: Story,
    editor: Person,
    django_assert_num_queries: Callable[..., object],
    letters: int,
) -> None:
    for number in range(letters):
        Tip.objects.create(
            public_id=an_id(number), story=story, text="A tip.", arrived=TODAY
        )
        Notice.objects.create(
            public_id=an_id(number), story=story, text="A notice.", arrived=TODAY
        )
    client = enter(editor)

    with django_assert_num_queries(6):
        page = client.get("/letters/")

    assert len(screen(page).all("article")) == 2 * letters
