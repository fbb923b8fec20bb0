"""The readers' side of a replay: letters sent, receipts asked, pages read, over HTTP."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks import load
from benchmarks.intake import FORM

_CONNECTIONS = 16
_TEXT = "comment-words"  # the class of the element that holds a comment's words
_Attributes = list[tuple[str, str | None]]


@dataclass(kw_only=True)
class Sent:
    """What readers hold after sending: a receipt for each row that was taken."""

    receipts: dict[int, str] = field(default_factory=dict)  # row number → code
    refused: Counter[str] = field(default_factory=Counter)  # code of the problem → letters


def send(port: int, letters: Iterable[tuple[int, str, str]]) -> Sent:
    """Send letters (row number, story, text); give the receipts."""
    sent = Sent()

    def read(request: load.Request, status: int, body: bytes) -> None:
        answer = json.loads(body)
        if status == 201:
            sent.receipts[int(str(request.label))] = answer["receipt"]
        else:
            sent.refused[f"{status} {answer.get('code')}"] += 1

    requests = (
        load.Request(
            raw=load.post(
                f"/t/{story}/comments", urlencode({"text": text}).encode(), kind=FORM
            ),
            label=number,
        )
        for number, story, text in letters
    )
    load.run(port, requests, connections=_CONNECTIONS, read=read)
    return sent


def ask(port: int, receipts: dict[int, str]) -> dict[int, dict[str, Any]]:
    """Ask what became of each letter; give the answers by row number."""
    answers: dict[int, dict[str, Any]] = {}

    def read(request: load.Request, status: int, body: bytes) -> None:
        answers[int(str(request.label))] = {"http": status, **json.loads(body)}

    requests = (
        load.Request(
            raw=load.post("/receipt", urlencode({"code": code}).encode(), kind=FORM),
            label=number,
        )
        for number, code in receipts.items()
    )
    load.run(port, requests, connections=_CONNECTIONS, read=read)
    return answers


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A published thread: its comments as data and, by id, as its pages show them."""

    comments: Sequence[dict[str, Any]]
    on_pages: Sequence[tuple[str, str]]  # id, the text read on the page

    def disagreements(self) -> int:
        """Give how many comments the pages lack, have too many, or show otherwise."""
        wrong = abs(len(self.comments) - len(self.on_pages))
        for comment, (identity, text) in zip(self.comments, self.on_pages, strict=False):
            same = comment["id"] == identity and _bare(comment["text"]) == _bare(text)
            wrong += not same
        return wrong


def thread(port: int, story: str) -> Shown:
    """Read a thread: all its pages, and all its data."""
    comments: list[dict[str, Any]] = []
    on_pages: list[tuple[str, str]] = []
    for number in range(1, _pages(port, story) + 1):
        here = f"t/{story}/" if number == 1 else f"t/{story}/{number}/"
        comments += json.loads(_get(port, f"{here}thread.json"))["comments"]
        parser = _Comments()
        parser.feed(_get(port, here).decode())
        on_pages += parser.found()
    return Shown(comments=comments, on_pages=on_pages)


class _Comments(HTMLParser):
    """Collects the words of every comment on a page: id, and text as it is read.

    What the page says about a cut is not the reader's: the mark of one without a note, and
    what is said aloud behind every mark, are left out.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[str, list[str]]] = []
        self.inside: list[str] = []  # the classes of the open elements of a text

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        named = {name: value or "" for name, value in attrs}
        if named.get("id", "").startswith("c-"):
            self.texts.append((named["id"].removeprefix("c-"), []))
        if tag != "br" and (self.inside or named.get("class") == _TEXT):
            self.inside.append(named.get("class", ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 -- the parser's name
        if self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        is_mark = self.inside[-1:] == ["cut"] and data == "[…]"
        if self.inside and self.inside[-1] != "unseen" and not is_mark:
            self.texts[-1][1].append(data)

    def found(self) -> Iterator[tuple[str, str]]:
        return ((identity, "".join(parts)) for identity, parts in self.texts)


def _bare(text: str) -> str:
    """Give `text` without white space, which markup may have around the mark of a cut."""
    return "".join(text.split())


def _pages(port: int, story: str) -> int:
    pages: int = json.loads(_get(port, f"t/{story}/thread.json"))["pages"]
    return pages


def _get(port: int, path: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as answer:
        raw: bytes = answer.read()
        return raw
