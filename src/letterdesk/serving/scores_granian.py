"""The stand-in for granian; what it asks of the world is LETTERDESK_KEY_FILE."""

import os
from pathlib import Path

from letterdesk.serving.scores import Scores
from letterdesk.serving.stand_in import KEY_FILE, read_key
from letterdesk.triage.perspective.attributes import load


def _app() -> Scores:
    load()  # so that nobody waits for the tables
    file = os.environ.get(KEY_FILE, "")
    return Scores(key=read_key(Path(file)) if file else "")


app = _app()
