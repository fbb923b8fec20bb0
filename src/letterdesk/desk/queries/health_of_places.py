"""Whether spool and public place can be read and written, and hold only what is ours."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from shlex import quote

from letterdesk.desk.queries.unopened import told_of_broken
from letterdesk.domain.errors import LetterdeskError, PlaceFailed
from letterdesk.domain.told import some
from letterdesk.places import choose
from letterdesk.places.base import Missing
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings

_MEGABYTE = 1 << 20


def place_faults(newsroom: Settings) -> Iterator[str]:
    """Say which place cannot be listed, and what lies in one that should not."""
    for name, place in (
        ("spool", choose.spool(newsroom)),
        ("public place", choose.public(newsroom)),
    ):
        try:
            next(place.list(), None)
        except LetterdeskError as error:
            yield f"The {name} cannot be listed: {error.sentence}"
        else:
            if isinstance(place, Folder):
                yield from unwritable([place.root])
    yield from unread_in_spool(newsroom)
    yield from _broken_in_spool(newsroom)
    yield from _leading_out(newsroom)


def unwritable(paths: Sequence[Path]) -> Iterator[str]:
    """Say which of these this user may not write, apart from what no disk takes."""
    for path in paths:
        folder = path if path.is_dir() else path.parent
        if path.exists() and not os.access(path, os.W_OK):
            if Folder(root=folder).is_read_only():  # the disks say so
                continue
            yield (
                f"This user may not write {path}: nothing can be stored there. Where "
                f"Letterdesk runs as this user, let it: chmod u+w {quote(str(path))}, as "
                "its owner. Otherwise look once more as the user that it runs as."
            )


def unread_in_spool(newsroom: Settings) -> Iterator[str]:
    """Say what lies in the spool that no letterbox of ours writes; nothing where all is."""
    with suppress(LetterdeskError):  # it cannot be listed: the places say so
        if found := sorted(choose.spool(newsroom).unfit()):
            yield told_of_unread(found)


def _broken_in_spool(newsroom: Settings) -> Iterator[str]:
    """Say which batches the disk or the bucket does not give; reads all that wait."""
    spool = choose.spool(newsroom)
    broken: dict[str, PlaceFailed] = {}
    with suppress(LetterdeskError):  # it cannot be listed: the places say so
        for name in sorted(spool.list()):
            try:
                spool.read(name)
            except Missing:  # it was collected meanwhile, or is never read
                continue
            except PlaceFailed as error:
                broken[name] = error
                next(spool.list(), None)
    if broken:
        yield told_of_broken(broken)


def told_of_unread(names: Sequence[str]) -> str:
    """Say what collecting passed over in the spool."""
    return (
        "In the spool lies what no letterbox writes (links, pipes, folders, files that are "
        f"too large or that this user may not read): {some(names)}. It is not read, and no "
        "letter waits for it. Find out who put it there, as the letterbox may have been "
        "taken over, and remove it."
    )


def _leading_out(newsroom: Settings) -> Iterator[str]:
    """Say which links in the public place lead out of it: a web server may follow them."""
    with suppress(LetterdeskError):
        if found := sorted(choose.public(newsroom).unfit()):
            yield (
                "In the public place lie links that lead out of it, or pipes and the like: "
                f"{some(found)}. The letterbox hands out nothing of them; another web "
                "server may. Remove them."
            )


def full_disks(newsroom: Settings) -> Iterator[str]:
    """Say which disk takes no letters: read-only, or with less than a megabyte free."""
    reserve = max(newsroom.letterbox.reserve_megabytes, 1) * _MEGABYTE
    folders = {newsroom.folder}
    for place in (choose.spool(newsroom), choose.public(newsroom)):
        if isinstance(place, Folder):
            folders.add(place.root)
    for folder in sorted(folders):
        try:
            free = Folder(root=folder).free_bytes()
            is_read_only = Folder(root=folder).is_read_only()
        except PlaceFailed:  # it is not there: the places say so
            continue
        if is_read_only:
            yield (
                f"The disk of {folder} is mounted read-only: nothing can be stored there. "
                "A disk that fails becomes so by itself. Look into the machine's log."
            )
        if free < reserve:
            yield (
                f"The disk of {folder} is full, or nearly: {free // _MEGABYTE} megabytes "
                f"are free, {reserve // _MEGABYTE} are needed. Make room on it."
            )
