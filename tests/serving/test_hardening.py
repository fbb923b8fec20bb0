"""Commands leave the other core to the others: numpy adds up in one thread."""

import os
from pathlib import Path

import pytest

from letterdesk.cli import main
from tests.newsrooms import fresh

__all__ = ["fresh"]

_THREADS = "OPENBLAS_NUM_THREADS"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What the threads were set to when a server began."""
    found: list[str | None] = []

    def begin(*_args: object, **_named: object) -> bool:
        found.append(os.environ.get(_THREADS))
        return True

    for name in ("OMP_NUM_THREADS", _THREADS, "MKL_NUM_THREADS"):
        monkeypatch.setenv(name, "2")
    monkeypatch.setattr("letterdesk.serving.serve.serve_all", begin)
    monkeypatch.setattr("letterdesk.serving.stand_in.serve_stand_in", begin)
    monkeypatch.setattr("letterdesk.demo.show.build_and_serve", begin)
    return found


@pytest.mark.parametrize("command", ["serve FOLDER", "demo FOLDER", "triage serve"])
def test_numpy_adds_up_in_one_thread_wherever_something_is_served(
    command: str, said: list[str | None], fresh: Path
) -> None:
    assert main(command.replace("FOLDER", str(fresh)).split(" ")) == 0
    assert said == ["1"]


def test_so_it_does_for_a_command_that_serves_nothing(
    said: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "letterdesk.triage.explain.explain",
        lambda *_args, **_named: said.append(os.environ.get(_THREADS)) or [],
    )

    main(["triage", "explain", "A fine day.", "--language", "en"])

    assert said == ["1"]
