import pytest

from letterdesk.reader.schedule import schedule
from letterdesk.tags import LANGUAGES


@pytest.mark.parametrize(
    ("slot_minutes", "often"),
    [
        (1, "every minute."),
        (15, "every 15 minutes."),
        (60, "once an hour."),
        (90, "every 90 minutes."),
        (180, "every 3 hours."),
        (1440, "once a day."),
    ],
)
def test_reader_learns_how_often_comments_are_published(slot_minutes, often):
    assert schedule(slot_minutes, "en") == (
        "A moderator reads every letter first. What she accepts is published together "
        f"with other comments, {often}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_schedule_is_said_in_every_language(language):
    said = [schedule(minutes, language) for minutes in (1, 15, 60, 180, 1440)]

    assert len(set(said)) == 5
    assert "%" not in "".join(said)
