import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.http import HttpResponse
from django.test import Client

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.tally import count
from letterdesk.desk.actions.tokens import add_token
from letterdesk.desk.api.app import api
from letterdesk.desk.models import AuditEntry, Comment, Story, User
from letterdesk.desk.queries.audit import head
from letterdesk.desk.queries.people import person
from letterdesk.domain.states import Action, Risk, State
from letterdesk.reader.terms import terms
from tests.desk import rows
from tests.desk.rows import CUT, SAFE, TEXT, move
from tests.urls import UNUSABLE, USABLE
from tests.values import TODAY, an_id

Ask = Callable[..., HttpResponse]
ROLES = ("moderator", "editor", "admin", "auditor", "registrar")


@pytest.fixture
def ask_as(newsroom, db) -> Callable[[str], Ask]:
    """Give what asks the API in the name of somebody with a role."""

    def as_(role: str, name: str | None = None) -> Ask:
        token = add_token(name or f"{role}-robot", role, today=TODAY)
        return asking({"Authorization": f"Bearer {token}"})

    return as_


@pytest.fixture
def ask(ask_as) -> Ask:
    return ask_as("editor")


def asking(headers: dict[str, str]) -> Ask:
    client = Client(headers={"host": "127.0.0.1", **headers}, raise_request_exception=False)

    def ask(method: str, path: str, body: object = None) -> HttpResponse:
        sent = {} if body is None else {"data": json.dumps(body)}
        return client.generic(
            method, f"/api/v1/{path}", content_type="application/json", **sent
        )

    return ask


def assert_problem(answer: HttpResponse, status: int, code: str, **more: object) -> None:
    body = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert set(body) == {"type", "title", "status", "detail", "code", *more}
    assert {name: body[name] for name in more} == more
    assert body["detail"]


def test_a_comment_is_given_whole(ask):
    story = rows.make_story()
    parent = rows.make_comment(story, 1)
    rows.make_comment(story, 2, reply_to=parent)

    answer = ask("GET", f"comments/{an_id(2)}")

    assert answer.status_code == 200
    assert answer.json() == {
        "id": an_id(2),
        "story": story.public_id,
        "desk": "English",
        "status": "pending",
        "version": 1,
        "text": TEXT,
        "original": TEXT,
        "name": "Mira",
        "original_name": "Mira",
        "name_left_out": False,
        "language": "en",
        "arrived": "2026-11-23",
        "reply_to": an_id(1),
        "as_written": False,
        "edited": False,
        "rules": [],
        "terms": "",
        "statement": "",
        "cuts": [],
        "approvals": 0,
        "published": None,
        "possible": ["approve", "edit", "reject", "hold"],
    }


def test_an_undo_is_refused_once_that_gives_a_name_that_nothing_marked(
    newsroom, ask, editor
):
    newsroom.names_file.parent.mkdir(exist_ok=True)
    newsroom.names_file.write_bytes(bytes(32))
    newsroom.names_file.chmod(0o600)
    comment = rows.make_comment(rows.make_story(), 1)
    path = f"comments/{comment.public_id}/decisions"
    for action, version in (("approve", 1), ("hold", 2)):
        ask("POST", path, {"action": action, "version": version})
    him = NewName(label="him", spellings=("Daniel Roe",))
    story = comment.story.public_id
    protect(him, story=story, key=bytes(32), by=editor, now=rows.NOW)

    refused = ask("DELETE", f"{path}/last")
    held = Comment.objects.get().state
    undone = ask("DELETE", f"{path}/last")

    assert_problem(refused, 409, "name-not-shown")
    assert (held, undone.status_code) == ("held", 200)
    assert undone.json()["status"] == "approved"


def test_a_decision_is_taken_and_undone(ask):
    comment = rows.make_comment(rows.make_story(), 1)
    path = f"comments/{comment.public_id}/decisions"
    wanted = {"action": "edit", "version": 1, "text": CUT, "rules": ["3"], "note": "Names."}

    decided = ask("POST", path, wanted)
    undone = ask("DELETE", f"{path}/last")
    again = ask("DELETE", f"{path}/last")

    body = decided.json()
    assert decided.status_code == 201
    assert {name: body[name] for name in ("status", "version", "text", "edited")} == {
        "status": "approved",
        "version": 2,
        "text": CUT,
        "edited": True,
    }
    assert body["original"] == TEXT
    assert body["cuts"] == [{"start": 44, "end": 54, "note": "name removed"}]
    assert (body["rules"], body["terms"]) == (["3"], terms("en").version)
    assert body["statement"].endswith("\n\nNames.")
    assert undone.status_code == 200
    assert (undone.json()["status"], undone.json()["version"]) == ("pending", 3)
    assert_problem(again, 409, "nothing-to-undo")
    whos = [entry.facts["who"] for entry in AuditEntry.objects.all()]
    assert whos == ["command", "editor-robot", "editor-robot"]


