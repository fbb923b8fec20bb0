"""Numbers that differ from the story's are set beside them, in three languages."""

from fractions import Fraction

import pytest

from letterdesk.demo.contents import DemoStory, contents
from letterdesk.domain.story import beside, plain
from letterdesk.triage.figure import figure
from letterdesk.triage.figures.numerals import east_asian, english, grouped, is_one_number
from letterdesk.triage.figures.quantities import quantities
from letterdesk.triage.signal import Kind, Signal, Span

ENGLISH = "In 2019 the ferry carried 93,300 people, 12% more, and cost $4.5 million."
KOREAN = "2019년 배는 9만 3300명을 태웠고 45억 원이 들었다. 12퍼센트 늘었다."
CHINESE = "2019年渡轮载客九万三千人，增加百分之十二，花费四千五百万元。"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("9만 3300", 93_300),
        ("9만3,300", 93_300),
        ("구만 삼천삼백", 93_300),
        ("九万三千三百", 93_300),
        ("9.3万", 93_000),
        ("3억 5천만", 350_000_000),
        ("이십삼만", 230_000),
        ("十五", 15),
        ("两千三百", 2_300),
        ("二〇一九", 2019),
        ("1조 2천억", 1_200_000_000_000),
        ("만", 10_000),
        ("一万五", 15_000),
        ("一万零五", 10_005),
        ("三百六", 360),
        ("两億三", 230_000_000),
        ("二百五十", 250),
        ("만오", 10_005),
        ("1.5", Fraction(3, 2)),
    ],
)
def test_korean_and_chinese_numbers_have_their_value(written: str, value: Fraction) -> None:
    assert east_asian(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("93,300", 93_300),
        ("thirty thousand", 30_000),
        ("twenty-three", 23),
        ("two hundred and five", 205),
        ("1.5 million", 1_500_000),
        ("three hundred thousand", 300_000),
        ("hundred", 100),
    ],
)
def test_english_numbers_have_their_value(written: str, value: int) -> None:
    assert english(written) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ENGLISH, [(2019, "year"), (93_300, "people"), (12, "%"), (4_500_000, "dollars")]),
        (KOREAN, [(2019, "year"), (93_300, "people"), (4_500_000_000, "won"), (12, "%")]),
        (CHINESE, [(2019, "year"), (93_000, "people"), (12, "%"), (45_000_000, "yuan")]),
        ("３０명, ៣០ 명", [(30, "people"), (30, "people")]),
        ("It took 10 years", [(10, "years")]),
        ("10년 걸렸다", [(10, "years")]),
        (
            "일곱 명이 서른한 번, 스무 가구",
            [(7, "people"), (31, "times"), (20, "households")],
        ),
        ("전교생이 84명", [(84, "people")]),
        ("만 이천 명, 그만 이천", [(12_000, "people")]),
        ("3.2m voters, 300 m high", [(3_200_000, "voter"), (300, "m")]),
        ("US$3m, GBP 20", [(3_000_000, "dollars"), (20, "pounds")]),
        ("13 of its 16 pumps", [(13, "pump"), (16, "pump")]),
        ("aged 68", [(68, "age")]),
        ("In 2019 workers went, 2019 workers", [(2019, "year"), (2019, "people")]),
        ("추천인 물새섬, 编号是六十号", []),
        ("欠薪417万克朗", [(4_170_000, "crowns")]),
        ("이 개같은 일이 사람을", []),
        ("一个人一天千万不要", []),
        ("I have 2 and 3", []),
        ("", []),
    ],
)
def test_quantities_are_found_with_what_they_count(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert [(each.value, each.unit) for each in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "story", "said", "reason"),
    [
        (
            "Only 30,000 people!",
            ENGLISH,
            "30,000",
            "93,300 people; this says 30,000 people",
        ),
        ("thirty percent more", ENGLISH, "thirty", "12%; this says 30%"),
        ("the ferry carried them in 2018", ENGLISH, "2018", "2019; this says 2018"),
        ("3만 명밖에", KOREAN, "3만 명", "93,300 people; this says 30,000 people"),
        ("才三万人", CHINESE, "三万人", "93,000 people; this says 30,000 people"),
        ("百分之五而已", CHINESE, "百分之五", "12%; this says 5%"),
    ],
)
def test_a_differing_number_is_set_beside_the_storys(
    text: str, story: str, said: str, reason: str
) -> None:
    start = text.index(said)
    found = figure(text, story=story)

    assert found.kind == Kind.FIGURE
    assert text[slice(*found.spans[0])].strip() in said
    assert found.spans[0].start == start
    assert found.reason == f"The story says {reason}."
    assert found.code == "figures-differ"


