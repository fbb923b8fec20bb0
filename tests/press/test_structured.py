import json
from dataclasses import replace

from tests.markup import all_of, parse
from tests.press.stories import a_discussion, a_full_story, press
from tests.values import STORY_ID, a_comment, a_story, an_id

_PAGE = f"https://letters.example/t/{STORY_ID}/"


def _read(files: dict[str, bytes], name: str = "index.html") -> dict:
    (script,) = [
        one
        for one in all_of(parse(files[name].decode()), "script")
        if one.get("type") == "application/ld+json"
    ]
    return json.loads(script.text)


def _comment(number: int, **more: object) -> dict:
    address = f"{_PAGE}#c-{an_id(number)}"
    return {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": {"@type": "Person", "name": "Mira"},
        "datePublished": "2026-11-23",
    } | more


def test_search_engines_read_what_readers_read():
    assert _read(press(a_discussion())) == {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "@id": _PAGE,
        "url": _PAGE,
        "headline": "The ferry will not come back",
        "inLanguage": "en",
        "author": {
            "@type": "Organization",
            "name": "River Post",
            "url": "https://letters.example",
        },
        "commentCount": 4,
        "datePublished": "2026-11-20",
        "image": "https://letters.example/assets/picture-0.webp",
        "sharedContent": {"@type": "WebPage", "url": "https://news.example/ferry"},
        "comment": [
            _comment(
                1,
                text="My [name removed] worked on that ferry.\n\nIt sank.",
                comment=[  # the one between them is gone
                    _comment(
                        3,
                        author={"@type": "Person", "name": "A reader"},
                        text="مرحبا",
                        comment=[
                            _comment(4, text="Yes.", inLanguage="ko"),
                            _comment(5, text="No."),
                        ],
                    )
                ],
            )
        ],
    }


def test_a_page_tells_of_its_own_comments():
    comments = [a_comment(id=an_id(number), order=number) for number in (1, 2, 3)]

    second = _read(press(comments, per_page=2), "2/index.html")

    assert second["url"] == f"{_PAGE}2/"
    assert [one["@id"] for one in second["comment"]] == [f"{_PAGE}2/#c-{an_id(3)}"]


def test_nothing_that_a_reader_writes_ends_the_data():
    hostile = "</script><script>alert(1)</script><!-- <script> \u2028 & \u202e"
    comment = a_comment(name=hostile, text=hostile)

    files = press([comment], story=a_full_story(headline=hostile))

    scripts = [
        one
        for one in all_of(parse(files["index.html"].decode()), "script")
        if not one.get("src")
    ]
    assert len(scripts) == 1
    assert _read(files)["comment"][0]["text"] == hostile.replace("\u202e", "").strip()


def test_what_is_not_there_is_not_told():
    story = a_story(url="urn:story:7", registered="")
    gap = replace(a_comment(), is_gone=True, text="", name="")

    told = _read(press([gap], story=story))

    assert told["comment"] == []
    assert not told.keys() & {"image", "sharedContent", "datePublished"}
