import pytest
from django.contrib.auth import authenticate

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.account_seen import AccountOutdated
from letterdesk.desk.actions.admins import LastAdmin
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.own_account import change_password, choose_password
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
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import AuditEntry, Comment, Reset, Token, User
from letterdesk.desk.queries.accounts import account, accounts
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person, by_token, person
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, Risk, State
from tests.desk import rows
from tests.values import TODAY


def test_a_new_person_can_sign_in_with_her_first_password(db):
    password = add_user("mina", "moderator", today=TODAY, desks=("Korean", "English"))

    user = User.objects.get()
    assert user.check_password(password)
    assert person(user) == Person(
        id=user.pk,
        username="mina",
        role="moderator",
        pseudonym="Moderator 1",
        desks=frozenset({"Korean", "English"}),
    )
    facts = AuditEntry.objects.get().facts
    assert facts["desks"] == ["English", "Korean"]
    assert password not in str(facts)


def test_nobody_has_the_pseudonym_of_another(db):
    rows.make_person("2")
    User.objects.update(pseudonym="Moderator 2")
    for name in ("a", "b"):
        add_user(name, "moderator", today=TODAY)

    assert sorted(User.objects.values_list("pseudonym", flat=True)) == [
        "Moderator 2",
        "Moderator 3",
        "Moderator 4",
    ]


