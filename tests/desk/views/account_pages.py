"""The page of an account, its forms, and what they carry along."""

from django.test import Client

from letterdesk.desk.queries.people import Person
from tests.desk.views.pages import Screen, screen


def of(person: Person, part: str = "") -> str:
    return f"/people/{person.id}/{part}"


def mark(client: Client, action: str) -> str:
    """Give the mark in the form with this address, of the account's page."""
    where = "/".join(action.split("/")[:3])
    return mark_of(screen(client.get(f"{where}/")), action)


def mark_of(page: Screen, action: str) -> str:
    (form,) = page.all("form", action=action)
    return Screen(tree=form).all("input", name="seen")[0].get("value", "")


def form_of(client: Client, page: str, action: str) -> str:
    """Give the id of the form with this address, of a page."""
    (form,) = [
        one
        for one in screen(client.get(page)).all("form", action=action)
        if Screen(tree=one).all("input", name="form")
    ]
    return Screen(tree=form).all("input", name="form")[0].get("value", "")
