import errno
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from letterdesk import sealing
from letterdesk.desk.actions.collect import BatchesStuck, BatchesUnread
from letterdesk.desk.models import Comment
from letterdesk.domain.envelope import pack_batch
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.sealing import PrivateKey, private_file
from letterdesk.serving.intake import Intake
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.sent import Failing, letter

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def fixed(spool: Folder, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the disk under the spool be read and not written until this is undone."""
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.parent == spool.root:
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    return monkeypatch


def test_letters_behind_what_a_spool_does_not_let_go_are_collected_round_by_round(
    newsroom: Settings,
    key: PrivateKey,
    spool: Folder,
    fixed: pytest.MonkeyPatch,
    db: None,
) -> None:
    newsroom.private_keys.parent.mkdir(exist_ok=True)
    newsroom.private_keys.write_bytes(private_file([key]))
    rows.make_story()
    for number in (1, 2, 3):
        raw = sealing.seal(letter(number), key.public)
        spool.put(f"batch-{number}", pack_batch([raw]))
    intake = Intake(newsroom)

    left = [intake.collect(seconds=0, now=NOW) for _ in range(2)]
    for _ in range(2):
        with pytest.raises(BatchesStuck, match="mounted for reading alone"):
            intake.collect(seconds=0, now=NOW)
    lay, came = sorted(spool.list()), Comment.objects.count()
    fixed.undo()
    left.append(intake.collect(seconds=0, now=NOW))

    assert (lay, came) == (["batch-1", "batch-2", "batch-3"], 3)
    assert (left, list(spool.list()), Comment.objects.count()) == ([2, 1, 0], [], 3)


def test_a_batch_that_the_disk_does_not_give_is_told_each_round_and_tried_last(
    newsroom: Settings,
    key: PrivateKey,
    spool: Folder,
    monkeypatch: pytest.MonkeyPatch,
    db: None,
) -> None:
    newsroom.private_keys.parent.mkdir(exist_ok=True)
    newsroom.private_keys.write_bytes(private_file([key]))
    rows.make_story()
    failing, intake, read = Failing(root=spool.root), Intake(newsroom), []
    monkeypatch.setattr(choose, "spool", lambda _: failing)
    spool.put("broken", b"")

    for number in (1, 2):
        raw = sealing.seal(letter(number), key.public)
        spool.put(f"later-{number}", pack_batch([raw]))
        with pytest.raises(BatchesUnread, match="broken"):
            intake.collect(seconds=60, now=NOW)
        read.append(list(failing.tried))
        failing.tried.clear()
    spool.remove("broken")
    left = intake.collect(seconds=60, now=NOW)

    assert read == [["broken", "later-1"], ["later-2", "broken"]]
    assert (left, failing.tried, Comment.objects.count()) == (0, [], 2)


def test_what_is_never_read_is_logged_once_the_rest_was_collected(
    newsroom: Settings,
    key: PrivateKey,
    spool: Folder,
    db: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    newsroom.private_keys.parent.mkdir(exist_ok=True)
    newsroom.private_keys.write_bytes(private_file([key]))
    (spool.root / "z-folder").mkdir()
    for name in ("b", "c"):
        spool.put(name, pack_batch([]))
    intake, told = Intake(newsroom), []

    for _ in range(4):
        with caplog.at_level(logging.ERROR):
            intake.collect(seconds=0, now=NOW)
        told.append(len(caplog.records))

    assert told == [0, 0, 1, 1]
    assert "z-folder" in caplog.text
