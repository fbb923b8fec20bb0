"""What lies in the public place, held against what the press wrote there."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from letterdesk.desk.models import PublishedFile, Story
from letterdesk.desk.queries.outcome_files import (
    is_outcome,
    stray_outcomes,
    wrong_outcomes,
)
from letterdesk.desk.queries.published import files_at
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.story import is_picture, picture_path
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.places.hands import hands
from letterdesk.press.variants import unpacks_to, variants_of
from letterdesk.watch import Watch

_AT_ONCE = 200  # files


@dataclass(frozen=True, kw_only=True)
class LostPicture:
    """A story whose picture is not in the public place, or is not the one it was."""

    url: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Paths that are wrong or missing, and those that the press knows nothing of.

    `unfinished` are those that the press was about to write when something stopped it.
    """

    wrong: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    pictures: list[LostPicture] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def shelf(place: Place, *, watch: Callable[[str], Watch] = lambda _: iter) -> Shelf:
    """Look at every file there. What cannot be read is wrong.

    `watch` is told what is looked at, and gives what shows how far it is. What seems wrong
    is looked at twice: the press may have been writing it.
    """
    wrong = _wrong(place, _wrong(place, _published(), watch("Looking at files")), iter)
    unfinished = _unfinished(wrong)
    try:
        unknown = sorted(_unknown(place))
    except LetterdeskError:  # it is not there: the places say so
        unknown = []
    return Shelf(
        wrong=sorted(set(wrong) - unfinished),
        unfinished=sorted(unfinished),
        pictures=lost_pictures(place),
        outcomes=wrong_outcomes(place, watch=watch("Looking at outcomes")),
        unknown=unknown,
    )


def lost_pictures(place: Place) -> list[LostPicture]:
    """Give the stories whose picture the press cannot write again: the desk keeps none."""
    rows = Story.objects.exclude(picture=None).order_by("pk")
    return [
        LostPicture(url=row.url, path=row.picture["path"])
        for row in rows.only("url", "picture").iterator()
        if row.picture and not _is_picture(place, row.picture["path"])
    ]


def _published() -> list[str]:
    return list(PublishedFile.objects.order_by("path").values_list("path", flat=True))


def _wrong(place: Place, paths: Sequence[str], watch: Watch) -> list[str]:
    """Give which of these files, and of their copies, are not as the press wrote them.

    `paths` may name copies: then their plain files are looked at.
    """
    plain = list(dict.fromkeys(_plain(path) for path in paths))
    found: list[str] = []
    with hands() as threads:
        for begun in watch(range(0, len(plain), _AT_ONCE)):
            known = files_at(plain[begun : begun + _AT_ONCE])
            for some in threads.map(partial(_differing, place), known, known.values()):
                found.extend(some)
    return found


def _unfinished(wrong: Sequence[str]) -> set[str]:
    """Give which of these the press itself knows to be uncertain, and writes again."""
    found: set[str] = set()
    for begun in range(0, len(wrong), _AT_ONCE):
        known = files_at(wrong[begun : begun + _AT_ONCE])
        found |= {path for path, digest in known.items() if not digest}
    return found


def _plain(path: str) -> str:
    return path.removesuffix(".br").removesuffix(".gz")


def _differing(place: Place, path: str, digest: str) -> list[str]:
    """Give `path` when the file is wrong, else those of its copies that are."""
    try:
        plain = place.read(path)
    except LetterdeskError:
        return [path]
    if hashlib.sha256(plain).hexdigest() != digest:
        return [path]
    copies = variants_of(path) if isinstance(place, Folder) else ()
    return [copy for copy in copies if not _is_copy(place, copy, plain)]


def _is_copy(place: Place, path: str, plain: bytes) -> bool:
    try:
        return unpacks_to(plain, path, place.read(path))
    except LetterdeskError:
        return False


def _unknown(place: Place) -> Iterator[str]:
    """Give the names of files that nobody of ours wrote."""
    known: set[str] = set()
    for path in _published():
        known |= {path, *(variants_of(path) if isinstance(place, Folder) else ())}
    for name in place.list():
        if not (name in known or is_outcome(name) or _is_picture(place, name)):
            yield name
    yield from stray_outcomes(place)


def _is_picture(place: Place, name: str) -> bool:
    """Say whether it is a story's picture, of today or of before, as it was taken in."""
    try:
        return is_picture(name) and picture_path(place.read(name)) == name
    except LetterdeskError:
        return False
