import posixpath
import re

import pytest

from letterdesk.domain.edit import has_own_brackets
from letterdesk.press.archive import archived_site, archived_story
from letterdesk.press.site import rules_files
from letterdesk.reader.assets import asset
from letterdesk.reader.terms import shipped, terms
from letterdesk.tags import LANGUAGES
from tests.hostile import hostile_texts
from tests.markup import all_of, parse, skeleton, the, words
from tests.press.stories import SITE, a_discussion, a_full_story
from tests.values import STORY_ID, a_comment, a_story, an_id

_ELSEWHERE = re.compile(r"[a-z]+:")
_HEAD = {"number": 7, "digest": "ab" * 32}
_FIGURES = {"2026-11": {"received": 3, "rule 3": 1}}


def archived(comments=None, *, story=None, per_page: int = 200) -> dict[str, bytes]:
    """Give a whole archive with one story in it, with its picture."""
    shown = story or a_full_story()
    pages = archived_story(
        shown,
        a_discussion() if comments is None else comments,
        site=SITE,
        terms=terms(shown.language),
        per_page=per_page,
    )
    site = archived_site(
        [(shown, 4)], (shipped(),), figures=_FIGURES, head=_HEAD, site=SITE
    )
    return {**pages, **site, "assets/picture-0.webp": b"picture"}


def targets(path: str, raw: bytes):
    """Give where the links of a page lead: files, and places in them."""
    for one in parse(raw.decode()).iter():
        for name in ("href", "src", "action"):
            link = one.get(name)
            if link and not _ELSEWHERE.match(link):
                file, _, place = link.partition("#")
                folder = posixpath.dirname(path)
                yield (
                    posixpath.normpath(posixpath.join(folder, file)) if file else path,
                    place,
                )


@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
def test_every_link_leads_to_a_file_of_the_archive_and_a_place_in_it(language):
    files = archived(story=a_full_story(language=language), per_page=1)
    pages = {path: raw for path, raw in files.items() if path.endswith(".html")}
    ids = {
        path: {one.get("id") for one in parse(raw.decode()).iter() if one.get("id")}
        for path, raw in pages.items()
    }

    links = {link for path, raw in pages.items() for link in targets(path, raw)}

    assert len(links) > 50
    assert {file for file, _ in links} - files.keys() == set()
    assert {
        (file, place) for file, place in links if place and place not in ids[file]
    } == set()


def test_nothing_in_it_needs_a_server_or_a_script():
    for path, raw in archived().items():
        if path.endswith(".html"):
            tree = parse(raw.decode())
            assert [
                one for one in tree.iter() if one.tag in {"form", "script", "input"}
            ] == []
            assert "/receipt" not in raw.decode(), path
            assert "/notices" not in raw.decode(), path


def test_a_story_s_page_shows_what_the_site_s_does_and_where_that_is():
    tree = parse(archived()[f"t/{STORY_ID}/index.html"].decode())

    articles = all_of(tree, "article", "comment")
    assert words(the(tree, "h1")) == "The ferry will not come back"
    assert [words(the(one, "h3")) for one in articles] == [
        *("Mira", "A reader", "Mira", "Mira"),
    ]
    assert "My [name removed] (words removed by a moderator) worked" in words(articles[0])
    assert "Edited by a moderator under rule 3 and rule 7." in words(articles[0])
    assert "no longer published" in words(the(tree, "p", "gone"))
    assert words(the(tree, "p", "closed")) == (
        "This is a copy to read offline. The discussion itself is at "
        f"https://letters.example/t/{STORY_ID}/"
    )
    assert the(tree, "img").get("src") == "../../assets/picture-0.webp"
    styles = [one for one in all_of(tree, "link") if one.get("rel") == "stylesheet"]
    assert [one.get("href") for one in styles] == [f"../../{asset('reader.css')}"]


def test_the_index_lists_the_stories():
    tree = parse(archived()["index.html"].decode())

    link = the(the(tree, "h3"), "a")
    assert words(the(tree, "h1")) == "Stories"
    assert (words(link), link.get("href")) == (
        "The ferry will not come back",
        f"t/{STORY_ID}/index.html",
    )


def test_an_empty_archive_says_so():
    files = archived_site([], (shipped(),), figures={}, head=_HEAD, site=SITE)

    assert "No comments yet" in words(the(parse(files["index.html"].decode()), "main"))


def test_the_rules_are_there_as_online():
    online = rules_files((shipped(),), site=SITE)

    assert online.keys() <= archived().keys()


def test_hostile_words_stay_words_and_make_no_link():
    texts = hostile_texts()
    comments = [
        a_comment(id=an_id(number), order=number, text=text, name=" ".join(text.split()))
        for number, text in enumerate(texts, start=1)
    ]
    plain = [
        archived([a_comment(text=text)], story=a_story())[f"t/{STORY_ID}/index.html"]
        for text in ("Words.", "[Words]")
    ]

    raw = archived(comments, story=a_story(), per_page=100_000)[f"t/{STORY_ID}/index.html"]

    found = all_of(parse(raw.decode()), "article", "comment")
    wanted = [_outside(the(parse(one.decode()), "article", "comment")) for one in plain]
    assert len(found) == len(texts)
    for one, text in zip(found, texts, strict=True):
        assert _outside(one) == wanted[has_own_brackets(text)], text


def _outside(article):
    return [one for one in skeleton(article) if one not in {("p", ()), ("br", ())}]
