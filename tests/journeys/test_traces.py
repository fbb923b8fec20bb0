"""The short form of benchmarks.traces."""

from pathlib import Path

from benchmarks import traces


def test_search_finds_marks_however_they_were_written(tmp_path: Path) -> None:
    assert set(traces.trial(tmp_path / "trial").values()) == {3}


def test_nothing_that_readers_sent_can_be_read_on_the_disk(tmp_path: Path) -> None:
    result = traces.run(tmp_path / "newsroom", letters=100)

    assert result.hits == ()
    assert result.was_debugging
    assert (result.statuses[201], result.spooled) == (100, 100)
    assert {400, 403, 404, 413, 415, 422} <= set(result.statuses)
    assert not [status for status in result.statuses if status >= 500]
