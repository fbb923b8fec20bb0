"""What leads to a person is marked; numbers that lead nowhere are left alone."""

from pathlib import Path

import pytest

from letterdesk.triage.personal.checks import chinese_id, iban, korean_id, luhn
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.personal.patterns import Detail
from letterdesk.triage.personal_information import details, leads, personal_information
from letterdesk.triage.signal import Kind, Signal, Span
from letterdesk.triage.training.corpora import rows

DATA = Path(__file__).parents[3] / "shared/data"


@pytest.mark.parametrize(
    ("text", "detail", "written"),
    [
        ("call 212-555-0147 now", Detail.PHONE, "212-555-0147"),
        ("call +44 20 7946 0367", Detail.PHONE, "+44 20 7946 0367"),
        ("call +49 170/1239876", Detail.PHONE, "+49 170/1239876"),
        ("it says 0170/1239876, see", Detail.PHONE, "0170/1239876"),
        ("it says 0170 1239876 2024", Detail.PHONE, "0170 1239876"),
        ("he has 030-23125440, see", Detail.MAYBE_PHONE, "030-23125440"),
        ("ring 030-23125440, please", Detail.PHONE, "030-23125440"),
        ("his number is 9123 0987", Detail.MAYBE_PHONE, "9123 0987"),
        ("공일공에 칠팔칠칠에 팔구삼이", Detail.PHONE, "공일공에 칠팔칠칠에 팔구삼이"),
        ("공일공, 칠팔칠칠, 팔구삼이", Detail.PHONE, "공일공, 칠팔칠칠, 팔구삼이"),
        ("전화 010-7877-8932 로", Detail.PHONE, "010-7877-8932"),
        ("공일공 사팔이육 오구일칠", Detail.PHONE, "공일공 사팔이육 오구일칠"),
        ("０１０-３７１６-３１８２", Detail.PHONE, "０１０-３７１６-３１８２"),
        ("电话一八八三七四四八一一三", Detail.PHONE, "一八八三七四四八一一三"),
        ("me (at) mail.com", Detail.MAIL, "me (at) mail.com"),
        ("sky at gmail dot com", Detail.MAIL, "sky at gmail dot com"),
        ("news20골뱅이네이버.com", Detail.MAIL, "news20골뱅이네이버.com"),
        ("see https://x.test/a?b", Detail.LINK, "https://x.test/a?b"),
        ("at http://me:pw@x.test/a", Detail.LINK, "http://me:pw@x.test/a"),
        ("人在云桥宾馆3楼318室", Detail.ADDRESS, "人在云桥宾馆3楼318室"),
        ("住在南站后面的栈桥旅馆204房", Detail.ADDRESS, "南站后面的栈桥旅馆204房"),
        ("my insta is sarah_94", Detail.HANDLE, "insta is sarah_94"),
        ("카톡아이디 kk714", Detail.HANDLE, "카톡아이디 kk714"),
        ("加微信：kk59", Detail.HANDLE, "加微信：kk59"[1:]),
        ("ssn 604-90-2103", Detail.IDENTITY, "604-90-2103"),
        ("주민번호 850312-1234567", Detail.IDENTITY, "850312-1234567"),
        ("身份证11010519491231002X", Detail.IDENTITY, "11010519491231002X"),
        ("card 4111 1111 1111 1111", Detail.CARD, "4111 1111 1111 1111"),
        ("pay 4111.1111.1111.1111 now", Detail.CARD, "4111.1111.1111.1111"),
        ("打到6222 0210 0112 3456 789吧", Detail.CARD, "6222 0210 0112 3456 789"),
        ("打到622202100112345678吧", Detail.CARD, "622202100112345678"),
        ("he is at 2606:4700:4700::1111 now", Detail.COMPUTER, "2606:4700:4700::1111"),
        ("加 kk59@mail。com", Detail.MAIL, "kk59@mail。com"),
        ("농협 계좌 181659-99-943749", Detail.CARD, "농협 계좌 181659-99-943749"),
        ("GB82 WEST 1234 5698 7654 32", Detail.CARD, "GB82 WEST 1234 5698 7654 32"),
        ("차 번호 239버 3266", Detail.PLATE, "239버 3266"),
        ("京A12345的车", Detail.PLATE, "京A12345"),
        ("at 5286 King Road, yes", Detail.ADDRESS, "5286 King Road"),
        ("서울시 마포구 우동로 84 에", Detail.ADDRESS, "서울시 마포구 우동로 84"),
        ("매탄아파트 114동 901호", Detail.ADDRESS, "매탄아파트 114동 901호"),
        ("住北京市朝阳区建国路248号", Detail.ADDRESS, "住北京市朝阳区建国路248号"),
        ("생년월일: 1985.03.12", Detail.BIRTH, "생년월일: 1985.03.12"),
        ("제 생일은 1985년 3월 12일", Detail.BIRTH, "생일은 1985년 3월 12"),
        ("생일이 1985-03-12 이고", Detail.BIRTH, "생일이 1985-03-12"),
        ("생년월일 1985-03-12 이고", Detail.BIRTH, "생년월일 1985-03-12"),
        ("she was born on 12 March 1985 in", Detail.BIRTH, "born on 12 March 1985"),
        ("she was born March 12th, 1985 in", Detail.BIRTH, "born March 12th, 1985"),
        ("at 12A Acacia Road, yes", Detail.ADDRESS, "12A Acacia Road"),
        ("住台北市平安路五段7號3樓之2", Detail.ADDRESS, "住台北市平安路五段7號3樓之2"),
        (
            "住平安大街5号院3号楼2单元501室",
            Detail.ADDRESS,
            "住平安大街5号院3号楼2单元501室",
        ),
    ],
)
def test_a_detail_is_found_where_it_stands(text: str, detail: Detail, written: str) -> None:
    start = text.lower().index(written.lower())

    assert details(text) == [(detail, Span(start, start + len(written)))]


