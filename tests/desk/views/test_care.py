import pytest

from letterdesk.desk.models import Comment, Signal
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen

OPENS = "This letter is harsh. Show its words"
VEILED = "A harsh letter; its words are veiled"


def make_harsh(
    comment: Comment, *, code: str = "uncivil-clearly", spans: list[list[int]] | None = None
) -> Comment:
    Signal.objects.create(
        comment=comment, kind=Kind.INCIVILITY, score=0.9, code=code, spans=spans or []
    )
    return comment


def veil(client: object, wanted: str) -> None:
    answer = client.post("/account/care/", {"veils": wanted})
    assert answer.url == "/account/?done=preferences"


@pytest.mark.parametrize("code", ["uncivil-clearly", "uncivil-in-part", "threat"])
def test_harsh_letter_is_veiled_for_who_wants_it(
    enter: Enter, moderator: Person, colleague: Person, code: str
) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()), code=code)
    client = enter(moderator)
    veil(client, "on")

    hers = screen(client.get(f"/comments/{comment.public_id}/"))
    list_ = screen(client.get("/queue/"))
    theirs = screen(enter(colleague).get(f"/comments/{comment.public_id}/"))

    assert OPENS in hers.text
    assert rows.TEXT not in hers.text
    assert hers.all("textarea") == []
    assert list_.words("a", class_="line-excerpt") == [
        "A harsh letter; its words are veiled"
    ]
    assert OPENS not in theirs.text
    assert theirs.words("div", data_letter="") == [rows.TEXT]


def test_veiled_letter_is_opened_and_veiled_again(enter: Enter, moderator: Person) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    client = enter(moderator)
    veil(client, "on")
    address = f"/comments/{comment.public_id}/"

    (show,) = screen(client.get(address)).all("a", data_key="o")
    opened = screen(client.get(str(show.get("href"))))
    (again,) = opened.all("a", data_key="o")
    closed = screen(client.get(str(again.get("href"))))

    assert rows.TEXT in opened.words("div", data_letter="")
    assert rows.TEXT not in closed.text


def test_remarks_on_a_veiled_letter_do_not_quote_it(
    enter: Enter, moderator: Person
) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()), spans=[[0, 8]])
    client = enter(moderator)
    veil(client, "on")
    address = f"/comments/{comment.public_id}/"

    veiled, opened = (screen(client.get(at)) for at in (address, f"{address}?open=1"))

    assert veiled.words("strong", class_="remark-label") == ["Incivility"]
    assert veiled.words("span", class_="remark-sentence") == []
    (said,) = opened.words("span", class_="remark-sentence")
    assert f"“{rows.TEXT[:8]}”" in said


@pytest.mark.parametrize("address", ["/comments/", "/comments/?status=held"])
def test_lists_veil_harsh_letters(
    enter: Enter, moderator: Person, colleague: Person, address: str
) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    rows.move(comment, Action.HOLD, colleague)
    client = enter(moderator)
    veil(client, "on")

    hers, theirs = (screen(one.get(address)) for one in (client, enter(colleague)))

    assert hers.words("a", class_="line-excerpt") == [VEILED]
    assert theirs.words("a", class_="line-excerpt") == [rows.TEXT]


@pytest.mark.parametrize(
    "sent", [{"action": "approve"}, {"action": "reject", "rules": "1"}]
)
def test_nobody_decides_on_a_letter_that_she_has_not_opened(
    enter: Enter, moderator: Person, sent: dict[str, str]
) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    other = make_harsh(rows.make_comment(rows.make_story(2)))
    client = enter(moderator)
    veil(client, "on")
    address = f"/comments/{comment.public_id}/"
    client.get(f"/comments/{other.public_id}/?open=1")
    client.head(f"{address}?open=1")

    refused = client.post(address, {**sent, "version": 1})
    comment.refresh_from_db()
    before = comment.state
    client.get(f"{address}?open=1")
    client.post(address, {**sent, "version": 1})
    comment.refresh_from_db()

    assert refused.status_code == 422
    assert "Its words are veiled. Open them before you decide." in screen(refused).text
    assert (before, comment.version) == ("pending", 2)


def test_veil_is_taken_off_again(enter: Enter, moderator: Person) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    client = enter(moderator)

    veil(client, "on")
    veil(client, "off")
    page = screen(client.get(f"/comments/{comment.public_id}/"))

    assert OPENS not in page.text
    assert rows.TEXT in screen(client.get("/queue/")).text


@pytest.mark.parametrize("code", ["civil", "uncivil-maybe"])
def test_what_is_not_clearly_harsh_is_not_veiled(
    enter: Enter, moderator: Person, code: str
) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()), code=code)
    client = enter(moderator)
    veil(client, "on")

    page = screen(client.get(f"/comments/{comment.public_id}/"))

    assert OPENS not in page.text


def test_what_is_half_decided_is_not_veiled(enter: Enter, moderator: Person) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    client = enter(moderator)
    veil(client, "on")

    opened = screen(client.get(f"/comments/{comment.public_id}/?do=edit"))
    refused = screen(
        client.post(f"/comments/{comment.public_id}/", {"action": "reject", "version": 1})
    )

    assert OPENS not in opened.text
    assert OPENS not in refused.text


def test_somebody_who_read_five_harsh_letters_in_a_row_is_told_to_rest(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    harsh = [make_harsh(rows.make_comment(story)) for _ in range(6)]
    civil = rows.make_comment(story)
    client = enter(moderator)

    def rest(comment: Comment) -> bool:
        page = screen(client.get(f"/comments/{comment.public_id}/"))
        return "letters were all harsh" in page.text

    said = [rest(one) for one in harsh[:5]]
    again = rest(harsh[4])
    after_civil = rest(civil)
    sixth = rest(harsh[5])

    assert said == [False, False, False, False, True]
    assert (again, after_civil, sixth) == (True, False, False)
