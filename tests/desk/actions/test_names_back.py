"""The key of protected names was lost, and is back: what went by meanwhile is looked at."""

import pytest

from letterdesk.desk.actions.hold_named import let_wait
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.names_back import look_anew_under
from letterdesk.desk.actions.names_shown import NamesNotRead
from letterdesk.desk.actions.reread import reread
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.models import (
    Comment,
    ProtectedName,
    Rereading,
    ScreeningMark,
    Signal,
    Story,
)
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from letterdesk.newsroom.passes import screen_letters
from letterdesk.settings import Settings
from letterdesk.triage.protected_name import fingerprint
from tests.desk import rows
from tests.values import TODAY

KEY = bytes(32)
ANOTHER = b"another key, as long as one is.."
LOST = b""


@pytest.fixture
def story(newsroom: Settings, editor: Person) -> Story:
    """Somebody is listed, and everything was looked at with the key."""
    newsroom.names_file.parent.mkdir(exist_ok=True)
    newsroom.names_file.write_bytes(KEY)
    story = rows.make_story()
    name = NewName(label="him", spellings=("Daniel Roe",))
    protect(name, story=story.public_id, key=KEY, by=editor, now=rows.NOW)
    look_anew_under(KEY)
    reread(seconds=60, key=KEY)
    return story


def marked() -> list[int]:
    return list(Signal.objects.filter(code="protected").values_list("comment", flat=True))


@pytest.mark.parametrize(
    "state", [State.APPROVED, State.PUBLISHED, State.RETRACTED, State.REJECTED]
)
def test_what_was_decided_on_without_the_key_is_marked_once_it_is_back(story, state):
    look_anew_under(LOST)
    named = rows.make_comment(story, state=state, screened=1)
    reread(seconds=60, key=LOST)

    look_anew_under(KEY)

    assert reread(seconds=60, key=KEY) == 1
    assert marked() == [named.pk]


def test_what_waits_is_screened_anew(story):
    letter = rows.make_comment(story)
    look_anew_under(LOST)
    screen(seconds=60, key=LOST)
    assert Signal.objects.get(kind="protected_name").code == "failed"

    look_anew_under(KEY)
    screen(seconds=60, key=KEY)

    assert marked() == [letter.pk]


def test_without_the_key_nothing_is_begun(story):
    look_anew_under(LOST)

    assert not Rereading.objects.exists()


def test_what_the_key_has_looked_at_is_not_looked_at_again(story):
    rows.make_comment(story, screened=1)

    look_anew_under(KEY)

    assert not Rereading.objects.exists()
    assert Comment.objects.get().screened == 1


def test_another_key_has_everything_looked_at_and_so_has_the_first_when_it_is_back(story):
    for key in (ANOTHER, KEY):
        look_anew_under(key)

        assert Rereading.objects.exists()
        Rereading.objects.all().delete()


def test_where_nobody_is_listed_nothing_is_begun_and_the_key_is_known(db):
    look_anew_under(KEY)

    assert not Rereading.objects.exists()
    assert bytes(ScreeningMark.objects.get().names) == fingerprint(KEY)


def test_who_approves_while_no_worker_runs_has_it_read_again(newsroom, story, moderator):
    letter = rows.make_comment(story)
    newsroom.names_file.unlink()
    with pytest.raises(NamesNotRead):
        rows.approve(letter, moderator)
    rows.approve(letter, moderator)

    look_anew_under(KEY)
    reread(seconds=60, key=KEY)

    assert marked() == [letter.pk]


def test_what_is_imported_while_no_worker_runs_is_read_again(newsroom, story):
    imported = Comment(story=story, state=State.PUBLISHED, text="Daniel Roe")
    newsroom.names_file.unlink()

    assert let_wait([imported]) == 0
    look_anew_under(KEY)

    assert Rereading.objects.exists()


def test_what_is_imported_and_gives_a_name_waits_though_another_is_lost(story, editor):
    lost = NewName(label="her", spellings=("Leyla Osman",))
    protect(lost, story=story.public_id, key=KEY, by=editor, now=rows.NOW)
    ProtectedName.objects.filter(label="her").update(key=b"another")
    ScreeningMark.objects.update(names=fingerprint(ANOTHER))
    texts = ("Daniel Roe", "Thank you.", "Leyla Osman")
    some = [Comment(story=story, state=State.PUBLISHED, text=text) for text in texts]

    assert let_wait(some) == 1

    assert [one.state for one in some] == ["pending", "published", "published"]
    assert bytes(ScreeningMark.objects.get().names) == fingerprint(KEY)


def test_the_worker_sees_that_the_key_went_and_came(newsroom, story):
    named = rows.make_comment(story, state=State.PUBLISHED, screened=1)
    newsroom.names_file.unlink()
    screen_letters(newsroom, seconds=60, today=TODAY)
    assert marked() == []

    newsroom.names_file.write_bytes(KEY)
    screen_letters(newsroom, seconds=60, today=TODAY)

    assert marked() == [named.pk]
