import pytest

from letterdesk.desk.actions.discard import discard, discard_all
from letterdesk.desk.models import AuditEntry, Unopened
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.unopened import UnopenedView, everything, unopened
from tests.desk import rows
from tests.values import TODAY


def test_what_was_discarded_is_gone_and_the_log_keeps_what_it_was(db: None) -> None:
    admin = rows.make_person("ada", role="admin")
    gone = [
        rows.make_unopened(1),
        rows.make_unopened(2, batch="another", reason="not-the-author"),
    ]
    kept = rows.make_unopened(3)

    assert discard(gone, today=TODAY, by=admin) == 2

    assert list(Unopened.objects.values_list("pk", flat=True)) == [kept]
    assert AuditEntry.objects.get().facts == {
        "what": "unopened-discarded",
        "who": "ada",
        "day": TODAY.isoformat(),
        "unopened": 2,
        "batches": ["a-batch", "another"],
        "reasons": ["not-the-author", "seal-broken"],
        "digests": [f"{1:064}", f"{2:064}"],
    }


def test_all_are_discarded_or_none(db: None) -> None:
    known = rows.make_unopened(1)

    with pytest.raises(NotFound) as raised:
        discard([known, known + 7], today=TODAY)

    assert raised.value.sentence.endswith(f"number {known + 7}.")
    assert discard([], today=TODAY) == 0
    assert Unopened.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_all_with_one_reason_are_discarded_some_at_a_time(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letterdesk.desk.queries.found._AT_ONCE", 2)
    kept = rows.make_unopened(9, reason="not-the-author")
    for number in range(1, 4):
        rows.make_unopened(number)

    assert discard_all("seal-broken", today=TODAY) == 3

    assert list(Unopened.objects.values_list("pk", flat=True)) == [kept]
    facts = AuditEntry.objects.order_by("number").values_list("facts", flat=True)
    assert [entry["unopened"] for entry in facts] == [2, 1]


@pytest.mark.parametrize("reason", ["key-unknown", "story-unknown", "seal-brokn"])
def test_what_may_open_yet_is_not_discarded_by_its_reason(db: None, reason: str) -> None:
    rows.make_unopened(1, reason=reason)
    if reason == "seal-brokn":
        Unopened.objects.update(reason="seal-broken")

    with pytest.raises(NotFound, match="by its numbers"):
        discard_all(reason, today=TODAY)

    assert Unopened.objects.count() == 1


def test_they_are_listed_a_page_at_a_time_without_their_bytes(db: None) -> None:
    numbers = [rows.make_unopened(number) for number in range(1, 4)]

    first = unopened(COMMAND, size=2)
    second = unopened(COMMAND, size=2, after=first.next)

    assert [one.number for one in (*first.rows, *second.rows)] == numbers
    assert second.next is None
    assert list(everything(COMMAND)) == [*first.rows, *second.rows]
    assert first.rows[1] == UnopenedView(
        number=numbers[1], reason="seal-broken", batch="a-batch", found=TODAY, size=2
    )


def test_it_is_the_business_of_admins(db: None, editor: Person) -> None:
    number = rows.make_unopened(1)

    for act in (
        lambda: discard([number], today=TODAY, by=editor),
        lambda: unopened(editor),
        lambda: list(everything(editor)),
    ):
        with pytest.raises(NotYours):
            act()

    assert Unopened.objects.count() == 1
