"""Does it name somebody who must not be named? A list of keyed hashes that names nobody.

Of a name only HMACs (RFC 2104) of its normal forms are kept, and of those forms with one
letter left out: two texts that differ by one letter, however, have such a form in common
(Bocek et al., 2007). Without the key a list of hashes cannot be tried against names.

What is matched: any spacing, case, look-alike and disguise that triage.normal undoes;
Hangul, and its romanisations by how they sound; Han, and pinyin or homophones; one typing
error. A name in another script, such as Hanja, is another spelling that an editor gives;
how those beside Latin, Hangul and Han are compared, triage.scripts says. A short name in
Han among other letters of Han is told as nearly one.

A name of more words or letters than most, such as Daw Khin Aye Moe Thein or
热依汗古丽·买买提, is looked for as a whole, without an error, by its number of letters.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from itertools import pairwise

from letterdesk.triage import scripts
from letterdesk.triage.escapes import unescaped
from letterdesk.triage.hangul import apart, is_syllable, latin
from letterdesk.triage.normal import Normal, normal
from letterdesk.triage.pinyin import sounded, sounded_mixed
from letterdesk.triage.pried import blanked, pried
from letterdesk.triage.signal import Kind, Signal, Span
from letterdesk.triage.spelt import in_cyrillic, of_han, uyghur_sound

# Letters; a shorter name is in every text. Of other scripts it is scripts.LEAST.
LEAST = {"latin": 4, "hangul": 2, "han": 2}
_NEAR = 0.6  # the score of what is only nearly a name
_MOST_WORDS, _MOST_LATIN = 4, 32  # of a name in Latin letters
_MOST = {"hangul": 5, "han": 4}
_LONG = re.compile("([a-z]+)([0-9]+)")  # a longer name's kind of form, another script's
_LEAST_WITH_ERROR = 6  # letters or jamo, below which one of them makes another name
_SIZE = 16  # bytes of an HMAC that are kept
_BLOCK = 64  # bytes, of SHA-256
_INNER, _OUTER = bytes(n ^ 0x36 for n in range(256)), bytes(n ^ 0x5C for n in range(256))
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_LETTER = re.compile("[a-z]")
_HANGUL, _HAN = re.compile("[가-힣]"), re.compile("[\u3400-\u9fff]")
_IN_LATIN = frozenset({"latin", "sound", "spelt", "uyghur"})  # kinds of forms
_PAIR_GAP = 2  # characters between a name's two words
_MIXED = re.compile("[\u3400-\u9fff] ?[a-z]{2}|[a-z]{2} ?[\u3400-\u9fff]")
_DOUBLED = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ĸ": "k"}
_DOUBLE = re.compile(f"[{''.join(_DOUBLED)}]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_TWO_VOWELS = re.compile("([aou])e|(?<=a)a")
# As triage.pinyin writes them; no name in Han has other letters in what it sounds like.
_SYLLABLES = re.compile("[\u3400-\u9fff\ue000-\uf8ff]+")
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
_SURNAMES = {  # spellings that no rule of romanisation gives
    "이": "lee yi rhee i", "박": "park bak pak", "최": "choi choe", "김": "kim gim",
    "노": "roh noh no", "우": "woo wu u", "오": "oh o", "유": "yoo you ryu yu",
    "조": "cho jo", "정": "jung chung jeong", "강": "kang gang", "임": "lim im rim",
    "신": "shin sin", "권": "kwon gwon", "문": "moon mun", "구": "koo gu ku",
}  # fmt: skip
_IN_HANGUL = dict(  # surnames that papers write in Hanja before a name in Hangul
    zip(
        "金李朴崔鄭姜趙尹張林韓吳徐申權黃安宋柳洪全高文梁孫裵曺許劉南沈盧河郭成車朱禹具",
        "김이박최정강조윤장임한오서신권황안송유홍전고문양손배조허유남심노하곽성차주우구",
        strict=True,
    )
)
_HANJA = re.compile(f"[{''.join(_IN_HANGUL)}](?=[ ·]?[가-힣])")
_SOUNDS = (  # of romanised Korean: what is written for the same sound, to one letter
    (re.compile("ch|j|z"), "c"),
    (re.compile("sh|ss"), "s"),
    (re.compile("kk|gg|[gkq]"), "k"),
    (re.compile("tt|dd|[dt]"), "t"),
    (re.compile("pp|bb|[bpfv]"), "p"),
    (re.compile("[rl]+"), "l"),
    (re.compile("yeo|eo|oo|eu|ou|wo|yo|yu|[ou]"), "o"),
    (re.compile("yae|ae|ye|e(?!e)"), "e"),
    (re.compile("ee|yi|wi|ui|[iy]"), "i"),
)


_Candidates = Iterator[tuple[str, int, int]]  # a form, and where it stands
_Tried = tuple[str, Normal, int, int, bool]  # with what it stands in, and if at best nearly
_Longer = Callable[[str, frozenset[int]], _Candidates]


@dataclass(frozen=True, kw_only=True)
class Form:
    """What is kept of one form of a name: an HMAC, and whether it is only nearly the name.

    `kind` is the way in which it was made, so that texts are not tried for other ways; of
    a longer name it tells of how many letters, too.
    """

    digest: bytes
    kind: str
    is_near: bool


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that count for a story: labels by HMAC, exact forms and near ones apart.

    `is_in_part`: more count, by whom nobody is recognised, as they are of another key.
    """

    key: bytes
    exact: Mapping[bytes, str]
    near: Mapping[bytes, str]
    kinds: frozenset[str]
    is_in_part: bool = False


