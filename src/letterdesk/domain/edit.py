"""An edit is a cut: the reader's words with some of them removed or replaced by a note.

The software, not the moderator's good will, makes sure of it. What is compared are whole
words, so that no edit can turn "unkind" into "kind" or 9,300 into 300.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from letterdesk.domain.align import NOTE, align
from letterdesk.domain.brackets import tell_apart
from letterdesk.domain.errors import NotACut
from letterdesk.domain.text import is_blank, tame
from letterdesk.domain.words import Word, words

MAX_CUT_NOTE = 120  # characters inside the brackets

_NOTE = re.compile(rf"\[[^\[\]\n]{{1,{MAX_CUT_NOTE}}}\]")
_OPENING, _CLOSING = "[［〔【〖〘〚⟦⁅❲", "]］〕】〗〙〛⟧⁆❳"  # square, or much like it
_LIKE_A_NOTE = re.compile(
    "[{0}][^{0}{1}]+[{1}]".format(re.escape(_OPENING), re.escape(_CLOSING))
)
_LETTER = re.compile(r"[^\W\d_]")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One place where words were removed.

    `start` and `end` are character offsets into the original text, half open; `note` is
    what stands there instead, without its brackets, or "" where nothing does.
    """

    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of an edited text: words that stayed, or the place of a cut."""

    text: str  # the words kept; at a cut, the words removed
    is_cut: bool = False
    note: str = ""


def find_cuts(original: str, proposed: str, *, gone: Sequence[Cut] = ()) -> tuple[Cut, ...]:
    """Give the cuts that turn `original` into `proposed`; none when they are the same.

    Both are texts as `text.clean` leaves them. White space beside a cut is forgiven. What
    `gone` takes from `original` is taken, also where the same words stand twice. Raises
    NotACut when `proposed` has a word, a figure or an order that `original` does not have,
    when a note only repeats what it stands for or is disguised, or when none of the
    reader's words is left: signs and pictures alone are none.
    """
    plain = words(proposed)
    for source, target in _readings(original, proposed):
        is_whole = target and _texts(target) == _texts(source)
        if not is_whole and not any(_says(word) for word in target):
            raise NotACut(
                "None of the reader's own words is left. To publish none of them, "
                "turn the letter down instead."
            )
        places = align(_without(source, removed(original, gone)), target)
        if places is None:
            continue
        cuts = tuple(_cuts(source, target, places=places, length=len(original)))
        if _texts(words(published_text(original, cuts))) == _texts(plain):
            return _with_new_notes(original, cuts)
    raise _not_a_cut(proposed)


def is_note(written: str) -> bool:
    """Say whether this is one note in brackets, as it may stand for a cut."""
    return bool(_NOTE.fullmatch(written))


def has_own_brackets(original: str, cuts: Sequence[Cut] = ()) -> bool:
    """Say whether brackets of the reader's own, with words in them, are left in a text.

    On a page they look much as a moderator's note does.
    """
    return any(
        _LETTER.search(found)
        for piece in apply_cuts(original, cuts)
        if not piece.is_cut
        for found in _LIKE_A_NOTE.findall(tame(piece.text))
    )


def apply_cuts(original: str, cuts: Sequence[Cut]) -> tuple[Piece, ...]:
    """Give `original` as what stayed and what was cut, in order."""
    pieces: list[Piece] = []
    at = 0
    for cut in cuts:
        if cut.start > at:
            pieces.append(Piece(text=original[at : cut.start]))
        pieces.append(Piece(text=original[cut.start : cut.end], is_cut=True, note=cut.note))
        at = cut.end
    if at < len(original):
        pieces.append(Piece(text=original[at:]))
    return tuple(pieces)


def published_text(original: str, cuts: Sequence[Cut]) -> str:
    """Give the text as readers get it: notes in brackets, nothing where nothing stands."""
    return "".join(
        piece.text if not piece.is_cut else f"[{piece.note}]" if piece.note else ""
        for piece in apply_cuts(original, cuts)
    )


def removed(original: str, cuts: Sequence[Cut]) -> set[int]:
    """Give the offsets of the characters that cuts remove from `original`.

    Without its white space: of that, the same words are cut now with more, now with less.
    """
    return {
        at
        for cut in cuts
        for at, char in enumerate(original[cut.start : cut.end], cut.start)
        if not char.isspace()
    }


def _readings(original: str, proposed: str) -> Iterator[tuple[list[Word], list[Word]]]:
    """Give the words of both texts, in each way in which brackets can be read.

    As the reader's words; as notes, but for those that she wrote, too; and of these, too,
    as notes those that cannot be hers.
    """
    source = words(original)
    yield source, words(proposed)
    own = set(_NOTE.findall(original))
    brackets = [found for found in _NOTE.finditer(proposed) if not is_blank(found[0][1:-1])]
    new = [found.span() for found in brackets if found[0] not in own]
    yield source, words(proposed, notes=new)
    if len(new) == len(brackets):
        return
    whole = words(original, notes=[found.span() for found in _NOTE.finditer(original)])
    target = words(proposed, notes=[found.span() for found in brackets])
    yield whole, list(tell_apart(whole, target))


def _without(source: list[Word], gone: set[int]) -> list[Word]:
    """Give the words in their places, those without text of which something is gone."""
    return [
        word if gone.isdisjoint(range(word.start, word.end)) else word._replace(text="")
        for word in source
    ]


def _cuts(
    source: list[Word], target: list[Word], *, places: list[int], length: int
) -> Iterator[Cut]:
    """Give one cut for each run of words that has no match, or for each note in it."""
    ending = Word("", length, length, "")
    at, notes = 0, list[str]()
    for word, place in zip([*target, ending], [*places, len(source)], strict=True):
        if place == NOTE:
            notes.append(word.text[1:-1])
            continue
        if place > at:
            kept = source[place] if place < len(source) else ending
            yield from _gap(source[at:place], notes, wanted=word.before, kept=kept)
        at, notes = place + 1, []


def _gap(gone: list[Word], notes: list[str], *, wanted: str, kept: Word) -> Iterator[Cut]:
    """Give the cuts of `gone`: one, or one a note.

    `wanted` is the white space that the edited text has before the word `kept`, which
    follows in the original.
    """
    for word, note in zip(gone, notes[:-1], strict=False):
        yield Cut(start=word.start, end=word.end, note=note)
    gone = gone[max(0, len(notes) - 1) :]
    start, end = gone[0].start, gone[-1].end
    if notes:
        yield Cut(start=start, end=end, note=notes[-1])
        return
    front, back = gone[0].before, kept.before
    if not wanted or (front and back and back == wanted):
        start -= len(front)
    if not wanted or (front and back and back != wanted):
        end = kept.start
    yield Cut(start=start, end=end)


def _with_new_notes(original: str, cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
    for cut in cuts:
        if tame(cut.note) != cut.note:
            raise NotACut(
                "A note in brackets has characters that cannot be seen, or that turn the "
                "direction of writing. Remove them."
            )
        gone = original[cut.start : cut.end]
        if cut.note and (
            f"[{cut.note}]" in gone or _texts(words(cut.note)) == _texts(words(gone))
        ):
            raise NotACut(
                "A note in brackets stands for words that were removed. One of these "
                "repeats what the reader wrote."
            )
    return cuts


def _says(word: Word) -> bool:
    """Say whether it is a word of the reader's with a letter or a digit in it."""
    return not word.is_note and any(category(char)[0] in "LN" for char in word.text)


def _texts(found: list[Word]) -> list[str]:
    return [word.text for word in found]


def _not_a_cut(proposed: str) -> NotACut:
    if any(len(found[1]) > MAX_CUT_NOTE for found in _BRACKETS.finditer(proposed)):
        return NotACut("A note in brackets has at most 120 characters. Shorten it.")
    return NotACut(
        "This is more than a cut: there is a word, a figure or an order in it that the "
        "reader did not write. Remove words, or replace them by a [note in brackets]."
    )
