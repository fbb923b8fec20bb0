"""Receipts: the holder of the code learns everything, everybody else nothing."""

import asyncio
from pathlib import Path

import pytest

from letterdesk import sealing
from letterdesk.domain import outcome as outcomes
from letterdesk.domain import receipt
from letterdesk.domain.edit import Cut
from letterdesk.domain.outcome import RECEIVED, Outcome
from letterdesk.domain.statement import Measure, Part
from letterdesk.letterbox.app import App
from letterdesk.reader.names import left_out
from letterdesk.tags import LANGUAGES
from tests.letterbox.doubles import JSON, Answered, ask, post
from tests.letterbox.pages import parse, told_of, typed, values, words
from tests.letterbox.places import DownPlace, FailingPlace
from tests.letterbox.rooms import Room, make_room
from tests.values import STORY_ID, TODAY, a_statement, an_id, an_outcome

CODE = receipt.show_code(0x0123_4567_89AB_CDEF_0123_4567_89AB_CDE0)
NUMBER = receipt.read_code(CODE)
KEYS = receipt.derive(NUMBER)
UNKNOWN = receipt.show_code(1)
_REASONS = {
    "id": "first",
    "measure": "not-published",
    "ground": "terms",
    "rules": ["3"],
    "terms": "2026-11",
    "facts": "A moderator read it.",
    "explanation": "It named somebody.",
    "source": "own",
    "category": "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "language": "en",
    "written": "2026-11-20",
    "applied": "2026-11-23",
}
LONG = "".join(chr(0xAC00 + number * number % 11_000) for number in range(5_000))


def decide(room: Room, outcome: Outcome) -> dict[str, bytes]:
    files = sealing.seal_outcome(outcome, lookup=KEYS.lookup, key=KEYS.outcome_key)
    for path, raw in files.items():
        room.public.put(path, raw)
    return files


def show(app: App, code: str = CODE, **headers: str) -> Answered:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(post(app, "/receipt", {"code": code}, headers=named))


def data(app: App, code: str = CODE) -> Answered:
    return show(app, code, **JSON)


def test_the_page_asks_for_the_code(app: App) -> None:
    answer = asyncio.run(ask(app, "GET", f"/receipt?code={CODE}"))

    page = parse(answer)
    assert (answer.status, answer["cache-control"]) == (200, "no-store")
    assert values(page) == {"code": ""}
    assert page.find(".//form[@action='/receipt?language=en'][@method='post']") is not None
    assert CODE not in answer.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ug", "ug"),
        ("zh-TW, zh;q=0.9", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("pt-BR, my;q=0.7, en;q=0.2", "my"),
        ("pt-BR", "ko"),  # the site's first language
        ("", "ko"),
    ],
)
def test_a_page_of_no_story_speaks_any_language_of_ours(
    tmp_path: Path, accepted: str, language: str
) -> None:
    toml = '[site]\nlanguages = ["ko", "en"]\n[letterbox]\nreserve_megabytes = 1\n'
    app = make_room(tmp_path, toml=toml).app()
    headers = {"accept-language": accepted} if accepted else {}

    for path, status in (("/receipt", 200), ("/nowhere", 404)):
        answer = asyncio.run(ask(app, "GET", path, headers=headers))

        assert (answer.status, parse(answer).get("lang")) == (status, language)
        assert answer["cache-control"] == "no-store"
        assert f'href="/receipt?language={language}"' in answer.text


def test_the_language_asked_for_is_kept_to_the_last_page(app: App) -> None:
    other = {"accept-language": "ko"}
    first = asyncio.run(ask(app, "GET", "/receipt?language=ug", headers=other))
    pages = [first]
    for path, form in (
        ("/receipt", {"code": UNKNOWN}),
        ("/receipt", {"code": "wrong"}),
        ("/receipt/withdraw", {"code": UNKNOWN}),
        ("/receipt/appeal", {"code": UNKNOWN, "text": "Why?"}),
    ):
        pages.append(asyncio.run(post(app, f"{path}?language=ug", form, headers=other)))

    assert [page.status for page in pages] == [200, 200, 422, 202, 202]
    assert [parse(page).get("lang") for page in pages] == ["ug"] * 5
    actions = [form.get("action") for page in pages for form in parse(page).iter("form")]
    assert actions
    assert all(str(action).endswith("?language=ug") for action in actions)


