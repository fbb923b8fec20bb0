from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.notices import NoticeRuling, decide_notice, reopen_notice
from letterdesk.desk.actions.press_attempts import Attempts
from letterdesk.desk.actions.publish import publish, remove
from letterdesk.desk.actions.rulings import Answered, NothingToUndo, Outdated, Ruling
from letterdesk.desk.actions.tell_senders import tell_senders
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import (
    AuditEntry,
    Comment,
    Fate,
    Notice,
    Statement,
    Story,
    Tally,
)
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.notices import median_hours, notice_view
from letterdesk.desk.queries.outcomes import outcome_of_notice
from letterdesk.domain import outcome as outcomes
from letterdesk.domain.errors import NotACut
from letterdesk.domain.outcome import Outcome
from letterdesk.domain.rules import RuleMissing
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, AppealNeeded, State
from letterdesk.newsroom.keys import make_keys
from letterdesk.places.base import Missing
from letterdesk.places.folder import Folder
from letterdesk.reader.terms import terms
from letterdesk.sealing import open_part
from tests.desk import rows
from tests.desk.rows import CUT, NOW, SAFE, move
from tests.values import TODAY, an_id


@pytest.fixture
def notice(moderator):
    return rows.make_notice(rows.make_published(rows.make_story(), moderator))


def judge(
    notice,
    fate,
    by,
    *,
    version=None,
    text=None,
    name=None,
    rules=("3",),
    answer="",
    note="",
):
    now = notice.comment and Comment.objects.get(pk=notice.comment_id).version
    wanted = NoticeRuling(
        fate=fate,
        version=version or now or 0,
        ruling=Ruling(text=text, name_left_out=name, rules=rules, note=note),
        answer=answer,
    )
    decide_notice(notice.public_id, wanted, by=by, now=NOW)
    notice.refresh_from_db()


def read(public, notice):
    """Give what the sender reads; None while nothing lies there."""
    path = outcomes.path(notice.lookup)
    try:
        raw = public.read(path)
    except Missing:
        return None
    return outcomes.join([open_part(raw, path=path, key=bytes(notice.outcome_key))])


def test_a_comment_that_stays_is_told_to_who_reported_it(notice, moderator, public):
    judge(notice, Fate.KEPT, moderator, answer="He is a public figure.")

    tell_senders(Attempts(place=public, today=TODAY))

    notice.refresh_from_db()
    assert read(public, notice) == Outcome(
        status="published",
        kind="notice",
        story=notice.story.public_id,
        language="en",
        comment=notice.comment.public_id,
        statement="He is a public figure.",
        decided="2026-11-23",
    )
    assert Comment.objects.get().state == "published"
    assert (notice.name, notice.contact, notice.is_open) == ("", "", False)
    facts = AuditEntry.objects.latest("number").facts
    assert (facts["what"], facts["notices"], facts["fate"]) == (
        "notice-decided",
        [notice.public_id],
        "kept",
    )


def test_a_comment_is_taken_down_with_the_notice_as_its_source(
    notice, moderator, colleague, public
):
    other = rows.make_notice(notice.comment, 14)

    judge(notice, Fate.TAKEN_DOWN, colleague, note="Sorry.")
    tell_senders(Attempts(place=public, today=TODAY))
    before = read(public, notice)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))

    comment, row = Comment.objects.get(), Statement.objects.get()
    assert before is None  # until the press has acted, it can be undone
    assert (comment.state, row.source, row.measure) == ("retracted", "notice", "taken-down")
    assert comment.statement == f"{terms('en').find('3').reason}\n\nSorry."
    for one in (notice, other):
        told = read(public, one)
        assert (told.status, told.rules, told.statement) == ("retracted", ("3",), "")


