import errno
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from letterdesk import sealing
from letterdesk.desk.actions import show, take_in
from letterdesk.desk.actions.collect import Collected, collect
from letterdesk.desk.actions.publish import (
    Publication,
    publish,
    publish_story,
    remove,
    renew,
)
from letterdesk.desk.actions.take_in import SpoolUnread
from letterdesk.desk.models import Comment, Story, Tally, Unopened
from letterdesk.desk.queries.people import Person
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.states import Action
from letterdesk.places import inbox
from letterdesk.places.folder import Folder
from letterdesk.sealing import PrivateKey
from letterdesk.serving import rounds
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.rows import TEXT
from tests.values import TODAY, a_letter, an_id


@pytest.fixture
def keyed(newsroom: Settings, key: PrivateKey) -> Settings:
    """A newsroom whose key opens what is sealed to `key`."""
    file = newsroom.private_keys
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(sealing.private_file([key]))
    return newsroom


def withdrawal(of: Comment, key: PrivateKey, *, number: int) -> bytes:
    """Give a batch in which the author of comment `number` takes it back."""
    keys = rows.receipt(number)
    letter = Letter(
        id=an_id(500),
        kind=LetterKind.WITHDRAWAL,
        arrived=TODAY,
        lookup=keys.lookup,
        action_key=keys.action_key,
    )
    assert of.lookup == letter.lookup
    return pack_batch([sealing.seal(letter, key.public)])


def readable(public: Folder) -> str:
    return "\n".join(
        public.read(name).decode(errors="replace") for name in public.list("t")
    )


