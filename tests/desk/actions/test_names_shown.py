"""Nobody gives readers a protected name that her page did not show."""

import pytest

from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.names_shown import NameNotShown, marking_names
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.actions.together import Shown, decide_together
from letterdesk.desk.models import Appeal, AuditEntry, Comment, Signal, Story
from letterdesk.desk.queries.people import Person
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, State
from letterdesk.settings import Settings
from letterdesk.triage.protected_name import forms, names_of
from letterdesk.triage.screening import Asked, look_for
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.desk.rows import CUT, TEXT

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def key(newsroom: Settings, db: None) -> bytes:
    newsroom.names_file.parent.mkdir()
    newsroom.names_file.write_bytes(KEY)
    newsroom.names_file.chmod(0o600)
    return KEY


def protect_him(editor: Person, story: Story) -> None:
    protect(
        NewName(label="him", spellings=("Daniel Roe",)),
        story=story.public_id,
        key=KEY,
        by=editor,
        now=rows.NOW,
    )


def press(
    comment: Comment,
    action: Action,
    by: Person,
    *,
    named: tuple[str, ...] | None = (),
    text: str | None = None,
    name: bool | None = None,
) -> Comment:
    """Decide as a page does that showed these labels; None: as a program does."""
    comment.refresh_from_db()
    ruling = Ruling(text=text, name_left_out=name, rules=("3",), named=named)
    return decide(
        comment.public_id,
        action,
        by=by,
        version=comment.version,
        ruling=ruling,
        now=rows.NOW,
    )


def marks(comment: Comment) -> list[list[dict[str, object]]]:
    found = Signal.objects.filter(comment=comment, code="protected")
    return [one.facts["names"] for one in found]


@pytest.mark.parametrize("risk", ["ordinary", "sensitive"])
def test_a_name_listed_while_a_letter_is_open_is_shown_before_it_is_approved(
    risk, editor, moderator
):
    letter = rows.make_comment(rows.make_story(risk=risk))
    protect_him(editor, letter.story)

    with pytest.raises(NameNotShown):
        press(letter, Action.APPROVE, moderator)

    found = Comment.objects.get()
    assert (found.state, found.approved_by_id, found.version) == ("pending", None, 1)
    assert marks(letter) == [[{"label": "him", "near": False}]]
    assert not AuditEntry.objects.filter(what="approve").exists()
    press(letter, Action.APPROVE, moderator, named=("him",))
    assert Comment.objects.get().approved_by_id == moderator.id


def test_what_the_worker_marked_meanwhile_was_on_no_page_that_was_open(editor, moderator):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    screen(seconds=10, key=KEY)

    with pytest.raises(NameNotShown):
        press(letter, Action.APPROVE, moderator)

    assert Comment.objects.get().state == "pending"


def test_a_program_that_sees_no_page_is_refused_once(editor, moderator):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)

    with pytest.raises(NameNotShown):
        press(letter, Action.APPROVE, moderator, named=None)

    assert press(letter, Action.APPROVE, moderator, named=None).state == "approved"


def test_a_cut_is_asked_for_what_it_leaves(editor, moderator):
    first, second, third = (rows.make_comment(rows.make_story(one)) for one in (1, 2, 3))
    for letter in (first, second, third):
        protect_him(editor, letter.story)

    with pytest.raises(NameNotShown):
        press(first, Action.EDIT, moderator, text="His name was Daniel Roe.")
    cut = press(second, Action.EDIT, moderator, text=CUT)
    Comment.objects.filter(pk=third.pk).update(text="Daniel was a very old Roe.")
    with pytest.raises(NameNotShown):
        press(third, Action.EDIT, moderator, text="Daniel Roe.")

    assert cut.state == "approved"


@pytest.mark.parametrize("action", [Action.REJECT, Action.HOLD])
def test_what_gives_readers_nothing_is_not_asked(action, editor, moderator):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)

    assert press(letter, action, moderator).state != "pending"


def test_a_published_name_is_left_out_although_the_words_give_another(editor, moderator):
    comment = rows.make_published(rows.make_story(), moderator)
    protect_him(editor, comment.story)

    assert press(comment, Action.EDIT, moderator, name=True).name_left_out


def test_what_was_taken_down_comes_back_with_no_name_that_nobody_saw(editor, moderator):
    comment = rows.make_in(State.RETRACTED, rows.make_story(), moderator)
    protect_him(editor, comment.story)

    with pytest.raises(NameNotShown):
        press(comment, Action.RESTORE, moderator)

    assert Comment.objects.get().state == "retracted"
    assert marks(comment) == [[{"label": "him", "near": False}]]


def test_an_appeal_brings_back_no_name_that_nobody_saw(editor, moderator, colleague):
    comment = rows.make_in(State.REJECTED, rows.make_story(), moderator)
    appeal = rows.make_appeal(comment)
    protect_him(editor, comment.story)

    def answer(*named: str) -> None:
        wanted = Answer(
            verdict=Verdict.REVERSED, version=comment.version, ruling=Ruling(named=named)
        )
        answer_appeal(appeal.public_id, wanted, by=colleague, now=rows.NOW)

    with pytest.raises(NameNotShown):
        answer()
    assert (Comment.objects.get().state, Appeal.objects.get().is_open) == ("rejected", True)
    answer("him")

    assert Comment.objects.get().state == "approved"


def test_no_group_approves_a_letter_that_names_somebody(editor, moderator):
    story = rows.make_story()
    named, plain = rows.make_comment(story), rows.make_comment(story, text="I agree.")
    protect_him(editor, story)
    screen(seconds=10, key=KEY)
    letters = [Shown(id=one.public_id, version=1) for one in (named, plain)]

    done = decide_together(
        letters, Action.APPROVE, by=moderator, ruling=Ruling(), now=rows.NOW
    )

    assert done.done == (plain.public_id,)
    assert [one.error.code for one in done.left_out] == ["name-not-shown"]


def test_without_the_key_of_names_letters_are_decided_on(newsroom, editor, moderator):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    newsroom.names_file.unlink()

    assert press(letter, Action.APPROVE, moderator).state == "approved"


def test_a_letter_that_its_author_took_back_meanwhile_is_not_marked(moderator):
    comment = rows.make_in(State.WITHDRAWN, rows.make_story(), moderator)
    names = names_of(forms("Daniel Roe", key=KEY), label="him", key=KEY)
    asked = Asked(text=TEXT, name="", story="", language="en", names=names)

    with pytest.raises(NameNotShown), marking_names():
        raise NameNotShown(comment.pk, look_for(Kind.PROTECTED_NAME, [asked])[0])

    assert marks(comment) == []
