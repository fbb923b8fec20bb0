"""Nobody gives readers a protected name that her page did not show."""

from collections.abc import Callable, Sequence

import pytest

from letterdesk.desk.actions import names_shown
from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.names import NewName, protect, unprotect
from letterdesk.desk.actions.names_shown import (
    NameNotShown,
    NamesNotRead,
    marking_names,
)
from letterdesk.desk.actions.notices import NoticeRuling, decide_notice
from letterdesk.desk.actions.reread import reread
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.screen import screen, screen_waiting_anew
from letterdesk.desk.actions.together import Shown, decide_together, undo_together
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    Comment,
    Fate,
    Notice,
    ProtectedName,
    ScreeningMark,
    Signal,
    Story,
)
from letterdesk.desk.queries.arrivals import ON_THE_WAY
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.naming import naming
from letterdesk.desk.queries.note_names import NoteNames
from letterdesk.desk.queries.noticed import UNREAD
from letterdesk.desk.queries.people import Person
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, State
from letterdesk.settings import Settings
from letterdesk.triage import screening
from letterdesk.triage.protected_name import (
    NOBODY,
    fingerprint,
    forms,
    names_of,
    protected_name,
)
from letterdesk.triage.screening import Asked, look_for
from letterdesk.triage.signal import Kind
from letterdesk.triage.signal import Signal as TriageSignal
from tests.desk import rows
from tests.desk.rows import CUT, TEXT
from tests.values import TODAY

KEY = bytes(range(32))
PLAIN = "My uncle worked on that ferry."


@pytest.fixture(autouse=True)
def key(newsroom: Settings, db: None) -> bytes:
    newsroom.names_file.parent.mkdir(exist_ok=True)
    newsroom.names_file.write_bytes(KEY)
    newsroom.names_file.chmod(0o600)
    return KEY


def protect_him(editor: Person, story: Story) -> str:
    return list_name(editor, story, "him", "Daniel Roe")


