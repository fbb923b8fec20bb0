from datetime import UTC, date, datetime

import pytest

from letterdesk.demo.moderation import taken_on


@pytest.mark.parametrize(
    ("day", "taken"),
    [
        (22, datetime(2026, 11, 22, 14, tzinfo=UTC)),
        (23, datetime(2026, 11, 23, 1, tzinfo=UTC)),
    ],
)
def test_nothing_was_decided_in_the_future(day: int, taken: datetime) -> None:
    now = datetime(2026, 11, 23, 1, tzinfo=UTC)

    assert taken_on(date(2026, 11, day), now=now) == taken