@pytest.mark.parametrize(
    ("name", "role", "code"),
    [
        ("mina", "moderator", "name-taken"),
        ("MINA", "moderator", "name-taken"),
        ("noor", "boss", "role-unknown"),
        ("noor", "registrar", "role-of-programs"),
        (" noor", "moderator", "name-wrong"),
        ("", "moderator", "name-wrong"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(name, role, code, db):
    add_user("mina", "moderator", today=TODAY)

    with pytest.raises(PersonWrong) as raised:
        add_user(name, role, today=TODAY)

    assert raised.value.code == code
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("m\u0456na", "name-alike"),  # Cyrillic i
        ("\u217fina", "name-alike"),  # the Roman numeral for a thousand
        ("m\uff49na", "name-alike"),  # full width
        ("m\u00edna", "name-alike"),
        ("m1na", None),
        ("o1ga", "name-alike"),
        ("0lga", "name-alike"),
        ("OIga", "name-alike"),
        ("mina\u202e", "name-unseen"),
        ("mi\u200bna", "name-unseen"),
        ("mi\u200dna", "name-unseen"),
        ("mi\u2060na", "name-unseen"),
        ("\u200fmina", "name-unseen"),
        ("mina\u3164", "name-unseen"),
        ("\u3164\u3164", "name-wrong"),
        ("\u2800", "name-wrong"),
        ("mira", None),
        ("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", None),  # Persian, with its joiner
        ("미나", None),
        ("12", None),
    ],
)
def test_no_name_passes_for_a_colleagues(name, code, db):
    for known in ("mina", "olga"):
        add_user(known, "moderator", today=TODAY)

    for add in (add_user, add_token):
        if code is None:
            assert add(name, "moderator", today=TODAY)
            User.objects.filter(username=name).delete()
            continue
        with pytest.raises(PersonWrong) as raised:
            add(name, "moderator", today=TODAY)
        assert raised.value.code == code


@pytest.mark.parametrize("name", ["press", "Reader", "c\u043emmand", "letterb0x"])
def test_no_admin_calls_an_account_like_a_part_of_letterdesk(name, db):
    ada = an_admin("ada")

    with pytest.raises(PersonWrong) as raised:
        add_user(name, "moderator", today=TODAY, by=ada)

    assert raised.value.code == "name-reserved"


def test_a_name_is_text(db):
    for add in (add_user, add_token):
        with pytest.raises(LetterRefused):
            add("a\0b", "moderator", today=TODAY)


def test_a_token_makes_its_person_known_and_is_kept_as_a_digest_only(db):
    token = add_token("feeder", "editor", today=TODAY)

    assert token.startswith("ld_")
    assert len(token) == 46
    kept = Token.objects.get()
    assert token not in (kept.digest, str(AuditEntry.objects.get().facts))
    who = by_token(token)
    assert who is not None
    assert (who.username, who.role, who.cap) == ("feeder", "editor", "editor")
    assert not User.objects.get().has_usable_password()
    assert by_token("ld_" + "A" * 43) is None


def test_a_token_of_a_known_person_is_capped_by_its_own_role(db):
    add_user("mina", "admin", today=TODAY)

    token = add_token("mina", "auditor", today=TODAY)

    who = by_token(token)
    assert who is not None
    assert (who.role, who.cap) == ("admin", "auditor")
    with pytest.raises(PersonWrong):
        add_token("mina", "boss", today=TODAY)


def test_a_person_who_leaves_can_do_nothing_any_more(db):
    password = add_user("mina", "moderator", today=TODAY)
    token = add_token("mina", "moderator", today=TODAY)

    deactivate("mina", today=TODAY)

    assert by_token(token) is None
    assert authenticate(username="mina", password=password) is None
    assert AuditEntry.objects.latest("number").facts["what"] == "person-deactivated"
    with pytest.raises(NotFound):
        deactivate("noor", today=TODAY)
    reopen("mina", today=TODAY)
    reopen("mina", today=TODAY)
    assert authenticate(username="mina", password=password) is not None
    assert by_token(token) is None  # tokens are made anew
    told = [one["what"] for one in facts()][-2:]
    assert told == ["person-deactivated", "person-reopened"]


def test_a_token_of_somebody_inactive_opens_nothing(db):
    token = add_token("feeder", "editor", today=TODAY)
    User.objects.update(is_active=False)

    assert by_token(token) is None


def test_accounts_are_the_business_of_admins(db):
    editor = rows.make_person("erin", role="editor")

    for action in (
        lambda: add_user("x", "admin", today=TODAY, by=editor),
        lambda: add_token("x", "admin", today=TODAY, by=editor),
        lambda: deactivate("erin", today=TODAY, by=editor),
    ):
        with pytest.raises(NotYours):
            action()

    assert User.objects.count() == 1


def test_a_password_is_changed_by_whoever_knows_it(db):
    old = add_user("mina", "moderator", today=TODAY)
    mina = person(User.objects.get())

    with pytest.raises(PersonWrong) as wrong:
        change_password(mina, old="guess", new="a longer password", today=TODAY)
    with pytest.raises(PersonWrong) as weak:
        change_password(mina, old=old, new="short", today=TODAY)
    change_password(mina, old=old, new="a longer password", today=TODAY)

    assert (wrong.value.code, weak.value.code) == ("password-wrong", "password-weak")
    assert User.objects.get().check_password("a longer password")
    assert AuditEntry.objects.latest("number").facts["what"] == "password-changed"


def facts() -> list[dict[str, object]]:
    return list(AuditEntry.objects.order_by("number").values_list("facts", flat=True))


def an_admin(name: str) -> Person:
    add_user(name, "admin", today=TODAY)
    return person(User.objects.get(username=name))


def a_sheet(**changes: object) -> PersonSheet:
    values: dict[str, object] = {"role": "editor", "desks": (), "pseudonym": "Editor 7"}
    return PersonSheet(**(values | changes))  # type: ignore[arg-type]


def test_an_admin_changes_role_desks_and_pseudonym(db):
    ada = an_admin("ada")
    add_user("mina", "moderator", today=TODAY, desks=("Korean",))

    change_person("mina", a_sheet(desks=("English", "English")), today=TODAY, by=ada)

    mina = person(User.objects.get(username="mina"))
    assert (mina.role, mina.desks, mina.pseudonym) == ("editor", {"English"}, "Editor 7")
    assert facts()[-1] == {
        "what": "person-changed",
        "who": "ada",
        "day": TODAY.isoformat(),
        "person": "mina",
        "role": "editor",
        "desks": ["English"],
        "pseudonym": "Editor 7",
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "boss"}, "role-unknown"),
        ({"role": "registrar"}, "role-of-programs"),
        ({"pseudonym": " "}, "pseudonym-wrong"),
        ({"pseudonym": "admin 1"}, "pseudonym-taken"),
        ({"pseudonym": "ADA"}, "pseudonym-taken"),
        ({"pseudonym": "Mina"}, "pseudonym-taken"),
        ({"pseudonym": "\u0410dmin l"}, "pseudonym-taken"),
        ({"pseudonym": "The \u202ewatcher"}, "name-unseen"),
        ({"pseudonym": "The\u2066watcher"}, "name-unseen"),
    ],
)
def test_what_would_confuse_people_is_refused(changes, code, db):
    ada = an_admin("ada")
    add_user("mina", "moderator", today=TODAY)
    before = account(User.objects.get(username="mina").pk, by=ada)

    with pytest.raises(PersonWrong) as raised:
        change_person("mina", a_sheet(**changes), today=TODAY, by=ada)

    assert raised.value.code == code
    assert account(before.id, by=ada) == before