def test_every_notice_is_answered_when_the_comment_is_taken_down_from_its_card(
    notice, moderator, colleague, public
):
    other = rows.make_notice(notice.comment, 14)
    elsewhere = rows.make_notice(rows.make_published(notice.story, moderator), 15)

    move(notice.comment, Action.RETRACT, colleague)
    tell_senders(Attempts(place=public, today=TODAY))
    before = read(public, notice)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))

    assert before is None  # until the press has acted, it can be undone
    for one in (notice, other):
        told = read(public, one)
        assert (told.status, told.rules, told.statement) == ("retracted", ("3",), "")
        one.refresh_from_db()
        assert (one.is_open, one.fate, one.decided_by_id) == (
            False,
            "taken-down",
            colleague.id,
        )
        assert (one.name, one.contact) == ("", "")
    elsewhere.refresh_from_db()
    assert elsewhere.is_open
    facts = AuditEntry.objects.filter(what="notice-decided").get().facts
    assert facts["notices"] == [notice.public_id, other.public_id]


@pytest.mark.parametrize("is_told", [True, False])
def test_notices_wait_for_an_answer_again_when_the_comment_comes_back(
    notice, moderator, colleague, public, is_told
):
    move(notice.comment, Action.RETRACT, colleague)
    if is_told:
        act(notice.story_id, today=TODAY)
        tell_senders(Attempts(place=public, today=TODAY))
        assert read(public, notice)

    move(notice.comment, Action.RESTORE, moderator)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))

    notice.refresh_from_db()
    assert read(public, notice) is None  # that it is down is true no more
    assert (notice.is_open, notice.fate, notice.decision) == (True, "", None)
    judge(notice, Fate.KEPT, moderator)
    tell_senders(Attempts(place=public, today=TODAY))
    assert read(public, notice).status == "published"


def test_notices_are_answered_again_when_bringing_back_is_undone(
    notice, moderator, colleague, public
):
    move(notice.comment, Action.RETRACT, colleague)
    act(notice.story_id, today=TODAY)
    move(notice.comment, Action.RESTORE, moderator)

    undo(notice.comment.public_id, by=moderator, now=NOW)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))

    notice.refresh_from_db()
    assert (notice.is_open, notice.fate, notice.decision.move) == (
        False,
        "taken-down",
        "retract",
    )
    assert read(public, notice).status == "retracted"


def test_a_cut_for_a_notice_counts_as_the_decision_that_it_is(notice, colleague):
    before = decisions_counted()

    judge(notice, Fate.CUT, colleague, text=CUT)

    assert decisions_counted() - before == Counter(
        {"edit": 1, f"{NOW.hour:02} decisions": 1}
    )


def decisions_counted():
    found = Tally.objects.filter(kind__in=["decision", "hour"])
    return Counter(dict(found.values_list("key", "count")))


def test_words_are_cut_from_a_published_comment(notice, moderator, colleague, public):
    other = rows.make_notice(notice.comment, 14)

    judge(notice, Fate.CUT, colleague, text=CUT)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))

    comment, row = Comment.objects.get(), Statement.objects.get()
    assert (comment.state, current_text(comment)) == ("published", CUT)
    assert (row.source, row.measure) == ("notice", "cut")
    assert read(public, notice).status == "edited"
    assert Notice.objects.get(pk=other.pk).is_open


def test_a_decision_that_is_undone_opens_its_notices_again(notice, moderator, public):
    judge(notice, Fate.TAKEN_DOWN, moderator)

    undo(notice.comment.public_id, by=moderator, now=NOW)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))

    notice.refresh_from_db()
    assert (notice.is_open, notice.fate, notice.decision, notice.outcome_due) == (
        True,
        "",
        None,
        False,
    )
    assert read(public, notice) is None


def test_that_a_comment_stays_can_be_taken_back_until_it_is_told(
    notice, moderator, colleague, editor, public
):
    judge(notice, Fate.KEPT, moderator)
    with pytest.raises(NotYours):
        reopen_notice(notice.public_id, by=colleague, now=NOW)
    reopen_notice(notice.public_id, by=editor, now=NOW)
    judge(notice, Fate.KEPT, moderator)
    assert notice_view(moderator, notice.public_id).may_reopen

    tell_senders(Attempts(place=public, today=TODAY))

    with pytest.raises(NothingToUndo):
        reopen_notice(notice.public_id, by=moderator, now=NOW)
    assert not notice_view(moderator, notice.public_id).may_reopen


