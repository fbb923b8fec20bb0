import json
from xml.etree.ElementTree import Element

import pytest

from letterdesk.domain.edit import find_cuts
from letterdesk.domain.thread import MAX_DEPTH, Published
from letterdesk.press.story import story_at
from letterdesk.reader.names import left_out
from letterdesk.reader.terms import terms
from letterdesk.reader.words import direction
from letterdesk.tags import LANGUAGES
from tests.markup import all_of, parse, parse_fragment, the, words
from tests.press.stories import a_discussion, a_full_story, press
from tests.values import STORY_ID, a_comment, a_story, an_id


def _page(files: dict[str, bytes], name: str = "index.html") -> Element:
    return parse(files[name].decode())


def test_same_story_gives_the_same_bytes():
    assert press(a_discussion()) == press(reversed(a_discussion()))


def test_page_comes_after_what_it_links_to():
    comments = [a_comment(id=an_id(number), order=number) for number in range(1, 4)]

    assert list(press(comments, per_page=2)) == [
        "story.json",
        "form.html",
        "2/thread.json",
        "2/thread.html",
        "2/index.html",
        "thread.json",
        "thread.html",
        "frame.html",
        "index.html",
        "feed.atom",
        story_at("https://news.example/ferry"),
    ]


@pytest.mark.parametrize("language", [*LANGUAGES, "ar", "my"])
def test_page_in_every_language_says_whose_words_are_in_which(language):
    shown = language if language in LANGUAGES else "en"

    tree = _page(press(a_discussion(), story=a_full_story(language=language)))

    html, story = the(tree, "html"), the(tree, "article", "story")
    assert (html.get("lang"), html.get("dir")) == (shown, direction(shown))
    assert (story.get("lang"), story.get("dir")) == (language, direction(language))
    assert len(all_of(tree, "h1")) == 1


def test_story_head_has_its_picture_and_its_credits_by_role():
    tree = _page(press([]))

    picture = the(tree, "img")
    assert words(the(tree, "h1")) == "The ferry will not come back"
    assert (picture.get("src"), picture.get("alt")) == ("/assets/picture-0.webp", "A ferry")
    assert words(the(tree, "figcaption")) == "It."
    assert [words(credit) for credit in all_of(tree, "div", "credit")] == [
        "Reported by Nell Cawdry City desk Bo",
        "Translated by Jonna Pell",
    ]


def test_body_has_its_headings_and_its_quotations():
    body = the(_page(press([])), "div", "story-body")

    assert [(part.tag, words(part)) for part in body] == [
        ("p", "It left."),
        ("h2", "Nine o'clock"),
        ("blockquote", "It will not return."),
        ("p", "So they say."),
    ]


def test_story_without_a_body_leads_to_where_it_is():
    tree = _page(press([], story=a_story()))

    (link,) = all_of(the(tree, "p", "story-source"), "a")
    assert (link.get("href"), words(link)) == (
        "https://news.example/ferry",
        "Read the story",
    )


def test_address_that_is_no_web_address_is_no_link():
    tree = _page(press([], story=a_story(url="javascript:alert(1)")))

    assert all_of(tree, "p", "story-source") == []


def test_replies_stand_below_what_they_answer():
    tree = _page(press(a_discussion()))

    assert _nested(the(tree, "ol", "turns")) == [
        (an_id(1), [(an_id(2), [(an_id(3), [(an_id(4), []), (an_id(5), [])])])])
    ]


@pytest.mark.parametrize("name", ["\u2800\u2800", "\u202e", "\U000e0041 \u3164"])
def test_name_that_cannot_be_seen_is_no_name(name):
    files = press([a_comment(name=name)])

    shown = words(next(_page(files).iter("h3")))
    assert shown.startswith("A reader")
    assert b"<name>A reader</name>" in files["feed.atom"]


def test_replies_go_no_deeper_than_a_telephone_is_wide_and_name_whom_they_answer():
    chain = [
        a_comment(
            id=an_id(number),
            order=number,
            name=f"Reader {number}",
            reply_to=an_id(number - 1) if number > 1 else "",
        )
        for number in range(1, 8)
    ]
    chain.append(a_comment(id=an_id(8), order=8, reply_to=an_id(6)))

    tree = _page(press(chain))

    depth = _depth(_nested(the(tree, "ol", "turns")))
    assert depth == MAX_DEPTH + 1
    (answers,) = all_of(tree, "a", "comment-answers")
    assert (answers.get("href"), words(answers)) == (
        f"#c-{an_id(6)}",
        "in answer to Reader 6",
    )


