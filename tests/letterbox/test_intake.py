"""Forms to letters: everything that may be in one, and everything that may not."""

import unicodedata
from collections.abc import Mapping

import pytest

from letterdesk.domain import ids, receipt
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.letterbox import intake
from letterdesk.letterbox.refusals import Refused
from tests.values import STORY_ID, TODAY, a_story, an_id

STORY = a_story(language="ko")
_NUMBER = 0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF


def comment(**fields: str) -> Letter:
    return intake.comment({"text": "Words.", **fields}, story=STORY, today=TODAY).letter


def refusal(fields: Mapping[str, str]) -> tuple[str, str, Mapping[str, object]]:
    with pytest.raises(Refused) as caught:
        intake.comment(fields, story=STORY, today=TODAY)
    return caught.value.code, caught.value.field, caught.value.facts


def test_a_comment_becomes_a_letter_with_everything_in_it() -> None:
    fields = {
        "text": "  First line\r\n\r\nthird  ",
        "name": " Mira\t Kim ",
        "contact": " mira@news.example ",
        "reply_to": f" {an_id(7)} ",
        "as_written": "",
        "homepage": "",
        "button": "send",
    }

    taken = intake.comment(fields, story=STORY, today=TODAY)

    keys = receipt.derive(receipt.read_code(taken.code))
    assert ids.is_id(taken.letter.id)
    assert taken.letter == Letter(
        id=taken.letter.id,
        kind=LetterKind.COMMENT,
        arrived=TODAY,
        story=STORY_ID,
        language="ko",
        text="First line\n\nthird",
        name="Mira Kim",
        contact="mira@news.example",
        reply_to=an_id(7),
        as_written=True,
        lookup=keys.lookup,
        outcome_key=keys.outcome_key,
        action_digest=receipt.action_digest(keys.action_key),
    )


def test_no_two_letters_share_an_id_or_a_code() -> None:
    taken = [intake.comment({"text": "same"}, story=STORY, today=TODAY) for _ in range(100)]

    assert len({one.letter.id for one in taken} | {one.code for one in taken}) == 200


def test_a_tip_is_told_by_its_box_and_a_robot_by_the_trap() -> None:
    plain, tip, trapped = comment(), comment(tip=""), comment(homepage="http://x")

    assert (plain.kind, plain.trapped, plain.as_written) == ("comment", False, False)
    assert (tip.kind, tip.trapped) == ("tip", False)
    assert (trapped.kind, trapped.trapped) == ("comment", True)


@pytest.mark.parametrize("symbol", ["a", "\u00e9", "\uac00", "\U0001f6f6"])
def test_5000_characters_are_taken_whatever_they_weigh(symbol: str) -> None:
    assert comment(text=symbol * 5_000).text == symbol * 5_000


@pytest.mark.parametrize("symbol", ["a", "\uac00", "\U0001f6f6"])
def test_5001_characters_are_refused_and_never_cut(symbol: str) -> None:
    code, field, facts = refusal({"text": symbol * 5_001})

    assert (code, field, facts) == ("too-long", "text", {"longest": 5000, "length": 5001})


def test_text_is_counted_after_normalisation() -> None:
    decomposed = unicodedata.normalize("NFD", "\uac01" * 5_000)
    assert len(decomposed) == 15_000

    assert comment(text=decomposed).text == "\uac01" * 5_000
    assert comment(text="a\r\n" * 2_499 + "b").text == "a\n" * 2_499 + "b"


@pytest.mark.parametrize(
    ("field", "longest"), [("name", 80), ("contact", 254), ("text", 5000)]
)
def test_each_field_has_its_limit(field: str, longest: int) -> None:
    fitting = "a" * (longest - 9) + "@news.org" if field == "contact" else "a" * longest

    assert getattr(comment(**{field: fitting}), field) == fitting
    assert refusal({"text": "Words.", field: "a" + fitting}) == (
        "too-long",
        field,
        {"longest": longest, "length": longest + 1},
    )


@pytest.mark.parametrize(
    "text", ["", " ", "\r\n\t", "\u200b\u3164\u2800", "\u0301", "\u202e\u2066", "\ufe0f"]
)
def test_a_letter_in_which_nothing_is_seen_is_empty(text: str) -> None:
    assert refusal({"text": text}) == ("empty", "text", {})
    assert refusal({}) == ("empty", "text", {})


