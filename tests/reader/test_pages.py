import json
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib
import pytest

from letterdesk.domain.letter import MAX_TEXT
from letterdesk.reader.assets import asset
from letterdesk.reader.render import render
from letterdesk.reader.terms import terms
from letterdesk.reader.words import direction
from letterdesk.tags import LANGUAGES
from tests.markup import all_of, parse, parse_fragment, the, words
from tests.reader.pages import CODE, EMPTY, SITE, answers, show_outcome
from tests.values import a_story, an_id, an_outcome

# Dots that end no sentence: of an address, of a day in Uyghur and the like.
_WITH_DOTS = re.compile(r"\S+@\S+|https?:\S+")
EVERY = (*LANGUAGES, "ar")  # Arabic has no catalogue: English words from right to left


@pytest.mark.parametrize("language", EVERY)
def test_every_page_is_valid_and_says_its_language(language):
    for name, page in answers(language).items():
        tree = parse(page)

        html = the(tree, "html")
        assert (name, html.get("lang"), html.get("dir")) == (
            name,
            language,
            direction(language),
        )
        assert len(all_of(tree, "h1")) == 1, name


@pytest.mark.parametrize("language", EVERY)
def test_every_field_has_a_label_and_every_id_is_there_once(language):
    for name, page in answers(language).items():
        tree = parse(page)

        ids = [one.get("id") for one in tree.iter() if one.get("id")]
        labelled = {one.get("for") for one in all_of(tree, "label")}
        wrapped = {
            id(field) for label in all_of(tree, "label") for field in label.iter("input")
        }
        fields = [*all_of(tree, "input"), *all_of(tree, "textarea")]
        unlabelled = [
            field.get("name")
            for field in fields
            if field.get("type") != "hidden"
            and field.get("id") not in labelled
            and id(field) not in wrapped
        ]
        described = {
            part
            for one in tree.iter()
            for part in (one.get("aria-describedby") or "").split()
        }
        assert (name, unlabelled, described - set(ids)) == (name, [], set())
        assert len(ids) == len(set(ids)), name


