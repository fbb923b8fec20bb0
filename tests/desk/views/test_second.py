"""Second factors through plain forms, as without scripts they are set up and used."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.conf import settings as django_settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from letterdesk import sealing
from letterdesk.desk.actions.factors import seal_factors
from letterdesk.desk.models import AuditEntry, User
from letterdesk.desk.queries.people import Person
from letterdesk.settings import Desk, Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen

PASSWORD = "the old ferry leaves"
_NOW = 1_764_000_000  # seconds, in the middle of no period: 0 s into one


class Phone:
    """An app that shows codes, and the time that it and the desk have."""

    def __init__(self) -> None:
        self.secret = ""
        self.time = float(_NOW)

    def scan(self, answer: object) -> None:
        self.secret = screen(answer).words("code", class_="secret")[0]

    def code(self) -> str:
        """Give a code that was not shown before."""
        self.time += 30
        counter = int(self.time) // 30
        return auth.format_hotp_value(auth.hotp_value(self.secret, counter))


def by_password(person: Person) -> Client:
    """Give the browser of somebody who has just signed in with her password alone."""
    user = User.objects.get(pk=person.id)
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    sign_in(client, person.username)
    return client


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Phone:
    made = Phone()
    clock = type("clock", (), {"time": staticmethod(lambda: made.time)})
    monkeypatch.setattr(auth, "time", clock)
    return made


@pytest.fixture
def user(moderator: Person) -> User:
    user = User.objects.get(pk=moderator.id)
    user.set_password(PASSWORD)
    user.save()
    return user


def set_up(client: Client, phone: Phone) -> list[str]:
    """Set an app up; give the recovery codes that were shown."""
    phone.scan(client.get("/account/second/app/"))
    done = client.post("/account/second/app/", {"code": phone.code()})
    return [code for code in screen(done).words("code") if code.isdigit()]


def credential() -> dict[str, object]:
    """Give what a browser says of a passkey that it made; nothing opens with it."""
    key = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    made = AttestedCredentialData.create(bytes(16), b"key", key)
    facts = AuthenticatorData.create(bytes(32), 0x45, 0, bytes(made))
    attested = AttestationObject.create("none", facts, {})
    client = (
        b'{"type": "webauthn.create", "challenge": "eHg", "origin": "https://x.example"}'
    )
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(bytes(attested)),
    }
    plain = websafe_encode(b"key")
    return {"id": plain, "rawId": plain, "type": "public-key", "response": response}


def sign_in(client: Client, name: str = "mina") -> object:
    return client.post("/sign-in/", {"login": name, "password": PASSWORD})


def wait(client: Client) -> None:
    """Let a quarter of an hour pass since she proved who she is."""
    session = client.session
    for proof in session["account_authentication_methods"]:
        proof["at"] -= 901
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/queue/").status_code == 200


def test_an_app_is_set_up_and_asked_for_from_then_on(user: User, phone: Phone) -> None:
    here, there = Client(), Client()
    sign_in(here)
    codes = set_up(here, phone)

    first = sign_in(there)
    halfway = is_in(there)
    page = screen(there.get(first.url))
    second = there.post("/sign-in/second/", {"code": phone.code()})

    assert (len(codes), len(set(codes))) == (10, 10)
    assert (first.url, halfway) == ("/sign-in/second/", False)
    assert "Second step" in page.words("h1")
    assert (second.url, is_in(there)) == ("/", True)
    assert AuditEntry.objects.latest("number").facts["what"] == "second-factor-added"
    assert phone.secret not in str(AuditEntry.objects.values())


def test_a_code_counts_once_and_a_wrong_one_never(user: User, phone: Phone) -> None:
    sign_in(here := Client())
    set_up(here, phone)
    code = phone.code()
    sign_in(one := Client())
    sign_in(other := Client())

    right = one.post("/sign-in/second/", {"code": code})
    again = other.post("/sign-in/second/", {"code": code})
    wrong = other.post("/sign-in/second/", {"code": "000000"})

    assert right.status_code == 302
    for answer in (again, wrong):
        assert "This code is not right" in screen(answer).words("p", id="wrong")[0]
    assert not is_in(other)


def test_a_recovery_code_opens_once(user: User, phone: Phone) -> None:
    sign_in(here := Client())
    first, *_ = set_up(here, phone)

    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client)
        answers.append(client.post("/sign-in/second/", {"code": first}).status_code)

    assert answers == [302, 200]
    assert "9 codes are left." in screen(here.get("/account/second/")).text


def test_new_recovery_codes_make_the_old_ones_worthless(user: User, phone: Phone) -> None:
    sign_in(here := Client())
    old, *_ = set_up(here, phone)

    new = screen(here.post("/account/second/codes/")).words("code")

    assert len(new) == 10
    assert old not in new
    sign_in(there := Client())
    there.post("/sign-in/second/", {"code": old})
    assert not is_in(there)
    assert there.post("/sign-in/second/", {"code": new[0]}).status_code == 302


def test_guessing_codes_is_slowed_down_for_this_account_only(
    user: User, phone: Phone, colleague: Person
) -> None:
    sign_in(here := Client())
    set_up(here, phone)
    sign_in(thief := Client())
    for number in range(5):
        thief.post("/sign-in/second/", {"code": f"00000{number}"})

    right = thief.post("/sign-in/second/", {"code": phone.code()})
    again = here.post("/sign-in/again/", {"code": phone.code()})
    other_app = here.post("/account/second/app/", {"code": phone.code()}, follow=True)

    assert not is_in(thief)
    for answer in (right, again):
        assert answer.status_code == 429
        (told,) = screen(answer).words("p", id="wrong")
        assert told.startswith("Five codes were wrong. Wait five minutes;")
    assert other_app.status_code == 200
    User.objects.filter(pk=colleague.id).update(
        password=User.objects.get(pk=user.pk).password
    )
    sign_in(other := Client(), "noor")
    assert is_in(other)


def test_a_wrong_code_sets_nothing_up(user: User, phone: Phone) -> None:
    sign_in(here := Client())
    phone.scan(here.get("/account/second/app/"))
    secret = phone.secret

    answer = here.post("/account/second/app/", {"code": "12345"})

    assert answer.status_code == 422
    assert "This is not the code" in screen(answer).words("p", role="alert")[0]
    phone.scan(answer)
    assert phone.secret == secret  # she need not scan it again
    assert not Authenticator.objects.exists()


def test_the_app_is_removed_and_with_it_the_recovery_codes(
    user: User, phone: Phone
) -> None:
    sign_in(here := Client())
    set_up(here, phone)

    done = here.post("/account/second/app/remove/")

    assert done.url == "/account/second/?done=saved"
    assert not Authenticator.objects.exists()
    sign_in(there := Client())
    assert is_in(there)
    assert here.post("/account/second/app/remove/").status_code == 404
    assert here.post("/account/second/codes/").status_code == 404


def test_no_address_ever_shows_a_secret_that_is_set_up(
    user: User, phone: Phone, enter: Enter, admin: Person, newsroom: Settings
) -> None:
    sign_in(here := Client())
    codes = set_up(here, phone)
    kept = Authenticator.objects.get(type="recovery_codes").data["seed"]
    seed = sealing.open_factor(kept, newsroom.factors_key)
    addresses = (
        "/account/",
        "/account/second/",
        "/account/second/app/",
        "/account/sessions/",
    )
    theirs = ("/people/", f"/people/{user.pk}/", "/audit/", *addresses)

    shown = [here.get(address).content.decode() for address in addresses]
    shown += [enter(admin).get(address).content.decode() for address in theirs]

    for secret in (phone.secret, seed, *codes):
        assert not [page for page in shown if secret in page]


def test_nothing_in_the_database_makes_a_second_factor(
    user: User, phone: Phone, newsroom: Settings
) -> None:
    sign_in(here := Client())
    phone.scan(here.get("/account/second/app/"))
    waiting = here.session["mfa.totp.secret"]
    codes = set_up(here, phone)

    secret, seed = (
        (kept, sealing.open_factor(kept, newsroom.factors_key))
        for kept in (
            Authenticator.objects.get(type="totp").data["secret"],
            Authenticator.objects.get(type="recovery_codes").data["seed"],
        )
    )
    assert secret[1] == phone.secret
    for kept in (secret[0], seed[0], waiting):
        assert sealing.is_sealed_factor(kept)
    assert "mfa.totp.secret" not in here.session
    assert len(codes) == 10


def test_what_an_earlier_version_kept_as_it_is_opens_before_and_after_it_is_sealed(
    user: User, phone: Phone, newsroom: Settings
) -> None:
    phone.secret, seed = "JBSWY3DPEHPK3PXP", "9f" * 40
    Authenticator.objects.create(user=user, type="totp", data={"secret": phone.secret})
    codes = {"seed": seed, "used_mask": 5}
    row = Authenticator.objects.create(user=user, type="recovery_codes", data=codes)
    third = row.wrap().get_unused_codes()[0]

    answers = []
    for seal in (bool, seal_factors):
        seal(newsroom.factors_key)
        sign_in(client := Client())
        answers.append(client.post("/sign-in/second/", {"code": phone.code()}).url)
    sign_in(client := Client())
    answers.append(client.post("/sign-in/second/", {"code": third}).url)

    assert answers == ["/", "/", "/"]
    assert "7 codes are left." in screen(client.get("/account/second/")).text
    kept = [str(one.data) for one in Authenticator.objects.all()]
    assert not [one for one in kept if phone.secret in one or seed in one]


@pytest.mark.parametrize("left", [None, b"", b"o" * 32])
def test_without_their_key_codes_are_refused_with_a_reason_and_the_rest_works(
    left: bytes | None,
    user: User,
    phone: Phone,
    newsroom: Settings,
    enter: Enter,
    admin: Person,
) -> None:
    sign_in(here := Client())
    set_up(here, phone)
    newsroom.factors_file.unlink()
    if left is not None:
        newsroom.factors_file.write_bytes(left)

    sign_in(there := Client())
    asked = there.get("/sign-in/second/")
    refused = there.post("/sign-in/second/", {"code": phone.code()})
    again = here.post("/sign-in/again/", {"code": phone.code(), "next": "/"})

    asked_again = here.get("/sign-in/again/")
    page = screen(here.get("/account/second/"))
    for answer in (asked, refused, asked_again, again):
        assert answer.status_code == 503
        assert "the key of second factors, is missing" in screen(answer).text
        assert not screen(answer).all("input", id="code")
    assert not is_in(there)
    assert "10 codes are left." in page.text
    assert "the key of second factors, is missing" in page.words("p", role="alert")[0]
    assert ("Make ten new codes" in page.words("button")) == (left == b"o" * 32)
    assert enter(admin).get(f"/people/{user.pk}/").status_code == 200
    assert here.post("/account/second/app/remove/").url == "/account/second/?done=saved"


def test_without_a_key_no_second_factor_is_set_up_and_nothing_is_kept(
    user: User, phone: Phone, newsroom: Settings
) -> None:
    sign_in(here := Client())
    newsroom.factors_file.unlink()

    page = screen(here.get("/account/second/"))
    answers = [here.get(f"/account/second/{one}/") for one in ("app", "passkeys")]

    assert "the key of second factors, is missing" in page.words("p", role="alert")[0]
    assert not {"Set up an app", "Add a passkey"} & set(page.words("a"))
    for answer in answers:
        assert answer.status_code == 503
        assert "the key of second factors, is missing" in screen(answer).text
    assert "mfa.totp.secret" not in here.session
    assert not Authenticator.objects.exists()


def test_without_their_key_who_has_a_passkey_is_asked_for_it_alone(
    user: User, phone: Phone, newsroom: Settings
) -> None:
    sign_in(here := Client())
    set_up(here, phone)
    data = {"name": "phone", "credential": credential()}
    Authenticator.objects.create(user=user, type="webauthn", data=data)
    newsroom.factors_file.unlink()

    sign_in(there := Client())
    asked = there.get("/sign-in/second/")

    assert asked.status_code == 200
    assert "A passkey still opens." in screen(asked).words("p", role="alert")[-1]
    assert "Use a passkey" in screen(asked).words("button")
    assert not screen(asked).all("input", id="code")


def test_a_page_of_recovery_codes_that_is_loaded_anew_is_no_failure(
    user: User, phone: Phone
) -> None:
    sign_in(here := Client())
    phone.scan(here.get("/account/second/app/"))
    sent = {"code": phone.code()}
    here.post("/account/second/app/", sent)
    kept = list(Authenticator.objects.order_by("pk").values())
    page = screen(here.get("/account/second/"))
    (seen,) = page.all("input", name="seen")

    of_app = here.post("/account/second/app/", sent, follow=True)
    left = list(Authenticator.objects.order_by("pk").values())
    sent = {"seen": seen.get("value", "")}
    new = screen(here.post("/account/second/codes/", sent)).words("code")
    of_codes = here.post("/account/second/codes/", sent, follow=True)
    sign_in(there := Client())
    opened = there.post("/sign-in/second/", {"code": new[0]})

    assert left == kept
    assert len(new) == 10
    for answer in (of_app, of_codes):
        assert answer.redirect_chain[0][0] == "/account/second/?done=shown-once"
        assert "This form was sent already" in screen(answer).words("p", data_told="")[0]
    assert opened.status_code == 302


def test_a_passkey_that_was_made_is_not_said_to_have_failed(
    user: User, phone: Phone
) -> None:
    sign_in(here := Client())
    set_up(here, phone)
    data = {"name": "phone", "credential": {}}
    Authenticator.objects.create(user=user, type="webauthn", data=data)

    again = here.post("/account/second/passkeys/", {"credential": "{}", "name": "phone"})

    assert again.url == "/account/second/?done=shown-once"


def test_what_matters_asks_for_the_second_factor_again(user: User, phone: Phone) -> None:
    sign_in(here := Client())
    set_up(here, phone)
    wait(here)

    asked = here.get("/account/second/")
    page = screen(here.get(asked.url))
    old = here.session.session_key
    by_password = here.post("/sign-in/again/", {"password": PASSWORD, "next": "/"})
    by_code = here.post(
        "/sign-in/again/", {"code": phone.code(), "next": "/account/second/"}
    )

    assert asked.url == "/sign-in/again/?next=%2Faccount%2Fsecond%2F"
    assert "Is it you?" in page.words("h1")
    assert by_password.status_code == 422
    assert by_code.url == "/account/second/"
    assert here.get("/account/second/").status_code == 200
    assert here.session.session_key != old


def test_proof_that_was_given_while_the_clock_was_ahead_counts_no_more(
    admin: Person, enter: Enter
) -> None:
    client = by_password(admin)
    session = client.session
    for proof in session["account_authentication_methods"]:
        proof["at"] += 3_600
    session.save()

    stale = client.get("/people/")
    client.post("/sign-in/again/", {"password": PASSWORD, "next": "/people/"})

    assert stale.url == "/sign-in/again/?next=%2Fpeople%2F"
    assert client.get("/people/").status_code == 200


def test_proof_by_password_counts_a_quarter_of_an_hour(
    admin: Person, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = by_password(admin)
    fresh = client.get("/people/").status_code
    wait(client)

    stale = client.get("/people/")
    posted = client.post("/people/new/", {"name": "x"}, headers={"Referer": "/people/new/"})
    wrong = client.post("/sign-in/again/", {"password": "guess", "next": "/people/"})
    right = client.post("/sign-in/again/", {"password": PASSWORD, "next": "/people/"})
    away = client.post(
        "/sign-in/again/", {"password": PASSWORD, "next": "https://evil.example/"}
    )

    assert (fresh, stale.url) == (200, "/sign-in/again/?next=%2Fpeople%2F")
    assert posted.url == "/sign-in/again/?next=%2Fpeople%2Fnew%2F%3Fdone%3Dagain"
    assert not User.objects.filter(username="x").exists()
    assert "This is not right" in screen(wrong).words("p", role="alert")[0]
    assert (right.url, away.url) == ("/people/", "/")
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize("referer", ["", "{own}", "https://testserver/people/?x=1"])
@pytest.mark.parametrize(
    ("button", "page"),
    [
        ("/people/{id}/confirm/", "/people/{id}/"),
        ("/people/{id}/reset/", "/people/{id}/"),
        ("/people/{id}/close/", "/people/{id}/"),
        ("/people/{id}/tokens/", "/people/{id}/"),
        ("/people/new/", "/people/new/"),
        ("/unopened/discard/", "/unopened/"),
    ],
)
def test_who_proves_herself_comes_back_to_the_page_with_the_button(
    admin: Person, enter: Enter, button: str, page: str, referer: str
) -> None:
    user = User.objects.get(pk=admin.id)
    user.set_password(PASSWORD)
    user.save()
    other = rows.make_person("mina").id
    client = Client()
    sign_in(client, "ada")
    wait(client)
    own = button.format(id=other)

    asked = client.post(own, headers={"Referer": referer.format(own=own)})
    hidden = screen(client.get(asked.url)).all("input", name="next")[0].get("value")
    back = client.post("/sign-in/again/", {"password": PASSWORD, "next": hidden})
    opened = client.get(back.url)

    expected = "/people/" if "/people/?" in referer else page.format(id=other)
    assert back.url == f"{expected}?done=again"
    assert opened.status_code == 200
    assert "press it once more" in screen(opened).words("p", data_told="")[0]


def test_an_old_way_back_to_a_button_ends_on_its_page(admin: Person, enter: Enter) -> None:
    client = by_password(admin)

    back = client.post(
        "/sign-in/again/", {"password": PASSWORD, "next": f"/people/{admin.id}/confirm/"}
    )

    assert back.url == f"/people/{admin.id}/"


def test_guessing_at_the_second_door_is_slowed_down(user: User) -> None:
    sign_in(client := Client())

    tries = [
        client.post("/sign-in/again/", {"password": f"guess {number}"}).status_code
        for number in range(11)
    ]

    assert tries == [422] * 10 + [429]


@pytest.mark.parametrize(
    "desk", [Desk(second_factor="required"), Desk(second_factor_roles=("moderator",))]
)
def test_who_must_have_one_can_do_nothing_before(
    user: User,
    phone: Phone,
    newsroom: Settings,
    monkeypatch: pytest.MonkeyPatch,
    desk: Desk,
) -> None:
    made = Settings(folder=newsroom.folder, desk=desk)
    monkeypatch.setattr(django_settings, "NEWSROOM", made)
    sign_in(client := Client())

    before = client.get("/queue/")
    told = screen(client.get("/account/second/"))
    set_up(client, phone)

    assert before.url == "/account/second/"
    assert "This newsroom asks for a second factor." in told.words("p", role="alert")[0]
    assert is_in(client)


def test_who_need_not_have_one_is_not_asked(
    user: User, newsroom: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Settings(folder=newsroom.folder, desk=Desk(second_factor_roles=("admin",)))
    monkeypatch.setattr(django_settings, "NEWSROOM", made)
    sign_in(client := Client())

    assert is_in(client)


def test_a_first_password_opens_nothing_but_the_form_for_another(db: None) -> None:
    from letterdesk.desk.actions.people import add_user  # noqa: PLC0415
    from tests.values import TODAY  # noqa: PLC0415

    first = add_user("mina", "admin", today=TODAY)
    client = Client()
    client.post("/sign-in/", {"login": "mina", "password": first})

    blocked = {
        client.get(address).url
        for address in ("/", "/queue/", "/people/", "/account/", "/account/second/")
    }
    weak = client.post("/account/first-password/", {"new": "short"})
    done = client.post("/account/first-password/", {"new": PASSWORD})

    assert blocked == {"/account/first-password/"}
    assert "at least 12 characters" in screen(weak).text
    assert done.url == "/?done=password"
    assert is_in(client)
    assert client.get("/account/first-password/").url == "/"
    assert sign_in(Client()).url == "/"


def test_a_passkey_nobody_knows_opens_nothing(user: User) -> None:
    client = Client()
    asked = client.get("/sign-in/passkey/", headers={"X-Requested-With": "XMLHttpRequest"})

    answer = client.post("/sign-in/passkey/", {"credential": '{"id": "x"}'})

    options = asked.json()["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
    assert re.fullmatch(r"[\w-]{40,}", options["challenge"])
    assert answer.status_code == 403
    assert "This passkey does not open an account here." in screen(answer).text
    assert not is_in(client)


def test_passkeys_are_removed_by_their_owner_only(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    data = {"name": "phone", "credential": {}}
    key = Authenticator.objects.create(user_id=moderator.id, type="webauthn", data=data)
    address = f"/account/second/passkeys/{key.pk}/remove/"

    theirs = enter(colleague).post(address)
    left = Authenticator.objects.count()
    client = enter(moderator)
    session = client.session
    session["account_authentication_methods"] += [
        {**session["account_authentication_methods"][0], "method": "mfa"}
    ]
    session.save()
    hers = client.post(address)

    assert (theirs.status_code, left) == (404, 1)
    assert (hers.status_code, Authenticator.objects.count()) == (302, 0)
