"""Whether a comment says more or less than it did is told by its words and its name."""

import pytest

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.removals import says_no_less, says_no_more

A, B = [0, 3, ""], [4, 9, "name removed"]


@pytest.mark.parametrize(
    ("now", "before", "is_no_more", "is_no_less"),
    [
        (([A], False), ([A], False), True, True),
        (([A, B], False), ([A], False), True, False),
        (([A], False), ([A, B], False), False, True),
        (([A], False), ([B], False), False, False),
        (([], True), ([], False), True, False),
        (([], False), ([], True), False, True),
        (([A], False), ([], True), False, False),
        (([["x", 2, ""]], False), ([A], False), False, False),
    ],
)
def test_words_and_name_count_both(now, before, is_no_more, is_no_less) -> None:
    row = Comment(text="Two words.", cuts=now[0], name_left_out=now[1])
    then = {"cuts": before[0], "name_left_out": before[1]}

    assert says_no_more(row, then) is is_no_more
    assert says_no_less(row, then) is is_no_less
