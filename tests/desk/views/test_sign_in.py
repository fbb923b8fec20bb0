import subprocess
import sys
import time
from pathlib import Path

import pytest
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from msgspec.structs import replace

from letterdesk.desk.counters import LONGEST
from letterdesk.desk.models import User
from letterdesk.desk.queries.people import Person
from letterdesk.settings import Settings
from tests.desk.views.pages import screen

PASSWORD = "the old ferry leaves"


@pytest.fixture
def user(moderator: Person) -> User:
    user = User.objects.get(pk=moderator.id)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(
    client: Client, name: str, password: str, *, told: str = "", **more: str
) -> object:
    """Send the form; `told` is what proxies say in X-Forwarded-For."""
    form = {"login": name, "password": password, **more}
    return client.post("/sign-in/", form, headers={"X-Forwarded-For": told} if told else {})


def test_moderator_signs_in_and_out(client: Client, user: User) -> None:
    entered = sign_in(client, "mina", PASSWORD, next="/queue/")
    inside = client.get("/queue/").status_code
    asked = screen(client.get("/sign-out/"))
    left = client.post("/sign-out/")

    assert entered.url == "/queue/"
    assert inside == 200
    assert "Sign out?" in asked.words("h1")
    assert left.url == "/sign-in/"
    assert client.get("/queue/").status_code == 302


def test_session_cookie_is_for_this_site_and_not_for_scripts(
    client: Client, user: User
) -> None:
    sign_in(client, "mina", PASSWORD)

    session = client.cookies["desk"]
    assert (session["httponly"], session["samesite"], session["path"]) == (
        True,
        "Strict",
        "/",
    )
    assert (session["max-age"], session["expires"]) == ("", "")  # it ends with the browser