def list_name(editor: Person, story: Story, label: str, name: str) -> str:
    """Put somebody on the list; give the id that the letters held for it share."""
    return protect(
        NewName(label=label, spellings=(name,)),
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


def test_the_first_of_two_who_want_an_appeal_reversed_is_asked_like_the_second(
    editor, moderator, colleague
):
    story = rows.make_story(risk="sensitive")
    comment = rows.make_in(State.REJECTED, story, moderator)
    appeal = rows.make_appeal(comment)
    protect_him(editor, story)
    before = Comment.objects.values().get()

    def answer(*named: str) -> None:
        wanted = Answer(
            verdict=Verdict.REVERSED, version=comment.version, ruling=Ruling(named=named)
        )
        answer_appeal(appeal.public_id, wanted, by=colleague, now=rows.NOW)

    with pytest.raises(NameNotShown):
        answer()

    assert Appeal.objects.get().first_by_id is None
    assert marks(comment) == [[{"label": "him", "near": False}]]
    answer("him")
    assert Appeal.objects.get().first_by_id == colleague.id
    assert Comment.objects.values().get() == before


def test_a_cut_after_a_notice_gives_no_name_back_that_nobody_saw(
    editor, moderator, colleague
):
    comment = cut(moderator, colleague)
    act(comment.story_id, today=rows.NOW.date())
    notice = rows.make_notice(comment, 15)
    protect_him(editor, comment.story)
    before = Comment.objects.values().get()
    other = TEXT.partition(". ")[2]

    with pytest.raises(NameNotShown):
        judge_cut(notice, other, moderator)

    assert Comment.objects.values().get() == before
    assert marks(comment) == [[{"label": "him", "near": False}]]
    notice.refresh_from_db()
    assert notice.is_open
    judge_cut(notice, other, moderator, "him")
    assert current_text(Comment.objects.get()) == other


def test_a_cut_after_a_notice_makes_no_name_that_nobody_saw(editor, moderator):
    comment = rows.make_published(rows.make_story(), moderator)
    Comment.objects.filter(pk=comment.pk).update(text="Daniel was a very old Roe.")
    notice = rows.make_notice(comment)
    protect_him(editor, comment.story)

    with pytest.raises(NameNotShown):
        judge_cut(notice, "Daniel Roe.", moderator)
    judge_cut(notice, "Daniel was old Roe.", moderator)

    assert current_text(Comment.objects.get()) == "Daniel was old Roe."


@pytest.mark.parametrize("name", [None, True])
def test_a_cut_of_what_is_published_makes_no_name_that_nobody_saw(name, editor, moderator):
    comment = rows.make_published(rows.make_story(), moderator)
    Comment.objects.filter(pk=comment.pk).update(text="Daniel was a very old Roe.")
    protect_him(editor, comment.story)

    with pytest.raises(NameNotShown):
        press(comment, Action.EDIT, moderator, text="Daniel Roe.", name=name)

    assert current_text(Comment.objects.get()) == "Daniel was a very old Roe."
    press(comment, Action.EDIT, moderator, text="Daniel was Roe.", name=name)
    assert current_text(Comment.objects.get()) == "Daniel was Roe."


def test_a_name_that_was_listed_since_is_cut_out_of_what_is_published(editor, moderator):
    comment = rows.make_published(rows.make_story(), moderator)
    protect_him(editor, comment.story)
    reread(seconds=60, key=KEY)
    before = naming(editor, story=comment.story.public_id).number

    press(comment, Action.EDIT, moderator, text=CUT, named=("him",))

    after = naming(editor, story=comment.story.public_id).number
    assert (before, after) == (1, 0)
    assert current_text(Comment.objects.get()) == CUT


@pytest.mark.parametrize("fate", [Fate.KEPT, Fate.TAKEN_DOWN])
def test_a_notice_that_gives_readers_nothing_is_not_asked(fate, editor, moderator):
    comment = rows.make_published(rows.make_story(), moderator)
    notice = rows.make_notice(comment)
    protect_him(editor, comment.story)
    ruling = Ruling(rules=("3",), named=())

    decide_notice(
        notice.public_id,
        NoticeRuling(fate=fate, version=2, ruling=ruling),
        by=moderator,
        now=rows.NOW,
    )

    notice.refresh_from_db()
    assert notice.fate == fate


def judge_cut(notice: Notice, text: str, by: Person, *named: str) -> None:
    """Cut after a notice as a page does that showed these labels."""
    ruling = Ruling(text=text, rules=("3",), named=named)
    version = Comment.objects.get().version
    wanted = NoticeRuling(fate=Fate.CUT, version=version, ruling=ruling)
    decide_notice(notice.public_id, wanted, by=by, now=rows.NOW)


def test_no_door_takes_a_note_of_ones_own_that_gives_a_name(editor, moderator, colleague):
    told = TEXT.replace("Daniel Roe", "[Daniel Roe, of the ferry]")
    ruling = Ruling(text=told, rules=("3",), named=("him",))
    letter = rows.make_comment(rows.make_story(1))
    down = rows.make_in(State.REJECTED, rows.make_story(2), moderator)
    out = rows.make_published(rows.make_story(3), moderator)
    for one in (letter, down, out):
        protect_him(editor, one.story)
    appeal, notice = rows.make_appeal(down).public_id, rows.make_notice(out).public_id
    lifted = Answer(verdict=Verdict.REVERSED, version=version_of(down), ruling=ruling)
    cut = NoticeRuling(fate=Fate.CUT, version=version_of(out), ruling=ruling)
    before = stands()

    with pytest.raises(NoteNames):
        press(letter, Action.EDIT, moderator, text=told, named=("him",))
    with pytest.raises(NoteNames):
        press(out, Action.EDIT, moderator, text=told, named=("him",))
    with pytest.raises(NoteNames):
        answer_appeal(appeal, lifted, by=colleague, now=rows.NOW)
    with pytest.raises(NoteNames):
        decide_notice(notice, cut, by=colleague, now=rows.NOW)

    assert stands() == before


def stands() -> list[tuple[object, ...]]:
    found = Comment.objects.order_by("pk")
    return list(found.values_list("state", "version", "cuts"))


def version_of(comment: Comment) -> int:
    return Comment.objects.values_list("version", flat=True).get(pk=comment.pk)


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


@pytest.mark.parametrize("named", [(), None])
def test_without_the_key_a_letter_is_decided_on_once_that_was_shown(
    named, newsroom, editor, moderator
):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    newsroom.names_file.unlink()

    with pytest.raises(NamesNotRead):
        press(letter, Action.APPROVE, moderator, named=named)

    assert Comment.objects.get().state == "pending"
    assert not_read(letter) == ["failed"]
    again = None if named is None else (UNREAD,)
    assert press(letter, Action.APPROVE, moderator, named=again).state == "approved"


def test_one_lost_name_of_a_list_switches_off_none_of_the_others(
    newsroom, editor, moderator
):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    list_name(editor, letter.story, "her", "Leyla Osman")
    ProtectedName.objects.filter(label="her").update(key=b"another")

    with pytest.raises(NameNotShown) as refused:
        press(letter, Action.APPROVE, moderator)

    assert refused.value.code == "name-not-shown"
    found = Signal.objects.get(comment=letter, kind=Kind.PROTECTED_NAME)
    assert found.facts == {"names": [{"label": "him", "near": False}], "unread": True}
    shown = ("him", UNREAD)
    assert press(letter, Action.APPROVE, moderator, named=shown).state == "approved"
    assert bytes(ScreeningMark.objects.get().names) == fingerprint(KEY)


def test_where_only_a_lost_name_is_listed_the_page_has_to_say_that_it_was_not_read(
    editor, moderator
):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    ProtectedName.objects.update(key=b"another")

    with pytest.raises(NamesNotRead):
        press(letter, Action.APPROVE, moderator, named=None)

    assert press(letter, Action.APPROVE, moderator, named=None).state == "approved"


def test_the_mark_of_a_name_that_is_lost_stays_when_another_is_found(editor, moderator):
    letter = rows.make_comment(rows.make_story(), text="Leyla Osman, not Daniel Roe")
    protect_him(editor, letter.story)
    screen(seconds=10, key=KEY)
    ProtectedName.objects.update(key=b"another")
    list_name(editor, letter.story, "her", "Leyla Osman")

    with pytest.raises(NameNotShown):
        press(letter, Action.APPROVE, moderator)

    found = Signal.objects.get(comment=letter, kind=Kind.PROTECTED_NAME)
    assert [one["label"] for one in found.facts["names"]] == ["him", "her"]
    assert found.facts["unread"]


@pytest.mark.parametrize("key", [KEY, b""])
@pytest.mark.parametrize("changes", [{}, {"text": "Thank you.", "name": "Daniel Roe"}])
def test_the_mark_of_a_waiting_letter_stays_where_the_name_is_lost_when_it_is_screened_anew(
    editor, key, changes
):
    letter = rows.make_comment(rows.make_story(), **changes)
    protect_him(editor, letter.story)
    screen(seconds=10, key=KEY)
    before = Signal.objects.get(comment=letter, code="protected")
    ProtectedName.objects.update(key=b"another")

    for _ in range(2):
        screen_waiting_anew(None)
        screen(seconds=10, key=key)

    found = Signal.objects.get(comment=letter, of=before.of, kind=Kind.PROTECTED_NAME)
    assert (found.code, found.score, found.spans) == ("protected", 1.0, before.spans)
    assert found.facts == {
        "names": [{"label": "him", "near": False}],
        "kept": ["him"],
    } | ({"unread": True} if before.of == "text" else {})
    if before.of == "name":  # that not everything was read is said once
        assert not_read(letter) == ["failed"]


def test_the_mark_stays_where_the_check_does_not_run_until_the_name_is_off_the_list(
    monkeypatch, editor
):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    screen(seconds=10, key=KEY)
    check = screening.CHECKS[Kind.PROTECTED_NAME]
    facts = []

    for one in (fails_on("ferry"), check, fails_on("ferry")):
        monkeypatch.setitem(screening.CHECKS, Kind.PROTECTED_NAME, one)
        screen_waiting_anew(None)
        screen(seconds=10, key=KEY)
        facts.append(Signal.objects.get(kind=Kind.PROTECTED_NAME).facts)
    number = ProtectedName.objects.get().pk
    story = letter.story.public_id
    unprotect(number, story=story, key=KEY, by=editor, today=TODAY)
    screen(seconds=10, key=KEY)

    names = {"names": [{"label": "him", "near": False}]}
    kept = names | {"kept": ["him"], "unread": True}
    assert facts == [kept, names, kept]
    assert Signal.objects.get(kind=Kind.PROTECTED_NAME).code == "failed"


def test_what_never_can_be_read_is_decided_on_by_whoever_was_shown_that(
    monkeypatch, editor, moderator
):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    monkeypatch.setitem(screening.CHECKS, Kind.PROTECTED_NAME, fails_on("ferry"))
    screen(seconds=10, key=KEY)

    with pytest.raises(NamesNotRead):
        press(letter, Action.APPROVE, moderator, named=("him",))

    assert press(letter, Action.APPROVE, moderator, named=None).state == "approved"


def test_a_cut_that_alone_cannot_be_read_is_taken_once_that_was_shown(
    monkeypatch, editor, moderator
):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    monkeypatch.setitem(screening.CHECKS, Kind.PROTECTED_NAME, fails_on("removed]"))

    with pytest.raises(NamesNotRead):
        press(letter, Action.EDIT, moderator, text=CUT)

    found = Signal.objects.get(comment=letter, kind=Kind.PROTECTED_NAME)
    assert found.facts == {"names": [{"label": "him", "near": False}], "unread": True}
    shown = ("him", UNREAD)
    assert press(letter, Action.EDIT, moderator, text=CUT, named=shown).state == "approved"


def test_a_name_that_the_check_finds_again_was_not_shown_by_its_failure(editor, moderator):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)

    with pytest.raises(NameNotShown) as refused:
        press(letter, Action.APPROVE, moderator, named=(UNREAD,))

    assert refused.value.code == "name-not-shown"


