"""A line with several names is told from one with signs and words that names have."""

import pytest

from letterdesk.triage.protected.several import is_several


@pytest.mark.parametrize(
    "line",
    [
        "Maria / Mia Schmidt",
        "Maria/Mia Schmidt",
        "Maria Schmidt /Mia/",
        "Maria Schmidt | Mia Schmidt",
        "Maria Schmidt \\ Mia",
        "Maria Schmidt; Mia Schmidt",
        "Maria Schmidt, Mia, Mimi",
        "Maria (Mia) Schmidt",
        "Schmidt (geb. Kern)",
        'Maria "Mia" Schmidt',
        "Maria “Mia” Schmidt",
        "Maria 'Mia' Schmidt",
        "Maria Schmidt aka Mia",
        "Maria Schmidt AKA Mia",
        "Maria Schmidt, a.k.a. Mia",
        "Maria Schmidt alias Mia",
        "Maria Schmidt or Mia Schmidt",
        "Maria oder Mia Schmidt",
        "Maria und Peter Schmidt",
        "Maria Schmidt née Kern",
        "王小明 又名 王晓明",
        "王小明别名小明",
        "王小明、王晓明",
        "王小明,王晓明",
        "王小明（小明）",
        "김민수 또는 김민지",
        "김민수, 김민지",
        "김민수/민수",
        "Даниил Петров или Данила Петров",
        "رابىيە قادىر ياكى رابىيە",
    ],
)
def test_a_line_with_several_names_is_told(line: str) -> None:
    assert is_several(line)


@pytest.mark.parametrize(
    "line",
    [
        "Maria Schmidt",
        "Schmidt, Maria",
        "Maria-Anna Schmidt-Kern",
        "Sinéad O'Connor",
        "'Amr ibn al-'As",
        "Oʻgʻiljon Qodirova",
        "Mohamad Alias Hassan",
        "Alias bin Ali",
        "Max Born",
        "Or Cohen",
        "Ben Or Cohen",
        "Anders Andersen",
        "Leonor Orwell",
        "Martin L. King Jr.",
        "Aka Hego",
        "热依汗古丽·买买提",
        "王小明",
        "或明",
        "김민수",
        "남궁 민",
        "일명",
        'صه"ل',
        "Даниил Петров",
        "@ilsa_dorrech",
        "M. Schmidt",
        "4nna Smith",
    ],
)
def test_signs_and_words_that_names_have_part_none(line: str) -> None:
    assert not is_several(line)
