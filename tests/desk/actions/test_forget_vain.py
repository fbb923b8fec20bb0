from datetime import timedelta

import pytest

from letterdesk.desk.actions.forget_vain import forget_vain
from letterdesk.desk.models import Appeal, AuditEntry, Unopened, Withdrawal
from letterdesk.desk.queries.audit import verify
from letterdesk.domain.envelope import pack_batch
from letterdesk.newsroom.passes import collect_letters, collect_some
from letterdesk.places.folder import Folder
from letterdesk.sealing import PrivateKey, private_file
from letterdesk.settings import Settings
from tests.desk import rows
from tests.values import TODAY, an_id

OLD = TODAY - timedelta(days=63)
NEW = TODAY - timedelta(days=62)


def make_withdrawal(number: int, **changes: object) -> Withdrawal:
    values: dict[str, object] = {
        "public_id": an_id(number),
        "lookup": rows.receipt(number).lookup,
        "action_digest": bytes(32),
        "arrived": OLD,
    }
    return Withdrawal.objects.create(**(values | changes))


def make_vain_appeal(number: int, **changes: object) -> Appeal:
    values: dict[str, object] = {
        "public_id": an_id(number),
        "lookup": rows.receipt(number).lookup,
        "action_digest": bytes(32),
        "text": "You must not do that.",
        "arrived": OLD,
    }
    return Appeal.objects.create(**(values | changes))


def left() -> tuple[list[str], list[str]]:
    """Give the ids of the appeals and of the withdrawals that are here."""
    appeals = Appeal.objects.order_by("public_id").values_list("public_id", flat=True)
    others = Withdrawal.objects.order_by("public_id").values_list("public_id", flat=True)
    return list(appeals), list(others)


def test_what_nobody_can_act_on_is_erased_in_time_and_the_log_says_so(db: None) -> None:
    comment = rows.make_comment(rows.make_story(), 50)
    make_vain_appeal(1)
    make_vain_appeal(2, arrived=NEW)
    rows.make_appeal(comment, 3, arrived=OLD)
    make_withdrawal(4)
    make_withdrawal(5, is_applied=True)
    make_withdrawal(6, arrived=NEW)

    done = [forget_vain(today=TODAY), forget_vain(today=TODAY)]

    assert done == [3, 0]
    assert left() == ([an_id(2), an_id(3)], [an_id(6)])
    assert AuditEntry.objects.get().facts == {
        "what": "vain-erased",
        "who": "letterbox",
        "day": TODAY.isoformat(),
        "appeals": [an_id(1)],
        "withdrawals": 2,
    }
    assert verify() is None


@pytest.mark.parametrize("reason", ["key-unknown", "story-unknown"])
def test_nothing_goes_while_a_letter_that_was_taken_back_may_still_open(
    reason: str, db: None
) -> None:
    Unopened.objects.create(digest="1", batch="b", raw=b"x", reason=reason, found=OLD)
    make_vain_appeal(1)
    make_withdrawal(2)

    assert forget_vain(today=TODAY) == 0

    assert left() == ([an_id(1)], [an_id(2)])
    assert not AuditEntry.objects.exists()


def test_nothing_goes_while_something_in_the_spool_is_passed_over(
    newsroom: Settings, key: PrivateKey, db: None
) -> None:
    newsroom.private_keys.parent.mkdir(exist_ok=True)
    newsroom.private_keys.write_bytes(private_file([key]))
    odd = newsroom.folder / "spool/odd"
    odd.mkdir()
    make_withdrawal(1)

    collect_letters(newsroom, today=TODAY)
    meanwhile = left()
    odd.rmdir()
    collect_letters(newsroom, today=TODAY)

    assert (meanwhile, left()) == (([], [an_id(1)]), ([], []))


def test_nothing_goes_while_there_was_no_time_for_all_of_the_spool(
    newsroom: Settings, key: PrivateKey, spool: Folder, db: None
) -> None:
    newsroom.private_keys.parent.mkdir(exist_ok=True)
    newsroom.private_keys.write_bytes(private_file([key]))
    make_withdrawal(1)
    spool.put("a", pack_batch([]))
    spool.put("b", pack_batch([]))

    seen = []
    for _ in range(2):
        done = collect_some(newsroom, seconds=0, today=TODAY)
        seen.append((done.batches, done.left, left()))

    assert seen == [(1, 1, ([], [an_id(1)])), (1, 0, ([], []))]
