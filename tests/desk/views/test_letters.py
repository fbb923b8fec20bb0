from collections.abc import Callable

import msgspec
import pytest
from django.conf import settings as django_settings
from django.db import transaction

from letterdesk import sealing
from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.withdraw import withdraw, withdraw_notices, withdraw_tips
from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    Comment,
    Notice,
    Signal,
    Statement,
    Story,
    Tip,
)
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, State
from letterdesk.settings import Settings, Tips
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.desk.rows import CUT, SAFE, TEXT
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen
from tests.values import TODAY

_DANGER = "A reader says: it puts somebody in danger"


@pytest.fixture
def story(db: None) -> Story:
    return rows.make_story()


@pytest.fixture
def appeal(story: Story, colleague: Person) -> Appeal:
    Story.objects.update(body="The ferry will not come back tonight.")
    story.refresh_from_db()
    return rows.make_appeal(rows.make_in(State.REJECTED, story, colleague))


@pytest.fixture
def notice(story: Story, colleague: Person) -> Notice:
    return rows.make_notice(rows.make_published(story, colleague), alleged="danger")


@pytest.fixture
def tip(story: Story) -> Tip:
    return rows.make_tip(story)


def test_tips_are_for_editors_only(
    enter: Enter,
    appeal: Appeal,
    notice: Notice,
    tip: Tip,
    moderator: Person,
    editor: Person,
) -> None:
    refused = enter(moderator).get("/letters/?kind=tip")
    hers = screen(enter(moderator).get("/letters/"))
    theirs = screen(enter(editor).get("/letters/?kind=tip"))

    assert (refused.status_code, tip.text in screen(refused).text) == (403, False)
    assert "Please look again." in hers.text
    assert "Tips" not in hers.text
    assert tip.text not in hers.text
    assert tip.text in theirs.text


def test_the_list_begins_with_what_waits(
    enter: Enter, notice: Notice, moderator: Person
) -> None:
    page = screen(enter(moderator).get("/letters/"))

    assert page.words("a", aria_current="page")[-1] == "Notices 1"
    assert "puts somebody in danger" in page.text


def test_the_start_page_says_first_that_a_comment_puts_somebody_in_danger(
    enter: Enter, notice: Notice, moderator: Person
) -> None:
    client = enter(moderator)

    page = screen(client.get("/"))
    Notice.objects.update(alleged="law")
    other = screen(client.get("/"))

    said = "1 notice says that a published comment puts somebody in danger."
    assert page.words("section", class_="flash flash-wrong") == [f"{said} Read it"]
    assert page.text.index(said) < page.text.index("To the newsroom")
    assert "danger" not in other.text


@pytest.mark.parametrize(
    ("state", "changes", "said"),
    [
        (State.PUBLISHED, {"alleged": "danger"}, _DANGER),
        (State.PUBLISHED, {"alleged": "law"}, "1 notice waits"),
        (State.PUBLISHED, {"alleged": "danger", "is_open": False, "fate": "cut"}, ""),
        (State.PUBLISHED, {"alleged": "danger", "is_open": False, "fate": "kept"}, ""),
        (
            State.RETRACTED,
            {"alleged": "danger", "is_open": False, "fate": "taken-down"},
            _DANGER,
        ),
        (State.RETRACTED, {"alleged": "law", "is_open": False, "fate": "taken-down"}, ""),
    ],
)
def test_the_card_of_a_comment_leads_to_what_readers_report_of_it(
    enter: Enter,
    story: Story,
    moderator: Person,
    colleague: Person,
    state: State,
    changes: dict[str, object],
    said: str,
) -> None:
    comment = rows.make_in(state, story, colleague)
    notice = rows.make_notice(comment, **changes)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    led = page.words("a", href=f"/letters/notices/{notice.public_id}/")
    assert led == ([said] if said else [])


