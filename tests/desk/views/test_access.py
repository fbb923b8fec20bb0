"""Every address against every role; one that is missing here fails."""

from collections.abc import Callable

import pytest
from django.test import Client

from letterdesk.desk import urls
from letterdesk.desk.models import Appeal, Notice
from letterdesk.desk.queries.people import Person
from letterdesk.domain.receipt import action_digest
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.values import TODAY, an_id

ROLES = ("moderator", "editor", "admin", "auditor")
ALL = frozenset(ROLES)
DECIDE = frozenset({"moderator", "editor", "admin"})
LEAD = frozenset({"editor", "admin"})
AUDIT = frozenset({"editor", "admin", "auditor"})
NOT_OURS = {
    "account_login",
    "account_inactive",
    "account_logout",
    "language",
}  # open to whoever comes

COMMENT, STORY = an_id(1), an_id(901)
PAGES = {  # name → (address, who may)
    "start": ("/", ALL),
    "queue": ("/queue/", ALL),
    "next": ("/queue/next/", ALL),
    "comments": ("/comments/", ALL),
    "comment": (f"/comments/{COMMENT}/", ALL),
    "mine": ("/mine/", DECIDE),
    "letters": ("/letters/", ALL),
    "stories": ("/stories/", ALL),
    "new_story": ("/stories/new/", LEAD),
    "story": (f"/stories/{STORY}/", ALL),
    "audit": ("/audit/", AUDIT),
    "report": ("/report/", ALL),
    "publish": ("/publish/", LEAD),
    "account": ("/account/", ALL),
    "help": ("/help/", ALL),
}
FORMS = {
    "comment": (f"/comments/{COMMENT}/", DECIDE),
    "undo": (f"/comments/{COMMENT}/undo/", DECIDE),
    "skip": (f"/comments/{COMMENT}/skip/", DECIDE),
    "unskip": ("/queue/skipped/", DECIDE),
    "preview": (f"/comments/{COMMENT}/preview/", DECIDE),
    "appeal_answered": (f"/letters/appeals/{an_id(11)}/answered/", DECIDE),
    "notice_answered": (f"/letters/notices/{an_id(12)}/answered/", DECIDE),
    "new_story": ("/stories/new/", LEAD),
    "change_story": (f"/stories/{STORY}/change/", LEAD),
    "publish": ("/publish/", LEAD),
    "password": ("/account/password/", ALL),
    "keys": ("/account/keys/", ALL),
}


@pytest.fixture
def person(db: None) -> Callable[[str], Person]:
    """A newsroom with one of everything, and somebody in each role."""
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    digest = action_digest(rows.receipt(1).action_key)
    Appeal.objects.create(
        public_id=an_id(11),
        comment=comment,
        lookup=comment.lookup,
        action_digest=digest,
        text="Look again.",
        arrived=TODAY,
    )
    Notice.objects.create(
        public_id=an_id(12), story=story, comment=comment, text="A name.", arrived=TODAY
    )
    return lambda role: rows.make_person(f"{role}-1", role=role)


def test_every_address_is_listed_here() -> None:
    named = {pattern.name for pattern in urls.urlpatterns if getattr(pattern, "name", None)}

    assert named == PAGES.keys() | FORMS.keys() | NOT_OURS


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_those_who_may(
    enter: Enter, person: Callable[[str], Person], role: str, name: str
) -> None:
    address, may = PAGES[name]

    answer = enter(person(role)).get(address)

    assert answer.status_code in ({200, 302} if role in may else {403})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", FORMS)
def test_form_is_taken_from_those_who_may(
    enter: Enter, person: Callable[[str], Person], role: str, name: str
) -> None:
    address, may = FORMS[name]

    answer = enter(person(role)).post(address)

    assert (answer.status_code == 403) == (role not in may)
    assert answer.status_code < 500


@pytest.mark.parametrize(
    ("way", "address"),
    [
        *(("get", address) for address, _ in PAGES.values()),
        *(("post", address) for address, _ in FORMS.values()),
    ],
)
def test_nobody_comes_in_without_signing_in(
    client: Client, person: Callable[[str], Person], way: str, address: str
) -> None:
    answer = getattr(client, way)(address)

    expected = f"/sign-in/?next={address}" if way == "get" else "/sign-in/?next="
    assert (answer.status_code, answer.url) == (302, expected)


@pytest.mark.parametrize("name", sorted(FORMS.keys() - PAGES.keys()))
def test_form_is_not_a_page(
    enter: Enter, person: Callable[[str], Person], name: str
) -> None:
    address, _ = FORMS[name]

    assert enter(person("admin")).get(address).status_code == 405


def test_nobody_who_left_comes_in(enter: Enter, moderator: Person) -> None:
    client = enter(moderator)
    rows.User.objects.filter(pk=moderator.id).update(is_active=False)

    assert client.get("/").url == "/sign-in/?next=/"


def test_moderator_is_not_shown_what_is_not_hers(
    enter: Enter, person: Callable[[str], Person]
) -> None:
    shown = enter(person("moderator")).get("/").content.decode()

    for address in ("/audit/", "/publish/", "/stories/new/", "Tips"):
        assert address not in shown