def test_no_group_approves_what_could_not_be_read(newsroom, editor, moderator):
    letter = rows.make_comment(rows.make_story())
    protect_him(editor, letter.story)
    newsroom.names_file.unlink()
    letters = [Shown(id=letter.public_id, version=1)]

    done = decide_together(
        letters, Action.APPROVE, by=moderator, ruling=Ruling(), now=rows.NOW
    )

    assert [one.error.code for one in done.left_out] == ["names-not-read"]


def not_read(comment: Comment) -> list[str]:
    found = Signal.objects.filter(comment=comment, kind=Kind.PROTECTED_NAME)
    return list(found.exclude(code="protected").values_list("code", flat=True))


def fails_on(word: str) -> screening.Check:
    """Give the check for names, which does not run where this word is in a text."""

    def check(letters: Sequence[Asked]) -> Sequence[TriageSignal]:
        if any(word in one.text for one in letters):
            raise ArithmeticError
        return [protected_name(one.text, names=one.names or NOBODY) for one in letters]

    return check


def test_a_letter_that_its_author_took_back_meanwhile_is_not_marked(moderator):
    comment = rows.make_in(State.WITHDRAWN, rows.make_story(), moderator)
    names = names_of(forms("Daniel Roe", key=KEY), label="him", key=KEY)
    asked = Asked(text=TEXT, name="", story="", language="en", names=names)

    with pytest.raises(NameNotShown), marking_names():
        raise NameNotShown(comment.pk, look_for(Kind.PROTECTED_NAME, [asked])[0])

    assert marks(comment) == []


