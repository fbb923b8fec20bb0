import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from weakref import WeakSet

import pytest
from django.db import connection

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.import_run import Broken, Named, import_all, look
from letterdesk.desk.actions.import_undo import Undone, undo_import
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.rulings import AsWritten
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.actions.stories import close_story, set_risk
from letterdesk.desk.models import (
    AuditEntry,
    Comment,
    Decision,
    DeskRisk,
    Imported,
    ImportRun,
    Signal,
    Story,
    Tally,
)
from letterdesk.desk.queries.audit import verify
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.imports import runs
from letterdesk.desk.queries.leaving import held_back, story_keys, threads
from letterdesk.desk.queries.lines import lines
from letterdesk.desk.queries.locks import ImportBusy, import_lock
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.report import public_figures
from letterdesk.desk.queries.threads import thread
from letterdesk.domain.audit import commitment
from letterdesk.domain.ids import new_id
from letterdesk.domain.letter import MAX_NAME, MAX_TEXT
from letterdesk.domain.states import Action, Risk, State
from letterdesk.domain.thread import arrange
from letterdesk.interchange.formats import records
from letterdesk.interchange.letterdesk import CommentLine
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.portion import Portion
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed, Source
from letterdesk.settings import Settings
from letterdesk.triage.screening import VERSION
from tests.desk import rows
from tests.desk.failing import Killed, killed_at_query
from tests.desk.imported import BEGUN, FERRY, URL, a_record, stories, take
from tests.hostile import hostile_texts
from tests.processes import PATIENCE
from tests.values import TODAY

SAMPLES = Path(__file__).parents[2] / "interchange" / "samples"

pytestmark = pytest.mark.django_db


def shown(story: Story | None = None) -> list[tuple[int, str]]:
    """Give a thread as readers meet it: how deep, and which words; "" for a gap."""
    placed = arrange(thread(story or Story.objects.get(url=URL)))
    return [(one.depth, one.comment.text[19:27].rstrip(",")) for one in placed]


def everything() -> list[object]:
    return [
        list(Comment.objects.order_by("pk").values()),
        list(Imported.objects.order_by("pk").values()),
        list(Story.objects.order_by("pk").values()),
        list(ImportRun.objects.order_by("pk").values()),
        list(AuditEntry.objects.order_by("pk").values_list("digest")),
    ]


def test_comments_keep_state_date_words_and_thread():
    report = take(
        [
            a_record(1),
            a_record(2, reply_to="1"),
            a_record(3, found=Found.PENDING, reply_to="2"),
            a_record(4, found=Found.REJECTED),
        ]
    )

    found = Comment.objects.order_by("arrived", "pk")
    assert list(
        found.values_list(
            "state", "text", "name", "arrived", "published", "place", "language"
        )
    ) == [
        (
            state,
            f"There was a ferry, number {number}, and it is not there.",
            f"Reader {number}",
            date(2019, 5, 2),
            date(2019, 5, 2) if place else None,
            place,
            "en",
        )
        for number, state, place in [
            (1, "published", 1),
            (2, "published", 2),
            (3, "pending", None),
            (4, "rejected", None),
        ]
    ]
    first, second, third, _ = found
    assert (second.reply_to, third.reply_to) == (first, second)
    assert shown() == [(0, "number 1"), (1, "number 2")]
    assert (report.read, dict(report.imported)) == (
        4,
        {"published": 2, "pending": 1, "rejected": 1},
    )
    assert (report.new_stories.total(), report.known, report.skipped.total()) == (1, 0, 0)


def test_each_import_is_in_the_log_with_the_seals_of_the_words():
    take([a_record(1), a_record(2, found=Found.PENDING)])

    entries = {one.what: one.facts for one in AuditEntry.objects.order_by("number")}
    run = ImportRun.objects.get()
    assert entries["imported"]["comments"] == {
        row.public_id: commitment(bytes(row.salt), row.text)
        for row in Comment.objects.all()
    }
    assert entries["import-done"] == {
        "what": "import-done",
        "who": "command",
        "day": TODAY.isoformat(),
        "source": "wordpress",
        "run": run.pk,
        "read": 2,
        "skipped": 0,
        "published": 1,
        "pending": 1,
    }
    assert (run.file, run.begun, run.finished) == ("file.xml", TODAY, TODAY)
    assert verify() is None
    assert not Decision.objects.exists()
    assert not Tally.objects.exists()


def test_importing_again_changes_nothing():
    given = [
        a_record(1),
        a_record(2, reply_to="1"),
        a_record(3, found=Found.DELETED, reply_to="2", text=""),
        a_record(4, reply_to="3"),
        a_record(5, found=Found.SPAM),
        a_record(6, text="a" * (MAX_TEXT + 1)),
        a_record(7, reply_to="99"),
    ]
    first = take(given)
    before = everything()

    again = take(given)

    assert (first.imported.total(), again.imported.total(), again.known) == (4, 0, 4)
    assert again.skipped == first.skipped
    assert again.run is None
    after = everything()
    assert after[:4] == before[:4]


def test_of_brackets_it_is_not_known_whose_they_are(moderator):
    take([a_record(1, text="[name removed] was there."), a_record(2, name="[Mira]")])
    story = Story.objects.get(url=URL)
    hers = rows.make_comment(story, text="[name removed] was there.")
    rows.approve(hers, moderator)
    act(story.pk, today=TODAY)

    assert [one.is_from_elsewhere for one in thread(story)] == [True, True, False]


