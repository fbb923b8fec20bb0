"""An editor lists somebody: hashes stay, letters that wait are looked over again."""

import pytest

from letterdesk.desk.actions.names import (
    NameWrong,
    NewName,
    adopt_key,
    protect,
    unprotect,
)
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.models import (
    AuditEntry,
    Comment,
    NameForm,
    ProtectedName,
    Signal,
    Story,
)
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.names import listed, under_other_keys
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from letterdesk.triage.protected_name import fingerprint
from tests.desk import rows
from tests.values import TODAY

pytestmark = pytest.mark.django_db
KEY = bytes(32)


def put(editor: Person, *spellings: str, story: Story | None, label: str = "him") -> None:
    protect(
        NewName(label=label, spellings=spellings or ("Daniel Roe",)),
        story=story.public_id if story else "",
        key=KEY,
        by=editor,
        now=rows.NOW,
    )


def named(*comments: Comment, key: bytes = KEY) -> list[str]:
    """Give what the check says of each comment now: labels, or that it did not run."""
    screen(seconds=60, key=key)
    found = dict(
        Signal.objects.filter(kind="protected_name").values_list("comment", "code")
    )
    labels = dict(
        Signal.objects.filter(kind="protected_name").values_list("comment", "facts")
    )
    return [
        ", ".join(one["label"] for one in labels[row.pk].get("names", ())) or found[row.pk]
        if row.pk in found
        else ""
        for row in comments
    ]


def test_a_name_is_looked_for_in_new_letters_and_in_those_that_wait(
    editor: Person,
) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    waiting, foreign = rows.make_comment(story), rows.make_comment(other)
    assert named(waiting, foreign) == ["", ""]

    put(editor, story=story)
    new = rows.make_comment(story)

    assert named(waiting, foreign, new) == ["him", "", "him"]


def test_a_name_is_looked_for_in_the_name_that_stands_above_a_letter(
    editor: Person,
) -> None:
    story = rows.make_story()
    put(editor, story=story)
    signed = rows.make_comment(story, text="Thank you.", name="Daniel Roe")
    other = rows.make_comment(story, text="Thank you.", name="Mira")

    assert named(signed, other) == ["him", ""]
    (found,) = Signal.objects.filter(comment=signed).exclude(of="text")
    assert (found.of, found.kind, found.spans) == ("name", "protected_name", [[0, 10]])


def test_the_sites_list_counts_for_every_story(editor: Person) -> None:
    story = rows.make_story()
    comment = rows.make_comment(story)
    screen(seconds=60, key=KEY)

    put(editor, story=None)

    assert named(comment) == ["him"]


def test_who_is_taken_off_is_not_looked_for_any_more(editor: Person) -> None:
    story = rows.make_story()
    comment = rows.make_comment(story)
    put(editor, story=story)
    assert named(comment) == ["him"]
    (row,) = listed(editor, story=story.public_id, key=KEY)

    unprotect(row.id, story=story.public_id, key=KEY, by=editor, today=TODAY)

    assert named(comment) == [""]
    assert (ProtectedName.objects.count(), NameForm.objects.count()) == (0, 0)


def test_without_the_key_the_check_says_that_it_did_not_run(editor: Person) -> None:
    story = rows.make_story()
    comment = rows.make_comment(story)
    put(editor, story=story)

    assert named(comment, key=b"") == ["failed"]


def test_under_another_key_the_check_says_that_it_did_not_run(editor: Person) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    theirs, others = rows.make_comment(story), rows.make_comment(other)
    put(editor, story=story)
    protect(
        NewName(label="her", spellings=("Daniel Roe",)),
        story=other.public_id,
        key=b"n" * 32,
        by=editor,
        now=rows.NOW,
    )

    assert named(theirs, others, key=b"n" * 32) == ["failed", "her"]


def test_names_from_before_their_key_was_noted_are_taken_for_those_of_the_key_that_is_there(
    editor: Person,
) -> None:
    put(editor, story=None)
    ProtectedName.objects.update(key=None)
    assert not under_other_keys(b"n" * 32)

    adopt_key(KEY)

    assert (under_other_keys(b"n" * 32).count(), under_other_keys(KEY).count()) == (1, 0)


def test_where_another_key_is_known_names_from_before_are_left_as_they_are(
    editor: Person,
) -> None:
    put(editor, story=None)
    ProtectedName.objects.update(key=None)
    put(editor, "Ann Poe", story=None, label="her")

    adopt_key(b"n" * 32)

    assert ProtectedName.objects.filter(key=None).count() == 1


