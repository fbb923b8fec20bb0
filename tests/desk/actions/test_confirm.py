"""One admin is one person, whatever accounts she makes at the desk."""

from collections.abc import Callable

import pytest

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.act import act as press_acts
from letterdesk.desk.actions.admins import LastAdmin
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.confirm import confirm
from letterdesk.desk.actions.own_account import choose_password
from letterdesk.desk.actions.people import (
    PersonSheet,
    add_user,
    change_person,
    deactivate,
    reopen,
)
from letterdesk.desk.actions.resets import refuse_reset, reset
from letterdesk.desk.actions.risks import set_desk_risk
from letterdesk.desk.actions.stories import set_risk
from letterdesk.desk.actions.tokens import add_token, revoke_token
from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    DeskRisk,
    Reset,
    Token,
    Unconfirmed,
    User,
)
from letterdesk.desk.queries.accounts import account, who_may_confirm
from letterdesk.desk.queries.comment_view import card
from letterdesk.desk.queries.confirmations import (
    confirmed_admins,
    count_unconfirmed,
    is_confirmed,
)
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.errors import NotConfirmed, NotYours
from letterdesk.desk.queries.people import Person, by_name, by_token
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, Risk, State
from tests.desk import rows
from tests.values import TODAY

PASSWORD = "a password of her own"


@pytest.fixture
def ada(db: None) -> Person:
    """An admin, made by command."""
    return an_admin("ada")


@pytest.fixture
def ben(db: None) -> Person:
    return an_admin("ben")


def an_admin(name: str) -> Person:
    add_user(name, "admin", today=TODAY)
    return signed_in(name)


def signed_in(name: str) -> Person:
    """Give somebody who has replaced her first password."""
    if User.objects.get(username=name).has_first_password:
        choose_password(by_name(name), new=PASSWORD, today=TODAY)
    return by_name(name)


def sheet(name: str, **changes: object) -> PersonSheet:
    known = by_name(name)
    values = {"role": known.role, "desks": tuple(known.desks), "pseudonym": known.pseudonym}
    return PersonSheet(**(values | changes))  # type: ignore[arg-type]


def made(by: Person, role: str = "editor") -> Person:
    add_user("xena", role, today=TODAY, by=by)
    return signed_in("xena")


def with_token(by: Person) -> Person:
    found = by_token(add_token("xena", "editor", today=TODAY, by=by))
    assert found
    return found


def with_new_token(by: Person) -> Person:
    add_token("xena", "editor", today=TODAY)
    return with_token(by)


def promoted(by: Person) -> Person:
    add_user("xena", "moderator", today=TODAY)
    change_person("xena", sheet("xena", role="editor"), today=TODAY, by=by)
    return signed_in("xena")


def sent_to_more_desks(by: Person) -> Person:
    add_user("xena", "editor", desks=("Korean",), today=TODAY)
    change_person("xena", sheet("xena", desks=()), today=TODAY, by=by)
    return signed_in("xena")


def reopened(by: Person) -> Person:
    add_user("xena", "editor", today=TODAY)
    signed_in("xena")
    deactivate("xena", today=TODAY, by=by)
    reopen("xena", today=TODAY, by=by)
    return by_name("xena")


def given_a_password(by: Person) -> Person:
    """One admin resets somebody, after all others gave the office up themselves."""
    add_user("xena", "editor", today=TODAY)
    for other in User.objects.filter(role="admin").exclude(pk=by.id):
        role = sheet(other.username, role="editor")
        change_person(other.username, role, today=TODAY, by=by_name(other.username))
    assert reset("xena", today=TODAY, by=by)
    return signed_in("xena")


