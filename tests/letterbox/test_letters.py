"""Letters, from the form to the spool, and every way in which one is not taken."""

import asyncio
import logging
import unicodedata
from collections.abc import Mapping

import pytest

from letterdesk import sealing
from letterdesk.domain import receipt
from letterdesk.domain.envelope import unpack_batch
from letterdesk.letterbox.app import App
from tests.letterbox.doubles import FORM, JSON, SAFE, Answered, ask, post
from tests.letterbox.pages import parse, told_of, typed, values, words
from tests.letterbox.places import BrokenPlace, DownPlace, FailingPlace, HangingPlace
from tests.letterbox.rooms import COMMENTS, NOTICES, Room
from tests.values import STORY_ID, TODAY, a_letter, an_id

EVIL = '</textarea><script>alert("1")</script> & \u202eевил'


def send(
    app: App,
    form: Mapping[str, str] | bytes,
    *,
    to: str = COMMENTS,
    headers: Mapping[str, str] | None = None,
) -> Answered:
    return asyncio.run(post(app, to, form, headers=headers))


def test_a_letter_is_thanked_for_sealed_and_stored(room: Room, app: App) -> None:
    answer = send(app, {"text": "My uncle worked on that ferry.", "name": "Mira"})

    page = parse(answer)
    code = words(page.find(".//code"))
    keys = receipt.derive(receipt.read_code(code))
    letter = room.letter()
    assert answer.status == 201
    assert page.find(".//code/data").get("value") == code  # whole, for a program
    assert letter == a_letter(
        id=letter.id,
        arrived=TODAY,
        lookup=keys.lookup,
        outcome_key=keys.outcome_key,
        action_digest=receipt.action_digest(keys.action_key),
    )


def test_a_program_gets_the_receipt_and_nothing_else(room: Room, app: App) -> None:
    answer = send(app, {"text": "Words."}, headers=JSON)

    assert (answer.status, answer["content-type"]) == (201, "application/json")
    assert list(answer.json) == ["receipt"]
    keys = receipt.derive(receipt.read_code(str(answer.json["receipt"])))
    assert room.letter().lookup == keys.lookup


def test_an_answer_is_kept_nowhere_and_sets_no_cookie(app: App) -> None:
    answer = send(app, {"text": "Words."})

    assert dict(answer.headers) == {
        **SAFE,
        "cache-control": "no-store",
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(answer.body)),
    }


def test_64_at_once_are_all_taken(room: Room, app: App) -> None:
    async def crowd() -> list[Answered]:
        forms = [{"text": f"letter {number}"} for number in range(64)]
        return await asyncio.gather(
            *(post(app, COMMENTS, form, headers=JSON) for form in forms)
        )

    answers = asyncio.run(crowd())

    thanked = {
        receipt.derive(receipt.read_code(str(one.json["receipt"]))).lookup
        for one in answers
    }
    letters = room.letters()
    assert {one.status for one in answers} == {201}
    assert {letter.lookup for letter in letters} == thanked
    assert sorted(one.text for one in letters) == sorted(f"letter {n}" for n in range(64))


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("\U0001f6f6" * 5_000, "\U0001f6f6" * 5_000),
        (unicodedata.normalize("NFD", "한글 é"), "한글 é"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        (EVIL, EVIL),
    ],
)
def test_words_arrive_as_they_were_written(
    room: Room, app: App, sent: str, stored: str
) -> None:
    assert send(app, {"text": sent}).status == 201
    assert room.letter().text == stored


def test_every_field_of_the_form_reaches_the_letter(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))
    form = {
        "text": "Words.",
        "name": "Mira",
        "contact": "mira@news.example",
        "reply_to": an_id(7),
        "as_written": "1",
        "tip": "1",
        "homepage": "http://robot",
        "send": "Send",
    }

    assert send(app, form).status == 201

    letter = room.letter()
    assert (letter.kind, letter.contact, letter.reply_to) == (
        "tip",
        "mira@news.example",
        an_id(7),
    )
    assert (letter.as_written, letter.trapped) == (True, True)


