import json
import re
import unicodedata
from collections.abc import Iterator

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.text import (
    Html,
    clean,
    inline,
    is_blank,
    is_text,
    lines,
    one_line,
    paragraphs,
    revealed,
    tame,
)
from tests.corpora import corpus, corpus_lines

_XML = "{http://www.w3.org/1999/xhtml}"


def cleaned(raw: str, *, longest: int = 5_000) -> str:
    return clean(raw, field="text", longest=longest)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("", ""),
        ("  a\u3000\n", "a"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("cafe\u0301", "café"),
        ("\u1112\u1161\u11ab", "한"),
        ("a\tb", "a\tb"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u202eabc\u200b", "\u202eabc\u200b"),
        ("\U0001fae8", "\U0001fae8"),
    ],
)
def test_text_is_stored_as_sent_after_nfc(raw: str, stored: str) -> None:
    assert cleaned(raw) == stored


@pytest.mark.parametrize(
    "char",
    [
        *"\x00\x01\x08\x0b\x0c\x0e\x1c\x1f\x7f\x80\x9f",
        *map(chr, (0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF, 0x10FFFE)),
    ],
)
@pytest.mark.parametrize("template", ["a{}b", "{}ab", "ab{}"])
def test_what_is_not_text_is_refused_wherever_it_stands(char: str, template: str) -> None:
    with pytest.raises(LetterRefused) as refused:
        clean(template.format(char), field="name", longest=80)

    error = refused.value
    assert (error.code, error.field, error.facts) == ("not-text", "name", {})
    assert not is_text(char)


def test_what_is_too_long_is_refused_with_its_length_and_never_cut() -> None:
    assert cleaned("é" * 3, longest=3) == "ééé"
    assert cleaned(" e\u0301e\u0301e\u0301 ", longest=3) == "ééé"

    with pytest.raises(LetterRefused) as refused:
        clean("😀" * 4, field="name", longest=3)

    error = refused.value
    assert (error.code, error.field) == ("too-long", "name")
    assert error.facts == {"longest": 3, "length": 4}
    assert error.sentence == "It has 4 characters; at most 3 can be taken."


@given(st.text(max_size=60))
def test_what_is_stored_is_stored_the_same_again(raw: str) -> None:
    try:
        stored = cleaned(raw)
    except LetterRefused:
        return

    assert cleaned(stored) == stored


def _hostile() -> Iterator[str]:
    yield from json.loads(corpus("blns/blns.json").read_text("utf-8"))
    yield from corpus_lines("h5sc/vectors.txt")
    for name in ("h5sc/items.js", "h5sc/payloads.js"):
        yield "\n".join(corpus_lines(name))
        yield from corpus_lines(name)
    for folder in ("fuzzdb", "trojan-source"):
        root = corpus(folder)
        for file in sorted(root.rglob("*.txt")):
            name = f"{folder}/{file.relative_to(root).as_posix()}"
            yield "\n".join(corpus_lines(name))
            yield from corpus_lines(name)
    for line in corpus_lines("unicode/NormalizationTest.txt"):
        if line[:1] not in "#@":
            for column in line.split(";")[:5]:
                yield "".join(chr(int(point, 16)) for point in column.split())
    for char in json.loads(corpus("unicode/invisible-and-control.json").read_bytes())[
        "chars"
    ]:
        yield f"a{chr(int(char['cp'][2:], 16))}b"


def test_hostile_strings_are_stored_as_they_are_or_refused() -> None:
    stored = refused = 0
    for raw in _hostile():
        expected = unicodedata.normalize(
            "NFC", re.sub("\r\n?|[\x85\u2028\u2029]", "\n", raw)
        )
        if is_text(expected):
            assert cleaned(raw, longest=10**6) == expected.strip()
            stored += 1
        else:
            with pytest.raises(LetterRefused, match="not text"):
                cleaned(raw, longest=10**6)
            refused += 1

    assert (stored > 90_000, refused > 70) == (True, True)


