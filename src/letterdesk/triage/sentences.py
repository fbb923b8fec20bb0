"""Where the sentences of a text stand, in any language that ends them with a sign."""

import re

from letterdesk.triage.signal import Span

_SENTENCE = re.compile(  # a full stop between digits, as in 9.15, ends none
    r"(?:[^.!?。！？\n]++|(?<=\d)\.(?=\d))+(?:[.!?。！？]+[”\"'’)]*|\n|$)"
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
