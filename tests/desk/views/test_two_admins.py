"""What one admin does about accounts, and another one confirms."""

from django.test import Client

from letterdesk.desk.actions.people import reopen
from letterdesk.desk.actions.resets import reset
from letterdesk.desk.models import DeskRisk, Reset, User
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Risk, State
from tests.desk import rows
from tests.desk.views.account_pages import mark, mark_of, of
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY


def test_nobody_confirms_what_she_has_not_seen(browser: Client, enter: Enter) -> None:
    theirs = enter(rows.make_person("ben", role="admin"))
    browser.post("/people/new/", {"name": "lea", "role": "moderator", "kind": "person"})
    User.objects.filter(username="lea").update(has_first_password=False)
    lea = User.objects.get(username="lea")
    where = f"/people/{lea.pk}/"
    seen = mark(theirs, f"{where}confirm/")
    browser.post(where, {"role": "admin", "pseudonym": lea.pseudonym})

    refused = theirs.post(f"{where}confirm/", {"seen": seen})
    waits = "To be confirmed" in screen(refused).words("h2")
    again = mark_of(screen(refused), f"{where}confirm/")
    confirmed = theirs.post(f"{where}confirm/", {"seen": again})

    assert (refused.status_code, waits) == (409, True)
    assert confirmed.url == f"{where}?done=confirmed"


def test_who_asks_for_a_reset_does_not_confirm_another_ones(
    browser: Client, enter: Enter, moderator: Person
) -> None:
    theirs = enter(rows.make_person("ben", role="admin"))
    User.objects.filter(pk=moderator.id).update(password="md5$x$x")
    seen = mark(theirs, of(moderator, "reset/"))
    browser.post(of(moderator, "reset/"), {"reset": "", "seen": seen})

    refused = theirs.post(of(moderator, "reset/"), {"reset": "", "seen": seen})
    kept = User.objects.get(pk=moderator.id).password
    again = mark_of(screen(refused), of(moderator, "reset/"))
    given = theirs.post(of(moderator, "reset/"), {"reset": "", "seen": again})
    twice = theirs.post(of(moderator, "reset/"), {"reset": "", "seen": again})

    assert (refused.status_code, kept) == (409, "md5$x$x")
    assert "ada has asked for a new first password." in screen(refused).text
    assert len(screen(given).words("code")) == 1
    assert (twice.status_code, Reset.objects.count()) == (409, 0)


def test_the_last_admin_stays(browser: Client, admin: Person) -> None:
    closed = browser.post(of(admin, "close/"), {"close": ""})
    sent = {"role": "editor", "desks": "", "pseudonym": "Admin ada"}
    demoted = browser.post(of(admin), sent)

    for answer in (closed, demoted):
        assert answer.status_code == 422
        assert "This is the last admin who can look after accounts." in screen(answer).text
    assert browser.get("/people/").status_code == 200


def test_an_admin_who_takes_her_own_role_away_comes_to_a_page_that_is_open_to_her(
    browser: Client, admin: Person, enter: Enter
) -> None:
    ben = rows.make_person("ben", role="admin")
    User.objects.filter(pk=ben.id).update(password="md5$x$x")
    sent = {"role": "editor", "desks": "", "pseudonym": "Editor ada"}

    saved = browser.post(of(admin), sent, follow=True)

    assert (saved.status_code, saved.redirect_chain[-1][0]) == (200, "/?done=saved")
    assert screen(saved).words("p", data_told="")[0] == "Saved."


def test_a_removed_admin_waits_for_another_ones_word(browser: Client, enter: Enter) -> None:
    ben, cleo = (rows.make_person(name, role="admin") for name in ("ben", "cleo"))
    User.objects.filter(role="admin").update(password="md5$x$x")

    warned = screen(browser.get(of(ben)))
    browser.post(of(ben, "close/"), {"close": ""})
    hers = screen(browser.get(of(ben)))
    theirs = enter(cleo)
    seen = screen(theirs.get(of(ben)))
    listed = screen(theirs.get("/people/"))
    counted = screen(theirs.get("/")).words("a", href="/people/")
    told = theirs.post(of(ben, "confirm/"))

    assert "Another admin confirms that you closed an admin’s account." in warned.text
    for page in (hers, seen):
        assert "ada alone took from her that she looks after accounts." in page.text
        assert "its approval does not count" not in page.text
    assert "Confirm" not in hers.words("button")
    assert "Confirm" in seen.words("button")
    assert "to be confirmed" in listed.text
    assert "Accounts to confirm" in counted
    assert told.url == f"/people/{ben.id}/?done=confirmed"


def test_who_removed_the_other_admin_is_told_why_she_resets_nobody(
    browser: Client, moderator: Person
) -> None:
    ben = rows.make_person("ben", role="admin")
    User.objects.update(password="md5$x$x")
    sent = {"role": "moderator", "desks": "", "pseudonym": "Moderator 9"}
    browser.post(of(ben), sent)

    refused = browser.post(of(moderator, "reset/"), {"reset": ""})
    listed = screen(browser.get("/people/"))

    assert refused.status_code == 422
    assert "letterdesk user confirm" in screen(refused).words("p", role="alert")[0]
    assert "to be confirmed" in listed.text
    assert User.objects.get(pk=moderator.id).password == "md5$x$x"