WAYS = [
    made,
    with_token,
    with_new_token,
    promoted,
    sent_to_more_desks,
    reopened,
    given_a_password,
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("order", ["first", "second"])
def test_no_admin_gives_both_approvals(
    ada: Person, ben: Person, way: Callable[[Person], Person], order: str
) -> None:
    other = way(ada)
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    if order == "second":
        rows.approve(comment, ada)

    for action in (Action.APPROVE, Action.EDIT):
        with pytest.raises(NotConfirmed):
            rows.move(comment, action, other)

    comment.refresh_from_db()
    assert (comment.state, comment.seconded_by_id) == (State.PENDING, None)


@pytest.mark.parametrize("way", WAYS)
def test_no_admin_lowers_a_risk_alone(
    ada: Person, ben: Person, way: Callable[[Person], Person]
) -> None:
    other = way(ada)
    story = rows.make_story(risk=Risk.SENSITIVE)
    DeskRisk.objects.create(desk="English", risk=Risk.SENSITIVE)

    for ask in (
        lambda: set_risk(story.public_id, Risk.ORDINARY, today=TODAY, by=other),
        lambda: set_desk_risk("English", Risk.ORDINARY, by=other, today=TODAY),
    ):
        with pytest.raises(NotConfirmed):
            ask()

    story.refresh_from_db()
    assert (story.risk, story.ordinary_wanted_by_id) == (Risk.SENSITIVE, None)
    assert set_risk(story.public_id, Risk.SENSITIVE, today=TODAY, by=other)


@pytest.mark.parametrize("verdict", [Verdict.UPHELD, Verdict.REVERSED])
def test_no_admin_is_the_other_person_who_answers_an_appeal(
    ada: Person, verdict: Verdict
) -> None:
    other = made(ada)
    comment = rows.make_in(State.REJECTED, rows.make_story(), ada)
    appeal = rows.make_appeal(comment)

    with pytest.raises(NotConfirmed):
        answer_appeal(
            appeal.public_id,
            Answer(verdict=verdict, version=comment.version),
            by=other,
            now=rows.NOW,
        )

    assert Appeal.objects.get().is_open


def test_an_account_that_waits_does_all_other_work(ada: Person) -> None:
    other = made(ada)
    story = rows.make_story(risk=Risk.SENSITIVE)
    comments = [rows.make_comment(story), rows.make_comment(rows.make_story(2))]

    rejected = rows.move(comments[0], Action.REJECT, other)
    approved = rows.move(comments[1], Action.APPROVE, other)

    assert (rejected.state, approved.state) == ("rejected", "approved")


def test_an_account_that_waits_cuts_words_of_what_two_people_published(ada: Person) -> None:
    other = made(ada)
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    for name in ("mina", "noor"):
        rows.approve(comment, rows.make_person(name))
    press_acts(comment.story_id, today=TODAY)

    seen = card(other, comment.public_id)
    cut = rows.move(comment, Action.EDIT, other, text=rows.SAFE)

    assert (seen.possible, seen.waits_herself) == ((Action.EDIT, Action.RETRACT), False)
    assert (cut.state, current_text(cut)) == ("published", rows.SAFE)


def test_what_two_people_published_is_not_put_back_by_an_account_that_waits(
    ada: Person, ben: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    for by in (ada, ben):
        rows.approve(comment, by)
    rows.act(comment.story_id, today=TODAY)
    rows.move(comment, Action.RETRACT, ada)

    with pytest.raises(NotConfirmed):
        rows.move(comment, Action.RESTORE, made(ada))

    comment.refresh_from_db()
    assert comment.state == "retracted"


@pytest.mark.parametrize("way", WAYS[:-1])
def test_another_admin_makes_a_second_person_of_it(
    ada: Person, ben: Person, way: Callable[[Person], Person]
) -> None:
    other = way(ada)
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    rows.approve(comment, ada)

    confirm("xena", today=TODAY, by=ben)
    approved = rows.approve(comment, other)

    assert (approved.state, approved.seconded_by_id) == ("approved", other.id)
    (entry,) = AuditEntry.objects.filter(what="person-confirmed")
    assert entry.facts == {
        "what": "person-confirmed",
        "who": "ben",
        "day": TODAY.isoformat(),
        "person": "xena",
        "admins": ["ada"],
    }


def test_nobody_confirms_what_she_did_or_her_own_account(ada: Person, ben: Person) -> None:
    made(ada, "admin")
    change_person("ben", sheet("ben", desks=("Korean",)), today=TODAY, by=ada)
    change_person("ben", sheet("ben", desks=()), today=TODAY, by=ada)

    for name, by, code in (("xena", ada, "confirm-second"), ("ada", ada, "confirm-own")):
        with pytest.raises(PersonWrong) as raised:
            confirm(name, today=TODAY, by=by)
        assert raised.value.code == code
    for by in (by_name("xena"), ben):  # neither is confirmed herself
        with pytest.raises(NotConfirmed):
            confirm("xena", today=TODAY, by=by)

    assert not is_confirmed(by_name("xena"))
    assert who_may_confirm(account(by_name("xena").id, by=ada)) == ()


def test_an_admin_who_waits_only_takes_away(ada: Person) -> None:
    other = made(ada, "admin")
    add_user("mina", "moderator", today=TODAY)
    add_token("robot", "editor", today=TODAY)

    for act in (
        lambda: add_user("yara", "editor", today=TODAY, by=other),
        lambda: add_token("robot", "editor", today=TODAY, by=other),
        lambda: change_person("mina", sheet("mina", role="admin"), today=TODAY, by=other),
        lambda: reset("mina", today=TODAY, by=other),
        lambda: reopen("mina", today=TODAY, by=other),
        lambda: confirm("mina", today=TODAY, by=other),
    ):
        with pytest.raises(NotConfirmed):
            act()
    reset("mina", today=TODAY, by=an_admin("ben"))
    refuse_reset("mina", today=TODAY, by=other)
    revoke_token(Token.objects.get().pk, today=TODAY, by=other)
    deactivate("mina", today=TODAY, by=other)

    assert not User.objects.filter(username="yara").exists()
    assert not User.objects.get(username="mina").is_active


def test_each_admin_confirms_what_the_other_did(ada: Person, ben: Person) -> None:
    add_user("xena", "moderator", today=TODAY, by=ada)
    change_person("xena", sheet("xena", role="editor"), today=TODAY, by=ben)
    signed_in("xena")

    confirm("xena", today=TODAY, by=ben)
    between = list(Unconfirmed.objects.values_list("cause", "by__username"))
    confirm("xena", today=TODAY, by=ada)

    assert between == [("changed", "ben")]
    assert is_confirmed(by_name("xena"))


def test_nobody_is_confirmed_with_a_password_that_an_admin_knows(
    ada: Person, ben: Person
) -> None:
    add_user("xena", "editor", today=TODAY, by=ada)

    with pytest.raises(PersonWrong) as raised:
        confirm("xena", today=TODAY, by=ben)

    assert raised.value.code == "confirm-early"


def test_who_saw_the_new_password_is_not_who_confirms(ada: Person, ben: Person) -> None:
    add_user("xena", "editor", today=TODAY)
    reset("xena", today=TODAY, by=ada)
    assert reset("xena", today=TODAY, by=ben)
    signed_in("xena")

    with pytest.raises(PersonWrong) as raised:
        confirm("xena", today=TODAY, by=ben)
    confirm("xena", today=TODAY, by=ada)

    assert raised.value.code == "confirm-second"
    assert is_confirmed(by_name("xena"))


def test_an_admin_who_waits_is_no_second_admin_for_a_reset(ada: Person) -> None:
    made(ada, "admin")
    add_user("mina", "moderator", today=TODAY)

    alone = reset("mina", today=TODAY, by=ada)

    assert alone
    assert not Reset.objects.exists()
    assert not is_confirmed(by_name("mina"))


def test_a_program_is_no_second_admin_either(ada: Person) -> None:
    add_token("robot", "admin", today=TODAY)
    add_user("mina", "moderator", today=TODAY)

    assert reset("mina", today=TODAY, by=ada)


@pytest.mark.parametrize(
    "changes",
    [
        {"pseudonym": "The watcher"},
        {"role": "moderator"},
        {"desks": ("Korean",)},
        {"role": "moderator", "desks": ("Korean",)},
    ],
)
def test_what_only_takes_away_needs_nobody(ada: Person, changes: dict[str, object]) -> None:
    add_user("mina", "editor", desks=("Korean", "English"), today=TODAY)

    change_person("mina", sheet("mina", **changes), today=TODAY, by=ada)

    assert is_confirmed(by_name("mina"))


@pytest.mark.parametrize(
    "changes",
    [{"role": "auditor"}, {"desks": ("Korean", "Chinese")}, {"desks": ()}],
)
def test_what_allows_more_waits(ada: Person, changes: dict[str, object]) -> None:
    add_user("mina", "moderator", desks=("Korean", "English"), today=TODAY)

    change_person("mina", sheet("mina", **changes), today=TODAY, by=ada)
    change_person("mina", sheet("mina"), today=TODAY, by=ada)

    assert Unconfirmed.objects.count() == 1
    assert not is_confirmed(by_name("mina"))


def test_her_own_account_and_tokens_make_nobody_else_of_an_admin(ada: Person) -> None:
    change_person("ada", sheet("ada", desks=("Korean",)), today=TODAY, by=ada)
    change_person("ada", sheet("ada", desks=()), today=TODAY, by=ada)
    found = by_token(add_token("ada", "editor", today=TODAY, by=ada))

    assert found
    assert found.id == ada.id
    assert is_confirmed(found)
    assert is_confirmed(ada)


def test_a_token_made_at_the_desk_leaves_others_of_the_program_alone(ada: Person) -> None:
    by_command = by_token(add_token("xena", "editor", today=TODAY))
    at_the_desk = with_token(ada)

    assert by_command
    assert (is_confirmed(by_command), is_confirmed(at_the_desk)) == (True, False)
    revoke_token(at_the_desk.token, today=TODAY, by=ada)
    assert not Unconfirmed.objects.exists()


def test_whoever_has_the_shell_confirms_everything(ada: Person) -> None:
    made(ada)
    with_new = by_token(add_token("robot", "editor", today=TODAY, by=ada))
    assert with_new

    for name in ("xena", "robot", "xena"):
        confirm(name, today=TODAY)

    assert is_confirmed(by_name("xena"))
    assert is_confirmed(with_new)
    who = AuditEntry.objects.filter(what="person-confirmed").values_list("who", flat=True)
    assert list(who) == ["command", "command"]  # the third time nothing waited


def test_an_admin_learns_how_many_wait_for_her(ada: Person, ben: Person) -> None:
    made(ada)
    add_user("yara", "editor", today=TODAY, by=ada)
    change_person("yara", sheet("yara", role="admin"), today=TODAY, by=ada)

    assert (count_unconfirmed(ben), count_unconfirmed(ada)) == (2, 0)
    deactivate("yara", today=TODAY, by=ada)
    assert count_unconfirmed(ben) == 1
    with pytest.raises(NotYours):
        count_unconfirmed(by_name("xena"))


def demoted(name: str, by: Person) -> None:
    change_person(name, sheet(name, role="moderator"), today=TODAY, by=by)


def demoted_and_back(name: str, by: Person) -> None:
    demoted(name, by)
    change_person(name, sheet(name, role="admin"), today=TODAY, by=by)


def narrowed_and_back(name: str, by: Person) -> None:
    change_person(name, sheet(name, desks=("Korean",)), today=TODAY, by=by)
    change_person(name, sheet(name, desks=()), today=TODAY, by=by)


def closed(name: str, by: Person) -> None:
    deactivate(name, today=TODAY, by=by)


def closed_and_back(name: str, by: Person) -> None:
    closed(name, by)
    reopen(name, today=TODAY, by=by)


REMOVALS = [demoted, demoted_and_back, narrowed_and_back, closed, closed_and_back]
Removal = Callable[[str, Person], None]


@pytest.mark.parametrize("remove", REMOVALS)
@pytest.mark.parametrize("before", ["asked", "not asked"])
def test_nobody_is_reset_by_who_made_herself_the_only_admin(
    ada: Person, ben: Person, remove: Removal, before: str
) -> None:
    old = add_user("mina", "moderator", today=TODAY)
    if before == "asked":
        reset("mina", today=TODAY, by=ada)

    remove("ben", ada)

    with pytest.raises(PersonWrong) as raised:
        reset("mina", today=TODAY, by=ada)
    assert raised.value.code == "reset-alone"
    assert "from ben." in str(raised.value)
    assert User.objects.get(username="mina").check_password(old)
    with pytest.raises(PersonWrong) as hers:
        confirm("ben", today=TODAY, by=ada)
    assert hers.value.code == "confirm-second"
    confirm("ben", today=TODAY)
    if not confirmed_admins().filter(pk=ben.id).exists():
        assert reset("mina", today=TODAY, by=ada)


@pytest.mark.parametrize("remove", REMOVALS)
def test_the_last_admin_who_can_act_stays(
    ada: Person, ben: Person, remove: Removal
) -> None:
    made(ada, "admin")  # waits, and can do nothing
    remove("ben", ada)

    for act in (
        lambda: change_person("ada", sheet("ada", role="editor"), today=TODAY, by=ada),
        lambda: deactivate("ada", today=TODAY, by=ada),
        lambda: deactivate("ada", today=TODAY),
    ):
        with pytest.raises(LastAdmin):
            act()
    with pytest.raises(NotConfirmed):
        deactivate("ada", today=TODAY, by=by_name("xena"))

    assert by_name("ada").role == "admin"


def test_an_admin_who_waits_closes_no_admin_who_can_act(ada: Person, ben: Person) -> None:
    other = made(ada, "admin")

    with pytest.raises(NotConfirmed):
        deactivate("ben", today=TODAY, by=other)

    assert User.objects.get(username="ben").is_active


def test_another_admin_agrees_that_one_was_removed(ada: Person, ben: Person) -> None:
    cleo = an_admin("cleo")
    add_user("dora", "admin", today=TODAY)  # has not signed in yet
    for name in ("ben", "dora"):
        closed(name, ada)
        assert count_unconfirmed(cleo) == 1
        confirm(name, today=TODAY, by=cleo)

    assert not Unconfirmed.objects.exists()
    demoted("cleo", cleo)
    add_user("mina", "moderator", today=TODAY)
    assert reset("mina", today=TODAY, by=ada)


def test_whoever_is_an_admin_again_was_not_removed(ada: Person, ben: Person) -> None:
    an_admin("cleo")
    closed("ben", ada)
    reopen("ben", today=TODAY)

    assert not Unconfirmed.objects.exists()
    demoted("ben", ben)
    assert not Unconfirmed.objects.exists()  # she did it herself


def test_what_was_taken_from_an_admin_leaves_her_a_second_person(
    ada: Person, ben: Person
) -> None:
    demoted("ben", ada)

    known = account(ben.id, by=ada)
    assert is_confirmed(by_name("ben"))
    assert (known.is_confirmed, known.was_removed) == (True, True)
    assert who_may_confirm(known) == ()
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    for by in (ada, by_name("ben")):
        rows.approve(comment, by)
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


def test_a_reset_that_another_admin_asked_for_has_two(ada: Person, ben: Person) -> None:
    add_user("mina", "moderator", today=TODAY)
    reset("mina", today=TODAY, by=ben)
    demoted("ben", ada)

    assert reset("mina", today=TODAY, by=ada)


def test_a_reset_that_an_admin_asked_for_lapses_with_her_account(
    ada: Person, ben: Person
) -> None:
    add_user("mina", "moderator", today=TODAY)
    reset("mina", today=TODAY, by=ben)
    closed("ben", ada)

    with pytest.raises(PersonWrong, match="nobody is reset by one admin"):
        reset("mina", today=TODAY, by=ada)
