"""What tests of the screens may use: browsers without scripts, signed in as somebody."""

import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from letterdesk.desk.models import User
from letterdesk.desk.queries.people import Person
from letterdesk.settings import Settings
from tests.desk import rows

Enter = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _fresh(newsroom: Settings) -> None:
    """A newsroom of its own for each test, and nobody counted for signing in too often.

    Of keys it has the one of second factors.
    """
    cache.clear()
    newsroom.factors_file.parent.mkdir(mode=0o700)
    newsroom.factors_file.write_bytes(b"f" * 32)


@pytest.fixture
def enter() -> Enter:
    """Give a browser in which a person has just signed in with her password."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=person.id))
        session = client.session
        session["account_authentication_methods_user"] = str(person.id)
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time()}
        ]
        session.save()
        return client

    return sign_in


@pytest.fixture
def admin(db: None) -> Person:
    return rows.make_person("ada", role="admin")


@pytest.fixture
def browser(enter: Enter, admin: Person) -> Client:
    """The browser of an admin who can sign in."""
    User.objects.filter(pk=admin.id).update(password="md5$x$x")
    return enter(admin)


@pytest.fixture
def auditor(db: None) -> Person:
    return rows.make_person("otto", role="auditor")