REFUSED: list[tuple[Mapping[str, str] | bytes, int, str, str]] = [
    ({}, 422, "empty", "text"),
    ({"text": " \r\n\u200b"}, 422, "empty", "text"),
    ({"text": "\U0001f6f6" * 5_001}, 413, "too-long", "text"),
    ({"text": "Words.", "name": "n" * 81}, 413, "too-long", "name"),
    ({"text": "Words.", "contact": "nobody"}, 422, "contact-wrong", "contact"),
    ({"text": "Words.", "reply_to": an_id(9)}, 422, "reply-unknown", "reply_to"),
    ({"text": "Words.", "reply_to": "me"}, 422, "reply-unknown", "reply_to"),
    ({"text": "a\0b"}, 422, "not-text", "text"),
    ({"text": "Words.", "name": "\x1b[31m"}, 422, "not-text", "name"),
    (b"text=Words.&name=%ff", 422, "not-text", "name"),
    ({"text": "Words.", "contact": f"{'a' * 251}@b.c"}, 413, "too-long", "contact"),
    ({"text": "Words.", "once": "me"}, 400, "malformed", "once"),
    (b"text=100%", 400, "malformed", ""),
    (b"text=Words.&text=Others.", 400, "malformed", "text"),
    (b"text=Words." + b"".join(b"&f%d=" % n for n in range(1_000)), 400, "malformed", ""),
]


@pytest.mark.parametrize(("form", "status", "code", "field"), REFUSED)
def test_what_is_wrong_is_told_to_programs(
    room: Room,
    app: App,
    form: Mapping[str, str] | bytes,
    status: int,
    code: str,
    field: str,
) -> None:
    answer = send(app, form, headers=JSON)

    told = answer.json
    assert (answer.status, answer["content-type"]) == (status, "application/problem+json")
    assert (told["type"], told["status"], told["code"]) == ("about:blank", status, code)
    assert told.get("field", "") == field
    assert all(isinstance(told[name], str) and told[name] for name in ("title", "detail"))
    assert room.letters() == []


@pytest.mark.parametrize(("form", "status", "code", "field"), REFUSED)
def test_what_is_refused_is_handed_back(
    room: Room,
    app: App,
    form: Mapping[str, str] | bytes,
    status: int,
    code: str,
    field: str,
) -> None:
    answer = send(app, form)

    if form:
        page = parse(answer)
        wrote = form.get("text", "") if isinstance(form, dict) else "Words."
        expected = "100%" if form == b"text=100%" else wrote
        assert words(page.find(".//*[@role='alert']"))
        assert typed(page).split() == expected.replace("\0", "").split()
        assert told_of(page) == [field] * (field in {"text", "name", "contact"})
    assert (answer.status, room.letters()) == (status, [])


@pytest.mark.parametrize("contact", ["mira@example.org", "no address"])
def test_an_address_that_our_form_does_not_ask_for_comes_back_too(
    app: App, contact: str
) -> None:
    page = parse(send(app, {"text": "a\0b", "contact": contact}))
    wrong = parse(send(app, {"text": "Words.", "contact": "no address"}))

    assert values(page)["contact"] == contact
    assert (values(wrong)["contact"], told_of(wrong)) == ("no address", ["contact"])


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": "a\0b\x07"}, "They are taken out of what you see here"),
        (b"text=a%ffb", "Please remove them"),
    ],
)
def test_what_came_back_without_signs_that_are_no_text_says_so(
    app: App, form: Mapping[str, str] | bytes, said: str
) -> None:
    page = parse(send(app, form))
    told = send(app, form, headers=JSON).json

    assert said in words(page.find(".//*[@role='alert']"))
    assert "Please remove them" in str(told["detail"])


