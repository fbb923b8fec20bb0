"""The encoders that are installed: those of the package that `letterdesk[encoder]` brings.

The package is heard whole or not at all: a list in it has the digest of each file, and
where one is missing, damaged or not readable the tables speak alone. So the version says
what was heard, and what waits is screened anew when a fault is mended.
LETTERDESK_ENCODER=off in the environment silences what is installed.
"""

import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable

from letterdesk.triage.encoder.encoder import (
    Encoder,
    NotAnEncoder,
    read,
    read_trunk,
    read_voice,
)
from letterdesk.triage.encoder.switch import is_off
from letterdesk.triage.encoder.trunk import Trunk

PACKAGE = "letterdesk_encoder"
LIST = "encoders.json"
TRUNK = "layers.npz"
_ENCODER = re.compile(r"encoder-([a-z]+)\.npz")
MOST = 32  # versions: what is kept of them with a letter is a small number

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Package:
    """What is installed; `fault` says why nothing of it is heard."""

    version: int = 0
    files: frozenset[str] = frozenset()
    fault: str = ""


def version() -> int:
    """Give the version of the encoders that are heard; 0 without any.

    Raises SettingWrong when LETTERDESK_ENCODER is neither unset nor off.
    """
    return 0 if is_off() else _found().version


def fault() -> str:
    """Say what is wrong with the installed package; nothing when it is whole, or absent."""
    return _found().fault


@cache
def encoder(language: str) -> Encoder | None:
    """Give the encoder of a language, where one is heard."""
    name = encoder_of(language)
    if not version() or name not in _found().files:
        return None
    return read(_file(name), _trunk(), read_voice(_file(voice_of(language))))


def encoder_of(language: str) -> str:
    """Give the name of an encoder's file."""
    return f"encoder-{language}.npz"


def voice_of(language: str) -> str:
    """Give the name of the file that says how an encoder is heard."""
    return f"voice-{language}.json"


def _language(name: str) -> str:
    """Give the language of an encoder's file; nothing for another file."""
    found = _ENCODER.fullmatch(name)
    return found[1] if found else ""


@cache
def _trunk() -> Trunk:
    return read_trunk(_file(TRUNK))


def _file(name: str) -> bytes:
    return files(PACKAGE).joinpath(name).read_bytes()


@cache
def _found() -> _Package:
    """Give the installed package; one that is not whole has version 0, and its fault."""
    try:
        import_module(PACKAGE)
        return _whole(files(PACKAGE))
    except ModuleNotFoundError:
        return _Package()
    except (NotAnEncoder, OSError) as error:
        _log.error(
            "code=%s The tables speak alone: the encoders cannot be read (%s). Install "
            "them again, and start anew.",
            *(NotAnEncoder.code, error),
        )
        return _Package(fault=str(error))


def _whole(folder: Traversable) -> _Package:
    number, digests = _listed(folder)
    for name, digest in digests.items():
        if hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() != digest:
            raise NotAnEncoder(f"{name} is not the file that {LIST} speaks of")
    for name in digests:
        language = _language(name)
        if language and voice_of(language) not in digests:
            raise NotAnEncoder(f"{LIST} has {name} and no {voice_of(language)}")
    return _Package(version=number, files=frozenset(digests))


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
