from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from letterdesk.domain.edit import (
    MAX_CUT_NOTE,
    Cut,
    Piece,
    apply_cuts,
    find_cuts,
    has_own_brackets,
    published_text,
    removed,
)
from letterdesk.domain.errors import NotACut
from letterdesk.domain.text import clean
from letterdesk.domain.words import words
from tests.domain.scripts import JOINED, PARTED, Token, texts, written

_MORE = (
    "This is more than a cut: there is a word, a figure or an order in it that the "
    "reader did not write. Remove words, or replace them by a [note in brackets]."
)
_NONE_LEFT = (
    "None of the reader's own words is left. To publish none of them, "
    "turn the letter down instead."
)
_REPEATED = (
    "A note in brackets stands for words that were removed. One of these "
    "repeats what the reader wrote."
)
_LONG = "A note in brackets has at most 120 characters. Shorten it."


def plain(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("original", "edited", "cut", "published"),
    [
        ("He is unkind.", "He is.", [(" unkind", "")], "He is."),
        ("He is unkind.", "He is [insult].", [("unkind", "insult")], "He is [insult]."),
        ("He is unkind: 5.", "[insult]: 5.", [("He is unkind", "insult")], "[insult]: 5."),
        ("We paid 9,300 euros", "We paid euros", [(" 9,300", "")], "We paid euros"),
        ("don't go", "go", [("don't ", "")], "go"),
        ("go now", "go", [(" now", "")], "go"),
        ("foo bad, baz", "foo, baz", [(" bad", "")], "foo, baz"),
        ("foo bad, baz", "foo , baz", [("bad", "")], "foo , baz"),
        ("foo, bad baz", "foo, baz", [(" bad", "")], "foo, baz"),
        ("a bad\n\nb", "a\n\nb", [(" bad", "")], "a\n\nb"),
        ("a\n\nbad b", "a\n\nb", [("bad ", "")], "a\n\nb"),
        ("a bad\n\nb", "a b", [("bad\n\n", "")], "a b"),
        ("a bad\n\nb", "a\tb", [("bad\n\n", "")], "a b"),
        ("他,不好", "他 好", [(",不", "")], "他好"),
        ("他, 好", "他 好", [(",", "")], "他 好"),
        ("他 ,好", "他 好", [(",", "")], "他 好"),
        ("Bob and Al ran", "[A] [B] ran", [("Bob", "A"), ("and Al", "B")], "[A] [B] ran"),
        ("Bob and Al ran", "[A][B] ran", [("Bob", "A"), ("and Al", "B")], "[A] [B] ran"),
        ("a Bob b Al c", "a [1] b [2] c", [("Bob", "1"), ("Al", "2")], "a [1] b [2] c"),
        ("a Bob b", "a[x]b", [("Bob", "x")], "a [x] b"),
        ("김철수가 갔다", "[이름]가 갔다", [("김철수", "이름")], "[이름]가 갔다"),
        ("He lied. He stole.", "He stole.", [("He lied. ", "")], "He stole."),
        (" a bad b ", "a b", [(" bad", "")], " a b "),
        ("a\r\nbad\r\nb", "a\nb", [("bad\r\n", "")], "a\r\nb"),
        # The reader's own brackets are her words.
        ("x [sic] bad z", "x [sic] z", [(" bad", "")], "x [sic] z"),
        ("x [sic] bad z", "x [sic] [note] z", [("bad", "note")], "x [sic] [note] z"),
        ("x [sic, bad] z", "x [sic] z", [(", bad", "")], "x [sic] z"),
        ("x [sic] z", "x [a note] z", [("[sic]", "a note")], "x [a note] z"),
        ("[a] [b] c", "[b] c", [("[a] ", "")], "[b] c"),
        ("[[a]] bad b", "[[a]] b", [(" bad", "")], "[[a]] b"),
        # What stands where hers cannot stand is a note, though it reads the same.
        ("Al said [x] so", "[x] said [x] so", [("Al", "x")], "[x] said [x] so"),
        ("[x] says Al so", "[x] says [x] so", [("Al", "x")], "[x] says [x] so"),
        ("Al said [x] so", "[x] said so", [("Al", "x"), (" [x]", "")], "[x] said so"),
        ("Al [x] Bo z", "[x] [x] [x] z", [("Al", "x"), ("Bo", "x")], "[x] [x] [x] z"),
        ("Al [x] Bo z", "[x] [x] Bo z", [("Al", "x")], "[x] [x] Bo z"),
        ("a Al b [x]", "a [x] b", [("Al", "x"), (" [x]", "")], "a [x] b"),
        ("[y] Al [x] z", "[y] [x] [x] z", [("Al", "x")], "[y] [x] [x] z"),
        ("[x] Al [y] z", "[x] [y] [y] z", [("Al", "y")], "[x] [y] [y] z"),
        ("Al,[x]z", "[x],[x]z", [("Al", "x")], "[x],[x]z"),
        ("[x] Al so", "[y] [x] so", [("[x]", "y"), ("Al", "x")], "[y] [x] so"),
    ],
)
def test_a_cut_is_found_where_it_was_made(
    original: str, edited: str, cut: list[tuple[str, str]], published: str
) -> None:
    cuts = find_cuts(original, edited)

    assert [(original[one.start : one.end], one.note) for one in cuts] == cut
    assert published_text(original, cuts) == published


