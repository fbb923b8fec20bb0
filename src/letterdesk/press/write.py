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

    In the order of `files`. Compressed variants go with their plain file and ahead of it,
    so that whoever sees a new page gets it compressed too. Raises PlaceFailed, having
    written some; the same call again finishes.
    """
    digests = {
        path: hashlib.sha256(raw).hexdigest()
        for path, raw in files.items()
        if not path.endswith(_VARIANTS)
    }
    put = tuple(path for path, digest in digests.items() if known.get(path) != digest)
    gone = tuple(path for path in known if path not in digests)
    for path in put:
        for name in (*_variants(path), path):
            if name in files:
                place.put(name, files[name])
    for path in gone:
        for name in (path, *_variants(path)):
            place.remove(name)
    return Written(put=put, removed=gone, digests=digests)


def _variants(path: str) -> tuple[str, ...]:
    return tuple(path + ending for ending in _VARIANTS)