def test_nothing_of_a_refused_letter_is_missing_or_comes_alive(app: App) -> None:
    form = {
        "text": f"\n{EVIL}" + "x" * 5_000,
        "name": '"><script>',
        "as_written": "1",
        "tip": "",
    }

    page = parse(send(app, form))

    assert typed(page) == form["text"].replace("\r", "")
    told = values(page)
    assert told["name"] == form["name"]
    assert told["as_written"] == told["tip"] == "1"
    assert told["homepage"] == ""


def test_a_refused_reply_stays_a_reply(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))

    page = parse(send(app, {"text": "", "name": "M", "reply_to": an_id(7)}))

    assert values(page)["reply_to"] == an_id(7)


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_closed_story_takes_nothing(
    room: Room, app: App, headers: dict[str, str]
) -> None:
    room.publish_story(open=False)

    answer = send(app, {"text": "Words."}, headers=headers)

    assert (answer.status, room.letters()) == (409, [])
    if headers:
        assert answer.json["code"] == "story-closed"
    else:
        assert typed(parse(answer)) == "Words."


@pytest.mark.parametrize("door", ["comments", "notices"])
@pytest.mark.parametrize("story", [an_id(9), "nowhere", "9" * 300, "NOWHERE.", ".."])
@pytest.mark.parametrize("headers", [{}, JSON])
def test_an_unknown_story_takes_nothing(
    room: Room, app: App, headers: dict[str, str], story: str, door: str
) -> None:
    address = f"/t/{story}/{door}"

    answer = send(app, {"text": "Words."}, to=address, headers=headers)

    assert (answer.status, room.letters()) == (404, [])
    if headers:
        assert answer.json["code"] == "story-unknown"
    else:
        assert typed(parse(answer)) == "Words."


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain",
        "",
        f"{FORM}; charset=euc-kr",
        f"x{FORM}",
    ],
)
def test_only_forms_are_read(room: Room, app: App, content_type: str) -> None:
    answer = send(app, {"text": "Words."}, headers={"content-type": content_type, **JSON})

    assert (answer.status, answer.json["code"]) == (415, "not-a-form")
    assert room.letters() == []


def test_what_is_no_form_of_ours_is_not_taken_and_comes_back(room: Room, app: App) -> None:
    multipart = (
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
        b"My = 100%\r\nwords +\r\n"
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nMira\r\n--x--\r\n'
    )
    sent = {
        "multipart/form-data; boundary=x": multipart,
        'multipart/form-data; boundary="x"': multipart,
        "text/plain": b"text=My words",
        "text/plain; charset=utf-8": b"My words",
        "application/json": b'{"text": "My words", "tip": true}',
        f"{FORM}; charset=euc-kr": b"text=My+words",
    }

    for media, body in sent.items():
        headers = {"content-type": media}
        answer = asyncio.run(ask(app, "POST", COMMENTS, headers=headers, chunks=[body]))

        page = parse(answer)
        assert (answer.status, room.letters()) == (415, [])
        if media.startswith("multipart"):
            assert typed(page) == "My = 100%\nwords +"
            assert values(page)["name"] == "Mira"
        else:
            assert typed(page) == "My words"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--",
        b"--x",
        b"--x--x--x",
        b'--x form-data; name="text"\r\n\r\n',
        b"\xff",
        b'["text"]',
        b'{"text": "\\ud800"}',
        b"[" * 60_000,
    ],
)
def test_whatever_is_no_form_is_told_so(app: App, body: bytes) -> None:
    for media in (
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "text/plain",
        "image/png",
    ):
        headers = {"content-type": media}
        answer = asyncio.run(ask(app, "POST", COMMENTS, headers=headers, chunks=[body]))

        assert answer.status == 415


def test_a_request_without_a_content_type_is_no_form(room: Room, app: App) -> None:
    answer = asyncio.run(ask(app, "POST", COMMENTS, chunks=[b"text=Words."]))

    assert (answer.status, room.letters()) == (415, [])
    assert words(parse(answer).find(".//h1"))


