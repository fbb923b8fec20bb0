"""What became of a letter, and the fixed-size parts in which it is published.

An outcome is compressed and split, so that each part has the same size whatever it says.
Part 0 lies under the receipt's lookup id; the names of further parts are derived from the
outcome key, so nobody else can tell that they belong together.
"""

import json
import zlib
from dataclasses import dataclass, fields
from typing import Any

from letterdesk.domain import base32, receipt
from letterdesk.domain.edit import Cut
from letterdesk.domain.errors import SealBroken
from letterdesk.domain.statement import Statement, from_facts, to_facts

PART = 4096 - 16  # bytes of a part before sealing; the seal adds 16
MAX_PARTS = 64  # twice what the longest letter, all cut up, can need
_AGAINST = frozenset({"edited", "rejected", "retracted"})
_LONGEST = 1_048_576  # bytes, inflated
_HEAD = 4  # bytes: the number of parts (2), the length used in this one (2)
_DAMAGED = "The answer to this receipt is damaged. Please try later."


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The newsroom's answer to the holder of a receipt.

    `status` is one of received, published, edited, rejected, withdrawn, retracted; `text`
    is the published text, "" where none is; `original` is what was sent, kept only where a
    cut is to be shown; `statement` says why in `language`, the story's, and `reasons` all
    that goes with it. For a notice, status and rules are those of the comment it was about.
    """

    status: str
    story: str = ""
    language: str = ""
    written_in: str = ""  # the language of `text`; "" where nobody knows it
    comment: str = ""
    text: str = ""
    original: str = ""
    cuts: tuple[Cut, ...] = ()
    rules: tuple[str, ...] = ()
    terms: str = ""  # the version of the Terms of Use that the rules are from
    statement: str = ""
    decided: str = ""  # the day, ISO
    kind: str = ""  # notice or tip; "" for a comment
    reasons: Statement | None = None
    earlier: Statement | None = None  # the reasons that `reasons` answers
    appeal: str = ""  # a Verdict; "" while there was none
    name_left_out: bool = False  # by a moderator; of a notice: nothing but the name was

    @property
    def is_against(self) -> bool:
        """Say whether a decision stands against a letter, which its author may appeal."""
        return not self.kind and self.status in _AGAINST

    @property
    def can_be_taken_back(self) -> bool:
        """Say whether the page of the outcome offers its author to take her letter back."""
        return not self.kind and self.status != "withdrawn"


RECEIVED = Outcome(status="received")


def split(outcome: Outcome) -> list[bytes]:
    """Give the outcome as one or more parts of PART bytes each."""
    written = {name: _plain(name, value) for name, value in vars(outcome).items() if value}
    raw = zlib.compress(json.dumps(written, ensure_ascii=False, sort_keys=True).encode(), 9)
    room = PART - _HEAD
    chunks = [raw[at : at + room] for at in range(0, len(raw), room)]
    return [
        (len(chunks).to_bytes(2, "big") + len(chunk).to_bytes(2, "big") + chunk).ljust(
            PART, b"\0"
        )
        for chunk in chunks
    ]


def count_parts(part: bytes) -> int:
    """Give how many parts belong to the outcome that begins with `part`.

    Raises SealBroken when there are more than any outcome has.
    """
    count = int.from_bytes(part[:2], "big")
    if not 1 <= count <= MAX_PARTS:
        raise SealBroken(_DAMAGED)
    return count


def join(parts: list[bytes]) -> Outcome:
    """Give the outcome back. Raises SealBroken when the parts are not one."""
    raw = b"".join(
        part[_HEAD : _HEAD + int.from_bytes(part[2:_HEAD], "big")] for part in parts
    )
    try:
        return _read(json.loads(_inflate(raw)))
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise SealBroken(_DAMAGED) from error


def _inflate(raw: bytes) -> bytes:
    """Give what is compressed in `raw`, which is whole; never more than _LONGEST bytes."""
    inflater = zlib.decompressobj()
    inflated = inflater.decompress(raw, _LONGEST)
    if not inflater.eof:
        raise SealBroken(_DAMAGED)
    return inflated


def _plain(name: str, value: Any) -> object:
    if name == "cuts":
        return [[cut.start, cut.end, cut.note] for cut in value]
    return to_facts(value) if name in _STATEMENTS else value


def _read(written: dict[str, Any]) -> Outcome:
    """Give the outcome; what a later version wrote beside our fields is passed over."""
    known = {
        field.name: written[field.name]
        for field in fields(Outcome)
        if field.name in written
    }
    known["cuts"] = tuple(
        Cut(start=start, end=end, note=note) for start, end, note in known.get("cuts", ())
    )
    known["rules"] = tuple(known.get("rules", ()))
    known |= {name: from_facts(known[name]) for name in _STATEMENTS if name in known}
    return Outcome(**known)


_STATEMENTS = ("reasons", "earlier")


def path(lookup: str) -> str:
    """Give where in the public place the part with this lookup id lies."""
    return f"r/{lookup[:2]}/{lookup}"


def part_path(lookup: str, outcome_key: bytes, number: int) -> str:
    """Give where part `number` lies; only the key's holder can compute it past part 0."""
    if number == 0:
        return path(lookup)
    info = b"letterdesk/outcome/1/part" + number.to_bytes(2, "big")
    return path(base32.encode(receipt.hkdf(outcome_key, info, 16)))
