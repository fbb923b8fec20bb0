"""The comments to replay, and what a moderator would do with each.

What is done follows from a comment's text alone: its label, and for a share of the good
ones a cut at a place that its digest chooses. So what each receipt must say is known before
the first letter is sent.
"""

import csv
import hashlib
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from letterdesk.domain.text import clean

CUT_SHARE = 5  # one good comment in so many is cut, where there is something to cut
_HAN_RUN = re.compile(r"(?:(?![〇零一二两三四五六七八九十百千万亿])[\u4e00-\u9fff]){4,}")
_BRACKETS = re.compile(r"[\[\]]")
_NOTES = {"ko": "이름을 뺐습니다", "zh-Hans": "姓名已删"}
_REJECTED_UNDER, _CUT_UNDER = "1", "3"  # rules of the Terms of Use
_FILES = {"ko": ("ko_kmhas_eval",), "zh-Hans": ("zh_cold_eval", "zh_cold_train")}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to become of a comment."""

    text: str  # as the desk stores it
    action: str  # approve, edit, reject
    status: str  # what the receipt must say: published, edited, rejected
    published: str = ""  # the text that readers must get
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """A labelled comment."""

    text: str
    is_unwelcome: bool
    language: str


def read(folder: Path, language: str, count: int) -> list[Row]:
    """Give the first `count` labelled comments of a language."""
    rows: list[Row] = []
    for name in _FILES[language]:
        with lzma.open(
            folder / f"{name}.tsv.xz", "rt", encoding="utf-8", newline=""
        ) as file:
            table = csv.DictReader(
                file, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\"
            )
            for row in table:
                if len(rows) == count:
                    return rows
                rows.append(
                    Row(text=row["text"], is_unwelcome=_unwelcome(row), language=language)
                )
    return rows


def made_up(language: str, count: int) -> Iterator[Row]:
    """Give comments for where the data are not: `count` of them, the same each time."""
    words = {
        "ko": ["강변", "마을", "학교", "버스", "요금", "아침", "시장", "의회", "약속"],
        "zh-Hans": ["河边的渡船", "夜里停了三次", "老师没有回答", "面包又涨价"],
    }[language]
    chance = random.Random(7)  # noqa: S311 -- repeatable, not secret
    joint = " " if language == "ko" else "，"
    for number in range(count):
        text = joint.join(chance.choices(words, k=6))
        yield Row(
            text=f"{text}{joint}{number}", is_unwelcome=number % 3 == 0, language=language
        )


def plan(row: Row) -> Plan:
    """Give what is to become of a comment."""
    text = clean(row.text, field="text", longest=5_000)
    if row.is_unwelcome:
        return Plan(text=text, action="reject", status="rejected", rules=(_REJECTED_UNDER,))
    digest = hashlib.sha256(text.encode()).digest()
    shorter = _cut(text, row.language, digest) if digest[0] % CUT_SHARE == 0 else ""
    if not shorter:
        return Plan(text=text, action="approve", status="published", published=text)
    return Plan(
        text=text, action="edit", status="edited", published=shorter, rules=(_CUT_UNDER,)
    )


def _unwelcome(row: dict[str, str]) -> bool:
    """Say what the label says: K-MHaS's 8 is "not hate", COLD's 1 is "offensive"."""
    return row["labels"] != "8" if "labels" in row else row["label"] == "1"


def _cut(text: str, language: str, digest: bytes) -> str:
    """Give `text` with a word gone, or a note for it; "" if there is none to spare."""
    if _BRACKETS.search(text):
        return ""
    note = f"[{_NOTES[language]}]" if digest[1] % 2 else ""
    if language == "ko":
        return _without_word(text.split(), digest[2], note)
    return _without_characters(text, digest[2], note)


def _without_word(words: list[str], choice: int, note: str) -> str:
    if len(words) < 3:
        return ""
    at = 1 + choice % (len(words) - 2)
    return " ".join(words[:at] + ([note] if note else []) + words[at + 1 :])


# A figure, in whatever digits, can only be cut whole: the desk refuses the half of one.
def _without_characters(text: str, choice: int, note: str) -> str:
    runs = list(_HAN_RUN.finditer(text))
    if not runs:
        return ""
    start = runs[choice % len(runs)].start() + 1
    return text[:start] + note + text[start + 2 :]