@pytest.mark.parametrize(
    "text",
    [
        "The budget was $46,202,000 in 2021, up from 43,100,250.",
        "On 05/15/2021 about 868 people came; case no. 20-737.",
        "ISBN 978-0-804-46",
        "32만5원이면 비싸네 코스피 2884.60",
        "2021고합614 사건, 조회수 20,476",
        "第6条第49款，2022年13月91日新增466例",
        "案号（2020）京01民终980号",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
        "",
    ],
)
def test_numbers_that_lead_nowhere_are_left_alone(text: str) -> None:
    assert personal_information(text) == Signal(
        kind=Kind.PERSONAL_INFORMATION,
        score=0.0,
        code="impersonal",
        reason="Nothing was found in it that would lead to a person.",
    )


@pytest.mark.parametrize(
    ("read_out", "detail"),
    [
        ("five five five, zero one four two", Detail.MAYBE_PHONE),
        ("oh one seven oh, one two three, nine eight seven", Detail.PHONE),
        ("Oh one seven, double five two, treble three nine", Detail.PHONE),
        ("zero 1 seven zero 123 nine eight seven", Detail.PHONE),
        (
            "four one one one, two three two three, four four five six, double seven 82",
            Detail.CARD,
        ),
    ],
)
def test_a_number_that_is_read_out_is_found(read_out: str, detail: Detail) -> None:
    text = f"It is {read_out}, I am told"

    assert details(text) == [(detail, Span(6, 6 + len(read_out)))]


def test_a_number_that_may_be_one_weighs_half_until_something_speaks_of_calling() -> None:
    alone = personal_information("030-23125440")
    called = personal_information("Ring 030-23125440")
    beside = personal_information("030-23125440, +49 170 1239876")

    assert (alone.score, alone.facts) == (0.5, {"details": ["maybe_phone"]})
    assert alone.reason == "It seems to give what may be a phone number."
    assert (called.score, called.facts) == (1.0, {"details": ["phone"]})
    assert (beside.facts, len(beside.spans)) == ({"details": ["phone"]}, 2)