def test_place_of_a_cut_is_seen_and_leads_to_the_rules():
    tree = _page(press(a_discussion()))

    first = all_of(tree, "article", "comment")[0]
    assert words(the(first, "div", "comment-words")) == (
        "My [name removed] (words removed by a moderator) worked on that ferry. It sank."
    )
    edited = the(first, "p", "comment-edited")
    assert words(edited) == "Edited by a moderator under rule 3 and rule 7."
    assert [link.get("href") for link in all_of(edited, "a")] == [
        "/rules/en/#rule-3",
        "/rules/en/#rule-7",
    ]


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        ((), "Edited in another newsroom."),
        (
            ("No names", "<b>Facts</b> 9%"),
            "Edited in another newsroom under its own rules: No names and <b>Facts</b> 9%.",
        ),
    ],
)
def test_what_another_newsroom_cut_is_said_below_the_words(
    titles: tuple[str, ...], told: str
):
    comment = a_comment(text="My […] there.", edited_elsewhere=titles)

    page = _page(press([comment, a_comment(id=an_id(8), order=2)]))
    feed = press([comment])["feed.atom"].decode()

    first, second = all_of(page, "article", "comment")
    assert words(the(first, "p", "comment-edited")) == told
    assert all_of(second, "p", "comment-edited") == []
    assert "Edited in another newsroom" in feed


def test_brackets_that_a_reader_wrote_are_said_to_be_hers():
    hers = a_comment(id=an_id(7), text="[name removed] was <there>.")
    plain = a_comment(id=an_id(8), order=2, text="She was there.")

    page = _page(press([hers, plain]))
    feed = press([hers])["feed.atom"].decode()

    told = "Brackets in it that are not marked are its author's own."
    first, second = all_of(page, "article", "comment")
    assert words(the(first, "p", "comment-edited")) == told
    assert told not in words(the(first, "div", "comment-words"))
    assert told not in words(second)
    assert "&lt;p&gt;&lt;em&gt;Brackets in it" in feed


@pytest.mark.parametrize("name", ["[name left out]", "［name left out］", "⁅Mira⁆"])
def test_brackets_in_a_name_are_said_to_be_its_authors(name):
    hers = a_comment(id=an_id(7), name=name)
    without = a_comment(id=an_id(8), order=2, name="", name_left_out=True)

    published = press([hers, without])

    told = "Brackets in it that are not marked are its author's own."
    fragment = parse_fragment(published["thread.html"].decode())
    for thread in (_page(published), fragment):
        first, second = all_of(thread, "article", "comment")
        assert words(the(first, "p", "comment-edited")) == told
        assert told not in words(second)
    assert published["feed.atom"].decode().count("Brackets in it") == 1
    listed = json.loads(published["thread.json"])["comments"]
    assert [(one["name"], one["name_left_out"]) for one in listed] == [
        (name, False),
        ("", True),
    ]


def test_of_brackets_in_another_systems_comment_nothing_is_said():
    imported = a_comment(
        id=an_id(7),
        name="[Mira]",
        text="[name removed] was there.",
        is_from_elsewhere=True,
    )

    published = press([imported])

    assert b"Brackets in it" not in published["index.html"] + published["feed.atom"]


@pytest.mark.parametrize(
    ("lines", "role", "stop", "kind"),
    [(40, None, None, ""), (41, "group", "0", " comment-long")],
)
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_comment_of_very_many_lines_is_a_group_that_has_its_authors_name(
    lines: int, role: str | None, stop: str | None, kind: str, end: str
) -> None:
    comment = a_comment(id=an_id(7), name="Ana", text=end.join(["It sank."] * lines))

    tree = _page(press([comment]))

    told, name = the(tree, "div", "comment-words"), the(tree, "h3", "comment-name")
    assert words(name) == "Ana"
    assert (told.get("role"), told.get("tabindex")) == (role, stop)
    assert told.get("aria-labelledby") == name.get("id")
    assert told.get("class") == f"comment-words{kind}"


def test_comment_of_which_all_lines_but_one_are_cut_is_none_of_many_lines() -> None:
    text = "It sank." + "\nGone." * 60
    comment = a_comment(id=an_id(7), text=text, cuts=find_cuts(text, "It sank. […]"))

    tree = _page(press([comment]))

    assert the(tree, "div", "comment-words").get("class") == "comment-words"


def test_cut_words_are_in_no_file():
    assert [path for path, raw in press(a_discussion()).items() if b"John" in raw] == []


def _without_a_name() -> list[Published]:
    """Give a comment whose name was left out, and a reply to it that stands elsewhere."""
    return [
        a_comment(id=an_id(1), order=1, name="", name_left_out=True, rules=("6",)),
        *(a_comment(id=an_id(number), order=number, name="Bo") for number in (2, 3)),
    ]


def test_place_of_a_name_is_seen_like_a_cut_and_leads_to_the_rule():
    tree = _page(press(_without_a_name()))

    first = all_of(tree, "article", "comment")[0]
    mark = the(the(first, "h3", "comment-name"), "ins", "cut")
    assert words(mark) == "[name left out] (left out by a moderator)"
    edited = the(first, "p", "comment-edited")
    assert words(edited) == "Edited by a moderator under rule 6."
    assert [link.get("href") for link in all_of(edited, "a")] == ["/rules/en/#rule-6"]
    actions = words(the(first, "p", "comment-actions"))
    assert actions == "Reply: [name left out] Report: [name left out]"


