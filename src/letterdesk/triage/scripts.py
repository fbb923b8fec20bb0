"""Names in Arabic, Uyghur, Cyrillic, Tibetan, Burmese and other scripts, letter by letter.

For every script but Latin, Hangul and Han, which triage.protected_name knows better. Let
alone are case, spaces, invisible characters, marks that writers leave out as often as not
(vowel signs of Arabic and Hebrew, stress, the dots of ё and й), and Latin letters that look
like the Cyrillic ones around them. With that undone a name is surely one where it stands as
words of its own. Nearly one it is with an ending or a particle at its words (Uyghur
ئۆتكۈرنىڭ, Russian Петрова, Arabic وعبد), within other letters of a script that parts its
words by nothing, and where letters of the Arabic script are others of the same shape, as a
foreign keyboard has them. A kind of form tells the script and how many letters a name has,
so that texts are not tried for others.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

LEAST = 4  # letters and vowel signs of a name
_SURE = 8  # of one that no words have between them by chance
_WITH_ENDING = 5  # of one that an ending may follow
_LONGEST_ENDING, _LONGEST_PARTICLE = 12, 4  # letters
_UNPARTED = {"thai", "lao", "khmer", "myanmar", "kana"}
_KNOWN_BETTER = {"latin", "hangul", "cjk"}
_BARE = {"arabic", "hebrew", "syriac", "cyrillic", "greek", "combining"}  # without marks
_ONE = {"hiragana": "kana", "katakana": "kana"}
_UNSEEN = {"Cf", "Mn", "Me", "Lm"}  # categories of what is not compared, and parts nothing
_MARKS = {"Mn", "Me"}
_WITHIN = {"", "-", "‐", "‑", "'", "’"}  # between letters of one word
_PARTS = re.compile(r"[^\W_]|[.。!?！？؟۔։।॥။།༎]|..{2}")  # no name goes across
_BLANKS = re.compile(r"\s+")
_WORD, _CYRILLIC = re.compile(r"[^\W\d_]+"), re.compile("[\u0400-\u052f]")
_LOOKS = str.maketrans("aceopxykmthbiACEOPXYKMTHBI", "асеорхукмтнвіАСЕОРХУКМТНВІ")
_SEATS = "ئءٴ"  # of Arabic letters, written or not
_SHAPES = str.maketrans(
    "ىیېےکڪھەہةأإآٱۇۆۈۋ" + "әеэқғңөүуһҗый", "ييييككههههااااوووو" + "ааакгнооохжии"
) | str.maketrans({"я": "иа", "ю": "ио"})
_SILENT = f"{_SEATS}ьъ"
# Letters of Uyghur, Kazakh and their like, which papers write in Russian ones.
_TURKIC = re.compile("[әқғңөүұһҗ]")
_ENDINGS = {  # by script: Uyghur, Russian, Tibetan
    "arabic": "(?:لار|لەر|لىرى)?"
    "(?:نىڭ|نى|[غق]ا|[گك]ە|[دت][اە]|[دت]ىن|دىكى|[دت]ەك|چە|مۇ|كى)*",
    "cyrillic": "а|я|у|ю|е|ы|и|о[мвию]|е[мви]|[ыи][мх]|[ыи]ми|ому|ого|[ая][мх]|[ая]ми",
    "tibetan": "འི|འིས|ས|ར|འང|འོ",
}
_PARTICLES = {"arabic": "[وف]?(?:ال|لل|[بلك](?:ال)?)?", "hebrew": "[והבלמשכ]{1,2}"}
_LATIN = "a e b p t j ch x d r z zh s sh gh f q k g ng l m n h o u o u w e i y"
_UYGHUR = dict(zip("اەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي", _LATIN.split(), strict=True))

_Read = Callable[[str], str]


@dataclass(frozen=True)
class _Run:
    """Letters of a script that nothing but a sign or two sets apart, and where each stands.

    `words` has for each letter where its word begins in `letters`.
    """

    script: str
    letters: str
    places: list[int]
    words: list[int]

    def head(self, start: int) -> str:
        """Give what stands before a letter in its word."""
        return self.letters[self.words[start] : start]

    def tail(self, end: int) -> str:
        """Give what follows the letter before `end` in its word, or the first of it."""
        last = min(end + _LONGEST_ENDING + 1, len(self.letters))
        while last > end and self.words[last - 1] != self.words[end - 1]:
            last -= 1
        return self.letters[end:last]


def count(text: str) -> int:
    """Count the letters of these scripts."""
    return sum(len(_plain(char)) for char in text)


def of_letters(text: str) -> frozenset[str]:
    """Give the scripts that the letters of a text are of."""
    letters = unicodedata.normalize("NFKC", text)
    return frozenset(_script(one) for one in letters if _is_letter(one))


def _is_letter(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] == "L" and category != "Lm"


def forms_of(name: str) -> tuple[list[str], list[str]]:
    """Give the forms of a name, exact and near; none where it is too short."""
    return _of_kind(_plain, name), _of_kind(_by_shape, name)


def in_latin(name: str) -> list[str]:
    """Give the words of a Uyghur name in Arabic letters as they are in Latin; else none."""
    words = unicodedata.normalize("NFKC", name).replace("ئ", "").split()
    spelt = ["".join(_UYGHUR.get(char, "?") for char in word) for word in words]
    return [] if "?" in "".join(spelt) else spelt


def candidates(
    text: str, sizes: Mapping[str, Collection[int]]
) -> Iterator[tuple[str, int, int, bool]]:
    """Give the forms of all that may be a name of so many letters, by kind of form.

    With each, where it stands, and whether it is at best nearly a name.
    """
    plain = _untangled(text)
    for read in (_plain, _by_shape) if sizes else ():
        for run in _runs(plain, read):
            kind = _kind(run.script, read)
            for start, end in _windows(len(run.letters), sizes.get(kind, ())):
                is_sure = _stands(run, start, end, by_shape=read is _by_shape)
                if is_sure is not None:
                    form = f"{kind}{end - start} {run.letters[start:end]}"
                    place = _with_marks(text, run.places[start], run.places[end - 1] + 1)
                    yield form, *place, not is_sure


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Give where letters stand with the seat before them and the marks behind them."""
    while start and text[start - 1] in _SEATS:
        start -= 1
    while end < len(text) and unicodedata.category(text[end]) in _MARKS:
        end += 1
    return start, end


