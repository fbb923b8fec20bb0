from collections.abc import Callable

import pytest
from django.db import transaction

from letterdesk.desk.actions.hold import hold_restored
from letterdesk.desk.actions.screen import screen as screen_all
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment, Signal, User
from letterdesk.desk.queries.people import Person, person
from letterdesk.domain.states import Action, State
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY, an_id

UNREAD = (
    "The words in this address cannot be read: they are somebody else's, or too old, or a "
    "part is missing. Look for them again."
)
UNDO = f"Undo {rows.TEXT}, The ferry will not come back"


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def test_comments_are_listed_by_status(enter: Enter, moderator: Person) -> None:
    made = {
        state: rows.make_in(state, rows.make_story(number), moderator).public_id
        for number, state in enumerate(State)
    }
    client = enter(moderator)

    for state, public_id in made.items():
        page = screen(client.get(f"/comments/?status={state}"))
        shown = [one.get("href") for one in page.all("a", class_="line-excerpt")]
        assert shown == [f"/comments/{public_id}/"]

    everything = screen(client.get("/comments/"))
    assert len(everything.all("article")) == len(State)


def test_comments_are_found_by_words_that_no_address_says(
    enter: Enter, moderator: Person, caplog: pytest.LogCaptureFixture
) -> None:
    story = rows.make_story()
    long = "Nobody asked. " * 30 + "Then Zmeinogorsk & its <b>harbour</b> burnt."
    rows.make_comment(story, 1, text=long)
    rows.make_comment(story, 2, text="Of something else.")
    client = enter(moderator)

    answer = client.post("/comments/", {"q": " zmeinogorsk\u3000harbour "})
    page = screen(client.get(answer.url))

    assert [one.get("href") for one in page.all("a", class_="line-excerpt")] == [
        f"/comments/{an_id(1)}/"
    ]
    assert page.words("em", class_="apart") == ["Zmeinogorsk", "harbour"]
    (said,) = page.words("a", class_="line-excerpt")
    assert said[0] == "…"
    assert said.endswith("its <b>harbour</b> burnt.")
    assert page.all("input", name="q")[0].get("value") == "zmeinogorsk harbour"
    hidden = [one for one in page.addresses() if "words=" in one]
    assert len(hidden) == len(State)  # the tabs: all, and each status but one
    everything = [answer.url, caplog.text, *hidden]
    assert [one for one in everything if "zmeino" in one.lower()] == []


