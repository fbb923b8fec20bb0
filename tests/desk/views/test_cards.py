from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.stories import set_risk
from letterdesk.desk.actions.together import Shown, decide_together
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment, Decision, Imported, ImportRun, User
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, Risk, State
from letterdesk.reader.names import left_out
from letterdesk.reader.words import digits, words
from letterdesk.tags import LANGUAGES
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, said, screen
from tests.values import TODAY, an_id


def decide(client: Client, comment: Comment, action: str, **values: object) -> object:
    comment.refresh_from_db()
    sent = {"action": action, "version": comment.version, **values}
    return client.post(f"/comments/{comment.public_id}/", sent)


def standing(comment: Comment) -> tuple[object, ...]:
    comment.refresh_from_db()
    moves = comment.decisions.order_by("version").values_list("move", flat=True)
    return comment.state, comment.cuts, comment.rules, list(moves)


def test_moderator_sees_all_that_a_decision_needs(enter: Enter, moderator: Person) -> None:
    story = rows.make_story(
        body="The ferry left.\n\n## A heading\n\n> A quotation",
        credits=[{"role": "Reported by", "name": "Ivo Kell", "desk": "English"}],
    )
    parent = rows.make_published(story, moderator)
    comment = rows.make_comment(
        story, reply_to=parent, as_written=True, trapped=True, language="ko"
    )

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert page.words("div", data_letter="") == [rows.TEXT]
    assert page.words("blockquote", class_="quote-text") == [rows.TEXT]
    assert page.words("h2", id="story") == ["The ferry will not come back"]
    for expected in (
        "The ferry left.",
        "A heading",
        "A quotation",
        "Reported by Ivo Kell",
        "As written or not at all",
        "Filled the field that only robots see",
        "Korean",
        "Desk: English",
        "Mira",
    ):
        assert expected in page.text
    assert [one.get("value") for one in page.all("button", name="action")] == [
        "reject",
        "hold",
        "approve",
    ]


@pytest.mark.parametrize(
    ("language", "origin", "written"),
    [
        ("en", "Imported from WordPress 23 November 2026 Its id there: <12>", "2 May 2019"),
        (
            "ko",
            "WordPress에서 가져옴 2026년 11월 23일 그곳에서의 번호: <12>",
            "2019년 5월 2일",
        ),
    ],
)
def test_an_imported_letter_says_where_and_when_it_came_from(
    enter: Enter, moderator: Person, language: str, origin: str, written: str
) -> None:
    story = rows.make_story()
    run = ImportRun.objects.create(source="wordpress", file="a.xml", begun=TODAY)
    elsewhere = rows.make_comment(story, arrived=date(2019, 5, 2))
    ours = rows.make_comment(story)
    Imported.objects.create(
        comment=elsewhere, story=story, run=run, source="wordpress", source_id="<12>\u202e"
    )
    client = enter(moderator)

    told, silent = (
        screen(
            client.get(f"/comments/{one.public_id}/", headers={"Accept-Language": language})
        )
        for one in (elsewhere, ours)
    )

    assert told.words("p", class_="history-origin") == [origin]
    assert written in told.text
    assert silent.words("p", class_="history-origin") == []


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (None, ""),
        ([], "Edited there"),
        (
            ["<b>No names</b>", "Facts \u202e"],
            "Edited there; rules: <b>No names</b>; Facts",
        ),
    ],
)
def test_an_imported_letter_says_under_which_rules_it_was_edited_there(
    enter: Enter, moderator: Person, titles: list[str] | None, told: str
) -> None:
    run = ImportRun.objects.create(source="letterdesk", file="a.ndjson", begun=TODAY)
    story = rows.make_story()
    comment = rows.make_comment(story)
    Imported.objects.create(
        comment=comment, story=story, run=run, source_id="1", edited_under=titles
    )

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    (origin,) = page.words("p", class_="history-origin")
    assert origin.partition("Its id there: 1")[2].strip() == told


