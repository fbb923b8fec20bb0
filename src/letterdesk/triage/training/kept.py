"""Stages of a training, kept in files so that it goes on where it was stopped."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from letterdesk.triage.model.sparse import Floats

Progress = Callable[[str], None]


def kept(path: Path, make: Callable[[], Floats]) -> Floats:
    """Give what lies in `path`, made and put there first when it does not."""
    if not path.is_file():
        keep(path, make())
    return taken(path)


def keep(path: Path, stage: Floats) -> None:
    """Put a stage into `path`, whole or not at all."""
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        np.save(file, stage)
    draft.rename(path)


def taken(path: Path) -> Floats:
    """Give the stage in `path`."""
    return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
