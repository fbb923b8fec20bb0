import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.envelope import (
    HEADER,
    Envelope,
    header,
    pack_batch,
    read_envelope,
    unpack_batch,
)
from letterdesk.domain.errors import SealBroken

_ENVELOPE = Envelope(suite=1, key_id=b"12345678", size_class=3, sealed=b"sealed bytes")
_RAW = _ENVELOPE.header + _ENVELOPE.sealed


def batch(body: bytes) -> bytes:
    """Give a body as a batch whose digest is right, whatever is in it."""
    body = b"LDB\x01" + body
    return body + hashlib.sha256(body).digest()


def test_an_envelope_is_read_as_it_was_written() -> None:
    assert header(1, b"12345678", 3) == b"LDE\x01\x0112345678\x03"
    assert len(_ENVELOPE.header) == HEADER
    assert read_envelope(_RAW) == _ENVELOPE


@pytest.mark.parametrize("raw", [_RAW[:length] for length in range(HEADER + 1)])
def test_an_envelope_without_a_letter_is_none(raw: bytes) -> None:
    with pytest.raises(SealBroken):
        read_envelope(raw)


@pytest.mark.parametrize("at", range(4))
def test_an_envelope_of_another_version_is_not_guessed_at(at: int) -> None:
    with pytest.raises(SealBroken):
        read_envelope(_RAW[:at] + b"\x02" + _RAW[at + 1 :])


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_a_batch_is_unpacked_as_it_was_packed(envelopes: list[bytes]) -> None:
    assert unpack_batch(pack_batch(envelopes)) == envelopes


def test_a_batch_cut_short_anywhere_is_not_whole() -> None:
    raw = pack_batch([_RAW, b"", b"x" * 300])

    for length in range(len(raw)):
        with pytest.raises(SealBroken):
            unpack_batch(raw[:length])


def test_a_batch_with_any_byte_changed_is_not_whole() -> None:
    raw = pack_batch([_RAW, b"x" * 30])

    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(SealBroken):
            unpack_batch(changed)
    with pytest.raises(SealBroken):
        unpack_batch(raw + b"\0")


@pytest.mark.parametrize(
    "body",
    [
        *(b"\0", b"\0\0\0", b"\0\0\0\x01", b"\0\0\0\x02a", b"\xff\xff\xff\xffa"),
        b"\0\0\0\x01a\0\0",
    ],
)
def test_lengths_that_do_not_add_up_are_not_believed(body: bytes) -> None:
    with pytest.raises(SealBroken):
        unpack_batch(batch(body))


@given(st.binary(max_size=80))
def test_random_bytes_are_neither_envelope_nor_batch(raw: bytes) -> None:
    for read in (read_envelope, unpack_batch):
        with pytest.raises(SealBroken):
            read(raw)
