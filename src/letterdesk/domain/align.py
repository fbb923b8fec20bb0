"""Find the words of an edited text in the original, in order.

Everything here takes time linear in the number of words.
"""

from letterdesk.domain.words import Word

NOTE = -1  # the place of a note: nowhere in the original
_SENTENCE_ENDS = frozenset(".!?…。！？؟۔।။།។")


def align(source: list[Word], target: list[Word]) -> list[int] | None:
    """Give for each word of `target` its place in `source`; None when it is not a cut.

    A note stands for at least one word. Where different cuts leave the same words, those
    are taken that are fewer, then those that begin where a sentence does.
    """
    places = _leftmost(source, target)
    if places is not None:
        for index in reversed(range(len(target))):
            _slide(source, target, places=places, index=index)
    return places


def _leftmost(source: list[Word], target: list[Word]) -> list[int] | None:
    """Give the leftmost match: where there is any match, there is this one."""
    places: list[int] = []
    at, notes = 0, 0
    for word in target:
        if word.is_note:
            places.append(NOTE)
            notes += 1
            continue
        place = at + notes
        while place < len(source) and not fits(source[place], word, beside=place == at > 0):
            place += 1
        if place == len(source):
            return None
        places.append(place)
        at, notes = place + 1, 0
    return places if len(source) - at >= notes else None


def fits(word: Word, wanted: Word, *, beside: bool) -> bool:
    """Say whether they are the same; beside the word before, also whether the space is."""
    if beside and bool(word.before) != bool(wanted.before):
        return False
    return word.text == wanted.text


def _slide(
    source: list[Word], target: list[Word], *, places: list[int], index: int
) -> None:
    """Move the gap after word `index` to the left, as far as is best.

    It can move where the words in front of it stand once more at its end.
    """
    last = places[index]
    after = places[index + 1] if index + 1 < len(places) else len(source)
    if NOTE in (last, after) or after == last + 1:
        return
    best, most = 0, _grade(source, places, index=index, begin=last + 1)
    step = 0
    while index - step >= 0 and places[index - step] == last - step:
        word, following = source[after - 1 - step], index - step + 1
        beside = following < len(target)
        if word.text != target[index - step].text or (
            beside and bool(source[after - step].before) != bool(target[following].before)
        ):
            break
        step += 1
        grade = _grade(source, places, index=index - step, begin=last + 1 - step)
        if grade > most:
            best, most = step, grade
    for step in range(best):
        places[index - step] = after - 1 - step


def _grade(source: list[Word], places: list[int], *, index: int, begin: int) -> int:
    """Give how well a gap lies that begins at `begin`, behind the kept word `index`.

    3 where it joins another gap, 2 at the start of a sentence, 1 at that of a word.
    """
    if begin and (index < 0 or places[index] != begin - 1):
        return 3
    before = source[begin].before
    if not begin or "\n" in before or source[begin - 1].text in _SENTENCE_ENDS:
        return 2
    return 1 if before else 0