def test_nothing_that_is_stored_holds_the_name(editor: Person) -> None:
    put(editor, "Daniel Roe", "김민수", story=rows.make_story())

    stored = repr(
        [list(table.objects.values()) for table in (ProtectedName, NameForm, AuditEntry)]
    ).lower()
    assert not [word for word in ("daniel", "roe", "김민수", "김") if word in stored]
    assert [row.facts["what"] for row in AuditEntry.objects.all()] == ["name-protected"]


@pytest.mark.parametrize(
    ("label", "spellings"),
    [
        ("", ("Daniel Roe",)),
        ("him", ()),
        ("him", (" ",)),
        ("him", ("Roe",)),
        ("him", ("Daniel Roe", "Дан")),
        ("him", ("Muhammad الأمين",)),
        ("him", ("Anna 李娜",)),
        ("him", ("Maria Шмидт",)),
        ("him", ("Daniel / Dan Roe",)),
        ("him", ("Daniel Roe", "Dan alias Daniel Roe")),
        ("daniel roe", ("Daniel Roe",)),
        ("the victim, Roe, Daniel", ("Daniel Roe",)),
        ("Danial Roe", ("Daniel Roe",)),
        ("wangxiaoming", ("王小明",)),
        ("rlaalstn", ("김민수",)),
        ("him", ("Daniel Roe",) * 21),
    ],
)
def test_what_cannot_be_listed_is_refused_without_repeating_it(
    editor: Person, label: str, spellings: tuple[str, ...]
) -> None:
    new = NewName(label=label, spellings=spellings)

    with pytest.raises(NameWrong) as refused:
        protect(new, story="", key=KEY, by=editor, now=rows.NOW)

    assert "Roe" not in str(refused.value)
    assert ProtectedName.objects.count() == 0


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        ("ئابدۇرېھىم ئۆتكۈر", "ئابدۇرېھىم ئۆتكۈر كەلدى"),
        ("Даниил Петров", "это был Даниил Петров"),
        ("သန်းထွန်း", "ကိုသန်းထွန်းကပြောတယ်"),
    ],
)
def test_a_name_in_any_script_is_held_before_readers_get_it(
    editor: Person, spelling: str, text: str
) -> None:
    comment = rows.make_comment(rows.make_story(), text=text)
    rows.approve(comment, rows.make_person("mina"))
    new = NewName(label="him", spellings=(spelling,))

    protect(new, story="", key=KEY, by=editor, now=rows.NOW)

    comment.refresh_from_db()
    assert comment.state == State.HELD
    assert spelling not in str(list(NameForm.objects.values()))


def test_two_of_one_list_do_not_read_the_same(editor: Person) -> None:
    story = rows.make_story()
    put(editor, "Daniel Roe", story=story)

    with pytest.raises(NameWrong) as refused:
        put(editor, "Leyla Osman", story=story, label=" him ")
    put(editor, "Leyla Osman", story=None)

    assert "This label is on the list already." in refused.value.sentence
    assert list(ProtectedName.objects.values_list("story", "label")) == [
        (story.pk, "him"),
        (None, "him"),
    ]


def test_who_is_not_recognised_any_more_is_listed_anew_by_the_same_label(
    editor: Person,
) -> None:
    put(editor, story=None)
    ProtectedName.objects.update(key=fingerprint(b"n" * 32))

    put(editor, story=None)

    assert [(one.label, one.is_lost) for one in listed(editor, key=KEY)] == [
        ("him", True),
        ("him", False),
    ]


def test_lists_are_for_editors_of_the_desk_and_the_sites_for_those_of_all() -> None:
    story = rows.make_story(desk="English")
    here = rows.make_person("e1", role="editor", desks=("English",))
    there = rows.make_person("e2", role="editor", desks=("Korean",))
    moderator = rows.make_person("m")
    put(here, story=story)
    (row,) = listed(here, story=story.public_id, key=KEY)

    for person in (there, moderator):
        with pytest.raises(NotYours):
            put(person, story=story)
        with pytest.raises(NotYours):
            unprotect(row.id, story=story.public_id, key=KEY, by=person, today=TODAY)
    with pytest.raises(NotYours):
        put(here, story=None)
    with pytest.raises(NotFound):
        unprotect(
            row.id, story="", key=KEY, by=rows.make_person("e3", role="editor"), today=TODAY
        )

    assert ProtectedName.objects.count() == 1
