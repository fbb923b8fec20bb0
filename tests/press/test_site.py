import json
from dataclasses import replace

import pytest

from letterdesk.domain.rules import TermsVersion
from letterdesk.press.data import terms_facts
from letterdesk.press.site import (
    index_files,
    report_files,
    rules_files,
    unavailable_files,
)
from letterdesk.reader.editions import editions
from letterdesk.reader.terms import shipped, terms
from letterdesk.settings import Site
from letterdesk.tags import LANGUAGES
from tests.markup import all_of, parse, the, words
from tests.values import a_story, an_id

_SITE = Site(name="River Post", languages=("ko", "en"))
_HEAD = {"number": 12, "digest": "ab" * 32}


def test_index_lists_the_stories_by_language_the_site_s_own_first():
    stories = [
        (a_story(id=an_id(1)), 1),
        (a_story(id=an_id(2), language="my", headline="မြစ်"), 0),
        (a_story(id=an_id(3), language="ko", headline="강"), 1200),
    ]

    files = index_files(stories, site=_SITE)

    tree = parse(files["index.html"].decode())
    shelves = all_of(tree, "section", "shelf")
    assert the(tree, "html").get("lang") == "ko"
    assert [shelf.get("lang") for shelf in shelves] == ["ko", "en", "my"]
    assert [words(shelf) for shelf in shelves] == [
        "한국어 강 댓글 1,200개 · 2026년 11월 20일",
        "English The ferry will not come back 1 comment · 20 November 2026",
        "မြန်မာ မြစ် မှတ်ချက် ၀ ခု · ၂၀၂၆ ခုနှစ် နိုဝင်ဘာ ၂၀ ရက်",
    ]
    assert json.loads(files["counts.json"]) == {
        "counts": {an_id(1): 1, an_id(2): 0, an_id(3): 1200}
    }


@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
def test_index_says_that_nothing_is_open(language):
    files = index_files([], site=Site(languages=(language,)))

    tree = parse(files["index.html"].decode())
    assert all_of(tree, "section", "shelf") == []
    assert all_of(the(tree, "main"), "p")


def test_index_of_one_language_hides_what_need_not_be_said():
    files = index_files([(a_story(), 1)], site=Site(languages=("en",)))

    assert set(files) == {"index.html", "counts.json"}
    tree = parse(files["index.html"].decode())

    assert all_of(tree, "nav", "tongues") == []
    assert "unseen" in the(tree, "h2").get("class", "")


_THREE = Site(url="https://letters.example", languages=("en", "ko", "ug"))


def test_every_language_of_the_site_has_a_list_with_its_own_stories_first():
    stories = [
        (a_story(id=an_id(number), language=language), number)
        for number, language in enumerate(["en", "ko", "ug", "fr"], start=1)
    ]

    files = index_files(stories, site=_THREE)

    lists = ["index.html", "stories/ko/index.html", "stories/ug/index.html"]
    assert [path for path in files if path.endswith(".html")] == lists[::-1]
    trees = [parse(files[path].decode()) for path in lists]
    assert [the(tree, "html").get("lang") for tree in trees] == ["en", "ko", "ug"]
    orders = [
        [shelf.get("lang") for shelf in all_of(tree, "section", "shelf")] for tree in trees
    ]
    assert orders == [
        ["en", "ko", "ug", "fr"],
        ["ko", "en", "ug", "fr"],
        ["ug", "en", "ko", "fr"],
    ]
    for tree, language in zip(trees, _THREE.languages, strict=True):
        links = all_of(the(tree, "nav", "tongues"), "a")
        assert [link.get("href") for link in links] == [
            *("/", "/stories/ko/", "/stories/ug/"),
            "#in-fr",
        ]
        here = [link.get("lang") for link in links if link.get("aria-current")]
        assert here == [language]
        assert [
            (link.get("hreflang"), link.get("href"))
            for link in all_of(tree, "link")
            if link.get("rel") == "alternate"
        ] == [
            ("en", "https://letters.example/"),
            ("ko", "https://letters.example/stories/ko/"),
            ("ug", "https://letters.example/stories/ug/"),
        ]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("report/index.html", ["/", "/", "/receipt", "/receipt", "/report/"]),
        (
            "report/ko/index.html",
            [
                *("/stories/ko/", "/stories/ko/", "/receipt?language=ko"),
                *("/receipt?language=ko", "/report/ko/"),
            ],
        ),
    ],
)
def test_pages_lead_to_those_of_their_own_language(path, wanted):
    tree = parse(report_files({}, _HEAD, site=_THREE)[path].decode())

    links = [
        link.get("href")
        for part in ("masthead", "footer")
        for kind in ("header", "footer")
        for frame in all_of(tree, kind, part)
        for link in all_of(frame, "a")
    ]
    assert [link for link in links if not link.startswith("/rules/")] == wanted


