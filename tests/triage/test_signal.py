"""Marks lie apart from one another."""

from letterdesk.triage.signal import Span, joined


def test_marks_that_touch_become_one() -> None:
    spans = [Span(7, 9), Span(0, 3), Span(2, 5), Span(5, 6)]

    assert joined(spans) == (Span(0, 6), Span(7, 9))
    assert joined(spans, gap=1) == (Span(0, 9),)
    assert joined([]) == ()