def test_the_storys_language_goes_before_the_one_asked_for(room: Room, app: App) -> None:
    decide(room, an_outcome(language="ko"))

    answer = asyncio.run(post(app, "/receipt?language=ug", {"code": CODE}))

    assert parse(answer).get("lang") == "ko"


@pytest.mark.parametrize("asked", ["xx", "", "%22%3E%3Cscript%3E", "a-" * 4_000])
def test_a_language_that_we_do_not_have_is_none(app: App, asked: str) -> None:
    headers = {"accept-language": "vi"}

    answer = asyncio.run(ask(app, "GET", f"/receipt?language={asked}", headers=headers))

    assert (answer.status, parse(answer).get("lang")) == (200, "vi")
    assert "<script" not in answer.text


def test_the_form_is_there_in_every_language(app: App) -> None:
    page = parse(asyncio.run(ask(app, "GET", "/receipt?language=ug")))

    links = {link.get("hreflang"): link for link in page.iter("a") if link.get("hreflang")}

    assert tuple(links) == LANGUAGES
    assert {tag: link.get("href") for tag, link in links.items()} == {
        tag: f"/receipt?language={tag}" for tag in LANGUAGES
    }
    assert [tag for tag, link in links.items() if link.get("aria-current")] == ["ug"]


def test_a_program_gets_every_fact(room: Room, app: App) -> None:
    decide(
        room,
        an_outcome(
            status="edited",
            language="ko",
            written_in="en",
            text="My [relative] worked on that ferry.",
            original="My uncle Ali worked on that ferry.",
            cuts=(Cut(start=3, end=12, note="relative"), Cut(start=20, end=22)),
            rules=("5", "3"),
            statement="You named somebody.",
            kind="notice",
            appeal="upheld",
            reasons=a_statement(refers_to="before", appeal_until=""),
            earlier=a_statement(id="before"),
        ),
    )

    answer = data(app)

    assert (answer.status, answer["content-type"]) == (200, "application/json")
    assert answer.json == {
        "status": "edited",
        "language": "ko",
        "text": "My [relative] worked on that ferry.",
        "written_in": "en",
        "rules": ["5", "3"],
        "statement": "You named somebody.",
        "cuts": [
            {"start": 3, "end": 12, "note": "relative"},
            {"start": 20, "end": 22, "note": ""},
        ],
        "original": "My uncle Ali worked on that ferry.",
        "name_left_out": False,
        "terms": "2026-11",
        "decided": "2026-11-23",
        "kind": "notice",
        "appeal": "upheld",
        "reasons": {**_REASONS, "refers_to": "before"},
        "earlier": {**_REASONS, "id": "before", "appeal_until": "2027-05-25"},
    }


@pytest.mark.parametrize(
    "status", ["published", "edited", "rejected", "withdrawn", "retracted"]
)
def test_a_reader_gets_a_page_that_says_so(room: Room, app: App, status: str) -> None:
    decide(
        room,
        an_outcome(
            status=status,
            text="<b>My</b> uncle worked there."
            if status in {"published", "edited"}
            else "",
            original="<b>My</b> uncle Ali worked there." if status == "edited" else "",
            cuts=(Cut(start=15, end=19),) if status == "edited" else (),
            rules=("3",) if status != "published" else (),
            statement="Because of <this>.",
            language="ko",
        ),
    )

    answer = show(app)

    page = parse(answer)
    text = words(page.find(".//main"))
    assert (answer.status, page.get("lang")) == (200, "ko")
    assert ("<b>My</b> uncle" in text) == (status in {"published", "edited"})
    assert ("Ali" in text) == (status == "edited")
    assert "Because of <this>." in text
    assert values(page).get("code", CODE) == CODE


@pytest.mark.parametrize(
    ("story", "letter", "told"),
    [
        ("en", "en", {"letter": [None, None], "reasons": [None, None, None]}),
        ("en", "ko", {"letter": ["ko", "ko"], "reasons": [None, None, None]}),
        ("ar", "en", {"letter": [None, None], "reasons": ["ar", "ar", "ar"]}),
        ("ar", "", {"letter": ["ar", "ar"], "reasons": ["ar", "ar", "ar"]}),
    ],
)
def test_what_is_quoted_tells_its_language_where_it_is_not_the_pages(
    room: Room, app: App, story: str, letter: str, told: dict[str, list[str | None]]
) -> None:
    decide(
        room,
        an_outcome(
            status="edited",
            text="My uncle.",
            original="My uncle Ali.",
            cuts=(Cut(start=8, end=12),),
            statement="Because.",
            reasons=a_statement(refers_to="before", appeal_until=""),
            earlier=a_statement(id="before"),
            language=story,
            written_in=letter,
        ),
    )

    page = parse(show(app, accept_language="en"))

    quoted = [*page.iterfind(".//div[@dir='auto']"), *page.iterfind(".//dd[@dir='auto']")]
    letters = [one for one in quoted if one.get("class") == "letter"]
    assert page.get("lang") == "en"
    assert {
        "letter": [one.get("lang") for one in letters],
        "reasons": [one.get("lang") for one in quoted if one not in letters],
    } == told


