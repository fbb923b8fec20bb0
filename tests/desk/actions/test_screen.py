"""Letters are screened once they are there, whatever happens; nothing waits for it."""

import logging
from collections.abc import Sequence

import pytest
from django.db import DatabaseError, connection

from letterdesk.desk.actions import screen as screening
from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.copies import KEPT, forget_old_bands
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.actions.stories import StorySheet, register
from letterdesk.desk.actions.tell import tell
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment, Copy, CopyBand, ScreeningMark, Signal
from letterdesk.desk.queries.due import to_tell
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from letterdesk.places.folder import Folder
from letterdesk.triage.screening import CHECKS, VERSION, Asked, each
from letterdesk.triage.signal import Kind
from letterdesk.triage.signal import Signal as Said
from tests.desk import rows
from tests.values import TODAY

pytestmark = pytest.mark.django_db

BODY = "The ferry carried 93,300 people last year. The council will close it in March."
TEXT = "The ferry carried 30,000 people! Call me: 212-555-0147, you stupid idiots."
COPY = "The council must stop this bridge before it ruins our harbour for good"


def said(comment: Comment) -> dict[str, tuple[str, list[list[int]]]]:
    found = Signal.objects.filter(comment=comment)
    return {one.kind: (one.code, one.spans) for one in found}


def groups(*comments: Comment) -> list[int]:
    """Give each comment's group; the first group is 0, the second 1."""
    found = dict(Copy.objects.values_list("comment", "group"))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(found[one.pk], len(numbers)) for one in comments]


def test_what_triage_says_is_kept_as_codes_and_places() -> None:
    comment = rows.make_comment(rows.make_story(body=BODY), text=TEXT)

    assert screen(seconds=60) == 1

    found = said(comment)
    assert {kind: code for kind, (code, _) in found.items()} == {
        "incivility": "uncivil-clearly",
        "personal_information": "personal",
        "figure": "figures-differ",
        "passage": "passage",
    }
    (phone,) = found["personal_information"][1]
    assert TEXT[slice(*phone)] == "212-555-0147"
    comment.refresh_from_db()
    assert (comment.screened, comment.state) == (VERSION, State.PENDING)


def test_one_kind_is_kept_of_the_text_and_of_the_name() -> None:
    name = "Call 212-555-0199"
    comment = rows.make_comment(rows.make_story(body=BODY), text=TEXT, name=name)

    screen(seconds=60)

    found = Signal.objects.filter(comment=comment, kind="personal_information")
    assert {
        one.of: [{"text": TEXT, "name": name}[one.of][slice(*span)] for span in one.spans]
        for one in found
    } == {"text": ["212-555-0147"], "name": ["212-555-0199"]}


def test_a_second_pass_has_nothing_to_do_and_changes_nothing() -> None:
    rows.make_comment(rows.make_story(body=BODY), text=TEXT)
    screen(seconds=60)
    before = list(Signal.objects.values())

    assert screen(seconds=60) == 0
    assert list(Signal.objects.values()) == before


def test_a_letter_with_nothing_to_notice_is_not_asked_about_again() -> None:
    comment = rows.make_comment(rows.make_story(), text="桥")

    screen(seconds=60)

    comment.refresh_from_db()
    assert comment.screened == VERSION
    assert [code for code, _ in said(comment).values()] == ["civil", "language-other"]
    assert screen(seconds=60) == 0


