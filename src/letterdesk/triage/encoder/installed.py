"""The encoders that are installed: those of the package that `letterdesk[encoder]` brings.

Without it the tables speak alone. LETTERDESK_ENCODER=off in the environment silences what
is installed.
"""

import logging
import os
from functools import cache
from importlib import import_module
from importlib.resources import files

from letterdesk.triage.encoder.encoder import Encoder, NotAnEncoder, read

PACKAGE = "letterdesk_encoder"
_log = logging.getLogger(__name__)
_SWITCH = "LETTERDESK_ENCODER"


def version() -> int:
    """Give the version of the installed encoders; 0 without any."""
    if os.environ.get(_SWITCH) == "off":
        return 0
    try:
        return int(import_module(PACKAGE).VERSION)
    except ModuleNotFoundError:
        return 0


@cache
def encoder(language: str) -> Encoder | None:
    """Give the encoder of a language, where one is installed and whole."""
    if not version():
        return None
    file = files(PACKAGE).joinpath(f"encoder-{language}.npz")
    if not file.is_file():
        return None
    try:
        return read(file.read_bytes())
    except NotAnEncoder as error:
        _log.error("code=%s language=%s %s", error.code, language, error.sentence)
        return None