def test_the_reason_names_the_kinds_and_repeats_no_value() -> None:
    found = personal_information("Call 212-555-0147, or write to me@mail.com!")

    assert found == Signal(
        kind=Kind.PERSONAL_INFORMATION,
        score=1.0,
        spans=(Span(5, 17), Span(31, 42)),
        code="personal",
        facts={"details": ["phone", "mail"]},
        reason="It seems to give a phone number and an e-mail address.",
    )


def test_a_link_weighs_less_than_what_leads_to_a_door() -> None:
    assert personal_information("www.example.org").score == 0.3


def test_an_account_weighs_less_than_a_door_and_answers_weigh_nothing() -> None:
    told = personal_information("It was @kim_reporter")
    answered = personal_information("@kim_reporter: it was not")

    assert (told.score, told.facts, told.spans) == (
        0.6,
        {"details": ["handle"]},
        (Span(7, 20),),
    )
    assert answered.code == "impersonal"


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        ("174.141.213.15", True),
        ("139.199.123.45:8080", True),
        ("192.168.178.101", False),
        ("139.199.123.450", False),
        ("139.199.123.45.6", False),
    ],
)
def test_a_computers_address_is_no_phone_number(written: str, is_found: bool) -> None:  # noqa: FBT001 -- a case
    found = personal_information(f"It came from {written}, I think")

    assert found.facts == ({"details": ["computer"]} if is_found else {})
    assert found.score == (0.5 if is_found else 0)


def test_a_card_number_that_begins_with_nought_is_no_phone_number() -> None:
    card = personal_information("It is 0012 3456 7890 1237")
    other = personal_information("It is 0012 3456 7890 1238")

    assert card.facts == {"details": ["card"]}
    assert other.code == "impersonal"


def test_digits_of_any_script_keep_their_places() -> None:
    assert plain_digits("٠١٢ ๓๔ ５６ ၇၈") == "012 34 56 78"
    assert plain_digits("이 사람 구십 명, 一个人") == "이 사람 구십 명, 一个人"


def test_check_digits_are_the_standards() -> None:
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")
    assert chinese_id("11010519491231002X")
    assert not chinese_id("110105194912310021")
    assert korean_id("8503121234567")
    assert not korean_id("8513121234567")
    assert iban("GB82WEST12345698765432")
    assert not iban("GB83WEST12345698765432")


STORY = "Ilsa Dorrech, 61, lost her boat. 김하늘 기자. 记者张伟明报道。"


@pytest.mark.parametrize(
    ("text", "kinds", "written"),
    [
        (
            "She works at the bakery on Mill Street",
            ["work"],
            "works at the bakery on Mill Street",
        ),
        ("망원동 빵집에서 일하는 사람", ["work"], "망원동 빵집에서 일하"),
        ("她在青羊人民医院上班", ["work"], "在青羊人民医院上班"),
        ("Hannah Pell's phone is 212-555-0147", ["name", "phone"], "Hannah Pell"),
    ],
)
def test_what_leads_to_a_person_has_its_place_among_the_facts(
    text: str, kinds: list[str], written: str
) -> None:
    found = personal_information(text)

    assert (found.code, found.score, found.facts["details"]) == ("personal", 1.0, kinds)
    kind, start, end = found.facts["places"][0]
    assert (kind, text[start:end]) == (kinds[0], written)


@pytest.mark.parametrize(
    ("text", "written", "kind"),
    [
        ("My passport number is C01X00T47", "C01X00T47", "identity"),
        ("passport c01x00t47, look", "c01x00t47", "identity"),
        ("여권번호 M123A5678", "M123A5678", "identity"),
        ("护照号码是E1A345678", "E1A345678", "identity"),
        ("His driving licence is TOLWI753116SM9IJ", "TOLWI753116SM9IJ", "identity"),
        ("My number plate is AB-123-CD", "AB-123-CD", "plate"),
        ("the plate was B-MW 1234", "B-MW 1234", "plate"),
        ("Plate: 12-AB-34", "12-AB-34", "plate"),
        ("number plate AB 123 CD", "AB 123 CD", "plate"),
    ],
)
def test_papers_with_letters_among_their_digits_are_marked(
    text: str, written: str, kind: str
) -> None:
    found = personal_information(text)

    assert found.facts["details"] == [kind]
    assert [text[one.start : one.end].endswith(written) for one in found.spans] == [True]


