"""What reads like advertising is marked with its signs; readers who talk of it are not."""

from dataclasses import replace

import pytest

from letterdesk.triage import spam as spam_module
from letterdesk.triage.advertising.model import read, weights, written
from letterdesk.triage.advertising.signs import LANGUAGES, Sign, signs
from letterdesk.triage.signal import Kind, Signal
from letterdesk.triage.spam import MARK, scores, spam, spams

ADVERTISING = [
    ("en", "Check out my new channel and subscribe, free gift cards: www.wonn-it.com"),
    ("en", "I earn $900 a week working from home, visit quickcash.top to sign up"),
    (
        "en",
        "Dr Almand cured my husband with herbal medicine, contact him on +1 555 0123 456",
    ),
    ("ko", "집에서 하루 2시간 일하고 일당 15만원! 카톡 문의 hb7788"),
    ("ko", "무직자 대출 당일입금, 빠른 상담 010-0000-1234"),
    ("ko", "토토 메이저사이트 첫충 30% 꽁머니 www.tt-1.net"),
    ("zh", "兼职刷单日赚300，加微信kk8890，名额有限"),
    ("zh", "代开发票，先办后付，QQ kk2233"),
    ("zh", "点击 www.hg77.vip 注册送彩金，真人百家乐"),
]
UNLIKE_THOSE_THAT_PEOPLE_LABELLED = [
    ("en", "Earn from home with two hours a day, no experience needed, message me"),
    ("en", "Our experts write your essay from scratch, free of plagiarism"),
    ("en", "Buy real followers for your page, cheap, within minutes, no password"),
    ("ko", "인스타 팔로워 늘려드려요 천 명에 2,900원"),
    ("ko", "토요일 콘서트 앞줄 2연석 양도합니다 쪽지 주세요"),
    ("ko", "이 차 마시고 3주 만에 당뇨 완치됐어요 의사들은 안 알려줍니다"),
    ("zh", "喝了这个草药茶三周糖尿病根治，扫码下单"),
    ("zh", "一个月瘦二十斤不反弹，亲测，想要链接的留言"),
    ("zh", "首充送三成，百家乐，提款秒到"),
]


@pytest.mark.parametrize(("language", "text"), UNLIKE_THOSE_THAT_PEOPLE_LABELLED)
def test_advertising_of_other_kinds_is_marked(language: str, text: str) -> None:
    assert spam(text, language=language).score >= MARK


NONE = [
    ("en", "Thank you for the report; the bridge was long overdue."),
    ("en", "The numbers are at https://www.council.example/budget, page 14."),
    ("en", "My brother lost his house to online casinos. When will this end?"),
    ("ko", "우리 삼촌도 불법 대출 때문에 집을 잃었습니다. 꼭 취재해 주세요."),
    ("ko", "기사 잘 읽었습니다. 다리가 빨리 열리면 좋겠네요."),
    ("zh", "我舅舅被网络赌博骗了八万块，希望记者继续追查。"),
    ("zh", "感谢记者的报道，希望大桥早日开通。"),
]


@pytest.mark.parametrize(("language", "text"), ADVERTISING)
def test_advertising_is_marked_with_its_signs(language: str, text: str) -> None:
    signal = spam(text, language=language)

    assert (signal.kind, signal.code) == (Kind.SPAM, "advertising")
    assert signal.score >= MARK
    assert signal.spans
    assert signal.facts["signs"]
    assert "digits" not in signal.facts["signs"]
    assert all(Sign[name.upper()].value in signal.reason for name in signal.facts["signs"])


@pytest.mark.parametrize(("language", "text"), NONE)
def test_who_talks_of_something_else_or_of_advertising_is_left_alone(
    language: str, text: str
) -> None:
    signal = spam(text, language=language)

    assert (signal.code, signal.spans, signal.facts) == ("no-advertising", (), {})
    assert signal.score < MARK


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "WINNER! Call 09061701461 now to claim your prize"),
        ("en", "Txt WIN to 80082 to claim your free prize now"),
        ("en", "Free loans for all, whatsapp 0912 309 8765 to apply"),
        ("ko", "무직자 대출 당일입금, 빠른 상담 010-0000-1234"),
        ("zh", "兼职刷单日赚300，名额有限，电话13800138000"),
    ],
)
def test_a_number_to_call_is_one(language: str, text: str) -> None:
    signal = spam(text, language=language)

    assert "number" in signal.facts["signs"]
    assert "a number to call" in signal.reason
    assert "digits" not in signal.facts["signs"]


