from pathlib import Path

import pytest

from letterdesk.domain.rules import Rule, Terms
from letterdesk.reader.terms import terms, terms_languages
from letterdesk.reader.words import digits
from letterdesk.tags import LANGUAGES

_WRITTEN = """
title = "Terms"
intro = ["One.", "Two."]
disclaimer = "Be kind."

[[rules]]
number = "1"
title = "Respect"
text = "Respect people."
reason = "It did not."
note = "[insult removed]"
"""


def test_terms_are_read_from_the_file_of_their_language(tmp_path: Path):
    (tmp_path / "en.toml").write_text(_WRITTEN)

    assert terms("en", folder=tmp_path) == Terms(
        version="1",
        language="en",
        title="Terms",
        intro=("One.", "Two."),
        disclaimer="Be kind.",
        rules=(
            Rule(
                number="1",
                title="Respect",
                text="Respect people.",
                reason="It did not.",
                note="[insult removed]",
            ),
        ),
    )


def test_language_without_terms_gets_those_of_the_first_that_has_them(tmp_path: Path):
    (tmp_path / "ko.toml").write_text(_WRITTEN)
    (tmp_path / "bo.toml").write_text(_WRITTEN)

    assert terms_languages(tmp_path) == ("ko", "bo")
    assert terms("sw", folder=tmp_path).language == "ko"
    assert terms("bo-CN", folder=tmp_path).language == "bo"


def test_all_our_languages_have_the_same_rules():
    assert terms_languages() == LANGUAGES
    assert {(terms(one).version, terms(one).numbers()) for one in LANGUAGES} == {
        (terms("en").version, terms("en").numbers())
    }


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_terms_say_in_every_language_all_that_they_say_in_english(language):
    english, translated = terms("en"), terms(language)

    assert len(translated.intro) == len(english.intro)
    for rule, ours in zip(english.rules, translated.rules, strict=True):
        said = {ours.title, ours.text, ours.reason, ours.note}
        assert len(said - {rule.title, rule.text, rule.reason, rule.note}) == 4
        # The reason tells the author which rule it was.
        assert digits(rule.number, language) in ours.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggested_notes_are_notes_in_brackets(language):
    notes = [rule.note for rule in terms(language).rules]

    assert all(note.startswith("[") and note.endswith("]") for note in notes)


def test_a_rule_has_the_same_category_in_every_language():
    english = {rule.number: rule.category for rule in terms("en").rules}

    assert len(set(english.values())) > 2
    for language in terms_languages():
        found = {rule.number: rule.category for rule in terms(language).rules}
        assert (language, found) == (language, english)
