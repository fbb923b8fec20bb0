import logging
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finder
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from letterdesk.desk.models import Decision
from letterdesk.desk.queries import queue
from letterdesk.desk.queries.people import Person
from letterdesk.desk.static_files import StaticFiles
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def policy(answer: HttpResponse) -> dict[str, list[str]]:
    directives = (
        part.split() for part in answer.headers["Content-Security-Policy"].split(";")
    )
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize(
    "address",
    ["/", "/queue/", "/nowhere/", "/publish/", "/comments/?status=held", "/sign-out/"],
)
def test_every_answer_keeps_the_browser_on_a_short_lead(
    enter: Enter, moderator: Person, address: str
) -> None:
    answer = enter(moderator).get(address)

    assert policy(answer) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    kept = {name: answer.headers.get(name) for name in _EXPECTED}
    assert kept == _EXPECTED
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Server" not in answer.headers


_EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": None,  # frame-ancestors says it
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Robots-Tag": "noindex, nofollow",
}


def test_sign_in_has_the_same_headers(client: Client, db: None) -> None:
    answer = client.get("/sign-in/")

    assert policy(answer)["default-src"] == ["'none'"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_styles_and_scripts_may_be_kept_for_they_change_their_address(
    client: Client, db: None
) -> None:
    page = screen(client.get("/sign-in/"))
    ours = [address for address in page.addresses() if "/static/" in address]

    for address in ours:
        answer = client.get(address)
        answer.close()
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert [address.rpartition("/")[2] for address in ours] == [
        "mark.svg",
        "desk.css",
        "no-scripts.css",
        "desk.js",
        "passkeys.js",
    ]
    assert len(settings.STATIC_URL.strip("/").split("/")[-1]) == 10


def test_files_that_an_update_replaces_stay_as_they_were_until_the_desk_starts_anew(
    tmp_path: Path,
) -> None:
    sheet = tmp_path / "desk.css"
    sheet.write_text("old", encoding="utf-8")
    with override_settings(STATICFILES_DIRS=[tmp_path]):
        get_finder.cache_clear()
        desk = StaticFiles(lambda _: HttpResponse(status=404))
    get_finder.cache_clear()
    sheet.write_text("new and longer", encoding="utf-8")

    address = f"{settings.STATIC_URL}desk.css"
    whole = desk(RequestFactory().get(address))
    part = desk(RequestFactory().get(address, headers={"Range": "bytes=0-0"}))
    head = desk(RequestFactory().head(address))

    assert whole.getvalue() == part.getvalue() == b"old"
    assert head.getvalue() == b""
    assert {one["Content-Length"] for one in (whole, part, head)} == {"3"}
    same = {"If-None-Match": whole["ETag"]}
    assert desk(RequestFactory().get(address, headers=same)).status_code == 304
    assert desk(RequestFactory().post(address)).status_code == 405


def test_no_page_has_anything_in_line(enter: Enter, editor: Person) -> None:
    comment = rows.make_comment(rows.make_story(body="Text."))
    client = enter(editor)

    card = f"/comments/{comment.public_id}/"
    for address in (f"{card}?do=edit", f"{card}copies/", "/", "/account/", "/audit/"):
        page = screen(client.get(address))
        for element in page.tree.iter():
            assert [
                name for name in element.attrib if name.startswith(("on", "style"))
            ] == []
        assert page.all("style") == []
        assert page.words("script") == [""]


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_what_another_site_sends_is_refused(
    enter: Enter, moderator: Person, origin: str
) -> None:
    comment = rows.make_comment(rows.make_story())
    client, where = enter(moderator), f"/comments/{comment.public_id}/"
    headers = {"Sec-Fetch-Site": origin}

    sent = client.post(where, {"action": "approve", "version": 1}, headers=headers)
    link = client.get(where, headers=headers)

    comment.refresh_from_db()
    assert (sent.status_code, link.status_code) == (403, 200)
    assert policy(sent)["default-src"] == ["'none'"]
    assert comment.state == "pending"


@pytest.mark.parametrize("way", ["put", "delete", "patch", "trace"])
def test_other_methods_are_not_heard(enter: Enter, moderator: Person, way: str) -> None:
    assert getattr(enter(moderator), way)("/queue/").status_code == 405


@pytest.mark.parametrize(
    ("address", "body", "content_type"),
    [
        ("", b"action=hold&version=1&note=%FF%FE", "application/x-www-form-urlencoded"),
        ("", b"action=hold&version=1&note=\xff", "application/x-www-form-urlencoded"),
        ("?after=%FF", b"action=hold&version=1", "application/x-www-form-urlencoded"),
        (
            "",
            b'--x\r\nContent-Disposition: form-data; name="action"\r\n\r\nhold\r\n'
            b'--x\r\nContent-Disposition: form-data; name="version"\r\n\r\n1\r\n'
            b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n\xff\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_form_that_is_not_utf8_is_refused(
    enter: Enter, moderator: Person, address: str, body: bytes, content_type: str
) -> None:
    comment = rows.make_comment(rows.make_story())
    where = f"/comments/{comment.public_id}/{address}"

    answer = enter(moderator).generic("POST", where, body, content_type=content_type)

    comment.refresh_from_db()
    assert answer.status_code == 400
    assert screen(answer).words("h1")[0] == "This request cannot be understood"
    assert comment.state == "pending"


def test_replacement_character_that_was_meant_is_taken(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())

    sent = {"action": "hold", "version": 1, "note": "Why \ufffd and “ü”?"}
    answer = enter(moderator).post(
        f"/comments/{comment.public_id}/",
        urlencode(sent),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 302
    assert Decision.objects.get().note == "Why \ufffd and “ü”?"


def test_unknown_address_says_so_in_the_desks_design(client: Client, db: None) -> None:
    answer = client.get("/nowhere/")

    page = screen(answer)
    assert answer.status_code == 404
    assert page.words("h1") == ["There is nothing here"]
    assert page.words("title") == ["There is nothing here · Letterdesk"]


def test_fault_of_ours_is_told_without_details(
    enter: Enter, moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("the harbour is deep")

    monkeypatch.setattr(queue, "seen", fail)
    client = enter(moderator)
    client.raise_request_exception = False

    answer = client.get("/queue/")

    assert answer.status_code == 500
    assert screen(answer).words("h1") == ["Something went wrong here"]
    assert "harbour" not in answer.content.decode()
    assert policy(answer)["default-src"] == ["'none'"]


def test_a_database_that_is_away_is_told_as_something_that_passes(
    enter: Enter,
    moderator: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("attempt to write a readonly database")

    client = enter(moderator)
    client.raise_request_exception = False
    monkeypatch.setattr(logging.getLogger("letterdesk"), "propagate", True)
    with monkeypatch.context() as away:
        away.setattr(CursorWrapper, "execute", fail)
        answer = client.get("/queue/")

    assert answer.status_code == 503
    assert screen(answer).words("h1") == ["This cannot be done now"]
    assert "page=not-now code=OperationalError The desk's database may not" in caplog.text