@pytest.mark.parametrize(
    ("languages", "wanted"),
    [
        (("ko", "en"), ("ko", "en")),
        (("zh-TW", "zh-HK", "zh"), ("zh-Hant", "zh-Hans")),
        (
            ("fr", "my"),
            ("en", "my"),
        ),  # what no page speaks is answered in the first we have
    ],
)
def test_editions_are_our_languages_that_fit_the_site_s(languages, wanted):
    assert editions(Site(languages=languages)) == wanted


def test_a_page_stands_in_for_the_letterbox_in_every_language():
    files = unavailable_files(site=_THREE)

    tree = parse(files["unavailable.html"].decode())
    sections = all_of(the(tree, "main"), "section")
    tags = [section.get("lang") for section in sections]
    assert tags[:3] == ["en", "ko", "ug"]
    assert sorted(tags) == sorted(LANGUAGES)
    assert len({words(section) for section in sections}) == len(LANGUAGES)
    assert len(all_of(tree, "h1")) == 1
    assert "go back: most browsers still have your words" in words(sections[0])
    assert sections[2].get("dir") == "rtl"


def test_rules_are_there_in_every_language_and_by_their_version():
    files = rules_files((shipped(),), site=_SITE)

    folders = [f"rules/{tag}{part}" for tag in LANGUAGES for part in ("", "/1")]
    assert set(files) == {
        "rules/index.html",
        *(f"{folder}/index.html" for folder in folders),
        *(f"{folder}/terms.json" for folder in folders),
    }
    for tag in LANGUAGES:
        tree = parse(files[f"rules/{tag}/index.html"].decode())
        rules = all_of(tree, "li", "rule")
        assert [rule.get("id") for rule in rules] == [
            f"rule-{number}" for number in terms(tag).numbers()
        ]
        assert words(the(tree, "h1")) == terms(tag).title
        assert the(tree, "html").get("lang") == tag
        assert json.loads(files[f"rules/{tag}/terms.json"]) == terms_facts(terms(tag))


def test_every_version_keeps_its_address_and_says_whether_it_is_in_force():
    english = replace(terms("en"), version="2", title="House rules")
    second = TermsVersion(version="2", since="2026-11-23", texts=(english,))
    first = replace(shipped(), since="2026-11-01")

    files = rules_files((second, first), site=_SITE)

    now, old = (parse(files[f"rules/en/{part}index.html"].decode()) for part in ("", "1/"))
    assert words(the(now, "h1")) == "House rules"
    assert "Version 2, in force from 23 November 2026" in words(the(now, "main"))
    links = [link.get("href") for link in all_of(the(now, "section"), "a")]
    assert links == ["/rules/en/1/"]
    assert words(the(old, "h1")) == terms("en").title
    assert "This version is no longer in force." in words(the(old, "main"))
    assert files["rules/en/2/index.html"] == files["rules/en/index.html"]
    korean = parse(files["rules/ko/index.html"].decode())  # it has no Korean text any more
    assert (the(korean, "html").get("lang"), the(korean, "h1").get("lang")) == ("ko", "en")
    assert json.loads(files["rules/ko/terms.json"])["title"] == "House rules"
    assert json.loads(files["rules/ko/1/terms.json"])["title"] == terms("ko").title


def test_rules_start_with_a_list_of_languages():
    tree = parse(rules_files((shipped(),), site=_SITE)["rules/index.html"].decode())

    links = all_of(the(tree, "main"), "a")
    assert [link.get("href") for link in links] == [f"/rules/{tag}/" for tag in LANGUAGES]


def test_report_shows_the_newest_month_first_and_the_head_of_the_log():
    figures = {
        "2026-10": {"received": 3},
        "2026-11": {"received": 1342, "edited": 2, "rule 10": 1, "rule 3": 5},
    }

    files = report_files(figures, _HEAD, site=Site())

    tree = parse(files["report/index.html"].decode())
    newest, older = all_of(tree, "section", "figures")
    assert words(the(newest, "h2")) == "November 2026"
    assert [words(part) for part in all_of(newest, "div", "figure")[0]] == [
        "Received",
        "1,342",
    ]
    assert [words(line) for line in all_of(newest, "li")] == ["rule 3 5", "rule 10 1"]
    assert all_of(older, "li") == []
    assert words(the(tree, "p", "digest")) == f"12 {'ab' * 32}"
    assert json.loads(files["report/figures.json"]) == figures
    assert json.loads(files["report/audit.json"]) == _HEAD


@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
def test_report_without_figures_is_a_page_in_every_language(language):
    files = report_files({}, _HEAD, site=Site(languages=(language,)))

    assert all_of(parse(files["report/index.html"].decode()), "section", "figures") == []
