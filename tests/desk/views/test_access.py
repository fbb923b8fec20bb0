"""Who may ask for what: every address, method, role, desk and token; what is missing fails.

The addresses, and who may, are in addresses.py: a new one needs a line there.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from letterdesk.desk import urls
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.terms import begin_draft
from letterdesk.desk.actions.tokens import add_token
from letterdesk.desk.api.app import api
from letterdesk.desk.models import (
    Appeal,
    Comment,
    Decision,
    Notice,
    Story,
    Tip,
    User,
    UserDesk,
)
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.addresses import (
    API,
    APPEAL,
    COMMENT,
    FORMS,
    GROUP,
    LEAD,
    MARK,
    NOT_OURS,
    NOTICE,
    OWN,
    PAGES,
    QUERIES,
    ROLES,
    SOMEBODY,
    WISHES,
)
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY, an_id

FOREIGN = [
    name for name, (address, _) in FORMS.items() if any(own in address for own in OWN)
]
METHODS = ("get", "post", "put", "patch", "delete", "options", "trace")
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")


@contextmanager
def _undone() -> Iterator[None]:
    """Take back all that is written to the database meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A newsroom with one of everything at each of two desks, made once for all tests."""
    with django_db_blocker.unblock(), _undone():
        record("hold", who="mina", day=TODAY, comment=COMMENT)
        _desk_of(1, desk="English", text=rows.TEXT, appeal=APPEAL, notice=NOTICE)
        _desk_of(2, desk="Elsewhere", text=MARK, appeal=OWN[APPEAL], notice=OWN[NOTICE])
        writer = rows.make_person("writer", role="editor")
        for group, number in ((GROUP, 31), (OWN[GROUP], 32)):
            decided = Comment.objects.get(public_id=an_id(number))
            rows.move(decided, Action.HOLD, writer, group=group)
        User.objects.create(
            pk=SOMEBODY, username="somebody", role="moderator", pseudonym="Moderator 990"
        )
        begin_draft("1", by=writer, languages=("en",), today=TODAY)
        yield


@pytest.fixture
def db(world: None) -> Iterator[None]:
    """That newsroom's database; what a test does to it is taken back."""
    with _undone():
        yield


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    """Give somebody in a role, at these desks of that newsroom."""

    def make(role: str, *desks: str) -> Person:
        return rows.make_person(f"{role}-1", role=role, desks=desks)

    return make


def _desk_of(number: int, *, desk: str, text: str, appeal: str, notice: str) -> None:
    story = rows.make_story(number, desk=desk, headline=f"The ferry {text}", body=text)
    comment = rows.make_comment(story, number, text=text, name=text)
    rows.make_comment(story, 30 + number, text=text, name=text)
    rows.make_appeal(comment, int(appeal), text=text)
    rows.make_notice(comment, int(notice), text=text, name=text)
    rows.make_tip(story, 20 + number, text=text, name=text)


def _other(address: str) -> str:
    """Give the address of the same thing at the other desk."""
    for own, others in OWN.items():
        address = address.replace(own, others)
    return address.replace("desk=English", "desk=Elsewhere")


def _state() -> list[object]:
    """Give all that somebody could have changed at a desk."""
    return [
        list(table.objects.order_by("pk").values())
        for table in (Comment, Decision, Story, Appeal, Notice, Tip)
    ]


def _unlisted(named: set[str], listed: set[str], where: str) -> str:
    return (
        f"Not listed: {sorted(named - listed)}; listed, but not there: "
        f"{sorted(listed - named)}. Say in {where} of {__file__} who may ask for it."
    )


def test_every_address_is_listed_here() -> None:
    named = {pattern.name for pattern in urls.urlpatterns if getattr(pattern, "name", None)}
    listed = PAGES.keys() | FORMS.keys() | NOT_OURS

    assert named == listed, _unlisted(named, set(listed), "PAGES or FORMS")


def test_every_operation_of_the_api_is_listed_here() -> None:
    named = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }

    assert named == API.keys(), _unlisted(named, set(API), "API")


