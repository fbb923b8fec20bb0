"""What in a text may be a name, as the forms that names are kept in."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise

from letterdesk.triage import scripts
from letterdesk.triage.escapes import unescaped
from letterdesk.triage.normal import Normal, normal
from letterdesk.triage.pried import blanked, pried, with_small_l, without_tones
from letterdesk.triage.protected import hanja, initials, unsized
from letterdesk.triage.protected.letters import HAN, HANGUL, jamo_of, plain_latin, sound_of
from letterdesk.triage.protected.runs import in_hangul, latin_words, runs, sounds, windows
from letterdesk.triage.spelt import is_of_two, uyghur_sound

_SIZED = re.compile("([a-z]+)~?([0-9]+)")  # a kind of form
_WITH_MIDDLE = re.compile(r"[^\W\da-z_][\w'’\-]+ [^\W\da-z_][\w'’\-]+ [^\W\da-z_]")
_PAIR_GAP = 2  # characters between a name's two words
_SPELT_BY = 2  # letters for one of how a name sounds, at most: Hyeonseung


class Told(Enum):
    """How a name is told that a text gives in some form."""

    AS_IT_IS = auto()  # as the form that is listed: surely, or nearly
    NEARLY = auto()  # at best
    WITHOUT_ERROR = auto()  # nearly, and only if the form has no typing error


_Sizes = Mapping[str, frozenset[int]]  # letters of the names that are listed, by kind
_Candidates = Iterable[tuple[str, int, int]]  # a form, and where it stands
# Beginnings of forms that are letters as they stand; kinds that go by sound, with sizes.
_Tries = tuple[list[str], list[tuple[str, frozenset[int]]]]
_NEITHER: _Tries = ([], [])
_Tried = tuple[str, Normal, int, int, Told]  # with what it stands in, and how it is told


def tried(text: str, kinds: frozenset[str]) -> Iterator[_Tried]:
    """Give the forms of all that may be a name, where each stands, and how it is told."""
    text = unescaped(text)
    known, sizes = set[str](), _sizes(kinds)
    for read, is_near in _readings(text):
        told = Told.NEARLY if is_near else Told.AS_IT_IS
        some = [*_candidates(text, read, kinds)]
        if is_near:  # hashes take the longest
            some = [one for one in some if one[0] not in known]
        for form, start, end in some:
            yield form, read, start, end, told
        known.update([form for form, _, _ in some])
        for form, start, end in hanja.candidates(read.text, sizes.get("hangul", ())):
            yield form, read, start, end, Told.WITHOUT_ERROR
    if "latin" in sizes and _WITH_MIDDLE.search(text):
        yield from _without_middle(text, sizes["latin"])
    yield from _tried_in_scripts(text, sizes)


def _readings(text: str) -> Iterator[tuple[Normal, bool]]:
    """Give how a text may be read, and whether whom it names only so is nearly named."""
    plain = plain_latin(normal(text))
    yield plain, False
    for bare in pried(plain, text):
        yield bare, True
    for other in (without_tones(text), with_small_l(text)):
        if other != text:
            yield plain_latin(normal(other)), True


def _without_middle(text: str, sizes: Collection[int]) -> Iterator[_Tried]:
    """Give two words with capitals without the one between them: Maria Anna Schmidt."""
    read = plain_latin(normal(text))
    words = latin_words(read.text)
    for first, middle, last in zip(words, words[1:], words[2:], strict=False):
        whole = first[0] + last[0]
        is_named = all(text[read.starts[one[1]]].isupper() for one in (first, middle, last))
        is_close = middle[1] - first[2] == 1 == last[1] - middle[2]
        if len(whole) in sizes and is_named and is_close:
            form = f"latin{len(whole)} {whole}"
            yield form, read, first[1], last[2], Told.WITHOUT_ERROR


def _tried_in_scripts(text: str, sizes: _Sizes) -> Iterator[_Tried]:
    others = {kind: some for kind, some in sizes.items() if kind not in _KINDS}
    if not others:
        return
    read = Normal(text, range(len(text)), range(1, len(text) + 1))
    for seen in dict.fromkeys((text, blanked(text))):
        for form, start, end, is_near in scripts.candidates(seen, others):
            is_at_best_near = is_near or seen != text
            yield form, read, start, end, Told.NEARLY if is_at_best_near else Told.AS_IT_IS


def _candidates(
    text: str, read: Normal, kinds: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """Give the forms of all that may be a name in a text, and where each stands."""
    sizes = _sizes(kinds)
    for some, candidates in _WAYS:
        if not sizes.keys().isdisjoint(some):
            yield from candidates(read.text, kinds)
    if "pair" in kinds:
        yield from _pairs(text, read)
    if short := sizes.get("initials"):
        for letters, start, end in initials.candidates(text, read, short):
            yield f"initials{len(letters)} {letters}", start, end
    if kinds & unsized.KINDS:
        yield from unsized.candidates(read.text, kinds)


@lru_cache(maxsize=256)
def _sizes(kinds: frozenset[str]) -> _Sizes:
    """Give of how many letters the forms of each kind are; texts have no kind with a ~."""
    found: dict[str, frozenset[int]] = {}
    for kind in kinds:
        if sized := _SIZED.fullmatch(kind):
            found[sized[1]] = found.get(sized[1], frozenset()) | {int(sized[2])}
    return found


def _in_latin(text: str, kinds: frozenset[str]) -> _Candidates:
    """Give words, run together, that have as many letters as a name, or sound like one."""
    words = latin_words(text)
    tried_for = _by_length(kinds)
    most = max(tried_for)
    found: list[tuple[str, int, int]] = []
    for first, (_, start, _) in enumerate(words):
        whole = ""
        for word, _, end in words[first:]:
            whole += word
            if len(whole) > most:
                break
            written, heard = tried_for.get(len(whole), _NEITHER)
            for kind in written:
                found.append((kind + whole, start, end))  # noqa: PERF401 -- innermost: quicker
            for kind, sizes in heard:
                letters = _HEARD[kind](whole)
                if len(letters) in sizes:
                    found.append((f"{kind}{len(letters)} {letters}", start, end))
    return found


@lru_cache(maxsize=256)
def _by_length(kinds: frozenset[str]) -> dict[int, _Tries]:
    """Give the kinds of which so many letters may be a form: as it is, or as it sounds."""
    sizes = _sizes(kinds)
    found: dict[int, _Tries] = {}
    for kind in filter(sizes.__contains__, _WRITTEN):
        for size in sizes[kind]:
            found.setdefault(size, ([], []))[0].append(f"{kind}{size} ")
    for kind in filter(sizes.__contains__, _HEARD):
        some = sizes[kind]
        for size in range(min(some), max(some) * _SPELT_BY + 1):
            found.setdefault(size, ([], []))[1].append((kind, some))
    return found


def _pairs(text: str, read: Normal) -> _Candidates:
    """Give two words with capitals side by side as one form, and one of two syllables.

    Na Li, Nali.
    """
    words = latin_words(read.text)
    for one, other in pairwise(words):
        starts = (read.starts[one[1]], read.starts[other[1]])
        if other[1] - one[2] <= _PAIR_GAP and all(text[at].isupper() for at in starts):
            yield f"pair {one[0]}{other[0]}", one[1], other[2]
    for word, start, end in words:
        written = text[read.starts[start] : read.ends[end - 1]]
        if written[0].isupper() and not written.isupper() and is_of_two(word):
            yield f"pair {word}", start, end


def _in_hangul(text: str, kinds: frozenset[str]) -> _Candidates:
    if text.isascii():
        return
    sizes = _sizes(kinds)["hangul"]
    for letters, places in runs(in_hangul(text), HANGUL):
        jamo = list(map(jamo_of, letters))
        for start, end in windows(len(letters), sizes):
            form = f"hangul{end - start} {''.join(jamo[start:end])}"
            yield form, places[start], places[end - 1] + 1


def _in_han(text: str, kinds: frozenset[str]) -> _Candidates:
    if text.isascii():
        return
    sizes = _sizes(kinds)["han"]
    for letters, places in runs(text, HAN):
        for start, end in windows(len(letters), sizes):
            form = f"han{end - start} {letters[start:end]}"
            yield form, places[start], places[end - 1] + 1


def _by_sound(text: str, kinds: frozenset[str]) -> _Candidates:
    sizes = _sizes(kinds)["pinyin"]
    for heard, places in sounds(text):
        for start, end in windows(len(heard), sizes):
            form = f"pinyin{end - start} {heard[start:end]}"
            yield form, places[start][0], places[end - 1][1]


_WRITTEN = ("latin", "spelt", "typed")  # what of words in Latin letters is compared
_HEARD: dict[str, Callable[[str], str]] = {"sound": sound_of, "uyghur": uyghur_sound}
_WAYS: tuple[tuple[tuple[str, ...], Callable[[str, frozenset[str]], _Candidates]], ...] = (
    ((*_WRITTEN, *_HEARD), _in_latin),
    (("hangul",), _in_hangul),
    (("han",), _in_han),
    (("pinyin",), _by_sound),
)
_KINDS = frozenset({"initials", *(kind for some, _ in _WAYS for kind in some)})
