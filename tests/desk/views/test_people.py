import re
from dataclasses import replace

import pytest
from django.test import Client

from letterdesk.desk.actions.people import add_user
from letterdesk.desk.actions.publish import publish
from letterdesk.desk.actions.tokens import add_token
from letterdesk.desk.models import Reset, Session, Token, Unconfirmed, User
from letterdesk.desk.queries.people import Person, by_token
from letterdesk.desk.queries.people import person as known
from letterdesk.domain.states import Action
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.account_pages import form_of, mark, mark_of, of
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY


def test_everybody_is_listed_with_what_an_admin_must_know(
    browser: Client, moderator: Person
) -> None:
    add_user("new", "editor", today=TODAY, desks=("Korean",))
    add_token("robot", "editor", today=TODAY)
    User.objects.filter(pk=moderator.id).update(is_active=False)

    page = screen(browser.get("/people/"))

    assert page.words("tr")[1:] == [
        "ada Admin ada admin all no signed in",
        "new Editor 3 editor Korean no has not signed in yet",
        "robot Editor 4 editor all — program",
        "mina Moderator mina moderator all no closed",
    ]


@pytest.mark.parametrize("more", [0, 2])
def test_everybody_is_listed_with_the_same_few_questions(
    browser: Client, django_assert_num_queries: object, more: int
) -> None:
    for number in range(more):
        add_user(f"new{number}", "editor", today=TODAY, desks=("Korean",))

    with django_assert_num_queries(10):
        browser.get("/people/")


def test_a_first_password_is_shown_once(browser: Client) -> None:
    rows.make_story(desk="English")
    sent = {
        "name": "mina",
        "role": "moderator",
        "desks": "English",
        "new_desk": " Korean ",
        "kind": "person",
    }

    answer = browser.post("/people/new/", sent)

    (password,) = screen(answer).words("code")
    user = User.objects.get(username="mina")
    assert user.check_password(password)
    assert sorted(user.desks.values_list("desk", flat=True)) == ["English", "Korean"]
    assert answer["Cache-Control"] == "no-store"
    assert password not in browser.get(f"/people/{user.pk}/").content.decode()


@pytest.mark.parametrize("kind", ["person", "program"])
def test_a_form_that_is_pressed_twice_shows_the_same_secret(
    browser: Client, kind: str
) -> None:
    form = form_of(browser, "/people/new/", "/people/new/")
    sent = {"name": "mina", "role": "moderator", "kind": kind, "form": form}

    first, second = (screen(browser.post("/people/new/", sent)) for _ in range(2))
    other = browser.post("/people/new/", sent | {"role": "editor"})
    anew = browser.post(
        "/people/new/", sent | {"form": form_of(browser, "/people/new/", "/people/new/")}
    )

    assert first.words("code") == second.words("code") != []
    assert (other.status_code, anew.status_code) == (422, 422)
    assert Token.objects.count() == (1 if kind == "program" else 0)
    assert Unconfirmed.objects.count() == 1


def test_a_first_password_is_not_shown_again_once_it_is_another(browser: Client) -> None:
    form = form_of(browser, "/people/new/", "/people/new/")
    sent = {"name": "mina", "role": "moderator", "kind": "person", "form": form}
    browser.post("/people/new/", sent)
    user = User.objects.get(username="mina")
    User.objects.update(has_first_password=False)

    again = browser.post("/people/new/", sent)

    assert again.status_code == 422
    assert User.objects.get(pk=user.pk).password == user.password


def test_a_reset_that_is_confirmed_twice_shows_the_same_password(
    browser: Client, enter: Enter, moderator: Person
) -> None:
    theirs = enter(rows.make_person("ben", role="admin"))
    User.objects.filter(pk=moderator.id).update(password="md5$x$x")
    where = of(moderator, "reset/")
    asked = [browser.post(where, {"reset": "", "seen": ""}) for _ in range(2)]
    sent = {"reset": "", "seen": mark(theirs, where)}
    sent["form"] = form_of(theirs, of(moderator), where)

    first, second = (screen(theirs.post(where, sent)) for _ in range(2))

    assert first.words("code") == second.words("code") != []
    assert [one.status_code for one in asked] == [302, 302]
    assert User.objects.get(pk=moderator.id).check_password(first.words("code")[0])
    assert not Reset.objects.exists()


def test_a_token_that_is_asked_for_twice_is_one(browser: Client, admin: Person) -> None:
    where = of(admin, "tokens/")
    sent = {"role": "auditor", "form": form_of(browser, of(admin), where)}

    first, second = (screen(browser.post(where, sent)) for _ in range(2))

    assert first.words("code") == second.words("code") != []
    assert Token.objects.count() == 1
    browser.post(where, {"revoke": str(Token.objects.get().pk)})
    later = screen(browser.post(where, sent))
    assert later.words("code")[0] not in first.words("code")


