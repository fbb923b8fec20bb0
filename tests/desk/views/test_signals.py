"""What triage noticed is on the letter, in sentences, marked in both texts."""

import pytest
from django.test import Client
from django.utils.translation import override

from letterdesk.desk.actions.screen import screen as screen_letters
from letterdesk.desk.models import Comment, Signal
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views import remark_sentences
from letterdesk.domain.states import Action, Risk, State
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, said, screen
from tests.values import TODAY

pytestmark = pytest.mark.django_db

BODY = "The ferry carried 93,300 people last year.\n\nThe council will close it in March."
TEXT = "The ferry carried 30,000 people! Call me: 212-555-0147, you f.u.c.k.i.n.g <idiots>."
COPY = "The council must stop this bridge before it ruins our harbour for good"


def screened(text: str, **story: object) -> Comment:
    comment = rows.make_comment(rows.make_story(body=BODY, **story), text=text)
    screen_letters(seconds=60)
    return comment


def card(client: Client, comment: Comment) -> Screen:
    return screen(client.get(f"/comments/{comment.public_id}/"))


def sentences(page: Screen) -> list[str]:
    return page.words("span", class_="remark-sentence")


def test_signals_are_sentences_with_the_gravest_first(
    enter: Enter, moderator: Person
) -> None:
    page = card(enter(moderator), screened(TEXT))

    assert page.words("strong", class_="remark-label") == [
        "Personal information",
        "Incivility",
        "Disguise",
        "Figure",
        "Passage",
    ]
    assert sentences(page)[0] == "It seems to give a phone number."
    assert sentences(page)[2:] == [
        "“f.u.c.k.i.n.g” is not what it seems: it reads “fucking”.",
        "The story says 93,300; this says 30,000.",
        "It seems to be about “The ferry carried 93,300 people last year.”",
    ]


def above(page: Screen, tone: str) -> dict[str, str | None]:
    """Give the words of the tags above the letter, and where each leads."""
    tags = page.all("a", class_=f"tag tag-{tone}")
    return {said(one): one.get("href") for one in tags}


def test_what_is_grave_stands_above_the_letter_once_and_leads_to_its_remark(
    enter: Enter, moderator: Person
) -> None:
    page = card(enter(moderator), screened(f"{TEXT} I will kill you."))

    assert above(page, "pencil") == {"Threat": "#remark-1"}
    assert above(page, "amber") == {
        "Personal information": "#remark-2",
        "Disguise": "#remark-3",
    }


def test_what_is_cut_is_not_told_above_the_letter(enter: Enter, moderator: Person) -> None:
    comment = screened("Call me: 212-555-0147, any evening of the week.")
    client = enter(moderator)

    whole = above(card(client, comment), "amber")
    Comment.objects.filter(pk=comment.pk).update(cuts=[[9, 21, "number"]])
    cut = above(card(client, comment), "amber")

    assert (list(whole), cut) == (["Personal information"], {})


def test_a_threat_is_told_in_its_words_and_tagged_in_the_queue(
    enter: Enter, moderator: Person
) -> None:
    client = enter(moderator)
    comment = screened("Nice ferry. Call 212-555-0147. We know where you live.")
    rows.make_comment(comment.story, text="You idiots.")
    screen_letters(seconds=60)

    page = card(client, comment)
    (tag,) = screen(client.get("/queue/")).words("span", class_="tag tag-pencil")
    sought = screen(client.get("/queue/?signal=threat"))

    assert page.words("strong", class_="remark-label")[0] == "Threat"
    assert sentences(page)[0] == "It reads like a threat: “We know where you live”."
    assert len(page.all("li", class_="remark remark-pencil")) == 1
    assert page.words("mark", class_="mark mark-pencil") == ["We know where you live"]
    assert tag == "Threat"
    assert len(sought.all("article")) == 1
    assert [one.text for one in sought.all("option", selected="")] == ["Threat"]


