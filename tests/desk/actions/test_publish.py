import json
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from random import Random
from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.models import F
from msgspec.structs import replace as changed

from letterdesk.desk.actions import publish as publishing
from letterdesk.desk.actions.forget import forget_files
from letterdesk.desk.actions.publish import Publication, publish, publish_story, renew
from letterdesk.desk.actions.rulings import NothingToUndo
from letterdesk.desk.actions.show import clear_ground
from letterdesk.desk.actions.stories import close_story
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    Comment,
    PressFailure,
    PublishedFile,
    Statement,
    Story,
    Tally,
)
from letterdesk.desk.queries import locks
from letterdesk.desk.queries.audit import head, verify
from letterdesk.desk.queries.due import outdated_stories
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.report import DESK_ONLY
from letterdesk.desk.queries.statements import statement_value
from letterdesk.desk.queries.stories import story_value
from letterdesk.desk.queries.threads import thread
from letterdesk.domain import outcome as outcomes
from letterdesk.domain.edit import Cut
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.outcome import Outcome
from letterdesk.domain.states import Action, State
from letterdesk.newsroom.passes import publish_all
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.press.story import story_files
from letterdesk.press.variants import with_variants
from letterdesk.reader.assets import asset
from letterdesk.reader.terms import terms
from letterdesk.settings import Settings, Site
from tests.desk import rows
from tests.desk.databases import IS_POSTGRESQL
from tests.desk.failing import FailingPlace, Killed, killed_at_change
from tests.desk.memory import Memory
from tests.desk.published import everything, readable, told
from tests.desk.rows import CUT, NOW, TEXT, move
from tests.desk.standing import Standing
from tests.processes import PATIENCE
from tests.values import TODAY, an_id


@pytest.fixture
def press(newsroom: Settings, public: Folder):
    """Give what makes one pass of the press, into the public place by default."""

    def run(place: Place = public) -> Publication:
        return publish(place, newsroom=newsroom, today=TODAY)

    return run


def test_an_approved_comment_is_published_and_its_author_told(press, public, moderator):
    story = rows.make_story()
    comment = rows.approve(rows.make_comment(story, 1), moderator)

    done = press()

    comment.refresh_from_db()
    assert (
        comment.state,
        comment.published,
        comment.place,
        comment.acted_version,
        comment.outcome_due,
    ) == ("published", TODAY, 1, 2, False)
    assert (done.stories, done.comments, done.outcomes, done.removed) == (1, 1, 1, 0)
    thread = json.loads(public.read(f"t/{story.public_id}/thread.json"))
    assert [(one["id"], one["text"]) for one in thread["comments"]] == [(an_id(1), TEXT)]
    assert json.loads(public.read("counts.json")) == {"counts": {story.public_id: 1}}
    assert told(public, 1) == Outcome(
        status="published",
        story=story.public_id,
        language="en",
        written_in="en",
        comment=an_id(1),
        text=TEXT,
        decided="2026-11-23",
    )
    assert AuditEntry.objects.latest("number").facts == {
        "what": "published",
        "who": "press",
        "day": "2026-11-23",
        "story": story.public_id,
        "became": {"published": [an_id(1)]},
    }
    end = head()
    assert json.loads(public.read("report/audit.json")) == {
        "number": end.number,
        "digest": end.digest,
    }
    assert json.loads(public.read("report/figures.json")) == {"2026-11": {"published": 1}}


def test_an_edited_comment_shows_its_cut_and_its_author_both_texts(
    press, public, moderator
):
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    move(comment, Action.EDIT, moderator)

    press()

    in_force = terms("en")
    assert "Daniel Roe" not in readable(public)
    assert told(public, 1) == Outcome(
        status="edited",
        story=story.public_id,
        language="en",
        written_in="en",
        comment=an_id(1),
        text=CUT,
        original=TEXT,
        cuts=(Cut(start=44, end=54, note="name removed"),),
        rules=("3",),
        terms=in_force.version,
        statement=in_force.find("3").reason,
        decided="2026-11-23",
        reasons=statement_value(Statement.objects.get()),
    )
    counted = dict(Tally.objects.exclude(kind__in=DESK_ONLY).values_list("kind", "key"))
    assert counted == {
        "edited": "",
        "rule": "3",
        "category": "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "ground": "terms",
        "measure": "cut",
        "source": "own",
    }