@pytest.mark.parametrize(
    ("original", "edited"),
    [
        ("He is unkind.", "He is kind."),
        ("He is un-kind.", "He is kind."),
        ("He is un\u200bkind.", "He is kind."),
        ("We paid 9,300 euros", "We paid 300 euros"),
        ("We paid 9 300 euros", "We paid 300 euros"),
        ("We paid 9\u00a0300 euros", "We paid 300 euros"),
        ("We paid 9.300 euros", "We paid 9 euros"),
        ("We lost -5", "We lost 5"),
        ("We lost .5", "We lost 5"),
        ("10k", "10"),
        ("3천만 원", "3천 원"),
        ("三百万人", "百万人"),
        ("don't go", "do go"),
        ("नहीं", "नह"),
        ("👩‍🚒 ok", "👩 ok"),
        ("👍🏽 ok", "👍 ok"),
        ("🇰🇷🇨🇳 ok", "🇷🇨 ok"),
        ("ស្ត្រី ok", "ស្រី ok"),
        ("a b", "ab"),
        ("好 人", "好人"),
        ("好人", "好 人"),
        ("a(b)c", "a c"),
        ("a(b)c", "ac"),
        ("9 and 300", "9 300"),
        ("9\u00a0x 300 300", "9 300"),
        ("un/kind", "unkind"),
        ("a b c", "a x c"),
        ("a b c", "a b x c"),
        ("a b c", "c b a"),
        ("a b c", "a b c c"),
        ("a b", "A b"),
        ("a, b", "a; b"),
        ("a, b", "a b,"),
        ("paypal", "pаypal"),
        ("e\u0301t\u00e9", "ete"),
        ("a b c", "a [x] b c"),
        ("a b c", "[x] a b c"),
        ("a b c", "a b c [x]"),
        ("a b c", "a [x] [y] c"),
        ("a b c", "a [] c"),
        ("a b c", "a [ \u3164] c"),
        ("a b c", "a [[x]] c"),
        ("a b c", "a [x [y] z] c"),
        ("a b c", "a [x\ny] c"),
        ("a b c", "a [x c"),
        ("x [sic] z", "x z [sic]"),
        ("x [sic] z", "x [sic] [sic] z"),
        ("x [sic] z y", "x z [sic] y"),
        ("Bob [name] z", "[name] [name] Bob z"),
        ("[name] z", "[name] [name] z"),
    ],
)
def test_more_than_a_cut_is_refused(original: str, edited: str) -> None:
    with pytest.raises(NotACut) as refused:
        find_cuts(original, edited)

    assert (refused.value.code, refused.value.sentence) == ("not-a-cut", _MORE)


@pytest.mark.parametrize(
    ("original", "edited", "sentence"),
    [
        ("I hate him", "I [hate] him", _REPEATED),
        ("I hate him", "I [hate him]", _REPEATED),
        ("나쁜 놈이다", "[나쁜 놈]이다", _REPEATED),
        ("x [sic] z", "x [sic]z", _REPEATED),
        ("x y [sic] z", "x [sic]z", _REPEATED),
        ("I hate him", "", _NONE_LEFT),
        ("", "", _NONE_LEFT),
        ("I hate him", "[x]", _NONE_LEFT),
        ("I hate him", "[x] [y]", _NONE_LEFT),
        ("I hate him.", "[x].", _NONE_LEFT),
        ("I hate him.", ".", _NONE_LEFT),
        ("“I hate him!” – he", "“[x]!” – [y]", _NONE_LEFT),
        ("나는 그가 싫다。", "[x]。", _NONE_LEFT),
        ("ئۇ نېمە دېدى؟", "[x]؟", _NONE_LEFT),
        ("དེ་ནི་ངན་པ།", "[x]།", _NONE_LEFT),
        ("I hate him 👍🏽 🇰🇷", "[x] 👍🏽 🇰🇷", _NONE_LEFT),
        ("a b c", f"a [{'n' * (MAX_CUT_NOTE + 1)}] c", _LONG),
    ],
)
def test_what_is_no_cut_for_another_reason_is_told_so(
    original: str, edited: str, sentence: str
) -> None:
    with pytest.raises(NotACut) as refused:
        find_cuts(original, edited)

    assert refused.value.sentence == sentence