@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "data"])
def test_the_length_of_an_answer_does_not_tell_what_became_of_a_letter(
    room: Room, app: App, headers: dict[str, str]
) -> None:
    found = [show(app, UNKNOWN, **headers), show(app, **headers)]
    for status in ("published", "edited", "rejected", "withdrawn", "retracted"):
        for text in ("Short.", "The ferry is late again. " * 60):
            decide(room, an_outcome(status=status, text=text))
            found.append(show(app, **headers))

    assert {len(one.body) for one in found} == {16_384}
    assert {one["content-length"] for one in found} == {"16384"}


def test_an_outcome_that_is_longer_has_the_next_length(room: Room, app: App) -> None:
    decide(room, an_outcome(status="published", text=LONG))

    answer = data(app)

    assert len(answer.body) == 16_384
    assert len(show(app).body) == 32_768


def test_a_long_outcome_comes_in_parts(room: Room, app: App) -> None:
    files = decide(room, an_outcome(text=LONG))

    assert len(files) == 3
    assert data(app).json["text"] == LONG


def test_author_is_led_to_her_comment_on_the_page_where_it_stands(
    room: Room, app: App
) -> None:
    decide(room, an_outcome())
    room.publish_thread(an_id(2), pages=2)
    before = show(app).text
    room.publish_thread(an_id(1), page=2, pages=2)

    after = show(app).text

    assert (f'href="/t/{STORY_ID}/"' in before, "#c-" in before) == (True, False)
    assert f'href="/t/{STORY_ID}/2/#c-{an_id(1)}"' in after


def test_a_rule_that_the_terms_no_longer_have_is_left_out(room: Room, app: App) -> None:
    decide(room, an_outcome(status="rejected", text="", rules=("3", "99"), statement="x"))

    assert data(app).json["rules"] == ["3", "99"]
    assert "99" not in words(parse(show(app)).find(".//main"))


def test_an_outcome_that_belongs_to_no_story_leads_nowhere(room: Room, app: App) -> None:
    decide(room, an_outcome(story="", comment=""))

    assert f"/t/{STORY_ID}" not in show(app).text
    decide(room, an_outcome(comment=""))
    assert f'"/t/{STORY_ID}/"' in show(app).text


def undecided(room: Room) -> None:
    """The press has published nothing yet for this code."""


def said_nothing(room: Room) -> None:
    decide(room, RECEIVED)


def half_written(room: Room) -> None:
    """A part is missing: the press is just writing it."""
    files = decide(room, an_outcome(text=LONG))
    room.public.remove(list(files)[-1])


@pytest.mark.parametrize("state", [undecided, said_nothing, half_written])
def test_unknown_and_undecided_are_the_same_bytes(
    room: Room, app: App, state: object
) -> None:
    state(room)

    for headers in ({}, JSON):
        known, unknown = (show(app, code, **headers) for code in (CODE, UNKNOWN))
        assert known.status == 200
        assert known.headers == unknown.headers
        assert known.text.replace(CODE, UNKNOWN) == unknown.text
    assert data(app).json == {
        "status": "received",
        "language": "",
        "text": "",
        "written_in": "",
        "rules": [],
        "statement": "",
        "cuts": [],
        "original": "",
        "name_left_out": False,
        "terms": "",
        "decided": "",
        "kind": "",
        "appeal": "",
        "reasons": None,
        "earlier": None,
    }