def test_a_name_is_left_out_and_put_back(ask):
    comment = rows.make_comment(rows.make_story(), 1)
    path = f"comments/{comment.public_id}/decisions"
    wanted = {"action": "edit", "version": 1, "leave_name_out": True, "rules": ["6"]}

    out = ask("POST", path, wanted).json()
    act(comment.story_id, today=TODAY)
    back = ask(
        "POST", path, {"action": "edit", "version": 2, "leave_name_out": False}
    ).json()

    told = ("status", "text", "name", "original_name", "name_left_out", "edited", "rules")
    assert {name: out[name] for name in told} == {
        "status": "approved",
        "text": TEXT,
        "name": "",
        "original_name": "Mira",
        "name_left_out": True,
        "edited": True,
        "rules": ["6"],
    }
    assert (back["status"], back["name"], back["name_left_out"], back["edited"]) == (
        "published",
        "Mira",
        False,
        False,
    )


def test_words_of_a_published_comment_are_cut_and_not_given_back(ask, moderator):
    comment = rows.make_published(rows.make_story(), moderator, 1)
    path = f"comments/{comment.public_id}"
    wanted = {"action": "edit", "version": 2, "text": CUT, "rules": ["3"]}

    before = ask("GET", path).json()
    cut = ask("POST", f"{path}/decisions", wanted)
    back = ask("POST", f"{path}/decisions", wanted | {"version": 3, "text": TEXT})
    same = ask("POST", f"{path}/decisions", wanted | {"version": 3})
    undone = ask("DELETE", f"{path}/decisions/last")

    assert before["possible"] == ["edit", "retract"]
    assert cut.status_code == 201
    body = cut.json()
    assert (body["status"], body["version"], body["text"], body["rules"]) == (
        "published",
        3,
        CUT,
        ["3"],
    )
    assert_problem(back, 422, "not-a-cut")
    assert_problem(same, 422, "not-a-cut")
    assert (undone.status_code, undone.json()["text"]) == (200, TEXT)


def test_words_of_a_sensitive_page_are_one_programs_to_cut_and_not_to_give_back(
    ask, moderator, colleague
):
    comment = rows.make_comment(rows.make_story(risk="sensitive"), 1)
    for one in (moderator, colleague):
        rows.approve(comment, one)
    act(comment.story_id, today=TODAY)
    path = f"comments/{comment.public_id}/decisions"
    wanted = {"action": "edit", "version": 3, "text": SAFE, "rules": ["3"]}

    cut = ask("POST", path, wanted)
    back = ask("POST", path, wanted | {"version": 4, "text": TEXT})

    assert (cut.status_code, cut.json()["status"], cut.json()["approvals"]) == (
        201,
        "published",
        0,
    )
    assert_problem(back, 403, "appeal-needed")


_REFUSED = {
    "an old version": ({"action": "approve", "version": 0}, 409, "version-old"),
    "a version to come": ({"action": "approve", "version": 7}, 409, "version-old"),
    "no such move": ({"action": "retract", "rules": ["3"]}, 409, "move-not-allowed"),
    "not a cut": (
        {"action": "edit", "text": f"{TEXT} Truly.", "rules": ["3"]},
        422,
        "not-a-cut",
    ),
    "no text": ({"action": "edit", "rules": ["3"]}, 422, "not-a-cut"),
    "no rule": ({"action": "reject"}, 422, "rule-missing"),
    "no such rule": ({"action": "reject", "rules": ["99"]}, 422, "rule-unknown"),
}


@pytest.mark.parametrize("case", _REFUSED)
def test_a_decision_that_cannot_be_taken_says_why(case, ask):
    comment = rows.make_comment(rows.make_story(), 1)
    wanted, status, code = _REFUSED[case]

    answer = ask(
        "POST", f"comments/{comment.public_id}/decisions", {"version": 1, **wanted}
    )

    more = {"current": 1} if code == "version-old" else {}
    assert_problem(answer, status, code, **more)
    comment.refresh_from_db()
    assert (comment.state, comment.version) == ("pending", 1)