def test_who_gives_the_second_approval_reads_of_the_danger(
    enter: Enter, story: Story, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_in(State.RETRACTED, story, colleague)
    rows.make_notice(comment, alleged="danger", is_open=False, fate="taken-down")
    rows.move(comment, Action.RESTORE, colleague)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert _DANGER in page.words("a")
    assert "Approve" in page.text


def test_an_appeal_is_shown_with_all_that_answering_it_needs(
    enter: Enter, appeal: Appeal, moderator: Person, colleague: Person
) -> None:
    address = f"/letters/appeals/{appeal.public_id}/"

    page = screen(enter(moderator).get(address))
    hers = screen(enter(colleague).get(address))

    for expected in ("Please look again.", "Rejected noor", "not published"):
        assert expected in page.text
    assert [one for one in page.words("div") if one == TEXT]
    assert "The ferry will not come back tonight." in page.words("aside")[0]
    assert [one.get("value") for one in page.all("button", name="action")] == [
        "uphold",
        "reverse",
        "recut",
    ]
    assert "You took part in this decision." in hers.text
    assert hers.all("button", name="action") == []


def _notice_names(comment: Comment) -> None:
    Signal.objects.create(
        comment=comment,
        kind=Kind.PROTECTED_NAME,
        score=1.0,
        code="protected",
        facts={"names": [{"label": "the smith", "near": False}]},
        spans=[[0, 2]],
    )
    Comment.objects.filter(pk=comment.pk).update(screened=1)


@pytest.mark.parametrize("kind", ["appeals", "notices"])
def test_what_was_noticed_stands_beside_the_answer(
    enter: Enter, appeal: Appeal, notice: Notice, moderator: Person, kind: str
) -> None:
    about = appeal if kind == "appeals" else notice
    assert about.comment
    _notice_names(about.comment)

    page = screen(enter(moderator).get(f"/letters/{kind}/{about.public_id}/"))

    said = "It names somebody who must not be named: “the smith”."
    assert page.words("mark") == [TEXT[:2]]
    assert page.words("strong", class_="remark-label") == ["Protected name"]
    assert said in page.words("span", class_="remark-sentence")
    (again,) = page.words("p", class_="warns")
    assert said in again
    (form,) = [one for one in page.all("form") if one.get("class") == "sheet"]
    order = [one.get("value") or one.get("class") for one in form.iter()]
    button = {"appeals": "reverse", "notices": "keep"}[kind]
    assert order.index("warns") < order.index(button)


@pytest.mark.parametrize("kind", ["appeals", "notices"])
def test_nothing_of_a_veiled_letter_is_shown_unasked(
    enter: Enter, appeal: Appeal, notice: Notice, moderator: Person, kind: str
) -> None:
    about = appeal if kind == "appeals" else notice
    assert about.comment
    Signal.objects.create(
        comment=about.comment,
        kind=Kind.INCIVILITY,
        score=0.9,
        code="uncivil-clearly",
        spans=[[0, 3]],
    )
    client = enter(moderator)
    client.post("/account/care/", {"veils": "on"})
    address = f"/letters/{kind}/{about.public_id}/"
    answer = {"version": str(about.comment.version), "action": "uphold"}
    answer |= {"action": "keep"} if kind == "notices" else {}

    list_ = screen(client.get(f"/letters/?kind={kind[:-1]}"))
    veiled = screen(client.get(address))
    refused = client.post(address, answer)
    still = screen(refused)
    (show,) = veiled.all("a", data_key="o")
    opened = screen(client.get(address + str(show.get("href"))))
    answered = client.post(address, answer)

    for page in (list_, veiled, still):
        assert TEXT not in page.text
        assert about.text not in page.text
        assert page.all("textarea") == []
    assert list_.words("a", class_="line-excerpt") == [
        "A harsh letter; its words are veiled"
    ]
    assert refused.status_code == 422
    assert "Its words are veiled. Open them before you decide." in still.text
    assert TEXT in opened.text
    assert about.text in opened.text
    assert answered.status_code == 302


@pytest.mark.parametrize(
    ("action", "state", "readers_get"),
    [
        ("uphold", "rejected", None),
        ("reverse", "published", TEXT),
        ("recut", "published", CUT),
    ],
)
def test_an_appeal_is_answered_by_a_plain_form(
    enter: Enter,
    appeal: Appeal,
    moderator: Person,
    action: str,
    state: str,
    readers_get: str | None,
) -> None:
    client = enter(moderator)
    form = {"action": action, "version": "2", "text": CUT, "rules": ["3"], "note": "Sorry."}

    answer = client.post(f"/letters/appeals/{appeal.public_id}/", form)
    act(appeal.comment.story_id, today=TODAY)

    page = screen(client.get(answer.url))
    comment = Comment.objects.get()
    assert "Answered." in page.text
    assert page.all("button", data_key="u") == []  # the press has acted on it
    assert comment.state == state
    assert comment.statement.endswith("Sorry.")
    if readers_get:
        assert current_text(comment) == readers_get


def test_what_says_that_an_appeal_is_answered_offers_the_undo(
    enter: Enter, appeal: Appeal, moderator: Person, editor: Person
) -> None:
    client, address = enter(moderator), f"/letters/appeals/{appeal.public_id}/"
    answered = client.post(address, {"action": "uphold", "version": "2"})

    page = screen(client.get(answered.url))
    theirs = screen(enter(editor).get(answered.url))
    (version,) = page.all("input", name="version")
    undo = f"/comments/{appeal.comment.public_id}/undo/"
    client.post(undo, {"version": str(version.get("value"))})

    assert "Answered." in page.text
    assert page.words("button", data_key="u") == ["Undo U"]
    assert undo in list(page.addresses())
    assert undo not in list(theirs.addresses())
    appeal.refresh_from_db()
    assert appeal.is_open


@pytest.mark.parametrize("kind", ["appeals", "notices"])
def test_ones_own_answer_is_not_called_somebody_elses(
    enter: Enter,
    appeal: Appeal,
    notice: Notice,
    moderator: Person,
    editor: Person,
    kind: str,
) -> None:
    about = appeal if kind == "appeals" else notice
    where = f"/letters/{kind}/{about.public_id}/"
    version = str(about.comment.version if about.comment else 0)
    sent = {"action": {"appeals": "uphold", "notices": "keep"}[kind], "version": version}
    client = enter(moderator)

    first = client.post(where, sent)
    again = client.post(where, sent)
    others = enter(editor).post(where, sent)

    assert (first.status_code, again.status_code, others.status_code) == (302, 409, 409)
    own, told = (screen(one).words("p", role="alert")[0] for one in (again, others))
    assert own.startswith("You have answered this yourself, in another tab or window.")
    assert told == "Somebody has answered this already."


def test_a_notice_is_not_answered_on_what_nobody_saw(
    enter: Enter, notice: Notice, moderator: Person, colleague: Person
) -> None:
    client, address = enter(moderator), f"/letters/notices/{notice.public_id}/"
    comment = Comment.objects.get()
    seen = screen(client.get(address)).all("input", name="version")[0].get("value", "")
    sent = {"action": "keep", "version": seen, "answer": "He said so himself."}

    rows.move(comment, Action.EDIT, colleague, text=SAFE)
    refused = client.post(address, sent)
    page = screen(refused)
    now = page.all("input", name="version")[0].get("value", "")
    notice.refresh_from_db()
    was_open = notice.is_open
    again = client.post(address, sent | {"version": now})

    assert (refused.status_code, was_open) == (409, True)
    (said,) = page.words("section", class_="conflict")
    assert said.startswith("Somebody else has decided on this comment meanwhile.")
    assert "Cut noor" in said
    assert page.words("textarea", name="answer") == ["He said so himself."]
    assert again.status_code == 302


def test_own_words_and_a_comment_that_was_taken_back_are_not_called_somebody_elses(
    enter: Enter, notice: Notice, moderator: Person
) -> None:
    client, address = enter(moderator), f"/letters/notices/{notice.public_id}/"
    comment = Comment.objects.get()
    sent = {"action": "keep", "version": str(comment.version)}

    rows.move(comment, Action.EDIT, moderator, text=SAFE)
    own = screen(client.post(address, sent))
    withdraw([comment.pk], today=TODAY)
    gone = screen(client.post(address, sent))

    assert own.words("p", role="alert")[0].startswith("You have decided this in another")
    assert gone.words("p", role="alert")[0].startswith("Its author took the comment back")
    assert gone.words("button", value="close") == ["Answer that it is gone"]
    assert Notice.objects.get().is_open


@pytest.mark.parametrize("kind", ["appeals", "notices", "tips"])
def test_what_was_taken_back_is_not_called_answered(
    enter: Enter, appeal: Appeal, notice: Notice, tip: Tip, editor: Person, kind: str
) -> None:
    about = {"appeals": appeal, "notices": notice, "tips": tip}[kind]
    address = f"/letters/{kind}/{about.public_id}/" + {"tips": "wipe/"}.get(kind, "")
    sent = {
        "action": {"appeals": "uphold", "notices": "keep"}.get(kind, ""),
        "version": "2",
    }
    withdraw([appeal.comment_id], today=TODAY)
    withdraw_notices([notice.pk], today=TODAY)
    withdraw_tips([tip.pk])

    refused = enter(editor).post(address, sent)

    assert refused.status_code == 409
    (said,) = screen(refused).words("p", role="alert")
    assert said.startswith("Who wrote this has taken it back.")


def test_two_appeals_with_one_code_are_one_entry_that_shows_both(
    enter: Enter, appeal: Appeal, moderator: Person
) -> None:
    client, where = enter(moderator), f"/letters/appeals/{appeal.public_id}/"
    seen = screen(client.get(where)).all("input", name="texts")[0].get("value", "")
    more = rows.make_appeal(appeal.comment, 14, text="And one thing more.")
    sent = {"action": "uphold", "version": "2"}

    listed = screen(client.get("/letters/?kind=appeal"))
    unseen = client.post(where, sent | {"texts": seen})
    page = screen(unseen)
    other = screen(client.get(f"/letters/appeals/{more.public_id}/"))
    texts = page.all("input", name="texts")[0].get("value", "")
    done = client.post(where, sent | {"texts": texts})

    assert [
        one.get("href") for one in listed.all("a") if "/appeals/" in one.get("href", "")
    ]
    assert f"/letters/appeals/{more.public_id}/" not in set(listed.addresses())
    assert unseen.status_code == 409
    assert page.words("p", role="alert")[0].startswith("Its author has written more")
    assert "And one thing more." in page.text
    assert where in set(other.addresses())
    assert (done.status_code, Appeal.objects.filter(is_open=True).count()) == (302, 0)


def test_a_refused_answer_comes_back_as_it_was(
    enter: Enter, appeal: Appeal, moderator: Person
) -> None:
    form = {"action": "recut", "version": "2", "text": f"{TEXT} No!", "rules": ["3"]}

    page = screen(
        enter(moderator).post(
            f"/letters/appeals/{appeal.public_id}/", form | {"note": "My line."}
        )
    )

    assert "more than a cut" in page.words("p", role="alert", autofocus="")[0]
    areas = {one.get("name"): (one.text or "").strip() for one in page.all("textarea")}
    assert (areas["text"], areas["note"]) == (f"{TEXT} No!", "My line.")
    assert page.all("input", name="rules", value="3", checked="")


_APPEAL, _NOTICE = "appeals", "notices"


def _pressed(page: Screen) -> list[str]:
    """Give what the page says that was wanted."""
    said = page.words("dl", class_="pairs")
    return [
        one.removeprefix("What you wanted") for one in said if one.startswith("What you")
    ]


@pytest.mark.parametrize(
    ("kind", "action", "wanted"),
    [
        (_NOTICE, "keep", "The comment stays"),
        (_NOTICE, "take-down", "Take the comment down"),
        (_NOTICE, "cut", "Publish with this cut"),
        (_NOTICE, "close", "Answer that it is gone"),
        (_APPEAL, "uphold", "The decision stands"),
        (_APPEAL, "reverse", "Reversed on appeal"),
        (_APPEAL, "recut", "Publish with this cut"),
    ],
)
def test_a_refused_answer_says_which_button_was_pressed(
    enter: Enter,
    appeal: Appeal,
    notice: Notice,
    moderator: Person,
    kind: str,
    action: str,
    wanted: str,
) -> None:
    public_id = {_APPEAL: appeal, _NOTICE: notice}[kind].public_id
    address = f"/letters/{kind}/{public_id}/"

    refused = enter(moderator).post(address, {"action": action, "version": "1"})

    assert (refused.status_code, _pressed(screen(refused))) == (409, [wanted])


def test_an_undoing_that_comes_too_late_says_so_and_what_was_pressed(
    enter: Enter, notice: Notice, moderator: Person
) -> None:
    client, address = enter(moderator), f"/letters/notices/{notice.public_id}/"
    client.post(address, {"action": "keep", "version": "2"})
    (button,) = screen(client.get(address)).all("button", value="reopen")
    sent = {button.get("name", ""): button.get("value", "")}

    client.post(f"{address}reopen/", sent)
    late = client.post(f"{address}reopen/", sent)

    assert (late.status_code, _pressed(screen(late))) == (409, ["Undo"])


@pytest.mark.parametrize("kind", ["appeals", "notices"])
def test_a_form_that_says_nothing_changes_nothing(
    enter: Enter, appeal: Appeal, notice: Notice, moderator: Person, kind: str
) -> None:
    public_id = {"appeals": appeal, "notices": notice}[kind].public_id

    for form in ({}, {"action": "uphold", "version": "x"}, {"action": "burn"}):
        answer = enter(moderator).post(f"/letters/{kind}/{public_id}/", form)
        assert answer.status_code == 400

    assert Appeal.objects.get().is_open
    assert Notice.objects.get().is_open


@pytest.mark.parametrize(
    ("action", "fate", "state"),
    [("keep", "kept", "published"), ("take-down", "taken-down", "retracted")],
)
def test_a_notice_is_decided_by_a_plain_form(
    enter: Enter, notice: Notice, moderator: Person, action: str, fate: str, state: str
) -> None:
    client = enter(moderator)
    form = {
        "action": action,
        "version": "2",
        "rules": ["3"],
        "wording-3": "It named a neighbour.",
        "answer": "Thank you.",
    }

    answer = client.post(f"/letters/notices/{notice.public_id}/", form)

    notice.refresh_from_db()
    assert "Answered." in screen(client.get(answer.url)).text
    assert (notice.fate, notice.answer) == (fate, "Thank you.")
    assert Comment.objects.get().state == state
    told = list(Statement.objects.values_list("explanation", "source"))
    assert told == ([("It named a neighbour.", "notice")] if fate != "kept" else [])


def test_words_are_cut_after_a_notice_and_keeping_it_can_be_undone(
    enter: Enter, notice: Notice, moderator: Person
) -> None:
    client, address = enter(moderator), f"/letters/notices/{notice.public_id}/"
    client.post(address, {"action": "keep", "version": "2"})

    again = client.post(f"{address}reopen/")
    client.post(address, {"action": "cut", "version": "2", "text": SAFE, "rules": ["3"]})

    notice.refresh_from_db()
    assert again.url == f"{address}?done=reopened"
    assert (notice.fate, Comment.objects.get().cuts != []) == ("cut", True)
    late = client.post(f"{address}reopen/")
    assert late.status_code == 409


def test_moderators_do_not_see_who_sent_a_notice(
    enter: Enter, notice: Notice, moderator: Person, editor: Person
) -> None:
    address = f"/letters/notices/{notice.public_id}/"
    shown = screen(enter(moderator).get(address)).words("div")

    hers, theirs = (screen(enter(one).get(address)).text for one in (moderator, editor))

    assert TEXT in shown
    assert "ana@mail.example" not in hers
    assert "editors can see it" in hers
    assert "Ana ana@mail.example" in theirs


def test_a_tip_is_handed_over_and_wiped(enter: Enter, tip: Tip, editor: Person) -> None:
    client, address = enter(editor), f"/letters/tips/{tip.public_id}/"
    early = client.post(f"{address}wipe/")

    file = client.post(f"{address}download/")
    wiped = client.post(f"{address}wipe/")

    assert early.status_code == 409
    assert "Download it first" in screen(early).text
    assert file.headers["Content-Disposition"] == (
        f'attachment; filename="tip-{tip.public_id}.txt"'
    )
    assert file.content.decode() == (
        "Arrived: 2026-11-23\nAbout: The ferry will not come back\nName: Jo\n"
        "Contact: jo@mail.example\n\nLook in the harbour.\n"
    )
    assert "Wiped." in screen(client.get(wiped.url)).text
    after = screen(client.get(address)).text
    assert "handed over and wiped here" in after
    assert "Look in the harbour." not in after
    whats = [entry.facts["what"] for entry in AuditEntry.objects.order_by("number")]
    assert whats == ["tip-downloaded", "tip-handed-over"]


def test_a_tip_leads_to_those_beside_it(
    enter: Enter, tip: Tip, story: Story, editor: Person
) -> None:
    last = rows.make_tip(story, 14)
    rows.make_tip(rows.make_story(3), 15, is_open=False)
    first = enter(editor)

    here = screen(first.get(f"/letters/tips/{tip.public_id}/"))
    there = screen(first.get(f"/letters/tips/{last.public_id}/"))
    first.post(f"/letters/tips/{tip.public_id}/download/")
    first.post(f"/letters/tips/{tip.public_id}/wipe/")
    wiped = screen(first.get(f"/letters/tips/{tip.public_id}/"))

    for page in (here, wiped):
        (onward,) = page.all("a", data_key="j")
        assert onward.get("href") == f"/letters/tips/{last.public_id}/"
        assert page.all("a", data_key="k") == []
    (back,) = there.all("a", data_key="k")
    assert back.get("href") == f"/letters/tips/{tip.public_id}/"


def test_a_tip_is_sealed_to_the_key_that_the_settings_name(
    enter: Enter,
    tip: Tip,
    editor: Person,
    newsroom: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = sealing.new_key()
    (newsroom.folder / "tips.public").write_bytes(sealing.public_file([key.public]))
    named = msgspec.structs.replace(newsroom, tips=Tips(key="tips.public"))
    monkeypatch.setattr(django_settings, "NEWSROOM", named)
    client, address = enter(editor), f"/letters/tips/{tip.public_id}/"

    file = client.post(f"{address}download/")

    letter = sealing.open_letter(file.content, [key])
    assert (letter.kind, letter.text, letter.name, letter.contact) == (
        "tip",
        "Look in the harbour.",
        "Jo",
        "jo@mail.example",
    )
    assert b"harbour" not in file.content
    assert "The file is sealed" in screen(client.get(address)).text


@pytest.mark.parametrize("letters", [1, 3])
def test_letters_ask_the_database_the_same_few_things(
    enter: Enter,
    story: Story,
    editor: Person,
    colleague: Person,
    django_assert_num_queries: Callable[..., object],
    letters: int,
) -> None:
    comment = rows.make_published(story, colleague)
    for number in range(30, 30 + letters):
        rows.make_notice(comment, number)
    client = enter(editor)

    with django_assert_num_queries(7):
        page = client.get("/letters/")

    assert len(screen(page).all("article")) == letters


def test_long_lists_have_further_pages(
    enter: Enter, story: Story, editor: Person, colleague: Person
) -> None:
    comment = rows.make_published(story, colleague)
    for number in range(100, 151):
        rows.make_notice(comment, number)
    client = enter(editor)

    first = screen(client.get("/letters/?kind=notice"))
    [later] = first.all("a", rel="next")
    second = screen(client.get(str(later.get("href"))))

    assert (len(first.all("article")), len(second.all("article"))) == (50, 1)
    assert second.all("a", rel="next") == []


def leaves(page: Screen) -> dict[str | None, str | None]:
    """Give where the keys of a page lead, by the key."""
    return {
        one.get("data-key"): one.get("href") for one in page.all("a") if one.get("data-key")
    }


def test_notices_are_leafed_through_in_the_order_of_their_list(
    enter: Enter, story: Story, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_published(story, colleague)
    kinds = {31: "rules", 32: "danger", 33: "rules", 34: "danger"}
    made = {
        number: rows.make_notice(comment, number, alleged=kind)
        for number, kind in kinds.items()
    }
    client = enter(moderator)
    ids = {number: f"/letters/notices/{one.public_id}/" for number, one in made.items()}

    listed = screen(client.get("/letters/?kind=notice")).all("a", data_leaf="")
    found = {number: leaves(screen(client.get(ids[number]))) for number in kinds}
    Notice.objects.filter(pk=made[34].pk).update(is_open=False)
    from_closed = leaves(screen(client.get(ids[34])))

    assert [one.get("href") for one in listed] == [ids[n] for n in (32, 34, 31, 33)]
    assert found == {
        32: {"j": ids[34]},
        34: {"k": ids[32], "j": ids[31]},
        31: {"k": ids[34], "j": ids[33]},
        33: {"k": ids[31]},
    }
    assert from_closed == {"k": ids[32], "j": ids[31]}


def test_appeals_are_leafed_through_at_her_desks(
    enter: Enter, story: Story, colleague: Person
) -> None:
    elsewhere = rows.make_story(2, desk="Korean")
    made = [
        rows.make_appeal(rows.make_in(State.REJECTED, where, colleague), number)
        for number, where in ((41, story), (42, elsewhere), (43, story))
    ]
    client = enter(rows.make_person("nur", desks=("English",)))

    first, last = (
        leaves(screen(client.get(f"/letters/appeals/{made[at].public_id}/")))
        for at in (0, 2)
    )

    assert first == {"j": f"/letters/appeals/{made[2].public_id}/"}
    assert last == {"k": f"/letters/appeals/{made[0].public_id}/"}


def test_a_name_is_left_out_by_the_form_of_a_notice(
    enter: Enter, notice: Notice, moderator: Person
) -> None:
    form = {"action": "cut", "version": "2", "text": TEXT, "rules": ["3"]}

    enter(moderator).post(
        f"/letters/notices/{notice.public_id}/", {**form, "leave_name_out": ["0", "1"]}
    )

    comment = Comment.objects.get()
    assert (current_text(comment), comment.name_left_out) == (TEXT, True)


def test_an_appeal_about_a_name_shows_what_was_left_out(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.EDIT, colleague, leave_name_out=True)
    act(comment.story_id, today=TODAY)
    appeal = rows.make_appeal(comment)

    page = screen(enter(moderator).get(f"/letters/appeals/{appeal.public_id}/"))

    assert (page.words("del"), page.words("ins")) == (["Mira"], ["[name left out]"])
    assert "Publish it with its name" in page.text
    assert "published without the name" in page.text
    (box,) = page.all("input", type="checkbox", name="leave_name_out")
    assert box.get("checked") is not None


def test_who_was_overruled_reads_why_nothing_is_offered_that_takes_away(
    enter: Enter, appeal: Appeal, moderator: Person, colleague: Person
) -> None:
    why = "You took part in a decision against which the author’s appeal was right."
    rows.reverse(appeal, moderator)
    card = f"/comments/{appeal.comment.public_id}/"
    waits = screen(enter(colleague).get(card))
    rows.act_and_show(appeal.comment.story)
    notice = f"/letters/notices/{rows.make_notice(appeal.comment).public_id}/"

    assert why in waits.text
    assert not waits.all("button", value="hold")
    for address, offered in ((card, "retract"), (notice, "take-down")):
        hers = screen(enter(colleague).get(address))
        theirs = screen(enter(moderator).get(address))
        assert why in hers.text
        assert why not in theirs.text
        assert not hers.all("button", value=offered)
        assert theirs.all("button", value=offered)
    assert screen(enter(colleague).get(notice)).all("button", value="keep")


def test_a_wish_for_a_reversal_that_lapsed_is_told_with_why(
    enter: Enter, colleague: Person, moderator: Person, editor: Person
) -> None:
    story = rows.make_story(2, risk="sensitive")
    comment = rows.make_comment(story)
    for by in (colleague, rows.make_person("third")):
        rows.approve(comment, by)
    rows.act_and_show(story)
    rows.move(comment, Action.EDIT, colleague, text=SAFE)
    appeal = rows.make_appeal(comment)
    address = f"/letters/appeals/{appeal.public_id}/"
    rows.reverse(appeal, moderator)
    wanted = screen(enter(editor).get(address))

    rows.move(comment, Action.RETRACT, colleague)

    lapsed = "mina wanted it reversed. That has lapsed, because of what was decided since:"
    assert "mina wants it reversed." in wanted.text
    assert "wanted it reversed" not in wanted.text
    for reader in (editor, moderator, colleague):
        page = screen(enter(reader).get(address))
        told = next(one for one in page.words("p", class_="flash") if lapsed in one)
        assert told.startswith(f"{lapsed} Taken down, noor, ")
        assert "wants it reversed" not in page.text

    rows.reverse(appeal, moderator)
    assert "has lapsed" not in screen(enter(editor).get(address)).text


def test_a_notice_whose_words_went_with_the_comment_says_so(
    enter: Enter, notice: Notice, moderator: Person
) -> None:
    address = f"/letters/notices/{notice.public_id}/"
    whole = screen(enter(moderator).get(address)).text
    with transaction.atomic():
        withdraw([notice.comment.pk], today=TODAY)
    waits = screen(enter(moderator).get(address)).text
    Notice.objects.update(text="", is_open=False, fate="kept")

    erased = screen(enter(moderator).get(address)).text

    why = "Erased together with the comment, which its author took back."
    assert [why in one for one in (whole, waits, erased)] == [False, False, True]


@pytest.mark.parametrize(("further", "is_hidden"), [(0, True), (1, False)])
def test_who_listens_meets_no_navigation_that_leads_nowhere(
    enter: Enter, moderator: Person, further: int, *, is_hidden: bool
) -> None:
    story, decided = rows.make_story(), rows.make_person("nur")
    waiting = [rows.make_comment(story) for _ in range(1 + further)]
    appeals = [
        rows.make_appeal(rows.make_in(State.REJECTED, story, decided), number)
        for number in range(41, 42 + further)
    ]
    client = enter(moderator)

    pages = [
        screen(client.get(f"/comments/{waiting[0].public_id}/")),
        screen(client.get(f"/letters/appeals/{appeals[0].public_id}/")),
    ]

    hidden = [
        one.get("hidden") for page in pages for one in page.all("nav", class_="facts-leaf")
    ]
    assert [one is not None for one in hidden] == [is_hidden, is_hidden]
