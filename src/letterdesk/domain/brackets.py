"""Tell a moderator's notes from brackets that the reader wrote in the same words.

Not how a bracket reads decides, but whether it can stand where she put it: what can is
hers, what cannot is a note. A note asks less of the words around it than a bracket of hers
does; so, where all brackets being notes is a cut, what is found here is one, too.
"""

from collections.abc import Iterator

from letterdesk.domain.align import fits
from letterdesk.domain.words import Word


def tell_apart(source: list[Word], target: list[Word]) -> Iterator[Word]:
    """Give the words of `target`; brackets that can be the reader's are notes no more.

    In both every bracket is one word. Time is linear in the words, times the notes whose
    words she wrote, too.
    """
    latest = _latest(source, target)
    at, notes = 0, 0  # the first free place, and how many notes want one
    for index, word in enumerate(target):
        place = at + notes
        while place < len(source) and not fits(source[place], word, beside=place == at > 0):
            place += 1
        is_found = place < len(source)
        if is_found and (
            not word.is_note
            or _goes_on(source, target, latest=latest, index=index + 1, at=place + 1)
        ):
            at, notes = place + 1, 0
            yield word._replace(is_note=False)
        else:
            notes += word.is_note
            yield word


def _latest(source: list[Word], target: list[Word]) -> list[int]:
    """Give for each word of `target` the last place from which it and the rest still fit.

    Brackets count as notes; -1 is nowhere.
    """
    latest = [-1] * len(target) + [len(source)]
    place = len(source)
    for index in reversed(range(len(target))):
        place -= 1
        while place >= 0 and not (
            target[index].is_note
            or (
                source[place].text == target[index].text
                and _goes_on(source, target, latest=latest, index=index + 1, at=place + 1)
            )
        ):
            place -= 1
        if place < 0:
            break
        latest[index] = place
    return latest


def _goes_on(
    source: list[Word], target: list[Word], *, latest: list[int], index: int, at: int
) -> bool:
    """Say whether word `index` and the rest fit behind a word that ends at place `at`."""
    if at != latest[index] or index == len(target) or target[index].is_note:
        return at <= latest[index]
    return bool(source[at].before) == bool(target[index].before)