_INVALID = {
    "nothing": ({}, ["action", "version"]),
    "no version": ({"action": "approve"}, ["version"]),
    "a version in words": ({"action": "approve", "version": "1"}, ["version"]),
    "an action that is none": ({"action": "like", "version": 1}, ["action"]),
    "something else": ({"action": "approve", "version": 1, "force": True}, ["force"]),
    "rules that are no list": (
        {"action": "reject", "version": 1, "rules": "3"},
        ["rules"],
    ),
    "rules that are numbers": (
        {"action": "reject", "version": 1, "rules": ["3", 3]},
        ["rules.1"],
    ),
    "no object": (["approve"], ["body"]),
}


@pytest.mark.parametrize("case", _INVALID)
def test_a_body_of_another_form_is_refused_by_what_is_wrong_in_it(case, ask):
    comment = rows.make_comment(rows.make_story(), 1)
    wanted, fields = _INVALID[case]

    answer = ask("POST", f"comments/{comment.public_id}/decisions", wanted)

    assert answer.json()["code"] == "invalid"
    assert_problem(answer, 422, "invalid", fields=fields)


def test_a_body_that_is_no_json_is_malformed(ask, newsroom):
    token = add_token("x", "editor", today=TODAY)
    client = Client(headers={"host": "127.0.0.1", "Authorization": f"Bearer {token}"})

    for body in ("{", ""):
        answer = client.post(
            f"/api/v1/comments/{an_id(1)}/decisions",
            data=body,
            content_type="application/json",
        )

        assert_problem(answer, 400, "malformed")


def test_a_note_that_is_too_long_names_its_field(ask):
    comment = rows.make_comment(rows.make_story(), 1)
    wanted = {"action": "hold", "version": 1, "note": "x" * 2001}

    answer = ask("POST", f"comments/{comment.public_id}/decisions", wanted)

    assert_problem(answer, 422, "too-long", field="note")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"comments/{an_id(1)}/decisions"),
        ("POST", "stories"),
        ("PATCH", f"stories/{an_id(1)}"),
    ],
)
def test_a_body_that_is_too_large_is_refused_as_such(method, path, ask):
    rows.make_comment(rows.make_story(), 1)

    answer = ask(method, path, {"action": "hold", "version": 1, "note": "x" * 3_000_000})

    assert_problem(answer, 413, "body-too-large")
    assert Comment.objects.get().version == 1


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "stories", "GET, HEAD, POST"),
        ("DELETE", f"stories/{an_id(1)}", "GET, HEAD, PATCH"),
        ("GET", "publications", "POST"),
    ],
)
def test_what_cannot_be_done_at_an_address_is_a_problem(method, path, allowed, ask):
    answer = ask(method, path)

    assert_problem(answer, 405, "method-not-allowed")
    assert answer["Allow"] == allowed
    assert allowed in answer.json()["detail"]


@pytest.mark.parametrize("path", ["stories", "comments", "audit", "openapi.json"])
def test_head_is_answered_like_get_without_a_body(path, ask):
    rows.make_comment(rows.make_story(), 1)

    asked, told = ask("GET", path), ask("HEAD", path)

    assert (told.status_code, told.content) == (200, b"")
    assert told["Content-Type"] == asked["Content-Type"]
    assert ask("HEAD", "publications").status_code == 405


def test_letters_as_written_are_not_cut(ask):
    comment = rows.make_comment(rows.make_story(), 1, as_written=True)
    wanted = {"action": "edit", "version": 1, "text": CUT, "rules": ["3"]}

    answer = ask("POST", f"comments/{comment.public_id}/decisions", wanted)

    assert_problem(answer, 422, "as-written")


def test_a_token_that_an_admin_made_at_the_desk_is_no_second_person(ask_as, db):
    admin = rows.make_person("ada", role="admin")
    token = add_token("robot", "editor", today=TODAY, by=admin)
    ask = asking({"Authorization": f"Bearer {token}"})
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    rows.approve(comment, admin)

    answer = ask(
        "POST",
        f"comments/{comment.public_id}/decisions",
        {"action": "approve", "version": 2},
    )

    assert_problem(answer, 403, "not-confirmed")
    assert Comment.objects.get().state == "pending"


def test_a_sensitive_story_takes_two_people_over_the_api_too(ask_as):
    first, second = ask_as("moderator", "mina"), ask_as("moderator", "noor")
    twin = ask_as("moderator", "mina")  # another token, the same person
    comment = rows.make_comment(rows.make_story(risk="sensitive"), 1)
    path = f"comments/{comment.public_id}/decisions"

    one = first("POST", path, {"action": "approve", "version": 1})
    same = [ask("POST", path, {"action": "approve", "version": 2}) for ask in (first, twin)]
    two = second("POST", path, {"action": "approve", "version": 2})

    assert (one.status_code, one.json()["status"], one.json()["approvals"]) == (
        201,
        "pending",
        1,
    )
    for answer in same:
        assert_problem(answer, 403, "second-person-needed")
    assert (two.status_code, two.json()["status"], two.json()["approvals"]) == (
        201,
        "approved",
        0,
    )