@pytest.mark.parametrize(
    ("desks", "said"),
    [
        ({"desks": "nodesk"}, "There is no such desk."),
        ({"desks": ["English", "nodesk"]}, "There is no such desk."),
        ({"desks": "\0"}, "There is no such desk."),
        ({"new_desk": "english"}, "There is a desk with a name like this one"),
        ({"new_desk": "Engl\u0456sh"}, "There is a desk with a name like this one"),
        ({"new_desk": "\0english"}, "There is a desk with a name like this one"),
    ],
)
def test_a_mistyped_desk_is_refused_with_those_that_there_are(
    browser: Client, moderator: Person, desks: dict[str, object], said: str
) -> None:
    rows.make_story(desk="English")
    rows.make_person("noor", desks=("Chinese",))
    new = {"name": "lea", "role": "moderator", "kind": "person"}
    changed = {"role": "moderator", "pseudonym": "Moderator 9"}

    answers = [
        browser.post("/people/new/", new | desks),
        browser.post(of(moderator), changed | desks),
    ]

    for answer in answers:
        page = screen(answer)
        assert answer.status_code == 422
        assert said in page.words("p", role="alert")[0]
        boxes = [box.get("value") for box in page.all("input", name="desks")]
        assert boxes == ["Chinese", "English"]
    assert not User.objects.filter(username="lea").exists()
    assert not User.objects.get(pk=moderator.id).desks.exists()


def test_desks_are_ticked_and_a_new_one_is_named(
    browser: Client, moderator: Person
) -> None:
    for number, desk in enumerate(("English", "Korean")):
        rows.make_story(number, desk=desk)
    sent = {"role": "moderator", "pseudonym": "Moderator 9"}

    browser.post(of(moderator), sent | {"desks": ["Korean"], "new_desk": "Uyghur"})
    page = screen(browser.get(of(moderator)))
    ticked = [box.get("value") for box in page.all("input", name="desks", checked="")]
    browser.post(of(moderator), sent)

    assert ticked == ["Korean", "Uyghur"]
    assert not User.objects.get(pk=moderator.id).desks.exists()


def test_a_program_gets_a_token_and_a_known_name_is_refused(browser: Client) -> None:
    sent = {"name": "feeder", "role": "editor", "kind": "program"}

    shown = screen(browser.post("/people/new/", sent)).words("code")
    again = browser.post("/people/new/", sent)

    assert re.fullmatch(r"ld_[\w-]{43}", shown[0])
    assert again.status_code == 422
    assert "There is an account with this name already." in screen(again).text
    assert screen(again).all("input", id="name")[0].get("value") == "feeder"


def test_a_registrar_is_a_program_and_nobody_who_signs_in(
    browser: Client, moderator: Person
) -> None:
    person = {"name": "lea", "role": "registrar", "kind": "person"}
    program = {"name": "cms", "role": "registrar", "kind": "program"}

    refused = browser.post("/people/new/", person)
    shown = screen(browser.post("/people/new/", program)).words("code")

    assert refused.status_code == 422
    assert "A registrar is a program" in screen(refused).words("p", role="alert")[0]
    cms = User.objects.get(username="cms")
    assert by_token(shown[0]) == replace(
        known(cms), token=cms.tokens.get().pk, cap="registrar"
    )
    offered = [
        [one.get("value") for one in screen(browser.get(where)).all("input", name="role")]
        for where in (of(moderator), f"/people/{cms.pk}/")
    ]
    assert [("registrar" in one) for one in offered] == [False, True]


def test_no_page_calls_a_person_it(browser: Client, enter: Enter) -> None:
    ben = rows.make_person("ben", role="admin")
    new = {"name": "lea", "role": "moderator", "kind": "person"}
    browser.post("/people/new/", new)
    browser.post("/people/new/", {"name": "cms", "role": "editor", "kind": "program"})
    pages = [
        screen(enter(ben).get(f"/people/{User.objects.get(username=name).pk}/")).text
        for name in ("lea", "cms")
    ]

    assert "Until another admin confirms the account, she is no second person" in pages[0]
    assert "Until another admin confirms the program, it is no second person" in pages[1]
    assert "its approval" not in pages[0]


def test_a_role_changes_at_once_where_she_is_signed_in(
    browser: Client, enter: Enter, moderator: Person
) -> None:
    hers = enter(moderator)
    before = hers.get("/audit/").status_code
    sent = {"role": "auditor", "desks": "", "pseudonym": "The watcher"}

    browser.post(of(moderator), sent)

    assert (before, hers.get("/audit/").status_code) == (403, 200)
    assert hers.post("/queue/skipped/").status_code == 403
    assert "The watcher" in screen(hers.get("/account/")).words("dd")