def test_a_rejected_comment_is_told_of_and_never_shown(press, public, moderator):
    story = rows.make_story()
    move(rows.make_comment(story, 1), Action.REJECT, moderator, rules=("1",))

    done = press()

    assert (done.comments, done.outcomes) == (1, 1)
    assert "Daniel Roe" not in readable(public)
    assert told(public, 1) == Outcome(
        status="rejected",
        story=story.public_id,
        language="en",
        comment=an_id(1),
        rules=("1",),
        terms=terms("en").version,
        statement=terms("en").find("1").reason,
        decided="2026-11-23",
        reasons=statement_value(Statement.objects.get()),
    )


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.PENDING, "received"),
        (State.HELD, "received"),
        (State.PUBLISHED, "published"),
        (State.REJECTED, "rejected"),
        (State.RETRACTED, "retracted"),
        (State.WITHDRAWN, "withdrawn"),
    ],
)
def test_an_author_learns_the_state_of_her_comment(state, status, press, public, editor):
    story = rows.make_story()
    rows.make_in(state, story, editor)
    number = int(Comment.objects.get().public_id)

    press()

    assert told(public, number).status == status
    shown = "Daniel Roe" in readable(public)
    assert shown == (state is State.PUBLISHED)


def test_a_rejection_that_was_undone_meanwhile_and_stands_is_counted_once(press, moderator):
    comment = rows.make_comment(rows.make_story())
    move(comment, Action.REJECT, moderator)
    press()
    move(comment, Action.RESTORE, moderator)
    undo(comment.public_id, by=moderator, now=NOW)
    before = set(Tally.objects.values_list("kind", "key", "count"))
    rows.make_appeal(comment)
    Comment.objects.update(outcome_due=True)  # as where the appeal is collected

    press()

    assert Comment.objects.filter(acted_version=F("version")).exists()
    assert set(Tally.objects.values_list("kind", "key", "count")) == before


def test_a_rejected_comment_that_waits_again_is_as_if_undecided(press, public, moderator):
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    move(comment, Action.REJECT, moderator)
    press()
    move(comment, Action.RESTORE, moderator)

    done = press()

    assert told(public, 1) == outcomes.RECEIVED
    assert list(public.list("r")) == []
    assert done.removed == 1
    assert AuditEntry.objects.latest("number").facts["became"] == {"reopened": [an_id(1)]}


def test_a_retracted_comment_leaves_a_gap_above_its_replies(press, public, moderator):
    story = rows.make_story()
    comment = rows.make_comment(story, 1, is_pick=True)
    reply = rows.make_comment(story, 2, reply_to=comment, text="He was my teacher.")
    rows.approve(comment, moderator)
    rows.approve(reply, moderator)
    press()
    assert "Daniel Roe" in readable(public)

    move(comment, Action.RETRACT, moderator)
    press()

    text = readable(public)
    assert "Daniel Roe" not in text
    assert "He was my teacher." in text
    thread = json.loads(public.read(f"t/{story.public_id}/thread.json"))
    found = [
        (one["id"], one["gone"], one["language"], one["pick"]) for one in thread["comments"]
    ]
    assert found == [(an_id(1), True, "", False), (an_id(2), False, "en", False)]
    assert json.loads(public.read("counts.json"))["counts"] == {story.public_id: 1}

    move(comment, Action.RESTORE, moderator)
    press()

    assert "Daniel Roe" in readable(public)
    assert Tally.objects.get(kind="published").count == 2


def test_an_outcome_that_becomes_shorter_leaves_no_part_behind(press, public, moderator):
    story = rows.make_story()
    chance = Random(1)  # noqa: S311 -- repeatable, and not to be compressed
    words = "".join(chr(chance.randrange(0xAC00, 0xD7A3)) for _ in range(4000))
    comment = rows.make_comment(story, 1, text=f"{words} Daniel Roe")
    move(comment, Action.EDIT, moderator, text=f"{words} [name removed]")
    press()
    parts = Comment.objects.get().outcome_parts
    assert parts > 1
    assert len(list(public.list("r"))) == parts
    assert told(public, 1).original == f"{words} Daniel Roe"

    move(comment, Action.RETRACT, moderator)
    press()

    assert len(list(public.list("r"))) == Comment.objects.get().outcome_parts == 1
    assert told(public, 1).status == "retracted"


