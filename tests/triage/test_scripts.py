"""Names in other scripts than Latin, Hangul and Han; and people and words like them."""

import pytest

from letterdesk.triage.protected_name import Names, forms, names_of, protected_name

KEY = bytes(range(32))


def listed(name: str) -> Names:
    return names_of(forms(name, key=KEY), label="her", key=KEY)


UYGHUR, RUSSIAN, ARABIC = "ئابدۇرېھىم ئۆتكۈر", "Даниил Петров", "عبد الرحيم"
SURE, NEAR = 1.0, 0.6


@pytest.mark.parametrize(
    ("name", "text", "written", "score"),
    [
        # Uyghur: as it stands, in the other order, with endings, by a foreign keyboard.
        (UYGHUR, "ئابدۇرېھىم ئۆتكۈر كەلدى.", UYGHUR, SURE),
        (UYGHUR, "ئۆتكۈر، ئابدۇرېھىم", "ئۆتكۈر، ئابدۇرېھىم", SURE),
        (UYGHUR, "ئابدۇرېھىم\nئۆتكۈر", "ئابدۇرېھىم\nئۆتكۈر", SURE),
        (UYGHUR, "ئابدۇ\u200cرېھىم ئۆتكۈر", "ئابدۇ\u200cرېھىم ئۆتكۈر", SURE),
        (UYGHUR, "بۇ ئابدۇرېھىم ئۆتكۈرنىڭ شېئىرى", UYGHUR, NEAR),
        (UYGHUR, "ئابدۇرېھىم ئۆتكۈرگىمۇ ئابدۇرېھىم ئۆتكۈرگە", UYGHUR, NEAR),
        (UYGHUR, "ابدۇرېھىم ۆتكۈر", "ابدۇرېھىم ۆتكۈر", NEAR),
        (UYGHUR, "ئابدۇریهیم ئوتكۇر", "ئابدۇریهیم ئوتكۇر", NEAR),
        # Its letters in Latin, however they are marked, and with an error.
        (UYGHUR, "Abdurëhim Ötkür", "Abdurëhim Ötkür", NEAR),
        (UYGHUR, "by Otkur, Abdurehim", "Otkur, Abdurehim", NEAR),
        (UYGHUR, "Abdurehim Utkur", "Abdurehim Utkur", NEAR),
        # Arabic: with vowel signs, drawn out, written as one word, with a particle.
        (ARABIC, "رأيت عبد الرحيم هناك", ARABIC, SURE),
        (ARABIC, "عَبْدُ الرَّحِيم", "عَبْدُ الرَّحِيم", SURE),
        (ARABIC, "عبـــد الرحيم", "عبـــد الرحيم", SURE),
        (ARABIC, "عبدالرحيم", "عبدالرحيم", SURE),
        (ARABIC, "ﻋﺒﺪ ﺍﻟﺮﺣﻴﻢ", "ﻋﺒﺪ ﺍﻟﺮﺣﻴﻢ", SURE),
        (ARABIC, "وعبد الرحيم", ARABIC, NEAR),
        (ARABIC, "عبد الرحیم", "عبد الرحیم", NEAR),
        # Cyrillic: case, spacing, Latin letters amid it, marks apart, cases.
        (RUSSIAN, "ДАНИИЛ   ПЕТРОВ", "ДАНИИЛ   ПЕТРОВ", SURE),
        (RUSSIAN, "Петров Даниил", "Петров Даниил", SURE),
        (RUSSIAN, "Даниил Пeтpов", "Даниил Пeтpов", SURE),
        (RUSSIAN, "д а н и и л п е т р о в", "д а н и и л п е т р о в", SURE),
        (RUSSIAN, "у Даниил Петрова", RUSSIAN, NEAR),
        ("Пётр Ёлкин", "Петр Елкин", "Петр Елкин", SURE),
        ("Пётр Ёлкин", "Пе\u0308тр Е\u0308лкин", "Пе\u0308тр Е\u0308лкин", SURE),
        (ARABIC, "عَبْدُ الرَّحِيمِ.", "عَبْدُ الرَّحِيمِ", SURE),
        # Scripts with vowel signs, some of which part words by nothing.
        ("བསྟན་འཛིན", "བསྟན་འཛིན་ལགས།", "བསྟན་འཛིན", SURE),
        ("བསྟན་འཛིན", "བསྟན་འཛིནའི་ཨ་མ", "བསྟན་འཛིན", NEAR),
        ("သန်းထွန်း", "ကိုသန်းထွန်းကပြောတယ်", "သန်းထွန်း", SURE),
        ("သန်းထွန်း", "သန်း ထွန်း", "သန်း ထွန်း", SURE),
        ("សុខា", "សុខា", "សុខា", SURE),
        ("សុខា", "លោកសុខាបាននិយាយ", "សុខា", NEAR),
        ("สมชาย ใจดี", "คุณสมชายใจดีมาแล้ว", "สมชายใจดี", SURE),
        ("राम कुमार", "यह राम कुमार है।", "राम कुमार", SURE),
        ("ישראל כהן", "כהן, ישראל", "כהן, ישראל", SURE),
        ("ישראל כהן", "וישראל כהן", "ישראל כהן", NEAR),
        ("Αλέξανδρος Νικολάου", "ΑΛΕΞΑΝΔΡΟΣ ΝΙΚΟΛΑΟΥ", "ΑΛΕΞΑΝΔΡΟΣ ΝΙΚΟΛΑΟΥ", SURE),
    ],
)
def test_a_name_in_another_script_is_found(
    name: str, text: str, written: str, score: float
) -> None:
    found = protected_name(text, names=listed(name))

    assert found.score == score
    assert found.facts["names"] == [{"label": "her", "near": score == NEAR}]
    assert written in [text[start:end] for start, end in found.spans]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # A part of it, others who have a part of it, longer names, and words alike.
        (UYGHUR, "ئابدۇرېھىم كەلدى، ئۆتكۈر كىتاب ئوقۇدى"),
        (UYGHUR, "ئابدۇرېھىم ئۆتكۈروف"),
        (UYGHUR, "ئابدۇرېھىم. ئۆتكۈر"),
        (UYGHUR, "ئابدۇرېھىم 7 ئۆتكۈر"),
        (UYGHUR, "Abdurehim was here, and Mr Otkan"),
        (ARABIC, "عبد الرحمن والرحيم"),
        (ARABIC, "عبد الرحيمي"),
        (ARABIC, "بسم الله الرحمن الرحيم"),
        (ARABIC, "معبد الرحيم"),
        (RUSSIAN, "Даниил и Петров"),
        (RUSSIAN, "Даниил Петровский"),
        (RUSSIAN, "Даниил Петровка"),
        (RUSSIAN, "Гаврииил Петров"),
        ("Петров", "непетров, Петров-Водкин, петровский"),
        ("Вера", "веранда, доверагент, Вeранда, верат"),
        ("བསྟན་འཛིན", "བསྟན་པ་འཛིན"),
        ("སྟན་འཛིན", "བསྟན་འཛིན"),
        ("သန်းထွန်း", "သန်းထွန်"),
        ("သန်းထွန်း", "သန်းဌေး ထွန်းလင်း"),
        ("สมชาย ใจดี", "สมชายใจ ดำ"),
        ("राम कुमार", "रमा कुमारी"),
        ("राम कुमार", "राम कुमारी"),
        ("ישראל כהן", "ישראל וכהן"),
    ],
)
def test_people_and_words_that_are_like_one_are_left_alone(name: str, text: str) -> None:
    assert protected_name(text, names=listed(name)).code == "unnamed"


@pytest.mark.parametrize("name", ["حسن", "Вал", "កខ", "ສາ", "ー々ㇰ", "عَُّـ"])
def test_a_name_of_fewer_than_four_letters_gives_nothing(name: str) -> None:
    assert forms(name, key=KEY) == frozenset()


def test_nothing_of_the_name_is_kept_but_its_script_and_how_long_it_is() -> None:
    found = forms(RUSSIAN, key=KEY)

    assert {one.kind for one in found} == {"cyrillic12"}
    assert {len(one.digest) for one in found} == {16}