def test_what_is_new_in_a_later_file_joins_the_thread():
    take([a_record(1), a_record(2, reply_to="1")])

    report = take([a_record(1), a_record(2, reply_to="1"), a_record(3, reply_to="2")])

    assert shown() == [(0, "number 1"), (1, "number 2"), (2, "number 3")]
    assert (report.imported.total(), report.known) == (1, 2)


def test_an_answer_finds_what_it_answers_when_that_comes_later():
    lost = take([a_record(2, reply_to="1")])
    first = list(Comment.objects.values_list("lost_parent", "reply_to"))

    take([a_record(1)])

    assert (lost.finished.lost, first) == (1, [(True, None)])
    assert shown() == [(0, "number 1"), (1, "number 2")]
    assert not Comment.objects.filter(lost_parent=True).exists()


@pytest.mark.parametrize(
    "left_out",
    [
        {"found": Found.DELETED, "text": "", "name": ""},
        {"found": Found.SPAM},
        {"text": "a" * (MAX_TEXT + 1)},
        {"text": " \u200b "},
        {"name": "a" * (MAX_NAME + 1)},
    ],
    ids=["deleted", "spam", "too-long", "empty", "name"],
)
def test_what_is_left_out_leaves_a_gap_where_others_answered_it(
    left_out: dict[str, object],
):
    given = [
        a_record(1),
        a_record(2, reply_to="1", **left_out),
        a_record(3, reply_to="2", **left_out),
        a_record(4, reply_to="3"),
        a_record(5, **left_out),
    ]
    backwards = reversed(given)
    looked = [
        look(((one, one.story.url) for one in some), "wordpress", stories()).finished.gaps
        for some in (given, backwards)
    ]

    report = take(given)

    assert looked == [2, 2]
    assert shown() == [(0, "number 1"), (1, ""), (2, ""), (3, "number 4")]
    assert (report.imported.total(), report.skipped.total()) == (2, 3)
    assert report.finished.gaps == 2
    gaps = Comment.objects.filter(state=State.WITHDRAWN)
    assert list(gaps.values_list("text", "name", "salt")) == [("", "", b"")] * 2
    assert not Imported.objects.filter(source_id="5").exists()
    again = look(((one, one.story.url) for one in given), "wordpress", stories())
    assert (again.finished.gaps, take(given).finished.gaps) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "a" * (MAX_TEXT + 1)}, "too-long"),
        ({"text": "\u2063"}, "empty"),
        ({"name": "a" * (MAX_NAME + 1)}, "name-wrong"),
        ({"written": None}, "no-date"),
        ({"written": datetime(2027, 1, 1, tzinfo=UTC)}, "no-date"),
        ({"id": ""}, "no-id"),
        ({"id": "a\x00"}, "no-id"),
        ({"id": "a" * 2_000}, "no-id"),
        ({"story": StoryRecord(url="")}, "no-story"),
        ({"story": StoryRecord(url="not an address")}, "story-wrong"),
        (
            {"story": StoryRecord(url="https://a.example/", headline="a" * 501)},
            "story-wrong",
        ),
    ],
)
def test_what_cannot_be_taken_is_named_and_never_cut_short(
    changes: dict[str, object], reason: str
):
    record = a_record(7, **changes)

    report = take([record, a_record(8)])

    assert dict(report.skipped) == {reason: 1}
    assert report.named == [Named(id=record.id, story=record.story.url, reason=reason)]
    assert Comment.objects.get().text.startswith("There was a ferry, number 8")


def test_what_is_no_text_becomes_a_sign_that_says_so_and_is_counted():
    story = StoryRecord(url="https://news.example/quay", headline="The\x08 quay")
    given = [
        a_record(1, text="half \ud800 a\x00\x7f sign", name="a\x07", story=story),
        a_record(2, text="one \ufffd that was there", name="b", story=story),
    ]

    before = look(((one, story.url) for one in given), "wordpress", stories())
    report = take(given)

    assert (before.replaced, report.replaced, report.skipped.total()) == (5, 5, 0)
    assert list(Comment.objects.order_by("pk").values_list("text", "name")) == [
        ("half \ufffd a\ufffd\ufffd sign", "a\ufffd"),
        ("one \ufffd that was there", "b"),
    ]
    assert Story.objects.get().headline == "The\ufffd quay"


def test_what_another_newsroom_had_edited_says_so_with_its_rules():
    given = [
        a_record(1, text="My […] there", edited_under=("No names", "F\x00cts")),
        a_record(2, name="[name left out]", edited_under=()),
        a_record(3, text="[sic]"),
    ]

    take(given, source="letterdesk")

    story = Story.objects.get()
    assert [one.edited_elsewhere for one in thread(story)] == [
        ("No names", "F\ufffdcts"),
        (),
        None,
    ]
    for portion in (Portion(), Portion(published_only=True)):
        found = [one for one in lines([story.pk], portion) if isinstance(one, CommentLine)]
        assert [one.edited_elsewhere for one in found] == [
            ("No names", "F\ufffdcts"),
            (),
            None,
        ]


def test_a_letter_that_its_author_wanted_as_written_is_not_cut_here(moderator: Person):
    take([a_record(1, found=Found.PENDING, as_written=True)], source="letterdesk")
    comment = Comment.objects.get()

    with pytest.raises(AsWritten):
        rows.move(comment, Action.EDIT, moderator, text="There was a ferry.", rules=("3",))


@pytest.mark.parametrize(
    "found", [Found.NO_COMMENT, Found.HIDDEN, Found.DELETED, Found.SPAM]
)
def test_what_is_no_comment_or_was_not_public_is_counted_only(found: Found):
    report = take([a_record(1, found=found)])

    assert dict(report.skipped) == {found.value: 1}
    assert (report.named, report.new_stories.total()) == ([], found is Found.DELETED)
    assert not Comment.objects.exists()