def test_equal_looking_words_are_told_apart_by_their_characters(
    enter: Enter, moderator: Person
) -> None:
    page = card(
        enter(moderator), screened("What an \u0456d\u0456o\u200bt he is, that mayor.")
    )

    assert sentences(page)[-2:] == [
        "“\u0456d\u0456oU+200Bt” is not what it seems: it reads “idiot”.",
        "Not plain letters, by their place in the word: 1 – \u0456 (U+0456, Cyrillic), "
        "3 – \u0456 (U+0456, Cyrillic), and 5 – U+200B.",
    ]
    assert [one for one in page.words("bdi") if " – " in one] == [
        "1 – \u0456 (U+0456, Cyrillic)",
        "3 – \u0456 (U+0456, Cyrillic)",
        "5 – U+200B",
    ]


def test_turned_writing_is_told_beside_a_disguised_word(
    enter: Enter, moderator: Person
) -> None:
    page = card(enter(moderator), screened("What an id\u200biot, \u202ethat\u202c mayor."))

    assert sentences(page)[-1] == "It has characters that turn the direction of writing."


def test_what_looks_different_on_each_device_is_told_beside_turned_writing(
    enter: Enter, moderator: Person
) -> None:
    page = card(enter(moderator), screened("Look \ue000\ue001 there and \u202eback."))

    assert sentences(page)[:2] == [
        "It has characters that turn the direction of writing.",
        "It has characters without a meaning of their own, which look different on each "
        "device: 2.",
    ]


def test_every_remark_with_words_in_the_letter_leads_there_and_back(
    enter: Enter, moderator: Person
) -> None:
    page = card(enter(moderator), screened(TEXT))

    ids = {one.get("id") for one in page.tree.iter() if one.get("id")}
    to_letter = [one.get("href") for one in page.all("a", class_="remark-link")]
    back = [
        (one.get("href"), one.get("aria-label"))
        for one in page.all("a", class_="mark-link")
    ]
    assert {href[1:] for href in to_letter} <= ids
    assert {href[1:] for href, _ in back} <= ids
    assert ("#remark-1", "Remark 1: Personal information") in back
    assert "212-555-0147" in page.words("mark", class_="mark mark-amber mark-digits")
    assert "93,300 people last year." not in page.words("mark", class_="mark mark-ink")
    assert "93,300" in " ".join(page.words("mark", class_="mark mark-ink"))


def test_the_readers_words_come_out_whole_and_as_words(
    enter: Enter, moderator: Person
) -> None:
    page = card(enter(moderator), screened(TEXT))

    (letter,) = page.all("div", data_letter="")
    for parent in list(letter.iter()):
        for child in list(parent):
            if child.get("class") == "mark-link":
                child.text = ""
    assert "".join(letter.itertext()) == TEXT


