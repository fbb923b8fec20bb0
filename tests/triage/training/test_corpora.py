"""The labelled files are found, or named."""

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
