"""Somebody on the list is found however she is written; people who are like her are not."""

import hmac
from dataclasses import replace

import pytest

from letterdesk.triage.pinyin import sounded
from letterdesk.triage.protected_name import (
    NOBODY,
    Names,
    fingerprint,
    forms,
    names_of,
    protected_name,
)
from letterdesk.triage.signal import Kind, Signal

KEY = bytes(range(32))
LIST = {
    "the victim": "Daniel Roe",
    "the boy": "김민수",
    "the source": "王小明",
    "the witness": "Ilsa Dorrech",
    "a sister": "박지영",
}


def listed(*labels: str, key: bytes = KEY) -> Names:
    exact: dict[bytes, str] = {}
    near: dict[bytes, str] = {}
    kinds = set()
    for label in labels or LIST:
        for form in forms(LIST[label], key=KEY):
            (near if form.is_near else exact)[form.digest] = label
            kinds.add(form.kind)
    return Names(key=key, exact=exact, near=near, kinds=frozenset(kinds))


def test_the_others_are_found_where_some_are_of_another_key_and_nobody_is_cleared() -> None:
    names = replace(listed("the victim"), is_in_part=True)

    found = protected_name("His name was Daniel Roe.", names=names)

    assert found.facts == {
        "names": [{"label": "the victim", "near": False}],
        "unread": True,
    }
    with pytest.raises(ValueError, match="of another key"):
        protected_name("Thank you.", names=names)


@pytest.mark.parametrize(
    ("text", "label", "written"),
    [
        ("His name was Daniel Roe.", "the victim", "Daniel Roe"),
        ("daniel   ROE", "the victim", "daniel   ROE"),
        ("Roe, Daniel", "the victim", "Roe, Daniel"),
        ("it was D a n i e l R o e", "the victim", "D a n i e l R o e"),
        ("Dаniеl Rое", "the victim", "Dаniеl Rое"),
        ("Daniél Röe's boat", "the victim", "Daniél Röe"),
        ("see @ilsa_dorrech", "the witness", "ilsa_dorrech"),
        ("IlsaDorrech", "the witness", "IlsaDorrech"),
        ("그건 김민수가 했다", "the boy", "김민수"),
        ("김 민 수 학생", "the boy", "김 민 수"),
        ("김.민.수", "the boy", "김.민.수"),
        ("범인은 김.민.수래요", "the boy", "김.민.수"),
        ("ㄱㅣㅁㅁㅣㄴㅅㅜ", "the boy", "ㄱㅣㅁㅁㅣㄴㅅㅜ"),
        ("我认识王小明的父亲", "the source", "王小明"),
        ("王 小 明", "the source", "王 小 明"),
        ("国王小明的父亲", "the source", "王小明"),
        ("举报人王小明星期一来了", "the source", "王小明"),
        ("国王小明", "the source", "王小明"),
    ],
)
def test_a_name_is_found_however_it_is_set(text: str, label: str, written: str) -> None:
    found = protected_name(text, names=listed())

    assert found.facts["names"] == [{"label": label, "near": False}]
    assert (found.score, found.code) == (1.0, "protected")
    assert [text[start:end].removesuffix("'s") for start, end in found.spans] == [written]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Danil Roe knew", "the victim"),
        ("Daniel Rowe knew", "the victim"),
        ("Elsa Dorrech", "the witness"),
        ("a DanieI Roe", "the victim"),
        ("김민슈", "the boy"),
        ("Kim Min-su was there", "the boy"),
        ("Minsoo Kim", "the boy"),
        ("gim minsu", "the boy"),
        ("Park Ji-young", "a sister"),
        ("Bak Jiyeong", "a sister"),
        ("王晓明", "the source"),
        ("国王小明星", "the source"),
        ("那个国王小明星真多", "the source"),
        ("Wang Xiaoming", "the source"),
        ("wang xiao ming said so", "the source"),
    ],
)
def test_a_name_with_an_error_or_in_another_script_is_found_as_nearly_one(
    text: str, label: str
) -> None:
    found = protected_name(text, names=listed())

    assert found.facts["names"] == [{"label": label, "near": True}]
    assert found.score == 0.6