@pytest.mark.parametrize(
    "kind", [FORM.upper(), f"{FORM};charset=UTF-8", f'{FORM}; charset="utf-8"']
)
def test_a_form_may_name_its_charset(room: Room, app: App, kind: str) -> None:
    assert send(app, {"text": "글"}, headers={"content-type": kind}).status == 201
    assert room.letter().text == "글"


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 201), ("none", 201)],
)
def test_other_sites_cannot_make_their_visitors_write(
    app: App, site: str, status: int
) -> None:
    answer = send(app, {"text": "Words."}, headers={"sec-fetch-site": site, **JSON})

    assert answer.status == status
    assert answer.json.get("code", "cross-site") == "cross-site"


@pytest.mark.parametrize("declared", ["300000", "100000000"])
def test_a_body_too_large_is_refused_with_a_page(
    room: Room, app: App, declared: str
) -> None:
    told = {"content-type": FORM, "content-length": declared}

    answer = asyncio.run(
        ask(app, "POST", COMMENTS, headers=told, chunks=[b"text=" + b"x" * 299_995])
    )

    assert (answer.status, answer["connection"]) == (413, "close")
    assert words(parse(answer).find(".//h1"))
    assert room.letters() == []


@pytest.mark.parametrize("path", [COMMENTS, NOTICES])
def test_a_letter_too_long_to_be_read_is_handed_back_in_its_form(
    room: Room, app: App, path: str
) -> None:
    room.publish_story(language="ko")
    text = "가" * 20_000  # 180,000 bytes

    answer = send(app, {"text": text, "name": "미라"}, to=path)

    page = parse(answer)
    assert (answer.status, answer["connection"], page.get("lang")) == (413, "close", "ko")
    assert typed(page) == text
    assert values(page)["name"] == "미라"
    assert page.find(f".//form[@action='{path}']") is not None
    assert room.letters() == []


def test_a_form_sent_twice_is_one_letter_with_one_receipt(room: Room, app: App) -> None:
    look = parse(send(app, {"text": "Words.", "name": "Mira", "preview": "1"}))
    form = {**values(look), "text": typed(look)}

    pages = [parse(send(app, form)) for _ in range(2)]
    other = parse(send(app, {**form, "text": "Other words."}))

    codes = [words(page.find(".//code")) for page in [*pages, other]]
    by_id = {letter.id: letter for letter in room.letters()}
    assert (len(room.letters()), len(by_id)) == (3, 2)
    assert codes[0] == codes[1] != codes[2]
    assert {one.lookup for one in by_id.values()} == {
        receipt.derive(receipt.read_code(code)).lookup for code in codes
    }
    assert not any("load this page anew" in words(page) for page in [*pages, other])


def test_a_form_that_is_handed_back_keeps_its_mark_and_has_one_in_any_case(
    app: App,
) -> None:
    once = an_id(5)

    kept = values(parse(send(app, {"text": "", "once": once})))["once"]
    new = [values(parse(send(app, {"text": ""})))["once"] for _ in range(2)]
    instead = values(parse(send(app, {"text": "Words.", "once": "<me>"})))["once"]

    assert kept == once
    assert len({once, *new, instead}) == 4


@pytest.mark.parametrize("form", [{}, {"tip": "1"}])
def test_who_sent_the_page_s_own_form_is_asked_not_to_send_it_again(
    app: App, form: dict[str, str]
) -> None:
    page = parse(send(app, {"text": "Words.", **form}))

    assert "Please do not load this page anew" in words(page.find(".//main"))


def test_a_notice_sent_twice_is_one_notice(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))
    form = {"comment": an_id(7), "text": "My address is in it.", "once": an_id(5)}

    codes = [send(app, form, to=NOTICES, headers=JSON).json["receipt"] for _ in range(2)]

    assert codes[0] == codes[1]
    assert len({letter.id for letter in room.letters()}) == 1