def test_as_long_as_a_letter_may_be_is_taken():
    take([a_record(1, text="a" * MAX_TEXT, name="b" * MAX_NAME)])

    assert Comment.objects.values_list("text", "name").get() == (
        "a" * MAX_TEXT,
        "b" * MAX_NAME,
    )


def test_a_name_that_is_an_address_is_left_out_and_counted():
    report = take([a_record(1, name="mira@letters.example")])

    assert Comment.objects.get().name == ""
    assert report.names_left_out == 1


def test_the_same_url_is_the_same_story_and_keeps_what_is_known_of_it():
    known = rows.make_story(url=URL, headline="As the desk has it", language="ko")

    report = take([a_record(1), a_record(2)])

    assert (report.new_stories.total(), Story.objects.get().headline) == (
        0,
        "As the desk has it",
    )
    assert known.comments.count() == 2


def test_a_host_in_capitals_makes_no_second_story():
    given = [
        a_record(number, story=StoryRecord(url=url))
        for number, url in enumerate(
            ("https://News.example:443/a", "https://news.example/a")
        )
    ]
    looked = look(((one, one.story.url) for one in given), "wordpress", stories())

    first, again = take(given), take(given)

    assert [one.new_stories.total() for one in (looked, first, again)] == [1, 1, 0]
    story = Story.objects.get()
    assert (story.url, story.comments.count()) == ("https://news.example/a", 2)


def test_an_article_that_was_shared_with_other_parameters_is_one_story():
    given = [
        a_record(number, story=StoryRecord(url=f"https://News.example/a{query}"))
        for number, query in enumerate(
            (
                "",
                "?utm_source=rss&utm_medium=feed",
                "?fbclid=x",
                "?page=2&gclid=y&amp;utm_id=z",
            )
        )
    ]
    looked = look(((one, one.story.url) for one in given), "disqus", stories())

    first = take(given, source="disqus")

    assert [one.new_stories.total() for one in (looked, first)] == [2, 2]
    assert [one.tracked for one in (looked, first)] == [3, 3]
    found = Story.objects.order_by("url")
    assert [(one.url, one.headline, one.comments.count()) for one in found] == [
        ("https://news.example/a", "https://News.example/a", 3),
        ("https://news.example/a?page=2", "https://News.example/a?page=2", 1),
    ]


def test_a_story_that_is_registered_with_tracking_parameters_is_found():
    url = "https://news.example/a?utm_source=rss"
    exact = rows.make_story(public_id=new_id(), url=url)
    plain = rows.make_story(2, url="https://news.example/b")
    given = [
        a_record(1, story=StoryRecord(url=url)),
        a_record(2, story=StoryRecord(url=url.replace("news", "News"))),
        a_record(3, story=StoryRecord(url=f"{plain.url}?utm_source=rss")),
    ]

    report = take(given)

    assert (report.new_stories.total(), report.tracked) == (0, 1)
    assert (exact.comments.count(), plain.comments.count()) == (2, 1)


def test_a_new_story_has_the_title_language_desk_and_door_of_the_file():
    closed = StoryRecord(url=URL, headline="The ferry", is_open=False)
    bare = StoryRecord(url="https://news.example/bare")

    take([a_record(1, story=closed), a_record(2, story=bare)], language="ko", desk="Sea")

    assert list(
        Story.objects.order_by("id").values_list("headline", "language", "desk", "is_open")
    ) == [
        ("The ferry", "ko", "Sea", False),
        ("https://news.example/bare", "ko", "Sea", True),
    ]


def test_a_new_story_comes_to_the_desk_that_has_its_language_here():
    for number, desk in enumerate(["korean", "Sea", "korean"]):
        url = f"https://news.example/{number}"
        rows.make_story(public_id=new_id(), url=url, language="ko", desk=desk)
    korean = StoryRecord(url="https://news.example/4", language="ko")
    chinese = StoryRecord(url="https://news.example/5", language="zh-Hans")
    given = [a_record(1, story=korean), a_record(2, story=chinese)]

    looked = look(((one, one.story.url) for one in given), "wordpress", stories())
    report = take(given)

    desks = Story.objects.filter(url__in=[korean.url, chinese.url]).order_by("id")
    assert list(desks.values_list("desk", flat=True)) == ["korean", "zh-Hans"]
    assert (
        dict(looked.new_stories) == dict(report.new_stories) == {"korean": 1, "zh-Hans": 1}
    )


def test_a_new_story_has_the_day_on_which_it_appeared():
    told = StoryRecord(url="https://news.example/1", day=date(2018, 3, 4))
    tomorrow = StoryRecord(url="https://news.example/2", day=TODAY + timedelta(days=1))

    take(
        [
            a_record(1, story=told),
            a_record(2, story=tomorrow),
            a_record(3, written=BEGUN + timedelta(days=9)),
            a_record(4),
        ]
    )

    assert list(Story.objects.order_by("url").values_list("url", "registered")) == [
        (told.url, date(2018, 3, 4)),
        (tomorrow.url, TODAY),
        (URL, date(2019, 5, 2)),
    ]


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("en-GB", "en"),
        ("ko_KR", "ko"),
        ("zh-TW", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("de", "de"),
        ("", "en"),
        ("tlh-Klingon-1", "en"),
    ],
)
def test_a_story_without_a_word_on_it_has_the_language_of_the_site(
    written: str, language: str
):
    take([a_record(1, story=StoryRecord(url=URL, headline="A", language=written))])

    assert Story.objects.get().language == language