def test_answers_to_a_comment_without_its_name_say_so():
    deep = MAX_DEPTH + 1
    chain = [
        a_comment(
            id=an_id(number),
            order=number,
            reply_to=an_id(min(number - 1, deep)) if number > 1 else "",
            name="" if number == deep else "Bo",
            name_left_out=number == deep,
        )
        for number in range(1, deep + 3)
    ]

    tree = _page(press(chain))

    said = [words(link) for link in all_of(tree, "a", "comment-answers")]
    assert said == ["in answer to [name left out]"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_marks_a_name_that_was_left_out(language):
    files = press(_without_a_name(), story=a_full_story(language=language))

    mark = the(all_of(_page(files), "article", "comment")[0], "ins", "cut")
    assert words(mark).startswith(left_out(language))
    assert left_out(language) in files["feed.atom"].decode()


def test_data_says_that_a_name_was_left_out_and_has_none():
    files = press(_without_a_name())

    first, second, _ = json.loads(files["thread.json"])["comments"]
    assert (first["name"], first["name_left_out"], first["edited"]) == ("", True, True)
    assert (second["name"], second["name_left_out"], second["edited"]) == (
        "Bo",
        False,
        False,
    )


def test_comment_that_is_gone_keeps_its_place_while_others_answer_it():
    files = press(a_discussion())

    tree = _page(files)
    assert words(the(tree, "p", "gone")) == (
        "The comment that stood here is no longer published."
    )
    assert words(the(tree, "h2", "thread-title")) == "4 comments"


def test_every_comment_is_isolated_and_has_a_lasting_address():
    tree = _page(press(a_discussion()))

    articles = all_of(tree, "article", "comment")
    assert articles
    for article in articles:
        assert the(article, "div", "comment-words").get("dir") == "auto"
        assert all_of(the(article, "h3"), "bdi")
        day = the(article, "a", "comment-day")
        assert day.get("href").removeprefix("#") in {
            one.get("id") for one in all_of(tree, "li")
        }


def test_terms_stand_in_full_above_the_form():
    tree = _page(press([]))

    ours = terms("en")
    shown = words(the(tree, "details", "terms"))
    order = [one.tag for one in the(tree, "section", "write").iter()]
    assert order.index("details") < order.index("form")
    for said in (*ours.intro, *(rule.title for rule in ours.rules), ours.rules[-1].text):
        assert words(parse_fragment(said)) in shown


def test_readers_answer_and_report_without_scripts():
    tree = _page(press(a_discussion()))

    links = [link.get("href") for link in all_of(the(tree, "ol", "turns"), "a")]
    assert f"/t/{STORY_ID}/reply?to={an_id(1)}" in links
    assert f"/t/{STORY_ID}/notices?comment={an_id(1)}" in links


def test_closed_story_takes_no_letter_but_can_be_reported():
    tree = _page(press(a_discussion(), story=a_full_story(is_open=False)))

    links = [link.get("href") for link in all_of(the(tree, "ol", "turns"), "a")]
    assert all_of(tree, "form") == []
    assert not [link for link in links if "/reply?" in link]
    assert f"/t/{STORY_ID}/notices?comment={an_id(1)}" in links


def test_page_shows_days_and_no_times():
    tree = _page(press(a_discussion()))

    assert {one.get("datetime") for one in all_of(tree, "time")} == {"2026-11-23"}


def test_fragment_leads_to_the_letterbox_from_any_site():
    files = press(a_discussion())

    fragment = parse_fragment(files["thread.html"].decode())
    links = [link.get("href") for link in all_of(fragment, "a")]
    assert {link.partition("/t/")[0] for link in links if "/t/" in link} == {
        "https://letters.example"
    }
    assert not [link for link in links if link.startswith("/")]
    assert [words(one) for one in all_of(fragment, "article")] == [
        words(one) for one in all_of(_page(files), "article", "comment")
    ]


def test_a_thousand_comments_are_paged_and_none_is_lost():
    comments = [
        a_comment(id=an_id(number), order=number, text=f"Number {number}")
        for number in range(1, 1001)
    ]

    files = press(comments, per_page=200)

    pages = [files[f"{prefix}thread.json"] for prefix in ("", "2/", "3/", "4/", "5/")]
    read = [json.loads(page) for page in pages]
    assert "6/index.html" not in files
    assert [len(page["comments"]) for page in read] == [200] * 5
    assert [row["id"] for page in read for row in page["comments"]] == [
        comment.id for comment in comments
    ]
    third = _page(files, "3/index.html")
    assert words(the(third, "span", "pages-here")) == "Page 3 of 5"
    assert [link.get("href") for link in all_of(the(third, "nav", "pages"), "a")] == [
        f"/t/{STORY_ID}/2/#comments",
        f"/t/{STORY_ID}/4/#comments",
    ]
    second = _page(files, "2/index.html")
    assert all_of(the(second, "nav", "pages"), "a")[0].get("href") == (
        f"/t/{STORY_ID}/#comments"
    )


def _nested(level: Element) -> list[tuple[str, list]]:
    return [
        (
            turn.get("id").removeprefix("c-"),
            [one for below in turn.findall("ol") for one in _nested(below)],
        )
        for turn in level.findall("li")
    ]


def _depth(level: list[tuple[str, list]]) -> int:
    return 1 + max((_depth(below) for _, below in level if below), default=0)
