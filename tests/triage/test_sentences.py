"""Sentences and words are found where they stand."""

from letterdesk.triage.sentences import sentence_spans, starts


def test_sentences_end_with_a_sign_and_not_within_a_number() -> None:
    text = " At 9.15 it began. 끝났다！真的？ “Yes.” "

    told = [text[start:end] for start, end in sentence_spans(text)]

    assert told == ["At 9.15 it began.", "끝났다！", "真的？", "“Yes.”"]


def test_each_word_begins_after_the_one_before_it() -> None:
    assert starts("on and on: on", ["on", "and", "on", "on"]) == [0, 3, 7, 11]
