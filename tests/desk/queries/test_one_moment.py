from threading import Thread

import pytest
from django.db import connection, transaction

from letterdesk.desk.actions.note_export import note_begun
from letterdesk.desk.models import Story
from letterdesk.desk.queries.one_moment import one_moment
from letterdesk.interchange.portion import Portion
from tests.desk import rows
from tests.values import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work) -> None:
    """Do something over a connection of its own, as another process would."""
    failed = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 -- told below
            failed.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    assert failed == []


def test_who_reads_sees_one_moment_and_who_writes_does_not_wait():
    rows.make_story(1)

    with one_moment():
        elsewhere(lambda: rows.make_story(2))
        within = Story.objects.count()
    after = Story.objects.count()

    assert (within, after) == (1, 2)


def test_nothing_can_be_written_in_it():
    with pytest.raises(Exception, match=r"read-only|within a transaction"), one_moment():
        note_begun("letterdesk", Portion(), who="command", today=TODAY)


def test_a_fault_ends_it():
    with pytest.raises(RuntimeError), one_moment():
        raise RuntimeError

    with transaction.atomic():
        rows.make_story(1)
    assert Story.objects.count() == 1