def test_no_hostile_string_becomes_anything_but_text() -> None:
    """All of them in one document, each in its own element, as a browser would parse it."""
    texts = [raw for raw in dict.fromkeys(_hostile()) if is_text(raw)]
    texts = [raw for raw in texts if "<" in raw or "&" in raw or not raw.isascii()][::7]
    page = "".join(f"<article>{paragraphs(raw)}</article>" for raw in texts)

    body = html5lib.parse(f"<!doctype html>{page}").find(f"{_XML}body")

    articles = list(body)
    assert [article.tag for article in articles] == [f"{_XML}article"] * len(texts)
    inside = {element.tag for article in articles for element in article.iter()}
    assert inside == {f"{_XML}article", f"{_XML}p", f"{_XML}br"}
    assert not any(element.attrib for element in body.iter())
    assert len(texts) > 5_000
    for raw, article in zip(texts, articles, strict=True):
        assert _letters("".join(article.itertext())) == _letters(tame(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='x",
        "&lt;b&gt; &amp;amp; &#60;",
        "<!--", "]]>", "</p></article>", "<p/\n\n>", "<\u202escript>", "<\U000e0041b>",
    ],
)  # fmt: skip
def test_markup_is_shown_as_the_words_it_is(raw: str) -> None:
    for markup in (inline(raw), lines(raw), paragraphs(raw)):
        body = html5lib.parse(markup).find(f"{_XML}body")
        assert {element.tag for element in body.iter()} <= {
            f"{_XML}body", f"{_XML}p", f"{_XML}br",
        }  # fmt: skip
        assert _letters("".join(body.itertext())) == _letters(tame(raw))


def _letters(text: str) -> str:
    return "".join(text.split())


def test_utf8_that_is_valid_is_text_and_what_is_not_cannot_be_decoded() -> None:
    valid = invalid = 0
    for line in corpus_lines("utf8tests/utf8tests.txt"):
        found = re.match(r"[^:#]+:(valid|valid hex|invalid hex):([^:]*)", line)
        if not found:
            continue
        kind, sign = found.groups()
        raw = bytes.fromhex(sign) if "hex" in kind else sign.encode()
        if kind == "invalid hex":
            with pytest.raises(UnicodeDecodeError):
                raw.decode("utf-8")
            invalid += 1
            continue
        text = raw.decode("utf-8")
        valid += 1
        if is_text(text):
            assert cleaned(text) == unicodedata.normalize("NFC", text).strip()

    assert (valid, invalid) == (76, 140)


def test_markup_is_trusted_by_templates_once() -> None:
    html = inline("<b>")

    assert isinstance(html, Html)
    assert (html, html.__html__()) == ("&lt;b&gt;", "&lt;b&gt;")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("\n \n", ""),
        ("a", "<p>a</p>"),
        ("a\nb", "<p>a<br>b</p>"),
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("a\n \t\u3000\n\n \nb\n", "<p>a</p><p>b</p>"),
        ("a\n\n\u3164\n\nb", "<p>a</p><p>b</p>"),
        ("<b>\n&", "<p>&lt;b&gt;<br>&amp;</p>"),
    ],
)
def test_paragraphs_are_parted_by_blank_lines(text: str, expected: str) -> None:
    assert paragraphs(text) == expected


def test_lines_are_parted_by_breaks() -> None:
    assert lines("a\n\n'b\"") == "a<br><br>&#x27;b&quot;"


def test_a_moderator_sees_what_is_taken_away() -> None:
    text = "<b>\u202eliar\u200b\u200b\U000e0041\U000e0042 a" + "\u0301" * 10

    assert revealed(text) == (
        '&lt;b&gt;<span class="sign" data-units="1">U+202E</span>liar'
        '<span class="sign" data-units="6">U+200B U+200B U+E0041…</span> a'
        + "\u0301" * 3
        + '<span class="sign" data-units="7">U+0301 U+0301 U+0301…</span>'
    )
    assert tame(text) == "<b>liar a" + "\u0301" * 3


def test_what_is_shown_to_a_moderator_has_as_many_places_as_the_text() -> None:
    text = "a\u202e\U000e0041b"

    body = html5lib.parse(revealed(text)).find(f"{_XML}body")

    signs = sum(int(sign.get("data-units", "")) for sign in body)
    words = len(body.text) + sum(len(sign.tail or "") for sign in body)
    assert signs + words == len(text.encode("utf-16-le")) // 2


@given(st.text(max_size=60))
def test_taming_twice_is_taming_once(text: str) -> None:
    once = tame(text)

    assert tame(once) == once
    assert one_line(once).split() == once.split()


@pytest.mark.parametrize(
    "text", ["", " \n\t\u3000", "\u3164\u2800\u200b", "\u200d\ufe0f\u0301"]
)
def test_what_nobody_would_see_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "1", "!", "好", "👍", "\U0001fae8", "\u200b.", "$"])
def test_a_single_sign_is_not_blank(text: str) -> None:
    assert not is_blank(text)