@pytest.mark.parametrize(
    "text",
    [
        *("the passport is COVID19", "no passport no 2024visa", "passport is valid90days"),
        *(
            "the vaccine passport was windows2011",
            "the passport of 007",
            "passport 10years",
        ),
        *(
            "a plate of 3-4 eggs",
            "Plates at 12-1 pm",
            "the plate is A-OK",
            "licensed 1234abc",
        ),
        *("the passports of UK, US and G20", "护照排名2024年第8", "여권 2024"),
    ],
)
def test_what_stands_behind_the_word_of_a_paper_is_not_always_its_number(text: str) -> None:
    assert not personal_information(text).score


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("My cousin Tarek Osman was on that bus.", "Tarek Osman"),
        ("my sister-in-law Ilsa Dorrech knows", "Ilsa Dorrech"),
        ("my fiancée Ilsa Dorrech knows", "Ilsa Dorrech"),
        ("我表弟王小明在那辆车上。", "王小明"),
        ("我岳父张伟明知道。", "张伟明"),
        ("우리 할머니 김수정 몰라요", "김수정"),
        ("제 처제 박미정 봤어요", "박미정"),
    ],
)
def test_a_name_behind_a_word_of_kin_is_marked(text: str, named: str) -> None:
    found = personal_information(text)

    assert [text[one.start : one.end] for one in found.spans] == [named]


@pytest.mark.parametrize(
    "text",
    [
        *("My cousin Sunday and Monday", "my aunt May be right", "a cousin of the Danube"),
        *("妈妈高兴地说", "弟弟马上到", "爸爸常去那里", "老婆金额不小"),
        *("엄마 이정도는 괜찮아", "아들 이상은 안돼", "동생 주소가 어디"),
    ],
)
def test_an_ordinary_word_behind_a_word_of_kin_is_no_name(text: str) -> None:
    assert not personal_information(text).score


@pytest.mark.parametrize(
    ("text", "code", "score", "reason"),
    [
        ("It was my neighbour Hannah Pell", "names", 0.4, "It names somebody."),
        ("옆집 박지영이 그랬다", "names", 0.4, "It names somebody."),
        (
            "Mrs. Dorrech is right",
            "names-of-story",
            0.1,
            "It names somebody whom the story names, too.",
        ),
        (
            "김하늘 기자님 감사합니다",
            "names-of-story",
            0.1,
            "It names somebody whom the story names, too.",
        ),
        (
            "他叫张伟明",
            "names-of-story",
            0.1,
            "It names somebody whom the story names, too.",
        ),
        ("Hannah Pell and Samuel Okafor", "names", 0.4, "It names 2 people."),
    ],
)
def test_names_alone_are_told_apart_by_whether_the_story_has_them(
    text: str, code: str, score: float, reason: str
) -> None:
    found = personal_information(text, story=STORY)

    assert (found.code, found.score, found.reason) == (code, score, reason)
    assert found.spans


def test_a_name_of_the_story_is_no_detail_beside_others() -> None:
    found = personal_information("Ilsa Dorrech, 212-555-0147", story=STORY)

    assert found.facts == {"details": ["phone"]}


@pytest.mark.parametrize(
    ("text", "is_marked"),
    [
        ("The hotline 030 555 0123 is busy", False),
        ("The hotline (030) 555-0123 is busy", False),
        ("Write to Schools@County.example, it takes two minutes", False),
        ("The hotline 030 555 0124 is busy", True),
        ("030 555 0123, and his own is 07700 900418", True),
    ],
)
def test_a_number_or_an_address_that_the_story_prints_is_no_danger(
    text: str, *, is_marked: bool
) -> None:
    story = "The council has a hotline, 030 555 0123. Write to schools@county.example."

    assert (personal_information(text, story=story).code == "personal") is is_marked
    assert personal_information(text).code == "personal"


