"""Write public files so that the database always knows what may lie there."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from letterdesk.desk.models import PublishedFile, Story
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.press.variants import with_variants
from letterdesk.press.write import write


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """How many files were put and removed, variants not counted."""

    put: int = 0
    removed: int = 0


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Files that wait to be put: `plain` by path, and `shown` with their variants."""

    plain: Mapping[str, bytes]
    shown: Mapping[str, bytes]
    gone: Sequence[str]


def shelve(place: Place, files: Mapping[str, bytes], known: Mapping[str, str]) -> Shelved:
    """Put what belongs to no story and differs from `known` (path → digest).

    What is only there is removed. Raises PlaceFailed.
    """
    return put(place, ready(place, files, known), story=None)


def ready(place: Place, files: Mapping[str, bytes], known: Mapping[str, str]) -> Ready:
    """Give what differs from `known` (path → digest), compressed, and what is only there.

    That takes most of the time, and nothing is touched yet.
    """
    plain = {path: raw for path, raw in files.items() if known.get(path) != _digest(raw)}
    return Ready(
        plain=plain,
        shown=with_variants(plain) if isinstance(place, Folder) else plain,
        gone=[path for path in known if path not in files],
    )


def put(place: Place, found: Ready, *, story: Story | None) -> Shelved:
    """Put files and remove those that are gone.

    Killed at any point, the next call with the same files mends it: a file is marked as
    uncertain before it is touched, and as written after. Raises PlaceFailed.
    """
    if not found.plain and not found.gone:
        return Shelved()
    _mark(dict.fromkeys([*found.plain, *found.gone], ""), story=story)
    write(place, found.shown, gone=found.gone)
    _mark({path: _digest(raw) for path, raw in found.plain.items()}, story=story)
    PublishedFile.objects.filter(path__in=found.gone).delete()
    return Shelved(put=len(found.plain), removed=len(found.gone))


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _mark(digests: Mapping[str, str], *, story: Story | None) -> None:
    PublishedFile.objects.bulk_create(
        [
            PublishedFile(path=path, digest=digest, story=story)
            for path, digest in digests.items()
        ],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["digest"],
    )
