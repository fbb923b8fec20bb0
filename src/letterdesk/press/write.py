"""Put files into the public place: only what differs, variants before their plain file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from letterdesk.places.base import Place

_VARIANTS = (".br", ".gz")


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was put and removed, by path; `digests` are those of all plain files now."""

    put: tuple[str, ...]
    removed: tuple[str, ...]
    digests: Mapping[str, str]


def write(place: Place, files: Mapping[str, bytes], known: Mapping[str, str]) -> Written:
    """Put what differs from `known` (path → SHA-256), remove what is only known.

    `files` may hold compressed variants; they follow their plain file. A variant that a
    file no longer has is removed with the rest. Raises PlaceFailed, having written some.
    """
    digests = {
        path: hashlib.sha256(raw).hexdigest()
        for path, raw in files.items()
        if not path.endswith(_VARIANTS)
    }
    put = tuple(path for path, digest in digests.items() if known.get(path) != digest)
    gone = tuple(path for path in known if path not in digests)
    for path in put:
        for ending in (*_VARIANTS, ""):
            _put(place, path + ending, files.get(path + ending))
    for path in gone:
        for ending in ("", *_VARIANTS):
            place.remove(path + ending)
    return Written(put=put, removed=gone, digests=digests)


def _put(place: Place, path: str, raw: bytes | None) -> None:
    if raw is None:
        place.remove(path)
    else:
        place.put(path, raw)