@pytest.mark.parametrize(
    ("headline", "asked", "language"),
    [
        ("渡轮不会再来了", "", "zh-Hans"),
        ("배는 다시 오지 않는다", "", "ko"),
        ("船はもう来ない", "", "en"),
        ("渡轮不会再来了", "ko", "ko"),
    ],
)
def test_a_site_of_many_languages_tells_them_apart_by_headlines(
    headline: str, asked: str, language: str
):
    story = StoryRecord(url=URL, headline=headline, language="en")

    take([a_record(1, story=story)], language=asked)

    assert Story.objects.values_list("language", "desk").get() == (language, language)


@pytest.mark.parametrize(
    ("text", "given", "language"),
    [
        ("他坐了二十二年的头班船。", "", "zh-Hans"),
        ("船はもう来ないのですか。", "", "ja"),
        ("저도 그렇게 들었습니다.", "", "ko"),
        ("There was a ferry in the harbour.", "", "en"),
        ("Genau!", "", "en"),
        ("12345", "", "en"),
        ("Genau!", "de", "de"),
        ("Genau!", "no such tag", "en"),
    ],
)
def test_a_comment_has_the_language_of_its_words_or_of_its_story(
    text: str, given: str, language: str
):
    take([a_record(1, text=text, language=given)])

    assert Comment.objects.get().language == language


def test_on_a_sensitive_story_what_was_published_waits_for_two_people():
    story = rows.make_story(url=URL, risk=Risk.SENSITIVE)

    report = take([a_record(1), a_record(2, found=Found.REJECTED)])

    assert list(Comment.objects.order_by("id").values_list("state", "risk")) == [
        ("pending", "sensitive"),
        ("rejected", "sensitive"),
    ]
    assert (report.held, shown(story)) == (1, [])


def list_his_name(newsroom: Settings, story: Story | None = None) -> None:
    key = bytes(range(32))
    newsroom.names_file.parent.mkdir(exist_ok=True)
    newsroom.names_file.write_bytes(key)
    newsroom.names_file.chmod(0o600)
    protect(
        NewName(label="him", spellings=("Daniel Roe",)),
        story=story.public_id if story else "",
        key=key,
        by=rows.make_person("e", role="editor"),
        now=rows.NOW,
    )


def test_what_was_published_with_a_protected_name_waits_until_somebody_reads_it(
    newsroom: Settings,
):
    list_his_name(newsroom)

    report = take(
        [
            a_record(1, text="It was Daniel Roe."),
            a_record(2, name="Daniel Roe", reply_to="1"),
            a_record(3, reply_to="1"),
            a_record(4, found=Found.REJECTED, text="It was Daniel Roe."),
        ]
    )

    rows_ = Comment.objects.order_by("id").values_list("state", "published", "screened")
    assert list(rows_) == [
        ("pending", None, 0),
        ("pending", None, 0),
        ("published", date(2019, 5, 2), VERSION),
        ("rejected", None, 0),
    ]
    assert report.imported == {"pending": 2, "published": 1, "rejected": 1}
    assert (report.held, report.naming) == (0, 2)
    assert [words for _, words in shown()] == ["number 3"]


def test_a_name_on_the_list_of_another_story_lets_nothing_wait(newsroom: Settings):
    list_his_name(newsroom, rows.make_story(1))

    report = take([a_record(1, text="It was Daniel Roe.")])

    assert (report.naming, Comment.objects.get().state) == (0, "published")


def test_a_name_on_the_list_of_its_own_story_counts_once_where_two_people_decide(
    newsroom: Settings,
):
    list_his_name(newsroom, rows.make_story(url=URL, risk=Risk.SENSITIVE))

    report = take([a_record(1, text="It was Daniel Roe.")])

    assert (report.held, report.naming) == (1, 0)


def test_a_story_of_a_sensitive_desk_is_sensitive_from_the_start():
    DeskRisk.objects.create(desk="en", risk=Risk.SENSITIVE)

    take([a_record(1)])

    assert Story.objects.get().risk == Risk.SENSITIVE
    assert Comment.objects.get().state == State.PENDING


def test_what_waits_is_screened_and_what_was_published_is_not():
    take([a_record(1), a_record(2, found=Found.PENDING)])

    screen(seconds=60)

    assert set(Signal.objects.values_list("comment__state", flat=True)) == {"pending"}
    assert set(Comment.objects.values_list("screened", flat=True)) == {VERSION}


def test_a_letter_that_waited_elsewhere_is_no_figure_of_ours(moderator: Person):
    take([a_record(1, found=Found.PENDING)])
    rows.approve(Comment.objects.get(), moderator)

    act(Story.objects.get().pk, today=TODAY)

    assert Tally.objects.filter(kind="published").exists()
    assert not Tally.objects.filter(kind="waited").exists()


@pytest.mark.parametrize(
    ("found", "action"),
    [
        (Found.PENDING, Action.APPROVE),
        (Found.PENDING, Action.EDIT),
        (Found.REJECTED, Action.RESTORE),
        (Found.PUBLISHED, Action.RETRACT),
    ],
)
def test_moderators_decide_on_imported_comments_as_on_letters(
    found: Found, action: Action, moderator: Person
):
    take([a_record(1, found=found, text=rows.TEXT)])

    comment = rows.move(Comment.objects.get(), action, moderator)

    assert (comment.version, comment.decisions.get().move) == (2, action)
    assert verify() is None


def test_older_comments_stand_behind_the_letters_that_are_there(moderator: Person):
    story = rows.make_story(url=URL)
    rows.make_published(story, moderator)

    take([a_record(2), a_record(1)])

    assert [text for _, text in shown(story)] == [rows.TEXT[19:27], "number 1", "number 2"]