def test_a_note_may_be_as_long_as_its_limit() -> None:
    note = "n" * MAX_CUT_NOTE

    assert find_cuts("a b c", f"a [{note}] c") == (Cut(start=2, end=3, note=note),)


def test_pieces_show_what_stayed_and_what_was_cut() -> None:
    original = "He is a bad liar, mind."

    assert apply_cuts(
        original, [Cut(start=0, end=2, note="name"), Cut(start=7, end=11)]
    ) == (
        Piece(text="He", is_cut=True, note="name"),
        Piece(text=" is a"),
        Piece(text=" bad", is_cut=True),
        Piece(text=" liar, mind."),
    )
    assert apply_cuts("all", [Cut(start=0, end=3)]) == (Piece(text="all", is_cut=True),)
    assert apply_cuts("all", ()) == (Piece(text="all"),)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same with some words removed and some replaced by notes."""
    tokens: list[Token] = draw(texts)
    kept = draw(st.integers(0, len(tokens) - 1))
    fates = st.sampled_from(["keep", "keep", "drop", "note"])
    edited: list[Token] = []
    stays = ""
    for at, token in enumerate(tokens):
        fate = "keep" if at == kept else draw(fates)
        if fate == "keep":
            edited.append(token)
            stays += token.text
        elif fate == "note":
            note = draw(st.sampled_from(["[note]", "[이름]", "[a few words, 300]"]))
            edited.append(Token(token.before, note))
    assume(tokens == edited or any(map(str.isalnum, stays)))
    return clean(written(tokens), field="text", longest=9999), written(edited)


@given(edits())
def test_removing_any_words_or_noting_them_is_a_cut(edit: tuple[str, str]) -> None:
    original, edited = edit
    edited = clean(edited, field="text", longest=9999)

    cuts = find_cuts(original, edited)

    assert "".join(published_text(original, cuts).split()) == "".join(edited.split())
    _check_sound(original, edited, cuts)


@given(texts)
def test_removing_nothing_is_no_cut(tokens: list[Token]) -> None:
    original = written(tokens)

    assert find_cuts(original, original) == ()
    assert find_cuts(original, original.replace(" ", "\r\n ")) == ()


@st.composite
def notes_like_hers(draw: st.DrawFn) -> tuple[str, str]:
    """A text full of the brackets that a moderator puts there, too."""
    word = st.sampled_from(["Al", "Bo", "[x]", "[x]", "[y]", "so,", "好"])
    source = draw(st.lists(word, min_size=1, max_size=12))
    fate = st.sampled_from(["keep", "keep", "drop", "[x]", "[y]"])
    fates = draw(st.lists(fate, min_size=len(source), max_size=len(source)))
    edited = [
        word if fate == "keep" else fate
        for word, fate in zip(source, fates, strict=True)
        if fate != "drop"
    ]
    return " ".join(source), " ".join(edited)


@settings(max_examples=300)
@given(notes_like_hers())
def test_notes_in_the_very_words_of_the_readers_brackets_are_notes(
    edit: tuple[str, str],
) -> None:
    original, edited = edit

    refused = _why_refused(original, edited)

    assert refused in {"", _NONE_LEFT}
    if not refused:
        _check_sound(original, edited, find_cuts(original, edited))


def _why_refused(original: str, edited: str) -> str:
    try:
        find_cuts(original, edited)
    except NotACut as refused:
        return refused.sentence
    return ""


def test_a_letter_of_hundreds_of_brackets_is_compared_at_once() -> None:
    original = "Al " + "[x] " * 900 + "Bo"

    cuts = find_cuts(original, "[x] " + "[x] " * 900 + "Bo")

    assert cuts == (Cut(start=0, end=2, note="x"),)


_LETTERS = [
    "a",
    "b",
    "un",
    " ",
    " ",
    "\n",
    "[",
    "]",
    "-",
    "'",
    ",",
    "1",
    "300",
    "好",
    "\u0301",
]
_JUMBLES = st.lists(st.sampled_from(_LETTERS), max_size=14).map("".join)


@given(_JUMBLES, st.lists(st.integers(0, 60), max_size=8), st.sampled_from(["", *_LETTERS]))
def test_whatever_is_accepted_is_only_a_cut(
    original: str, holes: list[int], inserted: str
) -> None:
    """Characters go at random: now and then that is a cut, and then a sound one."""
    edited = "".join(char for at, char in enumerate(original) if at not in holes)
    middle = len(edited) // 2
    edited = edited[:middle] + inserted + edited[middle:]

    try:
        cuts = find_cuts(original, edited)
    except NotACut:
        return

    _check_sound(original, edited, cuts)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_two_texts_are_compared_without_failing(original: str, edited: str) -> None:
    try:
        cuts = find_cuts(original, edited)
    except NotACut:
        return

    _check_sound(original, edited, cuts)


def _check_sound(original: str, edited: str, cuts: tuple[Cut, ...]) -> None:
    pieces = apply_cuts(original, cuts)
    assert "".join(piece.text for piece in pieces) == original
    assert all(piece.text for piece in pieces)
    assert plain(published_text(original, cuts)) == plain(edited)
    ends = {at for word in words(original) for at in (word.start, word.end)}
    for cut in cuts:
        removed = original[cut.start : cut.end]
        assert cut.start + len(removed) - len(removed.lstrip()) in ends
        assert cut.end - len(removed) + len(removed.rstrip()) in ends
        assert removed.strip()
    whole = plain(original)
    stayed = [word for piece in pieces if not piece.is_cut for word in plain(piece.text)]
    assert _is_within(stayed, whole)
    kept_in_place = set(_kept(original, cuts))
    assert [word for at, word in enumerate(whole) if at in kept_in_place] == stayed


def _kept(original: str, cuts: tuple[Cut, ...]) -> Iterator[int]:
    for at, word in enumerate(words(original)):
        if not any(cut.start < word.end and word.start < cut.end for cut in cuts):
            yield at


def _is_within(some: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in some)


def test_every_script_can_lose_any_one_word() -> None:
    for script in (*PARTED, *JOINED):
        space = " " if script in PARTED else ""
        for at, word in enumerate(script):
            original = space.join([*script, *script])
            edited = space.join([*script[:at], *script[at + 1 :], *script])
            cuts = find_cuts(original, edited)
            assert [original[cut.start : cut.end].strip() for cut in cuts] == [word]
            assert published_text(original, cuts) == edited


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u3164", "\U000e0041"])
def test_a_note_hides_nothing_and_turns_nothing(sign: str) -> None:
    with pytest.raises(NotACut) as raised:
        find_cuts("He is Daniel Roe.", f"He is [name{sign} removed].")

    assert "cannot be seen" in raised.value.sentence


@pytest.mark.parametrize(
    ("text", "is_hers"),
    [
        ("Ask [name removed by the editors — rule 3].", True),
        ("Ask ［이름 삭제］.", True),
        ("Ask [name\nremoved].", True),
        ("Ask [\u200bname\u200b].", True),
        ("Ask 〔删〕.", True),
        ("Ask ⁅Mira⁆ or 【删】.", True),
        ("As he wrote [1], [2] and [ ].", False),
        ("Ask (a friend) [.", False),
        ("[" * 5_000, False),
    ],
)
def test_brackets_of_her_own_that_look_like_a_note_are_known(text, is_hers):
    assert has_own_brackets(text) is is_hers


def test_a_note_in_place_of_a_cut_is_none_of_her_brackets():
    original = "Ask John [who else] now."

    kept = find_cuts(original, "Ask [name removed] [who else] now.")
    gone = find_cuts(original, "Ask John [name removed] now.")

    assert has_own_brackets(original, kept)
    assert not has_own_brackets(original, gone)


def test_what_cuts_remove_can_be_compared_however_they_are_divided() -> None:
    text = "One two three."
    one = [Cut(start=4, end=13)]
    two = [Cut(start=4, end=7, note="name removed"), Cut(start=8, end=13)]

    assert removed(text, one) == removed(text, two) == {4, 5, 6, 8, 9, 10, 11, 12}
    assert removed(text, [Cut(start=3, end=13)]) == removed(text, one)
    assert removed(text, [Cut(start=0, end=13)]) > removed(text, one)
    assert removed(text, []) == set()


@pytest.mark.parametrize(
    ("original", "gone", "proposed", "cuts"),
    [
        ("He lied. He lied again.", "He lied again.", "He lied.", [(0, 9), (16, 22)]),
        ("Ask Roe or ask Roe.", "Ask Roe.", "Ask.", [(3, 18)]),
        ("Kim or Kim or Lee.", "[a name] or Kim or Lee.", "[a name] or Kim.", None),
        ("Kim or Lee or Kim.", "Kim or [a name] or Kim.", "Kim or [a name].", None),
    ],
)
def test_what_is_gone_stays_gone_where_the_same_words_stand_twice(
    original: str, gone: str, proposed: str, cuts: list[tuple[int, int]] | None
) -> None:
    before = find_cuts(original, gone)

    after = find_cuts(original, proposed, gone=before)

    assert published_text(original, after) == proposed
    assert removed(original, after) > removed(original, before)
    if cuts:
        assert [(cut.start, cut.end) for cut in after] == cuts


def test_what_is_gone_does_not_come_back() -> None:
    before = find_cuts("He is in Hamra now.", "He is now.")

    with pytest.raises(NotACut):
        find_cuts("He is in Hamra now.", "He is in now.", gone=before)
