from datetime import date

import msgspec
import pytest
from django.conf import settings as django_settings

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import Grounds, Ruling
from letterdesk.desk.actions.tell import tell
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Signal, Statement, Tally
from letterdesk.desk.queries.due import to_tell
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.statements import statement_value, statements
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.statement import Category, Ground, Measure, Source, to_facts
from letterdesk.domain.statement import Statement as Value
from letterdesk.domain.states import Action, State
from letterdesk.reader.terms import terms
from letterdesk.settings import Reasons, Settings
from tests.desk import rows
from tests.desk.rows import NOW, move
from tests.values import TODAY


def judge(comment, by, *, grounds, rules=("3",)):
    ruling = Ruling(rules=rules, note="Dear Mira.", grounds=grounds)
    return decide(
        comment.public_id, Action.REJECT, by=by, version=1, ruling=ruling, now=NOW
    )


def test_an_ordinary_rejection_has_a_whole_statement_without_typing(moderator, newsroom):
    comment = rows.make_comment(rows.make_story(), trapped=True)

    move(comment, Action.REJECT, moderator, rules=("3", "1"))

    in_force, row = terms("en"), Statement.objects.get()
    assert statement_value(row) == Value(
        id=row.puid,
        measure=Measure.NOT_PUBLISHED,
        ground=Ground.TERMS,
        rules=("1", "3"),
        terms=in_force.version,
        facts=row.facts,
        explanation=f"{in_force.find('1').reason}\n\n{in_force.find('3').reason}",
        source=Source.OWN,
        detected=True,
        category=Category.CYBER_VIOLENCE,
        language="en",
        written="2026-11-23",
        appeal_until="2027-05-25",
    )
    assert row.facts
    assert row.decision.move == "reject"
    assert row.puid not in {comment.public_id, comment.lookup, ""}


@pytest.mark.parametrize(
    ("kind", "code", "is_marked"),
    [
        ("incivility", "uncivil-maybe", True),
        ("incivility", "civil", False),
        ("personal_information", "personal", True),
        ("personal_information", "names-of-story", False),
        ("passage", "passage", False),
        ("figure", "figures-differ", False),
    ],
)
def test_a_statement_says_whether_a_program_drew_attention(
    moderator, kind, code, is_marked
):
    comment = rows.make_comment(rows.make_story())
    Signal.objects.create(comment=comment, kind=kind, score=0.2, code=code)

    move(comment, Action.REJECT, moderator)

    assert Statement.objects.get().detected is is_marked


@pytest.mark.parametrize(
    ("kind", "code", "word", "is_marked"),
    [
        ("personal_information", "names", "Mira", True),
        ("personal_information", "names", "uncle", False),
        ("figure", "figures-differ", "Mira", True),
        ("passage", "passage", "Mira", False),
        ("personal_information", "personal", "Mira", True),
        ("personal_information", "personal", "uncle", False),
    ],
)
def test_a_cut_of_marked_words_says_that_a_program_drew_attention(
    moderator, kind, code, word, is_marked
):
    text = "My uncle worked with Mira on that ferry."
    comment = rows.make_comment(rows.make_story(), text=text)
    start = text.index(word)
    Signal.objects.create(
        comment=comment, kind=kind, score=0.2, code=code, spans=[[start, start + len(word)]]
    )

    move(comment, Action.EDIT, moderator, text=text.replace("with Mira ", ""))

    assert Statement.objects.get().detected is is_marked


@pytest.mark.parametrize(
    ("kind", "code", "is_marked"),
    [
        ("incivility", "uncivil-maybe", True),
        ("incivility", "civil", False),
        ("campaign", "near-copies", False),
    ],
)
def test_a_cut_of_a_letter_that_is_marked_as_a_whole(moderator, kind, code, is_marked):
    text = "My uncle worked with Mira on that ferry."
    comment = rows.make_comment(rows.make_story(), text=text, trapped=True)
    Signal.objects.create(comment=comment, kind=kind, score=0.2, code=code)

    move(comment, Action.EDIT, moderator, text=text.replace("with Mira ", ""))

    assert Statement.objects.get().detected is is_marked


def test_the_newsroom_s_own_terms_are_in_every_statement(moderator, newsroom, monkeypatch):
    reasons = Reasons(territory=("DE", "AT"), appeal_days=30, out_of_court="Board, Bonn")
    changed = msgspec.structs.replace(newsroom, reasons=reasons)
    monkeypatch.setattr(django_settings, "NEWSROOM", changed)
    assert isinstance(changed, Settings)

    move(rows.make_comment(rows.make_story()), Action.REJECT, moderator)

    row = Statement.objects.get()
    assert (row.territory, row.body, row.appeal_until) == (
        ["DE", "AT"],
        "Board, Bonn",
        date(2026, 12, 23),
    )


