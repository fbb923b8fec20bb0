"""What in a text may be a name, as the forms that names are kept in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise

from letterdesk.triage import scripts
from letterdesk.triage.escapes import unescaped
from letterdesk.triage.normal import Normal, normal
from letterdesk.triage.pinyin import sounded, sounded_mixed
from letterdesk.triage.pried import blanked, pried
from letterdesk.triage.protected.letters import (
    HAN,
    HANGUL,
    LEAST,
    MOST,
    MOST_LATIN,
    MOST_WORDS,
    WORD,
    bare,
    jamo_of,
    plain_latin,
    sound_of,
    with_error,
)
from letterdesk.triage.spelt import uyghur_sound

_LONG = re.compile("([a-z]+)([0-9]+)")  # a longer name's kind of form, another script's
_IN_LATIN = frozenset({"latin", "sound", "spelt", "uyghur"})  # kinds of forms
_PAIR_GAP = 2  # characters between a name's two words
_MIXED = re.compile("[\u3400-\u9fff] ?[a-z]{2}|[a-z]{2} ?[\u3400-\u9fff]")
# As triage.pinyin writes them; no name in Han has other letters in what it sounds like.
_SYLLABLES = re.compile("[\u3400-\u9fff\ue000-\uf8ff]+")
_IN_HANGUL = dict(  # surnames that papers write in Hanja before a name in Hangul
    zip(
        "金李朴崔鄭姜趙尹張林韓吳徐申權黃安宋柳洪全高文梁孫裵曺許劉南沈盧河郭成車朱禹具",
        "김이박최정강조윤장임한오서신권황안송유홍전고문양손배조허유남심노하곽성차주우구",
        strict=True,
    )
)
_HANJA = re.compile(f"[{''.join(_IN_HANGUL)}](?=[ ·]?[가-힣])")
# Han letters beside which a name stands, as words of one letter or the ends of longer ones.
# Between two others a name of two or three letters may be parts of words: 国王 + 小 + 明星.
_LEADING = frozenset(
    "是叫和跟与與及同对對给給把被让讓向找问問说說见見识識认認为為由的了在就也都还還我你您他她"
    "们們人者员員长長友师師名姓替帮幫比除像连連请請写寫从從到等有没沒提于於将將着著过過"
)
_FOLLOWING = frozenset(
    "的了是说說在和也就都干家先老医醫被把对對给給与與跟跑及有没沒去来來会會要不已你我他她们們那"
    "这這可之等氏曾正将將从從因却又只太做当當住为為让讓知告打杀殺死拿偷写寫到还還同女男"
)
_LONG_HAN = 4  # letters of a name that no words have between them by chance

_Candidates = Iterator[tuple[str, int, int]]  # a form, and where it stands
_Tried = tuple[str, Normal, int, int, bool]  # with what it stands in, and if at best nearly
_Longer = Callable[[str, frozenset[int]], _Candidates]


def tried(text: str, kinds: frozenset[str]) -> Iterator[_Tried]:
    """Give the forms of all that may be a name, where it stands, and if at best nearly."""
    text = unescaped(text)
    plain = plain_latin(normal(text))
    bare = pried(plain)
    for form, start, end in _candidates(text, plain, kinds):
        yield form, plain, start, end, False
    if bare:
        known = {form for form, *_ in _candidates(text, plain, kinds)}
        for form, start, end in _candidates(text, bare, kinds):
            if form not in known:  # most are: hashes take the longest
                yield form, bare, start, end, True
    others = {one: of for one, of in _long(kinds).items() if one not in _LONG_CANDIDATES}
    if others:
        yield from _tried_in_scripts(text, others)


def is_among_others(text: str, start: int, end: int) -> bool:
    """Say whether Han letters on both sides of a short name may be of words with it."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (
        end - start < _LONG_HAN
        and bool(HAN.match(before) and HAN.match(after))
        and before not in _LEADING
        and after not in _FOLLOWING
    )


def _tried_in_scripts(text: str, sizes: Mapping[str, frozenset[int]]) -> Iterator[_Tried]:
    read = Normal(text, range(len(text)), range(1, len(text) + 1))
    for seen in dict.fromkeys((text, blanked(text))):
        for form, start, end, is_near in scripts.candidates(seen, sizes):
            yield form, read, start, end, is_near or seen != text


