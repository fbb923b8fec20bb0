import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.errors import LetterRefused, SealBroken
from letterdesk.domain.letter import (
    MAX_CONTACT,
    MAX_NAME,
    MAX_TEXT,
    SIZE_CLASSES,
    Letter,
    LetterKind,
    pack,
    unpack,
)
from letterdesk.domain.text import is_text
from tests.values import a_letter, an_id

_KEYS = {"outcome_key": b"\xff" * 32, "action_digest": b"\0" * 32, "lookup": "0" * 26}
_NOT_A_LETTER = (
    "A sealed letter opened, but what is inside is not a letter. "
    "It is kept; see `letterdesk check`."
)


def packed(written: object) -> bytes:
    """Give any JSON value as a letter would be packed."""
    raw = written if isinstance(written, bytes) else json.dumps(written).encode()
    return len(raw).to_bytes(4, "big") + raw


def filled(size: int) -> Letter:
    """Give a letter that fills `size` bytes to the last."""
    letter = a_letter(text="")
    spare = size - len(pack(letter).rstrip(b"\0")) - len('"text":"",')
    return replace(letter, text="x" * spare)


@pytest.mark.parametrize("size", SIZE_CLASSES[:3])
def test_a_letter_has_exactly_one_of_a_few_sizes(size: int) -> None:
    letter = filled(size)
    longer = replace(letter, text=letter.text + "x")

    assert len(pack(letter)) == size
    assert pack(letter)[-1:] != b"\0"
    assert len(pack(longer)) == SIZE_CLASSES[SIZE_CLASSES.index(size) + 1]
    assert (unpack(pack(letter)), unpack(pack(longer))) == (letter, longer)


@pytest.mark.parametrize("size", SIZE_CLASSES)
def test_every_size_is_filled_before_the_next_is_taken(size: int) -> None:
    assert [len(pack(filled(size - spare))) for spare in (0, 1)] == [size, size]


@pytest.mark.parametrize("char", ["😀", '"', "\\", "\n", "\t", "好", "\u2028"])
def test_the_longest_letter_fits(char: str) -> None:
    letter = a_letter(
        id=an_id(1),
        text=char * MAX_TEXT,
        name=char * MAX_NAME,
        contact=char * MAX_CONTACT,
        reply_to=an_id(2),
        comment=an_id(3),
        language="zh-Hans-Latn-x-private",
        as_written=True,
        trapped=True,
        action_key=b"\xff" * 32,
        **_KEYS,
    )

    assert unpack(pack(letter)) == letter


def test_a_letter_that_fits_no_size_is_refused() -> None:
    with pytest.raises(LetterRefused) as refused:
        pack(a_letter(text="x" * 33_000))

    assert refused.value.code == "too-long"


_WORDS = st.text(max_size=40).filter(is_text)
_BYTES = st.sampled_from([b"", b"\0" * 32, bytes(range(32))])


@given(
    st.builds(
        Letter,
        id=_WORDS,
        kind=st.sampled_from(LetterKind),
        arrived=st.dates(),
        story=_WORDS,
        text=_WORDS,
        name=_WORDS,
        as_written=st.booleans(),
        trapped=st.booleans(),
        outcome_key=_BYTES,
        action_key=_BYTES,
    )
)
def test_what_is_packed_is_what_is_unpacked(letter: Letter) -> None:
    if letter.id:
        assert unpack(pack(letter)) == letter
        assert len(pack(letter)) in SIZE_CLASSES


def test_padding_says_nothing() -> None:
    padded = pack(a_letter())

    assert set(padded[4 + int.from_bytes(padded[:4], "big") :]) == {0}


_PLAIN = {"id": "x", "kind": "comment", "arrived": "2026-11-23"}


def test_a_letter_needs_little() -> None:
    assert unpack(packed(_PLAIN)) == Letter(
        id="x", kind=LetterKind.COMMENT, arrived=date(2026, 11, 23)
    )


def test_what_the_reader_typed_is_left_to_whoever_stores_it() -> None:
    typed = {"text": "a\0b", "name": "\ud800", "contact": "\x1b"}

    letter = unpack(packed(_PLAIN | typed))

    assert {name: getattr(letter, name) for name in typed} == typed


@pytest.mark.parametrize(
    "written",
    [
        *([], "text", 5, None, True, {}),
        {"id": "x"},
        _PLAIN | {"kind": "insult"},
        _PLAIN | {"kind": 5},
        _PLAIN | {"arrived": "today"},
        _PLAIN | {"arrived": 20261123},
        _PLAIN | {"arrived": None},
        _PLAIN | {"id": 5},
        _PLAIN | {"id": None},
        _PLAIN | {"text": ["a"]},
        _PLAIN | {"id": "a\0b"},
        _PLAIN | {"reply_to": "\x1b"},
        _PLAIN | {"story": "\ud800"},
        _PLAIN | {"as_written": "yes"},
        _PLAIN | {"as_written": 1},
        _PLAIN | {"outcome_key": "xyz"},
        _PLAIN | {"outcome_key": 5},
        _PLAIN | {"unheard": "of"},
        _PLAIN | {"__class__": "x"},
        b"\xff\xfe",
        b"[" * 30_000,
        b"1" * 5_000,
        b'{"id":' + b"1" * 5_000 + b"}",
        json.dumps(_PLAIN).encode("utf-16"),
        json.dumps(_PLAIN).encode()[:-1],
    ],
)
def test_what_is_not_a_letter_is_told_from_one(written: object) -> None:
    with pytest.raises(SealBroken) as broken:
        unpack(packed(written))

    assert broken.value.sentence == _NOT_A_LETTER


@given(st.binary(max_size=200))
def test_random_bytes_are_no_letter(raw: bytes) -> None:
    for padded in (raw, packed(raw)):
        with pytest.raises(SealBroken):
            unpack(padded)


def test_a_letter_cut_short_anywhere_is_no_letter() -> None:
    whole = pack(a_letter()).rstrip(b"\0")

    for length in range(len(whole)):
        with pytest.raises(SealBroken):
            unpack(whole[:length])
