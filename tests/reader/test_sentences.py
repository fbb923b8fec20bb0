import pytest

from letterdesk.letterbox.refusals import STATUS
from letterdesk.reader.sentences import sentence
from letterdesk.tags import LANGUAGES

_ENDS = {  # how a sentence ends
    "zh-Hans": "。",
    "zh-Hant": "。",
    "my": "။",
    "km": "។",
    "bo": ("།", "ག"),  # after ga the mark is left out
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence_of_its_own_in_every_language(language):
    said = {code: sentence(code, language) for code in STATUS}

    assert len(set(said.values())) == len(STATUS)
    assert all(words.endswith(_ENDS.get(language, ".")) for words in said.values())
    if language != "en":
        assert not set(said.values()) & {sentence(code, "en") for code in STATUS}


def test_unknown_code_says_that_something_failed():
    assert sentence("no-such-code", "ko") == sentence("failed", "ko")


@pytest.mark.parametrize(
    ("field", "language", "said"),
    [
        (
            "text",
            "en",
            "Your text has 6,123 characters. At most 5,000 characters are possible. "
            "Please shorten it, or send it in two parts.",
        ),
        (
            "name",
            "en",
            "The name has 6,123 characters. At most 5,000 characters are possible. "
            "Please shorten it.",
        ),
        (
            "contact",
            "en",
            "The e-mail address has 6,123 characters. At most 5,000 characters are "
            "possible. Please correct it or leave it out.",
        ),
        (
            "text",
            "ko",
            "글이 6,123자입니다. 최대 5,000자까지 쓸 수 있습니다. 줄이거나 둘로 나누어 "
            "보내 주십시오.",
        ),
    ],
)
def test_reader_learns_how_much_too_long_it_is(field, language, said):
    assert sentence("too-long", language, field=field, longest=5000, length=6123) == said