def test_what_one_person_looked_for_no_other_can_open(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    rows.make_comment(rows.make_story(), 1)
    where = enter(moderator).post("/comments/", {"q": "nowhere"}).url

    hers, theirs = (screen(enter(one).get(where)) for one in (moderator, colleague))

    assert "No comment has all of these words." in hers.text
    assert "nowhere" in hers.words("q")
    assert "nowhere" not in theirs.text
    assert (theirs.words("p", role="alert"), theirs.all("article")) == ([UNREAD], [])


@pytest.mark.parametrize("words", ["x", "!!", "A" * 300, "é"])
def test_words_that_nobody_hid_are_not_taken_for_none(
    enter: Enter, moderator: Person, words: str
) -> None:
    rows.make_comment(rows.make_story(), 1)

    answer = enter(moderator).get("/comments/", {"words": words, "status": "pending"})
    page = screen(answer)

    assert answer.status_code == 404
    assert (page.words("p", role="alert"), page.all("article")) == ([UNREAD], [])
    assert page.all("input", name="status")[0].get("value") == "pending"


@pytest.mark.parametrize("spelling", [str, str.upper, wide, "\u200b{}\u200b".format])
def test_an_id_among_the_words_leads_to_its_comment_however_it_is_written(
    enter: Enter, moderator: Person, spelling: Callable[[str], str]
) -> None:
    public_id = "0123456789abcdefghjkmnpqrs"
    comment = rows.make_comment(rows.make_story())
    Comment.objects.filter(pk=comment.pk).update(public_id=public_id)
    client = enter(moderator)
    written = f" {spelling(public_id)} "

    looked_for = client.post("/comments/", {"q": written})
    named = client.get("/comments/", {"id": written})

    assert looked_for.url == named.url == f"/comments/{public_id}/"


def test_words_that_are_too_many_are_refused_and_none_is_no_search(
    enter: Enter, moderator: Person
) -> None:
    client = enter(moderator)

    long = client.post("/comments/", {"q": "x" * 101, "status": "held"})
    none = client.post("/comments/", {"q": " \u200b ", "status": "held"})

    assert long.status_code == 422
    page = screen(long)
    assert "101 characters" in page.words("p", role="alert")[0]
    (field,) = page.all("input", name="q")
    assert (field.get("value"), field.get("maxlength")) == ("x" * 101, None)
    assert page.all("input", name="status")[0].get("value") == "held"
    assert none.url == "/comments/?status=held"


def test_words_are_looked_for_in_what_was_chosen_and_go_on_from_page_to_page(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    for number in range(1, 53):
        rows.make_comment(story, number)
    rows.move(Comment.objects.get(public_id=an_id(1)), Action.HOLD, moderator)
    client = enter(moderator)
    sent = {"q": "mira", "desk": "English", "status": "pending"}

    first = screen(client.get(client.post("/comments/", sent).url))
    (more,) = [one for one in first.addresses() if "from=" in one]
    rest = screen(client.get(more))

    assert (len(first.all("article")), len(rest.all("article"))) == (50, 1)
    assert "Earlier ones" in first.text
    assert [one for one in rest.addresses() if "from=" in one] == []


def test_harsh_words_that_are_found_stay_veiled(enter: Enter, moderator: Person) -> None:
    rows.make_comment(rows.make_story(), text="You stupid idiots, shut up and die already")
    screen_all(seconds=60)
    User.objects.filter(pk=moderator.id).update(veils=True)
    client = enter(person(User.objects.get(pk=moderator.id)))

    page = screen(client.get(client.post("/comments/", {"q": "idiots"}).url))

    assert "A harsh letter; its words are veiled" in page.text
    assert page.all("em", class_="apart") == []


def test_withdrawn_words_are_not_listed(enter: Enter, moderator: Person) -> None:
    rows.make_in(State.WITHDRAWN, rows.make_story(), moderator)

    page = screen(enter(moderator).get("/comments/?status=withdrawn"))

    assert "its author took it back" in page.text
    assert rows.TEXT not in page.text


def test_held_letters_are_listed_with_what_a_colleague_asks(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    first, second = (rows.make_comment(story) for _ in range(2))
    rows.move(first, Action.HOLD, moderator, note="Is that <b>his</b> name?")
    rows.move(first, Action.RESTORE, moderator)
    rows.move(first, Action.HOLD, colleague, note="Who knows him?")
    rows.move(second, Action.HOLD, moderator)

    page = screen(enter(moderator).get("/comments/?status=held"))

    said = page.words("p", class_="line-facts")
    assert said[0] == "noor asks: Who knows him?"
    assert said[2] == "mina put it aside, without a note."


def test_what_a_restore_holds_says_so_and_is_decided_like_any_other(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    with transaction.atomic():
        hold_restored([comment.pk], today=TODAY)
    client = enter(moderator)

    page = screen(client.get("/comments/?status=held"))
    rows.move(comment, Action.APPROVE, moderator)

    assert page.words("p", class_="line-facts")[0].startswith(
        "Held when the newsroom came back from a backup"
    )
    assert screen(client.get(f"/comments/{comment.public_id}/")).text.count("Undo")
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


def test_comment_is_found_by_its_id_only(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)

    found = client.get("/comments/", {"id": f" {comment.public_id} "})
    unknown = client.get("/comments/", {"id": an_id(7)})
    words = client.get("/comments/", {"id": "uncle"})

    assert found.url == f"/comments/{comment.public_id}/"
    assert (unknown.status_code, words.status_code) == (404, 404)
    assert "There is no comment with this id." in screen(unknown).text


@pytest.mark.parametrize("comments", [1, 3])
def test_list_asks_the_database_the_same_few_things(
    enter: Enter, moderator: Person, django_assert_num_queries: object, comments: int
) -> None:
    for number in range(comments):
        rows.make_comment(rows.make_story(number + 1))
    client = enter(moderator)

    with django_assert_num_queries(4):
        page = client.get("/comments/")

    assert len(screen(page).all("article")) == comments


def test_next_page_keeps_what_was_chosen(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    for _ in range(51):
        rows.make_comment(story)
    client = enter(moderator)

    page = screen(client.get(f"/comments/?status=pending&story={story.public_id}"))
    (more,) = [one.get("href") or "" for one in page.all("a", rel="next")]

    assert f"story={story.public_id}&status=pending&from=" in more
    assert len(screen(client.get(more)).all("article")) == 1


@pytest.mark.parametrize("decisions", [1, 3])
def test_my_decisions_can_be_undone_from_their_list(
    enter: Enter, moderator: Person, django_assert_num_queries: object, decisions: int
) -> None:
    story = rows.make_story()
    rows.make_published(story, moderator)
    made = [rows.approve(rows.make_comment(story), moderator) for _ in range(decisions)]
    client = enter(moderator)

    with django_assert_num_queries(5):
        page = screen(client.get("/mine/"))

    undo = [
        one.get("action")
        for one in page.all("form")
        if "/undo/" in (one.get("action") or "")
    ]
    assert undo == [f"/comments/{one.public_id}/undo/" for one in reversed(made)]
    assert "the press has acted" in page.text


def test_my_decisions_say_which_letter(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    rows.approve(rows.make_comment(story, text="The first of two."), moderator)
    harsh = rows.make_comment(story, text="You are all fools.")
    Signal.objects.create(
        comment=harsh, kind=Kind.INCIVILITY, score=0.9, code="uncivil-clearly"
    )
    rows.approve(harsh, moderator)
    client = enter(moderator)

    plain = [screen(client.get(address)) for address in ("/mine/", "/")]
    client.post("/account/care/", {"veils": "on"})
    veiled = [screen(client.get(address)) for address in ("/mine/", "/")]

    for page in plain:
        assert page.words("p", class_="line-words") == [
            "You are all fools.",
            "The first of two.",
        ]
        assert "Undo You are all fools., The ferry will not come back" in page.text
    for page in veiled:
        assert page.words("p", class_="line-words") == [
            "A harsh letter; its words are veiled",
            "The first of two.",
        ]
        assert "You are all fools" not in page.text


def test_my_decisions_say_until_when_and_why_not(
    enter: Enter, moderator: Person, colleague: Person, editor: Person
) -> None:
    made = {
        name: rows.make_comment(rows.make_story(number))
        for number, name in enumerate(
            ("open", "held", "undone", "again", "hers", "withdrawn")
        )
    }
    rows.make_published(rows.make_story(9), moderator)
    for comment in made.values():
        rows.move(comment, Action.HOLD, moderator)
    rows.approve(made["open"], moderator)
    undo(made["undone"].public_id, by=moderator, now=rows.NOW)
    rows.move(made["again"], Action.RESTORE, moderator)
    rows.move(made["hers"], Action.REJECT, colleague)
    with transaction.atomic():
        withdraw([made["withdrawn"].pk], today=TODAY)

    page = screen(enter(moderator).get("/mine/"))

    said = [one.partition("10:30 UTC ")[2] for one in page.words("li", class_="line")]
    assert said[0] == f"until somebody decides {UNDO}"  # restore
    assert said[1] == ""  # an undo is final
    assert said[2].startswith("until ")
    assert said[2].endswith(f"UTC {UNDO}")  # the approval
    assert said[3:] == [
        "its author took it back",
        "noor decided again since",
        "you decided again since",
        "undone",
        f"until somebody decides {UNDO}",  # held
        "you decided again since",
        "the press has acted",
    ]


def test_what_readers_are_to_see_no_more_can_be_undone_for_some_seconds(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    rows.move(comment, Action.RETRACT, moderator)

    page = screen(enter(moderator).get("/mine/"))

    said = [one.partition("10:30 UTC ")[2] for one in page.words("li", class_="line")]
    assert said == [
        f"for some seconds {UNDO}",
        "the press has acted",
    ]


def test_undo_from_the_list_leads_back_to_it(enter: Enter, moderator: Person) -> None:
    comment = rows.approve(rows.make_comment(rows.make_story()), moderator)
    client = enter(moderator)
    page = screen(client.get("/mine/"))
    (form,) = [one for one in page.all("form") if "/undo/" in (one.get("action") or "")]
    sent = {
        one.get("name"): one.get("value")
        for one in form.iter()
        if one.get("type") == "hidden"
    }

    answer = client.post(form.get("action"), sent)

    assert (sent["version"], sent["back"]) == ("2", "mine")
    assert answer.url == f"/mine/?undone={comment.public_id}"
    comment.refresh_from_db()
    assert comment.state == State.PENDING


def test_undo_of_what_was_decided_again_is_refused(
    enter: Enter, editor: Person, colleague: Person
) -> None:
    comment = rows.move(rows.make_comment(rows.make_story()), Action.HOLD, editor)
    rows.approve(comment, colleague)

    answer = enter(editor).post(f"/comments/{comment.public_id}/undo/", {"version": "2"})

    assert answer.status_code == 409
    comment.refresh_from_db()
    assert comment.state == State.APPROVED