def test_what_was_told_goes_though_a_later_answer_is_taken_back(
    notice, moderator, colleague, public
):
    judge(notice, Fate.CUT, moderator, text=CUT)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))
    was_told = read(public, notice)
    appeal = rows.make_appeal(notice.comment)
    reverse = Answer(verdict=Verdict.REVERSED, version=3)
    answer_appeal(appeal.public_id, reverse, by=colleague, now=NOW)
    judge(notice, Fate.KEPT, moderator)

    reopen_notice(notice.public_id, by=moderator, now=NOW)
    tell_senders(Attempts(place=public, today=TODAY))

    notice.refresh_from_db()
    assert was_told.status == "edited"
    assert read(public, notice) is None
    assert (notice.is_open, notice.outcome_due, notice.outcome_parts) == (True, False, 0)


def test_a_notice_that_nobody_answered_is_not_opened_again(notice, moderator):
    Notice.objects.update(outcome_due=True, outcome_parts=1)  # an answer that was undone

    with pytest.raises(NothingToUndo):
        reopen_notice(notice.public_id, by=moderator, now=NOW)

    assert Notice.objects.get().outcome_due


def test_what_is_taken_back_while_it_is_told_is_not_told_for_good(
    notice, moderator, tmp_path
):
    class Slow(Folder):
        def put(self, name, raw):
            super().put(name, raw)
            if Notice.objects.get().fate:
                reopen_notice(notice.public_id, by=moderator, now=NOW)

    slow = Slow(root=tmp_path)
    judge(notice, Fate.KEPT, moderator)

    tell_senders(Attempts(place=slow, today=TODAY))
    was_told = read(slow, notice)
    tell_senders(Attempts(place=slow, today=TODAY))

    found = Notice.objects.get()
    assert was_told
    assert read(slow, notice) is None
    assert found.is_open
    assert (found.outcome_due, found.outcome_parts) == (False, 0)
    assert (found.name, found.contact) == (notice.name, notice.contact) != ("", "")


def test_a_comment_that_is_gone_is_answered_so(moderator, public):
    comment = rows.make_published(rows.make_story(), moderator)
    move(comment, Action.RETRACT, moderator)
    act(comment.story_id, today=TODAY)
    notice = rows.make_notice(comment)  # sent from a page that was open before

    judge(notice, Fate.GONE, moderator)
    tell_senders(Attempts(place=public, today=TODAY))

    assert (notice.fate, read(public, notice).status) == ("gone", "retracted")


def test_a_notice_is_decided_once_and_on_what_was_seen(notice, moderator, colleague):
    with pytest.raises(Outdated):
        judge(notice, Fate.CUT, colleague, text=CUT, version=1)
    with pytest.raises(Outdated):
        judge(notice, Fate.TAKEN_DOWN, colleague, version=1)
    with pytest.raises(Outdated):
        judge(notice, Fate.KEPT, colleague, version=1)
    with pytest.raises(RuleMissing):
        judge(notice, Fate.TAKEN_DOWN, colleague, rules=())
    assert Comment.objects.get().state == State.PUBLISHED

    judge(notice, Fate.KEPT, colleague)
    with pytest.raises(Answered):
        judge(notice, Fate.TAKEN_DOWN, moderator)


def test_who_sent_it_concerns_editors_only(notice, moderator, editor):
    hers, theirs = (notice_view(one, notice.public_id) for one in (moderator, editor))

    assert (hers.name, hers.contact, hers.has_sender) == ("", "", True)
    assert (theirs.name, theirs.contact) == ("Ana", "ana@mail.example")


