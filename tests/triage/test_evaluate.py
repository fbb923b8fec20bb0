"""A newsroom scores its own file, and learns which rows could not be read."""

import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from letterdesk.cli import main
from letterdesk.triage.evaluate import FileWrong, evaluate, read_labelled
from letterdesk.triage.model import weights as shelf
from tests.triage.encoder.small import installed_for_a_while, small_encoder

ROWS = [
    ("You stupid bitch, go kill yourself", 1),
    ("Thank you for the report", 0),
    ("씨발 병신 새끼들", 1),
    ("기사 잘 읽었습니다", 0),
    ("黑鬼都是垃圾，滚出中国", 1),
    ("感谢记者的报道", 0),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.tsv"
    path.write_text("".join(f"{text}\t{label}\n" for text, label in ROWS), encoding="utf-8")
    return path


def test_a_file_in_three_languages_is_scored(file: Path) -> None:
    found = evaluate(file)

    assert (found.comments, found.unwelcome, found.unscored) == (6, 3, 0)
    assert found.languages == {"en": 2, "ko": 2, "zh": 2}
    assert (found.auc, found.average_precision, found.set_apart) == (1.0, 1.0, 1.0)
    assert (found.good_marked, found.bad_missed) == (0.0, 0.0)
    assert found.bad_lines == []


@pytest.mark.parametrize(
    ("ending", "pack"), [("", bytes), (".xz", lzma.compress), (".GZ", gzip.compress)]
)
@pytest.mark.parametrize(
    "raw",
    [
        b"text\tlabel\r\ngood\t0\r\nbad\t1\r\n",
        b"\xef\xbb\xbfText\tToxic\tstory\ngood\t0\tthe bridge\nbad\t1\t\n",
        b"\ngood\t0\n\n \nbad\t1\n\n",
        b"good\t0.0\nbad\t 1.0",
    ],
    ids=["header", "further columns", "empty lines", "labels with a point"],
)
def test_files_as_programs_write_them_are_read(
    tmp_path: Path, raw: bytes, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"labelled.tsv{ending}"
    path.write_bytes(pack(raw))

    found = read_labelled(path)

    assert (found.texts, found.unwelcome, found.bad_lines) == (
        ["good", "bad"],
        [False, True],
        [],
    )


def test_rows_that_are_not_of_the_form_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text("good\t0\nno label\nbad\t1\na\tb\t1\nwhat\t2\n\t\n", encoding="utf-8")

    assert read_labelled(path).bad_lines == [2, 4, 5]
    assert "line 2, 4, 5" in evaluate(path).sentences()[-1]


def test_what_the_mark_would_do_is_told(file: Path) -> None:
    file.write_text(
        file.read_text("utf-8")
        + "You stupid bitch\t0\nThe ferry is late\t0\nA fine bridge\t1\n",
        encoding="utf-8",
    )

    found = evaluate(file)

    assert (found.good_marked, found.bad_missed) == (1 / 5, 1 / 4)
    assert found.sentences()[-2:] == [
        "good comments marked from 0.5 on       0.2000",
        "bad comments not marked                0.2500",
    ]


def test_a_header_is_told_and_not_in_the_figures(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["triage", "evaluate", str(file)]) == 0
    without = capsys.readouterr()
    file.write_text("text\tlabel\n" + file.read_text("utf-8"), encoding="utf-8")
    assert main(["triage", "evaluate", str(file)]) == 0
    within = capsys.readouterr()

    said = "The first line was taken for a header, and not scored.\n"
    assert said not in without.err
    assert within.err.startswith(said)
    assert within.out.startswith("6 comments, 3 of them unwelcome")


def test_figures_from_few_comments_come_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few, enough = tmp_path / "few.tsv", tmp_path / "enough.tsv"
    few.write_text("well said\t0\n" * 400 + "you idiot\t1\n" * 49, encoding="utf-8")
    enough.write_text("well said\t0\n" * 50 + "you idiot\t1\n" * 50, encoding="utf-8")

    assert main(["triage", "evaluate", str(few)]) == 0
    told = capsys.readouterr()
    assert main(["triage", "evaluate", str(enough)]) == 0

    assert told.err.startswith("Of one kind there are few comments (49): ")
    assert told.out.splitlines()[1] == "AUC                                    1.0000"
    assert capsys.readouterr().err == ""


def test_the_clock_runs_when_everything_is_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf._loaded.cache_clear()
    read: list[int] = []
    monkeypatch.setattr(
        "letterdesk.triage.evaluate.perf_counter",
        lambda: float(bool(read.append(shelf._loaded.cache_info().misses))),
    )

    evaluate(file)

    assert read == [3, 3]


def test_a_language_without_a_model_is_said_to_be_unscored(tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text("Thank you\t0\n橋が開通しました\t0\nYou idiot\t1\n", encoding="utf-8")

    found = evaluate(path)

    assert (found.unscored, found.languages) == (1, {"en": 2, "ja": 1})
    assert found.sentences()[1] == (
        "no model for their language: 1; they score 0, and count "
        "(there are models for en, ko and zh)"
    )


@pytest.mark.parametrize("language", ["fr", "xx", "../ko", ""])
def test_nothing_is_told_of_a_file_in_which_nothing_can_be_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text("橋が開通しました\t0\nばか野郎\t1\n", encoding="utf-8")

    status = main(["triage", "evaluate", str(path), "--language", language])

    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert "There are models for en, ko and zh" in told.err


def test_short_latin_text_is_scored_and_not_called_english(tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text("Bonjour madame\t0\nYou idiot\t1\nSale con\t1\n", encoding="utf-8")

    found = evaluate(path)

    assert (found.languages, found.taken_for) == ({"und": 2, "en": 1}, {"en": 2})
    assert found.unscored == 0
    assert found.sentences()[1] == ("language not told for sure (und): 2; scored as en 2")


def test_an_encoder_that_was_heard_is_named(file: Path, tmp_path: Path) -> None:
    without = evaluate(file)
    with installed_for_a_while(tmp_path / "packages", small_encoder()):
        within = evaluate(file)

    assert (without.encoders, within.encoders) == ([], ["en"])
    assert "an encoder was heard beside the tables: en" in within.sentences()
    assert not any("encoder" in line for line in without.sentences())


def test_a_language_that_is_named_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text("Kind words\t0\nSale con\t1\n", encoding="utf-8")

    found = evaluate(path, language="en")

    assert (found.languages, found.taken_for) == ({"en": 2}, {})


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"good\t0\nfine\t0\n", "has welcome comments only .2.. Rows of both"),
        (b"bad\t1\n", "has unwelcome comments only .1.. Rows of both"),
        (b"", "is empty. Rows of both kinds are needed"),
        (b"good,0\nbad,1\n", "No line of .* is text, a tab, and 0 or 1. Rows of both"),
        (b"good\t0\n\xff\xfe\t1\n", "Line 2 of .* is not UTF-8. Save the file as"),
    ],
)
def test_a_file_that_cannot_be_scored_is_refused(
    tmp_path: Path, raw: bytes, complaint: str
) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_bytes(raw)

    with pytest.raises(FileWrong, match=complaint):
        evaluate(path)


_ROWS = b"good\t0\nbad\t1\n"
_XZ, _GZ = lzma.compress(_ROWS), gzip.compress(_ROWS, mtime=0)


@pytest.mark.parametrize(
    ("ending", "raw"),
    [
        ("xz", _ROWS),
        ("xz", _XZ[:-9]),
        ("gz", _ROWS),
        ("gz", _GZ[:-9]),
        ("gz", _GZ[:10] + b"\xff" * 20),
    ],
    ids=["xz-plain", "xz-cut", "gz-plain", "gz-cut", "gz-damaged"],
)
def test_a_damaged_packed_file_is_refused(tmp_path: Path, ending: str, raw: bytes) -> None:
    path = tmp_path / f"labelled.tsv.{ending}"
    path.write_bytes(raw)

    with pytest.raises(FileWrong, match=rf"is not a whole \.{ending} file"):
        evaluate(path)


def test_command_answers_a_person_and_a_program(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["triage", "evaluate", str(file)]) == 0
    told = capsys.readouterr().out
    assert main(["triage", "evaluate", str(file), "--language", "en", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)

    assert told.startswith("6 comments, 3 of them unwelcome (en 2, ko 2, zh 2)\nAUC")
    assert sorted(facts) == [
        "auc",
        "average_precision",
        "bad_lines",
        "bad_missed",
        "comments",
        "encoders",
        "good_marked",
        "has_header",
        "languages",
        "per_second",
        "set_apart",
        "taken_for",
        "unscored",
        "unwelcome",
    ]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([""], "there is nothing in it to explain"),
        ([" \n"], "there is nothing in it to explain"),
        (["well said", "--language", "zz"], "'zz' is no language that we know"),
    ],
)
def test_what_cannot_be_explained_is_wrong_usage(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["triage", "explain", *arguments]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert complaint in told.err


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("The bridge is open", "", "It is in en."),
        ("다리가 열렸네요", "EN", "It is in ko. It was scored as en."),
        ("Bonjour madame", "", "It has too few words to tell, and was taken for en."),
        ("a" * 9_000, "", "It has too few words to tell, and was taken for en."),
        (
            "hallo du Arsch",
            "de",
            "Its language cannot be told. It was taken for de, as asked.",
        ),
        ("Мост открыт", "", "Its language cannot be told."),
    ],
)
def test_command_explains_the_language(
    text: str, language: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["triage", "explain", text, "--language", language]) == 0

    last = capsys.readouterr().out.splitlines()[-1]
    assert last.split("  ", 2)[::2] == ["language", sentence]


def test_command_explains_a_comment(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["triage", "explain", "you stupid bitch", "--json"]) == 0
    (signal,) = [
        each
        for each in json.loads(capsys.readouterr().out)["signals"]
        if each["kind"] == "incivility"
    ]
    assert main(["triage", "explain", "you stupid bitch"]) == 0
    told = capsys.readouterr().out

    assert signal["score"] > 0.5
    assert signal["spans"]
    assert "stupid bitch" in told
