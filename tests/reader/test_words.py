import pytest

from letterdesk.reader.words import (
    choose,
    day,
    direction,
    listing,
    month,
    native_name,
    number,
    words,
)


@pytest.mark.parametrize(
    ("wanted", "accept", "found"),
    [
        ("ko", "", "ko"),
        ("ko-KR", "", "ko"),
        ("KO", "", "ko"),
        ("zh", "", "zh-Hans"),
        ("zh-CN", "", "zh-Hans"),
        ("zh_Hans", "", "zh-Hans"),
        ("zh-Hans-SG", "", "zh-Hans"),
        ("zh-TW", "", "zh-Hans"),
        ("ug-CN", "", "ug"),
        ("my", "", "en"),
        ("", "", "en"),
        ("", "fr, ko;q=0.5, en;q=0.3", "ko"),
        ("", "en;q=0.2, ug;q=0.9", "ug"),
        ("", "ko;q=0, zh-CN;q=0.1", "zh-Hans"),
        ("", "*", "en"),
        ("", "ko;q=nonsense", "en"),
        ("", ";;;,,,q=", "en"),
        ("fr", "ko", "ko"),
        ("ug", "ko", "ug"),
    ],
)
def test_reader_gets_the_language_that_fits_best(wanted, accept, found):
    assert choose(wanted, accept=accept) == found


def test_only_languages_of_the_site_are_offered():
    assert choose("", accept="ko, ug", offered=("zh-Hans", "ug")) == "ug"
    assert choose("", accept="ko", offered=("zh-Hans", "ug")) == "zh-Hans"
    assert choose("zh-TW", offered=("zh-Hans", "zh-Hant")) == "zh-Hant"


@pytest.mark.parametrize(
    ("language", "found"),
    [
        *[(tag, "rtl") for tag in ("ar", "ug", "fa", "he", "ur", "ug-CN", "az-Arab", "yi")],
        *[(tag, "ltr") for tag in ("en", "ko", "zh-Hans", "ug-Latn", "bo", "", "ar-Latn")],
    ],
)
def test_direction_is_that_of_the_script(language, found):
    assert direction(language) == found


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "23 November 2026"),
        ("ko", "2026년 11월 23일"),
        ("zh-Hans", "2026年11月23日"),
        ("ug", "23-نويابىر، 2026"),
        ("en-US", "November 23, 2026"),
        ("xx-nonsense", "23 November 2026"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language, written):
    assert day("2026-11-23", language) == written


def test_no_day_is_no_words():
    assert day("", "en") == ""


def test_months_figures_and_lists_are_written_as_the_language_writes_them():
    assert month("2026-11", "ko") == "2026년 11월"
    assert number(5000, "en") == "5,000"
    assert listing(["3", "6", "7"], "en") == "3, 6 and 7"
    assert listing(["3", "6"], "zh-Hans") == "3和6"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "English"),
        ("ko", "한국어"),
        ("zh-Hans", "简体中文"),
        ("ug", "ئۇيغۇرچە"),
        ("my", "မြန်မာ"),
        ("x-unknown", "x-unknown"),
    ],
)
def test_languages_call_themselves_by_their_own_name(language, name):
    assert native_name(language) == name


def test_language_without_a_catalogue_says_it_in_english():
    assert words("my").gettext("Send the appeal") == "Send the appeal"
    assert words("ko-KR").gettext("Send the appeal") == "이의 보내기"
