"""Names with one typing error: a letter wrong, missing or too many, or two swapped."""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from letterdesk.triage.hangul import FINALS, INITIALS, VOWELS

_LEAST = 6  # letters or jamo, below which an error makes another name
_JAMO = "".join(dict.fromkeys(INITIALS + VOWELS + FINALS.strip()))


def in_latin(letters: str) -> Iterator[str]:
    """Give letters of Latin with an error; none where they are few."""
    return (
        wrong for wrong in _with_error(letters, ascii_lowercase) if len(wrong) >= _LEAST
    )


def in_hangul(jamo: str, syllables: int) -> Iterator[str]:
    """Give jamo with an error, where they still make so many syllables."""
    whole = re.compile(f"(?:[{INITIALS}][{VOWELS}][{FINALS.strip()}]?){{{syllables}}}")
    return (wrong for wrong in _with_error(jamo, _JAMO) if whole.fullmatch(wrong))


def _with_error(letters: str, alphabet: str) -> set[str]:
    if len(letters) < _LEAST:
        return set()
    cuts = [(letters[:at], letters[at:]) for at in range(len(letters) + 1)]
    missing = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if tail[1:]}
    other = {head + one + tail[1:] for head, tail in cuts if tail for one in alphabet}
    more = {head + one + tail for head, tail in cuts for one in alphabet}
    return (missing | swapped | other | more) - {letters}
