"""What lies in the public place, held against what the press wrote there."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from letterdesk.desk.models import PublishedFile, Story
from letterdesk.domain.errors import LetterdeskError
from letterdesk.places.base import Place

_OUTCOME = re.compile(r"r/[0-9A-Z]{2}/[0-9A-Z]{26}")  # sealed, and handed out to nobody
_PICTURE = re.compile(r"assets/picture-([0-9a-f]{10})\.webp")  # of a digest's beginning
_NAMED = 5  # in one sentence


@dataclass(frozen=True, kw_only=True)
class LostPicture:
    """A story whose picture is not in the public place, or is not the one it was."""

    url: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Paths that are wrong or missing, and those that the press knows nothing of."""

    wrong: list[str] = field(default_factory=list)
    pictures: list[LostPicture] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def shelf(place: Place) -> Shelf:
    """Look at every file there. What cannot be read is wrong."""
    published = PublishedFile.objects.values_list("path", "digest")
    wrong = [path for path, digest in published.iterator() if _read(place, path) != digest]
    try:
        unknown = sorted(_unknown(place))
    except LetterdeskError:  # it is not there: the places say so
        unknown = []
    return Shelf(wrong=sorted(wrong), pictures=lost_pictures(place), unknown=unknown)


def lost_pictures(place: Place) -> list[LostPicture]:
    """Give the stories whose picture the press cannot write again: the desk keeps none."""
    rows = Story.objects.exclude(picture=None).order_by("pk")
    return [
        LostPicture(url=row.url, path=row.picture["path"])
        for row in rows.only("url", "picture").iterator()
        if row.picture and not _is_picture(place, row.picture["path"])
    ]


def some(names: Sequence[str]) -> str:
    """Give how many these are and the first few, with nothing that moves a terminal."""
    shown = [name if name.isprintable() else ascii(name) for name in names[:_NAMED]]
    more = len(names) - len(shown)
    return f"{len(names)} ({', '.join(shown)}{f', and {more} more' if more else ''})"


def _unknown(place: Place) -> Iterator[str]:
    """Give the names of files that nobody of ours wrote."""
    known = set(PublishedFile.objects.values_list("path", flat=True))
    for name in place.list():
        plain = name.removesuffix(".br").removesuffix(".gz")
        if plain in known or _OUTCOME.fullmatch(name) or _is_picture(place, name):
            continue
        yield name


def _is_picture(place: Place, name: str) -> bool:
    """Say whether it is a story's picture, of today or of before, as it was taken in."""
    found = _PICTURE.fullmatch(name)
    return found is not None and _read(place, name).startswith(found[1])


def _read(place: Place, name: str) -> str:
    """Give a file's digest; a word that is none where it cannot be read."""
    try:
        return hashlib.sha256(place.read(name)).hexdigest()
    except LetterdeskError:
        return "missing"
