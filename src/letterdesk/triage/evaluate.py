"""Scores a file of labelled comments, for newsrooms that see before they believe."""

import gzip
import lzma
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.incivility import MARK, scores
from letterdesk.triage.language import UNKNOWN, guessed, language_of
from letterdesk.triage.measure import auc, average_precision, set_apart
from letterdesk.triage.model.weights import languages, main_language, weights

_HEADERS = frozenset({"label", "labels", "toxic", "hate", "class", "unwelcome", "y"})
_LABELS = {"0": False, "0.0": False, "1": True, "1.0": True}
_PACKED = {".gz": gzip.GzipFile, ".xz": lzma.LZMAFile}
_MOST_NAMED = 20
# Comments of a kind: with fewer, an AUC of 0.9 may be off by 0.06 (Hanley, McNeil 1982).
_ENOUGH = 50


class FileWrong(LetterdeskError):
    """A file of labelled comments that cannot be scored."""

    code = "file-wrong"


class NoModel(LetterdeskError):
    """Comments in languages of which we have learnt none."""

    code = "no-model"


@dataclass(frozen=True)
class Labelled:
    """Comments with what people said of them, and the lines that could not be read."""

    texts: list[str]
    unwelcome: list[bool]
    bad_lines: list[int]
    has_header: bool = False


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """How well the model tells the unwelcome comments of a file from the welcome ones.

    Shares run from 0 to 1; `set_apart` is the share of good comments that score below the
    mark which 95 % of the bad ones reach. `good_marked` and `bad_missed` are those at the
    mark that a desk uses.
    """

    comments: int
    unwelcome: int
    auc: float
    average_precision: float
    set_apart: float
    good_marked: float
    bad_missed: float
    per_second: float
    languages: dict[str, int]  # `und`: not told for sure
    unscored: int  # in a language that we have no model for; they score 0
    taken_for: dict[str, int] = field(default_factory=dict)  # whose model scored `und`
    encoders: list[str] = field(default_factory=list)  # languages in which one was heard
    bad_lines: list[int] = field(default_factory=list)
    has_header: bool = False

    def sentences(self) -> list[str]:
        """Give the figures for a person, a line each."""
        languages = ", ".join(f"{tag} {count}" for tag, count in self.languages.items())
        lines = [
            f"{self.comments} comments, {self.unwelcome} of them unwelcome ({languages})",
            *self._reservations(),
            f"AUC                                    {self.auc:.4f}",
            f"average precision                      {self.average_precision:.4f}",
            f"good comments set apart at 95 % recall {self.set_apart:.4f}",
            f"comments per second                    {self.per_second:.0f}",
            f"good comments marked from {MARK} on       {self.good_marked:.4f}",
            f"bad comments not marked                {self.bad_missed:.4f}",
        ]
        if self.bad_lines:
            named = ", ".join(map(str, self.bad_lines[:_MOST_NAMED]))
            more = len(self.bad_lines) - _MOST_NAMED
            tail = f" and {more} more" if more > 0 else ""
            lines.append(f"left out, not text<TAB>0 or 1: line {named}{tail}")
        return lines

    def caution(self) -> str:
        """Say that the figures come from too few comments; "" where there are enough."""
        fewest = min(self.unwelcome, self.comments - self.unwelcome)
        if fewest >= _ENOUGH:
            return ""
        return (
            f"Of one kind there are few comments ({fewest}): figures from so few are "
            f"mostly chance. Label {_ENOUGH} welcome and {_ENOUGH} unwelcome ones, or more."
        )

    def _reservations(self) -> list[str]:
        """Give what the figures below them rest on."""
        lines = []
        if self.encoders:
            lines.append(
                f"an encoder was heard beside the tables: {_listed(self.encoders)}"
            )
        if self.unscored:
            lines.append(
                f"no model for their language: {self.unscored}; they score 0, and count "
                f"(there are models for {_listed(languages())})"
            )
        if self.taken_for:
            models = ", ".join(f"{tag} {count}" for tag, count in self.taken_for.items())
            lines.append(
                f"language not told for sure (und): {sum(self.taken_for.values())}; scored "
                f"as {models}"
            )
        return lines