def test_both_figures_are_facts_and_the_storys_has_a_place() -> None:
    found = figure("3만 명밖에", story=KOREAN)

    (pair,) = found.facts["pairs"]
    start, end = pair.pop("at")
    assert pair == {"story": "93,300", "this": "30,000", "unit": "people"}
    assert KOREAN[start:end] == "9만 3300명"


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("93,300 people is a lot", ENGLISH),
        ("about 93,000 people", ENGLISH),
        ("nearly 90,000 people", ENGLISH),
        ("I waited 3 hours", ENGLISH),
        ("The ferry carried no people since 2018, and cost less", ENGLISH),
        ("I took the ferry that carried people in 2018", ENGLISH),
        ("in 2019, 12 percent", ENGLISH),
        ("약 9만 명", KOREAN),
        ("구만 삼천 명이나", KOREAN),
        ("九万多人", CHINESE),
        ("我等了三个小时", CHINESE),
        ("no numbers at all", ENGLISH),
        ("30,000 people", ""),
        ("I have read this fifteen times", f"{ENGLISH} I asked four times."),
        ("Three people counted", f"{ENGLISH} Three statisticians and two guards."),
        ("二百六十三个人没有工资", f"{CHINESE}一千二百个工地，二百六十三名工人。"),
        ("2019년이 아니라 다음에는 4천 명이 올 것", KOREAN),
    ],
)
def test_the_same_number_rounded_or_of_something_else_is_no_difference(
    text: str, story: str
) -> None:
    assert figure(text, story=story) == Signal(
        kind=Kind.FIGURE,
        score=0.0,
        code="figures-agree",
        reason="No number in it differs from the story's.",
    )


DATES = """The council will choose on 14 December. Opinions are taken until 6 December.
The council met on 3 May and on 5 May. The Heron, built in 1974, needs a new gearbox."""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The council will choose on 12 December. On 14 December I shall be there.", "14"),
        ("Opinions are taken until 16 December, they say.", "6"),
        ("The Heron, built in 1988, needs a gearbox", "1974"),
        ("The Heron was built in 1988, not in 1974", "1974"),
        ("On 12 December the council goes on holiday", None),
        ("Did the council that met on 4 May not choose?", None),  # of 3 and 5: which?
        ("I have taken the Heron 600 times since 1988, when it was built", None),
        ("We built a Heron in 1988, it needs no gearbox", None),
    ],
)
def test_a_date_is_held_against_the_one_of_the_same_thing(
    text: str, told: str | None
) -> None:
    pairs = figure(text, story=DATES).facts.get("pairs", [])

    assert [pair["story"] for pair in pairs] == ([told] if told else [])


@pytest.mark.parametrize(
    "text",
    [
        "전교생이 열일곱 명이라고 쓰셨는데요",
        "전교생 열일곱 명이 줄을 섰다고요",
        "전교생이 열일곱 명이라고 나왔던데",
    ],
)
def test_what_a_story_is_said_to_write_is_read_with_its_ending(text: str) -> None:
    story = "전교생 일곱 명이 줄을 섰고, 섬 주민 214명이 구경했다."

    (pair,) = figure(text, story=story).facts["pairs"]
    assert (pair["story"], pair["this"]) == ("7", "17")


def test_what_stands_beside_the_story_counts_too() -> None:
    said = "Only 30,000 people took the ferry"

    assert figure(said, story=ENGLISH).code == "figures-differ"
    assert figure(said, story=ENGLISH, beside="30,000 people, one ferry").spans == ()


def test_a_figure_of_the_headline_alone_has_no_place_in_the_storys_text() -> None:
    found = figure("Only 236 households", story="It rained.", beside="263 households")

    (pair,) = found.facts["pairs"]
    assert (pair["story"], pair["this"], pair["at"]) == ("263", "236", [])


