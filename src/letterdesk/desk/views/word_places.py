"""Where a letter's words begin and end, for the script that selects them."""

from letterdesk.domain.words import words


def word_places(text: str) -> str:
    """Give the widths of white space and word, in turn, in UTF-16 units: "0 3 1 5".

    A cut takes whole words; the script knows from here, and only from here, what one is.
    """
    widths: list[int] = []
    at = 0
    for word in words(text):
        widths += [_units(text[at : word.start]), _units(text[word.start : word.end])]
        at = word.end
    return " ".join(map(str, widths))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
