"""Screens, read as a browser reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse

_XML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Screen:
    """A page as a tree."""

    tree: Element

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Give the elements with this tag and these attributes (`_` stands for `-`)."""
        wanted = {
            name.strip("_").replace("_", "-"): value for name, value in attributes.items()
        }
        return [
            one
            for one in self.tree.iter(_XML + tag)
            if all(one.get(name) == value for name, value in wanted.items())
        ]

    def words(self, tag: str, **attributes: str) -> list[str]:
        """Give what the elements say, white space made even."""
        return [said(one) for one in self.all(tag, **attributes)]

    @property
    def text(self) -> str:
        return said(self.tree)

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Give every element with the names of its attributes, but not of shown signs."""
        return [
            (str(one.tag), tuple(sorted(one.attrib)))
            for one in self.tree.iter()
            if one.get("class") != "sign"
        ]

    def addresses(self) -> Iterator[str]:
        """Give everything that a click, a form or the page itself would ask for."""
        for one in self.tree.iter():
            for name in ("href", "src", "action", "formaction"):
                if found := one.get(name):
                    yield found


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def screen(answer: HttpResponse) -> Screen:
    """Give an answer as a screen; what is not well-formed HTML fails."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(answer.content.decode())
    faults = {fault for _, fault, _ in parser.errors}
    assert faults == set(), faults
    return Screen(tree)
