"""An encoder is heard beside the tables where it is installed, and nowhere else."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage.encoder import installed
from letterdesk.triage.incivility import MARK, chances_of, incivility, scores
from letterdesk.triage.learning.models import CivilityModel
from letterdesk.triage.model.score import logits
from letterdesk.triage.model.weights import NoEncoder, read, shipped, tables
from letterdesk.triage.screening import VERSION, version
from tests.triage.encoder.small import VOICE, forget, installed_for_a_while, small_encoder

BAD, FINE = "a bad day", "a fine day"
TABLES = tables("en")


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    return tmp_path / "packages"


def test_without_one_the_tables_speak_alone() -> None:
    assert (installed.version(), installed.encoder("en")) == (0, None)
    assert installed.fault() == ""
    assert version() == VERSION
    found, expected = scores([BAD], language="en"), chances_of([BAD], TABLES)
    np.testing.assert_array_equal(found, expected)


def test_an_installed_one_is_added_to_the_tables(packages: Path) -> None:
    encoder = small_encoder()
    with installed_for_a_while(packages, encoder):
        known = shipped("en")
        both = logits([BAD, FINE], known)
        told = incivility(BAD, language="en")

    assert known.settings.encoder == "3"
    expected = logits([BAD, FINE], TABLES) + 2 * encoder.logits([BAD, FINE])
    np.testing.assert_allclose(both, expected, atol=0.1)
    chance = 1 / (1 + np.exp(-(both[0] - 1)))
    assert told.score == pytest.approx(float(chance), abs=1e-4)


def test_what_waits_is_screened_anew_when_one_comes_or_goes(packages: Path) -> None:
    with installed_for_a_while(packages, small_encoder()):
        with_it = version()

    assert with_it not in (0, version())
    assert with_it % 1_000 == VERSION


def test_the_other_languages_keep_to_their_tables(packages: Path) -> None:
    with installed_for_a_while(packages, small_encoder()):
        assert shipped("ko").encoder is None
        assert installed.encoder("ko") is None


@pytest.mark.parametrize("written", ["off", "OFF"])
def test_it_can_be_switched_off(
    written: str, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installed_for_a_while(packages, small_encoder()):
        monkeypatch.setenv("LETTERDESK_ENCODER", written)

        assert (installed.version(), installed.encoder("en")) == (0, None)
        assert shipped("en").encoder is None


def test_one_that_learnt_beside_other_tables_is_not_heard(
    packages: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = small_encoder(replace(VOICE, tables="1"))
    with (
        installed_for_a_while(packages, stranger),
        caplog.at_level(logging.WARNING),
    ):
        assert shipped("en").encoder is None
    assert "other tables" in caplog.text


def test_weights_learnt_beside_one_need_it(packages: Path) -> None:
    with installed_for_a_while(packages, small_encoder()):
        known = shipped("en")
        raw = CivilityModel(known).written()
        again = read(raw)
        assert again.encoder is not None
        np.testing.assert_allclose(logits([BAD], again), logits([BAD], known), atol=0.1)

    forget()
    with pytest.raises(NoEncoder, match="version 3"):
        read(raw)


def _lose_the_end(package: Path) -> None:
    (file,) = package.glob("encoder-*.npz")
    file.write_bytes(file.read_bytes()[:-400])


def _lose_the_file(package: Path) -> None:
    (file,) = package.glob("encoder-*.npz")
    file.unlink()


def _lose_the_layers(package: Path) -> None:
    (package / installed.TRUNK).unlink()


def _lose_the_list(package: Path) -> None:
    (package / installed.LIST).unlink()


def _be_of_a_version_without_voices(package: Path) -> None:
    listed = package / installed.LIST
    facts = json.loads(listed.read_text())
    del facts["sha256"][installed.voice_of("en")]
    listed.write_text(json.dumps(facts))


def _leave_nothing(package: Path) -> None:
    for file in package.iterdir():
        file.unlink()


def _be_of_a_version_to_come(package: Path) -> None:
    (package / installed.LIST).write_text('{"version": 1000, "sha256": {}}')


def _be_a_list_of_something_else(package: Path) -> None:
    (package / installed.LIST).write_text("[1]")


@pytest.mark.parametrize(
    "harm",
    [
        _lose_the_end,
        _lose_the_file,
        _lose_the_layers,
        _lose_the_list,
        _be_of_a_version_without_voices,
        _leave_nothing,
        _be_of_a_version_to_come,
        _be_a_list_of_something_else,
    ],
)
def test_a_damaged_package_is_told_and_not_heard_until_it_is_whole(
    harm: Callable[[Path], None], packages: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with installed_for_a_while(packages, small_encoder()), caplog.at_level(logging.ERROR):
        harm(packages / installed.PACKAGE)

        assert shipped("en").encoder is None
        assert version() == VERSION
        assert f"({installed.fault()})" in caplog.text

    assert "code=not-an-encoder" in caplog.text
    with installed_for_a_while(packages / "again", small_encoder()):
        assert (version() != VERSION, installed.fault()) == (True, "")


def test_where_the_encoder_alone_objects_no_word_is_blamed(packages: Path) -> None:
    with installed_for_a_while(packages, small_encoder(replace(VOICE, loud=9.0))):
        told = incivility(BAD, language="en")

    assert told.score >= MARK
    assert told.spans == ()
    assert "no single word" in told.reason
