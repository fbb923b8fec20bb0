"""Looking into pages as a browser does."""

from xml.etree.ElementTree import Element

import html5lib

from tests.letterbox.doubles import Answered
from tests.markup import drop_data


def parse(answer: Answered) -> Element:
    """Give the page, without data for its scripts, of which nothing is shown.

    That it is one of ours, whole and with our own scripts only, is checked here.
    """
    assert answer["content-type"] == "text/html; charset=utf-8"
    page = html5lib.parse(
        answer.body, transport_encoding="utf-8", namespaceHTMLElements=False
    )
    assert page.find(".//h1") is not None
    drop_data(page)
    for script in page.iter("script"):
        assert (script.get("src", "").startswith("/assets/"), script.text) == (True, None)
    return page


def words(element: Element | None) -> str:
    """Give what a reader sees of an element, with single spaces."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def typed(page: Element) -> str:
    """Give what stands in the page's text field."""
    [area] = page.iter("textarea")
    return area.text or ""


def told_of(page: Element) -> list[str]:
    """Give the fields that the sentence about what is wrong is tied to.

    It leads to them, and none else is called wrong, by colour or by ear.
    """
    named = [
        one
        for one in page.iter()
        if "error" in one.get("aria-describedby", "").split()
        or one.get("aria-invalid") == "true"
    ]
    links = page.iterfind(".//*[@id='error']/a")
    assert [f"#{one.get('id')}" for one in named] == [one.get("href") for one in links]
    return [one.get("id", "") for one in named]


def values(page: Element) -> dict[str, str]:
    """Give the values of the page's input fields, ticked boxes among them."""
    return {
        field.get("name", ""): field.get("value", "")
        for field in page.iter("input")
        if field.get("type") != "checkbox" or "checked" in field.attrib
    }