@pytest.mark.parametrize(
    "typed_code",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE} \r\n",
        CODE.replace("0", "O"),
        CODE.lower().replace("0", "o").replace("1", "l"),
        CODE.replace("1", "i"),
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
        CODE.replace("-", "\u2014"),
        CODE.replace("-", "\u200b-\u00a0"),
        f"\u202a{CODE}\u202c",
        f"“{CODE}”",
        CODE.translate(str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ")),  # Cyrillic
        CODE.translate(str.maketrans("ABEHKMNTX", "ΑΒΕΗΚΜΝΤΧ")).lower(),  # Greek
        CODE.translate({ord("0") + n: 0x0660 + n for n in range(10)}),  # Arabic digits
        CODE.translate({ord("0") + n: 0x1040 + n for n in range(10)}),  # Burmese digits
        "\n".join(CODE.split("-")),
    ],
)
def test_a_code_is_read_as_people_type_it(room: Room, app: App, typed_code: str) -> None:
    decide(room, an_outcome())

    assert typed_code != CODE
    assert data(app, typed_code).json["status"] == "published"


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("received", "Your letter will not be published."),
        ("published", "It disappears as soon as this reaches us"),
        ("rejected", "Its text will be erased."),
    ],
)
def test_who_would_take_her_letter_back_is_asked_once_and_nothing_is_sent_yet(
    room: Room, app: App, status: str, says: str
) -> None:
    if status != "received":
        decide(room, an_outcome(status=status, text="Words.", language="en"))
    offered = parse(show(app, accept_language="en"))
    button = offered.find(".//section[@aria-labelledby='withdraw-title']/form")

    answer = asyncio.run(post(app, "/receipt?language=en", values(button)))

    page = parse(answer)
    assert button.get("action") == "/receipt?language=en"
    assert values(button) == {"code": CODE, "withdraw": "1"}
    assert (answer.status, answer["cache-control"]) == (200, "no-store")
    assert words(page.find(".//h1")) == "Take your letter back?"
    assert says in words(page.find(".//main"))
    assert "Words." not in answer.text
    assert [
        (form.get("method"), form.get("action"), values(form), words(form))
        for form in page.iter("form")
    ] == [
        ("post", "/receipt/withdraw?language=en", {"code": CODE}, "Take my letter back"),
        ("post", "/receipt?language=en", {"code": CODE}, "No, keep it"),
    ]
    assert len(answer.body) == len(show(app).body)
    assert room.letters() == []


@pytest.mark.parametrize(
    "outcome",
    [
        {"status": "withdrawn"},
        {"status": "retracted", "kind": "notice"},
        {"status": "withdrawn", "kind": "tip"},
    ],
)
def test_nobody_is_asked_about_what_cannot_be_taken_back(
    room: Room, app: App, outcome: dict[str, str]
) -> None:
    decide(room, an_outcome(text="", **outcome))

    asked = asyncio.run(post(app, "/receipt", {"code": CODE, "withdraw": "1"}))

    assert asked.body == show(app).body


def test_a_program_that_asks_for_the_outcome_is_asked_nothing(room: Room, app: App) -> None:
    decide(room, an_outcome())

    fields = {"code": CODE, "withdraw": "1"}
    told = asyncio.run(post(app, "/receipt", fields, headers=JSON))

    assert told.body == data(app).body


@pytest.mark.parametrize("fields", [{}, {"code": ""}, {"code": " \t"}])
@pytest.mark.parametrize("path", ["/receipt", "/receipt/withdraw"])
def test_who_entered_no_code_is_not_told_of_a_typing_error(
    room: Room, app: App, path: str, fields: dict[str, str]
) -> None:
    page = asyncio.run(post(app, f"{path}?language=en", fields))
    told = asyncio.run(post(app, path, fields, headers=JSON))

    assert (page.status, told.status, told.json["code"]) == (422, 422, "code-missing")
    assert words(parse(page).find(".//*[@role='alert']")) == (
        "There is no code yet. Please enter the one on your receipt."
    )
    assert room.letters() == []


@pytest.mark.parametrize(
    "typed_code", ["-", "x", CODE[:-1], CODE + "0", CODE[::-1], "8" * 27]
)
@pytest.mark.parametrize("path", ["/receipt", "/receipt/withdraw"])
def test_a_mistyped_code_is_told_and_handed_back(
    room: Room, app: App, path: str, typed_code: str
) -> None:
    page = asyncio.run(post(app, path, {"code": typed_code}))
    told = asyncio.run(post(app, path, {"code": typed_code}, headers=JSON))

    assert (page.status, told.status, told.json["code"]) == (422, 422, "code-wrong")
    assert values(parse(page))["code"] == typed_code
    assert words(parse(page).find(".//*[@role='alert']"))
    field = parse(page).find(".//input[@name='code']")
    assert field is not None
    assert "autofocus" in field.attrib  # of a page that is loaded nobody reads out an alert
    assert room.letters() == []