def test_a_notice_is_seen_at_its_desk_only(notice):
    kim = rows.make_person("kim", desks=("Korean",))

    with pytest.raises(NotYours):
        judge(notice, Fate.KEPT, kim)
    with pytest.raises(NotFound):
        notice_view(kim, an_id(77))


def test_reports_say_how_many_hours_notices_waited(notice, moderator):
    late = rows.make_notice(notice.comment, 14, opened=NOW - timedelta(hours=48))
    gone = rows.make_notice(notice.comment, 15, opened=NOW - timedelta(hours=900))
    assert median_hours(TODAY, TODAY) is None

    judge(notice, Fate.KEPT, moderator)
    judge(late, Fate.KEPT, moderator)
    Notice.objects.filter(pk=gone.pk).update(fate=Fate.GONE, decided=NOW)

    assert median_hours(TODAY, TODAY) == 25.2
    assert median_hours(TODAY - timedelta(days=9), TODAY - timedelta(days=1)) is None


@pytest.mark.parametrize(("text", "is_of_name"), [(rows.TEXT, True), (CUT, False)])
def test_a_name_is_left_out_after_a_notice(
    text, is_of_name, notice, moderator, colleague, public
):
    judge(notice, Fate.CUT, colleague, text=text, name=True)
    act(notice.story_id, today=TODAY)
    tell_senders(Attempts(place=public, today=TODAY))

    comment, told = Comment.objects.get(), read(public, notice)
    assert (comment.state, current_text(comment), comment.name_left_out) == (
        "published",
        text,
        True,
    )
    assert (told.status, told.name_left_out) == ("edited", is_of_name)


def test_a_name_comes_back_with_a_notice_on_an_ordinary_story_only(
    notice, moderator, colleague
):
    Comment.objects.update(name_left_out=True)
    Story.objects.update(risk="sensitive")
    Comment.objects.update(risk="sensitive", seconded_by=colleague.id)

    with pytest.raises(AppealNeeded):
        judge(notice, Fate.CUT, colleague, text=CUT, name=False)
    Story.objects.update(risk="ordinary")
    Comment.objects.update(risk="ordinary")
    judge(notice, Fate.CUT, colleague, text=CUT, name=False)

    assert not Comment.objects.get().name_left_out


def two_words_cut(moderator, colleague, **story):
    """Give a second notice about a comment of which the first one cut words."""
    comment = rows.make_comment(rows.make_story(**story))
    move(comment, Action.APPROVE, moderator)
    if story:
        move(comment, Action.APPROVE, colleague)
    act(comment.story_id, today=TODAY)
    first = rows.make_notice(comment, 14, alleged="" if story else "danger")
    comment.refresh_from_db()
    judge(first, Fate.CUT, moderator, version=comment.version, text=SAFE)
    act(comment.story_id, today=TODAY)
    return rows.make_notice(comment, 15)


@pytest.mark.parametrize("story", [{"risk": "sensitive"}, {}])
def test_one_person_gives_no_word_back_where_two_decide(story, moderator, colleague):
    notice = two_words_cut(moderator, colleague, **story)
    version = Comment.objects.get().version

    with pytest.raises(AppealNeeded):
        judge(
            notice, Fate.CUT, colleague, version=version, text=rows.TEXT.partition(".")[2]
        )
    assert current_text(Comment.objects.get()) == SAFE
    own = "His name was [Ann Lee]."
    with pytest.raises(NotACut, match="Two people decide here"):
        judge(notice, Fate.CUT, colleague, version=version, text=own)
    judge(notice, Fate.CUT, colleague, version=version, text=SAFE.partition(". ")[2])

    assert current_text(Comment.objects.get()) == SAFE.partition(". ")[2]


def test_a_name_that_a_dangerous_notice_took_comes_back_by_an_appeal(notice, moderator):
    Notice.objects.update(alleged="danger")
    judge(notice, Fate.CUT, moderator, text=rows.TEXT, name=True)
    act(notice.story_id, today=TODAY)

    with pytest.raises(AppealNeeded):
        move(notice.comment, Action.EDIT, moderator, leave_name_out=False)

    assert Comment.objects.get().name_left_out


