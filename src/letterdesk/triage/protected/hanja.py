"""Korean names in Hanja, by how these are read: 金敏秀 for 김민수, 南宮民 for 남궁민.

They begin with a surname; a given name is read in all ways that its letters have. Shorter
names than three letters would be read into any Chinese text.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice, product

from letterdesk.triage.protected.letters import jamo_of
from letterdesk.triage.protected.runs import FAMILIES
from letterdesk.triage.protected.words import is_word, simplified

_LEAST = 3  # letters of a name
_SURE = "金李朴崔"  # surnames of half of all Koreans
_MOST = 16  # ways to read one


def candidates(text: str, sizes: Collection[int]) -> Iterator[tuple[str, int, int]]:
    """Give how what may be a name of so many letters is read, in jamo, and where it is."""
    lengths = [size for size in sizes if size >= _LEAST]
    if not lengths or text.isascii():
        return
    for found in _family().finditer(text):
        start, behind = found.start(), found[1]
        letters = found[0] + behind.replace(" ", "")
        given = 2 if letters[:2] in _families() else 1
        if letters[:given] not in _families() or _is_of_words(text, start, letters, given):
            continue
        ends = [
            found.end(),
            *(found.end() + 1 + at for at, one in enumerate(behind) if one != " "),
        ]
        for size in lengths:
            for read in _read(letters[given:size]) if size <= len(letters) else ():
                whole = jamo_of(_families()[letters[:given]] + read)
                yield f"hangul{size} {whole}", start, ends[size - 1]


def _is_of_words(text: str, start: int, letters: str, given: int) -> bool:
    """Say whether a surname is a word with the letter on one side: 女权, 文章."""
    return is_word(text[max(0, start - 1) : start + 1]) or (
        letters[0] not in _SURE and is_word(letters[given - 1 : given + 1])
    )


def _read(letters: str) -> Iterator[str]:
    ways = product(*(_readings().get(letter, "") for letter in letters))
    return map("".join, islice(ways, _MOST))


@cache
def _readings() -> dict[str, str]:
    raw = files("letterdesk.triage.protected").joinpath("hanja.txt").read_text("utf-8")
    found: dict[str, str] = defaultdict(str)
    for line in raw.splitlines():
        if not line.startswith("#"):
            read, letters = line.split(" ")
            for letter in letters:
                found[letter] += read
    return dict(found)


@cache
def _families() -> dict[str, str]:
    return FAMILIES | {simplified(written): read for written, read in FAMILIES.items()}


@cache
def _family() -> re.Pattern[str]:
    first = "".join({family[0] for family in _families()})
    return re.compile(f"[{first}](?=((?: ?[\u3400-\u9fff]){{2,4}}))")