def test_a_run_in_which_nothing_changed_writes_nothing(press, public, moderator):
    story = rows.make_story()
    rows.approve(rows.make_comment(story, 1), moderator)
    press()
    before, logged = everything(public), AuditEntry.objects.count()

    done = press(FailingPlace(public, at=1))

    assert done == Publication()
    assert everything(public) == before
    assert AuditEntry.objects.count() == logged


def test_a_comment_that_is_not_decided_changes_no_story(press, public, moderator):
    story = rows.make_story()
    press()
    rows.make_comment(story, 1)
    move(rows.make_comment(story, 2), Action.HOLD, moderator)

    done = press()

    assert (done.stories, done.comments, done.outcomes) == (0, 0, 0)
    assert "Daniel Roe" not in readable(public)


def test_a_thread_goes_on_after_its_last_place_in_an_order_of_chance(
    press, newsroom, moderator
):
    story = rows.make_story()
    first = [rows.approve(rows.make_comment(story), moderator) for _ in range(8)]
    press()
    later = [rows.approve(rows.make_comment(story), moderator) for _ in range(8)]
    press()

    places = dict(Comment.objects.values_list("pk", "place"))
    assert sorted(places[one.pk] for one in first) == list(range(1, 9))
    assert sorted(places[one.pk] for one in later) == list(range(9, 17))
    orders = [[places[one.pk] for one in part] for part in (first, later)]
    assert any(order != sorted(order) for order in orders)


def test_a_decision_that_can_still_be_undone_never_shows(
    newsroom, public, press, moderator
):
    story = rows.make_story()
    shown = rows.make_published(story, moderator, 1)
    hidden = rows.make_published(story, moderator, 2)
    Comment.objects.filter(pk=hidden.pk).update(text="He fled to Harbour Lane.")
    move(hidden, Action.RETRACT, moderator)
    press()
    move(shown, Action.RETRACT, moderator)
    move(hidden, Action.RESTORE, moderator)
    rows.approve(rows.make_comment(story, 3, text="Too early for this."), moderator)

    publish_story(story.public_id, public, newsroom=newsroom, today=TODAY)

    text = readable(public)
    assert "Daniel Roe" in text
    assert "Harbour Lane" not in text
    assert "Too early" not in text

    press()

    text = readable(public)
    assert "Daniel Roe" not in text
    assert "Harbour Lane" in text
    assert "Too early" in text


def test_a_story_is_published_at_once_without_acting_on_anything(
    newsroom, public, moderator
):
    story = rows.make_story(changed=True)
    comment = rows.approve(rows.make_comment(story), moderator)

    done = publish_story(story.public_id, public, newsroom=newsroom, today=TODAY)

    comment.refresh_from_db()
    assert (done.stories, done.comments) == (1, 0)
    assert (comment.state, comment.acted_version) == ("approved", 1)
    facts = json.loads(public.read(f"t/{story.public_id}/story.json"))
    assert facts["open"] is True
    close_story(story.public_id, today=TODAY)
    publish_story(story.public_id, public, newsroom=newsroom, today=TODAY)
    facts = json.loads(public.read(f"t/{story.public_id}/story.json"))
    assert facts["open"] is False
    with pytest.raises(NotFound):
        publish_story(an_id(77), public, newsroom=newsroom, today=TODAY)


_WORDS = [f"{verb} words of the thread" for verb in ("old", "new", "cut", "bad")]
_STEP = 3  # kills are shared among so many tests, and these among workers
# What a pass leaves half-done lies in files as well as in rows: every kill is tried on
# SQLite, every third on PostgreSQL, where only the rows are others.
_FIRST = range(1, 2 if IS_POSTGRESQL else 1 + _STEP)


