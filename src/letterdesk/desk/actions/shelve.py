"""Write public files so that the database always knows what may lie there."""

import hashlib
from collections.abc import Mapping
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


def shelve(
    place: Place,
    files: Mapping[str, bytes],
    known: Mapping[str, str],
    *,
    story: Story | None,
) -> Shelved:
    """Put what differs from `known` (path → digest), remove what is only there.

    Killed at any point, the next call with the same files mends it: a file is marked as
    uncertain before it is touched, and as written after. Raises PlaceFailed.
    """
    digests = {path: hashlib.sha256(raw).hexdigest() for path, raw in files.items()}
    differing = [path for path in digests if known.get(path) != digests[path]]
    gone = [path for path in known if path not in digests]
    if not differing and not gone:
        return Shelved()
    _mark(dict.fromkeys([*differing, *gone], ""), story=story)
    plain = {path: files[path] for path in differing}
    shown = with_variants(plain) if isinstance(place, Folder) else plain
    write(place, shown, gone=gone)
    _mark({path: digests[path] for path in differing}, story=story)
    PublishedFile.objects.filter(path__in=gone).delete()
    return Shelved(put=len(differing), removed=len(gone))


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