@pytest.mark.parametrize(
    "number", ["+44 7700 900123", "+1 646 555 0119", "+86 138 0000 1234"]
)
def test_the_plus_of_a_country_is_marked_with_its_number(number: str) -> None:
    text = f"call {number}"

    assert personal_information(text).spans == (Span(5, len(text)),)


@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled data is not here")
@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_hidden_details_are_found_and_decoys_are_not(language: str) -> None:
    found = missed = alarms = 0
    for row in rows(DATA, f"pii_synth_{language}_dev"):
        spans = [row["text"][span.start : span.end] for _, span in details(row["text"])]
        if row["label"] == "-":
            alarms += bool(spans)
        elif any(row["label"].partition("=")[2][-4:] in span for span in spans):
            found += 1
        else:
            missed += 1

    assert (found / (found + missed) >= 0.95, alarms) == (True, 0)


@pytest.mark.parametrize(
    ("text", "detail", "written"),
    [
        ("write jo\u200bhan\u200bna@exam\u2060ple.org now", "mail", "johanna@example.org"),
        ("see exam\u00adple.com/x", "link", "example.com/x"),
        ("@ok\u200be_77 knows", "handle", "@oke_77"),
        (
            "call 2\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e3-555-0147 now",
            "phone",
            "212-555-0147",
        ),
        ("call 2\u03361\u03362\u0336 555 0\u0336147\u0336 now", "phone", "212 555 0147"),
        ("주민번호 8503\u206012-12345\u200b67", "identity", "850312-1234567"),
        (
            "she is a nurse at St Bran\u200bnock Clinic",
            "work",
            "nurse at St Brannock Clinic",
        ),
    ],
)
def test_what_nobody_sees_hides_nothing(text: str, detail: str, written: str) -> None:
    found = personal_information(text)

    assert detail in found.facts["details"]
    (span,) = found.spans
    assert [one for one in text[span.start : span.end] if one.isascii()] == [*written]
    assert text[span.end :][:1] in ("", " ")


def test_names_and_places_are_marked_around_what_nobody_sees() -> None:
    text = "Ha\u200bnnah Lund\u200bby is a nurse at St Bran\u200bnock Clinic"

    found = personal_information(text)

    assert [text[start:end] for _, start, end in found.facts["places"]] == [
        "Ha\u200bnnah Lund\u200bby",
        "nurse at St Bran\u200bnock Clinic",
    ]


def test_a_reader_s_name_is_looked_over_for_what_one_sees_in_it() -> None:
    found = leads("jo\u200bhanna@exam\u200bple.org")

    assert found.facts["details"] == ["mail"]
    assert found.spans == (Span(0, 21),)


def test_a_number_is_read_out_beside_a_letter_that_grows_in_small_letters() -> None:
    text = "\u0130pek: oh one seven, two five five, nine three one four"

    found = personal_information(text)

    assert found.facts["details"] == ["phone"]
    assert [text[start:end] for start, end in found.spans] == [text[6:]]


@pytest.mark.parametrize(
    "text",
    ["at 10:30:15", "2024::", "a::b", "2001:db8::1", "2024:10:30:15", "2 : 3 : 4 : 5"],
)
def test_colons_alone_make_no_computer_s_address(text: str) -> None:
    assert details(text) == []


def test_a_vietnamese_name_is_marked_whole() -> None:
    text = "my neighbour Nguyễn Văn Hùng lives there"

    found = personal_information(text)

    assert [text[start:end] for start, end in found.spans] == ["Nguyễn Văn Hùng"]


@pytest.mark.parametrize(
    "text", ["born 1985", "born in March 1985", "born free in 20 places"]
)
def test_a_year_of_birth_alone_is_no_date(text: str) -> None:
    assert details(text) == []


@pytest.mark.parametrize("name", ["José García", "Zoë Smith", "Renée Martin", "ZOË SMITH"])
def test_accents_hide_no_name(name: str) -> None:
    text = f"It was {name}."

    found = personal_information(text)

    assert [text[start:end] for start, end in found.spans] == [name]


def test_a_name_is_the_story_s_with_or_without_its_accents() -> None:
    found = personal_information("It was Jose Garcia.", story="José García spoke.")

    assert found.code == "names-of-story"