READERS_WITH_A_NUMBER = [
    ("en", "Call me on 0171 5551234, I was on the bus."),
    ("en", "Order number 20261128001 never arrived."),
    ("en", "My son was in that factory. Please ring me, 07700 900123, after six."),
    ("en", "I was the nurse on duty. You can reach me at +44 20 7946 0018."),
    ("en", "Please call the town hall, 01632 960077, about the road."),
    ("en", "The helpline 0800 000 1122 was busy all night."),
    ("en", "Call the ombudsman on 0800 555 0101, they helped us for free."),
    ("ko", "제 사촌도 그 배에 타고 있었습니다. 전화 010-1234-5678로 연락 주세요."),
    ("ko", "문의는 사른홀트 구청 민원실로 해 주세요."),
    ("ko", "목격하신 분은 031-555-1234로 연락 부탁드립니다. 제 동생 사고입니다."),
    ("ko", "남편이 실종된 광부입니다. 소식 들으신 분 010-8888-1111 밤낮으로 받습니다."),
    ("ko", "010-1212-3434 이 번호로 협박 전화가 계속 옵니다."),
    ("zh", "我表哥也在桥上干活，工资没有拿到，电话13800138000。"),
    ("zh", "我表哥那天也在車上，電話是 0912-345-678。"),
    ("zh", "请打市长热线12345反映。"),
    ("zh", "我妹妹失踪了，见过她的人请打 13688889999。"),
    ("zh", "订单号20261128001一直没有发货。"),
    ("zh", "我被拖欠工资三个月了，电话13912345678"),
    ("zh", "老板跑路了，欠我们十二个人的工资，联系电话18612345678"),
    ("zh", "我妈妈走失了，今年七十岁，看到请打13712345678"),
    ("zh", "有知情人请拨打0755-12345678"),
    ("zh", "骗子用 17012345678 给我妈打电话，大家当心。"),
    ("zh", "心理援助热线4000001234，全天免费"),
    ("zh", "业主维权QQ群283746510，大家都进来"),
    ("zh", "我要实名举报镇长，电话13900004417"),
    ("en", "Call me on +44 7700 900123"),
    ("en", "Our helpline is 0800 555 0199"),
]


@pytest.mark.parametrize(("language", "text"), READERS_WITH_A_NUMBER)
def test_who_gives_a_number_and_sells_nothing_is_left_alone(
    language: str, text: str
) -> None:
    assert spam(text, language=language).score < MARK


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Call me on 0171 5551234 for cheap flights and hotels."),
        ("en", "Roof repairs, free quote, 01632 960077"),
        ("en", "My uncle made $5000 with this man, call him on +1 555 0100 234"),
        ("en", "Sell your car for cash, call 0171 555 9876 today"),
        ("ko", "출장 마사지 24시간 010-1234-5678"),
        ("ko", "급전 필요하신 분 010-6767-8989"),
        ("ko", "중고차 최고가 매입합니다 010-9876-5432"),
        ("zh", "专业疏通下水道，随叫随到，电话13900001111"),
        ("zh", "低息貸款，當日撥款，請電 0912-345-678"),
        ("zh", "高价回收手机黄金，联系 18612345678"),
        ("zh", "追讨欠款，成功后付费，15812345678"),
        ("zh", "急聘服务员，月薪六千包吃住，联系13612345678"),
    ],
)
def test_who_sells_something_by_a_number_is_marked(language: str, text: str) -> None:
    assert spam(text, language=language).score >= MARK


@pytest.mark.parametrize(
    "digits",
    [
        "ISBN 978 3 16 148410 0",
        "4111 1111 1111 1111",
        "12.03 1985 1986",
        "born 604-90-2103",
        "call me, in 1998 2004 2008",
        "call it 5550142 dollars",
        "49155 of us",
        "case 20210512",
        "1 000 000 000",
    ],
)
def test_other_digits_of_an_advertisement_are_no_number_to_call(digits: str) -> None:
    text = f"Subscribe to my channel ({digits}), free gift cards at www.wonn-it.com"

    signal = spam(text, language="en")

    assert signal.code == "advertising"
    assert "number" not in signal.facts["signs"]
    assert "call" not in signal.reason.replace("a call to everybody", "")
    assert ("digits" in signal.facts["signs"]) == ("a row of digits" in signal.reason)


def test_a_reason_can_be_argued_with() -> None:
    signal = spam("兼职刷单日赚300，加微信kk8890，名额有限", language="zh")

    assert signal.reason == (
        "It reads like advertising: it has a way to earn or borrow, a request to "
        "subscribe, follow or join, an account to write to and hurry."
    )


