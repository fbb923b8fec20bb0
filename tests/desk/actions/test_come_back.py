"""A desk that comes back from a backup that is older than what readers did since."""

import json

import pytest
from django.db import transaction
from msgspec.structs import replace

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.come_back import Since, come_back, note_backup
from letterdesk.desk.actions.press_attempts import Attempts
from letterdesk.desk.actions.publish import publish, remove
from letterdesk.desk.actions.tell import tell
from letterdesk.desk.actions.tell_senders import tell_senders
from letterdesk.desk.actions.withdraw import withdraw, withdraw_notices, withdraw_tips
from letterdesk.desk.models import (
    AuditEntry,
    Comment,
    Decision,
    Notice,
    PublishedFile,
    Session,
    Statement,
    Story,
    Tip,
)
from letterdesk.desk.queries.due import to_tell
from letterdesk.desk.queries.outcome_files import is_outcome, wrong_outcomes
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.shelf import shelf
from letterdesk.domain.ids import new_id
from letterdesk.domain.states import Action, State
from letterdesk.places.folder import Folder
from letterdesk.settings import Press, Settings
from tests.desk import rows
from tests.values import TODAY

MADE = "2026-11-20T05:00+00:00"


def tell_all(story_id: int, *, place: Folder) -> None:
    """Write the outcomes that are due; none may fail."""
    failed: list[Exception] = []
    tell(to_tell(story_id), place=place, note=failed.append)
    assert failed == []


def as_it_was(row: Comment | Notice | Tip) -> None:
    """Put a row back into the table as a backup has it."""
    if isinstance(row, Comment):
        later = Decision.objects.filter(comment=row, version__gt=row.version)
        Comment.objects.filter(pk=row.pk).update(reasons=None)
        Statement.objects.filter(decision__in=later).delete()
        later.delete()
    row.save()


@pytest.fixture
def published(moderator: Person, public: Folder) -> Comment:
    """A comment whose outcome lies in the public place."""
    comment = rows.make_published(rows.make_story(), moderator)
    tell_all(comment.story_id, place=public)
    comment.refresh_from_db()
    return comment


def take_back(comment: Comment, public: Folder) -> None:
    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)
    act(comment.story_id, today=TODAY)
    tell_all(comment.story_id, place=public)


def test_a_comment_that_was_taken_back_since_is_taken_back_again(
    published: Comment, public: Folder
) -> None:
    take_back(published, public)
    as_it_was(published)
    assert Comment.objects.get().text == rows.TEXT

    since = come_back(made=MADE, published=public, today=TODAY)

    assert since == Since(taken_back=[published.public_id])
    assert Comment.objects.get().state == State.WITHDRAWN
    act(published.story_id, today=TODAY)
    tell_all(published.story_id, place=public)
    assert Comment.objects.get().text == ""
    last = AuditEntry.objects.latest("number")
    assert [
        *AuditEntry.objects.filter(what="restored").values_list("facts", flat=True)
    ] == [
        {
            "what": "restored",
            "who": "command",
            "day": TODAY.isoformat(),
            "made": MADE,
            "entries": 3,
            "taken_back": [published.public_id],
            "changed": [],
        }
    ]
    assert last.what == "published"


def test_notices_and_tips_that_were_taken_back_since_are_erased_again(
    published: Comment, public: Folder
) -> None:
    notice, tip = rows.make_notice(published), rows.make_tip(published.story)
    kept = rows.make_tip(published.story, 14)
    with transaction.atomic():
        withdraw_notices([notice.pk], today=TODAY)
        withdraw_tips([tip.pk])
    tell_senders(Attempts(place=public, today=TODAY))
    as_it_was(notice)
    as_it_was(tip)

    since = come_back(made=MADE, published=public, today=TODAY)

    assert since == Since(taken_back=[notice.public_id, tip.public_id])
    assert [*Notice.objects.values_list("text", "contact")] == [("", "")]
    assert [*Tip.objects.order_by("pk").values_list("text", flat=True)] == ["", kept.text]


@pytest.fixture
def taken_down(published: Comment, public: Folder, moderator: Person) -> Comment:
    """A comment that was taken down after the backup, which has it as published."""
    rows.move(published, Action.RETRACT, moderator)
    act(published.story_id, today=TODAY)
    tell_all(published.story_id, place=public)
    as_it_was(published)
    return published


def test_a_comment_that_was_taken_down_since_is_held_and_not_published(
    taken_down: Comment, public: Folder, newsroom: Settings
) -> None:
    lookup = taken_down.lookup
    before = public.read(f"r/{lookup[:2]}/{lookup}")

    since = come_back(made=MADE, published=public, today=TODAY)
    publish(public, newsroom=newsroom, today=TODAY)
    remove(public, newsroom=newsroom, today=TODAY)

    assert since == Since(changed=[taken_down.public_id])
    assert Comment.objects.get().state == State.HELD
    assert taken_down.decisions.latest("pk").before["state"] == State.RETRACTED
    assert [
        name for name in public.list("t") if rows.TEXT.encode() in public.read(name)
    ] == []
    assert public.read(f"r/{lookup[:2]}/{lookup}") == before
    assert wrong_outcomes(public) == []


