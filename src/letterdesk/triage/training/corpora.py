"""The labelled data that weights may learn from, read into one shape.

What may ship is decided by each file's licence (docs/reference/triage.md names them all).
Rows that also stand in a file for evaluation are left out of training, by their letters
and digits alone: naver_lgbt, for one, holds a third of koco's evaluation.
"""

import csv
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from letterdesk.domain.errors import SettingWrong

Row = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Example:
    """One comment with what people said of it: 1 unwelcome, 0 welcome, or in between.

    What is of one `stretch` was written in one place, or by one hand: neighbouring rows of
    a file, or what was made of one line of a grammar.
    """

    text: str
    unwelcome: float
    weight: float
    source: str
    stretch: str = ""


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """A file, how its rows are labelled, and how much a row of it weighs."""

    name: str
    unwelcome: Callable[[Row], float]
    weight: float
    column: str = "text"
    every: int = 1  # one row in so many is read
    group: str = ""  # sources that share their base rate; else each has its own


def _is(column: str, *values: str) -> Callable[[Row], float]:
    return lambda row: float(row[column] in values)


def _agreed(row: Row) -> float:
    """Three raters looked again at what others had called toxic."""
    return 1 - 0.8 * float(row["not_toxic_frac"])


def _kodoli(row: Row) -> float:
    return {"NOT": 0.0, "LIKELY": 0.5, "OFFEN": 1.0}[row["offensiveness"]]


def _none(_row: Row) -> float:
    """Comments that nobody labelled for advertising, and that hardly ever are."""
    return 0.0


TRAINING: dict[str, tuple[Corpus, ...]] = {
    "en": (
        Corpus(name="en_jigsaw_wiki_train", unwelcome=_is("toxic", "1"), weight=1.0),
        Corpus(name="en_cat_wiki_train", unwelcome=_is("toxic", "1"), weight=0.5),
        Corpus(name="en_paradetox_train", unwelcome=_is("toxic", "1"), weight=0.5),
        Corpus(name="en_toxicspans_train", unwelcome=_agreed, weight=0.5),
        Corpus(name="en_hatemoji_train", unwelcome=_is("hate", "1"), weight=0.7),
        Corpus(name="en_edos", unwelcome=_is("sexist", "1"), weight=0.5),
        Corpus(name="en_surge", unwelcome=_is("toxic", "1"), weight=3.0),
        Corpus(name="en_foxnews_train", unwelcome=_is("hate", "1"), weight=2.0),
    ),
    "ko": (
        Corpus(
            name="ko_kmhas_train",
            unwelcome=lambda row: float(row["labels"] != "8"),
            weight=1.0,
        ),
        Corpus(
            name="ko_koco_train",
            unwelcome=lambda row: float(row["hate"] != "none"),
            weight=1.0,
        ),
        Corpus(name="ko_kodoli_train", unwelcome=_kodoli, weight=0.15),
        Corpus(name="ko_curse2runo", unwelcome=_is("label", "1"), weight=0.4),
        Corpus(name="ko_naver_lgbt", unwelcome=_is("label", "1"), weight=0.4),
    ),
    "zh": (
        Corpus(name="zh_cold_train", unwelcome=_is("label", "1"), weight=1.0),
        Corpus(name="zh_swsr_train", unwelcome=_is("label", "1"), weight=0.7),
    ),
}
# What is advertising, and comments that are none. Permissive licences alone.
ADVERTISING: dict[str, tuple[Corpus, ...]] = {
    "en": (
        Corpus(
            name="en_youtube_spam_train", unwelcome=_is("spam", "1"), weight=1.0, group="en"
        ),
        Corpus(name="en_sms_spam_train", unwelcome=_is("spam", "1"), weight=0.5),
        Corpus(name="en_foxnews_train", unwelcome=_none, weight=0.5, group="en"),
        Corpus(
            name="en_toxicspans_train", unwelcome=_none, weight=0.3, every=2, group="en"
        ),
        Corpus(name="en_edos", unwelcome=_none, weight=0.3, every=10, group="en"),
    ),
    "ko": (Corpus(name="ko_curse2runo", unwelcome=_none, weight=0.5, every=2, group="ko"),),
    "zh": (Corpus(name="zh_cold_train", unwelcome=_none, weight=0.5, every=5, group="zh"),),
}
_STRETCH = 350  # rows of a file: files of comments have one page after another
EVALUATION = (
    "ko_kmhas_eval",
    "ko_koco_dev",
    "zh_cold_eval",
    "zh_mhc_dev",
    "en_hatecheck_dev",
)


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Give the rows of `name`.tsv.xz in `folder`, by column.

    Raises SettingWrong when the file is not there, or damaged.
    """
    path = folder / f"{name}.tsv.xz"
    if not path.exists():
        raise SettingWrong(
            f"The labelled file {path.name} is missing in {folder}. Put it there, or name "
            "the folder that has it."
        )
    try:
        with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(
                lines, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\"
            )
    except (lzma.LZMAError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise SettingWrong(
            f"The labelled file {path.name} in {folder} is damaged, or no table in UTF-8. "
            "Put it there anew."
        ) from error


def bare(text: str) -> str:
    """Give only the letters and digits of `text`: what two copies of it share."""
    return "".join(filter(str.isalnum, text.lower()))


def evaluation_texts(folder: Path) -> frozenset[str]:
    """Give what no training may see, bare."""
    return frozenset(bare(row["text"]) for name in EVALUATION for row in rows(folder, name))


def examples(
    folder: Path,
    language: str,
    *,
    without: Iterable[str] = (),
    corpora: Mapping[str, tuple[Corpus, ...]] = TRAINING,
) -> Iterator[Example]:
    """Give the training examples of `language`, except the files named in `without`."""
    unseen = evaluation_texts(folder)
    left_out = frozenset(without)
    for corpus in corpora[language]:
        if corpus.name in left_out:
            continue
        some = islice(enumerate(rows(folder, corpus.name)), 0, None, corpus.every)
        for place, row in some:
            if bare(row[corpus.column]) not in unseen:
                yield Example(
                    text=row[corpus.column],
                    unwelcome=corpus.unwelcome(row),
                    weight=corpus.weight,
                    source=corpus.group or corpus.name,
                    stretch=f"{corpus.name} {place // _STRETCH}",
                )
