import json
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.edit import Cut
from letterdesk.domain.errors import SealBroken
from letterdesk.domain.letter import MAX_TEXT
from letterdesk.domain.outcome import (
    MAX_PARTS,
    PART,
    RECEIVED,
    Outcome,
    count_parts,
    join,
    part_path,
    path,
    split,
)
from letterdesk.domain.statement import Ground, Measure, Part, Source, Statement
from tests.values import a_statement, an_outcome

_DAMAGED = "The answer to this receipt is damaged. Please try later."
_FULL = Outcome(
    status="edited",
    story="story",
    language="ug",
    written_in="zh-Hans",
    comment="comment",
    text="He is [name].",
    original="He is Bob.",
    cuts=(Cut(start=6, end=9, note="name"), Cut(start=9, end=10)),
    rules=("3", "10"),
    terms="2026-11",
    statement="Because.",
    decided="2026-11-23",
    kind="notice",
    appeal="upheld",
    name_left_out=True,
    reasons=a_statement(
        measure=Measure.CUT,
        parts=(Part.WORDS, Part.NAME),
        id="second",
        refers_to="first",
        territory=("DE", "AT"),
        detected=True,
    ),
    earlier=a_statement(ground=Ground.LAW, law="Section 3", source=Source.NOTICE),
)


def parts_of(written: object) -> list[bytes]:
    """Give any JSON value, or bytes, as the parts of an outcome."""
    raw = written if isinstance(written, bytes) else json.dumps(written).encode()
    packed = zlib.compress(raw, 9)
    room = PART - 4
    return [
        b"\0\1" + len(chunk).to_bytes(2, "big") + chunk
        for chunk in (packed[at : at + room] for at in range(0, len(packed), room))
    ]


@pytest.mark.parametrize("outcome", [RECEIVED, an_outcome(), _FULL])
def test_an_outcome_is_joined_as_it_was_split(outcome: Outcome) -> None:
    parts = split(outcome)

    assert [len(part) for part in parts] == [PART]
    assert count_parts(parts[0]) == 1
    assert join(parts) == outcome


def test_an_outcome_of_an_earlier_version_opens() -> None:
    written = {"status": "rejected", "rules": ["3"], "statement": "Because."}

    assert join(parts_of(written)) == Outcome(
        status="rejected", rules=("3",), statement="Because."
    )


def test_what_a_later_version_adds_is_passed_over() -> None:
    written = {
        "status": "rejected",
        "unheard": "of",
        "reasons": {"id": "x", "measure": "cut", "unheard": "of"},
    }

    assert join(parts_of(written)) == Outcome(
        status="rejected", reasons=Statement(id="x", measure=Measure.CUT)
    )


_WORDS = st.text(max_size=50)


@given(
    st.builds(
        Outcome,
        status=_WORDS,
        text=_WORDS,
        statement=_WORDS,
        rules=st.lists(_WORDS, max_size=3).map(tuple),
        cuts=st.lists(
            st.builds(Cut, start=st.integers(0), end=st.integers(0), note=_WORDS),
            max_size=3,
        ).map(tuple),
    ).filter(lambda outcome: outcome.status)
)
def test_what_is_split_is_what_is_joined(outcome: Outcome) -> None:
    assert join(split(outcome)) == outcome


def test_the_longest_outcome_takes_fewer_parts_than_are_read() -> None:
    dice = random.Random(7)  # noqa: S311 -- the same noise every time
    noise = "".join(chr(dice.randrange(0x20000, 0x2A6DF)) for _ in range(MAX_TEXT))
    longest = an_outcome(
        text=noise,
        original=noise[::-1],
        statement=noise[::2] + noise[1::2],
        cuts=tuple(
            Cut(start=at, end=at + 1, note=noise[at : at + 3])
            for at in range(0, MAX_TEXT, 2)
        ),
        rules=tuple(str(number) for number in range(1, 31)),
    )

    parts = split(longest)

    assert {len(part) for part in parts} == {PART}
    assert [count_parts(part) for part in parts] == [len(parts)] * len(parts)
    assert 2 * len(parts) <= MAX_PARTS
    assert join(parts) == longest
    for wrong in (parts[:-1], parts[1:], parts[::-1], [*parts[1:], parts[0]], []):
        with pytest.raises(SealBroken):
            join(wrong)


def test_any_byte_changed_is_found_or_changes_nothing() -> None:
    part = split(_FULL)[0]
    used = 4 + int.from_bytes(part[2:4], "big")

    for at in range(2, used):
        for bit in range(8):
            changed = part[:at] + bytes([part[at] ^ 1 << bit]) + part[at + 1 :]
            try:
                assert join([changed]) == _FULL
            except SealBroken as error:
                assert error.sentence == _DAMAGED  # noqa: PT017 -- either is right


def test_a_part_cut_short_anywhere_is_damaged() -> None:
    part = split(_FULL)[0]
    used = 4 + int.from_bytes(part[2:4], "big")

    for length in range(used):
        with pytest.raises(SealBroken):
            join([part[:length]])


@pytest.mark.parametrize(
    "written",
    [
        *([], "status", 5, None, True, {}, [1, 2]),
        {"status": "published", "cuts": 5},
        {"status": "published", "cuts": [[1, 2]]},
        {"status": "published", "cuts": ["ab"]},
        {"status": "published", "rules": 5},
        {"status": "published", "reasons": {"id": "x", "measure": "unheard"}},
        {"status": "published", "reasons": {"id": "x"}},
        {"status": "published", "reasons": 5},
        *(b"", b"\xff", b"[" * 100_000),
    ],
)
def test_what_is_no_outcome_is_damaged(written: object) -> None:
    with pytest.raises(SealBroken) as broken:
        join(parts_of(written))

    assert broken.value.sentence == _DAMAGED


def test_a_bomb_is_not_blown_up() -> None:
    """A thousand times as much inside as outside: 64 MiB of blanks behind an outcome."""
    bomb = parts_of(b'{"status":"published"}' + b" " * 2**26)

    with pytest.raises(SealBroken):
        join(bomb)


@pytest.mark.parametrize("head", [b"", b"\0", b"\0\0", b"\0\x41", b"\xff\xff"])
def test_a_part_that_names_too_many_others_is_damaged(head: bytes) -> None:
    with pytest.raises(SealBroken):
        count_parts(head)


@given(st.binary(max_size=100))
def test_random_bytes_are_damaged(raw: bytes) -> None:
    for parts in ([raw], [b"\0\1" + len(raw).to_bytes(2, "big") + raw], parts_of(raw)):
        with pytest.raises(SealBroken):
            join(parts)


def test_only_the_first_part_lies_where_the_lookup_id_says() -> None:
    lookup, key = "0123456789ABCDEFGHJKMNPQRS", b"k" * 32
    paths = [part_path(lookup, key, number) for number in range(MAX_PARTS)]

    assert path(lookup) == paths[0] == f"r/01/{lookup}"
    assert len(set(paths)) == MAX_PARTS
    assert {len(one) for one in paths} == {len(paths[0])}
    assert paths[1] != part_path(lookup, b"K" * 32, 1)
    assert paths[1] == part_path("another", key, 1)
