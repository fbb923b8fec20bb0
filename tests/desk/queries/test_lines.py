import base64
from datetime import UTC, date, datetime

import msgspec
import pytest
from django.db import transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.note_export import note_begun
from letterdesk.desk.actions.terms import adopt
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment, Imported, ImportRun
from letterdesk.desk.queries.leaving import story_keys
from letterdesk.desk.queries.lines import lines
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.domain.audit import GENESIS, chain, commitment
from letterdesk.domain.statement import Ground
from letterdesk.domain.states import Action, State
from letterdesk.interchange.portion import Portion
from tests.desk import rows
from tests.desk.rows import CUT, TEXT, move
from tests.values import TODAY, an_id

pytestmark = pytest.mark.django_db
ALL = Portion()
SECRETS = ("ana@mail.example", "Ana", "jo@mail.example", "Look in the harbour")


def told(portion: Portion = ALL) -> list[dict]:
    """Give the lines as whoever reads the file gets them."""
    found = lines(story_keys(COMMAND, portion), portion)
    return [msgspec.json.decode(msgspec.json.encode(line)) for line in found]


def of_kind(kind: str, portion: Portion = ALL) -> list[dict]:
    return [line for line in told(portion) if line["kind"] == kind]


def test_every_version_and_cut_of_a_comment_is_there(moderator, colleague):
    story = rows.make_story()
    comment = rows.make_comment(story, 1, as_written=False, place=None)
    move(comment, Action.HOLD, colleague, note="Ask the desk.")
    move(comment, Action.EDIT, moderator, text=CUT, rules=("3",), note="A name.")
    rows.act_and_show(story)
    move(comment, Action.RETRACT, moderator, rules=("2",))

    (line,) = of_kind("comment")
    decisions = line.pop("decisions")
    reasons = [one.pop("reasons", {}) for one in decisions]
    place = TEXT.index("Daniel Roe")
    cut = [{"start": place, "end": len(TEXT) - 1, "note": "name removed"}]
    assert line == {
        "kind": "comment",
        "id": an_id(1),
        "story": story.public_id,
        "state": "retracted",
        "text": TEXT,
        "name": "Mira",
        "language": "en",
        "arrived": "2026-11-23",
        "published": "2026-11-23",
        "place": 1,
        "risk": "ordinary",
        "cuts": line["cuts"],
        "rules": ["2"],
        "terms": line["terms"],
        "statement": line["statement"],
        "version": 4,
        "acted_version": 3,
        "salt": base64.b64encode(bytes(32)).decode(),
    }
    shared = {"taken": "2026-11-23T10:30:00Z"}
    assert [
        {name: value for name, value in one.items() if name not in {"terms", "rules"}}
        for one in decisions
    ] == [
        {
            **shared,
            "version": 2,
            "move": "hold",
            "state": "held",
            "by": "noor",
            "note": "Ask the desk.",
        },
        {
            **shared,
            "version": 3,
            "move": "edit",
            "state": "approved",
            "by": "mina",
            "note": "A name.",
            "cuts": cut,
        },
        {
            **shared,
            "version": 4,
            "move": "retract",
            "state": "retracted",
            "by": "mina",
            **({"cuts": line["cuts"]} if line["cuts"] else {}),
        },
    ]
    assert [one.get("rules") for one in decisions] == [None, ["3"], ["2"]]
    assert [one.get("measure") for one in reasons] == [None, "cut", "taken-down"]
    assert [one.get("ground") for one in reasons] == [None, Ground.TERMS, Ground.TERMS]


def test_what_no_page_has_shown_yet_is_not_published(moderator):
    story = rows.make_story()
    back = rows.make_published(story, moderator, 1)
    move(back, Action.RETRACT, moderator)
    rows.act_and_show(story)
    rows.approve(rows.make_comment(story, 2), moderator)
    move(back, Action.RESTORE, moderator)
    act(story.pk, today=TODAY)  # and its page fails, or its process is killed

    found = {one["id"]: one for one in of_kind("comment")}

    assert [one["state"] for one in found.values()] == ["approved", "approved"]
    assert found[an_id(1)]["published"] == "2026-11-23"  # the first time
    assert "published" not in found[an_id(2)]
    assert of_kind("comment", Portion(published_only=True)) == []


def test_an_imported_comment_says_what_it_was_elsewhere():
    comment = rows.make_comment(rows.make_story(), 1)
    run = ImportRun.objects.create(source="wordpress", file="x.xml", begun=TODAY)
    Imported.objects.create(
        comment=comment,
        story=comment.story,
        run=run,
        source="wordpress",
        site="https://old.example",
        source_id="77",
    )

    (line,) = of_kind("comment")
    where = [line[name] for name in ("source", "source_site", "source_id")]
    assert where == ["wordpress", "https://old.example", "77"]