def test_every_address_with_an_id_has_a_counterpart_at_the_other_desk() -> None:
    addresses = [address for address, *_ in (*PAGES.values(), *FORMS.values())]
    found = {one for address in addresses for one in _ID.findall(address)}

    assert found <= OWN.keys(), f"Add to OWN, and make both: {found - OWN.keys()}"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_those_who_may(
    enter: Enter, person: Callable[..., Person], role: str, name: str
) -> None:
    address, may = PAGES[name]

    answer = enter(person(role)).get(address)
    answer.getvalue()  # a file that is not read to its end stays open

    assert answer.status_code in ({200, 302} if role in may else {403})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", FORMS)
def test_form_is_taken_from_those_who_may(
    enter: Enter, person: Callable[..., Person], role: str, name: str
) -> None:
    address, may = FORMS[name]
    client, before = enter(person(role)), _state()

    answer = client.post(address, WISHES.get(name, {}))

    assert (answer.status_code == 403) == (role not in may)
    assert answer.status_code < 500
    assert role in may or _state() == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", [address for address, _ in PAGES.values()])
def test_no_page_shows_what_belongs_to_another_desk(
    enter: Enter, person: Callable[..., Person], role: str, address: str
) -> None:
    client = enter(person(role, "English"))

    shown = client.get(address, follow=True).getvalue().decode()
    there = client.get(_other(address), follow=True)

    assert MARK not in shown
    assert MARK not in there.getvalue().decode()
    if address != _other(address):
        assert there.status_code in {403, 404}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", FOREIGN)
def test_no_form_touches_what_belongs_to_another_desk(
    enter: Enter, person: Callable[..., Person], role: str, name: str
) -> None:
    address, _ = FORMS[name]
    client, before = enter(person(role, "English")), _state()

    answer = client.post(_other(address), WISHES.get(name, {}))

    assert answer.status_code in {403, 404}
    assert MARK not in answer.getvalue().decode()
    assert _state() == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", QUERIES)
def test_no_query_finds_what_belongs_to_another_desk(
    enter: Enter, person: Callable[..., Person], role: str, address: str
) -> None:
    client = enter(person(role, "English"))

    own = client.get(address)
    there = client.get(_other(address), follow=True)

    shown = {404} if "learning" in address else {200, 302}  # nothing was learnt there yet
    assert own.status_code in (shown if role in QUERIES[address] else {403})
    assert MARK not in there.getvalue().decode()
    assert there.status_code in {200, 403, 404}


@pytest.mark.parametrize("role", sorted(LEAD))
def test_no_editor_reaches_another_desk_by_what_she_fills_in(
    enter: Enter, person: Callable[..., Person], role: str
) -> None:
    client, before = enter(person(role, "English")), _state()
    theirs = WISHES["new_story"] | {"url": "https://news.example/2"}

    new = client.post("/stories/new/", WISHES["new_story"] | {"desk": "Elsewhere"})
    known = client.post("/stories/new/", theirs)
    risk = client.post("/stories/risks/", {"desk": "Elsewhere", "risk": "sensitive"})

    assert [one.status_code for one in (new, known)] == [403, 403]
    assert risk.status_code in {302, 403}
    assert _state() == before


@pytest.mark.parametrize(
    ("way", "address"),
    [
        *(("get", address) for address, _ in PAGES.values()),
        *(("post", address) for address, _ in FORMS.values()),
    ],
)
def test_nobody_comes_in_without_signing_in(
    client: Client, person: Callable[..., Person], way: str, address: str
) -> None:
    answer = getattr(client, way)(address)

    if way == "get":
        assert (answer.status_code, answer.url) == (302, f"/sign-in/?next={address}")
    else:
        (link,) = screen(answer).all("a", class_="button button-main")
        assert answer.status_code == 401
        assert str(link.get("href")).startswith("/sign-in/?next=%2F")


def _wrong_methods() -> Iterator[tuple[str, str]]:
    for name in PAGES.keys() | FORMS.keys():
        address = (PAGES.get(name) or FORMS[name])[0]
        right = {"get" if name in PAGES else "", "post" if name in FORMS else ""}
        yield from ((method, address) for method in METHODS if method not in right)


@pytest.mark.parametrize(("method", "address"), sorted(_wrong_methods()))
def test_no_address_knows_another_method(
    enter: Enter, person: Callable[..., Person], method: str, address: str
) -> None:
    client = enter(person("admin"))
    before = _state()

    assert getattr(client, method)(address).status_code == 405
    assert _state() == before


