from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import connection

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.pictures import PictureWords
from letterdesk.desk.actions.stories import (
    StoryChange,
    StorySheet,
    StoryWrong,
    change_story,
    close_story,
    open_story,
    register,
    set_headline,
    set_risk,
)
from letterdesk.desk.models import AuditEntry, Comment, Decision, DeskRisk, Story
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.states import Action, Risk, SecondPersonNeeded
from letterdesk.domain.story import Credit, Picture
from letterdesk.domain.story import Story as Value
from tests.desk import rows
from tests.desk.rows import move
from tests.processes import PATIENCE
from tests.values import TODAY, an_id

SHEET = StorySheet(
    url="https://news.example/ferry",
    headline="  The ferry\nwill not come back ",
    language="ko",
)
WHOLE = replace(
    SHEET,
    desk="Korean",
    risk=Risk.SENSITIVE,
    body="## Before\n\nThe ferry went at dawn.",
    credits=(Credit(role="Reported by", name="Ines  Adair", desk="Korean"),),
    picture=Picture(path="assets/picture-0.webp", width=800, height=600, alt="A pier"),
)


def test_words_belong_to_the_picture_that_is_there_when_they_are_saved(db):
    first, second = (
        Picture(path=f"assets/picture-{name * 10}.webp", width=4, height=3, alt="A pier")
        for name in "ab"
    )
    known, _ = register(replace(SHEET, picture=first), today=TODAY)
    form = replace(SHEET, words=PictureWords(alt="A ferry", caption="At dawn"))
    register(replace(SHEET, picture=second), today=TODAY)

    saved, _ = register(form, today=TODAY)

    assert saved.picture == replace(second, alt="A ferry", caption="At dawn")
    assert saved.id == known.id


def test_a_story_without_a_desk_comes_to_the_one_that_has_its_language(db: None) -> None:
    plain = StorySheet(url="https://news.example/1", headline="First", language="ko")
    first, _ = register(plain, today=TODAY)
    for number in (2, 3):
        url = f"https://news.example/{number}"
        register(replace(plain, url=url, desk="Korean"), today=TODAY)

    later, _ = register(replace(plain, url="https://news.example/4"), today=TODAY)
    again, _ = register(plain, today=TODAY)

    assert (first.desk, later.desk, again.desk) == ("ko", "Korean", "ko")


@pytest.mark.parametrize(
    ("tag", "desk"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "Taipei"),
        ("zh-HK", "Taipei"),
        ("zh-Hant-MO", "Taipei"),
        ("en-GB", "en"),
        ("sr", "sr"),  # Cyrillic, which is not that of sr-Latn
        ("uz", "uz-UZ"),  # nobody's story, but somebody's desk
        ("ko-KP", "ko-KP"),  # has a risk of its own
    ],
)
def test_the_first_story_in_a_tag_comes_to_the_desk_of_its_language_and_script(
    db: None, tag: str, desk: str
) -> None:
    places = {"zh-Hans": "zh-Hans", "zh-Hant": "Taipei", "en": "en", "sr-Latn": "sr-Latn"}
    for language, its_desk in [*places.items(), ("ko", "ko")]:
        url = f"https://news.example/{language}"
        sheet = StorySheet(url=url, headline="One", language=language, desk=its_desk)
        register(sheet, today=TODAY)
    rows.make_person("mira", desks=("uz-UZ",))
    DeskRisk.objects.create(desk="ko-KP", risk=Risk.SENSITIVE)

    url = "https://news.example/first"
    story, _ = register(StorySheet(url=url, headline="First", language=tag), today=TODAY)

    assert (story.desk, story.language) == (desk, tag)


def test_a_new_story_is_registered_and_due_for_the_press(db):
    story, is_new = register(SHEET, today=TODAY)

    assert is_new
    assert story == Value(
        id=story.id,
        url="https://news.example/ferry",
        headline="The ferry will not come back",
        language="ko",
        desk="ko",
        registered="2026-11-23",
    )
    assert Story.objects.values_list("changed", flat=True).get()
    assert AuditEntry.objects.get().facts == {
        "what": "story-registered",
        "who": "command",
        "day": "2026-11-23",
        "story": story.id,
        "url": "https://news.example/ferry",
    }


