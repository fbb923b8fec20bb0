"""An edit is a cut: the reader's words with some of them removed or replaced by a note.

The software, not the moderator's good will, makes sure of it. What is compared are words:
in scripts that part words by spaces a word is whole or gone, so that no edit can turn
"unkind" into "kind" or 9,300 into 300; in the others each character stands for itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from letterdesk.domain.errors import NotACut

MAX_NOTE = 120  # characters inside the brackets

_WORD = (
    r"[^\W\d_\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"
    r"\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    r"\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_TOKEN = re.compile(
    rf"(?P<space>\s+)"
    rf"|(?P<number>\d+(?:[.,:/٫٬'’\u00a0\u202f]\d+)*)"
    rf"|(?P<word>(?:{_WORD}|[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670\u200c\u200d])+"
    rf"(?:['’\-\u2010\u2011]{_WORD}+)*)"
    rf"|(?P<other>.)",
    re.DOTALL,
)
_NOTE = re.compile(rf"\[[^\[\]\n]{{1,{MAX_NOTE}}}\]")


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


@dataclass(frozen=True, kw_only=True)
class _Token:
    text: str
    start: int
    end: int
    before: str = ""  # the white space in front of it
    is_note: bool = False


def find_cuts(original: str, proposed: str) -> tuple[Cut, ...]:
    """Give the cuts that turn `original` into `proposed`; none when they are the same.

    Both are texts as `text.clean` leaves them. White space beside a cut is forgiven. Raises
    NotACut when `proposed` has a word, a figure or an order that `original` does not have,
    or when none of the reader's words is left.
    """
    source = _tokens(original)
    target = _mark_notes(_tokens(proposed, notes=True), original)
    if all(token.is_note for token in target):
        raise NotACut(
            "None of the reader's own words is left. To publish none of them, "
            "turn the letter down instead."
        )
    return tuple(_cuts(source, target, _align(source, target), original))


def apply_cuts(original: str, cuts: tuple[Cut, ...]) -> tuple[Piece, ...]:
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


def published_text(original: str, cuts: tuple[Cut, ...]) -> str:
    """Give the text as readers get it: notes in brackets, nothing where nothing stands."""
    return "".join(
        piece.text if not piece.is_cut else f"[{piece.note}]" if piece.note else ""
        for piece in apply_cuts(original, cuts)
    )


def _tokens(text: str, *, notes: bool = False) -> list[_Token]:
    found: list[_Token] = []
    space, at = "", 0
    while at < len(text):
        note = _NOTE.match(text, at) if notes else None
        match = note or _TOKEN.match(text, at)
        assert match  # noqa: S101 -- the last alternative takes any character
        start, at = at, match.end()
        if match.lastgroup == "space":
            space = match[0]
            continue
        if match.lastgroup == "other":
            at = _grow(text, at)
        found.append(
            _Token(text=text[start:at], start=start, end=at, before=space, is_note=bool(note))
        )
        space = ""
    return found


def _mark_notes(tokens: list[_Token], original: str) -> list[_Token]:
    """Take brackets that the reader wrote herself for her words, not for notes."""
    marked: list[_Token] = []
    for token in tokens:
        if not token.is_note or token.text not in original:
            marked.append(token)
            continue
        own = _tokens(token.text)
        marked.append(replace(own[0], before=token.before))
        marked.extend(own[1:])
    return marked


def _align(source: list[_Token], target: list[_Token]) -> list[int]:
    """Give for each word of `target` its place in `source`; -1 for a note.

    What both have at the end is matched first, so that a cut in the middle is found where
    it was made; the rest greedily from the front, which finds a match if there is one.
    """
    shared = _shared_end(source, target)
    for tail in (shared, 0):
        front = len(target) - tail
        matches = _match(source[: len(source) - tail], target[:front])
        if matches is not None:
            return matches + list(range(len(source) - tail, len(source)))
        if not tail:
            break
    raise NotACut(
        "This is more than a cut: there is a word, a figure or an order in it that the "
        "reader did not write. Remove words, or replace them by a [note in brackets]."
    )


def _shared_end(source: list[_Token], target: list[_Token]) -> int:
    longest = min(len(source), len(target))
    front = 0
    while front < longest and _same(source[front], target[front]):
        front += 1
    tail = 0
    while tail < longest - front and _same(source[-1 - tail], target[-1 - tail]):
        tail += 1
    return tail


def _match(source: list[_Token], target: list[_Token]) -> list[int] | None:
    matches: list[int] = []
    at, notes = 0, 0
    for token in target:
        if token.is_note:
            matches.append(-1)
            notes += 1
            continue
        place = at + notes
        while place < len(source) and not _fits(source[place], token, beside=place == at):
            place += 1
        if place >= len(source):
            return None
        matches.append(place)
        at, notes = place + 1, 0
    return matches if len(source) - at >= notes else None


def _fits(word: _Token, token: _Token, *, beside: bool) -> bool:
    """Say whether they are the same; beside the word before, also whether the space is."""
    if beside and word.start and bool(word.before) != bool(token.before):
        return False
    return word.text == token.text


def _same(word: _Token, token: _Token) -> bool:
    return word.text == token.text and not token.is_note and (
        bool(word.before) == bool(token.before)
    )


def _cuts(
    source: list[_Token], target: list[_Token], matches: list[int], original: str
) -> Iterator[Cut]:
    """Give one cut for each run of words that has no match, or for each note in it."""
    at, notes = 0, list[_Token]()
    ending = _Token(text="", start=len(original), end=len(original))
    for token, place in zip([*target, ending], [*matches, len(source)], strict=True):
        if place < 0:
            notes.append(token)
            continue
        yield from _gap(source[at:place], notes, token, source[place:] or [ending])
        at, notes = place + 1, []


def _gap(
    gone: list[_Token], notes: list[_Token], after: _Token, rest: list[_Token]
) -> Iterator[Cut]:
    for note in notes[:-1]:
        yield Cut(start=gone[0].start, end=gone[0].end, note=note.text[1:-1])
        gone = gone[1:]
    if not gone:
        return
    start, end = gone[0].start, gone[-1].end
    if notes:
        yield Cut(start=start, end=end, note=notes[-1].text[1:-1])
    elif after.before and gone[0].before:
        yield Cut(start=start, end=rest[0].start)  # the space in front stays
    elif after.before:
        yield Cut(start=start, end=end)
    else:
        yield Cut(start=start - len(gone[0].before), end=rest[0].start)


def _grow(text: str, end: int) -> int:
    """Give the end of the character that is finished before `end`, with its marks."""
    while end < len(text) and (
        unicodedata.category(text[end]) in {"Mn", "Mc", "Me"}
        or text[end] in "\u200d\ufe0f"
        or text[end - 1] == "\u200d"
        or "\U0001f3fb" <= text[end] <= "\U0001f3ff"
    ):
        end += 1
    return end
