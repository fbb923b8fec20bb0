"""What goes into a backup file by file, and what of it could not be read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from letterdesk.domain.errors import PlaceFailed
from letterdesk.failures import explain, unexpected
from letterdesk.newsroom.archive import Packer
from letterdesk.places.base import Missing, Place, Unfit


@dataclass(kw_only=True)
class Gathering:
    """Puts files into `packer`; `lacks` are the names, in the backup, of those it lacks.

    One that cannot be read holds up no other: a backup that lacks something is worth more
    than none. `why` is the sentence for the first of them.
    """

    packer: Packer
    lacks: set[str] = field(default_factory=set)
    why: str = ""

    def place(self, place: Place, folder: str, names: Iterable[str]) -> None:
        """Put these files of a place into `folder`; not those that went away meanwhile.

        Where the place is gone altogether, what is left of them is not waited for.
        """
        left = iter(sorted(names))
        for name in left:
            kept = f"{folder}/{name.rpartition('/')[2]}"
            if kept in self.packer.files:
                continue
            try:
                self.packer.add(kept, place.read(name))
            except Unfit as error:
                self.lack(kept, error)
            except Missing:
                continue
            except PlaceFailed as error:
                self.lack(kept, error)
                if not _is_there(place):
                    self.lacks.update(f"{folder}/{one.rpartition('/')[2]}" for one in left)

    def file(self, path: Path, name: str) -> None:
        """Put a file of the newsroom's folder in, with its mode, if it is there."""
        try:
            if path.is_file():
                mode = path.stat().st_mode & 0o777
                self.packer.add(name, path.read_bytes(), mode=mode)
            elif path.exists() or path.is_symlink():
                self.lack(name, Unfit(f"{name} is no file, or leads nowhere."))
        except OSError as error:
            self.lack(name, error)

    def listed(self, place: Place, under: str, folder: str) -> list[str]:
        """Give the names below `under`; none where the place cannot be listed."""
        try:
            return sorted(place.list(under))
        except PlaceFailed as error:
            self.lack(f"{folder}/", error)
            return []

    def expect(self, names: Collection[str]) -> None:
        """Note which of these files of the backup are not in it, and should be."""
        for name in sorted(set(names) - self.packer.files.keys() - self.lacks):
            self.lack(name, Missing("A story has it, and it is not in the public place."))

    def lack(self, name: str, error: Exception) -> None:
        """Note a file that is there, and cannot be read."""
        self.lacks.add(name)
        self.why = self.why or explain(error) or unexpected(error)


def _is_there(place: Place) -> bool:
    try:
        next(iter(place.list()), None)
    except PlaceFailed:
        return False
    return True
