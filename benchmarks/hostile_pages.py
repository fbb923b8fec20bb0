"""Published files, read as a browser or a feed reader would: text, and nothing else."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

from letterdesk.domain.edit import has_own_brackets
from letterdesk.domain.text import tame

_ATOM = "{http://www.w3.org/2005/Atom}"
_INERT = {"p", "br"}
_PARTS = {"p", "br", "li"}  # that part words
_WHOSE = re.compile("<p><em>[^<]*</em></p>$")  # our line on brackets that are the author's


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A comment as the desk has it."""

    id: str
    text: str
    name: str


@dataclass(kw_only=True)
class Exit:
    """What was found at one exit; `wrong` are ids of comments that are more than text."""

    name: str
    count: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, sent: Sent, is_right: bool) -> None:  # noqa: FBT001 -- the one thing noted
        """Count a comment."""
        self.count += 1
        if not is_right:
            self.wrong.append(sent.id)


def look(folder: Path, published: Sequence[Sent]) -> list[Exit]:
    """Look at the files of a story, in which all of `published` must stand."""
    by_id = {sent.id: sent for sent in published}
    pages = [folder, *sorted(one for one in folder.iterdir() if one.is_dir())]
    found = [
        _pages(pages, by_id, name="index.html"),
        _pages(pages, by_id, name="thread.html"),
        _data(pages, by_id),
        _feed(folder / "feed.atom", by_id),
    ]
    for one in found[:3]:
        if one.count != len(published):
            one.wrong.append(f"{one.count} comments instead of {len(published)}")
    return found


def _pages(pages: Iterable[Path], by_id: dict[str, Sent], *, name: str) -> Exit:
    """Look at index.html, or at thread.html, of every page."""
    done = Exit(name=name)
    plain: list[tuple[str, tuple[str, ...]]] | None = None
    for page in pages:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        parse = parser.parse if name == "index.html" else parser.parseFragment
        tree = parse((page / name).read_text(encoding="utf-8"))
        for turn in _all(tree, "li", "turn"):
            article = turn.find("article")
            if article is None:
                continue
            sent = by_id[turn.get("id", "").removeprefix("c-")]
            markup = _markup(article)
            plain = plain or markup
            words = _words(next(iter(_all(article, "div", "comment-words"))))
            who = _words(next(article.iter("h3")))
            done.note(
                sent,
                markup == plain
                and words == _plain(tame(sent.text))
                and who == (_plain(tame(sent.name)) or "A reader"),
            )
    return done


def _data(pages: Iterable[Path], by_id: dict[str, Sent]) -> Exit:
    done = Exit(name="thread.json")
    for page in pages:
        raw = (page / "thread.json").read_bytes()
        safe = not re.search("[<>&\u2028\u2029]", raw.decode())
        for row in json.loads(raw)["comments"]:
            sent = by_id[row["id"]]
            right = row["text"] == tame(sent.text) and row["name"] == tame(sent.name)
            done.note(sent, safe and right)
    return done


def _feed(file: Path, by_id: dict[str, Sent]) -> Exit:
    done = Exit(name="feed.atom, the newest")
    feed = ElementTree.fromstring(file.read_bytes())  # noqa: S314 -- our own file
    for entry in feed.findall(f"{_ATOM}entry"):
        address = entry.findtext(f"{_ATOM}id", "") + "".join(
            link.get("href", "") for link in entry.findall(f"{_ATOM}link")
        )
        sent = by_id[re.findall(r"c-([0-9a-z]{26})", address)[0]]
        markup = entry.findtext(f"{_ATOM}content", "")
        if has_own_brackets(sent.text) or has_own_brackets(sent.name):
            markup = _WHOSE.sub("", markup)
        content = html5lib.parseFragment(markup, namespaceHTMLElements=False)
        [(_, ()), *markup_of] = _markup(content)  # first the fragment itself
        is_ours = markup_of in ([("div", ("dir",))], [("div", ("dir", "lang"))])
        done.note(sent, is_ours and _words(content) == _plain(tame(sent.text)))
    return done


def _all(tree: Element, name: str, class_: str) -> Iterator[Element]:
    return (one for one in tree.iter(name) if class_ in one.get("class", "").split())


def _markup(element: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Give an element and what is in it, with names of attributes, but for paragraphs."""
    return [
        (str(one.tag), tuple(sorted(one.keys())))
        for one in element.iter()
        if one.tag not in _INERT
    ]


def _words(element: Element) -> str:
    return _plain("".join(_text(element)))


def _text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _PARTS:
            yield " "
        yield from _text(child)
        yield child.tail or ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
