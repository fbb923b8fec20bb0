import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.risks import SecondEditorNeeded, set_desk_risk
from letterdesk.desk.actions.stories import StorySheet, register, set_risk
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import AuditEntry, Comment, DeskRisk, Story
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.people import COMMAND
from letterdesk.desk.queries.risks import desk_risks
from letterdesk.domain.states import Action, Risk, SecondPersonNeeded
from tests.desk import rows
from tests.desk.rows import move
from tests.values import TODAY

SHEET = StorySheet(
    url="https://news.example/ferry", headline="The ferry", language="ko", desk="Korean"
)


@pytest.fixture
def second_editor(db):
    return rows.make_person("ezra", role="editor")


def risk(wanted, by):
    return set_risk(Story.objects.get().public_id, wanted, by=by, today=TODAY).risk


def said():
    return [
        (entry.facts["what"], entry.facts["who"])
        for entry in AuditEntry.objects.order_by("number")
    ]


def test_two_editors_call_a_sensitive_story_ordinary(editor, second_editor):
    rows.make_story(risk=Risk.SENSITIVE)

    asked = risk(Risk.ORDINARY, editor)
    with pytest.raises(SecondEditorNeeded):
        risk(Risk.ORDINARY, editor)
    agreed = risk(Risk.ORDINARY, second_editor)

    assert (asked, agreed) == (Risk.SENSITIVE, Risk.ORDINARY)
    assert Story.objects.get().ordinary_wanted_by is None
    assert said() == [("story-ordinary-wanted", "erin"), ("story-changed", "ezra")]


def test_who_asked_may_think_again_and_somebody_else_may_say_no(editor, second_editor):
    rows.make_story(risk=Risk.SENSITIVE)

    for by in (editor, second_editor):
        risk(Risk.ORDINARY, editor)
        assert risk(Risk.SENSITIVE, by) is Risk.SENSITIVE
        assert Story.objects.get().ordinary_wanted_by is None


def test_whoever_has_the_shell_is_not_two_editors(editor):
    rows.make_story(risk=Risk.SENSITIVE)

    with pytest.raises(SecondEditorNeeded):
        risk(Risk.ORDINARY, COMMAND)
    risk(Risk.ORDINARY, editor)
    with pytest.raises(SecondEditorNeeded):
        risk(Risk.ORDINARY, COMMAND)


def test_registering_a_story_again_does_not_lower_its_risk(editor):
    rows.make_story(risk=Risk.SENSITIVE)
    url = Story.objects.get().url

    sheet = StorySheet(url=url, headline="New", language="en", risk=Risk.ORDINARY)
    story, _ = register(sheet, today=TODAY, by=editor)

    assert (story.risk, story.headline) == (Risk.SENSITIVE, "New")
    assert Story.objects.get().ordinary_wanted_by is None


def test_new_stories_have_at_least_their_desks_risk(editor):
    before, _ = register(SHEET, today=TODAY)
    set_desk_risk("Korean", Risk.SENSITIVE, by=editor, today=TODAY)

    given = {"https://news.example/2": None, "https://news.example/3": Risk.ORDINARY}
    new = [
        register(StorySheet(**(vars(SHEET) | {"url": url, "risk": wanted})), today=TODAY)[0]
        for url, wanted in given.items()
    ]
    elsewhere, _ = register(
        StorySheet(**(vars(SHEET) | {"url": "https://news.example/4", "desk": "Boats"})),
        today=TODAY,
    )

    assert [story.risk for story in new] == [Risk.SENSITIVE, Risk.SENSITIVE]
    assert (before.risk, elsewhere.risk) == (Risk.ORDINARY, Risk.ORDINARY)
    assert Story.objects.get(url=SHEET.url).risk == Risk.ORDINARY


def test_a_story_that_moves_to_a_sensitive_desk_becomes_sensitive(editor, moderator):
    register(SHEET, today=TODAY)
    comment = rows.make_comment(Story.objects.get())
    set_desk_risk("Prisons", Risk.SENSITIVE, by=editor, today=TODAY)

    moved, _ = register(StorySheet(**(vars(SHEET) | {"desk": "Prisons"})), today=TODAY)

    comment.refresh_from_db()
    assert (moved.risk, comment.risk, comment.desk) == ("sensitive", "sensitive", "Prisons")


def test_a_desks_risk_is_lowered_by_two_editors(editor, second_editor):
    set_desk_risk("Korean", Risk.SENSITIVE, by=editor, today=TODAY)

    asked = set_desk_risk("Korean", Risk.ORDINARY, by=editor, today=TODAY)
    seen = desk_risks(second_editor)
    with pytest.raises(SecondEditorNeeded):
        set_desk_risk("Korean", Risk.ORDINARY, by=editor, today=TODAY)
    agreed = set_desk_risk("Korean", Risk.ORDINARY, by=second_editor, today=TODAY)

    assert (asked, agreed) == (Risk.SENSITIVE, Risk.ORDINARY)
    assert [(one.desk, one.risk, one.wanted_by) for one in seen] == [
        ("Korean", "sensitive", "erin")
    ]
    assert said() == [("desk-risk-set", who) for who in ("erin", "erin", "ezra")]


