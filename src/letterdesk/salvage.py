"""Find sealed letters in a batch that is not whole."""

from dataclasses import dataclass

from letterdesk.domain.envelope import ENTRY, HEADER, find_header
from letterdesk.domain.letter import SIZE_CLASSES
from letterdesk.sealing import OVERHEAD

SMALLEST = HEADER + SIZE_CLASSES[0] + OVERHEAD  # bytes of a sealed letter


@dataclass(frozen=True, kw_only=True)
class Salvaged:
    """What looks like sealed letters in a batch that is not whole, and all else in it.

    `rest` lacks only the lengths in front of these letters.
    """

    envelopes: tuple[bytes, ...]
    rest: bytes


def salvage(raw: bytes) -> Salvaged:
    """Give what looks like sealed letters in a batch that is not whole, and the rest.

    None overlaps another. Whether they are letters is told by opening them.
    """
    found: list[bytes] = []
    rest: list[bytes] = []
    done = 0
    at = find_header(raw, 0)
    while at is not None:
        end = _end(raw, at)
        if end is not None:
            rest.append(raw[done : at - ENTRY if _is_named(raw, at) else at])
            found.append(raw[at:end])
            done = end
        at = find_header(raw, end or at + HEADER)
    return Salvaged(envelopes=tuple(found), rest=b"".join([*rest, raw[done:]]))


def _end(raw: bytes, at: int) -> int | None:
    """Give where the envelope ends whose header is there; None where it does not say.

    One whose length is not in front of it ends before the next one of which it is: the size
    in its header may be what is damaged, and would hide whole letters behind it.
    """
    if (size := _size(raw, at)) is None:
        return None
    other = None if _is_named(raw, at) else find_header(raw, at + 1)
    while other is not None and other < at + size:
        if _is_named(raw, other):
            return other - ENTRY
        other = find_header(raw, other + 1)
    return at + size


def _is_named(raw: bytes, at: int) -> bool:
    """Say whether what stands in front of a header is the envelope's length, as it says."""
    named = raw[max(0, at - ENTRY) : at]
    return len(named) == ENTRY and int.from_bytes(named, "big") == _size(raw, at)


def _size(raw: bytes, at: int) -> int | None:
    size_class = raw[at + HEADER - 1]
    if size_class >= len(SIZE_CLASSES):
        return None
    return HEADER + SIZE_CLASSES[size_class] + OVERHEAD