def test_an_answer_under_another_story_stands_on_its_own():
    other = StoryRecord(url="https://news.example/other", headline="Other")

    report = take([a_record(1), a_record(2, story=other, reply_to="1")])

    assert report.finished.lost == 1
    assert shown(Story.objects.get(url=other.url)) == [(0, "number 2")]


def test_comments_that_answer_each_other_in_a_circle_are_all_shown():
    take([a_record(1, reply_to="2"), a_record(2, reply_to="1"), a_record(3, reply_to="3")])

    assert len(shown()) == 3


@pytest.mark.parametrize("other", [{"source": "disqus"}, {"site": "b.example"}])
def test_the_same_number_elsewhere_is_another_comment(other: dict[str, str]):
    take([a_record(1)])

    take([a_record(1, site=other.get("site", ""))], source=other.get("source", "wordpress"))

    assert Comment.objects.count() == 2


def test_what_another_system_brought_already_is_counted_before_and_after():
    """The same comments in the export of a plugin, and in that of the site below it."""
    take([a_record(number) for number in range(3)], source="disqus")
    again = [
        a_record(0, id="wp-0"),
        a_record(1, id="wp-1", name=" reader  1", text=a_record(1).text.upper()),
        a_record(2, id="wp-2", written=BEGUN + timedelta(hours=2 + 24)),
        # Others: by somebody else, in other words, days later, under another story.
        a_record(0, id="wp-3", name="Reader 9"),
        a_record(9, id="wp-4"),
        a_record(1, id="wp-5", written=BEGUN + timedelta(days=3)),
        a_record(2, id="wp-6", story=StoryRecord(url=f"{URL}-2", headline="Another")),
    ]

    foreseen = look([(one, one.story.url) for one in again], "wordpress", stories())
    report = take(again)

    assert (foreseen.alike, report.alike, report.imported["published"]) == (3, 3, 7)
    assert take(again).alike == 0  # known by now


def test_what_another_system_brought_is_left_out_and_its_answers_find_the_first():
    take([a_record(number) for number in range(3)], source="disqus")
    both = [
        a_record(0, id="wp-0"),
        a_record(3, id="wp-3", reply_to="wp-1"),
        a_record(1, id="wp-1", text=a_record(1).text.upper()),
        a_record(4, id="wp-4", reply_to="wp-9"),
    ]

    with Notes() as notes:
        before = look(
            ((one, URL) for one in both), "wordpress", replace(stories(), twins=notes)
        )
        report = take(both, twins=notes)
    with Notes() as notes:
        again = take([*both, a_record(5, id="wp-5", reply_to="wp-0")], twins=notes)

    for told in (before, report):
        assert (told.alike, told.imported.total()) == (0, 2)
        assert (dict(told.skipped), told.named) == ({"alike": 2}, [])
    assert (report.finished.lost, again.known, again.imported.total()) == (1, 2, 1)
    assert shown() == [
        (0, "number 0"),
        (1, "number 5"),
        (0, "number 1"),
        (1, "number 3"),
        (0, "number 2"),
        (0, "number 4"),
    ]


def test_what_was_left_out_comes_in_when_somebody_wants_it():
    take([a_record(1)], source="disqus")
    with Notes() as notes:
        left = take([a_record(1)], twins=notes)

    report = take([a_record(1)])

    assert (left.run, left.imported.total(), report.imported.total()) == (None, 0, 1)


def test_the_same_words_in_one_system_are_two_readers_own():
    report = take([a_record(1), a_record(1, id="2")])

    assert (report.alike, report.imported["published"]) == (0, 2)


def test_what_stands_in_a_file_twice_comes_in_once():
    report = take([a_record(1), a_record(1)])

    assert (Comment.objects.count(), report.known) == (1, 1)


@pytest.mark.parametrize("between", [0, 250], ids=["at-once", "batches-apart"])
def test_another_comment_with_the_same_id_is_named_and_not_lost_silently(between: int):
    others = [a_record(number) for number in range(2, 2 + between)]

    report = take([a_record(1), *others, a_record(1, text="Another text, in truth.")])

    assert report.named == [Named(id="1", story=URL, reason="id-taken")]
    assert (report.imported.total(), report.known) == (1 + between, 0)
    assert dict(report.skipped) == {"id-taken": 1}


def test_what_was_rewritten_there_since_is_no_other_comment():
    take([a_record(1)])

    report = take([a_record(1, text="Another text, in truth.")])

    assert (report.known, dict(report.skipped)) == (1, {})


def test_a_file_of_more_stories_than_are_remembered_loses_no_comment(monkeypatch):
    monkeypatch.setattr("letterdesk.desk.actions.import_stories._REMEMBERED", 1)
    found = [
        a_record(number, story=StoryRecord(url=f"{URL}/{number}", language="en"))
        for number in range(1, 4)
    ]
    spoiled = a_record(4, story=StoryRecord(url=f"{URL}/4"), found=Found.DELETED)

    report = take([*found, spoiled])

    assert (report.imported, report.skipped) == ({"published": 3}, {"deleted": 1})