@pytest.fixture
def standing(newsroom, public, press, quick_disk, moderator, tmp_path) -> Standing:
    """A story in which a pass has everything to do: hide, show, cut, turn down, tell."""
    story = rows.make_story()
    old = rows.make_published(story, moderator, 10)
    Comment.objects.filter(pk=old.pk).update(text=_WORDS[0])
    press()
    move(old, Action.RETRACT, moderator)
    new, cut, bad = (rows.make_comment(story, 10 + at, text=_WORDS[at]) for at in (1, 2, 3))
    rows.approve(new, moderator)
    move(cut, Action.EDIT, moderator, text="cut words of [place removed]")
    move(bad, Action.REJECT, moderator)
    return Standing.of(public.root, kept=tmp_path / "kept")


class FailingFolder(Folder):
    """A folder at whose `left[0]`-th change the process dies."""

    left = [0]

    def put(self, name: str, raw: bytes) -> None:
        self._count()
        super().put(name, raw)

    def remove(self, name: str) -> None:
        self._count()
        super().remove(name)

    def _count(self) -> None:
        self.left[0] -= 1
        if not self.left[0]:
            raise Killed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", _FIRST)
@pytest.mark.parametrize("action", [None, Action.RETRACT])
def test_killed_at_any_write_the_next_pass_finishes(
    action, first, standing, newsroom, public, press, moderator
):
    """Readers never see what could still be undone, and in the end see what is right."""
    for number in count(first, _STEP):
        standing.bring_back()
        story = Story.objects.get()

        killed = _killed_at(number, press, public)
        new = Comment.objects.get(public_id=an_id(11))
        if _WORDS[1] in readable(public, f"t/{story.public_id}") or not killed:
            with pytest.raises(NothingToUndo):
                undo(new.public_id, by=moderator, now=NOW)
        if action and new.state == State.APPROVED:
            undo(new.public_id, by=moderator, now=NOW)
        elif action:
            move(new, action, moderator)
        new.refresh_from_db()
        press()

        _assert_all_is_right(story, newsroom, public)
        text = readable(public, f"t/{story.public_id}")
        shown = [one in text for one in _WORDS]
        assert shown == [False, action is None, False, False]
        statuses = [told(public, 10 + at).status for at in range(4)]
        assert statuses == ["retracted", _STATUS[new.state], "edited", "rejected"]
        assert press(FailingPlace(public, at=1)) == Publication()
        if not killed:
            break
    assert number > 15


_STATUS = {
    State.PENDING: "received",
    State.APPROVED: "published",  # by the pass that finished
    State.PUBLISHED: "published",
    State.RETRACTED: "retracted",
}


def _killed_at(number: int, press: Callable[[Place], Publication], public: Folder) -> bool:
    FailingFolder.left[0] = number
    try:
        press(FailingFolder(root=public.root))
    except Killed:
        return True
    return False


def _assert_all_is_right(story: Story, newsroom: Settings, public: Folder) -> None:
    """The thread's files are those of a thread that was never interrupted."""
    story.refresh_from_db()
    files = story_files(
        story_value(story),
        thread(story),
        site=newsroom.site,
        terms=terms("en"),
        per_page=newsroom.press.comments_per_page,
        slot_minutes=newsroom.press.slot_minutes,
    )
    wanted = dict(sorted(with_variants(files).items()))
    its_address = [name for name in wanted if name.startswith("u/")]
    lie_there = [*public.list(f"t/{story.public_id}"), *its_address]
    assert {name: public.read(name) for name in sorted(lie_there)} == wanted
    assert not PublishedFile.objects.filter(digest="").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", _FIRST)
def test_killed_at_any_change_of_a_row_the_next_pass_finishes(
    first, standing, newsroom, public, press
):
    killed = True
    for number in count(first, _STEP):
        standing.bring_back()
        story = Story.objects.get()

        try:
            with killed_at_change(number):
                press()
            killed = False
        except Killed:
            states = dict(Comment.objects.values_list("text", "state"))
            text = readable(public, f"t/{story.public_id}")
            assert states[_WORDS[1]] == "published" or _WORDS[1] not in text
        press()

        _assert_all_is_right(story, newsroom, public)
        statuses = [told(public, 10 + at).status for at in range(4)]
        assert statuses == ["retracted", "published", "edited", "rejected"]
        assert Tally.objects.get(kind="edited").count == 1
        assert press(FailingPlace(public, at=1)) == Publication()
        assert verify() is None
        if not killed:
            break
    assert number > 30


