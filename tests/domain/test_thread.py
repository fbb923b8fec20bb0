from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.thread import MAX_DEPTH, Published, arrange, paginate
from tests.values import a_comment, a_story


def thread(*rows: str) -> list[Published]:
    """Give comments from rows such as "b<a" (b replies to a) and "-c" (c is a gap)."""
    comments = []
    for order, row in enumerate(rows):
        name, _, parent = row.partition("<")
        comments.append(
            a_comment(
                id=name.lstrip("-"), order=order, reply_to=parent, is_gone=name[0] == "-"
            )
        )
    return comments


def arranged(*rows: str) -> str:
    """Give the thread as readers meet it: a letter a comment, its depth before it."""
    return " ".join(
        f"{placed.depth}{placed.comment.id}" for placed in arrange(thread(*rows))
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ""),
        (["a", "b", "c"], "0a 0b 0c"),
        (["a", "b", "c<a"], "0a 1c 0b"),
        (["a", "b<a", "c<a", "d<b"], "0a 1b 2d 1c"),
        (["b<a", "a"], "0a 1b"),
        (["a", "b<gone"], "0a 0b"),
        (["a", "b<a", "c<b", "d<c", "e<d", "f<e", "g<f"], "0a 1b 2c 3d 4e 4f 4g"),
        # Gaps stay where something is left to read below them.
        (["-a"], ""),
        (["-a", "b<a"], "0a 1b"),
        (["-a", "-b<a", "c<b"], "0a 1b 2c"),
        (["-a", "-b<a"], ""),
        (["a", "-b<a", "c<a"], "0a 1c"),
        (["-a", "-b<a", "c<a"], "0a 1c"),
        # Circles neither lose a comment nor hang.
        (["a<a"], "0a"),
        (["-a<a"], ""),
        (["a<b", "b<a"], "0a 1b"),
        (["a<c", "b<a", "c<b", "d"], "0d 0a 1b 2c"),
        (["a<b", "b<c", "c<b", "d<a"], "0a 1d 0b 1c"),
        (["-a<b", "-b<a"], ""),
        (["-a<b", "b<a"], "0a 1b"),
    ],
)
def test_each_comment_is_followed_by_its_replies(rows: list[str], expected: str) -> None:
    assert arranged(*rows) == expected


def test_the_order_is_the_newsrooms_not_that_of_arrival() -> None:
    comments = thread("a", "b<a", "c", "d<c")

    for shuffled in permutations(comments):
        assert [placed.comment.id for placed in arrange(shuffled)] == ["a", "b", "c", "d"]


def test_comments_of_the_same_order_are_always_arranged_alike() -> None:
    comments = [a_comment(id=name, order=1) for name in "abc"]

    for shuffled in permutations(comments):
        assert [placed.comment.id for placed in arrange(shuffled)] == ["a", "b", "c"]


def test_a_chain_of_five_thousand_replies_is_arranged() -> None:
    comments = [
        a_comment(id=str(number), order=number, reply_to=str(number - 1))
        for number in range(5_000)
    ]

    placed = arrange(reversed(comments))

    assert [one.comment for one in placed] == comments
    assert [one.depth for one in placed] == [
        min(number, MAX_DEPTH) for number in range(5_000)
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefgh"), st.sampled_from("abcdefghx "), st.booleans()
        ),
        unique_by=lambda row: row[0],
    )
)
def test_no_comment_is_lost_or_doubled_however_replies_are_tangled(
    rows: list[tuple[str, str, bool]],
) -> None:
    comments = [
        a_comment(id=name, order=order, reply_to=parent.strip(), is_gone=is_gone)
        for order, (name, parent, is_gone) in enumerate(rows)
    ]

    ids = [placed.comment.id for placed in arrange(comments)]

    assert len(ids) == len(set(ids))
    assert {name for name, _, is_gone in rows if not is_gone} <= set(ids)


def pages(*rows: str, per_page: int) -> list[str]:
    return [
        "".join(placed.comment.id for placed in page.comments)
        for page in paginate(a_story(), thread(*rows), per_page=per_page)
    ]


@pytest.mark.parametrize(
    ("rows", "per_page", "expected"),
    [
        ([], 2, [""]),
        (["a", "b"], 2, ["ab"]),
        (["a", "b", "c"], 2, ["ab", "c"]),
        (["a", "b", "c", "d"], 1, ["a", "b", "c", "d"]),
        (["a", "b<a", "c<a", "d"], 2, ["abcd"]),
        (["a", "b", "c<b", "d<b", "e"], 2, ["abcd", "e"]),
        (["a", "b", "c", "d<a", "e<b"], 2, ["adbe", "c"]),
        # Whose place is empty, or all of a page, keeps it for the sake of the others.
        (["-a", "b", "c"], 2, ["b", "c"]),
        (["-a", "-b", "c"], 2, ["", "c"]),
        (["a", "b", "-c"], 2, ["ab"]),
    ],
)
def test_a_page_holds_whole_discussions(
    rows: list[str], per_page: int, expected: list[str]
) -> None:
    assert pages(*rows, per_page=per_page) == expected


def test_a_comment_stays_on_its_page_whatever_comes_and_goes() -> None:
    rows = ["a", "b", "c", "d", "e"]
    before = {
        name: number
        for number, page in enumerate(pages(*rows, per_page=2))
        for name in page
    }

    later = pages("a", "-b", "c", "d", "e", "f<a", "g<c", "h<f", "i", per_page=2)

    after = {name: number for number, page in enumerate(later) for name in page}
    assert {name: after[name] for name in "acde"} == {name: before[name] for name in "acde"}
    assert [after[name] for name in "fghi"] == [0, 1, 0, 2]


def test_every_page_knows_its_place_and_what_can_be_read() -> None:
    story = a_story()

    found = paginate(story, thread("a", "-b", "c<b", "d"), per_page=2)

    assert [(page.story, page.number, page.of, page.count) for page in found] == [
        (story, 1, 2, 3),
        (story, 2, 2, 3),
    ]
    empty = paginate(story, thread("-a"), per_page=2)
    assert [(page.number, page.of, page.count, page.comments) for page in empty] == [
        (1, 1, 0, ())
    ]
