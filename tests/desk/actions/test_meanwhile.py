"""What is committed while the press is writing is shown, or told, at the next slot."""

import json

import pytest
from django.db import connection

from letterdesk import sealing
from letterdesk.desk.actions.collect import collect
from letterdesk.desk.actions.import_undo import undo_import
from letterdesk.desk.actions.pick import pick, unpick
from letterdesk.desk.actions.publish import Publication, publish
from letterdesk.desk.models import Comment, Story
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.letter import LetterKind
from letterdesk.domain.states import Action
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from tests.desk import rows
from tests.desk.failing import Meanwhile
from tests.desk.imported import URL, a_record, take
from tests.desk.published import told
from tests.desk.sent import by_receipt
from tests.values import TODAY, an_id


@pytest.fixture
def press(newsroom, public):
    def run(place: Place = public) -> Publication:
        return publish(place, newsroom=newsroom, today=TODAY)

    return run


def shown(public: Folder, story: Story) -> list[tuple[str, bool]]:
    """Give the texts that the page has, and which are picked."""
    thread = json.loads(public.read(f"t/{story.public_id}/thread.json"))
    return [(one["text"], one["pick"]) for one in thread["comments"]]


@pytest.mark.parametrize(("was", "change"), [(False, pick), (True, unpick)])
def test_a_pick_is_shown_at_the_next_slot(press, public, moderator, editor, was, change):
    story = rows.make_story()
    comment = rows.make_published(story, moderator, 1)
    Comment.objects.update(is_pick=was)

    press(Meanwhile(public, "t/", lambda: change(an_id(1), by=editor, today=TODAY)))
    before = shown(public, story)
    press()

    assert before == [(comment.text, was)]
    assert shown(public, story) == [(comment.text, not was)]
    assert press() == Publication()


def test_imported_comments_are_shown_at_the_next_slot(press, public, db):
    story = rows.make_story(url=URL, changed=True)
    record = a_record(1)

    press(Meanwhile(public, "t/", lambda: take([record])))
    before = shown(public, story)
    press()

    assert (before, shown(public, story)) == ([], [(record.text, False)])
    assert press() == Publication()


def test_comments_of_an_undone_import_are_gone_at_the_next_slot(press, public, db):
    story = rows.make_story(url=URL)
    record = a_record(1)
    run = take([record]).run or 0

    press(Meanwhile(public, "t/", lambda: undo_import(run, today=TODAY)))
    before = shown(public, story)
    press()

    assert (before, shown(public, story)) == ([(record.text, False)], [])
    assert press() == Publication()


def test_an_author_learns_at_the_next_slot_that_her_appeal_is_there(
    transactional_db, press, public, spool, key
):
    comment = rows.make_comment(rows.make_story(), 1)
    rows.move(comment, Action.REJECT, rows.make_person("mina"))
    appeal = by_receipt(LetterKind.APPEAL, 2, 1)

    def appeals() -> None:
        spool.put("batch", pack_batch([sealing.seal(appeal, key.public)]))
        collect(spool, [key], today=TODAY)
        connection.close()  # of this thread

    press(Meanwhile(public, "r/", appeals))
    before = told(public, 1).appeal
    press()

    assert (before, told(public, 1).appeal) == ("", "open")
    assert press() == Publication()
