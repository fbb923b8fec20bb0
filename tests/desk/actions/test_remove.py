import json
from functools import partial

import pytest
from django.db import transaction

from letterdesk.desk.actions.notices import NoticeRuling, decide_notice
from letterdesk.desk.actions.pick import pick
from letterdesk.desk.actions.publish import Publication, publish, remove
from letterdesk.desk.actions.rulings import NothingToUndo, Ruling
from letterdesk.desk.actions.take_in import SpoolUnread
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment, Fate, PressFailure, Tally
from letterdesk.desk.queries.audit import verify
from letterdesk.desk.queries.removals import stories_to_remove_from, takes_away
from letterdesk.domain.states import Action, Risk, State
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from tests.desk import rows
from tests.desk.failing import FailingPlace, Killed, killed_at_query
from tests.desk.published import everything, readable, told
from tests.desk.rows import CUT, NOW, move
from tests.values import TODAY

WORDS = "A word that nobody should read any more."


@pytest.fixture
def press(newsroom, public):
    return partial(publish, newsroom=newsroom, today=TODAY)


@pytest.fixture
def go(newsroom, public):
    """Give what removes, from the public place by default."""

    def run(place: Place = public) -> Publication:
        return remove(place, newsroom=newsroom, today=TODAY)

    return run


@pytest.fixture
def thread(press, public, moderator):
    """Give three published comments of a story: the second answers the first."""
    story = rows.make_story()
    first = rows.make_comment(story, 1, text=WORDS)
    made = [
        first,
        rows.make_comment(story, 2, text="It is so.", reply_to=first),
        rows.make_comment(story, 3, text="It is not."),
    ]
    for one in made:
        rows.approve(one, moderator)
    press(public)
    for one in made:
        one.refresh_from_db()
    return made


def take_back(comment: Comment) -> None:
    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)


def shown(public: Folder, story: str) -> list[str]:
    read = json.loads(public.read(f"t/{story}/thread.json"))
    return [one["text"] for one in read["comments"] if not one["gone"]]


def test_what_its_author_took_back_is_gone_from_every_file_and_her_code_says_so(
    thread, go, public
):
    first, *_ = thread
    story = first.story.public_id
    before = readable(public).count(WORDS)
    take_back(first)

    done = go()

    assert before > 8
    assert WORDS not in readable(public)
    assert json.loads(public.read("counts.json")) == {"counts": {story: 2}}
    assert sorted(shown(public, story)) == ["It is not.", "It is so."]
    assert told(public, 1).status == "withdrawn"
    assert (done.comments, done.outcomes, done.failed) == (1, 1, ())
    first.refresh_from_db()
    assert (first.text, first.state, first.outcome_due) == ("", "withdrawn", False)
    assert stories_to_remove_from() == []


def test_what_was_taken_down_is_gone_and_its_author_told(thread, go, public, moderator):
    first, *_ = thread
    move(first, Action.RETRACT, moderator)

    go()

    assert WORDS not in readable(public)
    assert (told(public, 1).status, told(public, 1).rules) == ("retracted", ("3",))
    assert verify() is None


def test_words_that_were_cut_on_its_card_are_gone_before_the_slot_with_a_mark_and_the_rule(
    press, go, public, moderator
):
    comment = rows.make_published(rows.make_story(), moderator, 1)
    press(public)
    story = comment.story.public_id
    before = readable(public).count("Daniel Roe")
    move(comment, Action.EDIT, moderator)

    done = go()

    page = public.read(f"t/{story}/index.html").decode()
    assert before > 0
    assert "Daniel Roe" not in readable(public)
    assert shown(public, story) == [CUT]
    assert page.count('<ins class="cut" dir="auto">[name removed]') == 1
    assert (told(public, 1).status, told(public, 1).rules) == ("edited", ("3",))
    assert (done.comments, done.outcomes, done.failed) == (1, 1, ())
    with pytest.raises(NothingToUndo):
        undo(comment.public_id, by=moderator, now=NOW)


def test_words_that_were_cut_since_are_gone_before_the_slot(
    press, go, public, moderator, editor
):
    comment = rows.make_published(rows.make_story(), moderator, 1)
    press(public)
    notice = rows.make_notice(comment)
    ruling = Ruling(text=CUT, rules=("3",))
    cut = NoticeRuling(fate=Fate.CUT, version=comment.version, ruling=ruling)
    decide_notice(notice.public_id, cut, by=editor, now=NOW)

    go()

    notice.refresh_from_db()
    assert "Daniel Roe" not in readable(public)
    assert shown(public, comment.story.public_id) == [CUT]
    assert (told(public, 1).status, notice.outcome_due) == ("edited", True)


_HERE, _THERE = [[2, 6, ""]], [[2, 6, ""], [12, 18, ""]]
_WIDE = [[2, 7, ""]]  # of the same word, with the space after it


@pytest.mark.parametrize(
    ("before", "now", "goes"),
    [
        (([], False), (_HERE, False), True),
        ((_HERE, False), (_THERE, False), True),
        (([], False), ([], True), True),
        ((_HERE, False), (_THERE, True), True),
        ((_HERE, False), (_HERE, False), False),
        ((_WIDE, False), (_THERE, False), True),  # what comes back is white space
        ((_THERE, False), (_HERE, False), False),
        (([], True), ([], False), False),
        (([], True), (_HERE, False), False),  # a name comes back with it
        ((_HERE, False), ([], True), False),  # words do
        (([], False), (["damaged"], True), False),
    ],
)
def test_only_what_gives_readers_no_word_more_goes_before_the_slot(before, now, goes):
    row = Comment(state="published", text=WORDS, place=1, cuts=now[0], name_left_out=now[1])
    kept = {"state": "published", "cuts": before[0], "name_left_out": before[1]}

    assert takes_away(row, kept) is goes