@pytest.mark.parametrize(
    "path", [f"/t/{STORY_ID}/reply?to={an_id(7)}", f"{NOTICES}?comment={an_id(7)}"]
)
def test_an_empty_form_may_be_gone_back_to(room: Room, app: App, path: str) -> None:
    room.publish_thread(an_id(7))

    answer = asyncio.run(ask(app, "GET", path))

    assert answer["cache-control"] == "private, no-cache"
    assert "once" not in values(parse(answer))


@pytest.mark.parametrize("headers", [{}, JSON])
def test_when_nothing_can_be_stored_the_words_come_back(
    room: Room, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    place = FailingPlace(fails=2)
    with caplog.at_level(logging.DEBUG):
        answer = send(
            room.app(spool=place), {"text": "MARKER", "name": "MARKER"}, headers=headers
        )

    assert (answer.status, answer["retry-after"]) == (503, "30")
    assert (place.files, room.letters()) == ({}, [])
    assert "MARKER" not in caplog.text
    assert "event=spool-failed error=PlaceFailed" in caplog.text
    if headers:
        assert answer.json["code"] == "unavailable"
    else:
        assert typed(parse(answer)) == "MARKER"
        assert values(parse(answer))["name"] == "MARKER"


def test_where_nobody_can_say_whether_it_was_taken_the_same_again_is_the_same_letter(
    room: Room,
) -> None:
    place = HangingPlace(hangs=1)
    app = room.app(spool=place)
    form = {"text": "한 번만.", "name": "Mira", "as_written": "1"}

    page = parse(first := send(app, form))
    thanked = parse(send(app, {**values(page), "text": typed(page)}))

    assert (first.status, first["retry-after"]) == (503, "30")
    assert words(page.find(".//h1")) == "Not possible just now"
    assert "We cannot say whether your letter arrived." in words(page.find(".//main"))
    one, again = (
        sealing.open_letter(envelope, [room.key])
        for name in place.list()
        for envelope in unpack_batch(place.read(name))
    )
    code = receipt.read_code(words(thanked.find(".//code")))
    assert (one, one.lookup) == (again, receipt.derive(code).lookup)


@pytest.mark.parametrize("to", [COMMENTS, NOTICES])
def test_a_program_is_told_the_mark_with_which_it_can_send_again(
    room: Room, to: str
) -> None:
    room.publish_thread(an_id(7))
    app = room.app(spool=HangingPlace(hangs=2))
    form = {"text": "Words."} | ({"comment": an_id(7)} if to == NOTICES else {})

    first = send(app, form, to=to, headers=JSON)
    second = send(app, {**form, "once": first.json["once"]}, to=to, headers=JSON)

    assert (first.status, first.json["code"]) == (503, "unsure")
    assert second.json["once"] == first.json["once"]


def test_without_a_key_nothing_is_taken_and_nothing_is_written(
    room: Room, app: App
) -> None:
    room.settings.public_keys.unlink()

    answer = send(app, {"text": "Words."})

    assert (answer.status, typed(parse(answer)), room.letters()) == (503, "Words.", [])


def test_a_failed_write_is_made_good_before_the_reader_is_thanked(room: Room) -> None:
    place = FailingPlace(fails=1)

    answer = send(room.app(spool=place), {"text": "Words."})

    assert (answer.status, len(place.asked), len(place.files)) == (201, 2, 1)


def test_a_place_that_is_down_is_no_unknown_story(room: Room) -> None:
    answer = send(room.app(public=DownPlace()), {"text": "Words."})

    assert (answer.status, typed(parse(answer))) == (503, "Words.")


def test_an_unforeseen_error_gives_the_words_back_and_logs_none(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = send(room.app(public=BrokenPlace("MARKER")), {"text": "MARKER"})

    assert (answer.status, typed(parse(answer)), room.letters()) == (500, "MARKER", [])
    assert "MARKER" not in caplog.text
    assert "event=failed error=ValueError place=" in caplog.text


@pytest.mark.parametrize("language", ["en", "ko", "zh-Hans", "ug"])
def test_the_answer_speaks_the_storys_language(room: Room, app: App, language: str) -> None:
    room.publish_story(language=language)

    for form in ({"text": "Words."}, {"text": ""}):
        page = parse(send(app, {**form, "name": "M"}))
        assert page.get("lang") == language
        assert page.get("dir") == ("rtl" if language == "ug" else "ltr")


def test_without_a_story_the_answer_speaks_the_readers_language(app: App) -> None:
    headers = {"accept-language": "fr, ko-KR;q=0.9, en;q=0.8"}

    page = parse(
        send(app, {"text": "Words."}, to=f"/t/{an_id(9)}/comments", headers=headers)
    )

    assert page.get("lang") == "ko"


def test_a_notice_is_sealed_and_gets_a_receipt(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))
    room.publish_story(open=False)
    form = {"comment": an_id(7), "text": "My address is in it.", "contact": "a@b.c"}

    page = send(app, form, to=NOTICES)
    data = send(app, form, to=NOTICES, headers=JSON)

    code = words(parse(page).find(".//code"))
    codes = [code, str(data.json["receipt"])]
    letters = room.letters()
    assert (page.status, data.status) == (202, 202)
    assert {(one.kind, one.comment, one.text, one.contact) for one in letters} == {
        ("notice", an_id(7), "My address is in it.", "a@b.c")
    }
    assert {one.lookup for one in letters} == {
        receipt.derive(receipt.read_code(one)).lookup for one in codes
    }


@pytest.mark.parametrize(
    ("form", "status", "field"),
    [
        ({"comment": an_id(7), "text": ""}, 422, "text"),
        ({"comment": an_id(8), "text": "Words."}, 422, ""),
        ({"text": "Words."}, 422, ""),
        ({"comment": an_id(7), "text": "x" * 5_001}, 413, "text"),
        ({"comment": an_id(7), "text": "Words.", "name": "n" * 81}, 413, "name"),
        ({"comment": an_id(7), "text": "Words.", "contact": "me"}, 422, "contact"),
        ({"comment": an_id(7), "text": "Words.", "alleged": "taste"}, 422, "alleged"),
    ],
)
def test_a_notice_that_is_refused_is_handed_back(
    room: Room, app: App, form: dict[str, str], status: int, field: str
) -> None:
    room.publish_thread(an_id(7))

    answer = send(app, form, to=NOTICES)

    page = parse(answer)
    assert (answer.status, typed(page)) == (status, form["text"])
    assert values(page)["comment"] == form.get("comment", "")
    assert values(page)["contact"] == form.get("contact", "")
    assert words(page.find(".//h1")) == "Not sent"
    main = page.find(".//h1/..")
    assert main is not None
    assert main[[one.tag for one in main].index("h1") + 1].get("role") == "alert"
    assert told_of(page) == [field] * bool(field)
    assert room.letters() == []


def test_the_form_for_a_reply_quotes_the_comment(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))

    answer = asyncio.run(ask(app, "GET", f"/t/{STORY_ID}/reply?to={an_id(7)}"))

    page = parse(answer)
    form = page.find(f".//form[@action='{COMMENTS}']")
    assert (answer.status, values(page)["reply_to"]) == (200, an_id(7))
    assert form is not None
    assert "My uncle worked on that ferry." in words(page.find(".//blockquote"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "One\n\ntwo <b>&amp; three</b>.",
            "Mira 22 November 2026 One two <b>&amp; three</b>.",
        ),
        ("</p></blockquote><script>alert(1)</script>\u202e", None),
        ("word " * 900, f"Mira 22 November 2026 {'word ' * 55}word…"),
    ],
)
def test_the_form_for_a_notice_shows_how_the_comment_begins(
    room: Room, app: App, text: str, shown: str | None
) -> None:
    room.publish_thread(an_id(7), text=text)
    refused = {"comment": an_id(7), "text": ""}

    pages = [
        parse(asyncio.run(ask(app, "GET", f"{NOTICES}?comment={an_id(7)}"))),
        parse(send(app, refused, to=NOTICES)),
    ]

    shown = shown or f"Mira 22 November 2026 {text[:-1]}"
    assert [words(page.find(".//blockquote")) for page in pages] == [shown, shown]
    scripts = [one for page in pages for one in page.iter("script")]
    assert all(one.get("src") and not one.text for one in scripts)


