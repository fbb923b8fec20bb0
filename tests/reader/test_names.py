import pytest

from letterdesk.reader.names import above, left_out
from letterdesk.tags import LANGUAGES


@pytest.mark.parametrize("name", ["", " ", "\u200b"])
def test_a_reader_without_a_name_is_a_reader(name: str) -> None:
    assert above(name, is_left_out=False, language="en") == "A reader"
    assert above("Mira\u202e", is_left_out=False, language="en") == "Mira"


def test_a_name_that_was_left_out_is_not_one_that_was_never_given() -> None:
    assert above("Mira", is_left_out=True, language="en") == "[name left out]"
    assert left_out("ko") == "[이름 뺌]"


def test_every_language_of_ours_says_so_in_its_own_words() -> None:
    said = {left_out(language) for language in LANGUAGES}

    assert len(said) == len(LANGUAGES)
    assert all(one.startswith("[") and one.endswith("]") for one in said)