def held(by: Person, colleague: Person) -> Comment:
    letter = rows.approve(rows.make_comment(rows.make_story()), colleague)
    return press(letter, Action.HOLD, by)


def cut(by: Person, colleague: Person) -> Comment:
    comment = rows.make_published(rows.make_story(), colleague)
    wanted = NoticeRuling(
        fate=Fate.CUT, version=comment.version, ruling=Ruling(text=CUT, rules=("3",))
    )
    decide_notice(rows.make_notice(comment).public_id, wanted, by=by, now=rows.NOW)
    return comment


def cut_on_its_card(by: Person, colleague: Person) -> Comment:
    comment = rows.make_published(rows.make_story(), colleague)
    return press(comment, Action.EDIT, by, text=CUT)


def unsigned(by: Person, colleague: Person) -> Comment:
    comment = rows.make_published(rows.make_story(), colleague)
    Comment.objects.filter(pk=comment.pk).update(text=PLAIN, name="Daniel Roe")
    return press(comment, Action.EDIT, by, name=True)


def retracted(by: Person, colleague: Person) -> Comment:
    return press(rows.make_published(rows.make_story(), colleague), Action.RETRACT, by)


def rejected_after_one_of_two(by: Person, colleague: Person) -> Comment:
    letter = rows.make_comment(rows.make_story(risk="sensitive"))
    return press(rows.approve(letter, colleague), Action.REJECT, by)


