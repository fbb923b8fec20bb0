"""The short form of tools.replay, with comments made up for it."""

from pathlib import Path

from tools.replay import rows
from tools.replay.__main__ import LANGUAGES, run


def test_every_letter_is_accounted_for_by_its_receipt(tmp_path: Path) -> None:
    listed = [list(rows.made_up(language, 30)) for language in LANGUAGES]

    accounts, _ = run(tmp_path / "newsroom", listed, stories_each=2)

    assert [(one.sent, one.accounted(), one.is_right()) for one in accounts] == [
        (30, 30, True),
        (30, 30, True),
    ]
    assert all(one.statuses["edited"] for one in accounts)
