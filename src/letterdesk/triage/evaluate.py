"""Scores a file of labelled comments, for newsrooms that see before they believe."""

import lzma
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.incivility import scores
from letterdesk.triage.language import UNKNOWN, language_of
from letterdesk.triage.measure import auc, average_precision, set_apart
from letterdesk.triage.model.weights import weights

_HEADERS = frozenset({"label", "labels", "toxic", "hate", "class", "unwelcome", "y"})
_MOST_NAMED = 20


class FileWrong(LetterdeskError):
    """A file of labelled comments that cannot be scored."""

    code = "file-wrong"


@dataclass(frozen=True)
class Labelled:
    """Comments with what people said of them, and the lines that could not be read."""

    texts: list[str]
    unwelcome: list[bool]
    bad_lines: list[int]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """How well the model tells the unwelcome comments of a file from the welcome ones.

    Shares run from 0 to 1; `set_apart` is the share of good comments that score below the
    mark which 95 % of the bad ones reach.
    """

    comments: int
    unwelcome: int
    auc: float
    average_precision: float
    set_apart: float
    per_second: float
    languages: dict[str, int]
    unscored: int  # in a language that we have no model for; they score 0
    bad_lines: list[int] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Give the figures for a person, a line each."""
        languages = ", ".join(f"{tag} {count}" for tag, count in self.languages.items())
        lines = [
            f"{self.comments} comments, {self.unwelcome} of them unwelcome ({languages})",
            f"AUC                                    {self.auc:.4f}",
            f"average precision                      {self.average_precision:.4f}",
            f"good comments set apart at 95 % recall {self.set_apart:.4f}",
            f"comments per second                    {self.per_second:.0f}",
        ]
        if self.unscored:
            lines.append(f"{self.unscored} in languages without a model were scored 0")
        if self.bad_lines:
            named = ", ".join(map(str, self.bad_lines[:_MOST_NAMED]))
            more = len(self.bad_lines) - _MOST_NAMED
            tail = f" and {more} more" if more > 0 else ""
            lines.append(f"left out, not text<TAB>0 or 1: line {named}{tail}")
        return lines


def evaluate(path: Path, *, language: str = "") -> Evaluation:
    """Give the figures for the comments in `path`.

    Without `language`, each comment's own is found out.

    Raises FileWrong when the file cannot be read, or lacks a good or a bad comment.
    """
    labelled = read_labelled(path)
    unwelcome = np.array(labelled.unwelcome, dtype=bool)
    if not unwelcome.any() or unwelcome.all():
        raise FileWrong(
            f"{path} needs rows of both kinds, text<TAB>1 (unwelcome) and text<TAB>0; "
            f"it has {int(unwelcome.sum())} and {int((~unwelcome).sum())}."
        )
    begun = perf_counter()
    tags = tags_of(labelled.texts, language=language)
    found, unscored = scores_by_language(labelled.texts, tags)
    taken = perf_counter() - begun
    return Evaluation(
        comments=len(tags),
        unwelcome=int(unwelcome.sum()),
        auc=auc(unwelcome, found),
        average_precision=average_precision(unwelcome, found),
        set_apart=set_apart(unwelcome, found),
        per_second=len(tags) / max(taken, 1e-9),
        languages=dict(Counter(tags).most_common()),
        unscored=unscored,
        bad_lines=labelled.bad_lines,
    )


def tags_of(texts: Sequence[str], *, language: str) -> list[str]:
    """Give each text's language; one that cannot be told is taken for the commonest."""
    if language:
        return [language] * len(texts)
    tags = [language_of(text) for text in texts]
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
        weights(tag)  # read before the clock of a caller matters
        places = [place for place, each in enumerate(tags) if each == tag]
        some = scores([texts[place] for place in places], language=tag)
        if some is None:
            unscored += len(places)
        else:
            found[places] = some
    return found, unscored


def read_labelled(path: Path) -> Labelled:
    """Give the comments of a file, plain or .xz: text<TAB>label a line, perhaps a header.

    Raises FileWrong when the file cannot be read as text.
    """
    labelled = Labelled([], [], [])
    try:
        for number, line in enumerate(_lines(path), start=1):
            cells = line.rstrip("\r\n").split("\t")
            if number == 1 and cells[-1].strip().lower() in _HEADERS:
                continue
            if len(cells) != 2 or cells[1].strip() not in ("0", "1"):
                labelled.bad_lines.append(number)
                continue
            labelled.texts.append(cells[0])
            labelled.unwelcome.append(cells[1].strip() == "1")
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise FileWrong(f"{path} cannot be read: {error}.") from error
    return labelled


def _lines(path: Path) -> Iterator[str]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            yield from lines
    else:
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            yield from lines
