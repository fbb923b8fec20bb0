"""Clauses are drawn from comments; each is as unwelcome as the teacher finds it."""

from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage.training import opinions as module
from letterdesk.triage.training import train
from letterdesk.triage.training.corpora import Example
from letterdesk.triage.training.opinions import SOURCE, clauses, opinions
from letterdesk.triage.training.train import plain_table
from tests.triage.encoder.small import small_encoder

_LONG = "the ferry leaves at nine on sundays and holidays " * 5


def _row(text: str, *, unwelcome: float = 0.0) -> Example:
    return Example(text=text, unwelcome=unwelcome, weight=1.0, source="en_surge")


def test_a_comment_is_cut_where_its_sentences_part() -> None:
    found = clauses(
        [_row("The ferry was late. Was it the fog? Ask the crew, my friend")], "en"
    )

    whole = "The ferry was late. Was it the fog? Ask the crew, my friend"
    assert set(found) == {whole, "The ferry was late.", "Was it the fog?", "Ask the crew,"}


def test_a_comment_is_cut_at_wide_marks_too_where_words_are_not_parted() -> None:
    comment = "渡轮又晚点了，是因为雾吗？问问船员吧。谁"

    found = clauses([_row(comment)], "zh")

    assert sorted(found) == sorted(
        ["渡轮又晚点了，", "是因为雾吗？", "问问船员吧。", comment]
    )


def test_a_clause_counts_once_and_neither_a_word_nor_a_page_is_one() -> None:
    rows = [
        _row("The ferry is late"),
        _row("the ferry is LATE"),
        _row("Late!"),
        _row(_LONG),
    ]

    assert clauses(rows, "en") == ["The ferry is late"]


def test_no_more_are_drawn_than_asked_and_the_same_ones_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST", {"en": 5})
    rows = [_row(f"the ferry number {number} is late") for number in range(40)]

    found = clauses(rows, "en")

    assert len(set(found)) == 5
    assert found == clauses(rows, "en")


def test_what_the_teacher_finds_counts_and_not_the_label_of_the_comment(
    tmp_path: Path,
) -> None:
    held = [
        _row(f"a {'bad' if bad else 'fine'} day, {place}", unwelcome=float(bad))
        for place, bad in enumerate(np.random.default_rng(3).random(200) < 0.3)
    ]
    labelled = [_row("all of it is fine. this is a bad bad bad day", unwelcome=1.0)]

    some = opinions(
        small_encoder(),
        labelled,
        "en",
        held=held,
        known=tmp_path / "known.npy",
        progress=print,
    )
    found = {each.text: each for each in some}

    assert found["this is a bad bad bad day"].unwelcome > 0.9
    assert found["all of it is fine."].unwelcome < 0.1
    assert {each.source for each in found.values()} == {SOURCE}


def test_what_was_read_before_it_was_stopped_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 4)
    held = [_row("a bad day", unwelcome=1.0), _row("a fine day")] * 20
    labelled = [_row(f"the ferry number {number} is late") for number in range(10)]
    said: list[str] = []

    def found(name: str) -> list[Example]:
        known = tmp_path / name
        return opinions(
            small_encoder(), labelled, "en", held=held, known=known, progress=said.append
        )

    whole = found("known.npy")
    first = np.load(tmp_path / "known.npy")[:4]
    np.save(tmp_path / "stopped.npy", first)
    said.clear()

    assert found("stopped.npy") == whole
    assert said == [
        "8 of 10 clauses read by the encoder",
        "10 of 10 clauses read by the encoder",
    ]


def test_the_table_learns_from_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "EACH", 1)  # of each line of the grammars
    held = [_row("a bad day", unwelcome=1.0), _row("a fine day")] * 20
    labelled = [_row("a bad day it was. we had fine weather", unwelcome=1.0)] * 2
    said: list[str] = []

    def learnt(*, taught: bool) -> np.ndarray:
        teacher = small_encoder() if taught else None
        return plain_table(
            labelled, "en", held=held, teacher=teacher, work=tmp_path, progress=said.append
        )

    assert not np.array_equal(learnt(taught=True), learnt(taught=False))
    assert "3 of 3 clauses read by the encoder" in said
