from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from letterdesk.desk.actions.claim import (
    CLAIMED_FOR,
    Claimed,
    claim,
    release,
    release_all,
    renew,
)
from letterdesk.desk.models import AuditEntry, Claim, Comment
from letterdesk.desk.queries.claims import at_work, claimed_by_others
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from tests.desk import rows
from tests.desk.rows import NOW
from tests.processes import PATIENCE
from tests.values import an_id

PAGE, NEWER = an_id(1), an_id(2)


def standing() -> list[tuple[int, str]]:
    found = Claim.objects.order_by("comment")
    return list(found.values_list("comment", "moderator__username"))


def test_letter_that_is_opened_is_held_for_five_minutes(
    moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())

    mine = claim(comment.public_id, by=moderator, now=NOW, page=PAGE)
    hers = claim(
        comment.public_id,
        by=colleague,
        now=NOW + CLAIMED_FOR - timedelta(seconds=1),
        page=PAGE,
    )
    later = claim(comment.public_id, by=colleague, now=NOW + CLAIMED_FOR, page=PAGE)

    assert (mine, hers, later) == (
        Claimed(by="", version=1),
        Claimed(by="mina", version=1),
        Claimed(by="", version=1),
    )
    assert standing() == [(comment.pk, "noor")]


def test_claim_of_a_clock_that_was_put_back_holds_nothing(
    moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    claim(comment.public_id, by=moderator, now=NOW + timedelta(days=365), page=PAGE)

    shown = claimed_by_others(colleague, now=NOW)
    hers = claim(comment.public_id, by=colleague, now=NOW, page=PAGE)

    assert (shown, hers) == ({}, Claimed(by="", version=1))
    assert standing() == [(comment.pk, "noor")]


def test_claim_is_renewed_by_who_has_it(moderator: Person, colleague: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    claim(comment.public_id, by=moderator, now=NOW, page=PAGE)

    claim(comment.public_id, by=moderator, now=NOW + timedelta(minutes=4), page=PAGE)

    assert claimed_by_others(colleague, now=NOW + timedelta(minutes=8)) == {
        comment.pk: "mina"
    }
    assert claimed_by_others(moderator, now=NOW) == {}
    assert claimed_by_others(colleague, now=NOW + timedelta(minutes=9)) == {}


def test_next_letter_lets_go_of_the_last(moderator: Person) -> None:
    story = rows.make_story()
    first, second = rows.make_comment(story), rows.make_comment(story)
    claim(first.public_id, by=moderator, now=NOW, page=PAGE)

    claim(second.public_id, by=moderator, now=NOW, page=PAGE)

    assert standing() == [(second.pk, "mina")]


def test_who_looks_at_a_colleagues_letter_lets_go_of_her_own(
    moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    first, second = rows.make_comment(story), rows.make_comment(story)
    claim(first.public_id, by=moderator, now=NOW, page=PAGE)
    claim(second.public_id, by=colleague, now=NOW, page=PAGE)

    claim(first.public_id, by=colleague, now=NOW, page=PAGE)

    assert standing() == [(first.pk, "mina")]


@pytest.mark.parametrize("state", [State.REJECTED, State.PUBLISHED])
def test_what_does_not_wait_is_nobodys(moderator: Person, state: State) -> None:
    story = rows.make_story()
    waiting = rows.make_comment(story)
    decided = rows.make_in(state, story, moderator)
    claim(waiting.public_id, by=moderator, now=NOW, page=PAGE)

    found = claim(decided.public_id, by=moderator, now=NOW, page=PAGE)

    assert found == Claimed(by="", version=decided.version)
    assert standing() == []


def test_only_the_holder_lets_go(moderator: Person, colleague: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    claim(comment.public_id, by=moderator, now=NOW, page=PAGE)

    release(by=colleague, page=PAGE)
    release_all(colleague)
    kept = standing()
    release(by=moderator, page=PAGE)

    assert (kept, standing()) == ([(comment.pk, "mina")], [])


def test_late_goodbye_of_a_page_takes_nothing_from_a_newer_one(moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    claim(comment.public_id, by=moderator, now=NOW, page=PAGE)
    claim(comment.public_id, by=moderator, now=NOW, page=NEWER)

    release(by=moderator, page=PAGE)
    after_the_late_one = standing()
    release(by=moderator, page=NEWER)

    assert (after_the_late_one, standing()) == ([(comment.pk, "mina")], [])


def test_renewal_of_an_older_page_leaves_the_claim_to_the_newer_one(
    moderator: Person,
) -> None:
    comment = rows.make_comment(rows.make_story())
    claim(comment.public_id, by=moderator, now=NOW, page=PAGE)
    claim(comment.public_id, by=moderator, now=NOW, page=NEWER)

    renew(comment.public_id, by=moderator, now=NOW + timedelta(minutes=1), page=PAGE)
    release(by=moderator, page=PAGE)

    assert list(Claim.objects.values_list("page", "until")) == [
        (NEWER, NOW + timedelta(minutes=1) + CLAIMED_FOR)
    ]


def test_page_that_is_open_still_takes_a_free_letter_anew(moderator: Person) -> None:
    story = rows.make_story()
    first, second = rows.make_comment(story), rows.make_comment(story)
    claim(first.public_id, by=moderator, now=NOW, page=PAGE)
    claim(second.public_id, by=moderator, now=NOW, page=NEWER)  # in another tab

    renew(first.public_id, by=moderator, now=NOW, page=PAGE)
    moved = standing()
    release(by=moderator, page=NEWER)
    left = standing()
    release(by=moderator, page=PAGE)
    renew(second.public_id, by=moderator, now=NOW, page=NEWER)

    assert (moved, left) == ([(first.pk, "mina")],) * 2
    assert list(Claim.objects.values_list("comment", "page")) == [(second.pk, NEWER)]


@pytest.mark.parametrize("moment", ["SELECT %s", "DELETE"])
def test_claim_that_ran_out_takes_nothing_from_who_opens_another_letter_just_then(
    moment: str, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    left, other = (rows.make_comment(story, number) for number in (1, 2))
    claim(left.public_id, by=colleague, now=NOW, page=PAGE)
    later, waits = NOW + CLAIMED_FOR, [other]

    def she_opens_another(execute: Any, sql: str, *given: Any) -> Any:
        if sql.startswith(moment) and "desk_claim" in sql and waits:
            claim(waits.pop().public_id, by=colleague, now=later, page=NEWER)
        return execute(sql, *given)

    with connection.execute_wrapper(she_opens_another):
        mine = claim(left.public_id, by=moderator, now=later, page=PAGE)

    assert mine == Claimed(by="", version=1)
    assert standing() == [(left.pk, "mina"), (other.pk, "noor")]


def test_claim_is_no_matter_for_the_log(moderator: Person) -> None:
    claim(rows.make_comment(rows.make_story()).public_id, by=moderator, now=NOW, page=PAGE)
    release_all(moderator)

    assert AuditEntry.objects.count() == 0


def test_comment_of_another_desk_cannot_be_claimed(db: None) -> None:
    comment = rows.make_comment(rows.make_story(desk="Korean"))
    lea = rows.make_person("lea", desks=("English",))

    with pytest.raises(NotYours):
        claim(comment.public_id, by=lea, now=NOW, page=PAGE)
    with pytest.raises(NotFound):
        claim(an_id(7), by=lea, now=NOW, page=PAGE)

    assert standing() == []


def test_auditor_claims_nothing(db: None) -> None:
    comment = rows.make_comment(rows.make_story())

    with pytest.raises(NotYours):
        claim(
            comment.public_id,
            by=rows.make_person("otto", role="auditor"),
            now=NOW,
            page=PAGE,
        )

    assert standing() == []


def test_stories_tell_who_is_at_work_on_them(moderator: Person, colleague: Person) -> None:
    one, other = rows.make_story(1), rows.make_story(2)
    claim(rows.make_comment(one).public_id, by=colleague, now=NOW, page=PAGE)
    claim(rows.make_comment(one).public_id, by=moderator, now=NOW, page=PAGE)
    rows.make_comment(other)

    assert at_work(now=NOW) == {one.pk: ("mina", "noor")}
    assert at_work(now=NOW + CLAIMED_FOR) == {}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_letter_at_once_one_has_it() -> None:
    people = [rows.make_person(name) for name in ("mina", "noor")]
    comment = rows.make_comment(rows.make_story())
    found: dict[str, str] = {}
    start = Barrier(len(people))

    threads = [Thread(target=_open(comment, one, start, found)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)

    ((_, holder),) = standing()
    other = next(one.username for one in people if one.username != holder)
    assert found == {holder: "", other: holder}


def _open(
    comment: Comment, person: Person, start: Barrier, found: dict[str, str]
) -> Callable[[], None]:
    def act() -> None:
        start.wait(timeout=PATIENCE)
        found[person.username] = claim(comment.public_id, by=person, now=NOW, page=PAGE).by
        connection.close()

    return act
