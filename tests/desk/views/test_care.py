import pytest

from letterdesk.desk.models import Comment, Signal
from letterdesk.desk.queries.people import Person
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def make_harsh(comment: Comment, *, code: str = "uncivil-clearly") -> Comment:
    Signal.objects.create(comment=comment, kind=Kind.INCIVILITY, score=0.9, code=code)
    return comment


def veil(client: object, wanted: str) -> None:
    answer = client.post("/account/care/", {"veils": wanted})
    assert answer.url == "/account/?done=preferences"


def test_harsh_letter_is_veiled_for_who_wants_it(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    client = enter(moderator)
    veil(client, "on")

    hers = screen(client.get(f"/comments/{comment.public_id}/"))
    list_ = screen(client.get("/queue/"))
    theirs = screen(enter(colleague).get(f"/comments/{comment.public_id}/"))

    (details,) = hers.all("details", data_veil="")
    assert details.get("open") is None
    assert [one.get("data-letter") for one in details.iter() if "data-letter" in one.attrib]
    assert list_.words("a", class_="line-excerpt") == [
        "A harsh letter; its words are veiled"
    ]
    assert theirs.all("details", data_veil="") == []
    assert theirs.words("div", data_letter="") == [rows.TEXT]


def test_veil_is_taken_off_again(enter: Enter, moderator: Person) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    client = enter(moderator)

    veil(client, "on")
    veil(client, "off")
    page = screen(client.get(f"/comments/{comment.public_id}/"))

    assert page.all("details", data_veil="") == []
    assert rows.TEXT in screen(client.get("/queue/")).text


@pytest.mark.parametrize("code", ["civil", "uncivil-maybe"])
def test_what_is_not_clearly_harsh_is_not_veiled(
    enter: Enter, moderator: Person, code: str
) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()), code=code)
    client = enter(moderator)
    veil(client, "on")

    page = screen(client.get(f"/comments/{comment.public_id}/"))

    assert page.all("details", data_veil="") == []


def test_what_is_half_decided_is_not_veiled(enter: Enter, moderator: Person) -> None:
    comment = make_harsh(rows.make_comment(rows.make_story()))
    client = enter(moderator)
    veil(client, "on")

    opened = screen(client.get(f"/comments/{comment.public_id}/?do=edit"))
    refused = screen(
        client.post(f"/comments/{comment.public_id}/", {"action": "reject", "version": 1})
    )

    assert opened.all("details", data_veil="") == []
    assert refused.all("details", data_veil="") == []


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