def test_the_last_admin_cannot_be_locked_out(db):
    ada = an_admin("ada")
    add_token("robot", "admin", today=TODAY)  # nobody can sign in as a program

    for action in (
        lambda: deactivate("ada", today=TODAY, by=ada),
        lambda: deactivate("ada", today=TODAY),
        lambda: change_person("ada", a_sheet(), today=TODAY, by=ada),
    ):
        with pytest.raises(LastAdmin):
            action()
    an_admin("ben")
    deactivate("ada", today=TODAY, by=by_admin())

    assert [one.name for one in accounts(by_admin()) if one.is_active] == ["ben", "robot"]
    with pytest.raises(LastAdmin):
        deactivate("ben", today=TODAY)


def by_admin() -> Person:
    return person(User.objects.get(username="ben"))


def test_two_admins_reset_somebody_where_there_are_two(db):
    ada, ben = an_admin("ada"), an_admin("ben")
    old = add_user("mina", "moderator", today=TODAY)

    asked = reset("mina", today=TODAY, by=ada)
    with pytest.raises(PersonWrong) as alone:
        reset("mina", today=TODAY, by=ada)
    still = authenticate(username="mina", password=old)
    new = reset("mina", today=TODAY, by=ben)

    assert (asked, alone.value.code, Reset.objects.count()) == ("", "reset-second", 0)
    assert still is not None
    assert authenticate(username="mina", password=old) is None
    assert authenticate(username="mina", password=new) is not None
    assert User.objects.get(username="mina").has_first_password
    told = [(one["what"], one["who"]) for one in facts()][-2:]
    assert told == [("person-reset-asked", "ada"), ("person-reset", "ben")]


def test_who_was_reset_meanwhile_is_not_said_to_be_spared(db):
    ada, ben = an_admin("ada"), an_admin("ben")
    add_user("mina", "moderator", today=TODAY)
    reset("mina", today=TODAY, by=ada)
    reset("mina", today=TODAY, by=ben, seen="ada")

    with pytest.raises(AccountOutdated):
        refuse_reset("mina", today=TODAY, by=ada, seen="ada")
    reset("mina", today=TODAY, by=ben)
    with pytest.raises(AccountOutdated):
        refuse_reset("mina", today=TODAY, by=ada, seen="ada")
    refuse_reset("mina", today=TODAY, by=ada, seen="ben")
    refuse_reset("mina", today=TODAY, by=ada, seen="ben")  # she pressed twice

    whats = [one["what"] for one in facts()]
    assert (whats.count("person-reset"), whats.count("person-reset-refused")) == (1, 1)


def test_a_reset_can_be_refused_and_nobody_resets_herself(db):
    ada, ben = an_admin("ada"), an_admin("ben")
    add_user("mina", "moderator", today=TODAY)
    reset("mina", today=TODAY, by=ada)

    refuse_reset("mina", today=TODAY, by=ben)
    refuse_reset("mina", today=TODAY, by=ben)
    again = reset("mina", today=TODAY, by=ben)

    assert again == ""
    assert [one["what"] for one in facts()].count("person-reset-refused") == 1
    with pytest.raises(PersonWrong) as raised:
        reset("ada", today=TODAY, by=ada)
    assert raised.value.code == "reset-own"


def test_the_only_admin_and_the_shell_reset_at_once(db):
    ada = an_admin("ada")
    add_user("mina", "moderator", today=TODAY)

    assert reset("mina", today=TODAY, by=ada)
    assert reset("ada", today=TODAY)


def test_a_closed_account_gets_no_password_that_would_open_nothing(db):
    add_user("mira", "moderator", desks=(), today=TODAY)
    deactivate("mira", today=TODAY)
    before = User.objects.get(username="mira").password

    with pytest.raises(PersonWrong) as refused:
        reset("mira", today=TODAY)

    assert refused.value.code == "account-closed"
    assert User.objects.get(username="mira").password == before


def test_tokens_end_with_a_reset(db):
    add_user("mina", "moderator", today=TODAY)
    hers = [add_token("mina", "moderator", today=TODAY) for _ in range(2)]
    others = add_token("robot", "moderator", today=TODAY)

    reset("mina", today=TODAY)

    assert [by_token(one) for one in hers] == [None, None]
    assert by_token(others)
    assert facts()[-1] == {
        "what": "person-reset",
        "who": "command",
        "day": TODAY.isoformat(),
        "person": "mina",
        "tokens_ended": 2,
    }


def test_a_token_in_somebody_elses_name_is_made_by_the_shell_only(db):
    ada = an_admin("ada")
    add_user("mina", "moderator", today=TODAY)

    with pytest.raises(PersonWrong) as raised:
        add_token("mina", "moderator", today=TODAY, by=ada)

    assert raised.value.code == "token-of-another"
    assert add_token("ada", "admin", today=TODAY, by=ada)
    assert add_token("robot", "moderator", today=TODAY, by=ada)
    assert add_token("robot", "moderator", today=TODAY, by=ada)


