"""The labelled files are found and whole, or named."""

import lzma
from pathlib import Path

import pytest

from letterdesk.domain.errors import SettingWrong
from letterdesk.triage.training.corpora import rows


def test_a_labelled_file_that_is_missing_is_named_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(SettingWrong) as refused:
        list(rows(tmp_path, "ko_koco"))

    assert refused.value.sentence == (
        f"The labelled file ko_koco.tsv.xz is missing in {tmp_path}. Put it there, or name "
        "the folder that has it."
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"no archive",
        lzma.compress(b"text\tunwelcome\nfine\t0\n" * 99)[:-20],
        lzma.compress(b"text\tunwelcome\n\xff\xfe\t0\n"),
    ],
    ids=["no archive", "cut short", "no UTF-8"],
)
def test_a_labelled_file_that_is_damaged_is_named_with_its_folder(
    raw: bytes, tmp_path: Path
) -> None:
    (tmp_path / "ko_koco.tsv.xz").write_bytes(raw)

    with pytest.raises(SettingWrong) as refused:
        list(rows(tmp_path, "ko_koco"))

    assert refused.value.sentence == (
        f"The labelled file ko_koco.tsv.xz in {tmp_path} is damaged, or no table in UTF-8. "
        "Put it there anew."
    )