@pytest.mark.parametrize(
    ("text", "sign", "written"),
    [
        ("see HTTPS://x.test/a", Sign.LINK, "HTTPS://x.test/a"),
        ("buy at wonn-it . com", Sign.LINK, "wonn-it . com"),
        ("call 0906 170 1461", Sign.NUMBER, "0906 170 1461"),
        ("call +44 7700 900123", Sign.NUMBER, "+44 7700 900123"),
        ("it costs £900", Sign.PRICE, "£900"),
        ("Please SUBSCRIBE!", Sign.FOLLOW, "SUBSCRIBE"),
        ("ｓｕｂｓｃｒｉｂｅ", Sign.FOLLOW, "ｓｕｂｓｃｒｉｂｅ"),
        ("加*微*信 kk8", Sign.FOLLOW, "加*微*信"),
        ("지금 바로 확인", Sign.URGENT, "지금 바로"),
        ("see my first real video", Sign.OWN, "my first real video"),
        ("our first EM cover trailer", Sign.OWN, "our first EM cover"),
        ("hey everyone!", Sign.CROWD, "hey everyone"),
        ("大家好，我来推荐", Sign.CROWD, "大家好"),
        ("it would mean a lot to us", Sign.PLEA, "mean a lot"),
        ("한 번만 와 보세요", Sign.PLEA, "한 번만"),
        ("有事加我薇信：kk8890x", Sign.ACCOUNT, "薇信：kk8890x"),
        ("텔레그램 hb7788", Sign.ACCOUNT, "텔레그램 hb7788"),
        ("find it on insta: @mira.tovelli", Sign.ACCOUNT, "insta: @mira.tovelli"),
        ("shop.example.io/x9 is mine", Sign.LINK, "shop.example.io/x9"),
    ],
)
def test_a_sign_is_found_where_the_reader_wrote_it(
    text: str, sign: Sign, written: str
) -> None:
    found = [text[slice(*one.span)] for one in signs(text) if one.sign is sign]

    assert found == [written]


@pytest.mark.parametrize(
    "text",
    [
        "2008-2010 were good years",
        "857.482.940 views",
        "1000000000 views",
        "哈哈哈2333333",
        "2018-03-09 16:40",
        "I agree.In the end it was them.",
        "the instagram generation",
        "https://www.youtube.com/watch?v=KQ6&t=2m19s",
        "me@mail.example",
        "the subscriber's freedom",
        "my favourite song of the year",
        "my view. The video is old",
    ],
)
def test_what_only_looks_like_a_sign_is_none(text: str) -> None:
    assert {one.sign for one in signs(text)} <= {Sign.FREE}


def test_many_are_told_together_what_each_is_told_alone() -> None:
    texts = [text for _, text in ADVERTISING + NONE]

    together = spams(texts, language="zh")

    alone = [spam(text, language="zh") for text in texts]
    assert [(one.code, one.spans, one.facts) for one in together] == [
        (one.code, one.spans, one.facts) for one in alone
    ]
    assert [one.score for one in together] == pytest.approx(
        [one.score for one in alone], abs=1e-5
    )


@pytest.mark.parametrize("language", ["vi", "ug", "../../en", ""])
def test_a_language_that_we_never_learnt_is_not_judged(language: str) -> None:
    assert scores(["x"], language=language) is None
    assert spam("free gift cards", language=language) == Signal(
        kind=Kind.SPAM,
        score=0.0,
        code="advertising-unknown",
        facts={"language": language},
        reason=f"We have not learnt what advertising reads like in {language}.",
    )


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "!", "a" * 5000, "\ud800", "$1 " * 1500]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_gets_a_score(text: str, language: str) -> None:
    assert 0 <= spam(text, language=language).score <= 1


def test_the_same_weights_give_the_same_file() -> None:
    known = weights("ko")
    assert known is not None

    raw = written(known)

    again = read(raw)
    assert (again.settings, written(again)) == (known.settings, raw)
    assert (again.signs == known.signs).all()


def test_weights_of_signs_that_are_no_longer_looked_for_are_refused() -> None:
    known = weights("en")
    assert known is not None

    with pytest.raises(ValueError, match="other signs"):
        read(written(replace(known, signs=known.signs[:-1])))


def test_a_link_that_readers_point_to_weighs_less_than_a_page_of_the_writers_own() -> None:
    source, own = spams(
        [
            "https://news.example/2025/bridge.pdf",
            "https://www.twitch.tv/example77?ref=example77",
        ],
        language="en",
    )

    assert source.score < own.score / 4


def test_numbers_of_views_are_no_digits_of_an_advertiser() -> None:
    views, call = spams(["2,126,521,750 views!", "Call 0906 170 1461!"], language="en")

    assert views.score < call.score / 4


def test_a_text_of_many_numbers_is_looked_over_for_phones_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    details = spam_module.details
    monkeypatch.setattr(
        spam_module, "details", lambda text: asked.append(text) or details(text)
    )
    text = "무직자 대출 당일입금 " + "010-1234-5678 " * 40

    found = spam(text, language="ko")

    assert "number" in found.facts["signs"]
    assert asked == [text]
