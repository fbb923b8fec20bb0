"""Where sentences and words of a text stand.

Signs end sentences: those of Latin, Han and Hangul, of Arabic, Tibetan, Burmese, Khmer and
the scripts of India.
"""

import re
from collections.abc import Sequence

from letterdesk.triage.signal import Span

_SIGNS = ".!?。！？؟۔།༎။។៕।॥"
_SENTENCE = re.compile(  # a full stop between digits, as in 9.15, ends none
    rf"(?:[^{_SIGNS}\n]++|(?<=\d)\.(?=\d))+(?:[{_SIGNS}]+[”\"'’)]*|\n|$)"
)


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Give the sentences of `text`, without the space around them."""
    found = (stripped(text, Span(*match.span())) for match in _SENTENCE.finditer(text))
    return tuple(span for span in found if span.end - span.start > 1)


def stripped(text: str, span: Span) -> Span:
    """Give a span without the space at its ends."""
    written = text[span.start : span.end]
    start = span.start + len(written) - len(written.lstrip())
    return Span(start, max(start, span.end - (len(written) - len(written.rstrip()))))


def starts(text: str, words: Sequence[str]) -> list[int]:
    """Give where each of a text's words begins, between which no letters stand.

    A pattern's `findall` and this are quicker together than its `finditer`.
    """
    found: list[int] = []
    end = 0
    for word in words:
        start = text.index(word, end)
        found.append(start)
        end = start + len(word)
    return found