@pytest.mark.parametrize("text", ["?", "\U0001f6f6", "1", "\u0f04", "\u2014"])
def test_a_letter_may_be_short(text: str) -> None:
    assert comment(text=text).text == text


@pytest.mark.parametrize("field", ["text", "name", "contact"])
@pytest.mark.parametrize(
    "bad",
    ["\0", "\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\U0010ffff", "\ufdd0", "\ud800"],
)
def test_what_cannot_be_text_is_refused_not_mended(field: str, bad: str) -> None:
    assert refusal({"text": "Words.", field: f"a{bad}b@c.de"}) == ("not-text", field, {})


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "left\u200e and \u200fright",
        "\u202eevil\u202c stays, and is tamed at the exit",
        "<script>alert(1)</script>",
        "a\tb",
    ],
)
def test_words_are_stored_as_they_were_sent(text: str) -> None:
    assert comment(text=text).text == text


@pytest.mark.parametrize(
    "contact",
    ["a@b.c", "first.last+tag@sub.news.example", "\u672c@\u4f8b.\u4e2d\u56fd", "o'b@x.io"],
)
def test_an_address_is_taken(contact: str) -> None:
    assert comment(contact=contact).contact == contact


@pytest.mark.parametrize(
    "contact",
    ["a", "a@b", "@b.c", "a@", "a b@c.d", "a@b@c.d", "<a@b.c>", "a@b.c,d@e.f", "a@b.c\nx"],
)
def test_what_is_no_address_is_refused(contact: str) -> None:
    assert refusal({"text": "Words.", "contact": contact}) == (
        "contact-wrong",
        "contact",
        {},
    )


@pytest.mark.parametrize("reply_to", ["1", an_id(1).upper() + "A", "../../etc", "i" * 26])
def test_a_reply_to_something_that_is_no_id_is_refused(reply_to: str) -> None:
    assert refusal({"text": "Words.", "reply_to": reply_to})[:2] == (
        "reply-unknown",
        "reply_to",
    )


def test_a_notice_names_its_comment() -> None:
    fields = {"text": "That is my address.", "comment": an_id(7), "contact": "a@b.c"}

    taken = intake.notice(fields, story=STORY, today=TODAY)

    keys = receipt.derive(receipt.read_code(taken.code))
    assert taken.letter == Letter(
        id=taken.letter.id,
        kind=LetterKind.NOTICE,
        arrived=TODAY,
        story=STORY_ID,
        language="ko",
        text="That is my address.",
        contact="a@b.c",
        comment=an_id(7),
        lookup=keys.lookup,
        outcome_key=keys.outcome_key,
        action_digest=receipt.action_digest(keys.action_key),
    )


def test_who_holds_the_code_proves_it_without_showing_it() -> None:
    code, keys = receipt.show_code(_NUMBER), receipt.derive(_NUMBER)

    withdrawn = intake.withdrawal({"code": code, "text": "why"}, today=TODAY)
    appealed = intake.appeal({"code": code.lower(), "text": "I meant it."}, today=TODAY)

    assert withdrawn == Letter(
        id=withdrawn.id,
        kind=LetterKind.WITHDRAWAL,
        arrived=TODAY,
        lookup=keys.lookup,
        action_key=keys.action_key,
    )
    assert appealed == Letter(
        id=appealed.id,
        kind=LetterKind.APPEAL,
        arrived=TODAY,
        text="I meant it.",
        lookup=keys.lookup,
        action_key=keys.action_key,
    )


def test_an_appeal_needs_words() -> None:
    with pytest.raises(Refused) as caught:
        intake.appeal({"code": receipt.show_code(_NUMBER)}, today=TODAY)

    assert (caught.value.code, caught.value.field) == ("empty", "text")


def test_a_code_is_read_as_people_type_it() -> None:
    shown = receipt.show_code(_NUMBER)
    typed = shown.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert intake.code_number({"code": f" {typed} "}) == receipt.read_code(shown)


@pytest.mark.parametrize(
    "fields", [{"code": "-"}, {"code": "ABC"}, {"code": "0" * 26 + "1"}, {"code": "가"}]
)
def test_a_mistyped_code_is_told(fields: dict[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        intake.code_number(fields)

    assert (caught.value.code, caught.value.field) == ("code-wrong", "code")