def test_what_is_missing_is_said_by_the_page_and_not_by_the_browser():
    pages = {name: parse(page) for name, page in answers("ko").items()}

    asked = {
        (name, form.get("action"), form.get("novalidate") is not None)
        for name, page in pages.items()
        for form in all_of(page, "form")
        if any(one.get("required") is not None for one in form.iter())
    }

    assert {form for form in asked if not form[2]} == set()
    assert {
        "notice", "preview", "receipt", "refused", "refused, appeal", "reply"
    } <= {one[0] for one in asked}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_runs_or_styles_anything_inline(language):
    for name, page in answers(language).items():
        tree = parse(page)

        attributes = {key for one in tree.iter() for key in one.keys()}  # noqa: SIM118 -- Element
        scripts = {(one.get("src"), one.text) for one in all_of(tree, "script")}
        assert scripts <= {(f"/{asset('page.js')}", None)}, name
        assert (name, all_of(tree, "style")) == (name, [])
        assert not {key for key in attributes if key.startswith("on") or key == "style"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_scripts_will_say_is_data_in_the_page_and_no_element_of_it(language):
    page = html5lib.parse(answers(language)["reply"], namespaceHTMLElements=False)

    says = json.loads(the(page, "script", "says").text or "")
    assert says["look"]["rules"] == [rule.title for rule in terms(language).rules]
    assert f"{SITE.url}/receipt" in says["thanks"]["where"]
    assert all_of(page, "template") == []
    shown = parse(answers(language)["reply"])
    for early in (says["thanks"]["title"], says["look"]["title"], says["wrong"]["unsure"]):
        assert early
        assert early not in words(shown)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_in_chinese_an_answer_is_called_by_one_word(language):
    page = parse(answers(language)["reply"])

    assert words(the(page, "h2", "write-title")) == words(
        page.find(".//label[@for='text']")
    )


def test_no_title_of_a_rule_ends_the_data_for_scripts():
    hostile = "</script><script>alert(1)</script><!-- <script> \u2028 & ' \" \\ \u202e"
    rules = (replace(terms("en").rules[0], title=hostile),)
    values = {"site": SITE, "story": a_story(), "values": EMPTY, "field": ""}
    values["terms"] = replace(terms("en"), rules=rules)

    form = parse_fragment(render("parts/write.html", "en", **values))

    data = the(form, "script")
    assert json.loads(data.text or "")["look"]["rules"] == [hostile.replace("\u202e", "")]
    assert data.attrib == {"class": "says", "type": "application/json"}


def test_reader_gets_back_what_she_typed_with_nothing_lost():
    typed = "\n<b>one</b>\n\n  two </textarea> “three” & four"
    values = EMPTY | {
        "text": typed,
        "name": 'M"><script>',
        "reply_to": an_id(3),
        "as_written": "1",
    }

    page = render(
        "refused.html",
        "en",
        site=SITE,
        story=a_story(),
        error="Too long.",
        field="text",
        values=values,
        status=413,
    )

    tree = parse(page)
    fields = {one.get("name"): one for one in all_of(tree, "input")}
    assert the(tree, "textarea").text == typed
    assert fields["name"].get("value") == 'M"><script>'
    assert fields["reply_to"].get("value") == an_id(3)
    assert ["checked" in fields[name].attrib for name in ("as_written", "tip")] == [
        True,
        False,
    ]
    assert words(the(tree, "p", "alert")) == "Too long."


def test_form_never_shortens_what_is_pasted_into_it():
    page = parse(answers("en")["reply"])

    assert "maxlength" not in the(page, "textarea").attrib
    assert f"{MAX_TEXT:,}" in words(the(page, "form"))


def test_trap_is_kept_from_people_and_from_screen_readers():
    page = parse(answers("en")["reply"])

    trap = the(page, "div", "trap")
    field = the(trap, "input")
    assert (trap.get("aria-hidden"), field.get("name"), field.get("tabindex")) == (
        "true",
        "homepage",
        "-1",
    )
    assert field.get("autocomplete") == "off"


def test_disclaimer_and_terms_stand_above_the_form():
    page = answers("ko")["reply"]

    assert page.index("/rules/ko/", page.index("write-terms")) < page.index("<form")


def test_receipt_code_can_be_copied_whole_and_reads_from_left_to_right():
    tree = parse(answers("ug")["thanks"])

    code = the(tree, "p", "code")
    assert "".join(code.itertext()).strip() == CODE
    assert (code.get("dir"), code.get("translate")) == ("ltr", "no")


def test_author_sees_what_was_cut_and_what_readers_see():
    tree = parse(show_outcome(an_outcome(status="edited"), "en"))

    before, after = all_of(tree, "div", "letter")
    assert words(before) == "My uncle John [name removed] worked on that ferry."
    assert words(the(before, "del")) == "John"
    assert words(after) == (
        "My uncle [name removed] (words removed by a moderator) worked on that ferry."
    )


def test_who_waits_for_a_decision_is_not_told_that_none_will_ever_come():
    tree = parse(show_outcome(an_outcome(status="received", text=""), "en"))

    told = [one for one in map(words, all_of(tree, "p")) if "newsroom only" in one]
    assert told == [
        "If yours was for the newsroom only, there is no decision about it, and your code "
        "will never show one."
    ]


def test_code_goes_back_in_the_body_never_in_an_address():
    for status in ("published", "edited", "rejected", "retracted"):
        tree = parse(show_outcome(an_outcome(status=status), "en"))

        assert CODE in {one.get("value") for one in all_of(tree, "input")}
        assert not [one for one in tree.iter() if CODE in (one.get("href") or "")]


@pytest.mark.parametrize(
    ("status", "actions"),
    [
        ("received", ["/receipt"]),
        ("published", ["/receipt"]),
        ("edited", ["/receipt/appeal", "/receipt"]),
        ("rejected", ["/receipt/appeal", "/receipt"]),
        ("retracted", ["/receipt/appeal", "/receipt"]),
        ("withdrawn", []),
    ],
)
def test_author_is_offered_what_she_can_still_do(status, actions):
    tree = parse(show_outcome(an_outcome(status=status), "en"))

    found = [str(form.get("action")).partition("?") for form in all_of(tree, "form")]
    assert [path for path, _, _ in found] == actions
    assert {query for _, _, query in found} <= {"language=en"}


@pytest.mark.parametrize(
    ("status", "first"),
    [
        ("received", "Your letter will not be published."),
        ("published", "It disappears as soon as this reaches us"),
        ("edited", "It disappears as soon as this reaches us"),
        ("rejected", "Its text will be erased."),
        ("retracted", "Its text will be erased."),
    ],
)
def test_who_may_take_her_letter_back_reads_what_that_does_to_one_that_stands_so(
    status, first
):
    tree = parse(show_outcome(an_outcome(status=status), "en"))

    [panel] = [
        one
        for one in all_of(tree, "section")
        if one.get("aria-labelledby") == "withdraw-title"
    ]
    assert words(all_of(panel, "p")[0]).startswith(first)


@pytest.mark.parametrize("language", ["en", "ko", "ug"])
def test_a_sentence_begins_behind_a_space(language):
    stuck = {
        (name, said)
        for name, page in answers(language).items()
        for one in [*all_of(parse(page), "p"), *all_of(parse(page), "dd")]
        for said in [words(one)]
        if re.search(r"[^\W\d_][.!?][^\W\d_]", _WITH_DOTS.sub("", said))
    }

    assert stuck == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_leave_no_placeholder_unfilled(language):
    for name, page in answers(language).items():
        assert not re.search(r"%\(\w+\)", page), name


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one not in {"en", "vi"}])
def test_page_in_another_language_says_nothing_in_english(language):
    for name, page in answers(language).items():
        (body,) = all_of(parse(page), "body")

        said = " ".join(_ours(body)).replace(SITE.contact, "")
        assert re.findall(r"[A-Za-z]{2,}[ .,][A-Za-z ]+", said) == [], name


def _ours(element: Element) -> Iterator[str]:
    """Give the words of a page but those that newsroom and readers wrote."""
    if element.tag not in {"textarea", "bdi", "code"} and "dir" not in element.attrib:
        yield element.text or ""
        for child in element:
            yield from _ours(child)
            yield child.tail or ""
