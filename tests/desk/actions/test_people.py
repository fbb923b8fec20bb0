import pytest
from django.contrib.auth import authenticate

from letterdesk.desk.actions.people import (
    PersonWrong,
    add_token,
    add_user,
    change_password,
    deactivate,
)
from letterdesk.desk.models import AuditEntry, Token, User
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person, by_token, person
from letterdesk.domain.errors import LetterRefused
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
        ("noor", "boss", "role-unknown"),
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