def test_the_api_brings_back_with_two_people_what_was_taken_down(ask_as):
    first, second = ask_as("moderator", "mina"), ask_as("moderator", "noor")
    comment = rows.make_comment(rows.make_story(risk="sensitive"), 1)
    path = f"comments/{comment.public_id}/decisions"
    for ask in (first, second):
        decided(ask, path, {"action": "approve"})
    act(comment.story_id, today=TODAY)
    decided(first, path, {"action": "retract", "rules": ["3"]})

    one = decided(first, path, {"action": "restore"})
    same = first("POST", path, {"action": "approve", "version": one.json()["version"]})
    two = decided(second, path, {"action": "approve"})

    assert (one.json()["status"], one.json()["approvals"]) == ("pending", 1)
    assert_problem(same, 403, "second-person-needed")
    assert (two.status_code, two.json()["status"]) == (201, "approved")


def decided(ask, path, sent):
    return ask("POST", path, {**sent, "version": Comment.objects.get().version})


@pytest.mark.parametrize(
    "path",
    ["comments/" + an_id(77), "comments/x", "comments/%00", "comments/" + "z" * 400],
)
def test_a_comment_that_is_not_there_is_not_found(path, ask):
    assert_problem(ask("GET", path), 404, "comment-unknown")
    wanted = {"action": "approve", "version": 1}
    assert_problem(ask("POST", f"{path}/decisions", wanted), 404, "comment-unknown")
    assert_problem(ask("DELETE", f"{path}/decisions/last"), 404, "comment-unknown")


def test_an_address_that_is_not_there_is_a_problem_too(ask):
    assert_problem(ask("GET", "nothing/here"), 404, "not-found")


def test_comments_are_listed_page_by_page_oldest_first(ask):
    story = rows.make_story()
    made = [rows.make_comment(story).public_id for _ in range(5)]

    seen, cursor = [], ""
    while cursor is not None:
        page = ask("GET", f"comments?size=2&cursor={cursor}").json()
        assert set(page) == {"items", "next"}
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        assert cursor is None or not cursor.isdigit() or len(cursor) == 13

    assert seen == made


def test_comments_are_listed_by_status_desk_and_story(ask, moderator):
    here, there = rows.make_story(1), rows.make_story(2, desk="Korean")
    one, two, three = (rows.make_comment(story) for story in (here, there, here))
    move(three, Action.HOLD, moderator)

    found = {
        query: [item["id"] for item in ask("GET", f"comments?{query}").json()["items"]]
        for query in (
            "",
            "status=&desk=&story=&cursor=",
            "status=pending",
            "status=held&desk=English",
            "desk=Korean",
            f"story={here.public_id}",
            f"story={here.public_id}&status=held",
            f"story={here.public_id}&desk=Korean",
        )
    }

    first, second, third = one.public_id, two.public_id, three.public_id
    assert list(found.values()) == [
        [first, second, third],
        [first, second, third],
        [first, second],
        [third],
        [second],
        [first, third],
        [third],
        [],
    ]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("status=shown", 422, "invalid"),
        ("size=0", 422, "invalid"),
        ("size=x", 422, "invalid"),
        ("status=%FF", 422, "invalid"),
        ("size=201", 422, "invalid"),
        ("desk=%00", 422, "invalid"),
        ("cursor=1", 422, "cursor-wrong"),
        ("cursor=zzzzzzzzzzzzz", 422, "cursor-wrong"),
        ("cursor=uuuuuuuuuuuuu", 422, "cursor-wrong"),
        ("story=nothing", 404, "story-unknown"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(query, status, code, ask):
    answer = ask("GET", f"comments?{query}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("path", ["comments", "stories", "audit"])
def test_an_empty_parameter_is_as_good_as_none(path, ask):
    rows.make_comment(rows.make_story(), 1)

    told = ask("GET", f"{path}?cursor=&size=&status=&desk=&story=")

    assert (told.status_code, told.json()) == (200, ask("GET", path).json())


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "openapi.json", 405, "method-not-allowed"),
        ("DELETE", "nothing", 404, "not-found"),
        ("POST", "", 404, "not-found"),
        ("GET", "", 404, "not-found"),
        ("GET", "me?a=%FF", 422, "invalid"),
    ],
)
def test_a_program_never_gets_a_page(method, path, status, code, db):
    client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)

    answer = client.generic(method, f"/api/v1/{path}")

    more = {"fields": ["a"]} if code == "invalid" else {}
    assert_problem(answer, status, code, **more)


