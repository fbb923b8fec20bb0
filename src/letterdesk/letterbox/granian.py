"""The application for granian: `granian --interface rsgi letterdesk.letterbox.granian:app`.

The one place of the letterbox that asks the world: LETTERDESK_FOLDER, the clock.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from letterdesk.letterbox.app import App, make
from letterdesk.memory import keep_private
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.reader.render import warm
from letterdesk.settings import read
from letterdesk.tags import LANGUAGES


def _today() -> date:
    return datetime.now(UTC).date()


def _app() -> App:
    settings = read(Path(os.environ["LETTERDESK_FOLDER"]))
    spool = choose.spool(settings, patience=choose.PATIENCE)
    public = choose.public(settings, patience=choose.PATIENCE)
    for place in (spool, public):
        if isinstance(place, Folder):
            place.root.mkdir(parents=True, exist_ok=True)
    warm(LANGUAGES)
    if isinstance(spool, Folder):
        spool.sweep()  # should another worker be writing, it writes once more
    return make(settings, spool=spool, public=public, today=_today)


keep_private()
app = _app()