def _candidates(
    text: str, read: Normal, kinds: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """Give the forms of all that may be a name in a text, and where each stands."""
    if kinds & _IN_LATIN:
        yield from _latin_candidates(read.text, kinds)
    if "pair" in kinds:
        yield from _pairs(text, read)
    if "hangul" in kinds:
        yield from _hangul_candidates(read.text)
    if kinds & {"han", "pinyin"}:
        yield from _han_candidates(read.text)
    for script, sizes in _long(kinds).items():
        if script in _LONG_CANDIDATES:
            yield from _LONG_CANDIDATES[script](read.text, sizes)


def _long(kinds: Iterable[str]) -> dict[str, frozenset[int]]:
    """Give of how many letters longer names are, by script."""
    found: dict[str, frozenset[int]] = {}
    for kind in kinds:
        if long := _LONG.fullmatch(kind):
            script, size = long[1], int(long[2])
            found[script] = found.get(script, frozenset()) | {size}
    return found


def _latin_candidates(text: str, kinds: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    words = _latin_words(text)
    for first in range(len(words)):
        whole = ""
        for word, _, end in words[first : first + MOST_WORDS]:
            whole += word
            if len(whole) > MOST_LATIN:
                break
            if len(whole) >= LEAST["latin"]:
                start = words[first][1]
                yield from ((form, start, end) for form in _in_latin(whole, kinds))


def _in_latin(whole: str, kinds: frozenset[str]) -> Iterator[str]:
    """Give the forms of letters that may be a whole name."""
    if "sound" in kinds:
        yield f"sound {sound_of(whole)}"
    if "spelt" in kinds:
        yield f"spelt {whole}"
    if "uyghur" in kinds and (sound := uyghur_sound(whole)):
        yield f"uyghur {sound}"
    if "latin" in kinds:
        yield f"latin {whole}"
        yield from with_error("latin", whole)


def _latin_words(text: str) -> list[tuple[str, int, int]]:
    """Give the words of a text without signs in them, and where each stands."""
    return [(bare(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]


def _pairs(text: str, read: Normal) -> Iterator[tuple[str, int, int]]:
    """Give two words with capitals side by side as one form: Na Li."""
    for one, other in pairwise(_latin_words(read.text)):
        starts = (read.starts[one[1]], read.starts[other[1]])
        if other[1] - one[2] <= _PAIR_GAP and all(text[at].isupper() for at in starts):
            yield f"pair {one[0]}{other[0]}", one[1], other[2]


def _long_latin(
    text: str, sizes: frozenset[int], kind: str = "latin"
) -> Iterator[tuple[str, int, int]]:
    words, most = _latin_words(text), max(sizes)
    for first in range(len(words)):
        whole = ""
        for word, _, end in words[first:]:
            whole += word
            if len(whole) in sizes:
                yield f"{kind}{len(whole)} {whole}", words[first][1], end
            if len(whole) >= most:
                break


def _hangul_candidates(text: str) -> Iterator[tuple[str, int, int]]:
    plain = _HANJA.sub(lambda family: _IN_HANGUL[family[0]], text)
    for letters, places in _runs(plain, HANGUL):
        for start, end in _windows(len(letters), LEAST["hangul"], MOST["hangul"]):
            jamo = jamo_of(letters[start:end])
            here = places[start], places[end - 1] + 1
            yield f"hangul {jamo}", *here
            for form in with_error("hangul", jamo):
                yield form, *here


def _long_hangul(text: str, sizes: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    for letters, places in _runs(text, HANGUL):
        for start, end in _stretches(len(letters), sizes):
            jamo = jamo_of(letters[start:end])
            yield f"hangul{end - start} {jamo}", places[start], places[end - 1] + 1


def _han_candidates(text: str) -> Iterator[tuple[str, int, int]]:
    for letters, places in _runs(text, HAN):
        for start, end in _windows(len(letters), LEAST["han"], MOST["han"]):
            yield f"han {letters[start:end]}", places[start], places[end - 1] + 1
    ways = [sounded(text)]
    if _MIXED.search(text):
        ways.append(sounded_mixed(text))
    for sounds, at in ways:
        for run in _SYLLABLES.finditer(sounds):
            for first, last in _windows(len(run[0]), LEAST["han"], MOST["han"]):
                start, end = run.start() + first, run.start() + last
                yield f"pinyin {sounds[start:end]}", at[start], _end_of(text, at, end)


def _long_han(text: str, sizes: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    for letters, places in _runs(text, HAN):
        for start, end in _stretches(len(letters), sizes):
            whole = letters[start:end]
            yield f"han{end - start} {whole}", places[start], places[end - 1] + 1


def _long_pinyin(text: str, sizes: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    sounds, at = sounded(text)
    for run in _SYLLABLES.finditer(sounds):
        for first, last in _stretches(len(run[0]), sizes):
            start, end = run.start() + first, run.start() + last
            yield (
                f"pinyin{end - start} {sounds[start:end]}",
                at[start],
                _end_of(text, at, end),
            )


_LONG_CANDIDATES: dict[str, _Longer] = {
    "latin": _long_latin,
    "spelt": partial(_long_latin, kind="spelt"),
    "hangul": _long_hangul,
    "han": _long_han,
    "pinyin": _long_pinyin,
}


def _end_of(text: str, at: list[int], end: int) -> int:
    """Give where a stretch's last sound ends: a letter of Han, or a syllable of pinyin."""
    last = at[end - 1]
    if not text[last].isascii():
        return last + 1
    following = at[end] if end < len(at) else len(text)
    return last + len(text[last:following].rstrip())


def _runs(text: str, letter: re.Pattern[str]) -> Iterator[tuple[str, list[int]]]:
    """Give letters of a script that nothing but a sign or two sets apart."""
    places: list[int] = []
    for found in letter.finditer(text):
        if places and re.search(
            r"\w|[.。!?！？\n]|..{2}", text[places[-1] + 1 : found.start()]
        ):
            yield "".join(text[place] for place in places), places
            places = []
        places.append(found.start())
    if places:
        yield "".join(text[place] for place in places), places


def _windows(length: int, least: int, most: int) -> Iterator[tuple[int, int]]:
    for start in range(length):
        for size in range(least, min(most, length - start) + 1):
            yield start, start + size


def _stretches(length: int, sizes: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Give the stretches of just so many letters of a run."""
    for size in sorted(sizes):
        yield from ((start, start + size) for start in range(length - size + 1))