def test_a_program_that_names_another_host_gets_no_page(db):
    client = Client(headers={"host": "elsewhere.example"})

    assert_problem(client.get("/api/v1/me"), 400, "malformed")


SHEET = {
    "url": "https://news.example/ferry",
    "headline": "The ferry will not come back",
    "language": "ko",
    "desk": "Korean",
    "risk": "sensitive",
    "body": "It went at dawn.",
    "credits": [{"role": "Reported by", "name": "Ines Adair"}],
}


def test_a_story_is_registered_and_on_its_page_at_once(ask, public):
    new = ask("POST", "stories", SHEET)
    again = ask("POST", "stories", SHEET)

    story = new.json()
    assert (new.status_code, again.status_code) == (201, 200)
    assert story == again.json() == ask("GET", f"stories/{story['id']}").json()
    assert story == {
        "id": story["id"],
        "url": "https://news.example/ferry",
        "headline": "The ferry will not come back",
        "language": "ko",
        "desk": "Korean",
        "risk": "sensitive",
        "ordinary_wanted": False,
        "open": True,
        "registered": story["registered"],
        "comments": 0,
        "page": f"http://127.0.0.1:8000/t/{story['id']}/",
    }
    assert "It went at dawn." in public.read(f"t/{story['id']}/index.html").decode()
    assert story["id"] in public.read("counts.json").decode()


def test_a_registrar_registers_and_does_nothing_more_to_a_story(ask_as, public):
    ask = ask_as("registrar")

    made = ask("POST", "stories", {**SHEET, "desk": "Ferries", "risk": "sensitive"})
    again = ask(
        "POST",
        "stories",
        {**SHEET, "headline": "New", "desk": "Elsewhere", "risk": "ordinary"},
    )
    story = made.json()["id"]
    refused = ask("PATCH", f"stories/{story}", {"open": False})

    assert (made.status_code, again.status_code) == (201, 200)
    seen = {name: again.json()[name] for name in ("id", "headline", "desk", "risk")}
    assert seen == {
        "id": story,
        "headline": "New",
        "desk": "Ferries",
        "risk": "sensitive",
    }
    assert_problem(refused, 403, "not-allowed")
    assert Story.objects.get().is_open
    assert ask("GET", "me").json()["permissions"] == ["register"]


def test_a_registrar_of_a_desk_registers_nothing_at_another(ask_as, public):
    ask = ask_as("registrar", "cms")
    rows.UserDesk.objects.create(user=rows.User.objects.get(), desk="English")
    story = rows.make_story(desk="Korean")

    answers = [
        ask("POST", "stories", {**SHEET, "desk": "Korean"}),
        ask("POST", "stories", {**SHEET, "url": story.url}),
    ]

    for answer in answers:
        assert_problem(answer, 403, "not-allowed")
    assert Story.objects.count() == 1


def test_another_token_of_a_registrar_opens_no_more(ask_as):
    ask_as("registrar", "cms")
    ask = ask_as("editor", "cms")

    assert_problem(ask("GET", "comments"), 403, "not-allowed")


def test_two_editors_call_a_story_ordinary(ask, ask_as, public):
    story = ask("POST", "stories", SHEET).json()["id"]
    wanted = {"risk": "ordinary"}

    asked = ask("PATCH", f"stories/{story}", wanted).json()
    again = ask("PATCH", f"stories/{story}", wanted)
    agreed = ask_as("editor", "ezra")("PATCH", f"stories/{story}", wanted).json()

    assert (asked["risk"], asked["ordinary_wanted"]) == ("sensitive", True)
    assert_problem(again, 403, "second-editor-needed")
    assert (agreed["risk"], agreed["ordinary_wanted"]) == ("ordinary", False)


