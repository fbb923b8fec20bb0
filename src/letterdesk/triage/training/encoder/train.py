"""Trains the encoders of `letterdesk[encoder]`: from labelled data to one file a language.

Deterministic on one machine, numpy and number of threads; resumable: how far it is lies in
the work folder. An encoder is heard beside the tables that ship: how loud, rows held back
from both decide.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.emoji import heard
from letterdesk.triage.encoder import trunk
from letterdesk.triage.encoder import voice as voices
from letterdesk.triage.encoder.body import Body
from letterdesk.triage.encoder.encoder import Encoder, read, read_trunk, written
from letterdesk.triage.encoder.installed import LIST, TRUNK, encoder_of, voice_of
from letterdesk.triage.encoder.voice import Voice
from letterdesk.triage.measure import Flags, auc
from letterdesk.triage.model.score import logits
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.weights import Weights, tables
from letterdesk.triage.training.corpora import Example
from letterdesk.triage.training.encoder.learn import Lesson, learnt
from letterdesk.triage.training.encoder.lesson import lesson_of, taught
from letterdesk.triage.training.encoder.start import fetched, start
from letterdesk.triage.training.encoder.together import together
from letterdesk.triage.training.kept import Progress
from letterdesk.triage.training.train import CALIBRATED_ON, EXPECTED, line

VERSION = "12"  # raise it with every change, of a voice, too: what waits is screened anew
LAYERS = 12  # of the encoder to start from, the lowest
RANK = 16  # of what a pupil adds to each matrix of a layer
# Who learn the same, to be taken in the mean. In Chinese the mean was no better than one.
PUPILS = {"en": 2, "ko": 2, "zh": 1}
# Rows of a source, at most. More English ones tell unseen sources apart no better, and
# drown our own sentences.
ROWS = {"en": 6_000, "ko": 20_000, "zh": 20_000}
# How often each row is read: again where strangers are like what was learnt from.
TIMES = {"en": 1, "ko": 3, "zh": 1}
_SHARES = np.linspace(0, 0.7, 8)  # of the encoder: what it is asked about, tables choose
_AS_GOOD = 0.002  # of AUC, that rows held back may lose for strangers to gain


def train_encoders(
    data: Path,
    out: Path,
    *,
    work: Path,
    languages: Iterable[str] = ("en", "ko", "zh"),
    progress: Progress,
) -> list[Path]:
    """Write the encoder of each language to `out`, with its voice, and their trunk.

    Gives what was written. Raises NoStart when the encoder to start from cannot be fetched.
    """
    work.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    begun = start(fetched(work), layers=LAYERS, rank=RANK)
    files = [out / TRUNK]
    files[0].write_bytes(trunk.written(begun.trunk))
    for language in languages:
        lesson, body = lesson_of(taught(data, language), begun.body, most=ROWS[language])
        progress(f"{language}: an encoder, to learn from {len(lesson.texts)} texts")
        found = taught_together(
            lesson, body, language=language, work=work, progress=progress
        )
        files.append(out / encoder_of(language))
        files[-1].write_bytes(written(found))
        progress(f"{files[-1].name}: {files[-1].stat().st_size / 1e6:.2f} MB")
    return files + train_voices(data, out, languages=languages, progress=progress)


def taught_together(
    lesson: Lesson, start: Body, *, language: str, work: Path, progress: Progress
) -> Encoder:
    """Give what the pupils of a language become, one after the other, in the mean."""
    each = []
    for pupil in range(PUPILS[language]):
        progress(f"{language}: pupil {pupil + 1} of {PUPILS[language]}")
        kept = work / f"{language}-encoder-{pupil + 1}.npz"
        times = TIMES[language]
        each.append(
            learnt(lesson, start, pupil=pupil, times=times, kept=kept, progress=progress)
        )
    return together(each)


def train_voices(
    data: Path,
    out: Path,
    *,
    languages: Iterable[str] = ("en", "ko", "zh"),
    progress: Progress,
) -> list[Path]:
    """Write how the encoder of each language in `out` is heard beside the tables that ship.

    Gives what was written. Raises NotAnEncoder, and OSError where there is none.
    """
    begun = read_trunk((out / TRUNK).read_bytes())
    files: list[Path] = []
    for language in languages:
        found = read((out / encoder_of(language)).read_bytes(), begun)
        held = taught(data, language).held
        voice = voice_beside(tables(language), found, held=held)
        files.append(out / voice_of(language))
        files[-1].write_bytes(voices.written(voice))
        progress(f"{files[-1].name}: as loud as {voice.loud:.2f}")
    return [*files, _listed(out)]


def _listed(out: Path) -> Path:
    """Write the list of the files in `out`, by which a package is known to be whole."""
    files = [*out.glob("*.npz"), *out.glob(voice_of("*"))]
    digests = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)
    }
    path = out / LIST
    path.write_text(
        json.dumps({"version": int(VERSION), "sha256": digests}, indent=1) + "\n"
    )
    return path


def voice_beside(known: Weights, found: Encoder, *, held: Sequence[Example]) -> Voice:
    """Give the voice of an encoder: as loud beside tables as rows held back allow."""
    language = known.settings.language
    some = [each for each in held if each.source in CALIBRATED_ON[language]]
    texts = heard((each.text for each in some), language)
    by_tables, by_encoder = logits(texts, known), found.logits(texts)
    unwelcome = np.array([each.unwelcome for each in some])
    sources = np.array([each.source for each in some])
    loud = loudness(unwelcome > 0.5, sources, by_tables, by_encoder)
    both = by_tables + loud * by_encoder
    slope, offset = line(both, unwelcome, expected=EXPECTED[language])
    return Voice(
        language=language,
        version=VERSION,
        tables=known.settings.version,
        loud=loud,
        slope=slope,
        offset=offset,
    )


def loudness(
    unwelcome: Flags, sources: NDArray[np.str_], by_tables: Floats, by_encoder: Floats
) -> float:
    """Give what an encoder's logits count beside the tables'.

    The loudest that tells rows of each source apart about as well as the best: what is
    like no row gains by it.
    """
    unit = float(by_tables.std() / by_encoder.std())
    found = {}
    for share in _SHARES:
        loud = unit * float(share / (1 - share))
        scores = by_tables + np.float32(loud) * by_encoder
        found[loud] = _mean_auc(unwelcome, scores, sources)
    enough = max(found.values()) - _AS_GOOD
    return max(loud for loud, mean in found.items() if mean >= enough)


def _mean_auc(unwelcome: Flags, scores: Floats, sources: NDArray[np.str_]) -> float:
    each = (sources == name for name in sorted(set(sources)))
    return float(np.mean([auc(unwelcome[one], scores[one]) for one in each]))
