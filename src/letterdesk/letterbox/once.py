"""What a letter is called: by chance, or so that the same form sent twice is one letter.

A browser sends a form again when its answer is loaded anew, and a reader does when no
answer came. A form that the letterbox made for her, or a script, carries `once`: 128 random
bits that nobody else has. The letter's id and its receipt are derived from them and from
all that she wrote, so the same form gives the same receipt, and the desk takes it once;
another word makes another letter. Nothing is kept here for it.
"""

import hashlib
import secrets
from dataclasses import replace
from datetime import date

from letterdesk.domain import base32, ids, receipt
from letterdesk.domain.letter import Letter, pack

_SIZE = 16  # bytes of an id, and of a receipt's number


def names_by_chance() -> tuple[str, int]:
    """Give an id that nothing else has, and the number of a receipt code."""
    return ids.new_id(), secrets.randbits(8 * _SIZE)


def names(letter: Letter, *, once: str) -> tuple[str, int]:
    """Give the id of a letter that has none yet, and the number of its receipt code.

    With the same `once` they are the same for the same letter, whatever the day.
    """
    return _id(once, letter), int.from_bytes(_derive(once, "receipt", letter), "big")


def name_of_receipt(letter: Letter, *, number: int) -> str:
    """Give the id of what the holder of the receipt `number` sends with it."""
    return _id(f"{number:032x}", letter)


def _id(secret: str, letter: Letter) -> str:
    return base32.encode(_derive(secret, "id", letter)).lower()


def _derive(secret: str, what: str, letter: Letter) -> bytes:
    written = hashlib.sha256(pack(replace(letter, arrived=date.min))).digest()
    info = f"letterdesk/once/1/{what}\0".encode() + written
    return receipt.hkdf(secret.encode(), info, _SIZE)
