"""What readers would get at the slot is kept back where a name is listed, or two decide.

Whatever brings it to them; what they see already, and what only takes from it, stays. No
file that leaves has it, nor what is to go.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.stories import set_risk
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import AuditEntry, Comment, Story, Tally
from letterdesk.desk.queries.arrivals import ON_THE_WAY, arrivals
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.leaving import shown, story_keys, threads
from letterdesk.desk.queries.noticed import UNREAD
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.threads import thread
from letterdesk.desk.queries.undoable import undoable
from letterdesk.domain.edit import published_text
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, Risk, State
from letterdesk.interchange.portion import Portion
from letterdesk.interchange.records import Found
from tests.desk import rows
from tests.values import TODAY

pytestmark = pytest.mark.django_db
Way = Callable[[Story, Person], Comment]
TEXT = "Ask Daniel Roe who opened the gate."
CUT = "Ask […] who opened the gate."


def published(story: Story, by: Person) -> Comment:
    comment = rows.approve(rows.make_comment(story, text=TEXT, name="Daniel Roe"), by)
    rows.act_and_show(story)
    comment.refresh_from_db()
    return comment


def taken_down(story: Story, by: Person) -> Comment:
    comment = rows.move(published(story, by), Action.RETRACT, by)
    rows.act_and_show(story)
    comment.refresh_from_db()
    return comment


def approved(story: Story, by: Person) -> Comment:
    return rows.approve(rows.make_comment(story, text=TEXT), by)


def restored(story: Story, by: Person) -> Comment:
    return rows.move(taken_down(story, by), Action.RESTORE, by)


def restored_and_then_cut(story: Story, by: Person) -> Comment:
    comment = rows.make_comment(story, text=f"{TEXT} He knows more.", name="Ann")
    rows.approve(comment, by)
    rows.act_and_show(story)
    rows.move(comment, Action.RETRACT, by)
    rows.act_and_show(story)
    comment.refresh_from_db()
    rows.move(comment, Action.RESTORE, by)
    return rows.move(comment, Action.EDIT, by, text=f"{TEXT} […]")


def appealed(story: Story, by: Person) -> Comment:
    comment = taken_down(story, by)
    appeal = rows.make_appeal(comment)
    answer = Answer(verdict=Verdict.REVERSED, version=comment.version)
    other = rows.make_person("ola", role="editor")
    answer_appeal(appeal.public_id, answer, by=other, now=rows.NOW)
    return comment


def name_put_back(story: Story, by: Person) -> Comment:
    comment = rows.make_comment(story, text="I saw it.", name="Daniel Roe")
    rows.move(comment, Action.EDIT, by, leave_name_out=True)
    rows.act_and_show(story)
    comment.refresh_from_db()
    return rows.move(comment, Action.EDIT, by, leave_name_out=False, rules=())


def without_page(story: Story, by: Person) -> Comment:
    comment = approved(story, by)
    act(story.pk, today=TODAY)
    comment.refresh_from_db()
    return comment


def restored_without_page(story: Story, by: Person) -> Comment:
    comment = restored(story, by)
    act(story.pk, today=TODAY)
    comment.refresh_from_db()
    return comment


def without_page_and_name_put_back(story: Story, by: Person) -> Comment:
    comment = rows.make_comment(story, text="I saw it.", name="Daniel Roe")
    rows.move(comment, Action.EDIT, by, leave_name_out=True)
    act(story.pk, today=TODAY)
    comment.refresh_from_db()
    return rows.move(comment, Action.EDIT, by, leave_name_out=False, rules=())


def cut_further(story: Story, by: Person) -> Comment:
    comment = published(story, by)
    return rows.move(comment, Action.EDIT, by, text=CUT, leave_name_out=True)


def given_back_and_cut(story: Story, by: Person) -> Comment:
    """Give a comment whose name readers are to get, and of its words fewer."""
    comment = rows.make_comment(story, text=TEXT, name="Ann")
    rows.move(comment, Action.EDIT, by, leave_name_out=True)
    rows.act_and_show(story)
    comment.refresh_from_db()
    rows.move(comment, Action.EDIT, by, leave_name_out=False, rules=())
    return rows.move(comment, Action.EDIT, by, text=CUT)


def retracted(story: Story, by: Person) -> Comment:
    return rows.move(published(story, by), Action.RETRACT, by)


def retraction_undone(story: Story, by: Person) -> Comment:
    comment = retracted(story, by)
    undo(comment.public_id, by=by, now=rows.NOW + timedelta(minutes=1))
    return comment


UNSHOWN = [without_page, restored_without_page, without_page_and_name_put_back]
ARRIVE = [
    approved,
    restored,
    restored_and_then_cut,
    appealed,
    name_put_back,
    *UNSHOWN,
]
ARE_OUT = [published, retraction_undone]
STAY = [published, taken_down, cut_further, retracted, retraction_undone]


def seen(story: Story) -> str:
    return " ".join(
        f"{one.name} {one.text}" for one in thread(Story.objects.get(pk=story.pk))
    )


@pytest.mark.parametrize("way", [*ARRIVE, *STAY])
def test_what_readers_get_more_of_arrives(way: Way, editor: Person) -> None:
    comment = way(rows.make_story(), editor)

    found = arrivals(Comment.objects.filter(ON_THE_WAY))

    assert [one.pk for one in found] == ([comment.pk] if way in ARRIVE else [])


@pytest.mark.parametrize("way", [*ARRIVE, *STAY, given_back_and_cut])
def test_only_what_readers_get_and_keep_leaves(way: Way, editor: Person) -> None:
    way(rows.make_story(), editor)

    assert said() == [way in ARE_OUT] * 3


def said() -> list[bool]:
    """Say of each way out, the archive the last, whether it tells readers the name."""
    out = [
        [one.name + one.text for one in comments if one.found is Found.PUBLISHED]
        for portion in (Portion(), Portion(published_only=True))
        for _, comments in threads(story_keys(COMMAND, portion), portion)
    ]
    for _, thread_of in shown(story_keys(COMMAND, Portion())):
        out.append([one.name + published_text(one.text, one.cuts) for one in thread_of])
    return ["Daniel" in " ".join(words) for words in out]


@pytest.mark.parametrize("way", ARRIVE)
def test_no_slot_brings_a_name_that_was_listed_before_it(way: Way, editor: Person) -> None:
    story = rows.make_story()
    way(story, editor)

    put_on_list(editor)
    rows.act_and_show(story)

    assert "Daniel" not in seen(story)


@pytest.mark.parametrize("way", ARRIVE)
def test_what_gives_no_listed_name_arrives_as_before(way: Way, editor: Person) -> None:
    story = rows.make_story()
    way(story, editor)

    put_on_list(editor, "Somebody Else")
    rows.act_and_show(story)

    assert "Daniel" in seen(story)


@pytest.mark.parametrize("way", ARRIVE)
def test_no_slot_brings_what_one_gave_where_two_are_to_agree(
    way: Way, editor: Person
) -> None:
    story = rows.make_story()
    way(story, editor)

    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY, by=editor)
    rows.act_and_show(story)

    assert "Daniel" not in seen(story)


@pytest.mark.parametrize("way", STAY)
def test_what_only_goes_goes_as_it_was_to(way: Way, editor: Person) -> None:
    story = rows.make_story()
    comment = way(story, editor)
    before = Comment.objects.values("state", "cuts", "name_left_out").get(pk=comment.pk)

    put_on_list(editor)
    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY, by=editor)

    assert Comment.objects.values(*before).get(pk=comment.pk) == before


def test_the_log_says_who_undid_what_was_on_its_way(editor: Person) -> None:
    restored(rows.make_story(), editor)

    put_on_list(editor)

    undone = AuditEntry.objects.get(facts__has_key="undone")
    assert undone.who == editor.username


@pytest.mark.parametrize("way", UNSHOWN)
def test_what_no_page_has_shown_is_read_anew(way: Way, editor: Person) -> None:
    story = rows.make_story()
    comment = way(story, editor)
    put_on_list(editor)
    rows.act_and_show(story)
    comment.refresh_from_db()
    was_held = (comment.state, comment.outcome_due, undoable(comment))

    ruling = Ruling(named=(UNREAD,))
    decide(
        comment.public_id,
        Action.APPROVE,
        by=editor,
        version=comment.version,
        ruling=ruling,
        now=rows.NOW,
    )
    rows.act_and_show(story)

    assert was_held == (State.HELD, False, None)
    assert "Daniel" in seen(story)
    counted = Tally.objects.filter(kind__in=("published", "edited"))
    assert sum(counted.values_list("count", flat=True)) == 1


def test_the_log_says_who_held_what_no_page_has_shown(editor: Person) -> None:
    comment = without_page(rows.make_story(), editor)

    put_on_list(editor)

    held = AuditEntry.objects.get(facts__has_key="name", what="hold")
    assert (held.who, held.facts["comment"]) == (editor.username, comment.public_id)


def test_a_cut_of_what_no_page_has_shown_stands_when_it_is_held(editor: Person) -> None:
    story = rows.make_story()
    comment = rows.make_comment(story, text=TEXT, name="Ann")
    rows.approve(comment, editor)
    act(story.pk, today=TODAY)
    comment.refresh_from_db()
    rows.move(comment, Action.EDIT, editor, text="Ask Daniel Roe […]")

    put_on_list(editor)

    comment.refresh_from_db()
    assert (comment.state, current_text(comment)) == (State.HELD, "Ask Daniel Roe […]")


def test_two_agree_on_what_no_page_has_shown_by_the_command(editor: Person) -> None:
    story = rows.make_story()
    comment = without_page(story, editor)

    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY, by=COMMAND)

    comment.refresh_from_db()
    assert (comment.state, comment.approved_by, comment.risk) == ("held", None, "sensitive")


def put_on_list(editor: Person, *spellings: str) -> None:
    new = NewName(label="him", spellings=spellings or ("Daniel Roe",), note="")
    protect(new, story="", key=bytes(32), by=editor, now=rows.NOW)
