"""What readers send comes out as text, whatever it looks like."""

import json
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from letterdesk.domain.edit import Cut, has_own_brackets
from letterdesk.domain.text import inline, tame
from letterdesk.domain.thread import Published
from tests.hostile import hostile_texts
from tests.markup import all_of, parse, parse_fragment, skeleton, the, words
from tests.press.stories import press
from tests.values import a_comment, a_story, an_id

_ATOM = "{http://www.w3.org/2005/Atom}"
_INERT = {"p", "br"}
_WHOSE = "Brackets in it that are not marked are its author's own."


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return hostile_texts()


@pytest.fixture(scope="module")
def files(texts: list[str]) -> dict[str, bytes]:
    return press(_comments(texts), story=a_story(), per_page=100_000)


def _comments(texts: list[str]) -> list[Published]:
    return [
        a_comment(id=an_id(number), order=number, text=text, name=" ".join(text.split()))
        for number, text in enumerate(texts, start=1)
    ]


def _plain_skeleton(text: str) -> list[tuple[str, tuple[str, ...]]]:
    tree = parse(press([a_comment(text=text)], story=a_story())["index.html"].decode())
    return _outside_words(the(tree, "article", "comment"))


def _outside_words(article: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Give a comment's markup but for its paragraphs and line breaks."""
    return [one for one in skeleton(article) if one not in {("p", ()), ("br", ())}]


@pytest.mark.parametrize("name", ["index.html", "thread.html"])
def test_page_and_fragment_show_them_as_text_and_gain_no_markup(name, files, texts):
    markup = files[name].decode()

    tree = parse(markup) if name == "index.html" else parse_fragment(markup)

    articles = all_of(tree, "article", "comment")
    plain = {False: _plain_skeleton("Words."), True: _plain_skeleton("[Words]")}
    assert len(articles) == len(texts)
    for article, text in zip(articles, texts, strict=True):
        assert words(the(article, "div", "comment-words")) == " ".join(tame(text).split())
        assert words(the(article, "h3")) == " ".join(tame(text).split())
        assert _outside_words(article) == plain[has_own_brackets(text)], text


def test_feed_shows_them_as_text(texts):
    for start in range(0, len(texts), 50):
        some = texts[start : start + 50]
        feed = ElementTree.fromstring(  # noqa: S314 -- our own file
            press(_comments(some), story=a_story())["feed.atom"]
        )

        entries = feed.findall(f"{_ATOM}entry")[::-1]
        assert len(entries) == len(some)
        for entry, text in zip(entries, some, strict=True):
            whose = f"<p><em>{inline(_WHOSE)}</em></p>" if has_own_brackets(text) else ""
            markup = entry.findtext(f"{_ATOM}content", "")
            assert markup.endswith(whose)
            (content,) = parse_fragment(markup.removesuffix(whose))
            assert {one.tag for one in content.iter()} - _INERT == {"div"}
            assert words(content) == " ".join(tame(text).split())
            assert len(list(entry.iter())) == 9


def test_data_hold_them_whole_and_nothing_that_ends_a_script(files, texts):
    raw = files["thread.json"]

    rows = json.loads(raw)["comments"]
    assert [row["text"] for row in rows] == [tame(text) for text in texts]
    assert not {byte for byte in b"<>&" if byte in raw}
    assert "\u2028" not in raw.decode()


def test_headline_note_and_site_gain_no_markup_either(texts):
    for text in texts[:400]:
        shown = " ".join(text.split())[:100]
        comment = a_comment(text="One two three.", cuts=(Cut(start=4, end=8, note=shown),))

        files = press([comment], story=a_story(headline=shown))

        page = parse(files["index.html"].decode())
        assert words(the(page, "h1")) == " ".join(tame(shown).split())
        assert f"[{' '.join(tame(shown).split())}]" in words(the(page, "ins", "cut"))
