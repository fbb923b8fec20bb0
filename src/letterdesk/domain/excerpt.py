"""How a text begins, for lists: in one line, and no word of it broken."""

from letterdesk.domain.text import one_line
from letterdesk.domain.words import words

_LONGEST = 160  # characters
_NEAR = 3 / 4  # of the room: from here on a space is worth ending at
_AROUND = 12  # characters before and after the end: what a word needs to be seen whole
_DANGLING = " ,;:.…،؛۔、，；：。"  # before the dots that say it goes on


def excerpt_at(text: str, place: int) -> str:
    """Give what stands around a place of a text, as `excerpt` does; dots where it begins.

    A place that the beginning shows anyhow changes nothing.
    """
    if place <= _LONGEST // 2:
        return excerpt(text)
    start = max(place - _LONGEST // 4, 0)
    space = text.find(" ", start, place)
    start = space + 1 if space >= 0 else start
    return "…" + excerpt(text[start:], _LONGEST - 1)


def excerpt(text: str, longest: int = _LONGEST) -> str:
    """Give how a text begins: at most `longest` characters, whole words, then dots.

    It ends at a space; in a script that has none, after a character with all its marks.
    Only a word that fills the whole room is broken.
    """
    line = one_line(text)
    if len(line) <= longest:
        return line
    room = longest - 1
    end = line.rfind(" ", int(room * _NEAR), room + 1)
    if end < 0:
        start = max(room - _AROUND, 0)
        ends = (start + word.end for word in words(line[start : room + _AROUND]))
        end = max((one for one in ends if one <= room), default=room)
    return (line[:end].rstrip(_DANGLING) or line[:end]) + "…"
