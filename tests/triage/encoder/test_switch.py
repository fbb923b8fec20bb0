"""The switch knows one word, and says so to whoever writes another one."""

import pytest

from letterdesk.domain.errors import SettingWrong
from letterdesk.triage.encoder.switch import SWITCH, is_off


@pytest.mark.parametrize("written", ["off", "OFF", "Off"])
def test_off_is_off_however_it_is_written(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, written)

    assert is_off()


def test_without_it_or_empty_nothing_is_silenced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    assert not is_off()

    monkeypatch.setenv(SWITCH, "")
    assert not is_off()


@pytest.mark.parametrize("written", ["of", "0", "no", "on"])
def test_any_other_word_is_refused(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, written)

    with pytest.raises(SettingWrong, match=f"{SWITCH} is '{written}', and may only be off"):
        is_off()
