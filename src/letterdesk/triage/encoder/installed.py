"""The encoders that are installed: those of the package that `letterdesk[encoder]` brings.

The package is heard whole or not at all: a list in it has the digest of each file, and
where one is missing, damaged or not readable the tables speak alone. So the version says
what was heard, and what waits is screened anew when a fault is mended.
LETTERDESK_ENCODER=off in the environment silences what is installed.
"""

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable

from letterdesk.triage.encoder import SWITCH
from letterdesk.triage.encoder.encoder import Encoder, NotAnEncoder, read

PACKAGE = "letterdesk_encoder"
LIST = "encoders.json"
MOST = 32  # versions: what is kept of them with a letter is a small number

_log = logging.getLogger(__name__)


def version() -> int:
    """Give the version of the encoders that are heard; 0 without any."""
    return 0 if os.environ.get(SWITCH) == "off" else _found()[0]


@cache
def encoder(language: str) -> Encoder | None:
    """Give the encoder of a language, where one is heard."""
    name = f"encoder-{language}.npz"
    if not version() or name not in _found()[1]:
        return None
    return read(files(PACKAGE).joinpath(name).read_bytes())


@cache
def _found() -> tuple[int, frozenset[str]]:
    """Give the version of the installed package, and its files; 0 when it is not whole."""
    try:
        import_module(PACKAGE)
        return _whole(files(PACKAGE))
    except ModuleNotFoundError:
        return 0, frozenset()
    except (NotAnEncoder, OSError) as error:
        _log.error(
            "code=%s The tables speak alone: the encoders cannot be read (%s). Install "
            "them again, and start anew.",
            *(NotAnEncoder.code, error),
        )
        return 0, frozenset()


def _whole(folder: Traversable) -> tuple[int, frozenset[str]]:
    number, digests = _listed(folder)
    for name, digest in digests.items():
        if hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() != digest:
            raise NotAnEncoder(f"{name} is not the file that {LIST} speaks of")
    return number, frozenset(digests)


def _listed(folder: Traversable) -> tuple[int, Mapping[str, str]]:
    """Give a package's version, and the digest of each file.

    Raises NotAnEncoder, OSError.
    """
    try:
        facts = json.loads(folder.joinpath(LIST).read_bytes())
        number, digests = facts["version"], dict(facts["sha256"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotAnEncoder(f"{LIST} is none") from error
    if not isinstance(number, int) or not 0 < number < MOST:
        raise NotAnEncoder(f"{LIST} has no version from 1 to {MOST - 1}")
    return number, digests
