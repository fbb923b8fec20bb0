import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from letterdesk.desk.queries.failing import Failing
from letterdesk.domain.errors import PlaceFailed
from letterdesk.serving.worker import Unread, Worker, log_failing

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
SECRET = "Ilsa Dorrech lives at 5 Mill Lane"


class Newsroom:
    """What a worker would collect and publish: what it did, and failures to come."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.failures: dict[str, list[Exception]] = defaultdict(list)
        self.unscreened = 0
        self.outdated = 0
        self.batches = 0

    def action(self, name: str) -> Callable[[], None]:
        def act() -> None:
            if self.failures[name]:
                raise self.failures[name].pop(0)
            self.did.append(name)

        return act

    def collect(self) -> int:
        self.action("collect")()
        self.batches = max(self.batches - 10, 0)
        return self.batches

    def screen(self) -> int:
        if self.failures["screen"]:
            raise self.failures["screen"].pop(0)
        found, self.unscreened = min(self.unscreened, 10), max(self.unscreened - 10, 0)
        if found:
            self.did.append("screen")
        return found

    def renew(self) -> int:
        if self.failures["renew"]:
            raise self.failures["renew"].pop(0)
        found, self.outdated = min(self.outdated, 10), max(self.outdated - 10, 0)
        if found:
            self.did.append("renew")
        return found


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def worker(newsroom: Newsroom, tmp_path: Path) -> Worker:
    return a_worker(newsroom, tmp_path)


def a_worker(
    newsroom: Newsroom,
    folder: Path,
    *,
    verify: Callable[[], object] = dict,
    remove: Callable[[], object] = dict,
) -> Worker:
    return Worker(
        folder=folder,
        collect=newsroom.collect,
        remove=remove,
        publish=newsroom.action("publish"),
        verify=verify,
        screen=newsroom.screen,
        renew=newsroom.renew,
        collect_seconds=10,
        slot_minutes=60,
    )


def at(minutes: float) -> datetime:
    return MIDNIGHT + timedelta(minutes=minutes)


def test_what_was_taken_back_goes_every_round_whether_or_not_there_is_a_slot(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    worker = a_worker(newsroom, tmp_path, remove=newsroom.action("remove"))

    for minutes in (0, 1, 2):
        worker.round(at(minutes))

    assert newsroom.did == [
        *("collect", "remove", "publish"),
        *("collect", "remove"),
        *("collect", "remove"),
    ]


def test_what_was_taken_down_goes_though_the_spool_cannot_be_read(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.failures["collect"] = [PlaceFailed("The bucket does not answer.")]
    worker = a_worker(newsroom, tmp_path, remove=newsroom.action("remove"))

    worker.round(at(0))

    assert newsroom.did == ["remove", "publish"]


def test_it_verifies_the_log_every_round_after_its_work(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    worker = a_worker(newsroom, tmp_path, verify=newsroom.action("verify"))

    for minutes in (0, 0.2):
        worker.round(at(minutes))

    assert newsroom.did == ["collect", "publish", "verify", "collect", "verify"]


def test_it_publishes_once_a_slot_and_collects_at_every_look(
    worker: Worker, newsroom: Newsroom
) -> None:
    for minutes in (0, 0.2, 30, 59.9, 60, 60.2):
        worker.round(at(minutes))

    assert newsroom.did == [
        *("collect", "publish"),
        *("collect", "collect", "collect"),
        *("collect", "publish"),
        "collect",
    ]


def test_a_clock_that_is_put_back_publishes_nothing_before_a_slot(
    worker: Worker, newsroom: Newsroom
) -> None:
    worker.round(at(180))
    newsroom.did.clear()

    for minutes in (120.5, 179.9, 180.1):  # an hour back; the slot at 180 was published
        worker.round(at(minutes))
    quiet = list(newsroom.did)
    worker.round(at(240))

    assert quiet == ["collect"] * 3
    assert newsroom.did[3:] == ["collect", "publish"]


def test_a_clock_that_was_a_year_ahead_keeps_nothing_from_the_next_slot(
    worker: Worker, newsroom: Newsroom
) -> None:
    worker.round(at(30))
    worker.round(at(365 * 24 * 60))
    newsroom.did.clear()

    for minutes in (40, 59.9, 60, 60.2):
        worker.round(at(minutes))

    assert newsroom.did == ["collect", "collect", "collect", "publish", "collect"]


def test_a_mark_that_cannot_be_read_is_none(
    worker: Worker, newsroom: Newsroom, tmp_path: Path
) -> None:
    (tmp_path / "press.slot").write_text("yesterday")

    worker.round(at(30))

    assert newsroom.did == ["collect", "publish"]


def test_it_screens_last_and_comes_back_at_once_while_there_is_more(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.unscreened = 15

    waits = [worker.round(at(0)) for _ in range(3)]

    assert newsroom.did == ["collect", "publish", "screen", "screen"]
    assert waits == [0, 0, 10]


def test_it_looks_as_often_as_it_is_told_however_much_there_is_to_screen(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.unscreened = 1_000

    waits = [worker.round(at(0) + timedelta(seconds=second)) for second in (0, 4, 11, 15)]

    assert newsroom.did == [
        *("collect", "publish", "screen", "screen"),
        *("collect", "screen", "screen"),
    ]
    assert waits == [0, 0, 0, 0]


def test_a_backlog_is_worked_off_in_rounds_between_which_removals_and_slots_go_on(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.batches, newsroom.unscreened = 45, 1_000
    worker = a_worker(newsroom, tmp_path, remove=newsroom.action("remove"))

    waits = [
        worker.round(at(59.9) + timedelta(seconds=second)) for second in (0, 3, 7, 11, 12)
    ]

    assert newsroom.did == [
        *("collect", "remove", "publish", "screen"),
        *("collect", "remove", "screen"),
        *("collect", "remove", "publish", "screen"),
        *("collect", "remove", "screen"),
        *("collect", "remove", "screen"),
    ]
    assert waits == [0] * 5
    newsroom.did.clear()
    worker.round(at(59.9) + timedelta(seconds=13))
    assert newsroom.did == ["screen"]


def test_a_backlog_that_cannot_be_collected_is_tried_again_at_the_next_look(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.batches = 45
    worker.round(at(0))
    newsroom.failures["collect"] = [PlaceFailed("The bucket does not answer.")]

    assert worker.round(at(0.01)) == pytest.approx(9.4)


def test_between_two_looks_it_waits_for_what_is_left(worker: Worker) -> None:
    waits = [worker.round(at(0) + timedelta(seconds=second)) for second in (0, 4, 10)]

    assert waits == [10, 6, 10]


@pytest.mark.parametrize("more", ["unscreened", "outdated"])
def test_neither_mails_nor_learning_wait_until_there_is_nothing_more_to_do(
    more: str, newsroom: Newsroom, tmp_path: Path
) -> None:
    worker = a_worker(newsroom, tmp_path)
    worker.mail, worker.learn = newsroom.action("mail"), newsroom.action("learn")
    setattr(newsroom, more, 1_000)

    worker.round(at(0))

    assert newsroom.did[:4] == ["collect", "publish", "mail", "learn"]


def test_a_slot_is_no_later_for_what_there_is_to_screen(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.unscreened = 1_000
    worker.round(at(59.95))
    newsroom.did.clear()

    worker.round(at(60))

    assert newsroom.did == ["collect", "publish", "screen"]


def test_screening_that_fails_keeps_nothing_from_being_collected_and_published(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.failures["screen"] = [ValueError(SECRET)]

    assert worker.round(at(0)) == 10
    assert newsroom.did == ["collect", "publish"]


def test_pages_of_an_earlier_version_wait_for_everything_else(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.outdated, newsroom.unscreened = 15, 5
    newsroom.failures["screen"] = [ValueError(SECRET)]

    waits = [worker.round(at(0)) for _ in range(3)]

    assert newsroom.did == [
        *("collect", "publish", "renew"),
        *("screen", "renew"),
    ]
    assert waits == [0, 0, 10]


def test_it_waits_until_the_slot_when_that_comes_before_the_next_look(
    worker: Worker,
) -> None:
    assert worker.round(at(0)) == 10
    assert worker.round(at(59.95)) == pytest.approx(3)


def test_a_slot_that_was_published_is_remembered_over_a_restart(
    worker: Worker, newsroom: Newsroom, tmp_path: Path
) -> None:
    worker.round(at(61))

    a_worker(newsroom, tmp_path).round(at(62))

    assert newsroom.did == ["collect", "publish", "collect"]


def test_where_no_slot_can_be_remembered_it_publishes_once_a_slot_all_the_same(
    newsroom: Newsroom, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "press.slot").mkdir()  # no file can be put in its place
    worker = a_worker(newsroom, tmp_path)

    for minutes in (30, 31, 60, 61):
        worker.round(at(minutes))

    assert newsroom.did == ["collect", "publish", "collect"] * 2
    (message,) = caplog.messages
    assert message.startswith("step=remember failed and is tried again: ")


def test_a_slot_that_passed_while_no_worker_ran_is_made_up(
    worker: Worker, newsroom: Newsroom, tmp_path: Path
) -> None:
    worker.round(at(61))

    a_worker(newsroom, tmp_path).round(at(125))

    assert newsroom.did == ["collect", "publish"] * 2


def test_a_clock_that_is_set_back_does_not_stop_publication(
    worker: Worker, newsroom: Newsroom
) -> None:
    worker.round(at(600))

    worker.round(at(60))
    worker.round(at(120))

    assert newsroom.did == ["collect", "publish", "collect", "collect", "publish"]


def test_a_publication_that_fails_is_tried_again_at_the_next_look(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.failures["publish"] = [
        PlaceFailed("The disk is full."),
        OSError(28, "No space"),
    ]

    for minutes in (0, 0.2, 0.4, 0.6):
        worker.round(at(minutes))

    assert newsroom.did == ["collect", "collect", "collect", "publish", "collect"]


def test_publication_goes_on_while_collecting_fails(
    worker: Worker, newsroom: Newsroom
) -> None:
    newsroom.failures["collect"] = [PlaceFailed("The bucket does not answer.")]

    worker.round(at(0))

    assert newsroom.did == ["publish"]


def test_a_failure_is_logged_once_by_code_and_its_end_is_told(
    worker: Worker, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    newsroom.failures["collect"] = [PlaceFailed("The bucket does not answer.")] * 3

    for minutes in (0, 0.2, 0.4, 0.6, 0.8):
        worker.round(at(minutes))

    assert caplog.messages == [
        "step=collect failed and is tried again: code=place-failed "
        "The bucket does not answer.",
        "step=collect works again",
    ]


def test_no_word_of_a_reader_reaches_the_log(
    worker: Worker, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.failures["collect"] = [ValueError(SECRET)]

    worker.round(at(0))

    (message,) = caplog.messages
    assert message.startswith("step=collect failed and is tried again: code=unexpected")
    assert "error=ValueError at=test_worker.py:" in message
    assert SECRET not in caplog.text


def test_what_the_press_could_not_do_is_logged_story_by_story(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log_failing(
        Failing(
            story=f"s{number}",
            url=f"https://news.example/{number}",
            headline=SECRET,
            language="en",
            part="page",
            why="code=unexpected error=ValueError at=cuts.py:14",
            since=MIDNIGHT.date(),
        )
        for number in (1, 2)
    )

    assert caplog.messages == [
        f"story=s{number} part=page failed and is tried again at the next slot: "
        "code=unexpected error=ValueError at=cuts.py:14"
        for number in (1, 2)
    ]


def test_it_stops_when_it_is_asked_to(worker: Worker, newsroom: Newsroom) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) == 2

    worker.run(clock=iter((at(30), at(31))).__next__, wait=wait)

    assert waits == [10, 10]
    assert newsroom.did == ["collect", "publish", "collect"]


def test_what_is_passed_over_in_the_spool_is_logged_once_until_it_changes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    unread = Unread()

    for names in (("a\n", "b"), ("a\n", "b"), (), ("b",)):
        unread.log(names)

    assert [record.getMessage() for record in caplog.records] == [
        r"event=spool-unread files=2 ('a\n', b)",
        "event=spool-unread files=1 (b)",
    ]