def _windows(length: int, sizes: Collection[int]) -> Iterator[tuple[int, int]]:
    for size in sorted(sizes):
        yield from ((start, start + size) for start in range(length - size + 1))


def _of_kind(read: _Read, name: str) -> list[str]:
    """Give the letters of a name in its order, and with its last part first.

    None where they are too few, or of two scripts, or by shape where shapes are no matter.
    """
    plain = _untangled(name)
    seen = "".join(char for char in plain if read(char) or not _is_nothing(char))
    parts = "".join(char if read(char) else " " for char in seen).split()
    words = ["".join(map(read, part)) for part in parts]
    whole = {"".join(words), "".join([*words[-1:], *words[:-1]])}
    scripts = {_script(char) for char in "".join(words)}
    if len(scripts) != 1 or (read is _by_shape and not _has_shapes(scripts, name)):
        return []
    kind = _kind(scripts.pop(), read)
    return [f"{kind}{len(one)} {one}" for one in sorted(whole) if len(one) >= LEAST]


def _has_shapes(scripts: set[str], name: str) -> bool:
    """Say whether writers have other letters for those of a name."""
    is_turkic = scripts == {"cyrillic"} and bool(_TURKIC.search(name.casefold()))
    return scripts == {"arabic"} or is_turkic


def _untangled(text: str) -> str:
    """Give Cyrillic letters for Latin ones that look like them, in words with Cyrillic."""

    def plain(word: re.Match[str]) -> str:
        return word[0].translate(_LOOKS) if _CYRILLIC.search(word[0]) else word[0]

    return _WORD.sub(plain, text)


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """Give what of a character is compared."""
    return "".join(filter(_counts, unicodedata.normalize("NFKD", char).casefold()))


@lru_cache(maxsize=8192)
def _by_shape(char: str) -> str:
    """Give what of a character is compared nearly."""
    if unicodedata.normalize("NFKC", char).casefold() in _SILENT:
        return ""
    return _plain(char).translate(_SHAPES)


def _kind(script: str, read: _Read) -> str:
    return f"{script}{'shape' if read is _by_shape else ''}"


def _counts(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] == "M":
        return _script(char) not in _BARE
    return category[0] == "L" and category != "Lm" and _script(char) not in _KNOWN_BETTER


@lru_cache(maxsize=8192)
def _is_nothing(char: str) -> bool:
    """Say whether a character that is not compared parts no words either."""
    return char in _SILENT or unicodedata.category(char) in _UNSEEN


@lru_cache(maxsize=8192)
def _script(char: str) -> str:
    first = re.split("[ -]", unicodedata.name(char, "").lower(), maxsplit=1)[0]
    return _ONE.get(first, first)


def _runs(text: str, read: _Read) -> Iterator[_Run]:
    script, letters, places, words, gap = "", list[str](), list[int](), list[int](), ""
    for place, char in enumerate(text):
        found = read(char)
        if not found:
            gap += "" if _is_nothing(char) else char
            continue
        now = _script(found[0])
        if places and (now != script or _PARTS.search(_BLANKS.sub(" ", gap))):
            yield _Run(script, "".join(letters), places, words)
            letters, places, words = [], [], []
        word = words[-1] if words and gap in _WITHIN else len(places)
        words += [word] * len(found)
        places += [place] * len(found)
        letters.append(found)
        script, gap = now, ""
    if places:
        yield _Run(script, "".join(letters), places, words)


def _stands(run: _Run, start: int, end: int, *, by_shape: bool) -> bool | None:
    """Say whether letters stand as a name does: surely, nearly, or not at all (None)."""
    before = start - run.words[start]
    if run.script in _UNPARTED:
        return end - start >= _SURE or not (before or run.tail(end))
    if before > _LONGEST_PARTICLE:
        return None
    head, tail = run.head(start), run.tail(end)
    if not head and not tail:
        return True
    if tail and end - start < _WITH_ENDING:
        return None
    fits = _may_be(_PARTICLES.get(run.script, ""), head, by_shape) and _may_be(
        _ENDINGS.get(run.script, ""), tail, by_shape
    )
    return False if fits else None


def _may_be(parts: str, letters: str, by_shape: bool) -> bool:  # noqa: FBT001 -- a fact
    return not letters or bool(_pattern(parts, by_shape).fullmatch(letters))


@lru_cache(maxsize=32)
def _pattern(parts: str, by_shape: bool) -> re.Pattern[str]:  # noqa: FBT001 -- a fact
    return re.compile(parts.translate(_SHAPES) if by_shape else parts)