def test_no_single_mistake_opens_anothers_letter(room: Room, app: App) -> None:
    decide(room, an_outcome())
    symbols = CODE.replace("-", "")

    for place in range(len(symbols)):
        wrong = "A" if symbols[place] != "A" else "B"
        answer = data(app, symbols[:place] + wrong + symbols[place + 1 :])
        assert answer.status == 422


def test_a_damaged_outcome_is_no_answer(room: Room, app: App) -> None:
    [path] = decide(room, an_outcome())
    room.public.put(path, bytes(4096))

    answer = data(app)

    assert (answer.status, answer.json["code"]) == (503, "unavailable")


def test_a_public_place_that_is_down_is_no_answer(room: Room) -> None:
    assert data(room.app(public=DownPlace())).status == 503


def test_an_outcome_is_not_handed_out_as_a_file(room: Room, app: App) -> None:
    [path] = decide(room, an_outcome())

    assert asyncio.run(ask(app, "GET", f"/{path}")).status == 404


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_withdrawal_is_sealed_with_the_right_to_it(
    room: Room, app: App, headers: dict[str, str]
) -> None:
    form = {"code": CODE.lower()}

    answer = asyncio.run(post(app, "/receipt/withdraw", form, headers=headers))

    letter = room.letter()
    assert answer.status == 202
    assert (letter.kind, letter.lookup, letter.action_key, letter.arrived) == (
        "withdrawal",
        KEYS.lookup,
        KEYS.action_key,
        TODAY,
    )
    assert (letter.text, letter.outcome_key, letter.action_digest) == ("", b"", b"")
    if headers:
        assert answer.json == {"taken": "withdrawal"}
    else:
        assert CODE not in answer.text


@pytest.mark.parametrize("headers", [{}, JSON])
def test_an_appeal_is_sealed_with_its_reason(
    room: Room, app: App, headers: dict[str, str]
) -> None:
    form = {"code": CODE, "text": "It was my own name."}

    answer = asyncio.run(post(app, "/receipt/appeal", form, headers=headers))

    letter = room.letter()
    assert answer.status == 202
    assert (letter.kind, letter.lookup, letter.action_key, letter.text) == (
        "appeal",
        KEYS.lookup,
        KEYS.action_key,
        "It was my own name.",
    )
    if headers:
        assert answer.json == {"taken": "appeal"}


@pytest.mark.parametrize("path", ["/receipt/withdraw", "/receipt/appeal"])
def test_what_a_receipt_sends_twice_is_one_letter(room: Room, app: App, path: str) -> None:
    form = {"code": CODE, "text": "It was my own name."}

    statuses = [asyncio.run(post(app, path, form)).status for _ in range(2)]

    assert statuses == [202, 202]
    assert (len(room.letters()), len({one.id for one in room.letters()})) == (2, 1)


def test_the_published_text_disguises_nothing_in_data(room: Room, app: App) -> None:
    sent = "left \u202eright\u202c \u200b!"
    decide(room, an_outcome(status="published", text=sent, original=sent))

    told = asyncio.run(post(app, "/receipt", {"code": CODE}, headers=JSON)).json

    assert (told["text"], told["original"]) == ("left right !", sent)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"code": "wrong", "text": "My reasons."}, 422),
        ({"code": CODE, "text": ""}, 422),
        ({"code": CODE, "text": "x" * 5_001}, 413),
    ],
)
def test_an_appeal_that_is_refused_is_handed_back(
    room: Room, app: App, form: dict[str, str], status: int
) -> None:
    answer = asyncio.run(post(app, "/receipt/appeal?language=ko", form))

    page = parse(answer)
    assert (answer.status, typed(page)) == (status, form["text"])
    assert words(page.find(".//h1")) == "편지를 보내지 못했습니다"
    assert words(page.find(".//*[@role='alert']"))
    assert room.letters() == []