@pytest.mark.parametrize(
    ("text", "story", "reason"),
    [
        ("欠薪才47万克朗吗", "欠薪417万克朗，另有16万克朗。", "4,170,000 crowns"),
        ("작년엔 568명", "올해는 412명, 지난해는 168명이다.", "168 people"),
        (
            "It costs 140,000 crowns, not 310,000",
            "185,000 crowns. 310,000 crowns.",
            "310,000",
        ),
        ("412명이 아니라 530명입니다", "올해는 412명, 지난해는 168명이다.", "412 people"),
        ("不是93000人，是60000人", CHINESE, "93,000 people"),
    ],
)
def test_the_figure_that_was_meant_is_told_and_not_the_nearest(
    text: str, story: str, reason: str
) -> None:
    assert figure(text, story=story).reason.startswith(f"The story says {reason}")


def test_the_demos_letters_have_these_remarks_and_no_others() -> None:
    found = {
        (story.slug, letter.key): [(pair["story"], pair["this"]) for pair in pairs]
        for story in contents().stories
        for letter in story.comments
        for pairs in [_pairs(letter.text, story)]
        if pairs
    }

    assert found == {
        ("bridge-wages", "wrong-sum"): [("4,170,000", "470,000")],
        ("harbour-ferry", "gearbox-price"): [("310,000", "140,000")],
        ("island-school", "money"): [("7", "17")],
        ("morning-market", "wrong-rent"): [("390", "930")],
        ("night-bus", "wrong-figure"): [("11", "14")],
        ("river-night", "wrong-count"): [("168", "568")],
        ("timber-camps", "thirty-thousand"): [("93,300", "30,000")],
    }


def _pairs(text: str, story: DemoStory) -> list[dict[str, str]]:
    around = beside(story.headline, story.caption)
    found = figure(text, story=plain(story.body), beside=around)
    return found.facts.get("pairs", [])  # type: ignore[return-value]


def test_at_most_three_are_told_and_all_are_marked() -> None:
    found = figure(
        "1 km, 2 kg, 3 tonnes, 4 dollars", story="9 km, 9 kg, 9 tonnes, 9 dollars"
    )

    assert found.spans == (Span(0, 1), Span(6, 7), Span(12, 13), Span(22, 23))
    assert found.reason.count("the story says") == 2
    assert found.score == 1.0


def test_values_are_shown_as_newspapers_print_them() -> None:
    assert [grouped(Fraction(each)) for each in ("93300", "4.5", "1/3")] == [
        "93,300",
        "4.5",
        "0.3333",
    ]


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("two hundred and five", True),
        ("three hundred and forty-two thousand six hundred and one", True),
        ("nineteen hundred", True),
        ("1.5 million", True),
        ("nineteen eighty-four", False),
        ("twenty twenty", False),
        ("five and six", False),
        ("nine eleven", False),
    ],
)
def test_number_words_in_a_row_are_one_number_or_several(
    written: str,
    is_one: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    assert is_one_number(written) is is_one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The wall is 300 m high, or 300m.", [(300, "m"), (300, "m")]),
        ("It cost $300 m, or £4m.", [(300_000_000, "dollars"), (4_000_000, "pounds")]),
        ("5m people came.", [(5_000_000, "people")]),
        ("Nineteen eighty-four people read five and six books.", []),
    ],
)
def test_an_m_is_metres_but_of_money_and_people(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert [(one.value, one.unit) for one in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("Actually 1.6% of voters stayed at home", "1.56% of voters stayed at home."),
        ("Actually 0.3% of voters stayed at home", "0.25% of voters stayed at home."),
        ("About 300 people came to the protest", "Some 250 people came to the protest."),
        ("文章说一万五人离开", "一万五千人离开。"),
    ],
)
def test_what_is_rounded_as_people_round_is_no_difference(text: str, story: str) -> None:
    assert figure(text, story=story).code == "figures-agree"


def test_a_name_in_han_makes_no_english_story_chinese() -> None:
    story = "Wang (王小明) told us that the ferry carried 300 people to the island."

    found = figure("Actually the ferry carried 400 people to the island", story=story)

    assert found.reason == "The story says 300 people; this says 400 people."