_UNNAMED = Signal(
    kind=Kind.PROTECTED_NAME,
    score=0.0,
    code="unnamed",
    reason="It names nobody on the list.",
)
NOBODY = Names(key=b"", exact={}, near={}, kinds=frozenset())


def forms(name: str, *, key: bytes) -> frozenset[Form]:
    """Give what is kept of one spelling of a name; nothing when it is too short."""
    found = _plain_latin(normal(name)).text
    if _HANGUL.search(found):
        letters = "".join(_HANGUL.findall(found))
        exact, near = _of_hangul(letters) if len(letters) >= LEAST["hangul"] else ([], [])
    elif _HAN.search(found):
        letters = "".join(_HAN.findall(found))
        exact, near = _of_han(found, letters) if len(letters) >= LEAST["han"] else ([], [])
    elif scripts.count(name) > len(_LETTER.findall(found)):
        exact, near = _of_others(name)
    else:
        exact, near = _of_latin(_WORD.findall(found))
        near += _of_umlauts(name)
    only_near, digest = set(near) - set(exact), _hmac(key)
    return frozenset(
        Form(digest=digest(one), kind=one.partition(" ")[0], is_near=one in only_near)
        for one in {*exact, *near}
    )


def names_of(found: Collection[Form], *, label: str, key: bytes) -> Names:
    """Give the forms of one name as what texts are tried for."""
    return Names(
        key=key,
        exact={one.digest: label for one in found if not one.is_near},
        near={one.digest: label for one in found if one.is_near},
        kinds=frozenset(one.kind for one in found),
    )


def recognised(names: Names) -> Names:
    """Give names as if those that can be looked for were all."""
    return replace(names, is_in_part=False)


def fingerprint(key: bytes) -> bytes:
    """Give what a key is known by again; it tells nothing of the key, and is no form."""
    return _hmac(key)("fingerprint")


def protected_name(text: str, *, names: Names) -> Signal:
    """Give which of `names` a text seems to give, by their labels.

    Where these are not all, it says so: its facts are `unread`. Raises ValueError when it
    would say that nobody is named, and could not look for everybody, or had no key.
    """
    if names.kinds and not names.key:
        raise ValueError("no key")
    found = _found(text, names) if names.kinds else {}
    exact = {label for label, is_near in found if not is_near}
    said = {
        (label, is_near): spans
        for (label, is_near), spans in found.items()
        if not is_near or label not in exact
    }
    if not said and names.is_in_part:
        raise ValueError("some names are of another key")
    if not said:
        return _UNNAMED
    labels = sorted(said)
    told = {"names": [{"label": label, "near": is_near} for label, is_near in labels]}
    return Signal(
        kind=Kind.PROTECTED_NAME,
        score=1.0 if exact else _NEAR,
        spans=_widest([span for spans in said.values() for span in spans]),
        code="protected",
        facts=told | ({"unread": True} if names.is_in_part else {}),
        reason="; ".join(
            f"It {'nearly names' if is_near else 'names'} “{label}”"
            for label, is_near in labels
        )
        + ".",
    )


