import pytest

from letterdesk.tags import LANGUAGES, known_tag


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("en", "en"),
        ("KO", "ko"),
        ("zh-hans", "zh-Hans"),
        ("zh-Hant-tw", "zh-Hant-TW"),
        ("yue", "yue"),
        ("es-419", "es-419"),
        ("ca-valencia", "ca-valencia"),
        ("de-1996", "de-1996"),
        ("sr-Latn-RS", "sr-Latn-RS"),
        *((one, one) for one in LANGUAGES),
    ],
)
def test_a_known_tag_is_given_in_its_usual_case(tag: str, known: str) -> None:
    assert known_tag(tag) == known


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "-",
        "xx",
        "xx-yy-zz",
        "english",
        "en-",
        "en--GB",
        "en_GB",
        "en-Qqqq",
        "en-Latn-Latn",
        "en-GB-US",
        "en-x-private",
        "en GB",
        "en\n",
        "한국어",
        "zh-Hans-" + "a" * 200,
    ],
)
def test_what_names_no_language_is_not_known(tag: str) -> None:
    assert known_tag(tag) == ""