def test_a_story_is_changed_and_its_page_with_it(ask, public):
    story = ask("POST", "stories", SHEET).json()
    wanted = {"open": False, "headline": "It came back"}

    answer = ask("PATCH", f"stories/{story['id']}", wanted)

    assert answer.status_code == 200
    assert answer.json() == story | wanted
    facts = json.loads(public.read(f"t/{story['id']}/story.json"))
    assert (facts["open"], facts["headline"]) == (False, "It came back")
    unknown = ask("PATCH", f"stories/{an_id(77)}", wanted)
    assert_problem(unknown, 404, "story-unknown")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        *(({"url": url}, "story-wrong") for url in UNUSABLE),
        ({"url": "https://x/\0"}, "not-text"),
        ({"headline": ""}, "story-wrong"),
        ({"headline": "\ud800"}, "not-text"),
        ({"risk": "high"}, "invalid"),
        ({"picture": "x"}, "invalid"),
        ({"credits": [{"role": "\0", "name": "x"}]}, "not-text"),
    ],
)
def test_a_story_that_makes_no_sense_is_refused(change, code, ask):
    answer = ask("POST", "stories", SHEET | change)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Story.objects.exists()


@pytest.mark.parametrize("url", USABLE)
def test_a_story_is_known_by_any_address_that_a_browser_finds(url, ask):
    answer = ask("POST", "stories", SHEET | {"url": f" {url}\n"})
    again = ask("POST", "stories", SHEET | {"url": url})

    assert (answer.status_code, answer.json()["url"]) == (201, url)
    assert (again.status_code, again.json()) == (200, answer.json())


def test_nothing_in_a_headline_or_a_credit_disguises_it(ask):
    credits_ = [{"role": "By", "name": "Ines\u202e Adair"}]
    told = SHEET | {"headline": "The\u202e ferry\u200b sank", "credits": credits_}

    story = ask("POST", "stories", told).json()
    changed = ask("PATCH", f"stories/{story['id']}", {"headline": "It\u202e did"}).json()

    assert (story["headline"], changed["headline"]) == ("The ferry sank", "It did")
    assert Story.objects.get().credits == [{"role": "By", "name": "Ines Adair", "desk": ""}]


def test_stories_are_listed_newest_first(ask):
    made = [rows.make_story(number).public_id for number in range(1, 6)]

    first = ask("GET", "stories?size=3").json()
    rest = ask("GET", f"stories?size=3&cursor={first['next']}").json()

    assert [item["id"] for item in first["items"]] == made[:1:-1]
    assert [item["id"] for item in rest["items"]] == made[1::-1]
    assert rest["next"] is None


def test_publishing_says_what_it_did(ask, moderator):
    rows.approve(rows.make_comment(rows.make_story(), 1), moderator)

    answer = ask("POST", "publications")
    again = ask("POST", "publications")

    body = answer.json()
    assert answer.status_code == 201
    assert (body["stories"], body["comments"], body["outcomes"]) == (1, 1, 1)
    assert again.json() == {
        "stories": 0,
        "comments": 0,
        "outcomes": 0,
        "files": 0,
        "removed": 0,
        "failed": [],
    }
    assert ask("GET", f"comments/{an_id(1)}").json()["status"] == "published"


def test_a_full_disk_is_a_problem_that_passes(ask, newsroom):
    (newsroom.folder / "public").rmdir()
    (newsroom.folder / "public").write_text("in the way")

    answer = ask("POST", "publications")

    assert_problem(answer, 503, "place-failed")


def test_a_spool_that_cannot_be_read_is_a_problem_and_publishes_nothing(
    ask, newsroom, moderator
):
    comment = rows.approve(rows.make_comment(rows.make_story(), 1), moderator)
    (newsroom.folder / "spool").rmdir()

    answer = ask("POST", "publications")

    comment.refresh_from_db()
    assert_problem(answer, 503, "spool-unread")
    assert comment.state == "approved"


def test_what_could_not_be_published_is_told_and_the_rest_is_done(ask, moderator):
    bad, good = rows.make_story(1), rows.make_story(2)
    for number, story in enumerate((bad, good), start=1):
        rows.approve(rows.make_comment(story, number), moderator)
    Comment.objects.filter(story=bad).update(cuts=[["Daniel Roe"]])

    answer = ask("POST", "publications")

    body = answer.json()
    assert (answer.status_code, body["stories"]) == (201, 1)
    [failed] = body["failed"]
    assert (failed["story"], failed["url"], failed["part"]) == (
        bad.public_id,
        bad.url,
        "page",
    )
    assert "Daniel Roe" not in answer.content.decode()


