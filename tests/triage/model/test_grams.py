"""N-grams hash alike wherever they stand, and never reach over a text's end."""

import numpy as np

from letterdesk.triage.model.features import placed, rows_for, view
from letterdesk.triage.model.grams import char_grams, word_grams, words


def test_the_same_grams_hash_alike_wherever_they_stand() -> None:
    seen = view(["abc", "xxabcx"])
    (found,) = char_grams(seen.codes, orders=range(3, 4), salt=1)

    rows = seen.rows(found.starts).tolist()

    assert rows == [0, 1, 1, 1, 1]
    assert found.hashes[0] == found.hashes[3]
    assert len(set(found.hashes.tolist())) == 4


def test_words_hash_alike_wherever_they_stand() -> None:
    seen = view(["the bridge", "is the bridge, open?"])
    found = words(seen.codes)
    rows = seen.rows(found.starts)
    _, pairs = word_grams(found, rows=rows, orders=range(1, 3), salt=1)

    told = [
        "".join(map(chr, seen.codes[start:end].tolist()))
        for start, end in zip(pairs.starts, pairs.ends, strict=True)
    ]

    assert told == ["the bridge", "is the", "the bridge", "bridge, open"]
    assert pairs.hashes[0] == pairs.hashes[2]


def test_a_text_has_the_same_features_alone_and_among_others() -> None:
    texts = [
        "",
        "I don't hate gay people.",
        "나는 비가 싫다 ㅋㅋ",
        "我不讨厌女人",
        "a" * 5000,
        "so be it " * 2000,
        "a" * 100,
    ]
    for language in ("en", "ko", "zh"):
        together = rows_for(texts, language)
        for place, text in enumerate(texts):
            alone = rows_for([text], language)
            edges = together.edges[place : place + 2]

            assert together.columns[slice(*edges)].tolist() == alone.columns.tolist()


def test_features_are_placed_inside_their_text() -> None:
    for language, text in (("en", "so stupid!"), ("ko", "진짜 한심하다"), ("zh", "真恶心")):
        rows, columns, starts, ends = placed([text, "", text], language)

        assert columns.tolist() == rows_for([text, "", text], language).columns.tolist()
        for row in (0, 2):
            assert starts[rows == row].min() == 0
            assert ends[rows == row].max() == len(text)
            assert np.all(ends[rows == row] >= starts[rows == row])