def evaluate(path: Path, *, language: str = "") -> Evaluation:
    """Give the figures for the comments in `path`.

    Without `language`, each comment's own is found out.

    Raises FileWrong when the file cannot be read, or lacks a good or a bad comment, and
    NoModel when nothing in it can be scored.
    """
    if language and weights(language) is None:
        raise NoModel(
            f"We have no model for {language!r}: nothing can be scored. There are models "
            f"for {_listed(languages())}."
        )
    labelled = read_labelled(path)
    _refuse_one_kind(path, labelled)
    unwelcome = np.array(labelled.unwelcome, dtype=bool)
    _make_ready([language] if language else languages())
    begun = perf_counter()
    tags = tags_of(labelled.texts, language=language)
    found, unscored = scores_by_language(labelled.texts, tags)
    taken = perf_counter() - begun
    if unscored == len(tags):
        raise NoModel(
            f"Nothing in {path} could be scored: its language cannot be told, or we have "
            f"no model for it. There are models for {_listed(languages())}; if it is one "
            "of these, name it with --language."
        )
    told = [language or language_of(text) for text in labelled.texts]
    return Evaluation(
        comments=len(tags),
        unwelcome=int(unwelcome.sum()),
        auc=auc(unwelcome, found),
        average_precision=average_precision(unwelcome, found),
        set_apart=set_apart(unwelcome, found),
        good_marked=float((found[~unwelcome] >= MARK).mean()),
        bad_missed=float((found[unwelcome] < MARK).mean()),
        per_second=len(tags) / max(taken, 1e-9),
        languages=dict(Counter(told).most_common()),
        unscored=unscored,
        taken_for=_taken_for(tags, told),
        encoders=sorted({main_language(tag) for tag in tags if _has_encoder(tag)}),
        bad_lines=labelled.bad_lines,
        has_header=labelled.has_header,
    )


def _make_ready(tags: Iterable[str]) -> None:
    """Have what is read once read, before the clock runs."""
    guessed("ready")
    for tag in tags:
        scores(["ready"], language=tag)


def _taken_for(tags: Sequence[str], told: Sequence[str]) -> dict[str, int]:
    """Give whose models scored the comments whose language was not told, and how many."""
    pairs = zip(tags, told, strict=True)
    taken = Counter(tag for tag, sure in pairs if sure == UNKNOWN and weights(tag))
    return dict(taken.most_common())


def _has_encoder(tag: str) -> bool:
    known = weights(tag)
    return known is not None and known.encoder is not None


def _listed(tags: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(tags[:-1]), tags[-1])))


def _refuse_one_kind(path: Path, labelled: Labelled) -> None:
    """Raise FileWrong unless there are welcome and unwelcome comments."""
    bad = sum(labelled.unwelcome)
    good = len(labelled.texts) - bad
    if bad and good:
        return
    due = "Rows of both kinds are needed: text<TAB>1 (unwelcome) and text<TAB>0."
    if bad or good:
        kind = "unwelcome" if bad else "welcome"
        raise FileWrong(f"{path} has {kind} comments only ({bad + good}). {due}")
    if labelled.bad_lines:
        raise FileWrong(f"No line of {path} is text, a tab, and 0 or 1. {due}")
    raise FileWrong(f"{path} is empty. {due}")


def tags_of(texts: Sequence[str], *, language: str) -> list[str]:
    """Give each text's language; one that cannot be told is taken for the commonest."""
    if language:
        return [language] * len(texts)
    tags = [guessed(text) for text in texts]
    told = Counter(tag for tag in tags if tag != UNKNOWN)
    commonest = told.most_common(1)[0][0] if told else UNKNOWN
    return [commonest if tag == UNKNOWN else tag for tag in tags]


def scores_by_language(
    texts: Sequence[str], tags: Sequence[str]
) -> tuple[NDArray[np.float32], int]:
    """Give each text's score by its language's model, and how many had none."""
    found = np.zeros(len(texts), dtype=np.float32)
    unscored = 0
    for tag in dict.fromkeys(tags):
        places = [place for place, each in enumerate(tags) if each == tag]
        some = scores([texts[place] for place in places], language=tag)
        if some is None:
            unscored += len(places)
        else:
            found[places] = some
    return found, unscored


def read_labelled(path: Path) -> Labelled:
    """Give the comments of a file, plain, .gz or .xz: text<TAB>label a line.

    There may be a header, which is told of; empty lines and further columns do not count.

    Raises FileWrong when it is no text in UTF-8.
    """
    texts: list[str] = []
    unwelcome: list[bool] = []
    bad_lines: list[int] = []
    has_header = False
    for number, line in enumerate(_lines(path), start=1):
        text, _, rest = line.rstrip("\r\n").partition("\t")
        label = rest.partition("\t")[0].strip().lower()
        if number == 1 and label in _HEADERS:
            has_header = True
        elif label in _LABELS:
            texts.append(text)
            unwelcome.append(_LABELS[label])
        elif line.strip():
            bad_lines.append(number)
    return Labelled(texts, unwelcome, bad_lines, has_header=has_header)


def _lines(path: Path) -> Iterator[str]:
    """Give the lines of a file. Raises FileWrong when one is not UTF-8."""
    for number, raw in enumerate(_raw_lines(path), start=1):
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise FileWrong(
                f"Line {number} of {path} is not UTF-8. Save the file as plain text in "
                "UTF-8."
            ) from error


def _raw_lines(path: Path) -> Iterator[bytes]:
    """Give the lines of a file, unpacked. Raises FileWrong when it is damaged."""
    unpack = _PACKED.get(path.suffix.lower())
    try:
        with unpack(path) if unpack else path.open("rb") as lines:
            yield from lines
    except (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error) as error:
        raise FileWrong(
            f"{path} is not a whole {path.suffix} file. Make it again, or give the plain "
            "file."
        ) from error