def test_a_comment_without_a_receipt_is_held_where_no_thread_shows_it_any_more(
    public: Folder, newsroom: Settings, moderator: Person
) -> None:
    story = rows.make_story()
    gone, stays, unread = (
        rows.make_comment(one, lookup="", outcome_key=b"")
        for one in (story, story, rows.make_story(2))
    )
    for comment in (gone, stays, unread):
        rows.approve(comment, moderator)
    publish(public, newsroom=newsroom, today=TODAY)
    gone.refresh_from_db()
    rows.move(gone, Action.RETRACT, moderator)
    remove(public, newsroom=newsroom, today=TODAY)
    as_it_was(gone)
    public.put(f"t/{unread.story.public_id}/thread.json", b"{")

    since = come_back(made=MADE, published=public, today=TODAY)
    publish(public, newsroom=newsroom, today=TODAY)

    assert since == Since(changed=[gone.public_id])
    thread = json.loads(public.read(f"t/{story.public_id}/thread.json"))
    assert [one["id"] for one in thread["comments"]] == [stays.public_id]


@pytest.mark.parametrize("action", [Action.APPROVE, Action.EDIT, Action.REJECT])
def test_a_person_decides_on_what_a_restore_holds(
    action: Action,
    taken_down: Comment,
    public: Folder,
    newsroom: Settings,
    moderator: Person,
) -> None:
    come_back(made=MADE, published=public, today=TODAY)

    rows.move(taken_down, action, moderator)
    publish(public, newsroom=newsroom, today=TODAY)

    thread = json.loads(public.read(f"t/{taken_down.story.public_id}/thread.json"))
    shown = {Action.APPROVE: [rows.TEXT], Action.EDIT: [rows.CUT], Action.REJECT: []}
    assert [one["text"] for one in thread["comments"]] == shown[action]
    taken_down.refresh_from_db()
    assert not taken_down.outcome_due
    assert wrong_outcomes(public) == []


def test_what_was_decided_or_appealed_since_is_named(
    moderator: Person, public: Folder
) -> None:
    story = rows.make_story()
    decided = rows.make_comment(story, 1)
    rows.move(decided, Action.APPROVE, moderator)
    rejected = rows.make_in(State.REJECTED, story, moderator)
    appeal = rows.make_appeal(rejected)
    Comment.objects.filter(pk=rejected.pk).update(outcome_due=True)
    act(story.pk, today=TODAY)
    tell_all(story.pk, place=public)
    appeal.delete()
    Comment.objects.filter(pk=decided.pk).update(state=State.PENDING)

    since = come_back(made=MADE, published=public, today=TODAY)

    assert since == Since(decided=[decided.public_id], appealed=[rejected.public_id])


def test_a_comment_that_was_to_be_published_whole_and_was_cut_since_is_held(
    moderator: Person, public: Folder
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.EDIT, moderator)
    act(comment.story_id, today=TODAY)
    tell_all(comment.story_id, place=public)
    comment.state, comment.version = State.APPROVED, 2
    as_it_was(comment)

    since = come_back(made=MADE, published=public, today=TODAY)

    comment.refresh_from_db()
    assert since == Since(changed=[comment.public_id])
    assert (comment.state, comment.approved_by) == (State.HELD, None)


def test_an_approved_letter_that_was_not_published_since_is_held(
    published: Comment, public: Folder, newsroom: Settings, moderator: Person
) -> None:
    made = rows.approve(rows.make_comment(published.story, text="Held since."), moderator)

    since = come_back(made=MADE, published=public, today=TODAY)
    publish(public, newsroom=newsroom, today=TODAY)

    made.refresh_from_db()
    assert since == Since(changed=[made.public_id])
    assert (made.state, made.approved_by) == (State.HELD, None)
    assert made.decisions.latest("pk").before["state"] == State.PENDING
    assert [n for n in public.list("t") if b"Held since." in public.read(n)] == []

    rows.move(made, Action.RESTORE, moderator)
    rows.approve(Comment.objects.get(pk=made.pk), moderator)
    publish(public, newsroom=newsroom, today=TODAY)

    assert [n for n in public.list("t") if b"Held since." in public.read(n)] != []


def test_nothing_is_told_of_what_stands_as_before_or_was_never_published(
    published: Comment, public: Folder, moderator: Person
) -> None:
    rows.make_comment(published.story)
    rejected = rows.make_in(State.REJECTED, published.story, moderator)
    tell_all(published.story_id, place=public)
    path = f"r/{published.lookup[:2]}/{published.lookup}"
    assert public.read(path)

    assert come_back(made=MADE, published=public, today=TODAY) == Since()
    assert come_back(made=MADE, published=None, today=TODAY) == Since()

    public.put(path, b"damaged")
    assert come_back(made=MADE, published=public, today=TODAY) == Since()
    rejected.refresh_from_db()
    assert rejected.state == State.REJECTED