def test_the_log_can_be_verified_and_held_against_the_texts(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    rows.approve(comment, moderator)
    note_begun("letterdesk", ALL, who="command", today=TODAY)

    entries = of_kind("audit")
    (line,) = of_kind("comment")

    digest = GENESIS
    for number, entry in enumerate(entries, start=1):
        digest = chain(digest, number, entry["facts"])
        assert (entry["number"], entry["digest"]) == (number, digest)
    assert [entry["facts"]["what"] for entry in entries] == ["approve", "export-begun"]
    seal = commitment(base64.b64decode(line["salt"]), line["text"])
    assert entries[0]["facts"]["text_before"] == seal


def test_what_an_author_took_back_is_in_no_line(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story, 1, text="Marker words.", name="Marker name")
    move(comment, Action.REJECT, moderator, note="Marker note.")
    rows.act_and_show(story)
    rows.make_appeal(comment, text="Marker appeal.")
    withdraw([comment.pk], today=TODAY)  # the press has yet to erase it
    assert Comment.objects.get(pk=comment.pk).text == "Marker words."

    found = told()

    assert not [line for line in found if "Marker" in str(line)]
    (line,) = [line for line in found if line["kind"] == "comment"]
    assert (line["state"], "salt" in line) == (State.WITHDRAWN, False)
    assert [one["move"] for one in line["decisions"]] == ["reject", "withdraw"]


def test_nobody_outside_learns_who_wrote_to_the_newsroom(moderator, editor):
    comment = rows.make_published(rows.make_story(), moderator, 1)
    rows.make_notice(comment)
    rows.make_tip(comment.story)

    found = told()

    assert not [line for line in found for secret in SECRETS if secret in str(line)]
    (notice,) = [line for line in found if line["kind"] == "notice"]
    assert notice == {
        "kind": "notice",
        "id": an_id(12),
        "story": comment.story.public_id,
        "comment": an_id(1),
        "arrived": "2026-11-23",
        "text": "This names my neighbour.",
        "is_open": True,
    }


def test_appeals_people_stories_and_terms_are_there(moderator, colleague):
    adopt(languages=("en", "ko"), today=TODAY)
    story = rows.make_story(credits=[{"role": "By", "name": "Nell", "desk": ""}])
    comment = rows.make_in(State.REJECTED, story, moderator)
    rows.make_appeal(comment)

    assert of_kind("appeal") == [
        {
            "kind": "appeal",
            "id": an_id(11),
            "comment": comment.public_id,
            "arrived": "2026-11-23",
            "text": "Please look again.",
            "is_open": True,
        }
    ]
    assert [(one["name"], one["role"], one["is_open"]) for one in of_kind("person")] == [
        ("mina", "moderator", True),
        ("noor", "moderator", True),
    ]
    (told_story,) = of_kind("story")
    assert told_story == {
        "kind": "story",
        "id": story.public_id,
        "url": "https://news.example/1",
        "headline": "The ferry will not come back",
        "language": "en",
        "desk": "English",
        "risk": "ordinary",
        "registered": "2026-11-23",
        "is_open": True,
        "credits": [{"role": "By", "name": "Nell", "desk": ""}],
    }
    versions = of_kind("terms")
    assert {(one["version"], one["language"]) for one in versions} >= {
        ("1", "en"),
        ("1", "ko"),
    }
    assert [rule["number"] for rule in versions[0]["rules"]][:2] == ["1", "2"]
    assert all(rule["key"] for rule in versions[0]["rules"])


def test_published_only_is_what_readers_see(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    move(comment, Action.EDIT, moderator, note="Secret note.")
    rows.act_and_show(story)
    rows.make_comment(story, 2, text="Waiting words.")
    rows.make_notice(comment)

    found = told(Portion(published_only=True))

    assert {line["kind"] for line in found} <= {"terms", "story", "comment"}
    assert [line for line in found if line["kind"] == "comment"] == [
        {
            "kind": "comment",
            "id": an_id(1),
            "story": story.public_id,
            "state": "published",
            "text": CUT,
            "name": "Mira",
            "language": "en",
            "published": "2026-11-23",
            "place": 1,
            "rules": ["3"],
            "terms": found[-1]["terms"],
        }
    ]
    for secret in ("Daniel Roe", "Secret note", "Waiting words", "mina"):
        assert secret not in str(found)


def test_published_only_has_no_word_that_is_to_go(moderator):
    story = rows.make_story()
    back = rows.make_published(story, moderator, 1)
    cut = rows.make_published(story, moderator, 2)
    with transaction.atomic():
        withdraw([back.pk], today=TODAY)
    move(cut, Action.EDIT, moderator)

    found = told(Portion(published_only=True))

    assert [line["text"] for line in found if line["kind"] == "comment"] == [CUT]


def test_a_part_has_no_log_and_only_its_own_letters(moderator):
    one, two = rows.make_story(1), rows.make_story(2)
    first = rows.make_published(one, moderator, 1)
    second = rows.make_published(two, moderator, 2)
    for number, comment in ((11, first), (12, second)):
        rows.make_notice(comment, number)
        rows.make_appeal(comment, 30 + number)

    found = told(Portion(story=two.public_id))
    early = told(Portion(end=date(2026, 11, 1)))

    assert {line["kind"] for line in found} == {
        "person",
        "story",
        "comment",
        "notice",
        "appeal",
    }
    assert [line["id"] for line in found if "id" in line] == [
        *(two.public_id, an_id(2), an_id(42), an_id(12)),
    ]
    assert {line["kind"] for line in early} == {"person"}


@pytest.mark.parametrize("comments", [1, 3])
def test_a_story_costs_the_same_few_queries(
    comments: int, moderator: Person, django_assert_num_queries
):
    story = rows.make_story()
    for number in range(comments):
        rows.make_published(story, moderator, 10 + number)
    keys = story_keys(COMMAND, ALL)

    with django_assert_num_queries(10):
        found = [
            line for line in lines(keys, ALL) if line.__struct_config__.tag == "comment"
        ]

    assert len(found) == comments
    assert found[0].decisions[0].taken == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def test_a_name_that_was_left_out_is_there_as_cut_words_are(moderator):
    story = rows.make_story()
    comment = rows.make_published(story, moderator, 1)
    move(comment, Action.EDIT, moderator, leave_name_out=True)
    rows.act_and_show(story)
    move(comment, Action.EDIT, moderator, leave_name_out=False)

    (line,) = of_kind("comment")

    assert (line["name"], "name_left_out" in line) == ("Mira", False)
    assert [one.get("name_left_out") for one in line["decisions"]] == [None, True, None]
    (shown,) = of_kind("comment", Portion(published_only=True))
    assert (shown.get("name"), shown["name_left_out"]) == (None, True)