def test_moderator_sees_what_our_own_form_would_not_have_sent(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    odd = rows.make_comment(story, came_late=True, lost_parent=True)
    plain = rows.make_comment(story)
    client = enter(moderator)

    told, silent = (
        screen(client.get(f"/comments/{one.public_id}/")).text for one in (odd, plain)
    )

    for expected in (
        "Came in when its story was closed",
        "Answers a comment that is not under this story",
    ):
        assert expected in told
        assert expected not in silent


def test_approval_shows_the_next_letter_and_can_be_undone(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    first, second = rows.make_comment(story), rows.make_comment(story)
    client = enter(moderator)

    answer = decide(client, first, "approve")
    page = screen(client.get(answer.url))

    assert answer.url == f"/comments/{second.public_id}/?after={first.public_id}"
    said = "Approved: a letter on “The ferry will not come back”."
    assert page.words("p", data_told="")[0] == said  # and no more is read out
    assert f"{said} Look at it again Undo U" in page.text
    assert standing(first) == (State.APPROVED, [], [], ["approve"])

    undone = client.post(f"/comments/{first.public_id}/undo/")

    assert undone.url == f"/comments/{first.public_id}/?after={first.public_id}"
    assert "is as it was before" in screen(client.get(undone.url)).text
    assert standing(first) == (State.PENDING, [], [], ["approve", "undo"])


def test_script_gets_the_next_letter_as_the_answer(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    first, second = rows.make_comment(story), rows.make_comment(story)
    client = enter(moderator)

    answer = client.post(
        f"/comments/{first.public_id}/",
        {"action": "approve", "version": 1},
        headers={"X-Letterdesk-Swap": "1"},
    )
    address = f"/comments/{second.public_id}/?after={first.public_id}"

    assert answer.status_code == 200
    assert answer.headers["Content-Location"] == address
    in_place, by_itself = screen(answer), screen(client.get(address))
    assert in_place.text == by_itself.text
    for tag, name in (("form", "action"), ("a", "href")):
        assert [one.get(name) for one in in_place.all(tag)] == [
            one.get(name) for one in by_itself.all(tag)
        ]


def test_last_decision_leads_back_to_the_queue(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)

    answer = decide(client, comment, "approve")

    assert answer.url == f"/queue/?after={comment.public_id}"
    page = screen(client.get(answer.url))
    assert "Approved: a letter on" in page.text
    assert "Nothing waits. New letters" in page.text


def test_part_of_the_queue_stays_chosen(enter: Enter, moderator: Person) -> None:
    english, korean = rows.make_story(), rows.make_story(2, desk="Korean", language="ko")
    first, _, third = (rows.make_comment(story) for story in (english, korean, english))

    answer = decide(enter(moderator), first, "approve", desk="English")

    assert answer.url == (
        f"/comments/{third.public_id}/?desk=English&after={first.public_id}"
    )


def test_moderator_cuts_a_name(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)
    panel = screen(client.get(f"/comments/{comment.public_id}/?do=edit"))
    (form,) = panel.all("form", data_panel="edit")
    assert form.get("hidden") is None
    assert panel.words("textarea", name="text") == [rows.TEXT]

    decide(client, comment, "edit", text=rows.CUT.replace("\n", "\r\n"), rules=["3"])

    assert standing(comment) == (
        State.APPROVED,
        [[44, 54, "name removed"]],
        ["3"],
        ["edit"],
    )
    page = screen(client.get(f"/comments/{comment.public_id}/"))
    assert page.words("del") == ["Daniel Roe"]
    assert page.words("ins") == ["[name removed]"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (rows.TEXT + " It sank.", "This is more than a cut"),
        (rows.TEXT, "Nothing was cut."),
        ("[name removed]", "None of the reader's own words is left."),
    ],
)
def test_what_is_no_cut_is_refused_and_handed_back(
    enter: Enter, moderator: Person, text: str, sentence: str
) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = decide(
        enter(moderator), comment, "edit", text=text, rules=["3"], note="Sorry."
    )

    page = screen(answer)
    assert answer.status_code == 422
    assert [one for one in page.words("p", id="cut-wrong") if sentence in one]
    assert page.words("textarea", name="text") == [text]
    (form,) = page.all("form", data_panel="edit")
    assert form.get("hidden") is None
    checked = [one.get("value") for one in form.iter() if one.get("checked") is not None]
    assert checked == ["3"]
    assert [one.get("value") for one in page.all("input", id="cut-note")] == ["Sorry."]
    assert standing(comment) == (State.PENDING, [], [], [])


def test_rejection_without_a_rule_is_refused(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = decide(enter(moderator), comment, "reject", note="Write again.")

    page = screen(answer)
    assert answer.status_code == 422
    assert page.words("p", role="alert") == ["Choose the rule that this decision rests on."]
    assert page.words("textarea", id="reject-note") == ["Write again."]
    assert standing(comment) == (State.PENDING, [], [], [])


def test_author_is_told_the_rule_and_the_line(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)

    decide(client, comment, "reject", rules=["5", "1"], note="Write again.")

    assert standing(comment) == (State.REJECTED, [], ["1", "5"], ["reject"])
    page = screen(client.get(f"/comments/{comment.public_id}/"))
    assert "What its author is told" in page.text
    assert "Write again." in page.text


def test_letter_as_written_cannot_be_cut(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story(), as_written=True)

    answer = decide(enter(moderator), comment, "edit", text=rows.CUT, rules=["3"])

    assert answer.status_code == 422
    assert screen(answer).words("p", role="alert") == [
        "Its author wants it published as written or not at all. Approve it, or reject it."
    ]
    assert standing(comment) == (State.PENDING, [], [], [])


def test_held_letter_says_why_and_comes_back(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)

    decide(client, comment, "hold", note="Is this the same Daniel?")
    held = screen(client.get(f"/comments/{comment.public_id}/"))
    back = decide(client, comment, "restore")

    assert "Is this the same Daniel?" in held.text
    assert back.url == f"/comments/{comment.public_id}/?after={comment.public_id}"
    assert standing(comment) == (State.PENDING, [], [], ["hold", "restore"])


def test_published_comment_is_taken_down_and_put_back(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    client = enter(moderator)

    decide(client, comment, "retract", rules=["3"])
    asked = screen(client.get(f"/comments/{comment.public_id}/?do=restore"))
    decide(client, comment, "restore")

    (panel,) = asked.all("form", data_panel="restore")
    assert "mina took it down under rule 3. Readers see it again" in said(panel)
    assert standing(comment) == (
        State.PUBLISHED,
        [],
        [],
        ["approve", "retract", "restore"],
    )


@pytest.mark.parametrize("risk", ["ordinary", "sensitive"])
def test_words_of_a_published_comment_are_cut_on_its_card_by_one_person(
    enter: Enter, moderator: Person, colleague: Person, risk: str
) -> None:
    comment = rows.make_comment(rows.make_story(risk=risk))
    for one in (moderator, colleague) if risk == "sensitive" else (moderator,):
        rows.approve(comment, one)
    act(comment.story_id, today=TODAY)
    client, address = enter(moderator), f"/comments/{comment.public_id}/"

    before = screen(client.get(f"{address}?do=edit"))
    cut = decide(client, comment, "edit", text=rows.SAFE, rules=["3"], stay="1")
    after = screen(client.get(address))
    refused = decide(client, comment, "edit", text=rows.TEXT, rules=["3"], stay="1")

    (form,) = before.all("form", id="panel-edit")
    assert form.get("hidden") is None
    assert "Readers see the cut within seconds." in said(form)
    assert "first of two" not in said(form)
    assert before.words("button", data_key="e") == ["Cut E"]
    assert before.words("button", data_key="n") == ["Leave the name out N"]
    assert before.words("button", data_key="t") == ["Take down T"]
    assert cut.url.startswith(address)
    assert standing(comment)[:3] == (
        "published",
        [[44, 54, "details removed for safety"]],
        ["3"],
    )
    assert after.words("del") == ["Daniel Roe"]
    assert "Undo “Cut”" in after.text
    assert refused.status_code == 422
    said_why = "come back by an appeal" if risk == "sensitive" else "only takes more away"
    assert said_why in screen(refused).text


def test_a_cut_leaves_a_published_name_out_that_was_left_out_already(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    client, address = enter(moderator), f"/comments/{comment.public_id}/"
    named = screen(client.get(f"{address}?do=edit"))
    decide(client, comment, "edit", leave_name_out="1", rules=["5"], stay="1")

    nameless = screen(client.get(f"{address}?do=edit"))
    decide(client, comment, "edit", text=rows.CUT, rules=["3"], stay="1")

    box = {"type": "checkbox", "name": "leave_name_out"}
    assert (len(named.all("input", **box)), nameless.all("input", **box)) == (1, [])
    assert standing(comment)[2] == ["3", "5"]
    assert comment.name_left_out


def test_a_published_comment_that_is_to_stay_as_written_is_not_cut(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    type(comment).objects.update(as_written=True)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/?do=edit"))

    assert page.all("form", id="panel-edit") == []
    assert page.words("button", data_key="t") == ["Take down T"]


def test_second_of_two_moderators_sees_both_versions(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    seen = comment.version
    rows.move(comment, Action.REJECT, colleague, rules=("1",))

    answer = enter(moderator).post(
        f"/comments/{comment.public_id}/",
        {
            "action": "edit",
            "version": seen,
            "text": rows.CUT,
            "rules": "3",
            "note": "Hello.",
        },
    )

    page = screen(answer)
    assert answer.status_code == 409
    theirs, mine = (
        " ".join(words.split()) for words in page.words("div", class_="compare-side")
    )
    assert theirs == f"What stands now Rejected noor rule 1 {rows.TEXT}"
    assert mine == (
        "What you wanted Cut rule 3 My uncle worked on that ferry. "
        "His name was Daniel Roe[name removed]. Hello."
    )
    assert "Nothing of yours was stored." in page.text
    assert standing(comment) == (State.REJECTED, [], ["1"], ["reject"])


def test_nothing_of_a_letter_is_shown_that_its_author_took_back_meanwhile(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    client, address = enter(moderator), f"/comments/{comment.public_id}/"
    sent = {"action": "edit", "version": 1, "text": rows.CUT, "rules": "3"}
    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)

    answer = client.post(address, sent)
    asked = client.post(
        address + "preview/", {"text": rows.CUT}, headers={"Accept": "application/json"}
    )
    page = screen(answer)

    assert answer.status_code == 409
    assert page.words("p", id="conflict") == [
        "Its author took this letter back while you had it open. Nothing of yours was "
        "stored, and there is nothing left to decide."
    ]
    assert "ask your colleague" not in page.text
    assert "My uncle" not in answer.content.decode()
    (line,) = page.words("ol", class_="history-list")
    assert line == f"Withdrawn by its author {page.words('time')[-1]}"
    assert ":" not in line
    assert (asked.status_code, list(asked.json())) == (409, ["wrong"])


def test_cut_that_came_too_late_is_gone_on_with_once_the_letter_is_held(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    client, address = enter(moderator), f"/comments/{comment.public_id}/"
    sent = {
        "action": "edit",
        "version": 1,
        "text": rows.CUT,
        "rules": ["3"],
        "note": "Hello.",
    }
    rows.move(comment, Action.APPROVE, colleague)

    page = screen(client.post(address, sent))
    (again,) = [
        form
        for form in page.all("form")
        if "Hold it, and go on with my cut" in " ".join(form.itertext())
    ]
    fields = [
        (one.get("name"), one.get("value")) for one in again.iter() if one.get("name")
    ]
    held = client.post(address, dict(fields))
    cutting = screen(held)
    (form,) = cutting.all("form", data_panel="edit")
    shown = {one.get("name"): one for one in form.iter() if one.get("name")}
    client.post(address, {**sent, "version": shown["version"].get("value")})

    assert held.status_code == 200
    assert form.get("hidden") is None
    assert shown["text"].text == rows.CUT
    assert shown["note"].get("value") == "Hello."
    assert [one.get("value") for one in cutting.all("input", name="rules", checked="")] == [
        "3"
    ]
    assert standing(comment)[0] == State.APPROVED
    assert standing(comment)[2:] == (["3"], ["approve", "hold", "edit"])


def test_cut_that_comes_too_late_twice_is_still_there(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    client, address = enter(moderator), f"/comments/{comment.public_id}/"
    sent = {"action": "edit", "version": 1, "text": rows.CUT, "rules": ["3"]}
    rows.move(comment, Action.APPROVE, colleague)
    first = screen(client.post(address, sent))
    carried = {
        one.get("name"): one.get("value")
        for one in first.all("input")
        if one.get("name", "").startswith("kept-")
    }
    rows.move(comment, Action.HOLD, colleague)

    answer = client.post(address, {"action": "hold", "version": 2, **carried})
    page = screen(answer)
    (form,) = page.all("form", data_panel="edit")
    shown = {one.get("name"): one for one in form.iter() if one.get("name")}

    assert answer.status_code == 409
    assert "kept-text" in carried
    assert shown["text"].text == rows.CUT
    assert form.get("hidden") is None
    assert [one.get("value") for one in page.all("input", name="rules", checked="")] == [
        "3"
    ]


def test_conflict_keeps_the_words_and_takes_them_the_second_time(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    sent = {"action": "edit", "version": comment.version, "text": rows.CUT, "rules": "3"}
    rows.move(comment, Action.HOLD, colleague)
    client = enter(moderator)

    page = screen(client.post(f"/comments/{comment.public_id}/", sent))
    (form,) = page.all("form", data_panel="edit")
    (version,) = [one.get("value") for one in form.iter() if one.get("name") == "version"]
    client.post(f"/comments/{comment.public_id}/", {**sent, "version": version})

    assert page.words("textarea", name="text") == [rows.CUT]
    assert page.text.count("Somebody else has decided on this comment") == 1
    assert len(page.all("section", class_="decide decide-still")) == 1  # covers neither
    assert standing(comment) == (
        State.APPROVED,
        [[44, 54, "name removed"]],
        ["3"],
        ["hold", "edit"],
    )


def test_who_decided_in_another_tab_is_told_so_and_shown_the_way_back(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    client, address = enter(moderator), f"/comments/{comment.public_id}/"
    decide(client, comment, "reject", rules=["3"])

    late = screen(client.post(address, {"action": "approve", "version": 1}))
    act(comment.story_id, today=TODAY)
    later = screen(client.post(address, {"action": "approve", "version": 1}))

    (told,), (told_later,) = (one.words("p", id="conflict") for one in (late, later))
    assert told == (
        "You have decided this in another tab or window. Nothing of this page was stored; "
        "what you decided there can be undone under “What was decided”."
    )
    assert told_later == (
        "You have decided this in another tab or window. Nothing of this page was stored. "
        "Look at what you decided there before you decide again."
    )
    for page in (late, later):
        assert f"What stands now Rejected {moderator.username} rule 3" in page.text
        assert "colleague" not in page.words("section", class_="conflict")[0]
    assert "Undo “Rejected”" in late.text
    assert standing(comment)[3] == ["reject"]


def test_what_somebody_else_decided_after_her_other_tab_is_somebody_elses(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.HOLD, moderator)
    rows.move(comment, Action.REJECT, colleague)

    page = screen(
        enter(moderator).post(
            f"/comments/{comment.public_id}/", {"action": "approve", "version": 1}
        )
    )

    assert page.words("p", id="conflict")[0].startswith("Somebody else has decided")


def test_who_comes_too_late_can_hold_it_before_its_slot_and_cut_then(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    seen = comment.version
    rows.move(comment, Action.APPROVE, colleague)
    client = enter(moderator)
    path = f"/comments/{comment.public_id}/"

    page = screen(
        client.post(path, {"action": "edit", "version": seen, "text": rows.CUT, "rules": 3})
    )
    (form,) = page.all("form", data_panel="hold")
    fields = {one.get("name"): one.get("value") for one in form.iter()}
    sent = {name: value or "" for name, value in fields.items() if name}
    held = client.post(path, {**sent, "action": "hold"}, follow=True)

    assert "Nothing of yours was stored, and this letter is published at" in page.text
    assert (held.status_code, held.headers["Content-Location"]) == (200, path)
    assert [one.get("value") for one in screen(held).all("button", name="action")] == [
        "edit",
        "edit",  # of nothing but the name
        "reject",
        "approve",
        "restore",
    ]
    decide(client, comment, "edit", text=rows.CUT, rules=["3"])
    assert standing(comment) == (
        State.APPROVED,
        [[44, 54, "name removed"]],
        ["3"],
        ["approve", "hold", "edit"],
    )


def test_moderator_is_told_of_brackets_that_are_not_ours(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    hers = rows.make_comment(story, text="[name removed by the editors] was there.")
    plain = rows.make_comment(story, text="They wrote it there [1].")
    imported = rows.make_comment(story, text="[name removed] was there.")
    run = ImportRun.objects.create(source="letterdesk", file="a", begun=TODAY)
    Imported.objects.create(comment=imported, story=story, run=run, source_id="1")
    client = enter(moderator)

    told, *silent = (
        screen(client.get(f"/comments/{one.public_id}/")).text
        for one in (hers, plain, imported)
    )

    assert "The brackets in it are its author’s own" in told
    assert not any("brackets in it" in one for one in silent)


def test_nothing_to_undo_is_said(enter: Enter, moderator: Person) -> None:
    comment = rows.make_published(rows.make_story(), moderator)

    answer = enter(moderator).post(f"/comments/{comment.public_id}/undo/")

    assert answer.status_code == 409
    assert "There is nothing to undo" in screen(answer).text


def test_somebody_elses_decision_is_not_hers_to_undo(
    enter: Enter, moderator: Person, colleague: Person, editor: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.approve(comment, colleague)

    refused = enter(moderator).post(f"/comments/{comment.public_id}/undo/")
    enter(editor).post(f"/comments/{comment.public_id}/undo/")

    assert refused.status_code == 403
    assert "Ask her, or an editor, to undo it." in screen(refused).text
    assert standing(comment) == (State.PENDING, [], [], ["approve", "undo"])


def test_preview_shows_the_cut_and_stores_nothing(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    where = f"/comments/{comment.public_id}/preview/"

    page = screen(enter(moderator).post(where, {"text": rows.CUT, "rules": "3"}))

    (after,) = page.all("section", aria_labelledby="after")
    assert [one.text for one in after.iter() if str(one.tag).endswith("}del")] == [
        "Daniel Roe"
    ]
    assert page.words("textarea", name="text") == [rows.CUT]
    assert standing(comment) == (State.PENDING, [], [], [])


def test_preview_tells_scripts_the_pieces(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    where, accept = (
        f"/comments/{comment.public_id}/preview/",
        {"accept": "application/json"},
    )
    client = enter(moderator)

    cut = client.post(where, {"text": rows.CUT}, headers=accept)
    wrong = client.post(where, {"text": "It sank."}, headers=accept)

    assert cut.json() == {
        "pieces": [
            {
                "text": "My uncle worked on that ferry. His name was ",
                "cut": False,
                "note": "",
            },
            {"text": "Daniel Roe", "cut": True, "note": "name removed"},
            {"text": ".", "cut": False, "note": ""},
        ]
    }
    assert wrong.status_code == 422
    assert wrong.json()["wrong"].startswith("This is more than a cut")


def test_preview_of_no_cut_says_so(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = enter(moderator).post(
        f"/comments/{comment.public_id}/preview/", {"text": "It sank.", "rules": "3"}
    )

    assert answer.status_code == 422
    assert screen(answer).words("textarea", name="text") == ["It sank."]


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_preview_refuses_what_would_give_readers_something_back(
    enter: Enter, moderator: Person, accept: str
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    whole = {"text": rows.TEXT, "rules": "3"}
    more = {"text": "My uncle worked on [name removed]", "rules": "3"}
    Comment.objects.update(cuts=[[54, 55, ""]])
    where, client = f"/comments/{comment.public_id}/preview/", enter(moderator)

    back = client.post(where, whole, headers={"Accept": accept})
    less = client.post(where, more, headers={"Accept": accept})

    assert (back.status_code, less.status_code) == (422, 200)
    assert "This would give readers back what was cut" in back.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"action": "approve"}, {"action": "burn", "version": 1}, {"version": "x"}]
)
def test_form_that_no_screen_sends_is_refused(
    enter: Enter, moderator: Person, sent: dict[str, object]
) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = enter(moderator).post(f"/comments/{comment.public_id}/", sent)

    assert answer.status_code == 400
    assert standing(comment) == (State.PENDING, [], [], [])


@pytest.mark.parametrize("way", ["", "undo/", "skip/", "preview/"])
def test_comment_of_another_desk_does_not_exist_for_her(
    db: None, enter: Enter, way: str
) -> None:
    comment = rows.make_comment(rows.make_story(desk="Korean"))
    client = enter(rows.make_person("lea", desks=("English",)))

    seen = client.get(f"/comments/{comment.public_id}/")
    asked = client.post(
        f"/comments/{comment.public_id}/{way}", {"action": "approve", "version": 1}
    )

    assert seen.status_code == 403
    assert rows.TEXT not in seen.content.decode()
    assert asked.status_code in {302, 403}
    assert rows.TEXT not in asked.content.decode()
    assert standing(comment) == (State.PENDING, [], [], [])


def test_unknown_comment_is_not_found(enter: Enter, moderator: Person) -> None:
    answer = enter(moderator).get(f"/comments/{an_id(7)}/")

    assert answer.status_code == 404
    assert "There is no comment with this id." in screen(answer).text


def test_withdrawn_comment_shows_no_words(enter: Enter, moderator: Person) -> None:
    comment = rows.make_in(State.WITHDRAWN, rows.make_story(), moderator)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert "the words are gone" in page.text
    assert rows.TEXT not in page.text
    assert page.all("section", data_decide="") == []


def test_letters_are_leafed_through_in_order(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    first, second, third = (rows.make_comment(story) for _ in range(3))

    page = screen(enter(moderator).get(f"/comments/{second.public_id}/"))

    assert [one.get("href") for one in page.all("a", rel="prev")] == [
        f"/comments/{first.public_id}/"
    ]
    assert [one.get("href") for one in page.all("a", rel="next")] == [
        f"/comments/{third.public_id}/"
    ]


@pytest.mark.parametrize("decisions", [1, 3])
def test_card_asks_the_database_the_same_few_things(
    enter: Enter, moderator: Person, django_assert_num_queries: object, decisions: int
) -> None:
    story = rows.make_story()
    comment = rows.make_comment(story)
    for number in range(decisions):
        rows.make_comment(story)
        rows.move(comment, Action.RESTORE if number % 2 else Action.HOLD, moderator)
    client = enter(moderator)

    with django_assert_num_queries(25):
        page = client.get(f"/comments/{comment.public_id}/")

    assert page.status_code == 200
    assert Decision.objects.filter(comment=comment).count() == decisions


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Our Newsroom", ["Signed like the newsroom: Our newsroom"]),
        ("Our nеwsroom", ["Signed like the newsroom: Our newsroom"]),  # a Cyrillic letter
        ("MODERATOR 7", ["Signed like the newsroom: Moderator 7"]),
        ("Moderator 8", ["Signed like the newsroom: Moderator 7"]),
        ("moderator7", ["Signed like the newsroom: Moderator 7"]),
        ("The Our-Newsroom", ["Signed like the newsroom: Our newsroom"]),
        (
            "(left out by a moderator)",
            ["Signed like the newsroom: left out by a moderator"],
        ),
        ("n a m e - left  0ut", ["Signed like the newsroom: name left out"]),
        ("nаme left out", ["Signed like the newsroom: name left out"]),  # a Cyrillic letter
        ("Rule 3", ["Signed like the newsroom: rule …"]),
        ("第3条规则", ["Signed like the newsroom: 第…条规则"]),
        ("Ruler 3", []),
        ("Rule Britannia", []),
        ("Moderately", []),
        ("7", []),
        ("Mira", []),
        ("", []),
    ],
)
def test_card_tells_a_name_that_passes_for_the_newsrooms(
    enter: Enter, moderator: Person, name: str, told: list[str]
) -> None:
    User.objects.filter(username=moderator.username).update(pseudonym="Moderator 7")
    comment = rows.make_comment(rows.make_story(), name=name)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert page.words("span", class_="tag tag-amber") == told


_BRACKETS = "The brackets in it are its author’s own"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("brackets", ["[]", "［］", "【】", "⁅⁆"])
def test_card_tells_a_name_that_passes_for_one_left_out(
    enter: Enter, moderator: Person, language: str, brackets: str
) -> None:
    ours = left_out(language)[1:-1]
    name = f"{brackets[0]}\u2002{ours}\u2002{brackets[1]}"
    comment = rows.make_comment(rows.make_story(), name=name)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert page.words("span", class_="tag tag-amber") == [
        _BRACKETS,
        f"Signed like the newsroom: {ours}",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_tells_words_that_pass_for_a_mark_of_ours(
    enter: Enter, moderator: Person, language: str
) -> None:
    said = words(language).gettext("Edited by a moderator under %(rules)s.")
    rule = words(language).gettext("rule %(number)s") % {"number": digits("3", language)}
    text = f"They had hidden it.\n\n{said % {'rules': rule}}"
    comment = rows.make_comment(rows.make_story(), text=text)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    (told,) = page.words("span", class_="tag tag-amber")
    assert told.startswith("Written like a mark of ours: ")


@pytest.mark.parametrize(
    "text",
    [
        "My letter was edited by a moderator last week.",
        "Which of them? Rule 3.",
        "It was edited by a moderator under rule 3 because of what I said of you.",
        "The name was left out by a moderator whom I had asked to.",
    ],
)
def test_card_takes_talk_of_moderators_for_no_mark(
    enter: Enter, moderator: Person, text: str
) -> None:
    comment = rows.make_comment(rows.make_story(), text=text)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert page.words("span", class_="tag tag-amber") == []


def test_waiting_time_is_counted_in_days(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story(), arrived=TODAY.replace(day=1))

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert "days old" in page.text


def test_moderator_leaves_the_name_out(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story(language="ko"))
    client = enter(moderator)

    before = screen(client.get(f"/comments/{comment.public_id}/?do=name"))
    decide(
        client, comment, "edit", leave_name_out="1", rules=["6"], note="An advertisement."
    )
    after = screen(client.get(f"/comments/{comment.public_id}/"))

    (panel,) = before.all("form", id="panel-name")
    assert panel.get("hidden") is None
    assert "readers get “[이름 뺌]” in place of the name" in said(panel)
    assert standing(comment) == ("approved", [], ["6"], ["edit"])
    assert comment.name_left_out
    assert after.words("del") == ["Mira"]
    assert after.words("ins") == ["[이름 뺌]"]
    assert after.words("div", data_letter="") == [rows.TEXT]
    assert "Name left out mina" in after.text
    assert "Undo “Name left out”" in after.text


def test_words_and_name_go_by_one_form(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)
    form = {"text": rows.CUT, "rules": ["3"], "leave_name_out": ["0", "1"]}

    tried = screen(client.post(f"/comments/{comment.public_id}/preview/", form))
    decide(client, comment, "edit", **form)

    (box,) = tried.all("input", type="checkbox", name="leave_name_out")
    assert box.get("checked") is not None
    assert standing(comment)[0] == "approved"
    assert (comment.cuts != [], comment.name_left_out) == (True, True)


def test_a_box_that_is_not_ticked_leaves_the_name(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())

    decide(
        enter(moderator), comment, "edit", text=rows.CUT, rules=["3"], leave_name_out="0"
    )

    assert standing(comment)[0] == "approved"
    assert not comment.name_left_out


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"as_written": True}, {"state": State.RETRACTED}]
)
def test_where_no_name_can_be_left_out_nothing_is_offered(
    enter: Enter, moderator: Person, changes: dict[str, object]
) -> None:
    comment = rows.make_comment(rows.make_story(), **changes)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert page.all("form", id="panel-name") == []
    assert "Leave the name out" not in page.text


def test_a_refused_form_about_the_name_comes_back(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = decide(enter(moderator), comment, "edit", leave_name_out="1", note="Why.")

    page = screen(answer)
    (panel,) = page.all("form", id="panel-name")
    assert answer.status_code == 422
    assert panel.get("hidden") is None
    assert [one.get("value") for one in page.all("input", id="name-note")] == ["Why."]
    assert "Choose the rule that this decision rests on." in page.text


def test_the_name_of_a_published_comment_goes_and_comes_back_on_its_card(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    client, address = enter(moderator), f"/comments/{comment.public_id}/"

    gone = decide(client, comment, "edit", leave_name_out="1", rules=["5"], stay="1")
    without = screen(client.get(address))
    decide(client, comment, "edit", leave_name_out="0", stay="1")

    assert gone.url.startswith(address)
    (form,) = without.all("form", id="panel-name")
    assert "Readers get the letter with its name." in said(form)
    assert standing(comment) == ("published", [], [], ["approve", "edit", "edit"])
    page = screen(client.get(address))
    assert "Name put back mina" in page.text
    assert page.words("del") == []


def test_cuts_keep_their_rules_when_the_name_is_put_back(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(
        comment,
        Action.EDIT,
        moderator,
        text=rows.CUT,
        rules=("3", "5"),
        leave_name_out=True,
    )
    act(comment.story_id, today=TODAY)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/?do=name"))

    (form,) = page.all("form", id="panel-name")
    ticked = [
        one.get("value")
        for one in form.iter()
        if one.get("name") == "rules" and one.get("checked") is not None
    ]
    assert ticked == ["3", "5"]


def test_a_name_left_out_of_a_sensitive_page_is_not_one_persons_to_put_back(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    for one in (moderator, colleague):
        rows.move(comment, Action.EDIT, one, leave_name_out=True)
    act(comment.story_id, today=TODAY)
    client = enter(moderator)

    page = screen(client.get(f"/comments/{comment.public_id}/"))
    answer = decide(client, comment, "edit", leave_name_out="0")

    assert page.all("form", id="panel-name") == []
    assert answer.status_code == 422
    assert "come back by an appeal only" in screen(answer).text


def test_second_of_two_who_leave_a_name_out_sees_both(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.approve(comment, colleague)
    form = {"action": "edit", "version": 1, "leave_name_out": "1", "rules": ["6"]}

    answer = enter(moderator).post(f"/comments/{comment.public_id}/", form)

    page = screen(answer)
    assert answer.status_code == 409
    assert "What you wanted Leave the name out rule 6" in page.text
    assert not Comment.objects.get().name_left_out


def test_lists_and_answers_show_no_name_that_was_left_out(
    enter: Enter, moderator: Person
) -> None:
    parent = rows.make_comment(rows.make_story())
    rows.move(parent, Action.EDIT, moderator, leave_name_out=True)
    reply = rows.make_comment(parent.story, reply_to=parent, name="Bo")
    client = enter(moderator)

    listed = screen(client.get("/comments/?status=approved"))
    answering = screen(client.get(f"/comments/{reply.public_id}/"))

    assert "name left out" in listed.words("span", class_="tag")
    assert "Mira" not in listed.text
    assert "In answer to a reader whose name was left out" in answering.text
    assert "Mira" not in answering.text


def test_undo_of_a_hold_that_would_publish_a_letter_asks_first_and_names_it(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.approve(comment, moderator)
    rows.move(comment, Action.HOLD, colleague)
    client, where = enter(colleague), f"/comments/{comment.public_id}/undo/"

    asked = client.post(where, {"version": "3", "back": "mine"})
    between = standing(comment)[0]
    (form,) = [one for one in screen(asked).all("form") if one.get("action") == where]
    sent = {one.get("name"): one.get("value") for one in form.iter() if one.get("name")}
    done = client.post(where, sent)

    assert "was approved before somebody held it" in screen(asked).text
    assert "My uncle worked on that ferry" in screen(asked).text
    assert (between, standing(comment)[0]) == (State.HELD, State.APPROVED)
    assert done.url == f"/mine/?undone={comment.public_id}"
    told = screen(client.get(done.url)).words("p", data_told="")
    assert told[0].startswith("Undone: “My uncle worked on that ferry. His name was")
    assert (
        "on “The ferry will not come back”, is approved again and is published" in told[0]
    )


@pytest.mark.parametrize("back", ["", "mine", "start"])
def test_undo_of_a_hold_says_where_one_approval_is_the_first_of_two_by_now(
    enter: Enter, moderator: Person, colleague: Person, back: str
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.approve(comment, moderator)
    rows.move(comment, Action.HOLD, colleague)
    set_risk(comment.story.public_id, Risk.SENSITIVE, today=TODAY)
    client, where = enter(colleague), f"/comments/{comment.public_id}/undo/"

    asked = screen(client.post(where, {"version": "3"}))
    undone = client.post(where, {"version": "3", "sure": "1", "back": back})
    page = screen(client.get(undone.url))

    assert "approved again" not in asked.text
    assert "that approval is the first of two" in asked.text
    assert page.words("p", data_told="")[0] == (
        "Undone: the letter on “The ferry will not come back” has the first of two "
        "approvals, and waits until somebody else gives the second."
    )
    assert standing(comment)[0] == State.PENDING
    comment.refresh_from_db()
    assert comment.approved_by_id == moderator.id


def test_undo_of_a_hold_that_two_had_approved_says_that_it_is_approved_again(
    enter: Enter, moderator: Person, colleague: Person, editor: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    rows.approve(rows.approve(comment, moderator), colleague)
    rows.move(comment, Action.HOLD, editor)

    asked = enter(editor).post(f"/comments/{comment.public_id}/undo/", {})

    assert "Without the hold it is approved again" in screen(asked).text


def test_undo_of_anything_else_asks_nothing(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.HOLD, moderator)

    done = enter(moderator).post(f"/comments/{comment.public_id}/undo/", {"back": "mine"})

    assert (done.status_code, standing(comment)[0]) == (302, State.PENDING)
    page = screen(enter(moderator).get(done.url))
    assert "waits in the queue again" in page.words("p", data_told="")[0]


def pressed_u(client: Client, where: str) -> str:
    """Send the form of the one button with the key U; give where that leads."""
    page = screen(client.get(where))
    [form] = [one for one in page.all("form") if Screen(one).all("button", data_key="u")]
    sent = {
        str(one.get("name")): one.get("value") or "" for one in Screen(form).all("input")
    }
    return str(client.post(str(form.get("action")), sent).url)


def test_second_undo_takes_back_the_one_before_and_the_page_says_which(
    enter: Enter, moderator: Person
) -> None:
    first = rows.make_comment(rows.make_story(headline="The night bus"))
    second, third = (rows.make_comment(rows.make_story(number)) for number in (2, 3))
    client = enter(moderator)
    for one, action in ((first, "hold"), (second, "approve"), (third, "approve")):
        decide(client, one, action)

    once = pressed_u(client, f"/comments/{first.public_id}/?after={third.public_id}")
    told = screen(client.get(once)).words("p", class_="flash-before")
    twice = pressed_u(client, once)
    told += screen(client.get(twice)).words("p", class_="flash-before")
    thrice = pressed_u(client, twice)
    at_last = screen(client.get(thrice))

    assert told == [
        "What you did before that: Approved: a letter on “The ferry will not come back”.",
        "What you did before that: Held: a letter on “The night bus”.",
    ]
    assert [standing(one)[0] for one in (first, second, third)] == [State.PENDING] * 3
    assert thrice == f"/comments/{first.public_id}/?after={first.public_id}"
    assert at_last.words("p", class_="flash-before") == []
    assert at_last.all("button", data_key="u") == []


@pytest.mark.parametrize(
    ("minutes", "acts", "why"),
    [
        (1, True, "It cannot be undone any more: the press has acted"),
        (61, False, "It is older than an hour: no key undoes it, its own button does."),
    ],
)
def test_second_undo_that_is_not_as_safe_is_not_offered_and_the_page_says_why(
    enter: Enter, moderator: Person, *, minutes: int, acts: bool, why: str
) -> None:
    story = rows.make_story()
    earlier, later = rows.make_comment(story), rows.make_comment(rows.make_story(2))
    client = enter(moderator)
    decide(client, earlier, "approve")
    Decision.objects.update(taken=timezone.now() - timedelta(minutes=minutes))
    if acts:
        rows.act_and_show(story)
    decide(client, later, "hold")

    pressed_u(client, f"/comments/{earlier.public_id}/?after={later.public_id}")
    where = f"/comments/{later.public_id}/?after={later.public_id}"
    page = screen(client.get(where))

    [told] = page.words("p", class_="flash-before")
    assert why in told
    assert page.all("button", data_key="u") == []


def test_second_undo_takes_back_several_letters_that_were_decided_together(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    made = [rows.make_comment(story) for _ in range(2)]
    alone = rows.make_comment(rows.make_story(2))
    shown = [Shown(id=one.public_id, version=1) for one in made]
    decide_together(shown, Action.HOLD, by=moderator, ruling=Ruling(), now=timezone.now())
    client = enter(moderator)
    decide(client, alone, "hold")

    once = pressed_u(client, f"/comments/{made[0].public_id}/?after={alone.public_id}")
    told = screen(client.get(once)).words("p", class_="flash-before")
    pressed_u(client, once)

    assert told == ["What you did before that: Held: 2 letters together."]
    assert [standing(one)[0] for one in (*made, alone)] == [State.PENDING] * 3


@pytest.mark.parametrize(("minutes", "has_key"), [(59, True), (61, False), (-61, False)])
def test_key_undoes_nothing_older_than_an_hour(
    enter: Enter, moderator: Person, *, minutes: int, has_key: bool
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.approve(comment, moderator)
    Decision.objects.update(taken=timezone.now() - timedelta(minutes=minutes))

    pages = [
        screen(enter(moderator).get(where))
        for where in ("/mine/", "/", f"/comments/{comment.public_id}/")
    ]

    keys = [bool(one.all("button", data_key="u")) for one in pages]
    assert keys == [has_key] * 3
    assert all("Undo" in page.text for page in pages)  # by its button, always