BUTTONS = sorted(address for name, (address, _) in FORMS.items() if name not in PAGES)


@pytest.mark.parametrize("address", BUTTONS)
def test_an_address_behind_a_button_is_a_page_that_leads_to_it(
    enter: Enter, person: Callable[..., Person], address: str
) -> None:
    client = enter(person("admin"))

    answer = client.get(address)

    page = screen(answer)
    (onward,) = page.all("a", class_="button button-main")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Only a button leads here" in page.words("h1")
    assert address.startswith(onward.get("href"))
    assert client.get(onward.get("href")).status_code == 200


@pytest.mark.parametrize("address", BUTTONS)
def test_nothing_is_pressed_by_asking_for_the_head_of_an_answer(
    enter: Enter, person: Callable[..., Person], address: str
) -> None:
    client = enter(person("admin"))
    before = [_state(), list(User.objects.order_by("pk").values())]

    assert client.head(address).status_code == 405
    after = [_state(), list(User.objects.order_by("pk").values())]
    assert after == before


def test_nobody_who_left_comes_in(enter: Enter, moderator: Person) -> None:
    client = enter(moderator)
    rows.User.objects.filter(pk=moderator.id).update(is_active=False)

    assert client.get("/").url == "/sign-in/?next=/"


def test_moderator_is_not_shown_what_is_not_hers(
    enter: Enter, person: Callable[..., Person]
) -> None:
    shown = enter(person("moderator")).get("/").content.decode()

    for address in ("/audit/", "/publish/", "/stories/new/", "Tips"):
        assert address not in shown


def _ask(token: str, operation: str, address: str, body: object = None) -> HttpResponse:
    method = operation.split()[0].lower()
    ask = getattr(Client(), method)
    content = {} if method == "get" else {"content_type": "application/json"}
    headers = {"Authorization": f"Bearer {token}"}
    data = {} if body is None else {"data": body}
    answer: HttpResponse = ask(f"/api/v1{address}", **data, **content, headers=headers)
    return answer


@pytest.mark.parametrize("operation", API)
def test_a_token_may_what_both_its_role_and_its_persons_role_allow(
    person: Callable[..., Person], newsroom: Settings, operation: str
) -> None:
    address, body, may = API[operation]
    tokens = {}
    for role, cap in product(ROLES, ROLES):
        if not User.objects.filter(username=f"{role}-1").exists():
            person(role)
        tokens[role, cap] = add_token(f"{role}-1", cap, today=TODAY)

    refused = {
        pair
        for pair, token in tokens.items()
        if _ask(token, operation, address, body).status_code == 403
    }

    assert refused == {(role, cap) for role, cap in tokens if not {role, cap} <= may}


@pytest.mark.parametrize(("operation", "role"), list(product(API, ROLES)))
def test_a_token_reaches_nothing_of_another_desk(
    person: Callable[..., Person], newsroom: Settings, operation: str, role: str
) -> None:
    address, body, _ = API[operation]
    person(role, "English")
    token, before = add_token(f"{role}-1", role, today=TODAY), _state()

    shown = _ask(token, operation, address, body)
    between = _state() if operation.startswith("GET") else None
    there = _ask(token, operation, _other(address), body)

    assert MARK not in shown.content.decode()
    assert MARK not in there.getvalue().decode()
    assert between in (None, before)
    if address != _other(address):
        assert there.status_code in {403, 404}


@pytest.mark.parametrize("operation", API)
@pytest.mark.parametrize("token", ["", "ld_wrong", "ld_"])
def test_nobody_asks_the_api_without_a_token(
    person: Callable[..., Person], operation: str, token: str
) -> None:
    address, body, _ = API[operation]
    before = _state()

    assert _ask(token, operation, address, body).status_code == 401
    assert _state() == before


def test_a_token_of_somebody_who_moved_sees_her_new_desk_only(
    person: Callable[..., Person],
) -> None:
    somebody = person("moderator", "English")
    token = add_token("moderator-1", "moderator", today=TODAY)
    UserDesk.objects.filter(user_id=somebody.id).update(desk="Elsewhere")

    assert _ask(token, "GET", f"/comments/{COMMENT}").status_code == 403
    assert _ask(token, "GET", f"/comments/{OWN[COMMENT]}").status_code == 200