def test_a_place_without_files_is_told_no_variants(press, moderator):
    story = rows.make_story()
    rows.approve(rows.make_comment(story), moderator)
    place = Memory()

    press(place)

    assert not [name for name in place.files if name.endswith((".br", ".gz"))]
    assert f"t/{story.public_id}/index.html" in place.files


def test_a_sensitive_comment_with_one_approval_is_not_published_whatever_happened(
    press, public, moderator
):
    story = rows.make_story()
    comment = rows.approve(rows.make_comment(story, 1), moderator)
    Story.objects.update(risk="sensitive")

    done = press()

    comment.refresh_from_db()
    assert (done.comments, comment.state) == (0, "approved")
    assert "Daniel Roe" not in readable(public)


def test_the_words_of_a_withdrawn_comment_are_gone(
    transactional_db, newsroom, press, public
):
    person = rows.make_person("mina")
    story = rows.make_story()
    marker = "Seven lanterns hung at the harbour mouth"
    others = [rows.make_comment(story, text=f"{n} " * 400) for n in range(20)]
    comment = rows.make_comment(
        story, 1, text=marker, name=f"{marker} too", statement=marker
    )
    Appeal.objects.create(
        public_id=an_id(5), comment=comment, lookup="", text=marker, arrived=TODAY
    )
    rows.move(comment, Action.APPROVE, person, note=marker)
    for other in others:
        rows.approve(other, person)
    press()
    assert marker in readable(public)
    assert marker in _database_bytes()
    _withdraw(comment)

    press()

    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.name, bytes(comment.salt)) == (
        "withdrawn",
        "",
        "",
        b"",
    )
    assert Appeal.objects.values_list("text", "is_open").get() == ("", False)
    assert marker not in readable(public)
    assert told(public, 1) == Outcome(
        status="withdrawn",
        story=story.public_id,
        language="en",
        comment=an_id(1),
        decided="2026-11-23",
    )
    if connection.vendor == "sqlite":
        assert marker not in _database_bytes()


def test_the_grounds_of_a_withdrawn_comment_are_gone(transactional_db, newsroom, press):
    comment = rows.make_comment(rows.make_story(), 1)
    rows.move(comment, Action.REJECT, rows.make_person("mina"), rules=("3",))
    Statement.objects.update(explanation="You name Ann Roe.", law="Ann Roe v. River Post")
    _withdraw(comment)

    press()

    assert Statement.objects.values_list("explanation", "law").get() == ("", "")


@pytest.mark.parametrize("others", [3, 300])
def test_publishing_one_thread_costs_the_same_whatever_else_there_is(
    others, db, newsroom, public, moderator, django_assert_num_queries
):
    publish(public, newsroom=newsroom, today=TODAY)
    for number in range(2, others + 2):
        rows.make_comment(rows.make_story(number), text="Another one.")
    story = rows.make_story()
    rows.approve(rows.make_comment(story, 99_999), moderator)

    with django_assert_num_queries(_QUERIES):
        done = publish(public, newsroom=newsroom, today=TODAY)

    assert (done.stories, done.comments, done.outcomes) == (1, 1, 1)


_QUERIES = 83 if IS_POSTGRESQL else 81  # PostgreSQL is asked for its lock


def test_another_name_of_the_site_is_written_into_every_page(press, newsroom, public, db):
    story = rows.make_story()
    press()
    renamed = changed(newsroom, site=Site(name="The Tidewater Post"))

    publish(public, newsroom=renamed, today=TODAY)
    before = public.read(f"t/{story.public_id}/index.html")
    done = renew(outdated_stories(), public, newsroom=renamed, today=TODAY)

    assert b"The Tidewater Post" not in before
    for name in ("index.html", f"t/{story.public_id}/index.html", "rules/index.html"):
        assert b"The Tidewater Post" in public.read(name)
    assert (done.renewed, done.stories, outdated_stories()) == (1, 0, [])
    assert done.files > 0


