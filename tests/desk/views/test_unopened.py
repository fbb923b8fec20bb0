from django.test import Client

from letterdesk.desk.models import Unopened
from tests.desk import rows
from tests.desk.views.pages import screen


def test_an_admin_sees_why_something_did_not_open_and_never_what_it_is(
    browser: Client,
) -> None:
    rows.make_unopened(1, raw=b"Zmeinogorsk", reason="key-unknown")
    rows.make_unopened(2, batch="<b>bold</b>")
    rows.make_unopened(3, reason="too-long")
    rows.make_unopened(4, reason="story-unknown")
    rows.make_unopened(5, reason="batch-damaged")

    start, page = screen(browser.get("/")), screen(browser.get("/unopened/"))

    assert [one.get("href") for one in start.all("a", class_="tile-link")][
        -1
    ] == "/unopened/"
    assert page.words("label") == [
        "sealed to a key that is not here; it opens once the key is put back",
        "damaged, or nothing that was sealed for us",
        "opened, but not what our form makes",
        "about a story that is not here; it opens once the story is back under its own id, "
        "from a backup (registered anew, it has another id)",
        "damaged, or nothing that was sealed for us",
    ]
    assert page.words("code") == ["a-batch", "<b>bold</b>", *["a-batch"] * 3]
    assert page.text.count("may be a letter") == 2
    assert "Zmeinogorsk" not in page.text


def test_what_is_chosen_is_discarded(browser: Client) -> None:
    numbers = [rows.make_unopened(number) for number in (1, 2, 3)]

    answer = browser.post("/unopened/discard/", {"number": numbers[:2]}, follow=True)

    assert "Discarded. The audit log keeps what it was." in screen(answer).text
    assert list(Unopened.objects.values_list("pk", flat=True)) == numbers[2:]
    assert "Discarded what could not be opened." in screen(browser.get("/audit/")).text


def test_who_chose_nothing_is_not_told_that_it_is_gone(browser: Client) -> None:
    rows.make_unopened(1)

    answer = browser.post("/unopened/discard/", follow=True)

    assert "Discarded." not in answer.content.decode()
    assert len(screen(answer).all("input", name="number")) == 1


def test_what_was_opened_meanwhile_is_not_discarded(browser: Client) -> None:
    number = rows.make_unopened(1)

    answer = browser.post("/unopened/discard/", {"number": [number, number + 1, "x"]})

    assert answer.status_code == 404
    assert "It is not there any more" in screen(answer).text
    assert Unopened.objects.count() == 1


def test_a_desk_where_all_opened_says_so(browser: Client) -> None:
    assert "Everything that came in was opened." in screen(browser.get("/unopened/")).text
    assert "/unopened/" not in browser.get("/").content.decode()