def test_a_notice_of_what_is_not_published_shows_no_comment(room: Room, app: App) -> None:
    room.publish_thread(f"x{an_id(8)[1:]}", an_id(7))

    for comment in (an_id(8), an_id(9), "no id", ""):
        page = parse(send(app, {"comment": comment, "text": ""}, to=NOTICES))

        assert page.find(".//blockquote") is None


def test_the_form_for_a_notice_names_the_comment(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))

    answer = asyncio.run(ask(app, "GET", f"{NOTICES}?comment={an_id(7)}"))

    page = parse(answer)
    assert (answer.status, values(page)["comment"]) == (200, an_id(7))
    assert page.find(f".//form[@action='{NOTICES}']") is not None


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/t/{STORY_ID}/reply?to={an_id(8)}", 404),
        (f"/t/{STORY_ID}/reply?to=", 404),
        (f"/t/{STORY_ID}/reply", 404),
        (f"/t/{STORY_ID}/reply?to=%", 400),
        (f"/t/{STORY_ID}/reply?to={an_id(7)}&to={an_id(7)}", 400),
        (f"{NOTICES}?comment={an_id(8)}", 404),
        (f"{NOTICES}", 404),
        (f"/t/{an_id(9)}/reply?to={an_id(7)}", 404),
        (f"/t/{an_id(9)}/notices?comment={an_id(7)}", 404),
    ],
)
def test_there_is_no_form_about_what_is_not_published(
    room: Room, app: App, address: str, status: int
) -> None:
    room.publish_thread(an_id(7))

    answer = asyncio.run(ask(app, "GET", address))

    assert answer.status == status
    assert words(parse(answer).find(".//h1"))


