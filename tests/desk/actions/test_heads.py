"""The press takes away no published head that the audit log does not contain."""

import json
import logging

import pytest

from letterdesk.desk.actions.come_back import come_back
from letterdesk.desk.actions.publish import publish, remove
from letterdesk.desk.models import AuditEntry, AuditHead
from letterdesk.desk.queries.audit import head, published_head, verify
from letterdesk.desk.queries.health import _audit as told
from letterdesk.domain.audit import GENESIS, Head, chain
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.states import Action
from letterdesk.newsroom.keys import make_keys
from letterdesk.places.folder import Folder
from tests.desk import rows
from tests.desk.rows import move
from tests.values import TODAY

FILE = "report/audit.json"


@pytest.fixture
def story(newsroom, moderator):
    make_keys(newsroom)
    return rows.make_story()


@pytest.fixture
def press(public, newsroom):
    def run(**how):
        return publish(public, newsroom=newsroom, today=TODAY, **how)

    return run


def reject(story, by):
    comment = rows.make_comment(story)
    move(comment, Action.REJECT, by)
    return comment


def rewrite():
    """Change who rejected, and make the chain anew, as who has the database can."""
    last = GENESIS
    for row in AuditEntry.objects.order_by("number"):
        if row.what == "reject":
            row.facts["who"] = row.who = "somebody-else"
        row.digest = last = chain(last, row.number, row.facts)
        row.save()
    AuditHead.objects.update(digest=last)


def cut_back(number):
    """Leave the log as a backup had it."""
    rows.cut_log(number__gt=number)
    last = AuditEntry.objects.get(number=number)
    AuditHead.objects.update(number=number, digest=last.digest)


def kinds():
    found = AuditEntry.objects.filter(what__in=["head-kept", "head-begun"])
    return list(found.order_by("number").values_list("what", flat=True))


def test_a_log_that_was_written_anew_is_told_after_the_next_slots_too(
    story, press, public, newsroom, moderator, caplog
):
    reject(story, moderator)
    press()
    was = public.read(FILE)
    rewrite()
    assert "does not contain" in next(told(newsroom))

    for _ in range(3):
        with caplog.at_level(logging.ERROR):
            reject(story, moderator)
            assert press().failed == ()

    assert public.read(FILE) == was
    assert "does not contain" in next(told(newsroom))
    assert "take report/audit.json out" in next(told(newsroom))
    assert (verify(), kinds()) == (None, ["head-kept"])
    kept = AuditEntry.objects.get(what="head-kept").facts
    assert {"number": kept["head"], "digest": kept["head_digest"]} == json.loads(was)
    assert caplog.messages.count(f"audit=head-kept number={kept['head']}") == 3


def test_the_figures_and_the_page_of_the_report_go_on(story, press, public, moderator):
    reject(story, moderator)
    press()
    was = public.read("report/index.html")
    old = published_head(public).digest
    rewrite()
    reject(story, moderator)

    press(anew=True)

    page = public.read("report/index.html")
    assert page != was
    assert old.encode() in page


def test_once_the_file_is_taken_out_the_head_of_the_log_is_published(
    story, press, public, newsroom, moderator
):
    reject(story, moderator)
    press()
    rewrite()
    press()

    public.remove(FILE)
    press()

    assert published_head(public) == head()
    assert (list(told(newsroom)), kinds()) == ([], ["head-kept", "head-begun"])
    assert press().files == 0


@pytest.mark.parametrize("removed", [True, False])
def test_after_a_return_from_a_backup_the_log_s_head_is_published_again(
    removed, story, press, public, newsroom, moderator
):
    reject(story, moderator)
    entries = head().number
    published = rows.make_published(story, moderator)
    press()
    cut_back(entries)
    come_back(made="2026-11-20T05:00+00:00", published=None, today=TODAY)
    if removed:  # before the slot, the log of which notes what it did
        move(published, Action.RETRACT, moderator)
        remove(public, newsroom=newsroom, today=TODAY)
        assert "That is as it must be" in next(told(newsroom))

    reject(story, moderator)
    press()

    assert published_head(public) == head()
    assert (list(told(newsroom)), kinds()) == ([], ["head-begun"])

    rewrite()
    reject(story, moderator)
    press()
    assert "does not contain" in next(told(newsroom))
    assert kinds() == ["head-begun", "head-kept"]


def test_a_press_that_died_before_it_wrote_the_head_goes_on(
    story, press, public, newsroom, moderator, monkeypatch
):
    reject(story, moderator)
    entries = head().number
    reject(story, moderator)
    press()
    cut_back(entries)
    come_back(made="2026-11-20T05:00+00:00", published=None, today=TODAY)

    def die(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("letterdesk.desk.actions.show.report_files", die)
        with pytest.raises(KeyboardInterrupt):
            press()
    assert kinds() == ["head-begun"]
    assert "That is as it must be" in next(told(newsroom))
    press()

    assert published_head(public) == head()
    assert (list(told(newsroom)), kinds()) == ([], ["head-begun"])


@pytest.mark.parametrize(
    "raw",
    [
        "{",
        "[" * 100_000,
        '{"number": Infinity, "digest": "' + "0" * 64 + '"}',
        '{"number": 99999999999999999999999, "digest": "' + "0" * 64 + '"}',
        '{"number": -1, "digest": "' + "0" * 64 + '"}',
        '{"number": true, "digest": "' + "0" * 64 + '"}',
        '{"number": 3, "digest": "\\ud800"}',
        '{"number": 3, "digest": ["0"]}',
        "[]",
    ],
)
def test_what_is_no_head_stops_no_slot(raw, story, press, public, moderator):
    press()
    public.put(FILE, raw.encode())
    reject(story, moderator)

    assert press().failed == ()

    assert (published_head(public), kinds()) == (head(), [])


def test_a_head_that_cannot_be_read_now_stops_no_slot(
    story, press, moderator, monkeypatch, caplog
):
    press()
    reject(story, moderator)
    read = Folder.read

    def fail(place, name):
        if name == FILE:
            raise PlaceFailed("The place cannot be read.")
        return read(place, name)

    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(Folder, "read", fail)
        assert press().failed == ()

    assert any("audit=head-unread" in one for one in caplog.messages)


@pytest.mark.parametrize("entries", [1, 60])
def test_the_press_asks_for_a_few_rows_however_long_the_log_is(
    entries, story, public, moderator, press, django_assert_num_queries
):
    from letterdesk.desk.actions.heads import next_head  # noqa: PLC0415

    for _ in range(entries):
        reject(story, moderator)
    press()

    with django_assert_num_queries(3):
        found = next_head(public, today=TODAY)

    assert found == Head(head().number, head().digest)
