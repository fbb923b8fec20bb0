from pathlib import Path

import pytest

from letterdesk.desk.actions.come_back import Since
from letterdesk.newsroom.archive import FORMAT, About, Manifest
from letterdesk.newsroom.restored import Restored

MADE = "2026-11-20T05:00+00:00"


def restored(since: Since, *, looked: bool = True) -> Restored:
    about = About(
        format=FORMAT, letterdesk="1.0", site="Tidewater", made=MADE, database="sqlite"
    )
    manifest = Manifest(counts={}, entries=3, head="ab", files={})
    return Restored(
        folder=Path("/srv/back"),
        about=about,
        manifest=manifest,
        letters=0,
        since=since,
        looked=looked,
        steps=0,
        problems=[],
    )


def steps(told: Restored) -> list[str]:
    return [line.strip() for line in told.next_steps().splitlines() if line[:2] == "  "]


@pytest.mark.parametrize("kind", ["changed", "decided", "appealed"])
def test_what_needs_a_desk_comes_after_the_desk_is_started(kind: str) -> None:
    told = steps(restored(Since(**{kind: ["C1", "C2"]})))

    started = next(at for at, step in enumerate(told) if "Start everything" in step)
    [at] = [at for at, step in enumerate(told) if step.endswith(": C1, C2")]
    assert at > started
    assert ". At the desk, " in told[at]


def test_what_nobody_looked_at_is_taken_down_by_a_desk_that_publishes_nothing() -> None:
    told = steps(restored(Since(), looked=False))

    at = [
        next(at for at, step in enumerate(told) if words in step)
        for words in ("letterdesk serve /srv/back --only desk", "Publish: ", "Start ")
    ]
    assert at == sorted(at)
