"""The receipt code: the one link between a reader and her letter, held by her alone.

A code is 128 random bits and a check symbol, in Crockford's base 32, in groups. Three
things are derived from it with HKDF-SHA256 (RFC 5869): where the outcome will lie, the key
that opens it, and the key that proves the right to withdraw or appeal.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

from letterdesk.domain import base32
from letterdesk.domain.errors import CodeWrong

_BITS = 128
_SYMBOLS = 26  # of 5 bits each; the upper two bits are zero
_GROUP = 5
_LONGEST = 400  # characters worth reading; a code that is torn apart has fewer
_NOISE = re.compile(  # between symbols, or carried along when a code is copied
    r"[\s\-\u2010-\u2015\u2212\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    r"\u30fb\u00b7\u3002\u3001\u060c.,_:;/|\"'`\u2018-\u201d()\[\]]+"
)
_LETTERS = str.maketrans(  # of other alphabets that look like ours, as capitals
    "АВЕКМНОРСТХЅІЈЗΑΒΕΖΗΙΚΜΝΟΡΤΥΧ〜∗×",
    "ABEKMH0PCTXS1J3ABEZH1KMN0PTYX~**",
)


@dataclass(frozen=True, kw_only=True)
class ReceiptKeys:
    """What a code stands for; whoever holds these holds the receipt."""

    lookup: str  # 26 upper-case base 32 symbols: names the outcome's file
    outcome_key: bytes  # 32 bytes: opens it
    action_key: bytes  # 32 bytes: proves the right to withdraw and to appeal


def show_code(number: int) -> str:
    """Give the code for a 128-bit `number`: 27 symbols in groups of five."""
    symbols = base32.encode_number(number, symbols=_SYMBOLS) + base32.check_symbol(number)
    return "-".join(symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP))


def read_code(typed: str) -> int:
    """Give the 128-bit number of a code as a person typed it.

    Small letters, spaces, dashes and other marks between the symbols, full-width forms,
    the digits of any script, the look-alikes O, I and L and those of Cyrillic and Greek
    are forgiven. Raises CodeWrong when a symbol is missing, superfluous or mistyped.
    """
    symbols = "".join(map(_narrow, typed[:_LONGEST])).upper().translate(_LETTERS)
    symbols = _NOISE.sub("", symbols).translate(base32.LOOK_ALIKES)
    try:
        number = base32.decode_number(symbols[:_SYMBOLS])
    except KeyError as error:
        raise _wrong() from error
    if number >> _BITS or symbols[_SYMBOLS:] != base32.check_symbol(number):
        raise _wrong()
    return number


def derive(number: int) -> ReceiptKeys:
    """Give the keys of the code with this number."""
    secret = number.to_bytes(16, "big")
    return ReceiptKeys(
        lookup=base32.encode(hkdf(secret, b"letterdesk/receipt/1/lookup", 16)),
        outcome_key=hkdf(secret, b"letterdesk/receipt/1/outcome", 32),
        action_key=hkdf(secret, b"letterdesk/receipt/1/action", 32),
    )


def action_digest(action_key: bytes) -> bytes:
    """Give the 32 bytes by which the desk knows an action key without holding it."""
    return hashlib.sha256(b"letterdesk/action/1\0" + action_key).digest()


def hkdf(secret: bytes, info: bytes, length: int) -> bytes:
    """Give `length` bytes (at most 8,160) derived from `secret`: HKDF-SHA256, no salt."""
    key = hmac.digest(bytes(32), secret, "sha256")
    block, output = b"", b""
    for counter in range(1, -(-length // 32) + 1):
        block = hmac.digest(key, block + info + bytes([counter]), "sha256")
        output += block
    return output[:length]


def _wrong() -> CodeWrong:
    return CodeWrong(
        "There is a typing error in this code. Compare it with your receipt, "
        "symbol by symbol, and try again."
    )


def _narrow(char: str) -> str:
    """Give a full-width character as a narrow one, a digit of any script as ours."""
    if 0xFF01 <= ord(char) <= 0xFF5E:
        return chr(ord(char) - 0xFEE0)
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)
