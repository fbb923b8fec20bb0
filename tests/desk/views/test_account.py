import re

from django.test import Client

from letterdesk.desk.models import AuditEntry, User
from letterdesk.desk.queries.people import Person
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen

OLD, NEW = "the old ferry leaves", "the new bridge holds"


def with_password(person: Person) -> User:
    user = User.objects.get(pk=person.id)
    user.set_password(OLD)
    user.save()
    return user


def test_password_is_changed_and_other_sessions_end(
    enter: Enter, moderator: Person
) -> None:
    user = with_password(moderator)
    here, elsewhere = enter(moderator), enter(moderator)

    answer = here.post("/account/password/", {"old": OLD, "new": NEW})

    user.refresh_from_db()
    assert answer.url == "/account/?done=password"
    assert "Your password is changed." in screen(here.get(answer.url)).text
    assert elsewhere.get("/account/").status_code == 302
    assert user.check_password(NEW)
    told = AuditEntry.objects.order_by("number").values_list("facts__what", flat=True)
    assert list(told) == ["password-changed", "sessions-ended"]


def test_wrong_or_weak_password_is_refused_with_a_sentence(
    enter: Enter, moderator: Person
) -> None:
    user = with_password(moderator)
    client = enter(moderator)

    wrong = client.post("/account/password/", {"old": "not mine", "new": NEW})
    weak = client.post("/account/password/", {"old": OLD, "new": "password1234"})
    short = client.post("/account/password/", {"old": OLD, "new": "short"})

    user.refresh_from_db()
    assert [one.status_code for one in (wrong, weak, short)] == [422, 422, 422]
    assert "This is not your password." in screen(wrong).text
    assert "too common" in screen(weak).text
    assert "at least 12 characters" in screen(short).text
    assert user.check_password(OLD)


def test_passwords_that_differ_are_refused_and_asked_for_twice_without_scripts(
    enter: Enter, moderator: Person
) -> None:
    user = with_password(moderator)
    client = enter(moderator)
    sent = {"old": OLD, "new": NEW, "again": f"{NEW}!"}

    differ = client.post("/account/password/", sent)
    user.refresh_from_db()
    is_old = user.check_password(OLD)
    same = client.post("/account/password/", sent | {"again": NEW})

    user.refresh_from_db()
    page = screen(differ)
    (again,) = page.all("input", name="again")
    assert (differ.status_code, is_old) == (422, True)
    assert "You typed two different passwords." in page.words("p", role="alert")[0]
    assert (again.get("type"), "required" in again.attrib) == ("password", True)
    assert same.url == "/account/?done=password"
    assert user.check_password(NEW)


def test_first_password_is_replaced_by_one_that_was_typed_twice_the_same(
    enter: Enter, moderator: Person
) -> None:
    User.objects.filter(pk=moderator.id).update(has_first_password=True)
    client = enter(moderator)
    where = "/account/first-password/"

    differ = client.post(where, {"new": NEW, "again": OLD})
    same = client.post(where, {"new": NEW, "again": NEW})

    assert differ.status_code == 422
    assert len(screen(differ).all("input", name="again")) == 1
    assert same.url == "/?done=password"


def test_guessing_the_old_password_is_slowed_down(enter: Enter, moderator: Person) -> None:
    with_password(moderator)
    client = enter(moderator)

    tries = [
        client.post(
            "/account/password/", {"old": f"guess {number}", "new": NEW}
        ).status_code
        for number in range(6)
    ]

    assert tries == [422] * 5 + [429]


def test_keys_can_be_switched_off(enter: Enter, moderator: Person) -> None:
    client = enter(moderator)

    client.post("/account/keys/", {"keys": "off"})
    off = screen(client.get("/queue/"))
    client.post("/account/keys/", {"keys": "on"})
    on = screen(client.get("/queue/"))

    assert [one.get("data-keys") for one in off.all("body")] == ["off"]
    assert [one.get("data-keys") for one in on.all("body")] == [None]
    assert client.cookies["keys"]["httponly"]


def test_list_of_keys_says_that_a_may_ask_first_whatever_it_asks_about(
    enter: Enter, moderator: Person
) -> None:
    page = screen(enter(moderator).get("/account/keys/"))

    assert "approve, and show the next; once more where it asks first" in page.words("dd")


def test_account_says_who_she_is_inside_and_outside(db: None, enter: Enter) -> None:
    page = screen(enter(rows.make_person("lea", desks=("Korean",))).get("/account/"))

    assert "lea" in page.words("h2")
    assert page.words("dd")[:3] == ["moderator", "Moderator lea", "Korean"]


def test_language_is_chosen_and_stays(
    client: Client, enter: Enter, moderator: Person
) -> None:
    browser = enter(moderator)

    browser.post("/language/", {"language": "ug", "next": "/queue/"})

    (page,) = screen(browser.get("/queue/")).all("html")
    assert (page.get("lang"), page.get("dir")) == ("ug", "rtl")
    assert screen(client.get("/sign-in/")).all("html")[0].get("dir") == "ltr"


def test_sessions_are_listed_by_the_hour_and_ended(enter: Enter, moderator: Person) -> None:
    here, there = enter(moderator), enter(moderator)

    page = screen(here.get("/account/sessions/"))
    other = page.all("button", name="session")[0].get("value", "")
    here.post("/account/sessions/end/", {"session": other})

    assert [words.split()[0] for words in page.words("li", class_="line")] == [
        "another",
        "this",
    ]
    assert re.search(r"last used in the hour from \d+ \w+, \d\d:00 UTC", page.text)
    moments = [one.get("datetime", "") for one in page.all("time", data_local="day")]
    assert moments
    assert not [one for one in moments if "." in one]  # as HTML takes them
    assert there.get("/queue/").status_code == 302
    assert here.get("/queue/").status_code == 200
