"""Chinese sounds the same in Han, in other Han of that sound, and in pinyin."""

from letterdesk.triage.pinyin import sounded


def test_homophones_and_pinyin_sound_like_the_word() -> None:
    (plain, _), (homophones, _) = sounded("黑鬼滚出"), sounded("嘿轨辊初")
    (latin, places), (mixed, _) = sounded("heigui gunchu"), sounded("hei鬼滚chu")

    assert plain == homophones == latin
    assert places == [0, 3, 7, 10]
    assert mixed != plain  # one syllable alone is as likely an abbreviation


def test_other_letters_stay_and_signs_go() -> None:
    assert sounded("app 3!。") == ("app3", [0, 1, 2, 4])
    assert sounded("") == ("", [])