def test_marks_outlive_a_cut_for_the_second_person(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    text = "Call 212-555-0147 or ask at the smithy, or call 212-555-0188 at night."
    comment = screened(text, risk=Risk.SENSITIVE)
    note = "[details removed for safety]"
    sent = {
        "action": "edit",
        "version": "1",
        "rules": "3",
        "text": text.replace("212-555-0147", note),
    }
    enter(moderator).post(f"/comments/{comment.public_id}/", sent)

    page = card(enter(colleague), comment)
    cutting = screen(enter(colleague).get(f"/comments/{comment.public_id}/?do=edit"))

    for one in (page, cutting):
        (letter,) = one.all("div", data_letter="")
        assert [mark.text for mark in letter.findall("{*}mark")] == ["212-555-0188"]
        assert [mark.text for mark in letter.findall("{*}del/{*}mark")] == ["212-555-0147"]
        assert one.words("ins") == [note]
        assert "Some of these words are cut; the others still stand." in sentences(one)
        (lead,) = [
            found.get("href")
            for found in one.all("a", class_="remark-link")
            if str(found.get("href")).startswith("#mark-1")
        ]
        ids = [found.get("id") for found in letter.iter() if found.get("id")]
        assert lead == "#mark-1-2"  # where some of it still stands
        assert ids == ["mark-1-1", "mark-1-2"]


def test_a_remark_says_that_its_words_are_cut(enter: Enter, moderator: Person) -> None:
    comment = screened("Call me: 212-555-0147, any evening of the week.")
    Comment.objects.filter(pk=comment.pk).update(cuts=[[9, 21, "number"]])

    page = card(enter(moderator), comment)

    assert "These words are cut." in sentences(page)
    assert "Some of these words are cut; the others still stand." not in sentences(page)


def test_a_letter_that_no_check_has_seen_says_so(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story(), text=TEXT)
    client = enter(moderator)

    page = card(client, comment)
    queue = screen(client.get("/queue/"))

    assert "The checks have not run on this letter yet." in page.text
    assert above(page, "amber") == {"not checked yet": "#remarks"}
    assert "not checked yet" in queue.words("span", class_="tag tag-amber")


def test_a_check_that_did_not_run_says_so_and_nothing_is_hidden(
    enter: Enter, moderator: Person
) -> None:
    comment = screened("Good morning to all of you there.")
    Signal.objects.filter(comment=comment).delete()
    Signal.objects.create(
        comment=comment, kind="personal_information", score=0, code="slow"
    )
    client = enter(moderator)

    page = card(client, comment)
    queue = screen(client.get("/queue/"))

    assert sentences(page) == [
        "The check for “Personal information” did not run. Look for it yourself."
    ]
    assert page.words("div", data_letter="") == [comment.text]
    assert above(page, "amber") == {"a check did not run": "#remarks"}
    assert "a check did not run" in queue.words("span", class_="tag tag-amber")


def test_a_letter_with_nothing_to_notice_says_so(enter: Enter, moderator: Person) -> None:
    page = card(enter(moderator), screened("Good morning to all of you there."))

    assert (sentences(page), "Nothing. That decides nothing." in page.text) == ([], True)


def test_a_letter_in_another_language_names_the_desk_that_reads_it(
    enter: Enter, moderator: Person
) -> None:
    rows.make_story(7, language="ko", desk="Korean")
    comment = screened("다리가 드디어 열렸네요. 모두 축하합니다.")

    page = card(enter(moderator), comment)

    assert sentences(page) == [
        "It is in Korean (Hangul script); the story is in English.",
        "The desk “Korean” works in this language: ask there.",
    ]


def test_near_copies_are_counted_at_her_desks_only(enter: Enter) -> None:
    mine, foreign = rows.make_story(1), rows.make_story(2, desk="Korean")
    comment = rows.make_comment(mine, text=COPY)
    rows.make_comment(mine, text=f"{COPY}!")
    rows.make_comment(mine, text=f"{COPY}.", state=State.HELD)
    rows.make_comment(foreign, text=f"{COPY}, please")
    screen_letters(seconds=60)
    person = rows.make_person("mina", desks=("English",))

    page = card(enter(person), comment)

    assert "2 other letters say nearly the same; waiting: 1." in sentences(page)


def test_a_moderator_with_a_korean_screen_reads_korean_sentences(
    enter: Enter, moderator: Person
) -> None:
    comment = screened(TEXT)
    client = enter(moderator)
    client.cookies["language"] = "ko"

    page = card(client, comment)

    assert "기사에는 93,300, 이 편지에는 30,000(이)라고 되어 있습니다." in sentences(page)
    assert not [one for one in sentences(page) if "The " in one.replace("The ferry", "")]


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans", "ug"])
def test_the_page_is_whole_in_every_language(
    enter: Enter, moderator: Person, language: str
) -> None:
    comment = screened(TEXT)
    client = enter(moderator)
    client.cookies["language"] = language

    page = card(client, comment)

    assert len(sentences(page)) == 5
    assert len(page.all("li", class_="remark remark-amber")) == 3


def test_the_queue_names_what_is_grave(enter: Enter, moderator: Person) -> None:
    screened(TEXT)

    queue = screen(enter(moderator).get("/queue/"))

    grave = ["Personal information", "Incivility", "Disguise"]
    assert queue.words("span", class_="tag tag-amber") == grave
    assert queue.words("span", class_="tag") == ["Figure"]


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_queue_asks_the_database_the_same_few_things(
    enter: Enter,
    moderator: Person,
    django_assert_num_queries: pytest.FixtureRequest,
    waiting: int,
) -> None:
    story = rows.make_story(body=BODY)
    for number in range(waiting):
        rows.make_comment(story, text=f"{number} {TEXT}")
    screen_letters(seconds=60)
    client = enter(moderator)

    with django_assert_num_queries(10):  # type: ignore[operator]
        page = screen(client.get("/queue/"))

    assert len(page.all("article")) == waiting


def test_an_edited_letter_shows_the_cut_and_keeps_its_remarks(
    enter: Enter, moderator: Person
) -> None:
    comment = screened(TEXT)
    Comment.objects.filter(pk=comment.pk).update(
        cuts=[[33, 54, "number removed"]], state=State.APPROVED, version=2, arrived=TODAY
    )

    page = card(enter(moderator), comment)

    (gone,) = page.all("del")
    (mark,) = gone.findall("{*}mark")
    assert (gone.text, mark.text) == ("Call me: ", "212-555-0147")
    assert page.words("ins") == ["[number removed]"]
    assert len(sentences(page)) == 6
    assert "These words are cut." in sentences(page)


def test_advertising_is_told_with_its_signs_and_marked(
    enter: Enter, moderator: Person
) -> None:
    page = card(enter(moderator), screened("Free gift cards! Subscribe to my channel now"))

    assert page.words("strong", class_="remark-label") == ["Spam"]
    assert sentences(page) == [
        "It reads like advertising. In it: something for nothing, a request to subscribe, "
        "follow or join, a channel, shop or site of its own, and hurry."
    ]


def test_a_workplace_and_a_name_are_quoted(enter: Enter, moderator: Person) -> None:
    text = "Hannah Pell works at the bakery on Mill Street"

    assert sentences(card(enter(moderator), screened(text)))[:2] == [
        "It seems to give somebody’s name and where somebody works.",
        "That is: “Hannah Pell” and “works at the bakery on Mill Street”.",
    ]


def test_a_quoted_name_is_not_taken_for_all_that_is_given(
    enter: Enter, moderator: Person
) -> None:
    text = "Hannah Pell picks up at 212-555-0147"

    assert sentences(card(enter(moderator), screened(text)))[:2] == [
        "It seems to give somebody’s name and a phone number.",
        "Name, or place of work: “Hannah Pell”.",
    ]


def test_a_name_alone_is_told_and_is_no_alarm(enter: Enter, moderator: Person) -> None:
    client = enter(moderator)
    comment = screened("It was my neighbour Hannah Pell")

    assert sentences(card(client, comment)) == [
        "It names somebody whom the story does not name: “Hannah Pell”."
    ]
    assert screen(client.get("/queue/")).words("span", class_="tag") == []


def test_a_language_that_no_check_has_learnt_is_no_alarm(
    enter: Enter, moderator: Person
) -> None:
    client = enter(moderator)
    comment = screened("رەھمەت سىزگە، ياخشى خەۋەر.", language="ug")

    page = card(client, comment)

    assert "has not learnt this language" in " ".join(sentences(page))
    assert above(page, "amber") == {}
    assert page.words("a", class_="tag") == ["not checked for incivility"]
    assert screen(client.get("/queue/")).words("span", class_="tag") == []


def test_a_language_that_no_check_has_learnt_leaves_no_label_on_what_was_rejected(
    enter: Enter, moderator: Person
) -> None:
    comment = screened("رەھمەت سىزگە، ياخشى خەۋەر.", language="ug")
    rows.move(comment, Action.REJECT, moderator, rules=("3",))

    page = card(enter(moderator), comment)

    assert page.words("strong", class_="tag tag-ink") == ["rejected"]
    assert page.words("a", class_="tag") == ["not checked for incivility"]
    assert above(page, "amber") == {}


def test_what_is_no_advertising_is_not_stored() -> None:
    comment = screened("The council will close it, they say.")

    assert not Signal.objects.filter(comment=comment, kind="spam").exists()


def test_lists_have_no_english_words_in_languages_that_babel_has_none_for() -> None:
    with override("ug"):
        uyghur = remark_sentences._listed(["a", "b", "c"])
    with override("en"):
        english = remark_sentences._listed(["a", "b", "c"])

    assert (uyghur, english) == ("a، b، c", "a, b, and c")
