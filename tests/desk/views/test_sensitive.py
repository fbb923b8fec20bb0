from letterdesk.desk.models import Comment
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, Risk, State
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, said, screen


def buttons(page: Screen) -> list[str]:
    return [one.get("value") or "" for one in page.all("button", name="action")]


def post(enter: Enter, person: Person, comment: Comment, **sent: object) -> object:
    comment.refresh_from_db()
    return enter(person).post(
        f"/comments/{comment.public_id}/", {"version": comment.version, **sent}
    )


def test_who_cuts_first_is_told_that_the_cut_is_saved(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE), text="Good. Bad.")

    first = post(enter, moderator, comment, action="edit", text="Good.", rules="1")

    told = screen(enter(moderator).get(first.url)).text
    assert "is saved, as the first approval" in told
    assert "First approval given" not in told


def test_two_people_approve_a_letter_on_a_sensitive_story(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    where = f"/comments/{comment.public_id}/"

    before = screen(enter(moderator).get(where))
    first = post(enter, moderator, comment, action="approve")
    hers = screen(enter(moderator).get(where))
    theirs = screen(enter(colleague).get(where))
    again = post(enter, moderator, comment, action="approve")
    comment.refresh_from_db()
    between = comment.state
    post(enter, colleague, comment, action="approve")
    comment.refresh_from_db()

    assert "Sensitive: two people decide" in before.text
    assert "Approve, first of two" in before.text
    assert first.url == f"/queue/?after={comment.public_id}"  # it does not wait for her
    assert "First approval given" in screen(enter(moderator).get(first.url)).text
    assert "approve" not in buttons(hers)
    assert "First approval: mina" in hers.text
    assert "Approve, second of two" in theirs.text
    assert again.status_code == 422
    assert "the second must come from somebody else" in screen(again).text
    assert (between, comment.state) == (State.PENDING, State.APPROVED)


def test_second_person_sees_the_cut_and_approves_it(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))

    post(enter, moderator, comment, action="edit", text=rows.CUT, rules="3")
    page = screen(enter(colleague).get(f"/comments/{comment.public_id}/"))
    post(enter, colleague, comment, action="approve")
    comment.refresh_from_db()

    assert page.words("del") == ["Daniel Roe"]
    assert page.words("textarea", name="text") == [rows.CUT]
    assert comment.state == State.APPROVED
    assert comment.cuts == [[44, 54, "name removed"]]
    assert {comment.approved_by_id, comment.seconded_by_id} == {moderator.id, colleague.id}


def test_what_was_taken_down_is_brought_back_by_two_people_and_not_by_one_key(
    enter: Enter, moderator: Person, colleague: Person, editor: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    for by in (moderator, colleague):
        rows.approve(comment, by)
    rows.act(comment.story_id, today=rows.TODAY)
    rows.move(comment, Action.RETRACT, editor)
    where = f"/comments/{comment.public_id}/"

    closed = screen(enter(moderator).get(where))
    asked = screen(enter(moderator).get(f"{where}?do=restore"))
    answer = post(enter, moderator, comment, action="restore", note="It is her own.")
    hers = screen(enter(moderator).get(answer.url))
    theirs = screen(enter(colleague).get(where))
    post(enter, colleague, comment, action="approve")
    comment.refresh_from_db()

    (key,) = closed.all("button", data_key="b")
    assert (key.get("name"), key.get("value")) == ("do", "restore")  # asks, decides nothing
    (panel,) = asked.all("form", data_panel="restore")
    assert panel.get("hidden") is None
    assert "erin took it down under rule 3." in said(panel)
    assert "This is the first of two approvals" in said(panel)
    assert "First approval: mina" in hers.text
    assert "approve" not in buttons(hers)
    assert "Approve, second of two" in theirs.text
    assert comment.state == State.APPROVED