def test_long_comments_and_addresses_are_not_held_all_at_once(monkeypatch):
    """However many there are; what is refused counts, too, as nobody writes that much."""
    monkeypatch.setattr("letterdesk.desk.actions.import_run._CHARACTERS", 50_000)
    alive, most = WeakSet[CommentRecord](), 0

    def long_ones() -> Iterator[CommentRecord]:
        nonlocal most
        for number in range(60):
            story = StoryRecord(url=f"{URL}/{number}/" + "x" * 20_000, language="en")
            spoiled = {"text": "x" * 20_000} if number % 2 else {"story": story}
            alive.add(one := a_record(number, **spoiled))
            yield one
            most = max(most, len(alive))

    known = stories()
    report = import_all(
        ((one, one.story.url) for one in long_ones()), "wordpress", known, file="f"
    )

    assert dict(report.skipped) == {"too-long": 30, "story-wrong": 30}
    assert most <= 8  # of two batches, one of which is being stored
    assert list(known.keys) == [URL]
    assert max(len(one.story) for one in report.named) == 2_001


def test_addresses_are_remembered_by_their_length_too(monkeypatch):
    monkeypatch.setattr("letterdesk.desk.actions.import_stories._CHARACTERS", 5_000)
    monkeypatch.setattr("letterdesk.desk.actions.import_run._AT_ONCE", 2)
    known, most = stories(), 0

    def many() -> Iterator[CommentRecord]:
        nonlocal most
        for number in range(20):
            address = f"{URL}/{number % 10}/" + "x" * 1_000
            yield a_record(number, story=replace(FERRY, url=address))
            most = max(most, sum(map(len, known.keys)))

    report = import_all(
        ((one, one.story.url) for one in many()), "wordpress", known, file="f"
    )

    assert (report.imported.total(), Story.objects.count()) == (20, 10)
    assert most < 5_000 + 4 * 1_100


def test_looking_into_a_file_tells_the_same_and_changes_nothing():
    take([a_record(1)])
    before = everything()
    given = [
        a_record(1),
        a_record(2),
        a_record(3, found=Found.PENDING, story=StoryRecord(url="https://new.example/")),
        a_record(4, text=""),
        a_record(5, story=StoryRecord(url="nowhere")),
    ]

    report = look(((one, one.story.url) for one in given), "wordpress", stories())

    assert everything() == before
    assert (report.read, report.known, dict(report.skipped)) == (
        5,
        1,
        {"empty": 1, "story-wrong": 1},
    )
    assert dict(+report.imported) == {"published": 1, "pending": 1}
    assert (report.new_stories.total(), dict(report.hosts)) == (
        1,
        {"news.example": 2, "new.example": 1},
    )


def _broken(found: Iterable[CommentRecord]) -> Iterator[CommentRecord]:
    yield from found
    raise ImportFailed("It ends in the middle.")


def test_a_file_that_breaks_off_shows_nothing_yet_and_can_be_completed():
    many = [a_record(number) for number in range(1, 451)]

    with pytest.raises(ImportFailed):
        take(_broken(many[:430]))
    half = (Comment.objects.count(), shown())
    report = take(many)

    assert half == (430, [])
    assert (report.known, report.imported.total(), len(shown())) == (430, 20, 450)
    assert not ImportRun.objects.filter(finished=None).exists()
    assert not Imported.objects.exclude(written=None).exists()


def test_another_file_publishes_nothing_of_one_that_broke_off():
    first, second = a_record(1), a_record(2)
    with pytest.raises(ImportFailed):
        take(_broken([first, second]), file="broken.xml")
    broken = ImportRun.objects.get()

    report = take([a_record(7), a_record(8, reply_to="1")], file="other.xml")

    assert shown() == [(0, "number 7"), (0, "number 8")]
    assert report.finished.lost == 1
    assert report.broken == [
        Broken(run=broken.pk, file="broken.xml", begun=TODAY, comments=2)
    ]
    whole = take([first, second, a_record(3, reply_to="1")], file="again.xml")
    assert shown() == [
        *((0, "number 7"), (0, "number 1"), (1, "number 8"), (1, "number 3")),
        (0, "number 2"),
    ]
    assert (whole.known, whole.broken) == (2, [])
    assert not ImportRun.objects.filter(finished=None).exists()
    assert not Imported.objects.exclude(written=None).exists()


def test_what_a_new_export_no_longer_has_is_held_until_somebody_says():
    with pytest.raises(ImportFailed):
        take(_broken([a_record(1), a_record(2), a_record(3, found=Found.DELETED)]))

    report = take([a_record(1)])

    assert shown() == [(0, "number 1")]
    [broken] = report.broken
    assert broken.comments == 1
    told = take([], takes_held=True)
    assert (shown(), told.broken) == ([(0, "number 1"), (0, "number 2")], [])


def test_what_broke_off_can_be_undone_and_others_stay():
    with pytest.raises(ImportFailed):
        take(_broken([a_record(1), a_record(2)]))
    [broken] = take([a_record(7)]).broken

    undo_import(broken.run, today=TODAY)

    assert (shown(), Comment.objects.count()) == ([(0, "number 7")], 1)
    assert take([a_record(7)]).broken == []


def test_what_an_unfinished_import_holds_back_leaves_as_waiting():
    many = [a_record(1), a_record(2, reply_to="1"), a_record(3, found=Found.REJECTED)]
    with pytest.raises(ImportFailed):
        take(_broken(many))

    half = left()
    take(many)

    waiting, rejected = (Found.PENDING, State.PENDING), (Found.REJECTED, State.REJECTED)
    published = (Found.PUBLISHED, State.PUBLISHED)
    assert half == (2, Counter({waiting: 2, rejected: 1}), 0)
    assert left() == (0, Counter({published: 2, rejected: 1}), 2)