def test_a_story_that_is_a_table_is_held_against_nothing() -> None:
    rows = "".join(
        f"In ward {ward} the ferry carried {ward + 40} people. " for ward in range(501)
    )

    few = figure("Actually the ferry carried 900 people", story=rows[:9_000])
    many = figure("Actually the ferry carried 900 people", story=rows)

    assert (few.code, many.code) == ("figures-differ", "figures-agree")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("数百人、好几百人、上千人、几十人、成千上万人", []),
        ("两三百人、五六千人、三四十人、百分之七八十", []),
        ("이삼백 명, 오륙십 명, 수백 명, 몇 백 명", []),
        ("三百人、二十三人、近300人", [(300, "people"), (23, "people"), (300, "people")]),
        ("이백삼십 명, 백 명", [(230, "people"), (100, "people")]),
    ],
)
def test_a_number_that_gives_its_size_alone_is_none(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert [(one.value, one.unit) for one in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("Actually between 200 and 300 people came to it", "Some 220 people came to it."),
        ("Actually 200-300 people came to it", "Some 220 people came to it."),
        ("Actually 200 to 300 people came to it", "Some 220 people came to it."),
        ("Actually two or three hundred people came to it", "Some 220 people came to it."),
        ("Actually 9 out of 10 people came to it", "Some 18 people came to it."),
        ("기사에 200~300명이 왔다", "220명이 왔다."),
        ("文章说200至300人来了", "220人来了。"),
    ],
)
def test_a_range_is_held_against_no_number(text: str, story: str) -> None:
    assert figure(text, story=story).code == "figures-agree"


@pytest.mark.parametrize(
    "text",
    [
        "Actually it rose from 200 to 300 people",
        "Actually 300 people came to it",
        "The article is wrong - 300 people came to it",
        "In fact people came, and 300 people stayed",
    ],
)
def test_what_is_no_range_is_held_against_the_story_s_number(text: str) -> None:
    assert figure(text, story="Some 220 people came and stayed.").code == "figures-differ"


_IN_ENGLISH = (
    "The quake in Sarnholt killed 3,470 people and left 41,800 homeless. Repairs will cost "
    "€640 million, a quarter of which the state has promised. It flattened 2.1 million "
    "hectares of forest. Only 13 of its 16 pumps ran. In 1982 a smaller quake killed 305."
)
_IN_KOREAN = (
    "사른홀트 지진으로 3,470명이 숨지고 4만1,800명이 집을 잃었다. 복구비의 4분의 1은 "
    "정부가 낸다. 숲 21만 헥타르가 탔다. 펌프 16개 가운데 13개가 돌았다."
)
_IN_CHINESE = (
    "沙恩霍特地震造成3470人遇难，4.18万人无家可归。修复费用的四分之一由政府承担。"
    "210万亩林地被毁。16台水泵中13个在转。"
)


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("more than 3,400 people were killed", _IN_ENGLISH),
        ("almost 3,500 people killed", _IN_ENGLISH),
        ("at least 41,000 people sleep in tents now", _IN_ENGLISH),
        ("some 42,000 people are homeless", _IN_ENGLISH),
        ("EUR 640m for repairs", _IN_ENGLISH),
        ("640 million euros for repairs", _IN_ENGLISH),
        ("2.1m hectares of forest", _IN_ENGLISH),
        ("25% of the repairs, says the state", _IN_ENGLISH),
        ("so 3 of the pumps did not run", _IN_ENGLISH),
        ("about 80% of the pumps ran", _IN_ENGLISH),
        ("The quake of 1908 killed 30,000 people", _IN_ENGLISH),
        ("back then 3,000 people were killed", _IN_ENGLISH),
        ("You are 100% right", "Sales rose by 35 percent."),
        ("99% of them lie", "Sales rose by 35 percent."),
        ("My wages are 1,700 crowns", "Wages were 2,150 crowns."),
        ("내 월급은 170만 원", "월급은 215만 원이었다."),
        ("我工资才1700元", "月工资2150元。"),
        (
            "300 women worked there",
            "The mill had 400 people, three quarters of them women.",
        ),
        ("200% sure about it", "Sales rose by 35 percent."),
        ("half of you have not read it", "Sales rose by a third."),
        ("call it 1,800 dead", "The flood killed 1,840 people."),
        ("3,400명 넘게 숨졌다", _IN_KOREAN),
        ("3천5백 명 가까이 숨졌다", _IN_KOREAN),
        ("4만여 명이 집을 잃었다", _IN_KOREAN),
        ("25%는 정부가", _IN_KOREAN),
        ("펌프 3개는 안 돌았다는 거네", _IN_KOREAN),
        ("그때는 3천 명이 숨졌다", _IN_KOREAN),
        ("100% 맞는 말", "쌀값이 35% 올랐다."),
        ("3400多人遇难", _IN_CHINESE),
        ("将近3500人遇难", _IN_CHINESE),
        ("25%由政府出", _IN_CHINESE),
        ("那就是3个不转", _IN_CHINESE),
        ("百分之百同意", "米价上涨35%。"),
    ],
)
def test_what_is_rounded_worked_out_or_of_something_else_does_not_differ(
    text: str, story: str
) -> None:
    assert figure(text, story=story).code == "figures-agree"


