from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from letterdesk.desk.actions.claim import CLAIMED_FOR
from letterdesk.desk.models import Claim, Comment
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def holders(comment: Comment) -> list[str]:
    found = Claim.objects.filter(comment=comment)
    return list(found.values_list("moderator__username", flat=True))


def test_second_person_sees_who_has_a_letter_and_is_given_another(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    first, second = rows.make_comment(story), rows.make_comment(story)
    enter(moderator).get(f"/comments/{first.public_id}/")
    client = enter(colleague)

    begin = client.get("/queue/next/")
    queue = screen(client.get("/queue/"))
    card = screen(client.get(f"/comments/{first.public_id}/"))

    assert begin.url == f"/comments/{second.public_id}/"
    assert ["mina has it open" in row for row in queue.words("article")] == [True, False]
    (said,) = card.all("div", data_claimed="")
    assert said.get("hidden") is None
    assert "mina has this letter open." in card.text
    assert card.words("div", data_letter="") == [rows.TEXT]


def test_own_letter_is_free_of_notices(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)
    client.get(f"/comments/{comment.public_id}/")

    page = screen(client.get(f"/comments/{comment.public_id}/"))

    assert [one.get("hidden") for one in page.all("div", data_claimed="")] == [""]
    assert holders(comment) == ["mina"]


def test_leafing_passes_over_what_colleagues_have_open(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    first, second, third = (rows.make_comment(story) for _ in range(3))
    enter(colleague).get(f"/comments/{second.public_id}/")

    page = screen(enter(moderator).get(f"/comments/{first.public_id}/"))

    assert [one.get("href") for one in page.all("a", rel="next")] == [
        f"/comments/{third.public_id}/"
    ]


def test_decision_leads_past_a_colleagues_letter(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    first, second, third = (rows.make_comment(story) for _ in range(3))
    enter(colleague).get(f"/comments/{second.public_id}/")

    answer = enter(moderator).post(
        f"/comments/{first.public_id}/", {"action": "approve", "version": 1}
    )

    assert answer.url == f"/comments/{third.public_id}/?after={first.public_id}"


def test_claim_does_not_stop_a_decision_and_the_version_does(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    enter(moderator).get(f"/comments/{comment.public_id}/")
    where = f"/comments/{comment.public_id}/"

    hers = enter(colleague).post(where, {"action": "approve", "version": 1})
    late = enter(moderator).post(where, {"action": "reject", "version": 1, "rules": "1"})

    assert (hers.status_code, late.status_code) == (302, 409)
    assert "What stands now" in screen(late).text
    comment.refresh_from_db()
    assert comment.state == "approved"


def test_nobody_begins_when_colleagues_have_all_that_waits(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    enter(moderator).get(f"/comments/{comment.public_id}/")
    client = enter(colleague)

    page = screen(client.get("/queue/"))

    assert client.get("/queue/next/").url == "/queue/"
    assert "Begin with the oldest" not in page.text
    assert "mina has it open" in page.text


@pytest.mark.parametrize(
    ("method", "headers"), [("get", {"Sec-Purpose": "prefetch"}), ("head", {})]
)
def test_looking_ahead_claims_nothing(
    enter: Enter, moderator: Person, method: str, headers: dict[str, str]
) -> None:
    comment = rows.make_comment(rows.make_story())

    getattr(enter(moderator), method)(f"/comments/{comment.public_id}/", headers=headers)

    assert holders(comment) == []


def test_auditor_who_reads_holds_nobody_up(enter: Enter, auditor: Person) -> None:
    comment = rows.make_comment(rows.make_story())

    enter(auditor).get(f"/comments/{comment.public_id}/")

    assert holders(comment) == []


def test_script_renews_a_claim_and_hears_what_happened(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)
    client.get(f"/comments/{comment.public_id}/")
    Claim.objects.update(until=timezone.now() + timedelta(seconds=9))

    mine = client.post(f"/comments/{comment.public_id}/claim/").json()
    until = Claim.objects.get().until
    hers = enter(colleague).post(f"/comments/{comment.public_id}/claim/").json()
    rows.move(comment, Action.HOLD, colleague)
    old = client.post(f"/comments/{comment.public_id}/claim/").json()

    assert until > timezone.now() + CLAIMED_FOR - timedelta(seconds=30)
    assert mine == {"by": "", "version": 1}
    assert hers == {"by": "mina", "version": 1}
    assert old == {"by": "", "version": 2}


def test_leaving_and_signing_out_let_go(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)
    where = f"/comments/{comment.public_id}/"

    page = page_of(client.get(where))
    left = client.post(f"{where}leave/", {"page": page})
    after_leaving = holders(comment)
    client.get(where)
    before = holders(comment)
    client.post("/sign-out/")

    assert (left.status_code, left.content) == (204, b"")
    assert (after_leaving, before, holders(comment)) == ([], ["mina"], [])


def test_goodbye_that_comes_after_the_page_was_loaded_anew_lets_go_of_nothing(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)
    where = f"/comments/{comment.public_id}/"
    old = page_of(client.get(where))
    new = page_of(client.get(where))

    client.post(f"{where}claim/", {"page": old})
    client.post(f"{where}leave/", {"page": old})
    late = holders(comment)
    client.post(f"{where}leave/", {"page": new})

    assert (late, holders(comment)) == (["mina"], [])


@pytest.mark.parametrize("named", ["", "\0", "x" * 26, "0" * 25])
def test_goodbye_that_names_no_page_lets_go_of_none(
    enter: Enter, moderator: Person, named: str
) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)
    where = f"/comments/{comment.public_id}/"
    client.get(where)

    left = client.post(f"{where}leave/", {"page": named})

    assert (left.status_code, holders(comment)) == (204, ["mina"])


def page_of(answer: HttpResponse) -> str:
    """Give the id by which a page of a letter speaks of its claim."""
    (shown,) = screen(answer).all("div", data_card="")
    return shown.get("data-page", "")
