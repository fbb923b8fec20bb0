"""Two do the same at once, as a double click does: it is done, and logged, once."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection, transaction

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.evidence import forget_unwelcome
from letterdesk.desk.actions.intake import Opened
from letterdesk.desk.actions.names import NewName, protect, unprotect
from letterdesk.desk.actions.people import deactivate
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.screen import screen_waiting_anew
from letterdesk.desk.actions.settle import settle
from letterdesk.desk.actions.stories import StorySheet, register
from letterdesk.desk.actions.tokens import add_token, revoke_token
from letterdesk.desk.actions.withdraw import withdraw_notices
from letterdesk.desk.models import (
    AuditEntry,
    Comment,
    Notice,
    ProtectedName,
    Story,
    Token,
    Unwelcome,
    User,
)
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.promises import kept
from letterdesk.domain.states import Action, Risk
from tests.desk import rows
from tests.desk.screened import scored
from tests.processes import PATIENCE
from tests.values import TODAY, a_letter, an_id

pytestmark = pytest.mark.django_db(transaction=True)
KEY = bytes(32)


def twice(work: Callable[[], None]) -> list[str]:
    """Do it, and once more before that is committed; give why that one was refused."""
    told: list[str] = []

    def again() -> None:
        try:
            work()
        except NotFound as error:
            told.append(error.code)
        finally:
            connection.close()

    other = Thread(target=again)
    with transaction.atomic():
        work()
        other.start()
        other.join(timeout=0.5)
    other.join(timeout=PATIENCE)
    return told


def logged(what: str) -> int:
    return AuditEntry.objects.filter(facts__what=what).count()


def test_a_name_is_taken_off_its_list_once() -> None:
    editor = rows.make_person("erin", role="editor")
    new = NewName(label="him", spellings=("Daniel Roe",))
    protect(new, story="", key=KEY, by=editor, now=rows.NOW)
    number = ProtectedName.objects.get().pk

    told = twice(lambda: unprotect(number, story="", key=KEY, by=editor, today=TODAY))

    assert (told, logged("name-unprotected")) == (["name-unknown"], 1)


def test_a_token_is_revoked_once() -> None:
    add_token("robot", "editor", today=TODAY)
    number = Token.objects.get().pk

    told = twice(lambda: revoke_token(number, today=TODAY))

    assert (told, logged("token-revoked")) == (["token-unknown"], 1)


def test_no_token_is_made_beside_the_closing_of_its_account() -> None:
    add_token("robot", "editor", today=TODAY)
    told: list[str] = []

    def make() -> None:
        try:
            add_token("robot", "editor", today=TODAY)
        except PersonWrong as error:
            told.append(error.code)
        finally:
            connection.close()

    making = Thread(target=make)
    with transaction.atomic():
        deactivate("robot", today=TODAY)
        making.start()
        making.join(timeout=0.5)
    making.join(timeout=PATIENCE)

    assert (told, Token.objects.count()) == (["account-closed"], 0)


def beside(work: Callable[[], object]) -> Thread:
    """Give what does it on a connection of its own, and let it come as far as it can."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    other = Thread(target=run)
    other.start()
    other.join(timeout=0.5)
    return other


def test_who_decides_while_her_account_is_closed_keeps_nobody_from_closing_it() -> None:
    mina = rows.make_person("mina")
    comment = rows.make_comment(rows.make_story())

    with transaction.atomic():
        rows.move(comment, Action.APPROVE, mina)
        closing = beside(lambda: deactivate("mina", today=TODAY))
    closing.join(timeout=PATIENCE)

    assert (logged("approve"), logged("person-deactivated")) == (1, 1)
    assert rows.states(comment) == ["approved"]
    assert not User.objects.get(username="mina").is_active


def test_a_letter_has_the_risk_of_a_story_that_changes_while_it_is_collected() -> None:
    row = rows.make_story()
    sheet = StorySheet(
        url=row.url,
        headline=row.headline,
        language="en",
        desk="Harbour",
        risk=Risk.SENSITIVE,
    )
    one = Opened(letter=a_letter(story=row.public_id, id=an_id(77)), raw=b"sealed")

    with transaction.atomic():
        settle([one], today=TODAY)
        changing = beside(lambda: register(sheet, today=TODAY))
    changing.join(timeout=PATIENCE)

    story, comment = Story.objects.get(), Comment.objects.get()
    assert (story.desk, story.risk) == ("Harbour", "sensitive")
    assert (comment.desk, comment.risk) == (story.desk, story.risk)


def test_a_comment_goes_beside_the_withdrawal_of_a_notice_about_it() -> None:
    moderator = rows.make_person("mo")
    comment = rows.make_published(rows.make_story(), moderator)
    notice = rows.make_notice(comment)

    with transaction.atomic():  # as letters are collected
        withdraw_notices([notice.pk], today=TODAY)
        deciding = beside(lambda: rows.move(comment, Action.RETRACT, moderator))
        record("collected", who="letterbox", day=TODAY, comments={}, unopened=0)
    deciding.join(timeout=PATIENCE)

    comment.refresh_from_db()
    assert (comment.state, Notice.objects.get().fate) == ("retracted", "withdrawn")


def test_two_who_count_unwelcome_letters_leave_a_promise_of_what_both_did() -> None:
    moderator = rows.make_person("mo")
    story = rows.make_story()
    stays, gone = scored(story), scored(story)
    rows.move(gone, Action.REJECT, moderator, rules=("1",))

    def forget() -> None:  # as of letters whose authors have taken them back
        with transaction.atomic():
            forget_unwelcome([gone.pk])

    with transaction.atomic():
        rows.move(stays, Action.REJECT, moderator, rules=("1",))
        forgetting = beside(forget)
    forgetting.join(timeout=PATIENCE)

    assert Unwelcome.objects.get().comment == stays
    assert kept("English", "en").promise.seen == 1


def test_letters_are_screened_anew_beside_a_press_that_locks_them_in_order() -> None:
    story = rows.make_story()
    first, second = (rows.make_comment(story, state=one) for one in ("pending", "held"))
    for one in (second, first):  # in the index, and on the disk: the first lies behind
        Comment.objects.filter(pk=one.pk).update(screened=1)
    locked = Comment.objects.select_for_update(no_key=True)

    def anew() -> None:
        with transaction.atomic():
            screen_waiting_anew(story.pk)

    with transaction.atomic():
        found = [locked.get(pk=first.pk)]
        screening = beside(anew)
        found.append(locked.get(pk=second.pk))
    screening.join(timeout=PATIENCE)

    assert found == [first, second]
    assert set(Comment.objects.values_list("screened")) == {(0,)}