def _found(text: str, names: Names) -> dict[tuple[str, bool], list[Span]]:
    """Give where a text gives each label, and where it only nearly does."""
    found: dict[tuple[str, bool], list[Span]] = {}
    digest = _hmac(names.key)
    for form, read, start, end, is_near in _tried(text, names.kinds):
        digested = digest(form)
        if label := names.exact.get(digested):
            may_be = form.startswith("han ") and _is_among_others(read.text, start, end)
            place = (label, is_near or may_be)
            found.setdefault(place, []).append(read.span(start, end))
        elif label := names.near.get(digested):
            found.setdefault((label, True), []).append(read.span(start, end))
    return found


def _tried(text: str, kinds: frozenset[str]) -> Iterator[_Tried]:
    """Give the forms of all that may be a name, where it stands, and if at best nearly."""
    text = unescaped(text)
    plain = _plain_latin(normal(text))
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


def _tried_in_scripts(text: str, sizes: Mapping[str, frozenset[int]]) -> Iterator[_Tried]:
    read = Normal(text, range(len(text)), range(1, len(text) + 1))
    for seen in dict.fromkeys((text, blanked(text))):
        for form, start, end, is_near in scripts.candidates(seen, sizes):
            yield form, read, start, end, is_near or seen != text


def _plain_latin(read: Normal) -> Normal:
    """Give a text with two plain letters for ß, æ, þ and the like."""
    if read.text.isascii() or not _DOUBLE.search(read.text):
        return read
    letters = [_DOUBLED.get(char, char) for char in read.text]
    return Normal(
        "".join(letters),
        [at for at, some in zip(read.starts, letters, strict=True) for _ in some],
        [at for at, some in zip(read.ends, letters, strict=True) for _ in some],
    )


def _of_others(name: str) -> tuple[list[str], list[str]]:
    """Give the forms of a name in a script of triage.scripts; of a Uyghur one in Latin."""
    exact, near = scripts.forms_of(name)
    if not exact:
        return [], []
    words = scripts.in_latin(name)
    whole = {"".join(words), "".join([*words[-1:], *words[:-1]])}
    sounds = {sound for one in whole if (sound := uyghur_sound(one))}
    cyrillic = scripts.forms_of(in_cyrillic(name))
    some = (near, *_of_latin(words), [f"uyghur {one}" for one in sounds], *cyrillic)
    return exact, [form for each in some for form in each]


def _of_umlauts(name: str) -> list[str]:
    """Give forms with ae for ä, and with a for ae, and so on: Mueller, Müller."""
    spelt = unicodedata.normalize("NFC", name.lower())
    two, one = spelt.translate(_UMLAUTS), _TWO_VOWELS.sub(r"\1", spelt.translate(_UMLAUTS))
    return [
        form
        for way in (two, one)
        if way != spelt
        for form in _of_latin(_WORD.findall(_plain_latin(normal(way)).text))[0]
    ]


def _of_latin(words: list[str]) -> tuple[list[str], list[str]]:
    """Give the forms of a name in Latin letters: the last part first, too."""
    plain = [_bare(word) for word in words]
    whole = {"".join(plain), "".join([*plain[-1:], *plain[:-1]])}
    size = len("".join(plain))
    if len(words) > _MOST_WORDS or size > _MOST_LATIN:
        return [f"latin{size} {one}" for one in whole], []
    exact = [f"latin {one}" for one in whole if len(one) >= LEAST["latin"]]
    near = [form for one in whole for form in _with_error("latin", one)]
    return exact, near


def _bare(word: str) -> str:
    """Give a word's letters alone, without the ’s of a possessive."""
    return re.sub("[^a-z]", "", word.removesuffix("'s"))


def _of_hangul(letters: str) -> tuple[list[str], list[str]]:
    jamo = _jamo(letters)
    heads = _SURNAMES.get(letters[0], latin(letters[0])).split()
    rest = "".join(map(latin, letters[1:]))
    sounds = {_sound(way) for head in heads for way in (head + rest, rest + head)}
    near = [f"sound {one}" for one in sounds if len(one) >= LEAST["latin"]]
    if len(letters) > _MOST["hangul"]:
        return [f"hangul{len(letters)} {jamo}"], near
    return [f"hangul {jamo}"], [*near, *_with_error("hangul", jamo)]