def test_a_changed_thread_goes_before_pages_of_an_earlier_version(
    press, newsroom, public, moderator
):
    stories = [rows.make_story(number) for number in (1, 2, 3)]
    press()
    renamed = changed(newsroom, site=Site(name="The Tidewater Post"))
    rows.approve(rows.make_comment(stories[1], 1), moderator)

    publish(public, newsroom=renamed, today=TODAY)

    is_new = [
        b"The Tidewater Post" in public.read(f"t/{story.public_id}/index.html")
        for story in stories
    ]
    assert is_new == [False, True, False]
    assert outdated_stories() == [stories[0].pk, stories[2].pk]
    assert outdated_stories(1) == [stories[0].pk]


def test_renewing_acts_on_no_decision(press, newsroom, public, moderator):
    story = rows.make_story()
    press()
    publish(public, newsroom=changed(newsroom, site=Site(name="Other")), today=TODAY)
    comment = rows.approve(rows.make_comment(story, 1), moderator)

    renew(outdated_stories(), public, newsroom=newsroom, today=TODAY)

    comment.refresh_from_db()
    assert comment.state == State.APPROVED
    assert rows.TEXT not in readable(public)


def test_renewing_that_is_stopped_goes_on_where_it_was(press, newsroom, public, db):
    _, second, third = [rows.make_story(number) for number in range(3)]
    press()
    renamed = changed(newsroom, site=Site(name="The Tidewater Post"))
    publish(public, newsroom=renamed, today=TODAY)

    class Full(FailingPlace):
        is_full = False

        def put(self, name: str, raw: bytes) -> None:
            self.is_full = self.is_full or second.public_id in name
            if self.is_full:
                raise PlaceFailed("The disk is full.")
            super().put(name, raw)

    with pytest.raises(PlaceFailed):
        renew(outdated_stories(), Full(public, at=-1), newsroom=renamed, today=TODAY)
    left = outdated_stories()
    done = renew(left, public, newsroom=renamed, today=TODAY)

    assert left == [second.pk, third.pk]
    assert (done.renewed, done.failed, outdated_stories()) == (2, (), [])


def test_what_pages_link_to_is_there_before_they_are(press, public, db):
    story = rows.make_story()
    put: list[str] = []

    class Noting(FailingPlace):
        def put(self, name: str, raw: bytes) -> None:
            put.append(name)
            super().put(name, raw)

    press(Noting(public, at=-1))

    page = put.index(f"t/{story.public_id}/index.html")
    linked = [put.index(asset("reader.css")), put.index("rules/en/index.html")]
    assert max(linked) < page < put.index("index.html")


def test_a_public_place_that_was_lost_is_written_anew(press, public, moderator):
    story = rows.make_story()
    rows.approve(rows.make_comment(story, 1), moderator)
    move(rows.make_comment(story, 2), Action.REJECT, moderator)
    press()
    before = everything(public)
    for name in before:
        public.remove(name)
    assert press() == Publication()

    forget_files()
    done = press()

    assert everything(public) == before
    assert (done.stories, done.comments, done.outcomes) == (1, 0, 2)
    assert dict(Tally.objects.values_list("kind", "count"))["published"] == 1


def test_what_an_earlier_version_left_goes_once_every_page_is_made_anew(
    press, newsroom, public, moderator
):
    story = rows.make_story()
    rows.approve(rows.make_comment(story), moderator)
    press()
    public.put("assets/old-1f2e.css", b"body {}")
    PublishedFile.objects.create(path="assets/old-1f2e.css", digest="1f2e")
    press()
    is_kept = "assets/old-1f2e.css" in everything(public)
    forget_files()
    PressFailure.objects.create(story=story, part="page", why="disk", since=TODAY)
    clear_ground(place=public)
    is_kept_for_a_page = "assets/old-1f2e.css" in everything(public)

    press()

    assert (is_kept, is_kept_for_a_page) == (True, True)
    assert "assets/old-1f2e.css" not in everything(public)
    assert not PublishedFile.objects.filter(digest="").exists()


def test_a_story_that_changes_while_it_is_written_is_written_again(
    press, newsroom, public, db
):
    story = rows.make_story(changed=True)

    class Changing(FailingPlace):
        def put(self, name: str, raw: bytes) -> None:
            Story.objects.update(headline="Another headline", changed=True)
            super().put(name, raw)

    press(Changing(public, at=-1))
    story.refresh_from_db()
    assert story.changed

    press()

    story.refresh_from_db()
    assert not story.changed
    assert b"Another headline" in public.read(f"t/{story.public_id}/index.html")