def test_an_appeal_without_words_comes_back_as_a_form_with_its_code(
    room: Room, app: App
) -> None:
    decide(room, an_outcome(status="rejected", text=""))
    first = parse(asyncio.run(post(app, "/receipt", {"code": CODE})))

    again = parse(asyncio.run(post(app, "/receipt/appeal", {"code": CODE, "text": ""})))

    asked, given = (
        page.find(".//form[@action='/receipt/appeal?language=en']")
        for page in (first, again)
    )
    assert asked is not None
    assert given is not None
    assert [one.get("novalidate") for one in (asked, given)] == ["", ""]
    assert (values(again)["code"], told_of(again)) == (CODE, ["text"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"appeal": "open"}, "appeal-known"),
        ({"appeal": "upheld"}, "appeal-answered"),
        ({"appeal": "reversed", "status": "published"}, "appeal-answered"),
        ({"reasons": a_statement(appeal_until="2026-11-22")}, "appeal-late"),
        ({"status": "withdrawn"}, "appeal-needless"),
        ({"status": "withdrawn", "kind": "tip"}, "appeal-needless"),
        ({"status": "published"}, "appeal-needless"),
        ({"status": "retracted", "kind": "notice"}, "appeal-needless"),
    ],
)
def test_an_appeal_at_which_nobody_would_look_is_told_so_and_handed_back(
    room: Room, app: App, changes: dict[str, object], code: str
) -> None:
    room.publish("report/figures.json", {"2026-10": {}, "2026-11": {"published": 1}})
    decide(room, an_outcome(**{"status": "rejected", "text": "", **changes}))
    form = {"code": CODE, "text": "It was my own name."}

    page = asyncio.run(post(app, "/receipt/appeal", form))
    told = asyncio.run(post(app, "/receipt/appeal", form, headers=JSON))

    assert (page.status, told.status, told.json["code"]) == (409, 409, code)
    assert typed(parse(page)) == "It was my own name."
    assert parse(page).find(".//form") is None
    assert room.letters() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": "published", "kind": "notice"}, "report-decided"),
        ({"status": "retracted", "kind": "notice"}, "report-decided"),
        ({"status": "withdrawn", "kind": "notice"}, ""),
        ({"status": "withdrawn", "kind": "tip"}, ""),
        ({"status": "rejected"}, ""),
        ({"status": "withdrawn"}, ""),
    ],
)
def test_a_report_that_was_decided_on_is_not_said_to_be_taken_back(
    room: Room, app: App, changes: dict[str, object], code: str
) -> None:
    decide(room, an_outcome(**{"text": "", **changes}))

    page = asyncio.run(post(app, "/receipt/withdraw", {"code": CODE}))
    told = asyncio.run(post(app, "/receipt/withdraw", {"code": CODE}, headers=JSON))

    status = 409 if code else 202
    assert (page.status, told.status, told.json.get("code", "")) == (status, status, code)
    assert len(room.letters()) == (0 if code else 2)


LOOKED_AT = "Another person than the one who made the decision will look at it again"
NONE_YET = "Nothing has been decided for this code"


@pytest.mark.parametrize(("status", "told"), [("rejected", LOOKED_AT), ("", NONE_YET)])
def test_an_appeal_without_a_decision_is_promised_nobody(
    room: Room, app: App, status: str, told: str
) -> None:
    if status:
        decide(room, an_outcome(status=status, text=""))

    answer = asyncio.run(post(app, "/receipt/appeal", {"code": CODE, "text": "Why?"}))

    said = words(parse(answer))
    assert answer.status == 202
    assert [one for one in (LOOKED_AT, NONE_YET) if one in said] == [told]
    assert len(room.letters()) == 1


def test_whoever_appeals_is_told_what_an_earlier_appeal_is_worth(
    room: Room, app: App
) -> None:
    decide(room, an_outcome(status="rejected", text=""))
    forms = [{"code": CODE, "text": text} for text in ("Why?", "And who?")]

    pages = [asyncio.run(post(app, "/receipt/appeal", form)) for form in forms]
    told = [asyncio.run(post(app, "/receipt/appeal", form, headers=JSON)) for form in forms]

    assert "If you have sent one before, both are read together" in words(parse(pages[0]))
    assert pages[0].body == pages[1].body  # nobody learns from it whether there is one
    assert [(one.status, one.json) for one in told] == [(202, {"taken": "appeal"})] * 2


def test_what_was_decided_shows_in_the_length_of_no_thanks(room: Room, app: App) -> None:
    form = {"code": CODE, "text": "Why?"}
    early = asyncio.run(post(app, "/receipt/appeal", form))
    decide(room, an_outcome(status="rejected", text=""))

    late = asyncio.run(post(app, "/receipt/appeal", form))

    assert len(early.body) == len(late.body)