def _of_han(name: str, letters: str) -> tuple[list[str], list[str]]:
    whole, pairs = of_han(name)
    if len(letters) <= _MOST["han"]:
        spelt = [f"spelt {one}" for one in whole] + [f"pair {one}" for one in pairs]
        return [f"han {letters}"], [f"pinyin {sounded(letters)[0]}", *spelt]
    spelt = [f"spelt{len(one)} {one}" for one in whole]
    size = len(letters)
    return [f"han{size} {letters}"], [f"pinyin{size} {sounded(letters)[0]}", *spelt]


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
        for word, _, end in words[first : first + _MOST_WORDS]:
            whole += word
            if len(whole) > _MOST_LATIN:
                break
            if len(whole) >= LEAST["latin"]:
                start = words[first][1]
                yield from ((form, start, end) for form in _in_latin(whole, kinds))


def _in_latin(whole: str, kinds: frozenset[str]) -> Iterator[str]:
    """Give the forms of letters that may be a whole name."""
    if "sound" in kinds:
        yield f"sound {_sound(whole)}"
    if "spelt" in kinds:
        yield f"spelt {whole}"
    if "uyghur" in kinds and (sound := uyghur_sound(whole)):
        yield f"uyghur {sound}"
    if "latin" in kinds:
        yield f"latin {whole}"
        yield from _with_error("latin", whole)


def _latin_words(text: str) -> list[tuple[str, int, int]]:
    """Give the words of a text without signs in them, and where each stands."""
    return [(_bare(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


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
    for letters, places in _runs(plain, _HANGUL):
        for start, end in _windows(len(letters), LEAST["hangul"], _MOST["hangul"]):
            jamo = _jamo(letters[start:end])
            here = places[start], places[end - 1] + 1
            yield f"hangul {jamo}", *here
            for form in _with_error("hangul", jamo):
                yield form, *here


def _long_hangul(text: str, sizes: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    for letters, places in _runs(text, _HANGUL):
        for start, end in _stretches(len(letters), sizes):
            jamo = _jamo(letters[start:end])
            yield f"hangul{end - start} {jamo}", places[start], places[end - 1] + 1


def _han_candidates(text: str) -> Iterator[tuple[str, int, int]]:
    for letters, places in _runs(text, _HAN):
        for start, end in _windows(len(letters), LEAST["han"], _MOST["han"]):
            yield f"han {letters[start:end]}", places[start], places[end - 1] + 1
    ways = [sounded(text)]
    if _MIXED.search(text):
        ways.append(sounded_mixed(text))
    for sounds, at in ways:
        for run in _SYLLABLES.finditer(sounds):
            for first, last in _windows(len(run[0]), LEAST["han"], _MOST["han"]):
                start, end = run.start() + first, run.start() + last
                yield f"pinyin {sounds[start:end]}", at[start], _end_of(text, at, end)


def _long_han(text: str, sizes: frozenset[int]) -> Iterator[tuple[str, int, int]]:
    for letters, places in _runs(text, _HAN):
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


def _is_among_others(text: str, start: int, end: int) -> bool:
    """Say whether Han letters on both sides of a short name may be of words with it."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (
        end - start < _LONG_HAN
        and bool(_HAN.match(before) and _HAN.match(after))
        and before not in _LEADING
        and after not in _FOLLOWING
    )


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


def _with_error(script: str, letters: str) -> Iterator[str]:
    """Give what a form and any that differs from it by one letter have in common."""
    if len(letters) < _LEAST_WITH_ERROR:
        return
    yield f"{script}~ {letters}"
    for at in range(len(letters)):
        yield f"{script}~ {letters[:at]}{letters[at + 1 :]}"


def _jamo(letters: str) -> str:
    return "".join("".join(apart(char)) if is_syllable(char) else char for char in letters)


@lru_cache(maxsize=4096)
def _sound(letters: str) -> str:
    """Give how romanised Korean sounds, nearly, however it is spelt."""
    for written, sound in _SOUNDS:
        letters = written.sub(sound, letters)
    return re.sub(r"(.)\1+|(?<=[aeio])[lh](?=[^aeio]|$)|w", r"\1", letters)


def _hmac(key: bytes) -> Callable[[str], bytes]:
    """Give what makes HMACs of forms under a key, in a third of the time of `hmac`'s."""
    short = sha256(key).digest() if len(key) > _BLOCK else key
    block = short.ljust(_BLOCK, b"\0")
    inner, outer = sha256(block.translate(_INNER)), sha256(block.translate(_OUTER))

    def digest(form: str) -> bytes:
        inside, whole = inner.copy(), outer.copy()
        inside.update(form.encode("utf-8", "surrogatepass"))
        whole.update(inside.digest())
        return whole.digest()[:_SIZE]

    return digest


def _widest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give spans in order; of those that overlap, one around them all."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
