import hashlib
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain import base32
from letterdesk.domain.errors import CodeWrong
from letterdesk.domain.ids import is_id, new_id
from letterdesk.domain.receipt import (
    action_digest,
    derive,
    hkdf,
    read_code,
    show_code,
)

_NUMBER = 0x0123456789ABCDEFFEDCBA9876543210
_CODE = "014D2-PF2DB-SQQZX-Q5TK1-V58CG-GA"
_SYMBOLS = _CODE.replace("-", "")
_ANY_NUMBER = st.integers(0, 2**128 - 1)


def is_refused(typed: str) -> bool:
    try:
        read_code(typed)
    except CodeWrong as error:
        return error.code == "code-wrong"
    return False


def test_a_code_is_27_symbols_in_groups_of_five() -> None:
    assert show_code(_NUMBER) == _CODE
    assert show_code(0) == "00000-00000-00000-00000-00000-00"
    assert [len(group) for group in show_code(2**128 - 1).split("-")] == [5, 5, 5, 5, 5, 2]


@given(_ANY_NUMBER)
def test_a_code_is_read_as_it_is_shown(number: int) -> None:
    assert read_code(show_code(number)) == number


@pytest.mark.parametrize(
    "typed",
    [
        _SYMBOLS,
        _CODE.lower(),
        f"  {_CODE}\r\n",
        _CODE.replace("-", " – "),
        _CODE.replace("-", "\u3000"),
        _CODE.replace("0", "O").replace("1", "l"),
        _CODE.replace("0", "o").replace("1", "I"),
        _CODE.replace("1", "i"),
        "".join(chr(ord(char) + 0xFEE0) for char in _SYMBOLS),
        ".".join(_SYMBOLS),
    ],
)
def test_what_people_do_to_a_code_is_forgiven(typed: str) -> None:
    assert read_code(typed) == _NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        *("", "-", _SYMBOLS[:-1], _SYMBOLS + "0", _SYMBOLS + _SYMBOLS, "8" + _SYMBOLS[1:]),
        *(_SYMBOLS[:-1] + "\ud800", "\ud800" * 27, "ß" * 27, "٣" * 27, "U" + _SYMBOLS[1:]),
        *(_SYMBOLS[:5] + "*" + _SYMBOLS[6:], _SYMBOLS[:-1] + "!", "\0" + _CODE),
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(CodeWrong) as refused:
        read_code(typed)

    assert refused.value.sentence == (
        "There is a typing error in this code. Compare it with your receipt, "
        "symbol by symbol, and try again."
    )


@pytest.mark.parametrize("symbols", [_SYMBOLS, show_code(2**128 - 1).replace("-", "")])
def test_every_single_wrong_symbol_is_caught(symbols: str) -> None:
    tried = 0
    for at, right in enumerate(symbols):
        for wrong in base32.CHECK_ALPHABET + "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if wrong.translate(base32.LOOK_ALIKES) != right:
                assert is_refused(symbols[:at] + wrong + symbols[at + 1 :])
                tried += 1
    assert tried > 27 * 60


def test_every_two_neighbours_swapped_are_caught() -> None:
    for number in (_NUMBER, 2**128 - 1, 12345678901234567890123456789012345678, 1):
        symbols = show_code(number).replace("-", "")
        for at, (one, two) in enumerate(pairwise(symbols)):
            swapped = symbols[:at] + two + one + symbols[at + 2 :]
            assert is_refused(swapped) == (one != two)


def test_every_symbol_left_out_or_doubled_is_caught() -> None:
    for at in range(27):
        assert is_refused(_SYMBOLS[:at] + _SYMBOLS[at + 1 :])
        assert is_refused(_SYMBOLS[:at] + _SYMBOLS[at] + _SYMBOLS[at:])


def test_ids_are_not_given_twice() -> None:
    ids = {new_id() for _ in range(2_000)}

    assert len(ids) == 2_000
    assert all(is_id(one) for one in ids)


@pytest.mark.parametrize(
    "text", ["", "a" * 25, "a" * 27, "A" * 26, "i" * 26, "a" * 26 + "\n"]
)
def test_what_has_not_the_form_of_an_id_is_none(text: str) -> None:
    assert not is_id(text)


def test_hkdf_gives_what_rfc_5869_says() -> None:
    """Appendix A.3, the test case of SHA-256 without salt."""
    expected = (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        "9d201395faa4b61a96c8"
    )

    assert hkdf(bytes([0x0B] * 22), b"", 42).hex() == expected


@pytest.mark.parametrize("length", [0, 1, 16, 31, 32, 33, 64, 255, 8160])
def test_hkdf_gives_what_another_library_gives(length: int) -> None:
    other = HKDF(algorithm=SHA256(), length=length, salt=None, info=b"info")

    assert hkdf(b"secret", b"info", length) == other.derive(b"secret")


def test_hkdf_has_an_end() -> None:
    with pytest.raises(ValueError, match="byte"):
        hkdf(b"secret", b"info", 8161)


def test_a_code_always_stands_for_the_same_keys() -> None:
    """Written down once: a change would cut every reader off from her letter."""
    keys = derive(_NUMBER)

    assert keys.lookup == "06T4S044S19WC1JBKAP4K3RE6B"
    assert keys.outcome_key.hex() == (
        "71f2e4a8b4888f929e63e6ce5f1a05ab97b261b3f1b49c5a43dfc719ada6822c"
    )
    assert keys.action_key.hex() == (
        "33aee58157ee8069bcecfa0db854b9063c18c244cad1bf526a5a1b087a6aa5b4"
    )
    assert action_digest(keys.action_key) == (
        hashlib.sha256(b"letterdesk/action/1\0" + keys.action_key).digest()
    )


@given(_ANY_NUMBER, _ANY_NUMBER)
def test_no_two_codes_or_purposes_share_a_key(one: int, two: int) -> None:
    keys = [derive(one), derive(two)]

    secrets = {key for pair in keys for key in (pair.outcome_key, pair.action_key)}
    assert len(secrets) == (2 if one == two else 4)
    assert (keys[0].lookup == keys[1].lookup) == (one == two)
    assert all(len(pair.lookup) == 26 and is_id(pair.lookup.lower()) for pair in keys)


@given(st.binary(max_size=40))
def test_base_32_gives_every_byte_string_its_own_symbols(raw: bytes) -> None:
    text = base32.encode(raw)

    assert len(text) == -(-len(raw) * 8 // 5)
    assert base32.decode_number(text).to_bytes(len(raw), "big") == raw


@pytest.mark.parametrize("symbol", [*"ILOU*~$=", "a", "-", " "])
def test_base_32_knows_its_symbols(symbol: str) -> None:
    with pytest.raises(KeyError):
        base32.decode_number(f"0{symbol}")