@pytest.mark.parametrize(
    "figures",
    [b'{"2026-09": {}, "2026-10": {"published": 1}}', b"{}", b"[]", b"no figures", None],
)
def test_a_clock_that_is_ahead_of_the_desk_alone_refuses_no_appeal_as_late(
    room: Room, app: App, figures: bytes | None
) -> None:
    if figures is not None:
        room.public.put("report/figures.json", figures)
    last = a_statement(appeal_until="2026-11-22")  # a day before the letterbox's own
    decide(room, an_outcome(status="rejected", text="", reasons=last))

    form = {"code": CODE, "text": "It was my own name."}
    answer = asyncio.run(post(app, "/receipt/appeal", form))

    assert answer.status == 202
    assert room.letter().text == "It was my own name."


def test_an_appeal_on_the_last_day_is_taken(room: Room, app: App) -> None:
    last = a_statement(appeal_until="2026-11-23")
    decide(room, an_outcome(status="rejected", text="", reasons=last))

    form = {"code": CODE, "text": "It was my own name."}
    answer = asyncio.run(post(app, "/receipt/appeal", form))

    assert answer.status == 202
    assert room.letter().kind == "appeal"


@pytest.mark.parametrize("status", ["edited", "rejected", "retracted"])
def test_what_stands_against_a_letter_can_be_appealed(
    room: Room, app: App, status: str
) -> None:
    decide(room, an_outcome(status=status))
    form = {"code": CODE, "text": "It was my own name."}

    page = parse(show(app))
    answer = asyncio.run(post(app, "/receipt/appeal", form))

    assert page.find(".//form[@action='/receipt/appeal?language=en']") is not None
    assert answer.status == 202


@pytest.mark.parametrize("path", ["/receipt/withdraw", "/receipt/appeal"])
def test_what_cannot_be_stored_is_not_said_to_be_taken(room: Room, path: str) -> None:
    app = room.app(spool=FailingPlace(fails=2))

    answer = asyncio.run(post(app, path, {"code": CODE, "text": "Words."}))

    assert (answer.status, answer["retry-after"]) == (503, "30")
    assert "Words." in answer.text or path.endswith("withdraw")


@pytest.mark.parametrize("path", ["/receipt", "/receipt/withdraw", "/receipt/appeal"])
def test_a_code_comes_in_a_form_or_not_at_all(app: App, path: str) -> None:
    told = {"content-type": "application/json", "content-length": "2", **JSON}

    answer = asyncio.run(ask(app, "POST", path, headers=told, chunks=[b"{}"]))

    assert (answer.status, answer.json["code"]) == (415, "not-a-form")
    assert outcomes.path(KEYS.lookup) not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_published_without_her_name_is_told_so_and_may_appeal(
    room: Room, app: App, language: str
) -> None:
    decide(
        room,
        an_outcome(
            status="edited",
            language=language,
            name_left_out=True,
            rules=("6",),
            reasons=a_statement(measure=Measure.CUT, parts=(Part.NAME,)),
        ),
    )

    page = parse(show(app))
    main = page.find(".//main")

    assert left_out(language) in words(main)
    assert page.find(f".//form[@action='/receipt/appeal?language={language}']") is not None
    assert page.find(f".//main//a[@href='/rules/{language}/2026-11/#rule-6']") is not None
    if language == "en":
        assert words(page.find(".//h1")) == (
            "Your comment has been published without your name"
        )
        assert "In place of your name stands [name left out]" in words(main)
        assert "Your letter is published whole, without your name." in words(main)


def test_who_lost_words_and_name_is_told_of_both(room: Room, app: App) -> None:
    decide(
        room,
        an_outcome(
            status="edited",
            text="My worked there.",
            original="My uncle worked there.",
            cuts=(Cut(start=3, end=9),),
            name_left_out=True,
            reasons=a_statement(measure=Measure.CUT, parts=(Part.WORDS, Part.NAME)),
        ),
    )

    page = parse(show(app))

    assert words(page.find(".//h1")) == "Your comment has been published with cuts"
    assert "without your name and without the words that were cut" in words(
        page.find(".//main")
    )


def test_who_reported_a_name_is_told_that_it_was_left_out(room: Room, app: App) -> None:
    decide(room, an_outcome(status="edited", kind="notice", text="", name_left_out=True))

    assert words(parse(show(app)).find(".//h1")) == (
        "The name above the comment that you reported was left out"
    )
