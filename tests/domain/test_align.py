from itertools import combinations, product
from typing import overload

import pytest

from letterdesk.domain.align import NOTE, align
from letterdesk.domain.words import Word, words


def places(original: str, edited: str) -> list[int] | None:
    """Give the alignment of texts in which a word in capitals is a note."""
    notes = [(word.start, word.end) for word in words(edited) if word.text.isupper()]
    return align(words(original), words(edited, notes=notes))


@pytest.mark.parametrize(
    ("original", "edited", "expected"),
    [
        ("a b c", "a b c", [0, 1, 2]),
        ("a b c", "a c", [0, 2]),
        ("a b c", "c a", None),
        ("a b c", "a a", None),
        ("a b c", "A b c", [NOTE, 1, 2]),
        ("a b c", "a B C", [0, NOTE, NOTE]),
        ("a b c", "a b c A", None),
        ("a b c", "a A b c", None),
        ("a b a c", "A a c", [NOTE, 2, 3]),
        # The fewest cuts.
        ("one the x the man came in", "one the man came in", [0, 1, 4, 5, 6]),
        ("a b the old b the town end", "a the town end", [0, 5, 6, 7]),
        ("a x b y a b c", "a b c", [4, 5, 6]),
        ("a B x , y , z", "a , z", [0, 5, 6]),
        # A gap behind a note joins it.
        ("a b , c , d", "a B , d", [0, NOTE, 4, 5]),
        # Where a sentence begins, or at least a word.
        ("he lied . he stole . he ran .", "he lied . he ran .", [0, 1, 2, 6, 7, 8]),
        ("he lied . he stole .", "he lied .", [0, 1, 2]),
        ("i like a\ni like b\ni like c", "i like a\ni like c", [0, 1, 2, 6, 7, 8]),
        ("a,b,c", "a,c", [0, 1, 4]),
        ("他说谎。他偷窃。他逃跑。", "他说谎。他逃跑。", [0, 1, 2, 3, 8, 9, 10, 11]),
        # White space between words that stay together stays too.
        ("好人", "好 人", None),
        ("好 人", "好人", None),
        ("好 人好人", "好人", [2, 3]),
        ("好人 坏人", "好 人", [0, 3]),
        ("甲 乙丙甲乙", "甲乙", [3, 4]),
        ("甲,乙 甲乙", "甲 乙", [0, 4]),
        (" a b", "a b", [0, 1]),
    ],
)
def test_kept_words_are_found(
    original: str, edited: str, expected: list[int] | None
) -> None:
    assert places(original, edited) == expected


def test_every_subsequence_is_found_and_nothing_else() -> None:
    for length in range(1, 6):
        for original in product("ab,", repeat=length):
            kept = {
                chosen
                for size in range(1, length + 1)
                for chosen in combinations(original, size)
            }
            for size in range(1, 4):
                for edited in product("ab,", repeat=size):
                    found = places(" ".join(original), " ".join(edited))
                    assert (found is not None) == (edited in kept)
                    assert found is None or found == sorted(set(found))
                    assert found is None or tuple(original[at] for at in found) == edited


class _Counted(list[Word]):
    """Words that count how often they are looked at."""

    looks = 0

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...
    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        self.looks += 1
        return super().__getitem__(at)


@pytest.mark.parametrize(
    ("original", "edited"),
    [
        ("a b " * 1250, "b " * 1250),
        ("a b " * 1250, "a " * 1250),
        ("a " * 2500, "a " * 1250),
        ("a " * 2500, "A " * 1000 + "a"),
        ("a b c " * 800, "c b a " * 800),
        ("a b " * 1250, "b a " * 600),
        ("好坏" * 2500, "坏" * 2500),
        ("[" * 5000, "[" * 2500),
        ("a , " * 1250, "a " * 600 + ", " * 600),
    ],
)
def test_hostile_repetition_takes_steps_in_proportion_to_the_words(
    original: str, edited: str
) -> None:
    source = _Counted(words(original))
    notes = [(word.start, word.end) for word in words(edited) if word.text.isupper()]

    align(source, words(edited, notes=notes))

    assert source.looks <= 8 * len(source)
