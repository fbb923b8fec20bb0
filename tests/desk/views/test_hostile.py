"""What hostile readers write comes out as text, on every page."""

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse

from letterdesk.desk.models import Appeal, Comment, Copy, Notice, Story, Tip
from letterdesk.desk.queries.people import Person
from letterdesk.domain.text import is_text, one_line
from tests.corpora import corpus, corpus_lines
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY, an_id

Pages = Callable[[str], dict[str, HttpResponse]]
Mark = tuple[str, tuple[str, ...]]

_OWN = (
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{ comment.text }}{% include 'x' %}",
    "\u202edne\u202c k\u200bill",
)
_CORPORA = (
    "fuzzdb/attack/html_js_fuzz/HTML5sec_Injections.txt",
    "fuzzdb/attack/html_js_fuzz/js_inject.txt",
    "fuzzdb/attack/html_js_fuzz/quotationmarks.txt",
    "h5sc/vectors.txt",
)
_TOGETHER = 4_000  # characters: many vectors in one letter


def vectors() -> Iterator[str]:
    """Give texts that are made of many vectors each."""
    blns = json.loads(corpus("blns/blns.json").read_text(encoding="utf-8"))
    lines = [*_OWN, *blns, *(line for name in _CORPORA for line in corpus_lines(name))]
    text = ""
    for line in filter(is_text, lines):
        if text and len(text) + len(line) > _TOGETHER:
            yield text.strip()
            text = ""
        text += line + "\n"
    yield text.strip()


def lay(story: Story, comment: Comment, written: str) -> None:
    """Put `written` wherever a reader's or a newsroom's words can come to stand."""
    line = one_line(written)
    who_did = [{"role": line, "name": line, "desk": line}]
    Story.objects.filter(pk=story.pk).update(
        headline=line, body=written, credits=who_did, desk=line[:200]
    )
    Comment.objects.filter(story=story).update(text=written, name=line, desk=line[:200])
    Appeal.objects.update(text=written)
    for letters in (Notice, Tip):
        letters.objects.update(text=written, name=line, contact=line)
    comment.decisions.update(note=written)


@pytest.fixture
def pages(enter: Enter, editor: Person) -> Pages:
    """Give every page on which the words stand."""
    story = rows.make_story()
    parent = rows.make_published(story, editor)
    held = rows.make_comment(story, reply_to=parent)
    rows.move(held, rows.Action.HOLD, editor, note="x", group=an_id(9))
    approved = rows.approve(rows.make_comment(story), editor)
    waiting = rows.make_comment(story)
    for one in (waiting, rows.make_comment(story), held):
        Copy.objects.create(comment=one, group=7, signature=b"")
    letter = {"public_id": an_id(5), "text": "x", "arrived": TODAY}
    Appeal.objects.create(**letter, comment=parent, lookup="x", action_digest=b"")
    Notice.objects.create(**letter, story=story)
    Tip.objects.create(**letter, story=story)
    client = enter(editor)
    card = f"/comments/{waiting.public_id}/"
    shown = (
        *("/", "/queue/", "/comments/", "/letters/", "/stories/", "/mine/"),
        *("/groups/", f"/groups/{an_id(9)}/", f"{card}copies/"),
        f"{card}copies/?left={waiting.public_id}.version-old&group={an_id(9)}",
        f"/stories/{story.public_id}/",
        f"/comments/{held.public_id}/",
        f"{card}?do=edit&after={approved.public_id}",
        f"/queue/?story={story.public_id}",
    )

    def ask(written: str) -> dict[str, HttpResponse]:
        lay(story, held, written)
        sent = {"action": "edit", "version": 1, "text": f"{written} more", "note": written}
        return {
            **{address: client.get(address) for address in shown},
            "refused": client.post(card, sent),
            "conflict": client.post(card, sent | {"version": 99}),
            "form": client.post("/stories/new/", sent | {"headline": written}),
            "search": client.get("/comments/", {"id": written}),
        }

    return ask


class _Reader(HTMLParser):
    """Every element with the names of its attributes, and every address on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[Mark] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marks.add((tag, tuple(name for name, _ in attrs)))
        self.addresses |= {str(value) for name, value in attrs if name in _LEADING}


def read(answer: HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader


_LEADING = {"href", "src", "action", "formaction"}
_MADE = {  # what the blocks and the disguises of a text become
    *(("p", ()), ("br", ()), ("h2", ()), ("h3", ()), ("blockquote", ())),
    ("span", ("class", "data-units")),
}


_STATUSES = {"refused": 422, "conflict": 409, "form": 422, "search": 404}


def test_nothing_that_is_written_becomes_markup(pages: Pages) -> None:
    harmless = {name: read(answer).marks | _MADE for name, answer in pages("Words").items()}

    for written in vectors():
        for name, answer in pages(written).items():
            found = read(answer)
            assert answer.status_code == _STATUSES.get(name, 200), name
            assert found.marks <= harmless[name], name
            out = [one for one in found.addresses if not one.startswith(("/", "?", "#"))]
            assert set(out) <= {"https://news.example/1"}, name


def test_script_gets_the_words_as_they_were_written(pages: Pages) -> None:
    written = "\n".join(_OWN)

    letters = [
        letter.get("data-original")
        for answer in pages(written).values()
        for letter in screen(answer).all("div", data_letter="")
    ]

    assert letters
    assert set(letters) == {written}


def test_disguised_words_can_be_seen(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story(), text="Do not k\u200bill \u202emih")

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert page.words("span", class_="sign") == ["U+200B", "U+202E"]
    assert [one.get("data-words") for one in page.all("div", data_letter="")] == [
        "0 2 1 3 1 5 1 1 0 3"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/queue/?desk=%00",
        "/queue/?language=%00",
        "/comments/?desk=a%00b",
        "/comments/?story=%00",
        "/groups/civil/?desk=%00a&language=%00",
    ],
)
def test_a_nul_in_an_address_is_not_looked_for(
    enter: Enter, moderator: Person, address: str
) -> None:
    assert enter(moderator).get(address).status_code in {200, 302, 404}