@pytest.mark.parametrize(
    ("method", "address", "allow"),
    [
        ("GET", COMMENTS, "POST"),
        ("HEAD", COMMENTS, "POST"),
        ("PUT", COMMENTS, "POST"),
        ("DELETE", NOTICES, "GET, HEAD, POST"),
        ("POST", f"/t/{STORY_ID}/reply", "GET, HEAD"),
        ("PATCH", "/receipt", "GET, HEAD, POST"),
        ("GET", "/receipt/withdraw", "POST"),
        ("GET", "/receipt/appeal", "POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("POST", "/.well-known/letterdesk.json", "GET, HEAD"),
    ],
)
def test_other_methods_are_told_which_there_are(
    app: App, method: str, address: str, allow: str
) -> None:
    answer = asyncio.run(ask(app, method, address, headers=JSON))

    assert (answer.status, answer["allow"]) == (405, allow)


@pytest.mark.parametrize(
    ("address", "way_on"),
    [(COMMENTS, [f"/t/{STORY_ID}/"]), ("/t/nowhere/comments", [])],
)
def test_who_opens_the_address_of_the_form_is_led_to_its_story(
    app: App, address: str, way_on: list[str]
) -> None:
    answer = asyncio.run(ask(app, "GET", address))

    assert answer.status == 405
    links = [one.get("href", "") for one in parse(answer).iterfind(".//main//a")]
    assert [one for one in links if one.startswith("/t/")] == way_on


def test_the_form_for_a_reply_shows_no_name_that_was_left_out(room: Room, app: App) -> None:
    row = {
        "id": an_id(7),
        "name": "",
        "name_left_out": True,
        "text": "My uncle worked on that ferry.",
        "published": "2026-11-22",
        "language": "en",
        "gone": False,
    }
    room.publish(f"t/{STORY_ID}/thread.json", {"pages": 1, "comments": [row]})

    page = parse(asyncio.run(ask(app, "GET", f"/t/{STORY_ID}/reply?to={an_id(7)}")))

    assert words(page.find(".//blockquote")).startswith("[name left out]")