def test_what_cannot_be_comes_back_as_it_was_filled_in(
    browser: Client, moderator: Person
) -> None:
    rows.make_story(desk="Korean")
    sent = {
        "role": "editor",
        "desks": "Korean",
        "new_desk": "Uyghur",
        "pseudonym": "Admin ada",
    }

    answer = browser.post(of(moderator), sent)

    page = screen(answer)
    assert answer.status_code == 422
    assert "Choose another pseudonym." in page.words("p", role="alert")[0]
    assert page.all("input", id="pseudonym")[0].get("value") == "Admin ada"
    assert page.all("input", id="new-desk")[0].get("value") == "Uyghur"
    assert len(page.all("input", name="desks", checked="")) == 1
    assert User.objects.get(pk=moderator.id).role == "moderator"


def test_a_form_that_was_opened_before_a_change_gives_no_role_back(
    browser: Client, enter: Enter, moderator: Person
) -> None:
    theirs = enter(rows.make_person("ben", role="admin"))
    rows.make_story(desk="Korean")
    seen = mark(browser, of(moderator))
    sent = {"pseudonym": moderator.pseudonym, "seen": seen}
    theirs.post(of(moderator), sent | {"role": "auditor", "desks": "Korean"})
    stale = sent | {"role": "moderator", "pseudonym": "Moderator 9"}

    refused = browser.post(of(moderator), stale)
    page = screen(refused)
    kept = User.objects.get(pk=moderator.id)
    asked = mark_of(page, of(moderator))
    saved = browser.post(of(moderator), stale | {"seen": asked})

    assert (refused.status_code, kept.role) == (409, "auditor")
    assert page.words("p", role="alert")[0].startswith("This was changed meanwhile")
    assert page.words("dd")[:3] == ["auditor", "Korean", moderator.pseudonym]
    assert page.all("input", id="pseudonym")[0].get("value") == "Moderator 9"
    assert page.all("input", value="moderator", checked="")
    assert (saved.status_code, User.objects.get(pk=moderator.id).role) == (302, "moderator")


def test_closing_ends_everything_at_once_and_can_be_taken_back(
    browser: Client, enter: Enter, moderator: Person
) -> None:
    hers = enter(moderator)
    add_token("mina", "moderator", today=TODAY)

    asked = screen(browser.get(of(moderator)))
    browser.post(of(moderator, "close/"), {"close": ""})

    assert "Close the account…" in asked.words("summary")
    assert hers.get("/queue/").status_code == 302
    assert not Token.objects.exists()
    assert not Session.objects.filter(user_id=moderator.id).exists()
    browser.post(of(moderator, "close/"), {"reopen": ""})
    assert enter(moderator).get("/queue/").status_code == 200


def test_tokens_are_made_shown_once_and_revoked(browser: Client, admin: Person) -> None:
    made = screen(browser.post(of(admin, "tokens/"), {"role": "auditor"})).words("code")[0]
    token = Token.objects.get()
    listed = browser.get(of(admin)).content.decode()

    browser.post(of(admin, "tokens/"), {"revoke": str(token.pk)})

    assert token.role == "auditor"
    assert made not in listed
    assert token.digest not in listed
    assert not Token.objects.exists()
    for unknown in ("x", "", "9" * 5000):
        answer = browser.post(of(admin, "tokens/"), {"revoke": unknown})
        assert answer.status_code == 404


def test_nobody_makes_a_token_in_anothers_name(browser: Client, moderator: Person) -> None:
    User.objects.filter(pk=moderator.id).update(password="md5$x$x")

    answer = browser.post(of(moderator, "tokens/"), {"role": "moderator"})

    assert answer.status_code == 422
    assert "A token acts in its person's name." in screen(answer).text
    assert not Token.objects.exists()


def test_an_unknown_account_is_not_there(browser: Client) -> None:
    for way, address in (
        ("get", "/people/77/"),
        ("post", "/people/77/"),
        ("post", "/people/77/close/"),
        ("post", "/people/77/reset/"),
        ("post", "/people/77/tokens/"),
    ):
        assert getattr(browser, way)(address).status_code == 404


def test_outside_nobody_appears_under_her_user_name(
    moderator: Person, newsroom: Settings, public: Folder
) -> None:
    User.objects.filter(pk=moderator.id).update(username="marked-by-name")
    marked = rows.person(User.objects.get(pk=moderator.id))
    story = rows.make_story()
    rows.move(rows.make_comment(story, 1), Action.APPROVE, marked)
    rows.move(rows.make_comment(story, 2), Action.REJECT, marked, rules=("1",))

    publish(public, newsroom=newsroom, today=TODAY)

    names = list(public.list())
    assert len(names) > 20
    assert [name for name in names if b"marked-by-name" in public.read(name)] == []