def left() -> tuple[int, Counter[tuple[Found, str]], int]:
    """Give what an export holds back, how each comment leaves, and what the public gets."""
    keys = story_keys(COMMAND, Portion())
    found = {one.id: one for _, some in threads(keys, Portion()) for one in some}
    told = [one for one in lines(keys, Portion()) if isinstance(one, CommentLine)]
    assert [one.place > 0 for one in told] == [one.published is not None for one in told]
    public = Portion(published_only=True)
    seen = [one for _, some in threads(keys, public) for one in some]
    return (
        held_back(Portion()),
        Counter((found[one.id].found, one.state) for one in told),
        len(seen),
    )


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_query_the_next_import_finishes():
    given = [
        a_record(1),
        a_record(2, reply_to="1", found=Found.DELETED),
        a_record(3, reply_to="2"),
        a_record(4, found=Found.PENDING, reply_to="3"),
        a_record(5, story=StoryRecord(url="https://news.example/b", is_open=False)),
    ]

    kills = 0
    while True:
        try:
            with killed_at_query(kills + 1):
                take(given)
        except Killed:
            kills += 1
            places = Comment.objects.exclude(place=None).count()
            assert places in {0, 1, 3, 4}  # threads are whole, or not there
        else:
            break

    assert kills > 15
    assert shown() == [(0, "number 1"), (1, ""), (2, "number 3")]
    assert sorted(Imported.objects.values_list("source_id", flat=True)) == list("12345")
    assert not ImportRun.objects.filter(finished=None).exists()
    assert verify() is None


@pytest.mark.parametrize(
    ("name", "file", "count"),
    [
        ("wordpress", "wordpress.xml", 4),
        ("disqus", "disqus.xml", 4),
        ("remark42", "remark42.jsonl", 3),
        ("commento", "commento.json", 4),
        ("comentario", "comentario.json", 4),
        ("artalk", "artalk.json", 3),
        ("coral", "coral-comments.json", 5),
        ("coral", "coral-comments.csv", 3),
        ("plone", "plone.json", 3),
        ("letterdesk", "letterdesk.ndjson", 5),
    ],
)
def test_every_format_arrives(name: str, file: str, count: int):
    given = list(records(name, Source(SAMPLES / file, today=TODAY)))

    first, again = take(given, source=name), take(given, source=name)

    assert (first.imported.total(), again.imported.total(), again.known) == (
        count,
        0,
        count,
    )
    assert first.read == first.imported.total() + first.known + first.skipped.total()
    assert Story.objects.get().url == URL


def isso_of_one_day(path: Path, *said: tuple[str, str]) -> list[CommentRecord]:
    """Give what Isso's generic JSON holds that was written by a script without ids."""
    comments = [
        {"author": author, "created": "2019-05-02 00:00:00", "text": text, "id": 0}
        for author, text in said
    ]
    path.write_text(json.dumps([{"id": URL, "title": "The ferry", "comments": comments}]))
    return list(records("isso", Source(path, today=TODAY)))


def test_comments_of_one_day_without_ids_all_come_in_once(tmp_path: Path):
    said = [
        ("Mira", "It left."),
        ("Ana", "It left."),
        ("Mira", "It came back."),
        ("", "No."),
    ]
    found = isso_of_one_day(tmp_path / "all.json", *said, said[0])
    more = isso_of_one_day(tmp_path / "more.json", ("Jo", "When?"), *said)

    first, again, later = (take(some, source="isso") for some in (found, found, more))

    there = [(one.name, one.text) for one in thread(Story.objects.get(url=URL))]
    assert there == [*said, ("Jo", "When?")]
    assert [(one.imported.total(), one.known) for one in (first, again, later)] == [
        (4, 1),
        (0, 5),
        (1, 4),
    ]
    assert first.skipped.total() == 0


def test_what_came_in_by_a_former_id_is_known_by_its_words(tmp_path: Path):
    said = [("Mira", "It left."), ("Ana", "It left."), ("Mira", "It came back.")]
    found = isso_of_one_day(tmp_path / "all.json", *said)
    before = replace(found[0], id=found[0].former_id, former_id="")
    take([before], source="isso")

    foreseen = look(((one, one.story.url) for one in found), "isso", stories())
    report, again = take(found, source="isso"), take(found, source="isso")

    assert {one.former_id for one in found} == {f"{URL} 0 2019-05-02 00:00:00"}
    told = [(one.imported.total(), one.known) for one in (foreseen, report, again)]
    assert told == [(2, 1), (2, 1), (0, 3)]
    assert Comment.objects.count() == 3


def test_hostile_words_are_stored_as_they_are():
    texts = hostile_texts()

    report = take(a_record(number, text=text) for number, text in enumerate(texts, 1))

    assert report.imported.total() == len(texts)
    stored = dict(Imported.objects.values_list("source_id", "comment__text"))
    assert [stored[str(number)] for number in range(1, len(texts) + 1)] == texts


# Undo.


def test_an_undone_import_leaves_nothing_but_closed_stories_and_the_log():
    report = take(
        [
            a_record(1),
            a_record(2, reply_to="1", found=Found.DELETED),
            a_record(3, reply_to="2", found=Found.PENDING),
        ]
    )
    screen(seconds=60)
    Story.objects.update(changed=False)

    undone = undo_import(report.run or 0, today=TODAY)

    assert undone == Undone(removed=3, kept=0, closed=1)
    assert not Comment.objects.exists()
    assert not Imported.objects.exists()
    assert runs(COMMAND) == []
    assert Story.objects.filter(changed=True, is_open=False).count() == 1
    assert AuditEntry.objects.filter(what="import-undone").exists()
    assert verify() is None


