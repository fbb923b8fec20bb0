"""Crockford's base 32: bytes as letters and digits that survive being read aloud.

Source: Douglas Crockford, "Base 32", https://www.crockford.com/base32.html.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_ALPHABET = ALPHABET + "*~$=U"
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}


def encode(raw: bytes) -> str:
    """Give `raw` as ceil(8 n / 5) upper-case symbols, most significant first."""
    return encode_number(int.from_bytes(raw, "big"), symbols=-(-len(raw) * 8 // 5))


def encode_number(number: int, *, symbols: int) -> str:
    """Give `number` as exactly `symbols` symbols, padded with zeros in front."""
    return "".join(
        ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(symbols))
    )


def decode_number(text: str) -> int:
    """Give the number behind upper-case symbols. Raises KeyError on any other symbol."""
    number = 0
    for symbol in text:
        number = number * 32 + _VALUES[symbol]
    return number


def check_symbol(number: int) -> str:
    """Give the symbol that catches one wrong symbol, or two swapped ones: number mod 37."""
    return CHECK_ALPHABET[number % 37]