def test_the_audit_log_is_read_page_by_page_with_its_head(ask, moderator):
    comment = rows.make_comment(rows.make_story(), 1)
    move(comment, Action.HOLD, moderator)
    move(comment, Action.RESTORE, moderator)

    first = ask("GET", "audit?size=2").json()
    rest = ask("GET", f"audit?size=2&cursor={first['next']}").json()

    end = head()
    assert [item["number"] for item in first["items"] + rest["items"]] == [1, 2, 3]
    assert first["head"] == rest["head"] == {"number": 3, "digest": end.digest}
    assert rest["items"][-1]["digest"] == end.digest
    assert (first["broken"], rest["broken"], rest["next"]) == (None, None, None)
    AuditEntry.objects.filter(number=3).update(facts={})
    assert ask("GET", f"audit?cursor={first['next']}").json()["broken"] == 3


def test_the_report_adds_up_the_days_asked_for(ask):
    count("received", day=date(2026, 11, 3), by=4)
    count("rule", day=date(2026, 11, 3), key="3", by=2)

    asked = ask("GET", "reports/transparency?from=2026-11-01&to=2026-11-30").json()
    none = ask("GET", "reports/transparency?from=2026-10-01&to=2026-10-31").json()
    by_default = ask("GET", "reports/transparency?from=&to=")
    long_ago = ask("GET", "reports/transparency?to=0001-01-31").json()
    wrong = ask("GET", "reports/transparency?from=yesterday")

    assert (asked["from"], asked["to"]) == ("2026-11-01", "2026-11-30")
    assert (asked["figures"]["received"], asked["rules"]) == (4, {"3": 2})
    assert (none["figures"]["received"], none["rules"]) == (0, {})
    assert by_default.status_code == 200
    assert (long_ago["from"], long_ago["to"]) == ("0001-01-01", "0001-01-31")
    assert (wrong.status_code, wrong.json()["fields"]) == (422, ["from"])


@pytest.mark.parametrize("days", ["from=2026-11-24&to=2026-11-23", "from=2999-01-01"])
def test_days_in_the_wrong_order_are_refused(days, ask):
    assert_problem(ask("GET", f"reports/transparency?{days}"), 422, "days-wrong")


def test_a_token_says_whose_it_is(ask_as):
    assert ask_as("auditor", "ada")("GET", "me").json() == {
        "username": "ada",
        "pseudonym": "Auditor 1",
        "role": "auditor",
        "desks": [],
        "permissions": ["read", "see_audit", "see_reports"],
    }


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer ld_wrong"}, {"Authorization": "Basic x"}],
    ids=["no token", "a wrong token", "another scheme"],
)
def test_without_a_valid_token_nothing_is_given(headers, newsroom, db):
    answer = asking(headers)("GET", "comments")

    assert_problem(answer, 401, "token-wrong")
    assert answer["WWW-Authenticate"] == 'Bearer realm="letterdesk"'


def test_a_session_is_not_a_token(newsroom, db):
    client = Client(headers={"host": "127.0.0.1"})
    rows.make_person("mina")
    client.force_login(rows.User.objects.get())

    assert client.get("/api/v1/comments").status_code == 401


# Every route of the API, with what each role gets; 404 says that it was let in.
_OUT = dict.fromkeys(ROLES, 403)
_ALL = dict.fromkeys(ROLES, 200) | {"registrar": 403}
_READ = dict.fromkeys(ROLES, 404) | {"registrar": 403}
_DECIDES = _OUT | {"moderator": 404, "editor": 404, "admin": 404}
_EDITS = _OUT | {"editor": 404, "admin": 404}
_ROUTES = {
    ("GET", "comments"): _ALL,
    ("GET", "comments/{comment}"): _READ,
    ("POST", "comments/{comment}/decisions"): _DECIDES,
    ("DELETE", "comments/{comment}/decisions/last"): _DECIDES,
    ("GET", "stories"): _ALL,
    ("POST", "stories"): _OUT | {"editor": 201, "admin": 201, "registrar": 201},
    ("GET", "stories/{story}"): _READ,
    ("PATCH", "stories/{story}"): _EDITS,
    ("POST", "publications"): _OUT | {"editor": 201, "admin": 201},
    ("GET", "audit"): _OUT | {"editor": 200, "admin": 200, "auditor": 200},
    ("GET", "reports/transparency"): _ALL,
    ("GET", "me"): dict.fromkeys(ROLES, 200),
}
_BODIES = {
    ("POST", "comments/{comment}/decisions"): {"action": "approve", "version": 1},
    ("POST", "stories"): SHEET,
    ("PATCH", "stories/{story}"): {"open": False},
}