def test_a_url_in_capitals_is_the_same_story(db):
    story, _ = register(replace(SHEET, url="https://news.example/A"), today=TODAY)

    again, is_new = register(replace(SHEET, url="HTTPS://NEWS.example/A"), today=TODAY)

    assert (again, is_new) == (story, False)


def test_the_same_url_is_the_same_story(db):
    story, _ = register(WHOLE, today=TODAY)
    Story.objects.update(changed=False)

    again, is_new = register(SHEET, today=TODAY)

    assert (again, is_new) == (story, False)
    assert not Story.objects.get().changed
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_story_that_two_register_in_one_moment_is_one_story() -> None:
    start, found = Barrier(2), []

    def act() -> None:
        start.wait(timeout=PATIENCE)
        found.append(register(WHOLE, today=TODAY))
        connection.close()

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)

    assert sorted(is_new for _, is_new in found) == [False, True]
    assert found[0][0] == found[1][0]
    assert Story.objects.count() == 1


def test_what_differs_is_brought_up_to_date(db):
    story, _ = register(WHOLE, today=TODAY)
    comment = rows.make_comment(Story.objects.get())
    Story.objects.update(changed=False)

    sheet = replace(SHEET, headline="The ferry came back", desk="Boats")
    again, is_new = register(sheet, today=TODAY)

    assert not is_new
    assert again == replace(story, headline="The ferry came back", desk="Boats")
    comment.refresh_from_db()
    assert (Story.objects.get().changed, comment.desk) == (True, "Boats")
    assert AuditEntry.objects.latest("number").facts["fields"] == ["desk", "headline"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "news.example/ferry"),
        ("url", "javascript:alert(1)"),
        ("url", "https://news.example/ferry#top"),
        ("url", "https://"),
        ("language", "Korean language"),
        ("headline", " \u200b "),
        ("desk", " "),
    ],
)
def test_a_story_that_makes_no_sense_is_refused(field, value, db):
    with pytest.raises(StoryWrong) as raised:
        register(replace(SHEET, **{field: value}), today=TODAY)

    assert (raised.value.field, raised.value.code) == (field, "story-wrong")
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://news.example/\0"},
        {"headline": "\ud800"},
        {"body": "\0"},
        {"credits": (Credit(role="a\0", name="b"),)},
    ],
)
def test_what_is_no_text_is_refused(change, db):
    with pytest.raises(LetterRefused):
        register(replace(SHEET, **change), today=TODAY)


def test_stories_are_the_business_of_editors_of_their_desk(db):
    moderator = rows.make_person("mina")
    elsewhere = rows.make_person("erin", role="editor", desks=("English",))
    here = rows.make_person("kim", role="editor", desks=("Korean",))

    with pytest.raises(NotYours):
        register(WHOLE, today=TODAY, by=moderator)
    with pytest.raises(NotYours):
        register(WHOLE, today=TODAY, by=elsewhere)
    story, _ = register(WHOLE, today=TODAY, by=here)
    for by in (moderator, elsewhere):
        with pytest.raises(NotYours):
            close_story(story.id, today=TODAY, by=by)
    with pytest.raises(NotYours):
        register(replace(WHOLE, desk="English"), today=TODAY, by=here)
    with pytest.raises(NotYours):
        register(WHOLE, today=TODAY, by=elsewhere)

    assert Story.objects.get().desk == "Korean"


def test_a_story_is_closed_and_opened_again(db):
    story, _ = register(SHEET, today=TODAY)

    closed = close_story(story.id, today=TODAY)
    opened = open_story(story.id, today=TODAY)
    renamed = set_headline(story.id, "Another", today=TODAY)

    assert closed == replace(story, is_open=False)
    assert opened == story
    assert renamed == replace(story, headline="Another")
    assert [entry.facts["what"] for entry in AuditEntry.objects.order_by("pk")] == [
        "story-registered",
        "story-changed",
        "story-changed",
        "story-changed",
    ]


