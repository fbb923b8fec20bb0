"""Put files into the public place, variants before their plain file."""

from collections.abc import Iterable, Mapping

from letterdesk.places.base import Place

_VARIANTS = (".br", ".gz")


def write(place: Place, files: Mapping[str, bytes], *, gone: Iterable[str] = ()) -> None:
    """Put `files`, by path and in their order, then remove what is gone.

    Compressed variants go with their plain file and ahead of it, so that whoever sees a new
    page gets it compressed too. Raises PlaceFailed, having written some; the same call
    again finishes.
    """
    for path in files:
        if path.endswith(_VARIANTS):
            continue
        for name in (*_variants(path), path):
            if name in files:
                place.put(name, files[name])
    for path in gone:
        for name in (path, *_variants(path)):
            place.remove(name)


def _variants(path: str) -> tuple[str, ...]:
    return tuple(path + ending for ending in _VARIANTS)