@pytest.mark.parametrize(
    ("name", "text", "written", "near"),
    [
        (
            "Daw Khin Aye Moe Thein",
            "It was Daw Khin-Aye Moe Thein’s son",
            "Daw Khin-Aye Moe Thein",
            False,
        ),
        (
            "Daw Khin Aye Moe Thein",
            "THEIN Daw Khin Aye Moe",
            "THEIN Daw Khin Aye Moe",
            False,
        ),
        ("U Ba Tun Oo Myo", "u ba tun oo myo", "u ba tun oo myo", False),
        (
            "Gundegmaagiin Batbayarsaikhanbaatar",
            "Gundegmaagiin Batbayarsaikhanbaatar",
            "",
            False,
        ),
        ("热依汗古丽·买买提", "我认识热依汗古丽·买买提的家人", "热依汗古丽·买买提", False),
        ("热依汗古丽·买买提", "热依汗古丽买买提来了", "热依汗古丽买买提", False),
        ("热依汗古丽·买买提", "re yi han gu li mai mai ti", "", True),
        ("응우옌티민카이", "응우옌 티 민 카이 씨가 왔다", "응우옌 티 민 카이", False),
        ("응우옌티민카이", "eunguyentiminkai", "", True),
        ("Daw Khin Aye Moe Thein", "Daw Khin Aye Mo Thein", "", True),
        ("응우옌티민카이", "응우옌티민카요", "", True),
    ],
)
def test_a_name_of_many_words_or_letters_is_found_as_a_whole(
    name: str,
    text: str,
    written: str,
    near: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    found = protected_name(text, names=names_of(forms(name, key=KEY), label="her", key=KEY))

    assert found.facts["names"] == [{"label": "her", "near": near}]
    assert [text[start:end].removesuffix("’s") for start, end in found.spans] == [
        written or text
    ]


@pytest.mark.parametrize(
    ("name", "text", "near"),
    [
        # Pinyin: the given name first, parted anywhere, in one piece with Han; ü.
        ("王小明", "Xiaoming Wang said so", True),
        ("王小明", "Wang Xiao-ming", True),
        ("王小明", "就是王小ming", True),
        ("王小明", "wang小明", True),
        ("王小明", "王xiao明", True),
        ("王小明", "就是王 xiao 明", True),
        ("王希安", "Xi’an Wang", True),
        ("王希安", "wang xian", True),
        ("欧阳静怡", "Jingyi Ouyang", True),
        ("李娜", "it was Na Li", True),
        ("李娜", "Nali did it", True),
        ("李娜", "我看到NaLi了", True),
        ("李安", "Anli was here", True),
        ("吕娜", "Lü Na", True),
        ("热依汗古丽·买买提", "Reyihanguli Maimaiti", True),
        ("热依汗古丽·买买提", "maimaiti reyihanguli", True),
        # Uyghur as papers spell it, in Latin and Cyrillic letters.
        ("رابىيە قادىر", "Rebiya Kadeer", True),
        ("ئىلھام توختى", "Ilham Tokhti", True),
        ("ئىلھام توختى", "Илһам Тохти", True),
        ("ئىلھام توختى", "Ильхам Тохти", True),
        ("رابىيە قادىر", "Рабия Кадир", True),
        # Something between the letters.
        ("Maria Schmidt", "Maria 'Mia' Schmidt", True),
        ("Maria Schmidt", "Maria “Mia” Schmidt", True),
        ("Maria Schmidt", "Schmidt (geb. Kern) Maria", True),
        ("Maria Schmidt", "Maria *Mia* Schmidt", True),
        ("Maria Schmidt", "Maria/Mia Schmidt", True),
        ("Maria Schmidt", "Maria / Mia Schmidt", True),
        ("Maria Schmidt", "Maria /Mia/ Schmidt", True),
        ("Maria Schmidt", "Maria/Mia Moo/Schmidt", True),
        ("Maria Schmidt", "Maria | Mia Schmidt", True),
        ("Maria Schmidt", "Maria \\ Mia Schmidt", True),
        ("Maria Schmidt", "Maria {Mia} Schmidt", True),
        ("Maria Schmidt", "Maria a.k.a. Mia Schmidt", True),
        ("Maria Schmidt", "Maria aka “Mia” Schmidt did it", True),
        ("Maria Schmidt", "Maria, also known as 'Mia Moo', Schmidt", True),
        ("Maria Schmidt", "Maria alias Mia Moo Schmidt", True),
        ("Maria Schmidt", "Maria or Mia Schmidt", True),
        ("Maria Schmidt", "Maria\u3000oder\u3000Mia\u3000Schmidt", True),
        ("Maria Schmidt", "Maria and Peter Schmidt", True),
        ("Maria Schmidt", "Maria & Peter Schmidt", True),
        ("Maria Schmidt", "Maria – Mia – Schmidt", True),
        ("Maria Schmidt", "Maria alias Mia Schmidt", True),
        ("Maria Schmidt", "Maria, known as Mia, Schmidt", True),
        ("王小明", "it was Wang2 Xiao3ming2", True),
        # Typed on the keys of another language, backwards.
        ("김민수", "RlaAls tn did it", True),
        ("곽예원", "rhkrdPdnjs", True),
        ("Maria Schmidt", "tdimhcs airam", True),
        ("Maria Schmidt", "AIRAM TDIMHCS", True),
        ("김민수", "김(28)민수", True),
        ("김민수", "기ㅁ민수", True),
        ("김민수", "金민수", False),
        ("남궁민", "南宮민", False),
        ("황보승희", "皇甫 승희", False),
        # All in Hanja, as they are read; simplified letters, too.
        ("남궁민", "南宮民", True),
        ("김민수", "金敏秀 씨", True),
        ("김민수", "我认识金 民秀的父亲", True),
        ("이지훈", "李志勋", True),
        ("최진열", "崔鎭烈", True),
        ("백지영", "白智榮", True),
        ("황보승희", "皇甫承姬", True),
        # A Korean surname of two syllables, given name first.
        ("남궁민", "Min Namgung", True),
        ("남궁민", "Namkoong Min", True),
        ("황보승희", "Seung-hee Hwangbo", True),
        ("선우진", "Jin Sunwoo", True),
        ("선우진", "Sun Woojin", True),
        ("제갈건", "Geon Jaegal", True),
        ("김영희", "Kim Young-hee", True),
        ("王小明", "王（哥）小明", True),
        ("王小明", "王x小x明", True),
        ("عبد الرحيم", "عبد «أبو علي» الرحيم", True),
        ("عبد الرحيم", "ع1ب2د الرحيم", True),
        ("Maria Schmidt", "Ma🙂r🎉ia Sch👍midt", False),
        # Letters by their numbers, as addresses and HTML have them; small capitals.
        ("王小明", "&#29579;小&#x660E;", False),
        ("김민수", "https://ko.wiki.example/wiki/%EA%B9%80%EB%AF%BC%EC%88%98", False),
        ("عبد الرحيم", "&#1593;بد الرحيم", False),
        ("Jürg Müller", "J&uuml;rg M&uuml;ller", False),
        ("王小明", "\\u738b\\u5c0f\\u660e", False),
        ("Maria Schmidt", "ᴍᴀʀɪᴀ ꜱᴄʜᴍɪᴅᴛ", False),
        ("Maria Schmidt", "Это была ᴍᴀʀɪᴀ ꜱᴄʜᴍɪᴅᴛ, уверены все вокруг", False),
        # Letters that are written with one or with two.
        ("Jörg Weiß", "JORG WEISS", False),
        ("Jorg Weiss", "Jörg Weiß", False),
        ("Jürg Müller", "Juerg Mueller", True),
        ("Juerg Mueller", "Jürg Müller", True),
        ("Kaj Bjørnsæth", "Kaj Bjornsaeth", False),
        ("Kaj Bjornsaeth", "Kaj Bjørnsæth", False),
        ("Þór Guðni", "Thor Gudni", False),
        ("Paweł Wałda", "Pawel Walda", False),
    ],
)
def test_a_name_is_found_as_papers_spell_it_and_with_something_between(
    name: str,
    text: str,
    near: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    found = protected_name(text, names=names_of(forms(name, key=KEY), label="her", key=KEY))

    assert found.facts["names"] == [{"label": "her", "near": near}]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("王小明", "wangxiaomin, and Xiaoming"),
        ("李娜", "na li, and NALI"),
        ("何曼", "the man he saw, Man he said"),
        ("李安", "Lian was here"),
        ("李娜", "the nali"),
        ("周航", "they moved to Hangzhou"),
        ("马丽", "She is from Lima"),
        ("杜成", "Chengdu is far"),
        ("남궁민", "Min Nam went"),
        ("남궁민", "南민"),
        ("김민수", "그랬다.김 민.수영장"),
        ("김민규", "金敏秀"),
        ("김민수", "朴敏秀, 金敏"),
        ("김이", "金二很大"),
        ("권상우", "政权上又"),
        ("문정인", "文静一些，论文正因"),
        ("문장인", "文章引用"),
        ("王小明", "王小m, xiao 明"),
        ("رابىيە قادىر", "Rabat and Qatar"),
        ("ئىلھام توختى", "Ильхан Тохтар"),
        ("Даниил Петров", "Данаил Патров"),
        ("Maria Schmidt", "Maria 'said so, and then it was Mr' Schmidt"),
        ("Maria Schmidt", "Maria (all of us who had known her since then) Schmidt"),
        ("김민수", "아ㅋㅋ 김ㅎㅎ 민수"),
        ("Maria Schmidt", "Maria called Anna and Mr Schmidt"),
        ("Maria Schmidt", "Maria called her brother Schmidt"),
        ("Maria Schmidt", "Maria or the Schmidt family"),
        ("Maria Schmidt", "Maria and others; Schmidt"),
        ("Maria Schmidt", "Maria / reply to Schmidt"),
        ("Maria Schmidt", "Maria, Mia Schmidt"),
        ("Maria Schmidt", "Maria - I know her well enough to say so - Schmidt"),
        ("Liv No", "on vil, and vil on"),
        ("عبد الرحيم", "عبد. الرحيم"),
        ("Michael Roe", "Michelle Rowe"),
        ("Maria Schmidt", "Maria 🙂 Anna Schmidt"),
        ("Daniel Roe", "50% of Daniel, &c; R&D &#0; \\ud83d Ro"),
        ("Jürg Müller", "Jurgen Mullen"),
    ],
)
def test_what_is_spelt_like_another_form_of_a_name_is_left_alone(
    name: str, text: str
) -> None:
    names = names_of(forms(name, key=KEY), label="her", key=KEY)

    assert protected_name(text, names=names).code == "unnamed"


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("Maria Schmidt", "it was M. Schmidt, again", "M. Schmidt"),
        ("Maria Schmidt", "M.Schmidt", "M.Schmidt"),
        ("Maria Schmidt", "M Schmidt", "M Schmidt"),
        ("Maria Schmidt", "(Schmidt, M.)", "Schmidt, M"),
        ("Maria Schmidt", "M. A. Schmidt", "M. A. Schmidt"),
        ("Maria Anna Schmidt", "M. A. Schmidt", "M. A. Schmidt"),
        ("Maria Anna Schmidt", "M. Schmidt", "M. Schmidt"),
        ("Anna Smith", "A. Smith", "A. Smith"),
        ("Özlem Schmidt", "Ö. Schmidt", "Ö. Schmidt"),
        ("김민수", "ㄱㅁㅅ 그놈", "ㄱㅁㅅ"),
        ("김민수", "역시 김ㅁㅅ이 했다", "김ㅁㅅ"),
        ("남궁도현", "ㄴㄱㄷㅎ", "ㄴㄱㄷㅎ"),
        ("남궁도현", "남궁ㄷㅎ", "남궁ㄷㅎ"),
        ("王小明", "就是wxm干的", "wxm"),
        ("王小明", "我认识王XM的父亲", "王XM"),
        ("欧阳静怡", "欧阳jy", "欧阳jy"),
    ],
)
def test_initials_are_nearly_a_name(name: str, text: str, written: str) -> None:
    names = names_of(forms(name, key=KEY), label="her", key=KEY)

    found = protected_name(text, names=names)

    assert found.facts["names"] == [{"label": "her", "near": True}]
    assert [text[start:end] for start, end in found.spans] == [written]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anna Smith", "a smith, A Smith, asmith"),
        ("Ian Smith", "so did I Smith, he and I. smithy"),
        ("Maria Schmidt", "Mr. Schmidt, Dr. Schmidt"),
        ("Maria Schmidt", "Then M. said Schmidt; mschmidt, 5 m schmidt"),
        ("Maria Schmidt", "N. Schmidt, M. Schmitz"),
        ("Berta Schmidt", "z.B. Schmidt"),
        ("Daniel Roe", "D. Roe"),
        ("김민수", "ㄱㅁㅅㅋㅋ, 그ㅁㅅ, 그 김ㅁㅅㄹ"),
        ("김현호", "김ㅎㅎ"),
        ("이재룡", "ㅇㅈㄹ 하네, 이ㅈㄹ"),
        ("김이", "김ㅇ"),
        ("王小明", "I said WXM!"),
        ("王小明", "就是wxmd干的，@wxm"),
        ("郭德鹏", "GDP增长"),
        ("李娜", "李n, ln很好"),
    ],
)
def test_what_stands_for_something_else_is_no_initials(name: str, text: str) -> None:
    names = names_of(forms(name, key=KEY), label="her", key=KEY)

    assert protected_name(text, names=names).code == "unnamed"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("李娜", "哪里拿的"),
        ("李娜", "哪裡拿的"),
        ("李娜", "这里，那边"),
        ("李娜", "这里 那边"),
        ("李杰", "我能理解"),
        ("李杰", "努力解决"),
        ("李强", "能力强"),
        ("王伟", "国王为了她"),
        ("王伟", "以為女王為何"),
        ("王静", "网，警"),
        ("李娜", "她“里”《那》"),
    ],
)
def test_two_letters_of_ordinary_words_are_no_name_by_their_sound(
    name: str, text: str
) -> None:
    names = names_of(forms(name, key=KEY), label="her", key=KEY)

    assert protected_name(text, names=names).code == "unnamed"


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("李娜", "就是里娜干的", "里娜"),
        ("李娜", "我认识黎那的父亲", "黎那"),
        ("李娜", "举报人李拿星期一来了", "李拿"),
        ("李娜", "别再提丽*娜了", "丽*娜"),
        ("李娜", "就是li那干的", "li那"),
        ("王伟", "大家都在说汪伟", "汪伟"),
        ("王伟", "“王威”家在楼上", "王威"),
        ("李娜", "“里那”", "里那"),
    ],
)
def test_two_letters_of_no_word_are_nearly_a_name_by_their_sound(
    name: str, text: str, written: str
) -> None:
    names = names_of(forms(name, key=KEY), label="her", key=KEY)

    found = protected_name(text, names=names)

    assert found.facts["names"] == [{"label": "her", "near": True}]
    assert [text[start:end] for start, end in found.spans] == [written]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Daw Khin Aye Moe Thein", "Khin Aye Moe Thein and Daw Khin Aye Moe"),
        ("热依汗古丽·买买提", "热依汗古丽·买买江"),
        ("응우옌티민카이", "응우옌티민, 티민카이"),
    ],
)
def test_part_of_a_long_name_is_another_name(name: str, text: str) -> None:
    names = names_of(forms(name, key=KEY), label="her", key=KEY)

    assert protected_name(text, names=names).code == "unnamed"


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("Daniel Roe", "Daniel Raoe", True),  # too many
        ("Daniel Roe", "Danel Roe", True),  # missing
        ("Daniel Roe", "Denial Roe", False),  # two wrong
        ("Daniel Roe", "Danile Roe", True),  # swapped
        ("Daniel Roe", "Adniel Roe", True),
        ("Daniel Roe", "Daniel Reo", True),
        ("Daniel Roe", "Daniel Po", False),
        ("Jon Roe", "Jon Rae", True),
        ("Jon Roe", "Jo Roe", False),  # of fewer than six letters another name
        ("Al Roe", "Al Rae", False),
        ("김민수", "김민슈", True),
        ("김민수", "긴민수", True),
        ("김민수", "김미수", True),
        ("김민우", "김미누", True),
        ("김민수", "긴민슈", False),
        ("이아", "이야", False),
    ],
)
def test_one_typing_error_is_found_where_it_makes_no_other_name(
    name: str,
    text: str,
    is_found: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    found = protected_name(text, names=names_of(forms(name, key=KEY), label="her", key=KEY))

    assert found.code == ("protected" if is_found else "unnamed")
    assert found.score == (0.6 if is_found else 0)


def kept_before(*some: str) -> dict[bytes, str]:
    """Give HMACs of forms as version 39 kept them, without how many letters they are of."""
    return {hmac.digest(KEY, one.encode(), "sha256")[:16]: "her" for one in some}


@pytest.mark.parametrize(
    ("exact", "near", "text", "is_near"),
    [
        ("latin danielroe", "latin~ danieroe", "it was Daniel Roe’s boat", False),
        ("latin danielroe", "latin~ danieroe", "it was Danieh Roe’s boat", True),
        ("hangul ㄱㅣㅁㅁㅣㄴㅅㅜ", "hangul~ ㄱㅣㅁㅁㅣㄴㅜ", "김민수 씨", False),
        ("hangul ㄱㅣㅁㅁㅣㄴㅅㅜ", "hangul~ ㄱㅣㅁㅁㅣㄴㅜ", "김민주 씨", True),
        ("hangul ㄱㅣㅁㅁㅣㄴㅅㅜ", "sound kiminso", "it was Min-soo Kim", None),
        ("hangul ㄱㅣㅁㅁㅣㄴㅅㅜ", "sound kiminso", "it was Kim Minsoo", True),
        ("han 王小明", "spelt xiaomingwang", "我是王小明", False),
        ("han 王小明", "spelt xiaomingwang", "Xiaoming Wang", True),
        ("han 王小明", f"pinyin {sounded('王小明')[0]}", "王晓鸣", True),
        ("han 李杰", f"pinyin {sounded('李杰')[0]}", "我能理解", None),
        ("han 李杰", f"pinyin {sounded('李杰')[0]}", "黎杰", True),
        ("han 王小明", f"pinyin {sounded('王小明')[0]}", "wang xiaoming", True),
        ("arabic11 ئابدۇرېھىم", "uyghur rabiakadir", "Rebiya Qadir", True),
    ],
)
def test_names_that_were_listed_before_are_found_as_before(
    exact: str,
    near: str,
    text: str,
    is_near: bool | None,  # noqa: FBT001 -- a column of the table
) -> None:
    kinds = frozenset(one.partition(" ")[0] for one in (exact, near))
    names = Names(key=KEY, exact=kept_before(exact), near=kept_before(near), kinds=kinds)

    found = protected_name(text, names=names)

    told = [] if is_near is None else [{"label": "her", "near": is_near}]
    assert found.facts.get("names", []) == told


@pytest.mark.parametrize("key", [b"", b"k", KEY, bytes(64), bytes(65), bytes(200)])
def test_what_is_kept_is_an_hmac_whatever_the_length_of_the_key(key: bytes) -> None:
    assert fingerprint(key) == hmac.digest(key, b"fingerprint", "sha256")[:16]


@pytest.mark.parametrize(
    "text",
    [
        "Daniel was there, and so was Mr Row.",
        "Danielle Rowling",
        "I saw a roe deer, Daniel.",
        "김민규 학생과 박지성 선수",
        "민수기 4장을 읽었다",
        "김치와 민물 수산시장",
        "park and young people jog",
        "Kim Mansour",
        "小王明天来",
        "小明和王先生",
        "Elsa and the dory",
        "",
    ],
)
def test_people_and_words_that_are_like_a_name_are_left_alone(text: str) -> None:
    assert protected_name(text, names=listed()) == Signal(
        kind=Kind.PROTECTED_NAME,
        score=0.0,
        code="unnamed",
        reason="It names nobody on the list.",
    )


def test_what_is_kept_names_nobody_and_cannot_be_tried_without_the_key() -> None:
    mine, others = forms("Daniel Roe", key=KEY), forms("Daniel Roe", key=b"another")

    assert {one.digest for one in mine}.isdisjoint(one.digest for one in others)
    assert {len(one.digest) for one in mine} == {16}
    assert b"daniel" not in b"".join(one.digest for one in mine)


def test_reason_and_facts_give_labels_and_no_name() -> None:
    found = protected_name("Daniel Roe met Elsa Dorrech", names=listed())

    assert found.reason == "It names “the victim”; It nearly names “the witness”."
    assert "roe" not in repr(found.facts).lower()


@pytest.mark.parametrize("name", ["Roe", "김", "王", "", "!!", "Дан"])
def test_a_name_that_is_too_short_gives_nothing(
    name: str,
) -> None:
    assert forms(name, key=KEY) == frozenset()


def test_a_list_without_its_key_says_that_it_did_not_look() -> None:
    with pytest.raises(ValueError, match="no key"):
        protected_name("Daniel Roe", names=listed(key=b""))

    assert protected_name("Daniel Roe", names=NOBODY).score == 0.0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("김나은", "지침나 은근히 싫다"),
        ("김나은", "튀김나 은행나무"),
        ("이나라", "글이나 라디오를"),
        ("정다운", "정다 운동장에서"),
        ("이솔", "이 솔직한 글"),
        ("王小明", "老王小，明白人"),
        ("周安", "一周安全检查"),
        ("周安", "上周安排好了"),
    ],
)
def test_letters_of_ordinary_words_are_no_name_by_chance(name: str, text: str) -> None:
    listed = names_of(forms(name, key=KEY), label="her", key=KEY)

    assert protected_name(text, names=listed).code == "unnamed"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("김나은", "김 나은이 그랬다"),
        ("김나은", "김 나은팀장"),
        ("김나은", "그 김 나 은 말이다"),
        ("남궁나은", "남궁 나은의 집"),
        ("이솔", "이 솔씨 맞죠"),
        ("王小明", "王，小明"),
        ("王小明", "王，小，明"),
        ("欧阳静怡", "欧阳、静怡"),
        ("周安", "问周安全知道"),
        ("Maria Schmidt", "it was Maria Helena Schmidt"),
    ],
)
def test_a_name_that_is_parted_as_names_are_is_found(name: str, text: str) -> None:
    listed = names_of(forms(name, key=KEY), label="her", key=KEY)

    assert protected_name(text, names=listed).code == "protected"


def test_another_between_two_names_is_nearly_one_and_has_capitals() -> None:
    listed = names_of(forms("Maria Schmidt", key=KEY), label="her", key=KEY)

    found = protected_name("Maria Helena Schmidt", names=listed)

    assert found.facts["names"] == [{"label": "her", "near": True}]
    assert protected_name("Maria saw Schmidt", names=listed).code == "unnamed"
    assert protected_name("Maria Helena. Schmidt", names=listed).code == "unnamed"
