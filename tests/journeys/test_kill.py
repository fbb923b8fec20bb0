"""The short form of benchmarks.kill."""

from pathlib import Path

from benchmarks import kill


def test_no_acknowledged_letter_is_lost_doubled_or_torn_by_kill_9(tmp_path: Path) -> None:
    verdicts, said = kill.run(tmp_path / "newsroom", rounds=(3, 6, 6), seed=11)

    faults = [(one.victim, one.lost, one.twice, one.torn) for one in verdicts]
    assert faults == [("letterbox", 0, 0, ()), ("collect", 0, 0, ()), ("publish", 0, 0, ())]
    assert verdicts[0].hit >= 3
    assert [one.kills for one in verdicts[1:]] == [6, 6]
    assert all(one.letters for one in verdicts)
    assert said
