"""Reading pages back: what a browser would make of them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib


def parse(page: str) -> Element:
    """Give the tree of a whole page, without data for scripts, of which nothing is shown.

    Fails on any error that the HTML standard names.
    """
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page)
    drop_data(tree)
    return tree


def drop_data(tree: Element) -> None:
    """Take out of a tree what pages tell their scripts: scripts that are plain data."""
    for parent in list(tree.iter()):
        for child in parent.findall("script[@type='application/json']"):
            parent.remove(child)


def parse_fragment(markup: str) -> Element:
    """Give the tree of a piece of a page, as strictly."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(markup)


def all_of(tree: Element, name: str, class_: str = "") -> list[Element]:
    """Give the elements with this name, and this class if one is asked for."""
    return [
        one
        for one in tree.iter(name)
        if not class_ or class_ in one.get("class", "").split()
    ]


def the(tree: Element, name: str, class_: str = "") -> Element:
    """Give the only such element."""
    (found,) = all_of(tree, name, class_)
    return found


def words(element: Element) -> str:
    """Give the text of an element as it reads: every run of white space as one space."""
    return re.sub(r"\s+", " ", "".join(_text(element))).strip()


def _text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in {"p", "br", "li"}:
            yield " "
        yield from _text(child)
        yield child.tail or ""


def skeleton(element: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Give what is markup in it: every element's name and the names of its attributes."""
    return [(one.tag, tuple(sorted(one.keys()))) for one in element.iter()]
