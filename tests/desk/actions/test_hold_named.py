"""What is approved and gives a name that comes onto a list is held before the slot."""

from threading import Thread

import pytest
from django.db import connection, transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import AuditEntry, Comment, Decision, Signal, Story
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, Risk
from letterdesk.settings import Settings
from tests.desk import rows
from tests.processes import PATIENCE
from tests.values import TODAY

pytestmark = pytest.mark.django_db
KEY = bytes(32)
WHY = "It gives a name that was put on the list."
PLAIN = "My uncle worked on that ferry."


def put(editor: Person, story: Story | None, *spellings: str) -> str:
    return protect(
        NewName(label="him", spellings=spellings or ("Daniel Roe",), note=WHY),
        story=story.public_id if story else "",
        key=KEY,
        by=editor,
        now=rows.NOW,
    )


def approved(story: Story, by: Person, **changes: object) -> Comment:
    return rows.approve(rows.make_comment(story, **changes), by)


def test_letters_that_give_the_name_miss_the_slot_and_others_do_not(
    editor: Person, moderator: Person
) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    named = approved(story, moderator)
    signed = approved(story, moderator, text=PLAIN, name="Daniel Roe")
    nearly = approved(story, moderator, text="Ask Daniel Rowe.")
    plain = approved(story, moderator, text=PLAIN)
    elsewhere = approved(other, moderator)

    group = put(editor, story)
    act(story.pk, today=TODAY)
    act(other.pk, today=TODAY)

    assert rows.states(named, signed, nearly) == ["held", "held", "held"]
    assert rows.states(plain, elsewhere) == ["published", "published"]
    held = Decision.objects.filter(group=group).order_by("comment")
    assert [one.comment_id for one in held] == [named.pk, signed.pk, nearly.pk]
    assert {(one.move, one.moderator_id, one.note) for one in held} == {
        ("hold", editor.id, WHY)
    }


def test_the_sites_list_holds_what_is_approved_under_every_story(
    editor: Person, moderator: Person
) -> None:
    letters = [approved(rows.make_story(number), moderator) for number in (1, 2)]

    put(editor, None)

    assert rows.states(*letters) == ["held", "held"]


def test_a_letter_that_readers_would_get_without_the_name_goes_out(
    editor: Person, moderator: Person
) -> None:
    story = rows.make_story()
    cut = rows.make_comment(story)
    rows.move(cut, Action.EDIT, moderator)
    unsigned = rows.make_comment(story, text=PLAIN, name="Daniel Roe")
    rows.move(unsigned, Action.EDIT, moderator, leave_name_out=True)

    group = put(editor, story)

    assert (group, rows.states(cut, unsigned)) == ("", ["approved", "approved"])


def test_the_log_says_who_held_it_and_for_which_name(
    editor: Person, moderator: Person
) -> None:
    story = rows.make_story()
    letter = approved(story, moderator)

    group = put(editor, story)

    hold, listed = [one.facts for one in AuditEntry.objects.order_by("number")][-2:]
    assert (listed["what"], listed["who"]) == ("name-protected", editor.username)
    told = ("what", "who", "comment", "state", "group", "name")
    assert [hold[one] for one in told] == [
        "hold",
        editor.username,
        letter.public_id,
        "held",
        group,
        listed["name"],
    ]


def test_what_is_held_says_whom_it_names_and_can_be_put_back(
    editor: Person, moderator: Person, newsroom: Settings
) -> None:
    newsroom.names_file.parent.mkdir(exist_ok=True)
    newsroom.names_file.write_bytes(KEY)
    story = rows.make_story()
    letter = approved(story, moderator)
    screen(seconds=60, key=KEY)

    put(editor, story)
    screen(seconds=60, key=KEY)
    undo(letter.public_id, by=editor, now=rows.NOW)

    marks = Signal.objects.filter(comment=letter, code="protected")
    assert [one.facts["names"] for one in marks] == [[{"label": "him", "near": False}]]
    assert rows.states(letter) == ["approved"]


def test_on_a_sensitive_story_both_approvals_are_gone(
    editor: Person, moderator: Person, colleague: Person
) -> None:
    letter = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    rows.approve(letter, moderator)
    rows.approve(letter, colleague)

    put(editor, None)

    letter.refresh_from_db()
    assert (letter.state, letter.approved_by_id, letter.seconded_by_id) == (
        "held",
        None,
        None,
    )


def in_the_background(work: object) -> Thread:
    def run() -> None:
        try:
            work()  # type: ignore[operator]
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_press_that_comes_while_the_name_is_put_on_the_list_publishes_nothing() -> None:
    editor, moderator = rows.make_person("e", role="editor"), rows.make_person("m")
    story = rows.make_story()
    letter = approved(story, moderator)

    with transaction.atomic():
        put(editor, story)
        press = in_the_background(lambda: act(story.pk, today=TODAY))
        press.join(timeout=0.5)
        waited = press.is_alive()
    press.join(timeout=PATIENCE)

    assert (waited, rows.states(letter)) == (True, ["held"])


@pytest.mark.parametrize("is_screened", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_letter_that_is_approved_while_the_name_is_put_on_the_list_is_held(
    *, is_screened: bool
) -> None:
    editor, moderator = rows.make_person("e", role="editor"), rows.make_person("m")
    story = rows.make_story()
    letter = rows.make_comment(story)
    if is_screened:
        screen(seconds=60, key=KEY)

    with transaction.atomic():
        rows.approve(letter, moderator)
        listing = in_the_background(lambda: put(editor, story))
        listing.join(timeout=0.5)
        waited = listing.is_alive()
    listing.join(timeout=PATIENCE)

    assert (waited, rows.states(letter)) == (True, ["held"])