def test_a_decision_while_the_outcome_is_written_is_not_lost(
    transactional_db, press, public
):
    moderator = rows.make_person("mina")
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    rows.approve(comment, moderator)

    class Deciding(FailingPlace):
        def put(self, name: str, raw: bytes) -> None:
            super().put(name, raw)
            if name.startswith("r/"):
                move(comment, Action.RETRACT, moderator)
                connection.close()  # of this thread

    press(Deciding(public, at=-1))
    comment.refresh_from_db()
    assert (comment.state, comment.outcome_due) == ("retracted", True)
    assert told(public, 1).status == "published"

    press()

    assert told(public, 1).status == "retracted"
    assert "Daniel Roe" not in readable(public)


@pytest.mark.django_db(transaction=True)
def test_two_presses_do_not_work_at_once(newsroom, monkeypatch, tmp_path):
    monkeypatch.setattr(locks, "_LONGEST", 0.0)
    ended: list[str] = []

    def second() -> None:
        try:
            publish(Memory(), newsroom=newsroom, today=TODAY)
            ended.append("published")
        except locks.PressBusy as error:
            ended.append(error.code)
        finally:
            connection.close()

    with locks.press_lock(newsroom):
        held_off = Thread(target=second)
        held_off.start()
        held_off.join(timeout=PATIENCE)
    alone = Thread(target=second)
    alone.start()
    alone.join(timeout=PATIENCE)

    assert ended == ["press-busy", "published"]


@pytest.mark.django_db(transaction=True)
def test_who_finds_the_press_at_work_lets_it_end_before_all_is_written_anew(
    newsroom, press, monkeypatch
):
    monkeypatch.setattr(locks, "_LONGEST", 0.0)
    rows.make_story(changed=True)
    press()
    known = list(PublishedFile.objects.order_by("path").values_list("path", "digest"))
    ended: list[str] = []

    def anew() -> None:
        try:
            publish_all(newsroom, today=TODAY)
        except locks.PressBusy as error:
            ended.append(error.code)
        finally:
            connection.close()

    with locks.press_lock(newsroom):
        other = Thread(target=anew)
        other.start()
        other.join(timeout=PATIENCE)

    found = PublishedFile.objects.order_by("path").values_list("path", "digest")
    assert (ended, list(found)) == (["press-busy"], known)
    assert not Story.objects.get().changed


def test_another_public_place_gets_every_file(newsroom, press, public, moderator, tmp_path):
    rows.approve(rows.make_comment(rows.make_story(), 1), moderator)
    press()
    elsewhere = Folder(root=tmp_path / "elsewhere")
    elsewhere.root.mkdir()
    moved = changed(newsroom, places=changed(newsroom.places, public=str(elsewhere.root)))

    done = publish(elsewhere, newsroom=moved, today=TODAY)
    again = publish(elsewhere, newsroom=moved, today=TODAY)

    assert everything(elsewhere) == everything(public)
    assert (done.stories, done.outcomes, done.comments) == (1, 1, 0)
    assert again == Publication()


def test_the_fingerprint_is_of_software_and_site_only(newsroom):
    same = changed(newsroom, worker=changed(newsroom.worker, collect_seconds=99))
    other = changed(newsroom, press=changed(newsroom.press, comments_per_page=7))

    prints = [publishing.fingerprint(one) for one in (newsroom, same, other)]

    assert prints[0] == prints[1] != prints[2]


def _withdraw(comment: Comment) -> None:
    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)


def _database_bytes() -> str:
    if connection.vendor != "sqlite":
        return "\n".join(Comment.objects.values_list("text", flat=True))
    file = str(connection.settings_dict["NAME"])
    raw = b""
    for ending in ("", "-wal", "-journal"):
        try:
            with open(file + ending, "rb") as opened:  # noqa: PTH123
                raw += opened.read()
        except FileNotFoundError:
            continue
    return raw.decode("latin-1")


def test_publications_add_up():
    one = Publication(stories=1, comments=2, outcomes=3, files=4, removed=5, renewed=6)

    assert one + one == Publication(
        stories=2, comments=4, outcomes=6, files=8, removed=10, renewed=12
    )
    assert replace(one, stories=0) != one