def recut_by_the_second(by: Person, colleague: Person) -> Comment:
    letter = rows.make_comment(rows.make_story(risk="sensitive"))
    return press(rows.approve(letter, colleague), Action.EDIT, by, text=CUT)


@pytest.mark.parametrize(
    ("way", "back"),
    [
        (held, "approved"),
        (cut, "published"),
        (cut_on_its_card, "published"),
        (unsigned, "published"),
        (retracted, "published"),
        (rejected_after_one_of_two, "pending"),
        (recut_by_the_second, "pending"),
    ],
)
def test_an_undo_brings_readers_no_name_that_nobody_saw(
    way: Callable[[Person, Person], Comment], back, editor, moderator, colleague
):
    letter = way(moderator, colleague)
    protect_him(editor, letter.story)
    before = Comment.objects.values().get()

    with pytest.raises(NameNotShown):
        undo(letter.public_id, by=moderator, now=rows.NOW, named=())

    assert Comment.objects.values().get() == before
    assert marks(letter) == [[{"label": "him", "near": False}]]
    assert not AuditEntry.objects.filter(what="undo").exists()
    undone = undo(letter.public_id, by=moderator, now=rows.NOW, named=("him",))
    assert (undone.state, undone.approved_by_id) == (back, colleague.id)


def approved(by: Person, colleague: Person) -> Comment:
    return press(rows.make_comment(rows.make_story()), Action.APPROVE, by, named=("him",))


def rejected(by: Person, colleague: Person) -> Comment:
    return press(rows.make_comment(rows.make_story()), Action.REJECT, by)


def seconded(by: Person, colleague: Person) -> Comment:
    letter = rows.make_comment(rows.make_story(risk="sensitive"))
    rows.approve(letter, colleague)
    return press(letter, Action.APPROVE, by, named=("him",))


def signed_again(by: Person, colleague: Person) -> Comment:
    comment = rows.make_published(rows.make_story(), colleague)
    Comment.objects.filter(pk=comment.pk).update(name_left_out=True, rules=["3"])
    return press(comment, Action.EDIT, by, name=False, named=("him",))


@pytest.mark.parametrize(
    ("way", "back"),
    [
        (approved, "pending"),
        (rejected, "pending"),
        (seconded, "pending"),
        (signed_again, "published"),
    ],
)
def test_an_undo_that_gives_readers_nothing_is_not_asked(
    way: Callable[[Person, Person], Comment], back, editor, moderator, colleague
):
    letter = way(moderator, colleague)
    protect_him_without_holding(editor, letter.story)

    undone = undo(letter.public_id, by=moderator, now=rows.NOW, named=())

    assert undone.state == back


