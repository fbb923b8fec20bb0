"""Candidates for names that were listed before version 40 of the signals.

Of those nobody knows of how many letters they are, and an error is looked for in texts: a
form and any that differs from it by one letter have one in common with a letter left out
(symmetric deletion). Who lists such a name anew has it found as others are.
"""

from collections.abc import Iterator

from letterdesk.triage.protected.letters import HAN, HANGUL, LEAST, jamo_of, sound_of
from letterdesk.triage.protected.runs import in_hangul, latin_words, runs, sounds, windows
from letterdesk.triage.spelt import uyghur_sound

_LATIN = frozenset({"latin", "latin~", "sound", "spelt", "uyghur"})
KINDS = _LATIN | {"hangul", "hangul~", "han", "pinyin"}  # of forms
_MOST_WORDS, _MOST_LATIN = 4, 32  # of a name in Latin letters
_HANGUL, _HAN = range(LEAST["hangul"], 6), range(LEAST["han"], 5)  # letters
_LEAST_WITH_ERROR = 6  # letters or jamo

_Candidates = Iterator[tuple[str, int, int]]  # a form, and where it stands


def candidates(text: str, kinds: frozenset[str]) -> _Candidates:
    """Give the forms of these kinds of all that may be a name, and where each stands."""
    if kinds & _LATIN:
        yield from _in_latin(text, kinds)
    if "hangul" in kinds:
        yield from _in_hangul(text)
    if kinds & {"han", "pinyin"}:
        yield from _in_han(text)


def _in_latin(text: str, kinds: frozenset[str]) -> _Candidates:
    words = latin_words(text)
    for first, (_, start, _) in enumerate(words):
        whole = ""
        for word, _, end in words[first : first + _MOST_WORDS]:
            whole += word
            if len(whole) > _MOST_LATIN:
                break
            if len(whole) >= LEAST["latin"]:
                yield from ((form, start, end) for form in _as_latin(whole, kinds))


def _as_latin(whole: str, kinds: frozenset[str]) -> Iterator[str]:
    """Give the forms of letters that may be a whole name."""
    if "sound" in kinds:
        yield f"sound {sound_of(whole)}"
    if "spelt" in kinds:
        yield f"spelt {whole}"
    if "uyghur" in kinds and (sound := uyghur_sound(whole)):
        yield f"uyghur {sound}"
    if "latin" in kinds:
        yield f"latin {whole}"
        yield from _with_one_left_out("latin", whole)


def _in_hangul(text: str) -> _Candidates:
    for letters, places in runs(in_hangul(text), HANGUL):
        for start, end in windows(len(letters), _HANGUL):
            jamo = jamo_of(letters[start:end])
            for form in (f"hangul {jamo}", *_with_one_left_out("hangul", jamo)):
                yield form, places[start], places[end - 1] + 1


def _in_han(text: str) -> _Candidates:
    for letters, places in runs(text, HAN):
        for start, end in windows(len(letters), _HAN):
            yield f"han {letters[start:end]}", places[start], places[end - 1] + 1
    for heard, stands in sounds(text):
        for start, end in windows(len(heard), _HAN):
            yield f"pinyin {heard[start:end]}", stands[start][0], stands[end - 1][1]


def _with_one_left_out(script: str, letters: str) -> Iterator[str]:
    if len(letters) < _LEAST_WITH_ERROR:
        return
    yield f"{script}~ {letters}"
    for at in range(len(letters)):
        yield f"{script}~ {letters[:at]}{letters[at + 1 :]}"