def test_killed_while_storing_it_leaves_nothing_and_goes_on_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comment = rows.make_comment(rows.make_story(body=BODY), text=TEXT)

    def die(_signed: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(screening, "remember", die)
        with pytest.raises(DatabaseError):
            screen(seconds=60)

    assert (Signal.objects.count(), Copy.objects.count()) == (0, 0)
    assert screen(seconds=60) == 1
    assert said(comment).keys() >= {"personal_information", "figure"}


def test_time_that_is_up_leaves_the_rest_for_the_next_round() -> None:
    story = rows.make_story()
    for _ in range(5):
        rows.make_comment(story)

    assert [screen(seconds=0, size=2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_check_that_fails_says_so_on_the_letter_and_the_letter_waits(
    caplog: pytest.LogCaptureFixture,
) -> None:
    comment = rows.make_comment(rows.make_story(body=BODY), text=TEXT)

    def broken(asked: Asked) -> Said:
        raise ValueError(asked.text)

    with caplog.at_level(logging.DEBUG):
        screen(seconds=60, checks={**CHECKS, Kind.PERSONAL_INFORMATION: each(broken)})

    assert said(comment)["personal_information"] == ("failed", [])
    assert "figure" in said(comment)
    comment.refresh_from_db()
    assert comment.state == State.PENDING
    assert comment.public_id in caplog.text
    assert not [word for word in TEXT.split() if word in caplog.text]


def test_what_waits_is_screened_anew_when_the_checks_have_a_new_version() -> None:
    story = rows.make_story(body=BODY)
    waiting, old = rows.make_comment(story, text=TEXT), rows.make_comment(story)
    screen(seconds=60)
    Comment.objects.filter(pk=old.pk).update(state=State.REJECTED)
    ScreeningMark.objects.update(version=VERSION + 1)
    Comment.objects.update(screened=VERSION + 1)
    Signal.objects.all().delete()

    assert screen(seconds=60) == 1

    assert said(waiting).keys() >= {"personal_information"}
    assert said(old) == {}
    assert ScreeningMark.objects.get().version == VERSION


def test_what_waits_is_screened_anew_when_the_story_changes() -> None:
    story = rows.make_story(body=BODY, language="en")
    comment = rows.make_comment(story, text=TEXT)
    screen(seconds=60)
    sheet = {"url": story.url, "headline": story.headline, "language": "en"}

    register(StorySheet(**sheet, body="Only 30,000 people took the ferry."), today=TODAY)
    screen(seconds=60)

    assert "figure" not in said(comment)
    assert "passage" in said(comment)


def test_a_figure_of_the_headline_is_right_as_soon_as_the_headline_has_it() -> None:
    story = rows.make_story(body=BODY, language="en")
    comment = rows.make_comment(story, text=TEXT)
    screen(seconds=60)
    assert "figure" in said(comment)

    sheet = StorySheet(url=story.url, headline="30,000 people", language="en")
    register(sheet, today=TODAY)
    screen(seconds=60)

    assert "figure" not in said(comment)


def test_near_copies_are_one_group_across_stories_and_strangers_are_not() -> None:
    first = rows.make_comment(rows.make_story(1), text=COPY)
    stranger = rows.make_comment(rows.make_story(2), text=rows.TEXT)
    screen(seconds=60)
    second = rows.make_comment(rows.make_story(3), text=f"{COPY}, please!")
    third = rows.make_comment(rows.make_story(4), text=f"I say: {COPY}!!")

    screen(seconds=60)

    assert groups(first, stranger, second, third) == [0, 1, 0, 0]
    assert set(CopyBand.objects.values_list("comment", flat=True)) == {
        first.pk,
        stranger.pk,
    }


def test_another_leads_a_group_when_its_leader_is_withdrawn(
    public: Folder, moderator: Person
) -> None:
    story = rows.make_story()
    leader = rows.make_comment(story, text=COPY)
    second = rows.make_comment(story, text=f"{COPY}!")
    screen(seconds=60)
    withdraw([leader.pk], today=TODAY)
    act(story.pk, today=TODAY)
    tell(to_tell(story.pk), place=public, note=pytest.fail)

    third = rows.make_comment(story, text=f"{COPY}, please.")
    screen(seconds=60)

    assert groups(second, third) == [0, 0]
    assert not Copy.objects.filter(comment=leader).exists()
    assert set(CopyBand.objects.values_list("comment", flat=True)) == {second.pk}


def test_signals_go_when_the_words_go(public: Folder) -> None:
    story = rows.make_story(body=BODY)
    comment = rows.make_comment(story, text=f"𝓲𝓭𝓲𝓸𝓽! {TEXT}")
    screen(seconds=60)
    assert "idiot" in str(list(Signal.objects.values_list("facts")))

    withdraw([comment.pk], today=TODAY)
    act(story.pk, today=TODAY)
    tell(to_tell(story.pk), place=public, note=pytest.fail)

    assert said(comment) == {}
    assert (Copy.objects.count(), CopyBand.objects.count()) == (0, 0)


def test_a_letter_that_is_taken_back_while_it_is_screened_leaves_nothing() -> None:
    story = rows.make_story(body=BODY)
    comment = rows.make_comment(story, text=TEXT)

    def taken_back(letters: Sequence[Asked]) -> Sequence[Said]:
        withdraw([comment.pk], today=TODAY)
        return CHECKS[Kind.FIGURE](letters)

    screen(seconds=60, checks={**CHECKS, Kind.FIGURE: taken_back})

    assert (said(comment), Copy.objects.count()) == ({}, 0)
    assert screen(seconds=60) == 0


def test_bands_of_long_ago_are_removed_and_newer_ones_stay() -> None:
    story = rows.make_story()
    old = rows.make_comment(story, text=COPY, arrived=TODAY - KEPT)
    new = rows.make_comment(story)
    screen(seconds=60)

    assert forget_old_bands(today=TODAY) == 0
    Comment.objects.filter(pk=old.pk).update(arrived=old.arrived - KEPT)
    assert forget_old_bands(today=TODAY) == 16

    assert set(CopyBand.objects.values_list("comment", flat=True)) == {new.pk}
    assert Copy.objects.count() == 2


@pytest.mark.parametrize("letters", [1, 30])
def test_screening_asks_the_database_the_same_few_things(
    letters: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    story = rows.make_story(body=BODY)
    screen(seconds=60)
    for number in range(letters):
        rows.make_comment(story, text=f"{number * 7919} {TEXT[: number + 20]}")

    with django_assert_num_queries(_QUERIES[connection.vendor]):  # type: ignore[operator]
        screen(seconds=60)


_QUERIES = {"sqlite": 19, "postgresql": 20}