@pytest.fixture
def forgotten(newsroom: Settings, moderator: Person, public: Folder) -> Story:
    """A story with comments on two pages, of which the database knows nothing any more."""
    story = rows.make_story(7, language="ko", headline="나중")
    comments = [rows.make_comment(story, number) for number in (1, 2)]
    for comment in comments:
        rows.move(comment, Action.APPROVE, moderator)
    small = replace(newsroom, press=Press(comments_per_page=1))
    publish(public, newsroom=small, today=TODAY)
    assert rows.TEXT.encode() in public.read(f"t/{story.public_id}/2/index.html")
    PublishedFile.objects.filter(story=story).delete()
    Decision.objects.all().delete()
    Comment.objects.all().delete()
    story.delete()
    return story


def test_a_story_that_only_the_public_place_knows_has_an_empty_page_again(
    forgotten: Story, newsroom: Settings, public: Folder
) -> None:
    since = come_back(made=MADE, published=public, today=TODAY)

    assert since == Since(stories=[forgotten.url])
    row = Story.objects.get()
    assert (row.public_id, row.url, row.headline, row.language, row.is_open) == (
        forgotten.public_id,
        forgotten.url,
        "나중",
        "ko",
        False,
    )
    publish(public, newsroom=newsroom, today=TODAY)
    left = [name for name in public.list("t") if rows.TEXT.encode() in public.read(name)]
    assert left == [name for name in public.list("t") if "/2/" in name] == []
    assert shelf(public).wrong == []
    assert [name for name in shelf(public).unknown if not is_outcome(name)] == []
    thread = json.loads(public.read(f"t/{forgotten.public_id}/thread.json"))
    assert (thread["count"], thread["story"]["open"]) == (0, False)


def test_a_page_that_a_known_story_got_since_is_removed(
    published: Comment, newsroom: Settings, public: Folder
) -> None:
    publish(public, newsroom=newsroom, today=TODAY)
    newer = f"t/{published.story.public_id}/2/index.html"
    public.put(newer, b"a comment of after the backup")
    public.put(f"{newer}.br", b"the same")

    assert come_back(made=MADE, published=public, today=TODAY) == Since()

    publish(public, newsroom=newsroom, today=TODAY)
    assert [name for name in public.list("t") if name.startswith(newer)] == []


@pytest.mark.parametrize(
    "facts",
    [
        None,
        b"{",
        b'{"id": "x", "url": "https://a.example/", "headline": "A", "language": "xx-?"}',
        b'{"id": "x", "url": "javascript:1", "headline": "A", "language": "en"}',
        b'{"id": "x", "url": "https://a.example/ b", "headline": "A", "language": "en"}',
        b'{"id": "x", "url": "https://news.example/1", "headline": "A", "language": "en"}',
    ],
)
def test_pages_that_are_no_storys_are_named_and_left(
    db: None, public: Folder, facts: bytes | None
) -> None:
    known = rows.make_story()
    strange = f"t/{new_id()}"
    public.put(f"{strange}/index.html", b"somebody else's words")
    public.put("t/no-id/index.html", b"no story's either")
    if facts:
        public.put(f"{strange}/story.json", facts)

    since = come_back(made=MADE, published=public, today=TODAY)

    assert since == Since(left=[strange])
    assert [*Story.objects.all()] == [known]
    assert not PublishedFile.objects.exists()


def test_many_letters_are_asked_for_some_at_a_time(
    moderator: Person, public: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letterdesk.desk.queries.found._AT_ONCE", 2)
    story = rows.make_story()
    comments = [rows.make_published(story, moderator) for _ in range(5)]
    tell_all(story.pk, place=public)
    found = list(Comment.objects.order_by("pk"))
    for comment in comments:
        take_back(comment, public)
    for comment in found:
        as_it_was(comment)

    since = come_back(made=MADE, published=public, today=TODAY)

    assert since.taken_back == [comment.public_id for comment in comments]


def test_everybody_signs_in_again_and_every_file_is_due(published: Comment) -> None:
    Session.objects.create(
        session_key="a" * 64,
        session_data="",
        expire_date=rows.NOW,
        started=rows.NOW,
        seen=rows.NOW,
    )

    come_back(made=MADE, published=None, today=TODAY)

    assert not Session.objects.exists()
    published.refresh_from_db()
    published.story.refresh_from_db()
    assert (published.outcome_due, published.story.changed) == (True, True)


def test_the_log_says_that_a_backup_was_made(db: None) -> None:
    note_backup(entries=17, today=TODAY)

    assert AuditEntry.objects.get().facts == {
        "what": "backed-up",
        "who": "command",
        "day": TODAY.isoformat(),
        "entries": 17,
    }


def test_a_comment_whose_name_was_left_out_since_is_held(
    moderator: Person, published: Comment, public: Folder
) -> None:
    rows.move(published, Action.EDIT, moderator, leave_name_out=True)
    act(published.story_id, today=TODAY)
    tell_all(published.story_id, place=public)
    as_it_was(published)

    since = come_back(made=MADE, published=public, today=TODAY)

    published.refresh_from_db()
    assert since == Since(changed=[published.public_id])
    assert published.state == State.HELD
