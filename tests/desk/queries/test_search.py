import pytest

from letterdesk.desk.queries import search as module
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.search import search, spans
from letterdesk.domain.states import Action, State
from tests.desk import rows
from tests.values import an_id


def found(person: Person, sought: str, **narrowed: object) -> list[str]:
    return [one.id for one in search(person, sought, **narrowed).rows]


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("The ferry sank at dawn", "FERRY dawn"),
        ("시의회는 다리가 항구를 망쳤다", "항구"),
        ("市长对大桥撒谎", "大桥"),
        ("ئىنكاسلار ياخشى", "ئىنكاس"),
        ("Żółw poszedł", "żółw"),
        ("żółw poszedł", "Żółw"),
        ("100 % sure_thing", "100 %"),
        ("100 % sure_thing", "sure_"),
        ("a \\ b [c] (d|e)* .^$ + ?", "\\ [c] (d|e)* .^$ + ?"),
        ('It\'s a "quote" — don’t; DROP TABLE', "it’s “quote” - don't"),
        ("The fer\u00adry sank", "ferry"),
        ("The ferry sank", "f\u200ber\u2066ry"),
        ("The ｆｅｒｒｙ sank", "ferry"),
        ("The 𝐟𝐞𝐫𝐫𝐲 sank", "ferry"),
        ("The ferry sank", "ＦＥＲＲＹ"),
        ("Café Zoë", "cafe zoe"),
        ("Cafe Zoe", "CAFÉ ZOË"),
        ("An der Straße", "STRASSE"),
        ("In den Strassen", "straße"),
        ("Aﬃdavit, œuvre", "affidavit oeuvre"),
        ("żółw", "zolw"),
        ("Der Rechtsschutzverſicherungsſtreß", "rechtsschutzversicherungsstress"),
        ("İstanbul", "istanbul"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσεύς"),
        ("Трёхсотый", "трехсотыи"),
        ("한국 사람", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("ㅋㅋㅋ 정말", "ㅋㅋ"),
        ("市长对大桥撒谎", "对大"),
        ("كتاب الحرية", "كِتَابٌ"),
        ("هٰذَا كِتَابٌ", "كتاب هذا"),
        ("ســـلام عليكم", "سلام"),
        ("שָׁלוֹם", "שלום"),
        ("Она сказала: \u202eتىنچ\u202c", "تىنچ"),
        ("Ｎｏ １００％", "100%"),
        ("I ❤️ it 👩\u200d💻", "❤ 👩💻"),
    ],
)
def test_words_are_found_inside_others_whatever_their_capitals(
    moderator: Person, text: str, sought: str
) -> None:
    story = rows.make_story()
    rows.make_comment(story, 1, text=text)
    rows.make_comment(story, 2, text="Surething else, 100 of it.")

    assert found(moderator, sought) == [an_id(1)]


@pytest.mark.parametrize("sought", ["%", "_", "'", "\\", "*", "يا", "и", "100%sure"])
def test_signs_that_databases_know_and_letters_of_their_own_find_nothing_else(
    moderator: Person, sought: str
) -> None:
    rows.make_comment(rows.make_story(), text="Nothing of it: ئاتا, Latin u, 100 sure")

    assert found(moderator, sought) == []


def test_every_word_has_to_be_there_and_names_count(moderator: Person) -> None:
    story = rows.make_story()
    rows.make_comment(story, 1, text="The ferry sank.", name="Ana Roe")
    rows.make_comment(story, 2, text="The ferry came back.", name="Bo")

    assert found(moderator, "ferry") == [an_id(2), an_id(1)]
    assert found(moderator, "ferry roe") == [an_id(1)]
    assert found(moderator, "ferry nobody") == []


def test_what_was_taken_back_is_never_found(moderator: Person) -> None:
    made = {
        state: rows.make_in(state, rows.make_story(number), moderator).public_id
        for number, state in enumerate(State)
    }
    word = rows.TEXT.split()[-1]

    del made[State.WITHDRAWN]
    assert sorted(found(moderator, word)) == sorted(made.values())
    assert found(moderator, word, status=State.WITHDRAWN) == []
    for state, public_id in made.items():
        assert found(moderator, word, status=state) == [public_id]


def test_words_that_were_cut_are_found_by_who_may_read_them(moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story(), 1)
    rows.move(comment, Action.EDIT, moderator, text=rows.CUT, rules=("3",))
    gone = next(one for one in rows.TEXT.split() if one not in rows.CUT)

    assert found(moderator, gone) == [an_id(1)]


def test_nothing_of_another_desk_is_found(moderator: Person) -> None:
    here, there = rows.make_story(desk="English"), rows.make_story(2, desk="Elsewhere")
    rows.make_comment(here, 1)
    rows.make_comment(there, 2)
    eda = rows.make_person("eda", desks=("English",))
    registrar = rows.make_person("cms", role="registrar")

    assert found(moderator, "Mira") == [an_id(2), an_id(1)]
    assert found(moderator, "Mira", desk="Elsewhere") == [an_id(2)]
    assert found(moderator, "Mira", story=here.public_id) == [an_id(1)]
    assert found(eda, "Mira") == [an_id(1)]
    for person, narrowed in (
        (eda, {"desk": "Elsewhere"}),
        (eda, {"story": there.public_id}),
        (registrar, {}),
    ):
        with pytest.raises(NotYours):
            search(person, "Mira", **narrowed)
    with pytest.raises(NotFound):
        search(eda, "Mira", story=an_id(99))


def test_older_ones_come_page_by_page_and_stretch_by_stretch(
    moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SIZE", 2)
    monkeypatch.setattr(module, "LOOKED_AT", 4)
    story = rows.make_story()
    for number in range(1, 14):
        is_meant = number in {1, 11, 12, 13}
        rows.make_comment(story, number, name="Ana" if is_meant else "Bo")

    pages = [search(moderator, "ana")]
    while pages[-1].next is not None:
        pages.append(search(moderator, "ana", before=pages[-1].next))

    assert [([one.id for one in page.rows], page.is_full) for page in pages] == [
        ([an_id(13), an_id(12)], True),
        ([an_id(11)], False),
        ([], False),
        ([an_id(1)], False),
    ]


def test_places_of_words_in_a_text() -> None:
    assert spans("The Ferry, the ferry.", "ferry THE") == [
        (0, 3),
        (4, 9),
        (11, 14),
        (15, 20),
    ]
    assert spans("a.c abc", "a.c") == [(0, 3)]
    assert spans("Straße, CAFÉ\u200b, ca\u00adfe", "STRASSE cafe") == [
        (0, 6),
        (8, 13),
        (15, 20),
    ]