def test_reasons_can_be_worded_for_one_decision(moderator):
    comment = rows.make_comment(rows.make_story())

    judge(
        comment,
        moderator,
        rules=("1", "3"),
        grounds=Grounds(
            wordings={"3": "It named a witness.", "8": "not cited"},
            law="  Section 3 ",
            category=Category.MINORS,
        ),
    )

    comment.refresh_from_db()
    row, worded = Statement.objects.get(), terms("en").find("1").reason
    assert row.explanation == f"{worded}\n\nIt named a witness."
    assert (row.ground, row.law, row.category) == (
        "law",
        "Section 3",
        "PROTECTION_OF_MINORS",
    )
    assert comment.statement == f"{row.explanation}\n\nDear Mira."


@pytest.mark.parametrize(
    "grounds",
    [
        Grounds(wordings={"3": "x" * 2_001}),
        Grounds(wordings={"3": "a\0b"}),
        Grounds(law="x" * 501),
    ],
)
def test_words_that_cannot_be_kept_are_refused_and_leave_no_trace(moderator, grounds):
    comment = rows.make_comment(rows.make_story())

    with pytest.raises(LetterRefused):
        judge(comment, moderator, grounds=grounds)

    comment.refresh_from_db()
    assert (comment.state, Statement.objects.count()) == ("pending", 0)


def test_the_press_writes_down_the_day_once_and_counts_it_once(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.REJECT, moderator)
    act(story.pk, today=TODAY)
    move(comment, Action.RESTORE, moderator)
    act(story.pk, today=date(2026, 11, 24))
    move(comment, Action.REJECT, moderator, rules=("5",))

    act(story.pk, today=date(2026, 11, 25))

    assert list(Statement.objects.order_by("id").values_list("applied", "category")) == [
        (TODAY, "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"),
        (date(2026, 11, 25), "OTHER_VIOLATION_TC"),
    ]
    counted = Tally.objects.filter(kind="measure").values_list("day", "key", "count")
    assert sorted(counted) == [
        (TODAY, "not-published", 1),
        (date(2026, 11, 25), "not-published", 1),
    ]


def test_what_was_undone_is_in_force_no_more_and_never_counts(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.REJECT, moderator)

    undo(comment.public_id, by=moderator, now=NOW)
    act(story.pk, today=TODAY)

    comment.refresh_from_db()
    assert (comment.reasons, Statement.objects.get().applied) == (None, None)
    assert not Tally.objects.filter(kind="measure").exists()


def test_a_cut_of_two_people_has_one_statement_in_force(moderator, colleague):
    story = rows.make_story(risk="sensitive")
    comment = rows.make_comment(story)
    move(comment, Action.EDIT, moderator)
    move(comment, Action.APPROVE, colleague)

    act(story.pk, today=TODAY)

    comment.refresh_from_db()
    assert (comment.reasons.measure, comment.reasons.applied) == ("cut", TODAY)
    assert Statement.objects.count() == 1


def test_restoring_a_retracted_comment_brings_its_statement_back(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.EDIT, moderator)
    act(story.pk, today=TODAY)
    cut = Statement.objects.get()
    move(comment, Action.RETRACT, moderator, rules=("7",))

    move(comment, Action.RESTORE, moderator)

    comment.refresh_from_db()
    assert comment.reasons == cut


def test_the_words_go_with_the_letter_and_the_figures_stay(moderator, public):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.REJECT, moderator)
    act(story.pk, today=TODAY)
    withdraw_now(comment)
    act(story.pk, today=TODAY)

    tell(to_tell(story.pk), place=public, note=pytest.fail)

    row = Statement.objects.get()
    assert (row.explanation, row.category, row.applied) == (
        "",
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        TODAY,
    )


def withdraw_now(comment):
    from django.db import transaction  # noqa: PLC0415 -- only here

    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)


def test_a_statement_for_the_authorities_knows_the_language_of_the_storys_page(moderator):
    story = rows.make_story(language="ko")
    rows.make_in(State.REJECTED, story, moderator)
    Statement.objects.update(language="en")
    editor = rows.make_person("erin", role="editor")

    [one] = statements(editor, TODAY, TODAY)

    assert (one.language, one.told_in) == ("en", "ko")
    assert "told_in" not in to_facts(statement_value(Statement.objects.get()))


def test_statements_of_some_days_are_for_editors_and_auditors_of_their_desks(moderator):
    korean = rows.make_story(2, desk="Korean")
    rows.make_in(State.REJECTED, rows.make_story(), moderator)
    rows.make_in(State.REJECTED, korean, moderator)
    move(rows.make_comment(korean), Action.REJECT, moderator)  # the press has not acted
    editor = rows.make_person("erin", role="editor")
    kim = rows.make_person("kim", role="auditor", desks=("Korean",))

    def found(person, day):
        return [one.language for one in statements(person, day, day)]

    assert found(editor, TODAY) == ["en", "en"]
    assert len(found(kim, TODAY)) == 1
    assert found(editor, date(2026, 11, 22)) == []
    with pytest.raises(NotYours):
        found(moderator, TODAY)
