"""The same work in newsrooms of several sizes, each measured by a process of its own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import databases, newsroom


def each(
    program: str, sizes: Sequence[tuple[int, int]], *, database: str, rounds: int
) -> Iterator[Any]:
    """Make a newsroom for each size; give what `program --one FOLDER SIZE` prints, as JSON.

    The program fills it. `rounds` is handed on. Nothing of a newsroom is left.
    """
    for size in sizes:
        with (
            tempfile.TemporaryDirectory(prefix="sizes-") as folder,
            databases.address(database, Path(folder)) as address,
        ):
            room = newsroom.make(
                Path(folder) / "newsroom", settings={"desk": {"database": address}}
            )
            done = subprocess.run(
                [
                    *[sys.executable, "-m", program, "--rounds", str(rounds)],
                    *["--one", str(room.folder), *map(str, size)],
                ],
                stdout=subprocess.PIPE,
                check=True,
            )
            yield json.loads(done.stdout)
