"""Check digits and dates: what tells an identity number from any other number."""

from datetime import date
from ipaddress import ip_address

_OLDEST, _LAST = 1880, 2100  # years
_CHINESE_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHINESE_CHECKS = "10X98765432"


def luhn(digits: str) -> bool:
    """Say whether a card's number holds (ISO/IEC 7812-1)."""
    doubled = [
        int(digit) if place % 2 else sum(divmod(2 * int(digit), 10))
        for place, digit in enumerate(digits[::-1], 1)
    ]
    return sum(doubled) % 10 == 0


def chinese_id(number: str) -> bool:
    """Say whether a resident's number holds: its date, and its check (GB 11643)."""
    total = sum(
        weight * int(digit) for weight, digit in zip(_CHINESE_WEIGHTS, number, strict=False)
    )
    return is_day(number[6:14]) and _CHINESE_CHECKS[total % 11] == number[17].upper()


def korean_id(number: str) -> bool:
    """Say whether a resident's number may be one: its date and its seventh digit.

    Numbers given since October 2020 have no check digit, so none is asked for.
    """
    century = {"1": "19", "2": "19", "3": "20", "4": "20", "5": "19", "6": "19"}
    century |= {"7": "20", "8": "20", "9": "18", "0": "18"}
    return is_day(century[number[6]] + number[:6])


def american_id(number: str) -> bool:
    """Say whether a social security number may be one: no part is zero."""
    return number[:3] not in ("000", "666") and number[3:5] != "00" and number[5:] != "0000"


def iban(number: str) -> bool:
    """Say whether an account's number holds (ISO 13616)."""
    moved = number[4:] + number[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def is_computer(written: str) -> bool:
    """Say whether it is the address of somebody's computer on the internet."""
    try:
        return ip_address(written).is_global
    except ValueError:
        return False


def is_day(eight: str) -> bool:
    """Say whether eight digits are a day, year first, of somebody who may live."""
    try:
        return (
            _OLDEST <= date(int(eight[:4]), int(eight[4:6]), int(eight[6:])).year <= _LAST
        )
    except ValueError:
        return False