def test_cookies_of_a_desk_behind_https_insist_on_it(tmp_path: Path) -> None:
    (tmp_path / "letterdesk.toml").write_text("[desk]\nsecure = true\n")
    asked = (
        "from letterdesk.desk import config as c;"
        "print(c.SESSION_COOKIE_NAME, c.CSRF_COOKIE_NAME, c.SESSION_COOKIE_SECURE,"
        " c.CSRF_COOKIE_SECURE, c.LANGUAGE_COOKIE_SECURE)"
    )

    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={"LETTERDESK_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "__Host-desk __Host-csrf True True True\n"


@pytest.mark.parametrize(("name", "password"), [("mina", "wrong"), ("nobody", PASSWORD)])
def test_wrong_name_and_wrong_password_look_the_same(
    client: Client, user: User, name: str, password: str
) -> None:
    answer = sign_in(client, name, password)

    page = screen(answer)
    assert answer.status_code == 200
    assert page.words("div", role="alert") == [
        "The user name or the password is not right. Try again."
    ]
    assert [one.get("value") for one in page.all("input", id="login")] == [name]
    assert [one.get("value") for one in page.all("input", id="password")] == [None]


def test_guessing_a_password_is_slowed_down(client: Client, user: User) -> None:
    for number in range(5):
        sign_in(client, "mina", f"guess {number}")

    answer = sign_in(client, "mina", PASSWORD)

    assert "Too many wrong passwords." in screen(answer).text
    assert client.get("/queue/").status_code == 302


def test_who_tried_too_often_while_the_clock_was_ahead_is_not_kept_out_for_long(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    with monkeypatch.context() as ahead:
        ahead.setattr(time, "time", lambda: real() + 400 * 24 * 3600)
        for number in range(6):
            sign_in(client, "mina", f"guess {number}")
        kept_out = sign_in(client, "mina", PASSWORD)

    let_in = sign_in(client, "mina", PASSWORD)

    assert "Too many wrong passwords." in screen(kept_out).text
    assert (let_in.status_code, let_in.url) == (302, "/")


def test_counting_goes_on_where_the_clock_is_put_back_a_little(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    for number in range(5):
        sign_in(client, "mina", f"guess {number}")
    monkeypatch.setattr(time, "time", lambda: real() - 2)

    answer = sign_in(client, "mina", PASSWORD)

    assert "Too many wrong passwords." in screen(answer).text


def test_no_rate_limit_counts_for_longer_than_anything_is_kept() -> None:
    rates = [
        rate for told in settings.ACCOUNT_RATE_LIMITS.values() for rate in parse_rates(told)
    ]

    assert max(rate.duration for rate in rates) == LONGEST


def test_who_tries_many_names_keeps_nobody_out_who_has_the_same_address(
    client: Client, user: User
) -> None:
    """Behind a proxy, an onion service or a tunnel everybody has this machine's."""
    thief = Client()
    for number in range(40):
        sign_in(thief, f"name{number}", "x")

    assert sign_in(client, "mina", PASSWORD).url == "/"


@pytest.mark.parametrize(
    ("proxies", "told"),
    [(1, "192.0.2.{own}, 203.0.113.7"), (2, "192.0.2.{own},203.0.113.7, 198.51.100.1")],
)
def test_trying_many_names_from_an_address_that_a_proxy_tells_is_slowed_down(
    proxies: int, told: str, client: Client, user: User, newsroom: Settings
) -> None:
    """What stands before what our own proxies add, anybody can make up."""
    behind(newsroom, proxies)
    thief, number = Client(), iter(range(40))

    def guess(name: str) -> object:
        return sign_in(thief, name, "x", told=told.format(own=next(number)))

    statuses = [guess(f"name{number}").status_code for number in range(31)]
    last = guess("mina")

    assert statuses[-1] == 429
    assert "Too many tries" in screen(last).words("h1")
    assert last.headers["Retry-After"] == "300"
    elsewhere = told.format(own=1).replace("203.0.113.7", "203.0.113.8")
    assert sign_in(client, "mina", PASSWORD, told=elsewhere).url == "/"


@pytest.mark.parametrize("told", ["", "203.0.113.7", "unknown, 203.0.113.7", "x" * 9_000])
def test_where_the_proxies_tell_no_address_names_are_counted(
    told: str, client: Client, user: User, newsroom: Settings
) -> None:
    behind(newsroom, 2)
    thief = Client()
    for number in range(40):
        sign_in(thief, f"name{number}", "x", told=told)

    assert sign_in(client, "mina", PASSWORD, told=told).url == "/"


def test_names_that_are_made_up_push_no_accounts_counter_out(
    client: Client, user: User
) -> None:
    for number in range(5):
        sign_in(client, "mina", f"guess {number}")
    for number in range(1_000):
        cache.set(f"made-up-{number}", [time.time()], 300)

    answer = sign_in(client, "mina", PASSWORD)

    assert "Too many wrong passwords." in screen(answer).text


def behind(newsroom: Settings, proxies: int) -> None:
    desk = replace(newsroom.desk, trusted_proxies=proxies)
    settings.NEWSROOM = replace(newsroom, desk=desk)


def test_who_left_cannot_sign_in(client: Client, user: User) -> None:
    User.objects.update(is_active=False)

    answer = client.post("/sign-in/", {"login": "mina", "password": PASSWORD}, follow=True)

    assert answer.status_code == 403
    assert "This account is closed." in screen(answer).text
    assert client.get("/queue/").status_code == 302


def test_sign_in_leads_to_no_other_site(client: Client, user: User) -> None:
    answer = sign_in(client, "mina", PASSWORD, next="https://evil.example/")

    assert answer.url == "/"


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email"]
)
def test_nobody_signs_up(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("address", ["/sign-in/", "/language/", "/sign-out/"])
def test_form_without_our_mark_is_refused(db: None, address: str) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(address, {"login": "mina", "password": PASSWORD})

    assert answer.status_code == 403
    assert "The form was too old, or did not come from this desk." in screen(answer).text


def test_form_with_our_mark_is_taken(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    page = screen(client.get("/sign-in/"))
    (mark, *_) = [one.get("value") for one in page.all("input", name="csrfmiddlewaretoken")]

    answer = client.post(
        "/sign-in/", {"login": "x", "password": "y", "csrfmiddlewaretoken": mark}
    )

    assert answer.status_code == 200