def test_a_revoked_token_opens_nothing(db):
    token = add_token("robot", "editor", today=TODAY)

    revoke_token(Token.objects.get().pk, today=TODAY)

    assert by_token(token) is None
    assert facts()[-1]["what"] == "token-revoked"
    with pytest.raises(NotFound):
        revoke_token(7, today=TODAY)


def test_a_first_password_is_exchanged_for_one_of_her_own(db):
    first = add_user("mina", "moderator", today=TODAY)
    mina = person(User.objects.get())

    for new, code in (("short", "password-weak"), (first, "password-same")):
        with pytest.raises(PersonWrong) as raised:
            choose_password(mina, new=new, today=TODAY)
        assert raised.value.code == code
    choose_password(mina, new="a longer password", today=TODAY)

    assert not User.objects.get().has_first_password
    assert authenticate(username="mina", password="a longer password") is not None
    with pytest.raises(PersonWrong):
        choose_password(mina, new="yet another password", today=TODAY)


def test_moderators_look_after_nobodys_account(db):
    editor = rows.make_person("erin", role="editor")

    for action in (
        lambda: accounts(editor),
        lambda: account(editor.id, by=editor),
        lambda: change_person("erin", a_sheet(role="admin"), today=TODAY, by=editor),
        lambda: reopen("erin", today=TODAY, by=editor),
        lambda: reset("erin", today=TODAY, by=editor),
        lambda: refuse_reset("erin", today=TODAY, by=editor),
        lambda: revoke_token(1, today=TODAY, by=editor),
    ):
        with pytest.raises(NotYours):
            action()

    assert AuditEntry.objects.count() == 0


def test_a_program_does_not_take_a_name_that_differs_in_its_case_only(db):
    add_user("mina", "moderator", today=TODAY)

    with pytest.raises(PersonWrong) as raised:
        add_token("Mina", "editor", today=TODAY)

    assert raised.value.code == "name-taken"
    assert User.objects.count() == 1


def test_a_closed_account_is_no_first_of_two_any_more(db):
    for name, role in (("ann", "admin"), ("ben", "admin"), ("vera", "admin")):
        add_user(name, role, today=TODAY)
    ann, ben = (person(User.objects.get(username=name)) for name in ("ann", "ben"))
    story = rows.make_story(risk="sensitive")
    refused = rows.make_in(State.REJECTED, story, rows.make_person("mina"))
    appeal = rows.make_appeal(refused)
    wanted = Answer(verdict=Verdict.REVERSED, version=refused.version)
    comment, held = rows.make_comment(story), rows.make_comment(story)
    for one in (comment, held):
        rows.move(one, Action.EDIT, ann)
    rows.move(held, Action.HOLD, ben)
    assert answer_appeal(appeal.public_id, wanted, by=ann, now=rows.NOW) is None
    set_risk(story.public_id, Risk.ORDINARY, today=TODAY, by=ann)
    set_desk_risk("English", Risk.SENSITIVE, today=TODAY, by=ann)
    set_desk_risk("English", Risk.ORDINARY, today=TODAY, by=ann)
    assert reset("vera", today=TODAY, by=ann) == ""

    deactivate("ann", today=TODAY, by=ben)
    undo(held.public_id, by=ben, now=rows.NOW)

    firsts = Comment.objects.exclude(pk=refused.pk).values_list("state", "approved_by")
    assert list(firsts) == [("pending", None)] * 2
    assert Comment.objects.get(pk=comment.pk).cuts == [[44, 54, "name removed"]]
    assert rows.move(comment, Action.APPROVE, ben).state == "pending"
    assert answer_appeal(appeal.public_id, wanted, by=ben, now=rows.NOW) is None
    again = set_risk(story.public_id, Risk.ORDINARY, today=TODAY, by=ben)
    assert again.risk is Risk.SENSITIVE
    assert set_desk_risk("English", Risk.ORDINARY, today=TODAY, by=ben) == "sensitive"
    assert reset("vera", today=TODAY, by=ben) == ""


def test_a_first_approval_given_as_its_account_was_closed_is_none(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    deactivate(moderator.username, today=TODAY)
    Comment.objects.update(approved_by=moderator.id)  # committed after it was looked for

    seconded = rows.move(comment, Action.APPROVE, colleague)

    assert (seconded.state, seconded.approved_by_id) == ("pending", colleague.id)


def test_nobody_closes_her_own_account(db):
    add_user("ada", "admin", today=TODAY)
    add_user("ben", "admin", today=TODAY)
    ada = person(User.objects.get(username="ada"))

    with pytest.raises(PersonWrong) as raised:
        deactivate("ada", today=TODAY, by=ada)

    assert raised.value.code == "close-own"
    assert User.objects.get(username="ada").is_active