@pytest.mark.parametrize(
    ("text", "story", "told"),
    [
        ("3,740 people were killed", _IN_ENGLISH, ("3,470", "3,740")),
        ("31 pumps ran, and nobody asks", "Of 16 pumps 13 pumps ran.", ("13", "31")),
        ("nearly 5,000 people were killed", _IN_ENGLISH, ("3,470", "5,000")),
        ("more than 4,000 people were killed", _IN_ENGLISH, ("3,470", "4,000")),
        ("only 14,800 homeless", _IN_ENGLISH, ("41,800", "14,800")),
        ("€460 million for repairs", _IN_ENGLISH, ("640,000,000", "460,000,000")),
        ("€640 billion for repairs", _IN_ENGLISH, ("640,000,000", "640,000,000,000")),
        ("1.2 million hectares of forest", _IN_ENGLISH, ("2,100,000", "1,200,000")),
        ("the state has promised half of the repairs", _IN_ENGLISH, ("25", "50")),
        ("only 11 of its 16 pumps ran", _IN_ENGLISH, ("13", "11")),
        ("the judge, aged 86, resigned", "The judge, aged 68, has resigned.", ("68", "86")),
        ("3,740명이 숨졌다", _IN_KOREAN, ("3,470", "3,740")),
        ("오천 명 가까이 숨진 지진", _IN_KOREAN, ("3,470", "5,000")),
        ("숲 12만 헥타르가 탔다", _IN_KOREAN, ("210,000", "120,000")),
        ("복구비의 절반은 정부가 낸다", _IN_KOREAN, ("25", "50")),
        ("3740人遇难", _IN_CHINESE, ("3,470", "3,740")),
        ("120万亩林地被毁", _IN_CHINESE, ("2,100,000", "1,200,000")),
        ("政府承担一半", _IN_CHINESE, ("25", "50")),
    ],
)
def test_what_is_written_for_the_storys_number_is_set_beside_it(
    text: str, story: str, told: tuple[str, str]
) -> None:
    (pair,) = figure(text, story=story).facts["pairs"]

    assert (pair["story"], pair["this"]) == told


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("a third of them", Fraction("33.3")),
        ("two thirds of them", Fraction("66.7")),
        ("half of the money", 50),
        ("3분의 2가", Fraction("66.7")),
        ("절반이", 50),
        ("四分之三", 75),
        ("七成的人", 70),
        ("half an hour, a third time, quarter past", None),
        ("成功, 五成熟", None),
    ],
)
def test_shares_in_words_are_percent(text: str, percent: Fraction | None) -> None:
    found = [each.value for each in quantities(text) if each.unit == "share"]

    assert found == ([] if percent is None else [percent])


@pytest.mark.parametrize(
    ("text", "story", "reason"),
    [
        (
            "二百六十三人？我听说是三百二十人。",
            "事故造成263人死亡，88人受伤。",
            "The story says 263 people; this says 320 people.",
        ),
        (
            "Only 263? I heard 320 people.",
            "263 people died and 88 people were hurt.",
            "The story says 263 people; this says 320 people.",
        ),
        (
            "412명? 512명이라던데요.",
            "이 사고로 412명이 숨졌고 88명이 다쳤다.",
            "The story says 412 people; this says 512 people.",
        ),
        (
            "412명이 아니라 512명이라고 들었습니다.",
            "이 사고로 412명이 숨졌고 88명이 다쳤다.",
            "The story says 412 people; this says 512 people.",
        ),
    ],
)
def test_a_number_that_is_doubted_is_the_one_that_is_meant(
    text: str, story: str, reason: str
) -> None:
    assert figure(text, story=story).reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "263 people? My party had 320 people.",
        "Did 263 people really die? My village has 320 people.",
        "263 people? How sad.",
    ],
)
def test_a_number_that_is_doubted_is_set_beside_no_other_thing(text: str) -> None:
    assert not figure(text, story="263 people died and 88 people were hurt.").score