def test_a_change_that_changes_nothing_leaves_no_trace(db):
    story, _ = register(SHEET, today=TODAY)

    assert change_story(story.id, StoryChange(is_open=True), today=TODAY) == story
    assert change_story(story.id, StoryChange(), today=TODAY) == story

    assert AuditEntry.objects.count() == 1


def test_a_host_in_capitals_and_a_default_port_make_no_second_story(db: None) -> None:
    written = replace(SHEET, url="https://News.EXAMPLE:443/Ferry")
    first, _ = register(written, today=TODAY)

    again = [
        register(replace(SHEET, url=url), today=TODAY)
        for url in (written.url, "https://news.example/Ferry")
    ]

    assert again == [(first, False), (first, False)]
    assert first.url == "https://news.example/Ferry"
    assert AuditEntry.objects.count() == 1


def test_a_story_of_before_is_found_by_the_url_it_has_and_keeps_it(db: None) -> None:
    rows.make_story(public_id=an_id(902), url="https://news.example/Ferry")
    capital = rows.make_story(url="https://News.example/Ferry")

    again, is_new = register(
        replace(SHEET, url=capital.url, headline="The ferry is back"), today=TODAY
    )

    assert (again.id, is_new) == (capital.public_id, False)
    assert (again.url, again.headline) == (capital.url, "The ferry is back")


@pytest.mark.parametrize("public_id", [an_id(7), "a\0b"])
def test_a_story_that_is_not_there_is_said_to_be_unknown(public_id, db):
    with pytest.raises(NotFound) as raised:
        close_story(public_id, today=TODAY)

    assert raised.value.code == "story-unknown"


def test_a_story_that_becomes_sensitive_asks_for_a_second_approval(moderator, colleague):
    story = rows.make_story()
    published = rows.make_published(story, moderator)
    alone = rows.make_comment(story)
    move(alone, Action.APPROVE, moderator)

    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY)

    alone.refresh_from_db()
    published.refresh_from_db()
    assert (alone.state, alone.version, published.state) == ("pending", 3, "published")
    last = Decision.objects.latest("id")
    assert (last.move, last.moderator, last.comment) == ("undo", None, alone)
    assert act(story.pk, today=TODAY) == 0
    move(alone, Action.APPROVE, moderator)
    assert move(alone, Action.APPROVE, colleague).state == "approved"
    rows.call_ordinary(story)
    assert Comment.objects.get(pk=alone.pk).state == "approved"


def test_two_approvals_stand_when_the_story_is_called_sensitive_again(moderator, colleague):
    story = rows.make_story(risk="sensitive")
    comment = rows.make_comment(story)
    move(comment, Action.APPROVE, moderator)
    move(comment, Action.APPROVE, colleague)
    rows.call_ordinary(story)

    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY)

    assert Comment.objects.get().state == "approved"


@pytest.mark.parametrize("called_sensitive", ["before", "after"])
def test_nobody_decides_alone_by_calling_the_story_ordinary(
    moderator, colleague, called_sensitive
):
    story = rows.make_story(
        risk="sensitive" if called_sensitive == "before" else "ordinary"
    )
    waiting = rows.make_comment(story)
    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY)
    move(waiting, Action.APPROVE, moderator)
    rows.call_ordinary(story)

    with pytest.raises(SecondPersonNeeded):
        move(waiting, Action.APPROVE, moderator)

    assert Comment.objects.get().state == "pending"
    assert move(waiting, Action.APPROVE, colleague).state == "approved"
    later = rows.make_comment(Story.objects.get())
    assert move(later, Action.APPROVE, moderator).state == "approved"


def test_an_approval_that_nobody_gave_cannot_be_undone_and_is_not_published(db):
    story = rows.make_story()
    comment = rows.make_comment(story, state="approved", outcome_due=True, version=2)

    set_risk(story.public_id, Risk.SENSITIVE, today=TODAY)

    assert act(story.pk, today=TODAY) == 0
    comment.refresh_from_db()
    assert (comment.state, comment.version) == ("approved", 2)