def test_a_letter_that_nobody_published_yet_is_taken_back_at_once_too(
    thread, go, public, moderator
):
    waiting = rows.approve(
        rows.make_comment(thread[0].story, 4, text="Not yet."), moderator
    )
    pages = {name: raw for name, raw in everything(public).items() if name[:2] == "t/"}
    take_back(waiting)

    go()

    assert told(public, 4).status == "withdrawn"
    assert pages == {
        name: raw for name, raw in everything(public).items() if name[:2] == "t/"
    }
    waiting.refresh_from_db()
    assert waiting.text == ""


def test_nothing_else_of_the_story_or_of_others_moves(thread, go, public, press, moderator):
    first, second, _third = thread
    story = first.story
    other = rows.approve(rows.make_comment(rows.make_story(2), 5), moderator)
    new = rows.approve(rows.make_comment(story, 4, text="Newly approved."), moderator)
    move(rows.make_comment(story, 6), Action.REJECT, moderator)
    rows.make_appeal(second)
    Comment.objects.filter(pk=second.pk).update(outcome_due=True)
    before = everything(public)
    move(first, Action.RETRACT, moderator)

    go()

    after = everything(public)
    for one in (new, other):
        one.refresh_from_db()
    assert (new.state, new.place, other.state) == (State.APPROVED, None, State.APPROVED)
    assert "Newly approved." not in readable(public)
    assert after["report/figures.json"] == before["report/figures.json"]
    assert after["report/audit.json"] == before["report/audit.json"]
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    mine = rows.receipt(1).lookup
    assert {name for name in changed if name[:2] == "r/"} == {f"r/{mine[:2]}/{mine}"}
    touched = (f"t/{story.public_id}/", "index.html", "counts.json", "stories/", "r/")
    assert [name for name in changed if not name.startswith(touched)] == []

    press(public)

    assert "Newly approved." in readable(public)
    assert told(public, 6).status == "rejected"


def test_an_answered_appeal_waits_for_the_slot(thread, go, public, moderator, press):
    first, *_ = thread
    move(first, Action.RETRACT, moderator)
    press(public)
    Comment.objects.filter(pk=first.pk).update(outcome_due=True)  # an appeal came
    before = everything(public)

    done = go()

    assert (done, everything(public)) == (Publication(), before)


def test_giving_words_back_waits_for_the_slot(press, go, public, moderator, thread):
    first, *_ = thread
    move(first, Action.RETRACT, moderator)
    go()
    gone = everything(public)
    move(first, Action.RESTORE, moderator)

    done = go()
    still_gone = everything(public)
    press(public)

    assert (done, still_gone) == (Publication(), gone)
    assert WORDS in shown(public, first.story.public_id)
    assert told(public, 1).status == "published"


def test_a_take_down_is_undone_until_it_is_out_and_put_back_afterwards(
    thread, go, public, moderator
):
    first, second, _ = thread
    move(first, Action.RETRACT, moderator)
    undo(first.public_id, by=moderator, now=NOW)
    untouched = go()
    move(second, Action.RETRACT, moderator)
    go()

    with pytest.raises(NothingToUndo):
        undo(second.public_id, by=moderator, now=NOW)

    assert untouched == Publication()
    assert WORDS in shown(public, first.story.public_id)
    second.refresh_from_db()
    assert second.state == State.RETRACTED


def test_what_was_taken_down_and_approved_again_meanwhile_is_not_published_early(
    press, go, public, moderator, colleague
):
    story = rows.make_story(risk=Risk.SENSITIVE)
    comment = rows.make_comment(story, 1, text=WORDS, risk=Risk.SENSITIVE)
    for by in (moderator, colleague):
        rows.approve(comment, by)
    press(public)
    move(comment, Action.RETRACT, moderator)
    Comment.objects.filter(pk=comment.pk).update(seconded_by=None)
    move(comment, Action.RESTORE, moderator)

    go()

    comment.refresh_from_db()
    assert comment.state == State.PENDING
    assert WORDS not in readable(public)


def test_a_pick_is_all_the_same_to_a_story_without_removals(thread, go, public, editor):
    pick(thread[0].public_id, by=editor, today=TODAY)
    before = everything(public)

    assert (go(), everything(public)) == (Publication(), before)


@pytest.mark.parametrize("at", range(1, 60, 6))
def test_killed_at_any_query_the_next_round_finishes_the_page(
    at, thread, go, public, press, moderator, quick_disk
):
    first, *_ = thread
    move(first, Action.RETRACT, moderator)
    try:
        with killed_at_query(at):
            go()
    except Killed:
        pass

    go()
    again = go()

    assert WORDS not in readable(public)
    assert again == Publication()
    assert not PressFailure.objects.exists()
    press(public)
    assert told(public, 1).status == "retracted"
    assert Tally.objects.filter(kind="retracted").count() == 1


@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_disk_that_fails_once_keeps_it_for_the_next_round(
    at, thread, go, public, quick_disk
):
    take_back(thread[0])
    failed = go(FailingPlace(public, at=at)).failed

    go()

    assert [one.part for one in failed] == ["page"]
    assert WORDS not in readable(public)
    assert not PressFailure.objects.exists()


def test_where_the_spool_cannot_be_read_what_was_taken_down_goes_all_the_same(
    thread, press, public, moderator, newsroom
):
    new = rows.approve(rows.make_comment(thread[0].story, 4, text="New."), moderator)
    move(thread[0], Action.RETRACT, moderator)
    (newsroom.folder / "spool").rmdir()

    with pytest.raises(SpoolUnread):
        press(public)

    new.refresh_from_db()
    assert WORDS not in readable(public)
    assert (new.state, told(public, 1).status) == (State.APPROVED, "retracted")
