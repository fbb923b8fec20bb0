from html.parser import HTMLParser

import pytest

from letterdesk.interchange.plain import from_html, from_lines, from_markdown
from tests.hostile import hostile_texts


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
        ("One.<br>Two.<br/>Three.<BR />", "One.\nTwo.\nThree."),
        ("One\nword  more", "One word more"),
        ("<div>One.</div><div>Two.</div>", "One.\n\nTwo."),
        ("Salt &amp; pepper &lt;3 &#8211; &eacute; &#x1F600;", "Salt & pepper <3 – é 😀"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("a < b and c > d", "a < b and c > d"),
        ("<b>Bold</b> <i>and</i> <del>gone</del>", "Bold and gone"),
        ('<a href="https://a.example/x">here</a>', "here (https://a.example/x)"),
        ('<a href="https://a.example/">a.example</a>', "a.example"),
        ('<a href="https://a.example/x">https://a.example/x</a>', "https://a.example/x"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ('<a href="mailto:mira@letters.example">Mira</a>', "Mira"),
        ('<img src="https://a.example/cat.gif">', "(https://a.example/cat.gif)"),
        ('<img class="emoji" alt="😀" src="https://a.example/1.png">', "😀"),
        ('<img src="x" onerror="alert(1)">Hm', "Hm"),
        ("<iframe src='https://film.example/1'></iframe>", "(https://film.example/1)"),
        ("<script>alert(1)</script>Text<style>p{}</style>", "Text"),
        ("<!-- a remark -->Text", "Text"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<ol><li>One<li>Two</ol>After", "1. One\n2. Two\n\nAfter"),
        (
            "<blockquote><p>She said.</p><p>Twice.</p></blockquote><p>No.</p>",
            "> She said.\n>\n> Twice.\n\nNo.",
        ),
        (
            "<blockquote>Out<blockquote>In</blockquote></blockquote>",
            "> Out\n>\n> > In",
        ),
        ("<blockquote>Never closed", "> Never closed"),
        ("Put <script> first, and <b>then</b>", "Put <script> first, and <b>then</b>"),
        ("<style>p{}</style>Put <script src='x'>", "Put <script src='x'>"),
        ("</blockquote></ul></pre></a>Stray", "Stray"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("I <think> so, </think> yes", "I <think> so, </think> yes"),
        ("", ""),
    ],
)
def test_what_could_be_read_is_kept_as_plain_text(markup: str, text: str):
    assert from_html(markup) == text


def test_a_newline_ends_a_line_where_it_did():
    assert from_lines("One.\r\nTwo.\n\nThree &amp; <em>four</em>.") == (
        "One.\nTwo.\n\nThree & four."
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "*One*\n\n> two &amp; [three](https://a.example)",
            "*One*\n\n> two & [three](https://a.example)",
        ),
        ("I <3 it & if a<c then c>a", "I <3 it & if a<c then c>a"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        (
            "Write `<b>` or ``<i> ` &lt;``, <u>not</u> `",
            "Write `<b>` or ``<i> ` &lt;``, not `",
        ),
        ("`<br>` &amp; `&amp;`", "`<br>` & `&amp;`"),
        ("```\n<p>One</p>\n```\n<p>Two</p>", "```\n<p>One</p>\n```\n\nTwo"),
    ],
)
def test_markdown_stays_as_it_was_written(written: str, text: str):
    assert from_markdown(written) == text


@pytest.mark.parametrize("tag", ["<a ", "<p\n", '<a href="x" ', "<!--", "<a/"])
def test_many_tags_that_never_end_are_text_and_no_work_for_the_parser(
    tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fed: list[str] = []
    feed = HTMLParser.feed
    monkeypatch.setattr(
        HTMLParser, "feed", lambda self, raw: feed(self, fed.append(raw) or raw)
    )
    many = tag * 200

    assert from_lines(f"<p>One</p>{many}") == f"One\n\n{many}".strip()
    assert fed[0].count("<") == 2


def test_what_is_far_too_long_is_not_taken_apart():
    huge = "<b>" * 30_000

    assert from_html(huge) == huge


@pytest.mark.parametrize("convert", [from_html, from_lines, from_markdown])
def test_hostile_markup_becomes_text_that_stays_as_it_is(convert):
    texts = [convert(text) for text in hostile_texts()]

    assert [one for one in texts if one != one.strip()] == []
