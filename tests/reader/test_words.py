import calendar
import re

import pytest

from letterdesk.reader.words import (
    choose,
    countries,
    day,
    digits,
    direction,
    listing,
    month,
    native_name,
    number,
    words,
)
from letterdesk.tags import LANGUAGES


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
        ("zh-TW", "", "zh-Hant"),
        ("zh-HK", "", "zh-Hant"),
        ("zh-Hant-MO", "", "zh-Hant"),
        ("yue", "", "zh-Hant"),
        ("vi-VN", "", "vi"),
        ("my-MM", "", "my"),
        ("km-KH", "", "km"),
        ("lo-LA", "", "lo"),
        ("bo-CN", "", "bo"),
        ("ug-CN", "", "ug"),
        ("sw", "", "en"),
        ("", "", "en"),
        ("", "fr, ko;q=0.5, en;q=0.3", "ko"),
        ("", "en;q=0.2, ug;q=0.9", "ug"),
        ("", "ko;q=0, zh-CN;q=0.1", "zh-Hans"),
        ("", "zh-TW, zh;q=0.9, en;q=0.8", "zh-Hant"),
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
        ("zh-Hant", "2026年11月23日"),
        ("vi", "23 tháng 11, 2026"),
        ("my", "၂၀၂၆ ခုနှစ် နိုဝင်ဘာ ၂၃ ရက်"),
        ("km", "ថ្ងៃទី 23 ខែវិច្ឆិកា ឆ្នាំ 2026"),
        ("lo", "23 ພະຈິກ 2026"),
        ("bo", "སྤྱི་ལོ་2026 ཟླ་བ་བཅུ་གཅིག་པའི་ཚེས་23"),
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
    assert month("2026-11", "bo") == "སྤྱི་ལོ་2026 ཟླ་བ་བཅུ་གཅིག་པ"
    assert number(5000, "en") == "5,000"
    assert number(5000, "my") == "၅,၀၀၀"
    assert digits("3a", "my") == "၃a"
    assert listing(["3", "6", "7"], "en") == "3, 6 and 7"
    assert listing(["3", "6"], "zh-Hans") == "3和6"
    assert listing(["3", "6", "7"], "my") == "3၊ 6 နှင့် 7"
    assert listing(["3"], "my") == "3"


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_nothing_is_dated_or_listed_in_english(language):
    months = {month(f"2026-{number:02}", language) for number in range(1, 13)}
    days = {day(f"2026-{number:02}-03", language) for number in range(1, 13)}

    assert (len(months), len(days)) == (12, 12)
    for said in (*months, *days, listing(["3", "6"], language)):
        words = set(re.findall("[A-Za-z]+", said))
        assert not words & {*calendar.month_name, *calendar.month_abbr, "and"}, said


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "English"),
        ("ko", "한국어"),
        ("zh-Hans", "简体中文"),
        ("ug", "ئۇيغۇرچە"),
        ("zh-Hant", "繁體中文"),
        ("my", "မြန်မာ"),
        ("bo", "བོད་སྐད"),
        ("x-unknown", "x-unknown"),
    ],
)
def test_languages_call_themselves_by_their_own_name(language, name):
    assert native_name(language) == name


def test_language_without_a_catalogue_says_it_in_english():
    assert words("sw").gettext("Send the appeal") == "Send the appeal"
    assert words("ko-KR").gettext("Send the appeal") == "이의 보내기"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Germany and Austria"),
        ("ko", "독일 및 오스트리아"),
        ("zh-Hant", "德國和奧地利"),
    ],
)
def test_countries_have_their_names(language, said):
    assert countries(["DE", "AT"], language) == said
    assert countries(["XQ"], "en") == "XQ"
