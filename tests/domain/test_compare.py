import pytest

from letterdesk.domain.compare import compare


def parts(before: str, after: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in compare(before, after)]


def test_words_that_went_and_came_stand_where_they_belong():
    assert parts("Respect all people.", "Respect all readers.") == [
        ("same", "Respect all "),
        ("gone", "people."),
        ("new", "readers."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Respect all people.", "Respect people and places."),
        ("尊重他人。", "请尊重所有人。"),
        ("사람을 존중합니다.", "모든 사람을 존중합니다."),
        ("", "New."),
        ("Gone.", ""),
        ("a " * 3000, "b " * 3000),
    ],
)
def test_both_texts_can_be_read_from_the_comparison(before: str, after: str):
    found = compare(before, after)

    assert "".join(one.text for one in found if one.kind != "new") == before
    assert "".join(one.text for one in found if one.kind != "gone") == after


def test_a_space_alone_parts_no_changes():
    assert parts("one two three", "four five three") == [
        ("gone", "one two"),
        ("new", "four five"),
        ("same", " three"),
    ]


def test_chinese_is_compared_sign_by_sign():
    assert parts("尊重他人。", "尊重别人。") == [
        ("same", "尊重"),
        ("gone", "他"),
        ("new", "别"),
        ("same", "人。"),
    ]


def test_the_same_text_has_no_stretches():
    assert compare("It holds.", "It holds.") == ()


def test_a_word_said_over_and_over_takes_no_longer_to_compare():
    before, after = "ha " * 900, "ha " * 901

    assert parts(before, after) == [("gone", before), ("new", after)]