def test_a_reset_takes_two_admins(browser: Client, enter: Enter, moderator: Person) -> None:
    second = rows.make_person("ben", role="admin")
    User.objects.filter(pk=moderator.id).update(password="md5$x$x")
    theirs = enter(second)

    asked = browser.post(of(moderator, "reset/"), {"reset": ""})
    alone = browser.post(of(moderator, "reset/"), {"reset": ""})
    shown = screen(browser.get(of(moderator)))
    seen = screen(theirs.get(of(moderator)))
    given = screen(theirs.post(of(moderator, "reset/"), {"reset": ""}))

    assert (asked.status_code, alone.status_code) == (302, 422)
    assert "ada has asked for a new first password." in seen.text
    assert "Confirm: give a new first password" in seen.words("button")
    assert "Confirm: give a new first password" not in shown.words("button")
    user = User.objects.get(pk=moderator.id)
    assert user.check_password(given.words("code")[0])
    assert user.has_first_password


def test_another_admin_confirms_an_account_once_its_owner_has_signed_in(
    browser: Client, enter: Enter
) -> None:
    theirs = enter(rows.make_person("ben", role="admin"))
    sent = {"name": "mina", "role": "editor", "desks": "", "kind": "person"}
    shown = screen(browser.post("/people/new/", sent))
    where = f"/people/{User.objects.get(username='mina').pk}/"

    early = screen(theirs.get(where))
    User.objects.filter(username="mina").update(has_first_password=False)
    alone = browser.post(f"{where}confirm/")
    listed = screen(theirs.get("/people/")).words("tr")
    start = [screen(one.get("/")).text for one in (browser, theirs)]
    hers, seen = screen(browser.get(where)), screen(theirs.get(where))
    answer = theirs.post(f"{where}confirm/", follow=True)

    assert "no second person before another admin confirms it" in shown.text
    assert "She has not signed in yet." in early.text
    assert "Confirm" not in early.words("button")
    assert alone.status_code == 422
    assert "Another admin must confirm what you did." in screen(alone).text
    assert "mina Editor 3 editor all no to be confirmed" in listed
    assert ["Accounts to confirm" in one for one in start] == [False, True]
    assert "Who can confirm this: ben" in hers.text
    assert "ada made the account." in seen.text
    assert "Confirm" in seen.words("button")
    assert "To be confirmed" not in screen(answer).text
    assert "Confirmed." in screen(answer).text


def test_where_no_other_admin_is_the_machine_confirms(browser: Client) -> None:
    browser.post("/people/new/", {"name": "feeder", "role": "editor", "kind": "program"})

    page = screen(browser.get(f"/people/{User.objects.get(username='feeder').pk}/"))

    assert "letterdesk user confirm FOLDER feeder" in page.words("code")


def test_who_waits_is_told_where_it_matters(
    enter: Enter, admin: Person, colleague: Person, moderator: Person
) -> None:
    User.objects.filter(pk=colleague.id).update(is_active=False)
    reopen("noor", today=TODAY, by=admin)
    story = rows.make_story(risk=Risk.SENSITIVE)
    comment = rows.make_comment(story)
    appeal = rows.make_appeal(rows.make_in(State.REJECTED, rows.make_story(2), moderator))
    hers = enter(colleague)

    card = screen(hers.get(f"/comments/{comment.public_id}/"))
    refused = hers.post(
        f"/comments/{comment.public_id}/", {"action": "approve", "version": "1"}
    )
    asked = screen(hers.get(f"/letters/appeals/{appeal.public_id}/"))
    answered = hers.post(
        f"/letters/appeals/{appeal.public_id}/", {"action": "uphold", "version": "2"}
    )
    account = screen(hers.get("/account/"))

    assert [one.get("value") for one in card.all("button", name="action")] == [
        "reject",
        "hold",
    ]
    for page in (card, asked, account):
        assert "Your account waits for another admin to confirm it." in page.text
    assert refused.status_code == 422
    assert "no second person" in screen(refused).words("p", role="alert")[0]
    assert answered.status_code == 422
    assert not asked.all("form", aria_labelledby="answer")


def test_an_editor_who_waits_cannot_ask_to_lower_a_risk(
    enter: Enter, admin: Person, editor: Person
) -> None:
    User.objects.filter(pk=editor.id).update(is_active=False)
    reopen("erin", today=TODAY, by=admin)
    story = rows.make_story(risk=Risk.SENSITIVE)
    DeskRisk.objects.create(desk="English", risk=Risk.SENSITIVE)
    hers = enter(editor)

    answers = [
        hers.post(f"/stories/{story.public_id}/change/", {"risk": "ordinary"}),
        hers.post("/stories/risks/", {"desk": "English", "risk": "ordinary"}),
    ]

    for answer in answers:
        assert answer.status_code == 422
        assert "Your account waits for another admin" in screen(answer).text


def test_a_reset_is_taken_back(browser: Client, moderator: Person) -> None:
    rows.make_person("ben", role="admin")
    browser.post(of(moderator, "reset/"), {"reset": ""})

    browser.post(of(moderator, "reset/"), {"refuse": ""})

    assert not Reset.objects.exists()


def test_a_refusal_from_an_older_page_says_that_she_was_reset(
    browser: Client, moderator: Person
) -> None:
    ben = rows.make_person("ben", role="admin")
    browser.post(of(moderator, "reset/"), {"reset": "", "seen": ""})
    asker = Reset.objects.get().asked_by.username
    reset(moderator.username, today=TODAY, by=ben, seen=asker)

    answer = browser.post(of(moderator, "reset/"), {"refuse": "", "seen": asker})

    assert answer.status_code == 409
    assert "Saved" not in screen(answer).text
