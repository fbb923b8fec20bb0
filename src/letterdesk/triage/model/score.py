"""How uncivil comments read, and which letters make them read so."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from letterdesk.triage.model.features import placed, seen_rows
from letterdesk.triage.model.sparse import Floats, Rows
from letterdesk.triage.model.weights import Settings, Weights


def logits(texts: Sequence[str], known: Weights) -> Floats:
    """Give the logit of each normalised text."""
    rows = seen_rows(texts, known.settings.language)
    return row_logits(texts, rows, known)


def row_logits(texts: Sequence[str], rows: Rows, known: Weights) -> Floats:
    """Give the logit of each normalised text, whose features are known already."""
    lengths = np.array([len(text) for text in texts], dtype=np.float32)
    found = _by_tables(rows, lengths, known)
    if known.student is not None:
        found += np.float32(known.settings.student_loud) * known.student.logits(texts)
    if known.encoder is not None:
        found += np.float32(known.settings.loud) * known.encoder.logits(texts)
    return found


def _by_tables(rows: Rows, lengths: Floats, known: Weights) -> Floats:
    plain, sentence = shares(lengths, known.settings)
    fold = len(known.plain) // len(known.sentence)
    quiet = rows.shrunk(known.settings.few)
    heard = quiet.folded(fold).times(known.sentence)
    return np.asarray(plain * quiet.times(known.plain) + sentence * heard, dtype=np.float32)


def shares(lengths: Floats, settings: Settings) -> tuple[Floats, Floats]:
    """Give what each table counts in texts of these lengths."""
    fade = (lengths - settings.middle) / (settings.middle / 4)
    short = 1 / (1 + np.exp(np.clip(fade, -30, 30)))
    plain = 1 - (1 - settings.plain_share) * short
    return plain.astype(np.float32), (settings.sentence_share * short).astype(np.float32)


def chances(logit: Floats, settings: Settings) -> Floats:
    """Give the chance, 0 to 1, that a moderator would call each unwelcome."""
    straight = settings.slope * logit + settings.offset
    return np.asarray(1 / (1 + np.exp(-np.clip(straight, -30, 30))), dtype=np.float32)


def heats(texts: Sequence[str], known: Weights) -> list[Floats]:
    """Give what each letter of normalised texts adds to the logit of its text."""
    rows, columns, starts, ends = placed(texts, known.settings.language)
    lengths = np.array([len(text) for text in texts])
    plain, sentence = shares(lengths.astype(np.float32), known.settings)
    fold = len(known.plain) // len(known.sentence)
    by_plain = plain[rows] * known.plain[columns]
    force = by_plain + sentence[rows] * known.sentence[columns // fold]
    counts = np.bincount(rows, minlength=len(texts))
    loud = 1 / np.sqrt(np.maximum(counts + known.settings.few, 1))
    each = loud[rows] * force / np.maximum(ends - starts, 1)
    edges = np.append(0, np.cumsum(lengths + 1))
    steps = np.bincount(edges[rows] + starts, weights=each, minlength=edges[-1])
    steps -= np.bincount(edges[rows] + ends, weights=each, minlength=edges[-1])
    found = [
        np.cumsum(steps[first : last - 1]).astype(np.float32)
        for first, last in pairwise(edges)
    ]
    if known.student is not None:
        for warm, more in zip(found, known.student.heats(texts), strict=True):
            warm += np.float32(known.settings.student_loud) * more
    return found