def without(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the disk give nothing under `name`; give what will be asked for."""
    read, tried = inbox.read_plain, []

    def read_plain(path: Path, **options: Any) -> bytes:
        tried.append(path.name)
        if path.name == name:
            raise OSError(errno.EIO, "Input/output error")
        return read(path, **options)

    monkeypatch.setattr(inbox, "read_plain", read_plain)
    return tried


def test_an_approved_letter_that_was_taken_back_a_moment_ago_is_never_published(
    keyed, spool, public, key, moderator
):
    comment = rows.approve(rows.make_comment(rows.make_story(), 1), moderator)
    spool.put("batch-1", withdrawal(comment, key, number=1))

    publish(public, newsroom=keyed, today=TODAY)

    comment.refresh_from_db()
    assert (comment.state, comment.published, comment.place) == ("withdrawn", None, None)
    assert TEXT not in readable(public)
    assert list(spool.list()) == []


def while_pages_are_made(
    happens: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let something happen once, when the first page of a story is made."""
    make, waits = show.story_files, [happens]

    def story_files(*values: Any, **options: Any) -> dict[str, bytes]:
        if waits:
            waits.pop()()
        return make(*values, **options)

    monkeypatch.setattr(show, "story_files", story_files)


def test_one_that_is_taken_back_while_its_page_is_made_is_in_no_file_that_is_put(
    keyed, spool, public, key, moderator, monkeypatch
):
    story, written, put = rows.make_story(), list[bytes](), Folder.put
    hers = rows.approve(rows.make_comment(story, 1, text="Not this one."), moderator)
    rows.approve(rows.make_comment(story, 2), moderator)
    batch = withdrawal(hers, key, number=1)
    while_pages_are_made(lambda: spool.put("batch-1", batch), monkeypatch)

    def noted(place: Folder, name: str, raw: bytes) -> None:
        written.append(raw)
        put(place, name, raw)

    monkeypatch.setattr(Folder, "put", noted)
    done = publish(public, newsroom=keyed, today=TODAY)

    hers.refresh_from_db()
    assert hers.state == "withdrawn"
    assert TEXT in readable(public)
    assert not [raw for raw in written if b"Not this one." in raw]
    assert (done.comments, done.failed) == (3, ())


def test_what_cannot_be_seen_any_more_while_a_page_is_made_keeps_the_page_back(
    keyed, spool, public, key, moderator, monkeypatch
):
    comment = rows.approve(rows.make_comment(rows.make_story(), 1), moderator)
    elsewhere = keyed.folder / "elsewhere"
    while_pages_are_made(lambda: spool.root.rename(elsewhere), monkeypatch)

    (failed,) = publish(public, newsroom=keyed, today=TODAY).failed
    before = readable(public)
    elsewhere.rename(spool.root)
    spool.put("batch-1", withdrawal(comment, key, number=1))
    again = publish(public, newsroom=keyed, today=TODAY)

    assert "spool-unread" in failed.why
    assert TEXT not in before + readable(public)
    assert again.failed == ()


@pytest.fixture
def untold(keyed, public, moderator, monkeypatch) -> Comment:
    """A letter that the press has published in the database, but whose page failed."""
    story = rows.make_story()
    shown = rows.approve(rows.make_comment(story, 2), moderator)
    publish(public, newsroom=keyed, today=TODAY)
    hers = rows.approve(rows.make_comment(story, 1, text="Not this one."), moderator)
    fail_the_next_page(monkeypatch)
    (failed,) = publish(public, newsroom=keyed, today=TODAY).failed
    hers.refresh_from_db()
    shown.refresh_from_db()
    assert (failed.part, hers.state, shown.state) == ("page", "published", "published")
    return hers


def fail_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError

    while_pages_are_made(fail, monkeypatch)


def test_one_whose_page_failed_before_can_be_taken_back_while_it_is_made_again(
    untold, keyed, spool, public, key, monkeypatch
):
    batch = withdrawal(untold, key, number=1)
    while_pages_are_made(lambda: spool.put("batch-1", batch), monkeypatch)

    done = publish(public, newsroom=keyed, today=TODAY)

    untold.refresh_from_db()
    assert (untold.state, untold.awaits_page, done.failed) == ("withdrawn", False, ())
    assert TEXT in readable(public)
    assert "Not this one." not in readable(public)


def test_what_somebody_else_collects_while_its_page_is_made_is_seen_there(
    keyed, spool, public, key, moderator, monkeypatch
):
    hers = rows.approve(
        rows.make_comment(rows.make_story(), 1, text="Not this one."), moderator
    )
    batch = withdrawal(hers, key, number=1)

    def worker() -> None:
        spool.put("batch-1", batch)
        collect(spool, [key], today=TODAY)

    while_pages_are_made(worker, monkeypatch)
    publish(public, newsroom=keyed, today=TODAY)

    assert "Not this one." not in readable(public)


def open_or_close(story: Story, public: Folder, newsroom: Settings) -> Publication:
    return publish_story(story.public_id, public, newsroom=newsroom, today=TODAY)


def renew_it(story: Story, public: Folder, newsroom: Settings) -> Publication:
    return renew([story.pk], public, newsroom=newsroom, today=TODAY)


def remove_another(story: Story, public: Folder, newsroom: Settings) -> Publication:
    others = story.comments.filter(text=TEXT).values_list("pk", flat=True)
    rows.withdraw(list(others), today=TODAY)
    return remove(public, newsroom=newsroom, today=TODAY)


@pytest.mark.parametrize("between_slots", [open_or_close, renew_it, remove_another])
def test_one_whose_page_failed_is_on_no_page_that_is_made_between_slots(
    between_slots, untold, keyed, spool, public
):
    story = untold.story

    done = between_slots(story, public, keyed)
    before, told = readable(public), Comment.objects.get(pk=untold.pk).outcome_due
    publish(public, newsroom=keyed, today=TODAY)
    after = readable(public)
    again = open_or_close(story, public, keyed)

    assert done.files > 0 or between_slots is not remove_another
    assert ("Not this one." in before, told) == (False, True)
    assert "Not this one." in after
    assert (readable(public), again.files) == (after, 0)


@pytest.mark.parametrize("between_slots", [open_or_close, renew_it, remove_another])
def test_one_that_is_taken_back_before_its_page_is_made_again_is_never_published(
    between_slots, untold, keyed, spool, public, key
):
    spool.put("batch-1", withdrawal(untold, key, number=1))

    between_slots(untold.story, public, keyed)
    before = readable(public)
    publish(public, newsroom=keyed, today=TODAY)

    assert "Not this one." not in before + readable(public)


def test_one_that_is_cut_before_any_page_shows_it_waits_for_its_slot_with_its_outcome(
    untold, keyed, public, moderator
):
    rows.move(untold, Action.EDIT, moderator, text="Not this […]")

    remove(public, newsroom=keyed, today=TODAY)
    before = (readable(public), Comment.objects.get(pk=untold.pk).outcome_parts)
    publish(public, newsroom=keyed, today=TODAY)

    assert ("Not this" in before[0], before[1]) == (False, 0)
    assert "Not this" in readable(public)
    assert Comment.objects.get(pk=untold.pk).outcome_parts > 0


def test_one_that_is_put_back_stays_a_gap_until_a_slot_has_its_page(
    keyed, public, moderator, colleague, monkeypatch
):
    story = rows.make_story()
    hers = rows.approve(rows.make_comment(story, 1, text="Not this one."), moderator)
    answer = rows.make_comment(story, 2, reply_to=hers)
    rows.approve(answer, moderator)
    publish(public, newsroom=keyed, today=TODAY)
    hers = rows.move(hers, Action.RETRACT, moderator)
    publish(public, newsroom=keyed, today=TODAY)
    rows.move(hers, Action.RESTORE, colleague)
    fail_the_next_page(monkeypatch)
    publish(public, newsroom=keyed, today=TODAY)

    open_or_close(story, public, keyed)
    before = threads_in(public)
    publish(public, newsroom=keyed, today=TODAY)

    assert before == [{hers.public_id: True, answer.public_id: False}]
    assert threads_in(public) == [{hers.public_id: False, answer.public_id: False}]


def threads_in(public: Folder) -> list[dict[str, bool]]:
    """Give for each thread which of its comments are gaps."""
    names = [name for name in public.list("t") if name.endswith("/thread.json")]
    found = [json.loads(public.read(name)) for name in names]
    return [{one["id"]: one["gone"] for one in read["comments"]} for read in found]


def test_one_that_did_not_open_before_is_tried_again(keyed, spool, public, key, moderator):
    comment = rows.approve(rows.make_comment(rows.make_story(), 1), moderator)
    raw = withdrawal(comment, key, number=1)
    keyed.private_keys.write_bytes(sealing.private_file([sealing.new_key()]))
    spool.put("batch-1", raw)
    publish(public, newsroom=keyed, today=TODAY)
    before = Unopened.objects.count()
    keyed.private_keys.write_bytes(sealing.private_file([key]))

    publish(public, newsroom=keyed, today=TODAY)

    comment.refresh_from_db()
    assert (before, Unopened.objects.count(), comment.state) == (1, 0, "withdrawn")


@pytest.mark.parametrize("lost", ["spool", "key"])
def test_a_press_that_cannot_see_withdrawals_says_so_and_publishes_nothing_new(
    lost, keyed, spool, public, key, moderator
):
    comment = rows.approve(rows.make_comment(rows.make_story(), 1), moderator)
    spool.put("batch-1", withdrawal(comment, key, number=1))
    hidden = spool.root if lost == "spool" else keyed.private_keys
    hidden.rename(keyed.folder / "elsewhere")

    with pytest.raises(SpoolUnread, match=r"Nothing new was published.+ taken it back"):
        publish(public, newsroom=keyed, today=TODAY)

    comment.refresh_from_db()
    assert (comment.state, list(public.list())) == ("approved", [])


def test_a_batch_that_cannot_be_read_hides_no_other_from_the_press(
    keyed, spool, public, key, moderator, monkeypatch
):
    story = rows.make_story()
    hers = rows.approve(rows.make_comment(story, 1), moderator)
    other = rows.approve(rows.make_comment(story, 2), moderator)
    spool.put("broken", b"who knows what was in it")
    spool.put("zzz", withdrawal(hers, key, number=1))
    without("broken", monkeypatch)

    with pytest.raises(SpoolUnread, match=r"Nothing new was published.+ broken"):
        publish(public, newsroom=keyed, today=TODAY)

    hers.refresh_from_db()
    other.refresh_from_db()
    assert (hers.state, other.state) == ("withdrawn", "approved")
    assert TEXT not in readable(public)


def test_in_a_backlog_it_is_seen_what_was_taken_back_and_the_rest_stays(
    keyed, spool, public, key, moderator, monkeypatch
):
    monkeypatch.setattr(take_in, "_BEFORE_A_SLOT", 0)
    story = rows.make_story()
    hers = rows.approve(rows.make_comment(story, 1), moderator)
    other = rows.approve(rows.make_comment(story, 2), moderator)
    new = sealing.seal(a_letter(id=an_id(400), story=story.public_id), key.public)
    for name in ("a", "b"):
        spool.put(name, pack_batch([new]))
    spool.put("c", withdrawal(hers, key, number=1))

    publish(public, newsroom=keyed, today=TODAY)
    left = sorted(spool.list())
    after = collect(spool, [key], today=TODAY)

    hers.refresh_from_db()
    other.refresh_from_db()
    assert (hers.state, hers.published, other.state) == ("withdrawn", None, "published")
    assert left == ["b", "c"]
    assert after == Collected(batches=2, repeated=2)


def test_what_a_backlog_takes_back_goes_though_the_rest_of_it_cannot_be_read(
    keyed, spool, public, key, moderator, monkeypatch
):
    story = rows.make_story()
    shown = rows.approve(rows.make_comment(story, 1), moderator)
    publish(public, newsroom=keyed, today=TODAY)
    before = readable(public)
    other = rows.approve(rows.make_comment(story, 2), moderator)
    monkeypatch.setattr(take_in, "_BEFORE_A_SLOT", 0)
    spool.put("a", pack_batch([]))
    spool.put("b", withdrawal(shown, key, number=1))
    spool.put("broken", b"who knows what was in it")
    spool.put("zzz", pack_batch([]))
    tried = without("broken", monkeypatch)

    with pytest.raises(SpoolUnread, match=r"Nothing new was published.+ broken"):
        publish(public, newsroom=keyed, today=TODAY)

    other.refresh_from_db()
    assert TEXT in before
    assert TEXT not in readable(public)
    assert other.state == "approved"
    assert tried == ["a", "b", "broken"]


def test_a_press_that_can_read_the_spool_but_not_remove_from_it_publishes(
    keyed, spool, public, key, moderator, monkeypatch
):
    comment = rows.approve(rows.make_comment(rows.make_story(), 1), moderator)
    spool.put("a", pack_batch([]))

    def refuse(*_: object) -> None:
        raise PlaceFailed("Could not remove a: Read-only file system.")

    monkeypatch.setattr(Folder, "remove_all", refuse)

    publish(public, newsroom=keyed, today=TODAY)

    comment.refresh_from_db()
    assert (comment.state, list(spool.list())) == ("published", ["a"])


def test_letters_that_the_press_takes_in_count_to_their_hour(keyed, spool, public, key, db):
    story = rows.make_story()
    sealed = sealing.seal(a_letter(story=story.public_id), key.public)
    spool.put("batch", pack_batch([sealed]))

    publish(public, newsroom=keyed, today=TODAY, hour=7)

    assert list(Tally.objects.filter(kind="hour").values_list("key", "count")) == [
        ("07 letters", 1)
    ]


def test_an_empty_spool_asks_for_no_key(
    newsroom: Settings, public: Folder, moderator: Person
) -> None:
    rows.approve(rows.make_comment(rows.make_story(), 1), moderator)

    done = publish(public, newsroom=newsroom, today=TODAY)

    assert not newsroom.private_keys.exists()
    assert (done.comments, done != Publication()) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_day_and_hour_of_a_slot_are_of_one_moment(keyed, spool, key, monkeypatch):
    story = rows.make_story()
    sealed = sealing.seal(a_letter(story=story.public_id), key.public)
    spool.put("batch", pack_batch([sealed]))
    keyed.database_file.touch()  # the tests' own is elsewhere
    midnight = datetime(2026, 12, 1, tzinfo=UTC)
    clock = iter([midnight - timedelta(seconds=1), midnight])
    monkeypatch.setattr(rounds, "_now", lambda: next(clock))

    rounds._publish(keyed)  # what the worker calls at a slot

    counted = Tally.objects.filter(kind="hour").values_list("day", "key")
    assert list(counted) == [(date(2026, 11, 1), "23 letters")]