def test_setting_a_desk_as_it_is_leaves_no_trace(editor):
    set_desk_risk("Korean", Risk.ORDINARY, by=editor, today=TODAY)

    assert said() == []


def test_a_desks_risk_is_the_business_of_its_editors(moderator):
    elsewhere = rows.make_person("kim", role="editor", desks=("English",))

    for by in (moderator, elsewhere):
        with pytest.raises(NotYours):
            set_desk_risk("Korean", Risk.SENSITIVE, by=by, today=TODAY)
    with pytest.raises(NotYours):
        desk_risks(moderator)
    assert not DeskRisk.objects.exists()
    assert [one.desk for one in desk_risks(elsewhere)] == ["English"]


def published_by_one_on_what_is_sensitive_now(by):
    story = rows.make_story()
    comment = rows.make_published(story, by)
    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY)
    return comment


def test_what_one_person_published_is_put_back_by_two(moderator, colleague):
    comment = published_by_one_on_what_is_sensitive_now(moderator)
    move(comment, Action.RETRACT, moderator)
    act(comment.story_id, today=TODAY)

    first = move(comment, Action.RESTORE, moderator)
    assert act(comment.story_id, today=TODAY) == 1  # the reason is taken back, no more
    with pytest.raises(SecondPersonNeeded):
        move(comment, Action.APPROVE, moderator)
    second = move(comment, Action.APPROVE, colleague)
    act(comment.story_id, today=TODAY)

    assert (first.state, first.risk, second.state) == ("pending", "sensitive", "approved")
    comment.refresh_from_db()
    assert (comment.state, comment.place) == ("published", 1)


@pytest.mark.parametrize("has_acted", [True, False])
def test_what_two_people_published_is_put_back_by_two(moderator, colleague, has_acted):
    story = rows.make_story(risk=Risk.SENSITIVE)
    comment = rows.make_comment(story)
    move(comment, Action.EDIT, moderator)
    move(comment, Action.APPROVE, colleague)
    act(story.pk, today=TODAY)
    cuts = Comment.objects.get().cuts
    move(comment, Action.RETRACT, colleague)
    if has_acted:
        act(story.pk, today=TODAY)

    first = move(comment, Action.RESTORE, moderator)
    act(story.pk, today=TODAY)
    seen = Comment.objects.get()
    with pytest.raises(SecondPersonNeeded):
        move(comment, Action.APPROVE, moderator)
    second = move(comment, Action.APPROVE, colleague)
    act(story.pk, today=TODAY)

    assert (first.state, first.seconded_by_id, seen.state) == ("pending", None, "pending")
    assert second.state == "approved"
    found = Comment.objects.get()
    assert (found.state, found.cuts, found.place) == ("published", cuts, 1)
    assert (found.approved_by_id, found.seconded_by_id) == (moderator.id, colleague.id)


def taken_down_with_a_notice(by, **notice):
    comment = rows.make_published(rows.make_story(), by)
    rows.make_notice(comment, **notice)
    move(comment, Action.RETRACT, by)
    act(comment.story_id, today=TODAY)
    return comment


def test_what_puts_somebody_in_danger_is_put_back_by_two_on_any_story(moderator, colleague):
    comment = taken_down_with_a_notice(moderator, alleged="danger")

    first = move(comment, Action.RESTORE, moderator)
    with pytest.raises(SecondPersonNeeded):
        move(comment, Action.APPROVE, moderator)
    second = move(comment, Action.APPROVE, colleague)

    assert (first.state, first.risk, second.state) == ("pending", "sensitive", "approved")


def test_bringing_back_what_is_dangerous_is_undone(moderator):
    comment = taken_down_with_a_notice(moderator, alleged="danger")
    move(comment, Action.RESTORE, moderator)

    undone = undo(comment.public_id, by=moderator, now=rows.NOW)

    assert (undone.state, undone.seconded_by_id) == ("retracted", None)


@pytest.mark.parametrize(
    "notice",
    [
        {"alleged": "rules"},
        {"alleged": "danger", "is_open": False, "fate": "kept"},
        {"alleged": "danger", "is_open": False, "fate": "withdrawn"},
    ],
)
def test_other_notices_ask_for_nobody_else(moderator, notice):
    comment = taken_down_with_a_notice(moderator, **notice)

    assert move(comment, Action.RESTORE, moderator).state == "published"


def test_every_step_back_to_what_one_person_published_is_free(moderator, colleague):
    comment = published_by_one_on_what_is_sensitive_now(moderator)
    move(comment, Action.RETRACT, moderator)
    move(comment, Action.RESTORE, colleague)

    undo(comment.public_id, by=colleague, now=rows.NOW)
    undo(comment.public_id, by=moderator, now=rows.NOW)

    found = Comment.objects.get()
    assert (found.state, found.risk) == ("published", "ordinary")