def test_undo_keeps_what_somebody_here_has_touched_and_what_that_answers(moderator: Person):
    report = take(
        [
            a_record(1),
            a_record(2, reply_to="1"),
            a_record(3, reply_to="2", found=Found.PENDING),
            a_record(4),
        ]
    )
    rows.approve(Comment.objects.get(state="pending"), moderator)

    undone = undo_import(report.run or 0, today=TODAY)

    assert undone == Undone(removed=1, kept=3, closed=0)
    assert not Comment.objects.filter(text__contains="number 4").exists()


def test_what_was_decided_here_stays_counted_once_as_its_comment_stays(moderator: Person):
    given = [a_record(number, found=Found.PENDING) for number in (1, 2)]
    report = take(given)
    rows.approve(Comment.objects.get(text__contains="number 1"), moderator)
    act(Story.objects.get().pk, today=TODAY)
    counted = public_figures(TODAY)

    undone = undo_import(report.run or 0, today=TODAY)
    take(given)

    assert undone == Undone(removed=1, kept=1, closed=0)
    assert public_figures(TODAY) == counted == {f"{TODAY:%Y-%m}": {"published": 1}}
    assert Comment.objects.filter(state="published").count() == 1


def test_undo_keeps_what_a_reader_has_answered():
    report = take([a_record(1), a_record(2)])
    answered = Comment.objects.get(text__contains="number 1")
    rows.make_comment(answered.story, 50, reply_to=answered)

    assert undo_import(report.run or 0, today=TODAY) == Undone(removed=1, kept=1, closed=0)


def test_undo_names_the_imports_that_brought_answers_to_what_it_keeps(moderator: Person):
    def undone(run: int | None) -> tuple[int, int, int, list[tuple[int, str]]]:
        done = undo_import(run or 0, today=TODAY)
        first = [(one.number, one.file) for one in done.undo_first]
        return done.removed, done.kept, done.answered, first

    first = take([a_record(1), a_record(2), a_record(3), a_record(4)]).run
    second = take([a_record(5, reply_to="1"), a_record(6, reply_to="4")], file="b").run
    third = take([a_record(7, reply_to="5"), a_record(8)], file="c").run
    take([a_record(9, reply_to="3", found=Found.PENDING)], file="d")
    rows.approve(Comment.objects.get(state="pending"), moderator)

    assert undone(first) == (1, 3, 2, [(third, "c"), (second, "b")])
    assert undone(second) == (1, 1, 1, [(third, "c")])
    assert undone(third) == (2, 0, 0, [])
    assert undone(second) == (1, 0, 0, [])
    assert undone(first) == (2, 1, 0, [])
    assert shown() == [(0, "number 3")]


def test_undo_ends_where_comments_of_two_imports_answer_each_other_in_a_circle():
    first = take([a_record(1, reply_to="3"), a_record(2, reply_to="1")])
    second = take([a_record(3, reply_to="2")])

    undone = undo_import(first.run or 0, today=TODAY)

    assert (undone.kept, undone.answered) == (2, 2)
    assert [one.number for one in undone.undo_first] == [second.run]


def test_what_was_undone_can_be_imported_anew():
    given = [a_record(1), a_record(2, reply_to="1")]
    undo_import(take(given, language="ko").run or 0, today=TODAY)

    report = take(given)

    assert (report.imported.total(), shown()) == (2, [(0, "number 1"), (1, "number 2")])
    story = Story.objects.get()
    assert (story.is_open, story.brought_by_id) == (True, report.run)


def test_undo_closes_no_story_that_was_there_before_or_has_other_comments():
    mine = rows.make_story()
    there = StoryRecord(url=mine.url, headline=mine.headline)
    first = take([a_record(1), a_record(2, story=there)])
    take([a_record(3)])

    assert undo_import(first.run or 0, today=TODAY) == Undone(removed=2, kept=0, closed=0)
    assert Story.objects.filter(is_open=False).count() == 0


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_query_and_then_undone_no_empty_story_is_left_open():
    given = [
        a_record(1),
        a_record(2, story=StoryRecord(url="https://news.example/b")),
        a_record(3, story=StoryRecord(url="https://news.example/c")),
    ]
    kills = 0
    while True:
        try:
            with killed_at_query(kills + 1):
                take(given)
        except Killed:
            kills += 1
        else:
            break

    for run in runs(COMMAND):
        undo_import(run.number, today=TODAY)

    assert kills > 15
    assert not Comment.objects.exists()
    assert Story.objects.filter(is_open=False).count() == 3
    assert not Story.objects.filter(is_open=True).exists()


def test_a_story_that_an_editor_closed_is_not_opened_by_an_import():
    take([a_record(1)])
    close_story(Story.objects.get().public_id, today=TODAY)

    take([a_record(2)])

    assert not Story.objects.get().is_open


@pytest.mark.django_db(transaction=True)
def test_another_import_is_refused_until_the_first_one_ends(newsroom):
    def try_it(told: list[str]) -> None:
        try:
            with import_lock(newsroom):
                told.append("alone")
        except ImportBusy as busy:
            told.append(busy.code)
        finally:
            connection.close()

    def elsewhere() -> list[str]:
        told: list[str] = []
        other = Thread(target=try_it, args=[told])
        other.start()
        other.join(timeout=PATIENCE)
        return told

    with import_lock(newsroom):
        during = elsewhere()

    assert (during, elsewhere()) == (["import-busy"], ["alone"])


def test_no_import_has_this_number():
    with pytest.raises(NotFound) as caught:
        undo_import(4, today=TODAY)

    assert caught.value.code == "import-unknown"


def test_a_story_made_sensitive_later_keeps_what_was_imported():
    take([a_record(1)])
    set_risk(Story.objects.get().public_id, Risk.SENSITIVE, today=TODAY)

    assert take([a_record(1)]).known == 1
    assert shown() == [(0, "number 1")]
