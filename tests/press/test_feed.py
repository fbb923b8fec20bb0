import re
from xml.etree import ElementTree

from tests.markup import parse_fragment, words
from tests.press.stories import a_discussion, a_full_story, press
from tests.values import STORY_ID, a_comment, an_id

_ATOM = "{http://www.w3.org/2005/Atom}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DAY = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
_PAGE = f"https://letters.example/t/{STORY_ID}/"


def _read(files: dict[str, bytes]) -> ElementTree.Element:
    return ElementTree.fromstring(files["feed.atom"])  # noqa: S314 -- our own file


def _children(element: ElementTree.Element) -> list[str]:
    return [child.tag.removeprefix(_ATOM) for child in element]


def test_feed_has_what_rfc_4287_asks_for():
    feed = _read(press(a_discussion()))

    entries = feed.findall(f"{_ATOM}entry")
    assert feed.tag == f"{_ATOM}feed"
    assert _children(feed)[:6] == ["title", "id", "link", "link", "updated", "author"]
    assert feed.findtext(f"{_ATOM}id") == _PAGE
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{_ATOM}link")} == {
        "self": f"{_PAGE}feed.atom",
        "alternate": _PAGE,
    }
    for entry in entries:
        assert _children(entry) == [
            *("title", "id", "link", "published", "updated", "author", "content")
        ]
        assert _DAY.fullmatch(entry.findtext(f"{_ATOM}updated", ""))
    ids = [entry.findtext(f"{_ATOM}id") for entry in entries]
    assert ids == [f"{_PAGE}#c-{an_id(number)}" for number in (5, 4, 3, 1)]


def test_feed_marks_cuts_and_gives_a_name_to_those_without():
    *_, third, first = _read(press(a_discussion())).findall(f"{_ATOM}entry")

    content = parse_fragment(first.findtext(f"{_ATOM}content", ""))
    assert words(content) == (
        "My [name removed] (words removed by a moderator) worked on that ferry. It sank."
    )
    assert third.findtext(f"{_ATOM}author/{_ATOM}name") == "A reader"


def test_feed_says_of_words_in_another_language_which_it_is():
    here, there = (
        a_comment(id=an_id(number), order=number, text="[note] 여기", language=tag)
        for number, tag in ((2, "en"), (1, "ko"))
    )

    entries = _read(press([here, there])).findall(f"{_ATOM}entry")

    contents = [entry.find(f"{_ATOM}content") for entry in entries]
    parts = [list(parse_fragment(content.text)) for content in contents]
    assert [content.get(_LANGUAGE) for content in contents] == [None, "ko"]
    assert [[dict(part.items()) for part in some] for some in parts] == [
        [{"dir": "auto"}, {}],
        [{"dir": "auto", "lang": "ko"}, {"lang": "en"}],
    ]


def test_feed_holds_the_newest_and_leads_to_their_page():
    comments = [
        a_comment(id=an_id(number), order=number, published=f"2026-11-{number % 20 + 1:02}")
        for number in range(1, 121)
    ]

    entries = _read(press(comments, per_page=100)).findall(f"{_ATOM}entry")

    links = {
        entry.findtext(f"{_ATOM}id"): entry.find(f"{_ATOM}link").get("href")
        for entry in entries
    }
    assert len(entries) == 50
    assert links[f"{_PAGE}#c-{an_id(119)}"] == f"{_PAGE}2/#c-{an_id(119)}"
    assert entries[0].findtext(f"{_ATOM}updated") == "2026-11-20T00:00:00Z"


def test_feed_without_comments_is_as_old_as_its_story():
    feed = _read(press([]))

    assert feed.findtext(f"{_ATOM}updated") == "2026-11-20T00:00:00Z"


def test_character_that_xml_does_not_have_breaks_no_feed():
    files = press(
        [a_comment(text="one\x0btwo\ufffe")], story=a_full_story(headline="a\x00b")
    )

    assert _read(files).findtext(f"{_ATOM}title") == "ab"