def test_a_cut_takes_more_away_where_the_same_words_stand_twice(moderator, colleague):
    comment = rows.make_comment(
        rows.make_story(risk="sensitive"), text="He lied. He lied again."
    )
    for one in (moderator, colleague):
        move(comment, Action.EDIT, one, text="He lied again.")
    act(comment.story_id, today=TODAY)
    comment.refresh_from_db()

    judge(
        rows.make_notice(comment, 14),
        Fate.CUT,
        colleague,
        version=comment.version,
        text="He lied.",
    )

    assert current_text(Comment.objects.get()) == "He lied."


def take_back(comment):
    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)


@pytest.mark.parametrize("fate", [Fate.KEPT, Fate.CUT, Fate.TAKEN_DOWN])
@pytest.mark.parametrize("was_told", [True, False])
def test_an_answered_notice_loses_its_words_with_the_comment_and_keeps_its_facts(
    fate, was_told, notice, moderator, public, newsroom
):
    make_keys(newsroom)
    text = CUT if fate == Fate.CUT else None
    judge(notice, fate, moderator, text=text, answer="She wrote: Daniel Roe.")
    if was_told:
        publish(public, newsroom=newsroom, today=TODAY)
        assert "Daniel Roe" in read(public, notice).statement
    facts = ("fate", "decided", "decided_by", "decision", "alleged", "good_faith", "opened")
    before = Notice.objects.values(*facts).get()
    take_back(notice.comment)

    publish(public, newsroom=newsroom, today=TODAY)
    publish(public, newsroom=newsroom, today=TODAY)

    row = Notice.objects.get()
    told = read(public, notice)
    assert (row.text, row.answer, row.name, row.contact) == ("", "", "", "")
    assert (row.outcome_due, Notice.objects.values(*facts).get()) == (False, before)
    assert (told.statement, told.status) == ("", outcome_of_notice(row).status)
    assert told.decided == "2026-11-23"
    assert told.rules == (() if fate == Fate.KEPT else ("3",))


def test_one_that_nobody_answered_keeps_its_words_until_that_is_told(
    notice, moderator, public, newsroom
):
    make_keys(newsroom)
    publish(public, newsroom=newsroom, today=TODAY)
    take_back(notice.comment)
    publish(public, newsroom=newsroom, today=TODAY)
    kept = Notice.objects.get()

    judge(notice, Fate.GONE, moderator, answer="It is gone.")
    answered = Notice.objects.get().text
    publish(public, newsroom=newsroom, today=TODAY)

    assert (kept.is_open, kept.text) == (True, notice.text)
    assert answered == notice.text
    assert (Notice.objects.get().text, read(public, notice).statement) == (
        "",
        "It is gone.",
    )


def test_that_a_comment_stays_is_not_taken_back_once_its_author_has(
    notice, moderator, public, newsroom
):
    make_keys(newsroom)
    judge(notice, Fate.KEPT, moderator, answer="It may stay.")
    publish(public, newsroom=newsroom, today=TODAY)
    take_back(notice.comment)
    remove(public, newsroom=newsroom, today=TODAY)
    assert Notice.objects.get().outcome_due

    assert not notice_view(moderator, notice.public_id).may_reopen
    with pytest.raises(NothingToUndo):
        reopen_notice(notice.public_id, by=moderator, now=NOW)


def test_notices_about_other_comments_keep_their_words(notice, moderator, public, newsroom):
    make_keys(newsroom)
    other = rows.make_notice(rows.make_published(notice.story, moderator), 31)
    for one in (notice, other):
        judge(one, Fate.KEPT, moderator, answer="It may stay.")
    take_back(notice.comment)

    publish(public, newsroom=newsroom, today=TODAY)

    other.refresh_from_db()
    assert (other.text, other.answer) == ("This names my neighbour.", "It may stay.")
