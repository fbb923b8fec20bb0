"""Every phrase of the lexicons is found, the longest where two overlap."""

import pytest

from letterdesk.triage.model.lexicon import LANGUAGES, lexicon, phrases, phrases_in


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_has_the_same_classes_and_no_empty_phrase(language: str) -> None:
    assert list(phrases(language)) == list(phrases("en"))
    assert all(line and all(line) for line in phrases(language).values())
    assert lexicon(language).by_length


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "black people, not people", ["black people", "not"]),
        ("en", "i can't stand this", ["i", "can't stand"]),
        ("ko", "외국인 노동자를 존중하자", ["외국인", "존중", "하자"]),
        ("zh", "不要歧视同性恋者", ["不要", "歧视", "同性恋者"]),
        # of two that share a word, and are as long, the first
        ("en", "gay people too", ["gay people"]),
        ("ko", "여자지", ["여자"]),
        ("zh", "妇女人渣", ["妇女", "人渣"]),
        ("zh", "", []),
    ],
)
def test_phrases_are_found(language: str, text: str, found: list[str]) -> None:
    told = [text[start:end] for start, end in phrases_in(text, language)]

    assert told == found
