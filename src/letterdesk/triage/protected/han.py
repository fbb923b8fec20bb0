"""Names in Han among other letters of Han, where nothing parts words."""

import re

from letterdesk.triage.protected.letters import HAN
from letterdesk.triage.protected.words import is_word

# Letters beside which a name stands, as words of one letter or the ends of longer ones.
# Between two others a name of two or three letters may be parts of words: 国王 + 小 + 明星.
_LEADING = frozenset(
    "是叫和跟与與及同对對给給把被让讓向找问問说說见見识識认認为為由的了在就也都还還我你您他她"
    "们們人者员員长長友师師名姓替帮幫比除像连連请請写寫从從到等有没沒提于於将將着著过過"
)
_FOLLOWING = frozenset(
    "的了是说說在和也就都干家先老医醫被把对對给給与與跟跑及有没沒去来來会會要不已你我他她们們那"
    "这這可之等氏曾正将將从從因却又只太做当當住为為让讓知告打杀殺死拿偷写寫到还還同女男"
)
_TWO_LETTERS = 2
_LONG = 4  # letters of a name that no words have between them by chance
_TWO = re.compile("([\u3400-\u9fff])([^\u3400-\u9fff]*)([\u3400-\u9fff])")
_PARTED = re.compile(r"[.,:;!?。，、：；！？\"“”‘’()（）《》「」\n\[\]]|.{2}", re.DOTALL)


def is_among_others(text: str, start: int, end: int) -> bool:
    """Say whether letters on both sides of a short name may be of words with it."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (
        end - start < _LONG
        and bool(HAN.match(before) and HAN.match(after))
        and before not in _LEADING
        and after not in _FOLLOWING
    )


def is_between_words(text: str, start: int, end: int) -> bool:
    """Say whether of two letters of Han each is of a common word with the letter beside it.

    一周|平均 has 周平. That a name stands so, with a word's half on either side, is rare.
    """
    if end - start != _TWO_LETTERS or not (start > 0 and end < len(text)):
        return False
    return is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])


def is_of_words(text: str, start: int, end: int) -> bool:
    """Say whether two letters of Han that sound like a name belong to ordinary words.

    They do where they are a word (理解), where one makes a word with the letter beside it
    (哪里|拿的), or a sign parts them. A longer name sounds like no words by chance.
    """
    if not (two := _TWO.fullmatch(text, start, end)):
        return False
    first, gap, last = two.groups()
    beside = (text[max(0, start - 1) : start] + first, last + text[end : end + 1])
    return bool(_PARTED.search(gap)) or any(map(is_word, (first + last, *beside)))