def protect_him_without_holding(editor: Person, story: Story) -> None:
    """List him while nothing of the story is on its way, as if the list were older."""
    found = Comment.objects.filter(ON_THE_WAY)
    states = dict(found.values_list("pk", "state"))
    found.update(state=State.PENDING)
    protect_him(editor, story)
    for key, state in states.items():
        Comment.objects.filter(pk=key).update(state=state)


def test_a_program_that_undoes_a_hold_is_refused_once(editor, moderator, colleague):
    letter = held(moderator, colleague)
    protect_him(editor, letter.story)

    with pytest.raises(NameNotShown):
        undo(letter.public_id, by=moderator, now=rows.NOW)

    assert undo(letter.public_id, by=moderator, now=rows.NOW).state == "approved"


def test_what_is_held_for_a_name_is_undone_together_but_for_those_who_give_another(
    editor, moderator
):
    story, other = rows.make_story(), rows.make_person("eli", role="editor")
    both = rows.make_comment(story, text=f"{TEXT} Ask Anna Vale.")
    alone = rows.approve(rows.make_comment(story), moderator)
    list_name(editor, story, "her", "Anna Vale")
    press(both, Action.APPROVE, moderator, named=("her",))
    group = protect_him(editor, story)

    found = undo_together(group, by=other, now=rows.NOW)

    assert found.done == (alone.public_id,)
    left = [(one.id, one.error.code) for one in found.left_out]
    assert left == [(both.public_id, "name-not-shown")]
    shown = [str(one["label"]) for some in marks(both) for one in some]
    assert sorted(shown) == ["her", "him"]
    assert undo(both.public_id, by=other, now=rows.NOW, named=shown).state == "approved"


def test_what_was_held_for_a_name_that_is_off_the_list_is_undone_together(
    editor, moderator
):
    letter = rows.approve(rows.make_comment(rows.make_story()), moderator)
    group = protect_him(editor, letter.story)
    number = ProtectedName.objects.get().pk
    unprotect(
        number, story=letter.story.public_id, key=KEY, by=editor, today=rows.NOW.date()
    )

    assert undo_together(group, by=editor, now=rows.NOW).done == (letter.public_id,)


def test_no_page_of_a_group_that_was_held_for_another_reason_says_whom_it_names(
    editor, moderator, colleague
):
    letter = rows.approve(rows.make_comment(rows.make_story()), colleague)
    group = decide_together(
        [Shown(id=letter.public_id, version=2)],
        Action.HOLD,
        by=moderator,
        ruling=Ruling(),
        now=rows.NOW,
    ).group
    protect_him(editor, letter.story)

    found = undo_together(group, by=moderator, now=rows.NOW)

    assert [one.error.code for one in found.left_out] == ["name-not-shown"]
    assert Comment.objects.get().state == "held"


class Locked(Exception):
    """Lists are asked to stay as they are."""


def _locked() -> None:
    raise Locked


@pytest.mark.parametrize(
    "decides",
    [
        lambda by: decide(
            "x", Action.APPROVE, by=by, version=1, ruling=Ruling(), now=rows.NOW
        ),
        lambda by: undo("x", by=by, now=rows.NOW),
        lambda by: decide_notice("x", NoticeRuling(fate=Fate.CUT), by=by, now=rows.NOW),
        lambda by: answer_appeal(
            "x", Answer(verdict=Verdict.REVERSED, version=1), by=by, now=rows.NOW
        ),
    ],
    ids=["decision", "undo", "notice", "appeal"],
)
def test_lists_stay_as_they_are_before_anything_is_decided_or_locked(
    decides: Callable[[Person], object], moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_shown, "keep_names", _locked)

    with pytest.raises(Locked):
        decides(moderator)
