"""How a text begins in a list: whole words, whatever they are written with."""

import pytest

from letterdesk.domain.excerpt import excerpt, excerpt_at


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("Short  and\nwhole.", 160, "Short and whole."),
        ("Nobody told us where the bus went.", 25, "Nobody told us where the…"),
        ("Nobody told us where, ever since.", 22, "Nobody told us where…"),
        (
            "아무도 우리에게 버스가 어디로 갔는지 말해 주지 않았습니다.",
            20,
            "아무도 우리에게 버스가 어디로…",
        ),
        ("没有人告诉我们公交车去了哪里，真的。", 16, "没有人告诉我们公交车去了哪里…"),
        ("没有人告诉我们公交车去了哪里，真的。", 9, "没有人告诉我们公…"),
        (
            "ئاپتوبۇسنىڭ نەگە كەتكەنلىكىنى ھېچكىم بىزگە ئېيتمىدى",
            31,
            "ئاپتوبۇسنىڭ نەگە كەتكەنلىكىنى…",
        ),
        ("ကျော်ကျော်ကျော်", 9, "ကျော်…"),
        ("a" * 200, 20, "a" * 19 + "…"),
        ("." * 200, 20, "." * 19 + "…"),
    ],
)
def test_no_word_of_an_excerpt_is_broken(text: str, longest: int, shown: str) -> None:
    found = excerpt(text, longest)

    assert found == shown
    assert len(found) <= longest


@pytest.mark.parametrize("place", [0, 80])
def test_a_place_that_the_beginning_shows_changes_nothing(place: int) -> None:
    text = "word " * 100

    assert excerpt_at(text, place) == excerpt(text)


def test_what_stands_before_a_place_is_shown_too_from_a_whole_word_on() -> None:
    text = f"{'before ' * 40}ferry {'after ' * 40}"

    found = excerpt_at(text, text.index("ferry"))

    assert found.startswith("…before before before before before ferry after ")
    assert found.endswith(" after…")
    assert len(found) <= 160
