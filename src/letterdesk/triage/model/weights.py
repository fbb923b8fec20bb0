"""The learned tables: where they lie, what they say, how they were measured.

A table has one signed byte a column, companded: a byte b stands for
peak * (b / 127)² with b's sign, so that small weights keep their difference.
"""

import json
import logging
import re
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from threading import Lock
from typing import Any

import numpy as np
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.encoder import installed
from letterdesk.triage.encoder.encoder import Encoder
from letterdesk.triage.model import student as students
from letterdesk.triage.model.sparse import Coded, Floats, Table
from letterdesk.triage.model.student import Student

_loading = Lock()
_STUDENT = "student."
_FILE = re.compile(r"incivility-([a-z]+)\.npz")

_log = logging.getLogger(__name__)


class NoEncoder(LetterdeskError):
    """Weights that were learnt beside an encoder which is not installed."""

    code = "no-encoder"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What turns two sums into a chance. Learnt with the weights, kept beside them.

    The sentence table is heard in full in a comment of few letters and fades out around
    `middle` letters; `slope` and `offset` make a chance of the logit (Platt, 1999). Every
    text is taken to have `few` features more than it has, which say nothing: a single word
    is little to go by.
    """

    language: str
    version: str
    middle: float  # letters
    plain_share: float  # of the plain table, where the sentence table is heard in full
    sentence_share: float
    slope: float
    offset: float
    few: float = 0.0  # files of version 1 have none
    student_loud: float = 0.0  # what a student's logits count beside the tables
    encoder: str = ""  # the version of the encoder that is heard beside the tables
    loud: float = 0.0  # what its logits count
    slope_alone: float = 0.0  # of the logit without it; 0: not known
    offset_alone: float = 0.0


@dataclass(frozen=True)
class Weights:
    """The tables of one language, ready to use, and what is heard beside them."""

    settings: Settings
    plain: Table
    sentence: Table
    encoder: Encoder | None = None
    student: Student | None = None


def packed(table: Floats) -> tuple[NDArray[np.int8], float]:
    """Give a table as bytes, and the peak that they are measured by."""
    peak = float(np.abs(table).max(initial=0)) or 1.0
    share = np.sqrt(np.abs(table) / peak)
    return (np.sign(table) * np.rint(share * 127)).astype(np.int8), peak


def unpacked(raw: NDArray[np.int8], peak: float) -> Coded:
    """Give the table that `packed` made bytes of, nearly."""
    steps = np.arange(256, dtype=np.uint8).view(np.int8).astype(np.float32) / 127
    values = (np.sign(steps) * steps * steps * np.float32(peak)).astype(np.float32)
    return Coded(raw.view(np.uint8), values)


def written(
    settings: Settings, *, plain: Table, sentence: Table, student: Student | None = None
) -> bytes:
    """Give the file of a language; the same weights give the same bytes."""
    plain_raw, plain_peak = packed(plain[:])
    sentence_raw, sentence_peak = packed(sentence[:])
    facts = json.dumps(asdict(settings), sort_keys=True).encode()
    out = BytesIO()
    np.savez(
        out,
        settings=np.frombuffer(facts, dtype=np.uint8),
        plain=plain_raw,
        sentence=sentence_raw,
        peaks=np.array([plain_peak, sentence_peak]),
        allow_pickle=False,
        **_packed(student),
    )
    return out.getvalue()


def read(raw: bytes) -> Weights:
    """Give the weights in a file that `written` made.

    Raises NoEncoder when they were learnt beside one that is not installed.
    """
    with np.load(BytesIO(raw), allow_pickle=False) as file:
        settings = Settings(**json.loads(file["settings"].tobytes()))
        peaks = file["peaks"]
        return Weights(
            settings,
            unpacked(file["plain"], float(peaks[0])),
            unpacked(file["sentence"], float(peaks[1])),
            _encoder_of(settings),
            _student_in(file),
        )


def _packed(student: Student | None) -> dict[str, NDArray[Any]]:
    each = students.packed(student) if student else {}
    return {_STUDENT + name: part for name, part in each.items()}


def _student_in(file: NpzFile) -> Student | None:
    names = [name for name in file.files if name.startswith(_STUDENT)]
    if not names:
        return None
    return students.unpacked({name.removeprefix(_STUDENT): file[name] for name in names})


def with_encoder(known: Weights, encoder: Encoder) -> Weights:
    """Give weights with the encoder that learnt to be heard beside them."""
    voice = encoder.voice
    settings = replace(
        known.settings,
        encoder=voice.version,
        loud=voice.loud,
        slope=voice.slope,
        offset=voice.offset,
        slope_alone=known.settings.slope,
        offset_alone=known.settings.offset,
    )
    return replace(known, settings=settings, encoder=encoder)


def without_encoder(known: Weights) -> Weights:
    """Give weights as they read alone, by the line that was learnt for that.

    The encoder's own line is for both logits together: of one of them it makes other
    chances. What a desk learnt before the two were kept apart has no other.
    """
    told = known.settings
    if known.encoder is None or not told.slope_alone:
        return replace(known, encoder=None)
    alone = replace(
        told,
        encoder="",
        loud=0.0,
        slope=told.slope_alone,
        offset=told.offset_alone,
        slope_alone=0.0,
        offset_alone=0.0,
    )
    return replace(known, settings=alone, encoder=None)


def _encoder_of(settings: Settings) -> Encoder | None:
    if not settings.encoder:
        return None
    found = installed.encoder(settings.language)
    if found is None or found.voice.version != settings.encoder:
        raise NoEncoder(
            f"These weights were learnt beside version {settings.encoder} of the encoder "
            f"for {settings.language}, which is not installed. Install it again "
            "(make encoder), or have the desk learn anew."
        )
    return found


def weights(language: str) -> Weights | None:
    """Give the weights for a language tag, or None where we have learnt nothing."""
    with _loading:
        return _loaded(main_language(language))


def languages() -> tuple[str, ...]:
    """Give the languages that we ship a model for."""
    folder = files("letterdesk.triage.model").joinpath("weights")
    found = (_FILE.fullmatch(file.name) for file in folder.iterdir())
    return tuple(sorted(name[1] for name in found if name))


def shipped(language: str) -> Weights:
    """Give the weights for a language that we ship a model for. Raises KeyError."""
    found = weights(language)
    if found is None:
        raise KeyError(language)
    return found


def tables(language: str) -> Weights:
    """Give them without the encoder that may be installed. Raises KeyError."""
    file = _file(language)
    if file is None:
        raise KeyError(language)
    return read(file.read_bytes())


def main_language(tag: str) -> str:
    """Give what a model is called by: a language tag's first part."""
    return tag.split("-")[0].lower()


@cache
def _loaded(language: str) -> Weights | None:
    if _file(language) is None:
        return None
    known, encoder = tables(language), installed.encoder(language)
    if encoder is None:
        return known
    if encoder.voice.tables != known.settings.version:
        _log.warning(
            "language=%s encoder=%s is for other tables than these (%s): not heard",
            *(language, encoder.voice.tables, known.settings.version),
        )
        return known
    return with_encoder(known, encoder)


def _file(language: str) -> Traversable | None:
    if not language.isascii() or not language.isalpha():
        return None
    file = files("letterdesk.triage.model").joinpath(f"weights/incivility-{language}.npz")
    return file if file.is_file() else None