def test_no_route_is_missing_from_the_table():
    described = {
        (method.upper(), path.removeprefix("/api/v1/"))
        for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
        for method in methods
    }

    assert described == set(_ROUTES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", _ROUTES, ids=" ".join)
def test_a_role_gets_in_where_it_may_and_nowhere_else(route, role, ask_as):
    method, path = route
    path = path.replace("{comment}", an_id(77)).replace("{story}", an_id(77))

    answer = ask_as(role)(method, path, _BODIES.get(route))

    assert answer.status_code == _ROUTES[route][role]


@pytest.mark.parametrize("route", _ROUTES, ids=" ".join)
def test_nobody_gets_in_anywhere_without_a_token(route, newsroom, db):
    method, path = route

    answer = asking({})(method, path.replace("{comment}", an_id(1)), _BODIES.get(route))

    assert_problem(answer, 401, "token-wrong")


def test_another_desks_comments_and_stories_are_not_given(ask_as):
    story = rows.make_story(desk="Korean")
    comment = rows.make_comment(story, 1)
    ask = ask_as("editor", "erin")
    rows.UserDesk.objects.create(user=rows.User.objects.get(), desk="English")

    answers = [
        ask("GET", f"comments/{comment.public_id}"),
        ask("GET", f"comments?story={story.public_id}"),
        ask("GET", "comments?desk=Korean"),
        ask("GET", f"stories/{story.public_id}"),
        ask("PATCH", f"stories/{story.public_id}", {"open": False}),
        ask(
            "POST",
            f"comments/{comment.public_id}/decisions",
            {"action": "approve", "version": 1},
        ),
    ]

    for answer in answers:
        assert_problem(answer, 403, "not-allowed")
    assert ask("GET", "comments").json() == {"items": [], "next": None}
    assert ask("GET", "stories").json() == {"items": [], "next": None}
    assert Comment.objects.get().state == "pending"


def test_an_unforeseen_failure_says_nothing_of_what_it_was_about(ask, caplog):
    damaged = [["Daniel Roe", 4, ""]]  # what does not read it as a number says its words
    comment = rows.make_comment(rows.make_story(), 1, cuts=damaged)

    answer = ask("GET", f"comments/{comment.public_id}")

    assert_problem(answer, 500, "failed")
    assert "api=failed error=ValueError place=cuts.py:" in caplog.text
    assert "Daniel Roe" not in answer.content.decode() + caplog.text


def test_a_database_that_is_away_is_no_fault_of_ours(ask, monkeypatch, caplog):
    def fail(*_):
        raise OperationalError("attempt to write a readonly database")

    with monkeypatch.context() as away:
        away.setattr(CursorWrapper, "execute", fail)
        answer = ask("GET", "comments")

    assert_problem(answer, 503, "not-now")
    assert "api=not-now code=OperationalError The desk's database may not" in caplog.text


def test_a_fault_of_the_newsroom_s_is_said_and_logged(ask, newsroom, caplog):
    newsroom.names_file.mkdir(parents=True)  # a folder, where a file is due
    comment = rows.make_comment(rows.make_story(), 1)
    wanted = {"action": "edit", "version": 1, "text": CUT, "rules": ["3"]}

    answer = ask("POST", f"comments/{comment.public_id}/decisions", wanted)

    assert_problem(answer, 500, "setting-wrong")
    assert str(newsroom.names_file) in answer.json()["detail"]
    assert "api=failed code=setting-wrong place=settings.py:" in caplog.text


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_few_things_whatever_they_hold(
    number, ask, django_assert_num_queries
):
    for at in range(number):
        rows.make_comment(rows.make_story(at + 1))

    for path in ("comments", "stories"):
        with django_assert_num_queries(3):
            assert len(ask("GET", path).json()["items"]) == number


def test_the_description_is_public(newsroom, db):
    described = asking({})("GET", "openapi.json")

    assert described.status_code == 200
    assert described.json()["info"]["title"] == "Letterdesk"
    assert described.json()["components"]["securitySchemes"] == {
        "Bearer": {"type": "http", "scheme": "bearer"}
    }


def test_who_was_overruled_on_appeal_takes_nothing_away(ask_as, editor):
    ask = ask_as("moderator", "mina")
    mina = person(User.objects.get(username="mina"))
    comment = rows.make_in(State.REJECTED, rows.make_story(), mina)
    rows.reverse(rows.make_appeal(comment), editor)

    address = f"comments/{comment.public_id}/decisions"
    held = ask("POST", address, {"action": "hold", "version": 3})
    move(comment, Action.HOLD, editor)
    rejected = ask("POST", address, {"action": "reject", "version": 4, "rules": ["3"]})

    assert_problem(held, 403, "overruled")
    assert_problem(rejected, 403, "overruled")
    assert ask("GET", f"comments/{comment.public_id}").json()["status"] == "held"
