import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest
from django.test import Client

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.claim import claim
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.actions.stories import set_risk
from letterdesk.desk.actions.together import Shown, decide_together
from letterdesk.desk.models import Comment, Decision, User
from letterdesk.desk.queries.people import Person, person
from letterdesk.domain.states import Action, Risk
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, said
from tests.desk.views.pages import screen as read
from tests.values import TODAY, an_id

FIRST = "Everybody knows that the harbour company was paid to lie about the ferry."
OTHER = "Everybody knows that the harbour office was paid to lie about the ferry!"
SAME = FIRST


@pytest.fixture
def letters(db: None) -> list[Comment]:
    """Three near-copies on two stories, and a letter that says something else."""
    story, other = rows.make_story(), rows.make_story(2, headline="The night bus")
    made = [
        rows.make_comment(story, text=FIRST, name="Ana"),
        rows.make_comment(other, text=OTHER, name="Bo"),
        rows.make_comment(story, text=SAME, name="Cy"),
    ]
    rows.make_comment(story, name="Di")
    screen(seconds=60)
    return made


def address(comment: Comment) -> str:
    return f"/comments/{comment.public_id}/copies/"


def tickets(page: Screen, *names: str) -> list[str | None]:
    """Give what the boxes of these people's letters send; all of them without names."""
    articles = page.all("article", aria_labelledby=None) or page.all("article")
    found = []
    for article in articles:
        part = Screen(article)
        boxes = part.all("input", name="letters")
        if boxes and (not names or part.words("h2")[0] in names):
            found.append(boxes[0].get("value"))
    return found


def test_page_shows_every_near_copy_whole_and_how_it_differs(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    page = read(enter(moderator).get(address(letters[2])))

    texts = page.words("div", class_="letter-text alike-text")
    assert texts == [FIRST, OTHER, SAME]
    assert page.words("em", class_="apart") == ["office", "ferry!"]
    assert page.words("q", class_="alike-missing") == ["company", "ferry."]
    assert page.text.count("Word for word the first one.") == 1
    assert "The night bus" in page.text
    assert "3 letters wait, and say nearly the same." in page.text
    boxes = page.all("input", name="letters")
    assert [(box.get("checked"), box.get("autocomplete")) for box in boxes] == [
        (None, None)  # no valid attribute of a tick box; the form has it
    ] * 3
    assert len(page.all("form", autocomplete="off", data_together="")) == 1
    assert "Di" not in page.words("h2")


def test_who_listens_tells_letters_without_a_name_apart_by_their_place(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    made = [rows.make_comment(story, text=text, name="") for text in (FIRST, SAME)]
    screen(seconds=60)

    page = read(enter(moderator).get(address(made[0])))

    words = {one.get("id"): "".join(one.itertext()).strip() for one in page.tree.iter()}
    boxes = page.all("input", name="letters")
    told = [(one.get("aria-describedby") or "").split() for one in boxes]
    assert [[words[name] for name in names] for names in told] == [
        ["1", "No name given"],
        ["2", "No name given"],
    ]


def test_what_no_check_has_seen_is_in_amber_among_near_copies_as_on_its_card(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    letters[1].screened = 0
    letters[1].save(update_fields=["screened"])

    page = read(client.get(address(letters[0])))
    card = read(client.get(f"/comments/{letters[1].public_id}/"))

    assert page.words("span", class_="tag tag-amber") == ["not checked yet"]
    assert card.words("a", class_="tag tag-amber") == ["not checked yet"]


def test_card_queue_and_start_lead_to_near_copies(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)

    card = read(client.get(f"/comments/{letters[1].public_id}/"))
    queue = read(client.get("/queue/"))
    start = read(client.get("/"))
    groups = read(client.get("/groups/?desk=English"))

    assert address(letters[1]) in list(card.addresses())
    assert [one for one in queue.addresses() if one.endswith("/copies/")] == [
        address(one) for one in letters
    ]
    assert "/groups/?desk=English" in list(start.addresses())
    assert "1 group of near-copies waits" in start.text
    assert address(letters[0]) in list(groups.addresses())
    assert "3 letters wait" in groups.text


def test_a_group_sends_the_terms_whose_rules_it_shows(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    page = read(client.get(address(letters[0])))
    chosen = {"letters": tickets(page, "Ana", "Cy"), "action": "reject", "rules": ["6"]}

    answer = client.post(address(letters[0]), {**chosen, "terms": "another"})

    assert [one.get("value") for one in page.all("input", name="terms")] == ["1"]
    assert rows.states(*letters) == ["pending"] * 3
    assert read(client.get(answer.url)).text.count("another version of the Terms") == 1


def test_those_that_are_ticked_are_rejected_with_one_click_and_come_back_with_another(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    page = read(client.get(address(letters[0])))

    answer = client.post(
        address(letters[0]),
        {"letters": tickets(page, "Ana", "Cy"), "action": "reject", "rules": ["6"]},
    )

    assert rows.states(*letters) == ["rejected", "pending", "rejected"]
    group = Decision.objects.values_list("group", flat=True).distinct().get()
    assert answer.url == f"{address(letters[0])}?group={group}"
    after = read(client.get(answer.url))
    assert "Rejected: 2 letters together." in after.text
    assert after.words("h2", class_="alike-name") == ["Bo"]
    decided = Screen(after.all("section", aria_labelledby="decided")[0])
    assert decided.words("strong") == ["rejected", "rejected"]
    assert decided.text.count("rule 6") == 2
    mine = read(client.get("/mine/"))
    assert "2 letters together" in mine.text
    assert f"/groups/{group}/undo/" in list(mine.addresses())

    back = client.post(f"/groups/{group}/undo/", {"back": "mine"})

    assert back.url == "/mine/?done=group-undone"
    assert rows.states(*letters) == ["pending"] * 3
    assert "Undone: the letters are as they were before." in read(client.get(back.url)).text


def test_undo_of_a_hold_of_several_asks_nothing_where_none_was_approved(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    ticked = tickets(read(client.get(address(letters[0]))))
    client.post(address(letters[0]), {"letters": ticked, "action": "hold"})
    group = Decision.objects.values_list("group", flat=True).distinct().get()

    client.post(f"/groups/{group}/undo/", {"back": "mine"})

    assert rows.states(*letters) == ["pending"] * 3


def test_undo_of_a_hold_of_several_asks_first_where_one_was_approved(
    enter: Enter, moderator: Person, colleague: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    rows.approve(letters[1], colleague)
    seen = [
        Shown(id=one.public_id, version=version)
        for one, version in zip(letters, (1, 2, 1), strict=True)
    ]
    group = decide_together(
        seen, Action.HOLD, by=moderator, ruling=Ruling(), now=rows.NOW
    ).group
    undo = f"/groups/{group}/undo/"

    asked = read(client.post(undo, {"back": "mine"}))

    assert asked.words("h1")[0] == "Undo the hold?"
    assert "3 letters are held." in asked.text
    assert rows.states(*letters) == ["held"] * 3
    assert [one.get("value") for one in asked.all("input", name="back")] == ["mine"]

    client.post(undo, {"back": "mine", "sure": "1"})

    assert rows.states(*letters) == ["pending", "approved", "pending"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 letter is held. It was approved before, and its story has become"),
        (3, "where the story has become sensitive since, an approval by one person is"),
    ],
)
@pytest.mark.parametrize(
    "back", [lambda _: "mine", lambda _: "", lambda letters: address(letters[1])]
)
def test_undo_of_a_hold_of_several_says_where_one_approval_is_the_first_of_two_by_now(
    enter: Enter,
    moderator: Person,
    colleague: Person,
    letters: list[Comment],
    number: int,
    said: str,
    back: Callable[[list[Comment]], str],
) -> None:
    client = enter(moderator)
    rows.approve(letters[0], colleague)
    seen = [
        Shown(id=one.public_id, version=version)
        for one, version in zip(letters, (2, 1, 1), strict=True)
    ]
    group = decide_together(
        seen[:number], Action.HOLD, by=moderator, ruling=Ruling(), now=rows.NOW
    ).group
    set_risk(letters[0].story.public_id, Risk.SENSITIVE, today=TODAY)
    undo = f"/groups/{group}/undo/"

    asked = read(client.post(undo, {"back": "mine"}))
    undone = client.post(undo, {"back": back(letters), "sure": "1"})

    assert said in asked.text
    assert read(client.get(undone.url)).words("p", data_told="")[0] == (
        "Undone. A letter that has the first of two approvals now waits until somebody "
        "else gives the second."
    )
    letters[0].refresh_from_db()
    assert (letters[0].state, letters[0].approved_by_id) == ("pending", colleague.id)


def test_what_one_person_ticked_is_not_taken_from_the_next(
    enter: Enter, moderator: Person, colleague: Person, letters: list[Comment]
) -> None:
    where = address(letters[0])
    hers = read(enter(moderator).get(where))
    (whose,) = hers.all("input", name="whose")
    ticked = {"letters": tickets(hers), "rules": ["1"], "action": "reject"}

    answer = enter(colleague).post(where, {**ticked, "whose": whose.get("value")})

    assert answer.status_code == 403
    assert rows.states(*letters) == ["pending"] * 3


def test_letter_that_changed_meanwhile_is_left_out_by_name(
    enter: Enter, moderator: Person, colleague: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    page = read(client.get(address(letters[0])))
    rows.move(letters[1], Action.REJECT, colleague)

    answer = client.post(
        address(letters[0]), {"letters": tickets(page), "action": "approve"}
    )

    assert rows.states(*letters) == ["approved", "rejected", "approved"]
    after = read(client.get(answer.url))
    assert (
        "1 letter was left out; nothing of it was changed: "
        "It has changed meanwhile. Look at it again." in after.text
    )
    assert "Bo (rejected)" in after.text
    moves = Decision.objects.filter(comment=letters[1]).values_list("move", flat=True)
    assert list(moves) == ["reject"]


def test_sensitive_letters_and_those_that_a_colleague_has_open_are_shown_only(
    enter: Enter, moderator: Person, colleague: Person, letters: list[Comment]
) -> None:
    story = rows.make_story(3, risk="sensitive", headline="The witness")
    rows.make_comment(story, text=FIRST, name="Eve")
    screen(seconds=60)
    claim(letters[1].public_id, by=colleague, now=datetime.now(UTC), page=an_id(1))

    page = read(enter(moderator).get(address(letters[0])))

    names = page.words("h2", class_="alike-name")
    assert names == ["Ana", "Bo", "Cy", "Eve"]
    assert len(tickets(page)) == 2
    assert "never in a group" in page.text
    assert "noor has it open" in page.text
    assert "it cannot be ticked until she lets go of it" in page.text
    assert "Ticked: 0 / 2" in page.text
    assert "2 letters cannot be ticked; each says why." in page.text


def test_list_of_groups_says_which_are_on_a_sensitive_story(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    before = read(client.get("/groups/")).words("span", class_="tag tag-amber")
    set_risk(letters[1].story.public_id, Risk.SENSITIVE, today=TODAY)

    after = read(client.get("/groups/")).words("span", class_="tag tag-amber")

    assert (before, after) == ([], ["sensitive"])


def test_group_that_is_done_with_leads_to_the_next_and_at_last_to_the_list(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    closed, open_ = (
        rows.make_story(4, risk="sensitive"),
        rows.make_story(5),
    )
    alike = "The bridge shall be closed for two years and nobody was asked about it."
    other = "My street has had no light since summer and the town hall does not answer."
    first = [rows.make_comment(closed, text=alike) for _ in range(3)]
    then = [rows.make_comment(open_, text=other) for _ in range(2)]
    screen(seconds=60)
    client = enter(moderator)

    def onward(comment: Comment) -> list[tuple[str | None, str]]:
        page = read(client.get(address(comment)))
        found = page.all("a", data_key="j")
        return [(one.get("href"), said(one)) for one in found]

    while_open = onward(letters[0])
    decide_all(letters, moderator)
    after_one, from_closed = onward(letters[0]), onward(first[0])
    decide_all(then, moderator)
    at_last = onward(then[0])

    assert while_open == []
    assert after_one == from_closed == [(address(then[0]), "Next group J")]
    assert at_last == [("/groups/", "All groups J")]
    assert "None of these letters can be ticked; each says why." in (
        read(client.get(address(first[0]))).text
    )


def decide_all(letters: Iterable[Comment], by: Person) -> None:
    shown = [Shown(id=one.public_id, version=1) for one in letters]
    now = datetime.now(UTC)
    decide_together(shown, Action.APPROVE, by=by, ruling=Ruling(), now=now)


def test_nobody_decides_on_a_letter_that_no_page_has_shown_her(
    enter: Enter, moderator: Person, colleague: Person, letters: list[Comment]
) -> None:
    mine, theirs = enter(moderator), enter(colleague)
    ticket = str(tickets(read(theirs.get(address(letters[0]))))[0])
    own = str(tickets(read(mine.get(address(letters[0]))))[0])
    made_up = re.sub(r"^[^:]+", letters[1].public_id, own)
    other_version = re.sub(r":1:", ":2:", own, count=1)

    for forged in (ticket, made_up, other_version, "", f"{letters[0].public_id}:1"):
        answer = mine.post(address(letters[0]), {"letters": forged, "action": "approve"})
        assert answer.status_code == 400

    assert rows.states(*letters) == ["pending"] * 3


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"action": "approve"}, "Nothing is ticked."),
        ({"action": "reject", "ticked": "yes"}, "Choose the rule"),
        ({"action": "hold", "ticked": "yes", "note": "x" * 2_001}, "2001 characters"),
    ],
)
def test_what_is_refused_comes_back_as_it_was(
    enter: Enter,
    moderator: Person,
    letters: list[Comment],
    sent: dict[str, str],
    sentence: str,
) -> None:
    client = enter(moderator)
    found = tickets(read(client.get(address(letters[0]))), "Bo")
    ticked = {"letters": found} if "ticked" in sent else {}

    answer = client.post(address(letters[0]), {**sent, **ticked})

    page = read(answer)
    assert answer.status_code == 422
    assert sentence in page.words("p", role="alert")[0]
    checked = [box for box in page.all("input", name="letters") if "checked" in box.attrib]
    assert len(checked) == len(ticked)
    assert rows.states(*letters) == ["pending"] * 3


def test_group_says_of_each_letter_what_became_of_it(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    found = tickets(read(client.get(address(letters[0]))))
    client.post(address(letters[0]), {"letters": found, "action": "approve"})
    group = Decision.objects.values_list("group", flat=True).distinct().get()
    act(letters[1].story_id, today=TODAY)

    page = read(client.get(f"/groups/{group}/"))
    back = client.post(f"/groups/{group}/undo/")
    after = read(client.get(back.url))

    assert page.text.count("can be undone until") == 2
    assert page.text.count("the press has acted") == 1
    assert back.url == f"/groups/{group}/?done=group-undone-in-part"
    assert rows.states(*letters) == ["pending", "published", "pending"]
    assert "Undone in part" in after.text
    assert after.text.count("the press has acted") == 1
    again = client.post(f"/groups/{group}/undo/")
    assert again.status_code == 409
    assert "There is nothing to undo" in read(again).text


def test_what_a_group_did_shows_on_the_card(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    found = tickets(read(client.get(address(letters[0]))), "Ana")
    client.post(address(letters[0]), {"letters": found, "action": "hold", "note": "Who?"})
    group = Decision.objects.get().group

    card = read(client.get(f"/comments/{letters[0].public_id}/"))

    assert f"/groups/{group}/" in list(card.addresses())


def test_near_copies_at_other_desks_are_not_hers(
    enter: Enter, letters: list[Comment]
) -> None:
    rows.make_comment(
        rows.make_story(4, desk="Elsewhere"), text=f"{FIRST} Zmeinogorsk", name="Far"
    )
    screen(seconds=60)
    client = enter(rows.make_person("eda", desks=("English",)))

    for page in (address(letters[0]), "/groups/", "/queue/"):
        assert "Zmeinogorsk" not in client.get(page).content.decode()


def test_harsh_letters_are_veiled_box_and_all(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    for name in ("Ana", "Bo"):
        rows.make_comment(
            story, text="You stupid idiots, shut up and die already", name=name
        )
    screen(seconds=60)
    User.objects.filter(pk=moderator.id).update(veils=True)
    veiled = person(User.objects.get(pk=moderator.id))
    first = Comment.objects.first()
    assert first

    page = read(enter(veiled).get(address(first)))

    veils = page.all("details", class_="veil")
    assert len(veils) == 2
    assert all(Screen(one).all("input", name="letters") for one in veils)
    groups = enter(veiled).get("/groups/").content.decode()
    assert "idiots" not in groups


@pytest.mark.parametrize("copies", [2, 4])
def test_page_asks_the_database_the_same_few_things(
    enter: Enter,
    moderator: Person,
    django_assert_num_queries,
    copies: int,
) -> None:
    story = rows.make_story()
    made = [rows.make_comment(story, text=FIRST) for _ in range(copies)]
    screen(seconds=60)
    client = enter(moderator)
    client.get("/")

    with django_assert_num_queries(12):
        page = read(client.get(address(made[0])))

    assert len(tickets(page)) == copies


def test_many_near_copies_are_shown_a_page_at_a_time(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    made = [rows.make_comment(story, text=FIRST, name=f"No. {n}") for n in range(23)]
    screen(seconds=60)
    client = enter(moderator)

    page = read(client.get(address(made[5])))
    (more,) = [one for one in page.addresses() if "?from=" in one]
    rest = read(client.get(more))

    assert len(tickets(page)) == 20
    assert "20 of 23 letters that wait and say nearly the same." in page.text
    assert "3 of 23 letters that wait and say nearly the same." in rest.text
    assert rest.words("h2", class_="alike-name") == ["No. 20", "No. 21", "No. 22"]


def sent(page: Screen, name: str) -> list[str | None]:
    return [one.get("value") for one in page.all("input", name=name)]


def test_page_is_ticked_without_scripts_and_what_has_come_since_is_not(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    made = [rows.make_comment(story, text=FIRST, name=f"No. {n}") for n in range(23)]
    screen(seconds=60)
    client = enter(moderator)
    first = read(client.get(address(made[0])))
    rows.move(made[2], Action.REJECT, colleague)

    again = client.post(address(made[0]), {"shown": sent(first, "shown"), "tick": "page"})
    page = read(again)
    ticked = [one.get("value") for one in page.all("input", name="letters", checked="")]

    assert again.status_code == 200
    assert page.words("h2", class_="alike-name")[-1] == "No. 20"
    assert len(ticked) == 19  # not the twentieth, which the first page had not shown
    assert "Untick this page" in page.text
    assert rows.states(*made).count("pending") == 22

    none = read(client.post(address(made[0]), {"letters": ticked, "tick": "nothing"}))
    assert none.all("input", name="letters", checked="") == []

    refused = client.post(address(made[0]), {"letters": ticked, "action": "approve"})
    assert refused.status_code == 422
    assert "tick each by itself" in read(refused).words("p", role="alert")[0]
    assert rows.states(*made).count("approved") == 0

    done = client.post(
        address(made[0]), {"letters": ticked, "action": "reject", "rules": ["6"]}
    )
    assert rows.states(*made).count("rejected") == 20
    assert "Rejected: 19 letters together." in read(client.get(done.url)).text


def test_what_she_ticked_by_herself_stays_so_when_she_ticks_the_page(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    first = read(client.get(address(letters[0])))
    own = tickets(first, "Bo")

    page = read(
        client.post(
            address(letters[0]),
            {"letters": own, "shown": sent(first, "shown"), "tick": "page"},
        )
    )

    ticked = [one.get("value") for one in page.all("input", name="letters", checked="")]
    parts = [str(one).split(":") for one in ticked]
    assert [one[2] == "page" for one in parts] == [True, False, True]


@pytest.mark.parametrize("forged", ["", "x:1:page"])
def test_page_that_showed_nothing_ticks_nothing(
    enter: Enter, moderator: Person, letters: list[Comment], forged: str
) -> None:
    answer = enter(moderator).post(address(letters[0]), {"shown": forged, "tick": "page"})

    assert answer.status_code == 400


def test_page_does_not_tick_what_is_veiled(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    made = [
        rows.make_comment(story, text="You stupid idiots, shut up and die already")
        for _ in range(2)
    ]
    screen(seconds=60)
    plain = read(enter(moderator).get(address(made[0])))
    User.objects.filter(pk=moderator.id).update(veils=True)
    veiled = enter(person(User.objects.get(pk=moderator.id)))

    page = read(veiled.get(address(made[0])))
    again = read(
        veiled.post(address(made[0]), {"shown": sent(plain, "shown"), "tick": "page"})
    )

    assert sent(page, "shown") == []
    assert again.all("input", name="letters", checked="") == []


def test_decision_leads_to_the_next_page_of_the_same_group(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    made = [rows.make_comment(story, text=FIRST, name=f"No. {n}") for n in range(45)]
    screen(seconds=60)
    client = enter(moderator)
    (more,) = [
        one for one in read(client.get(address(made[0]))).addresses() if "?from=" in one
    ]
    second = read(client.get(more))

    answer = client.post(
        more, {"letters": tickets(second), "action": "reject", "rules": ["6"]}
    )
    third = read(client.get(answer.url))
    rest = client.post(
        answer.url, {"letters": sent(third, "letters"), "action": "reject", "rules": ["6"]}
    )
    first = read(client.get(rest.url))

    assert third.words("h2", class_="alike-name") == [f"No. {n}" for n in range(40, 45)]
    assert "Rejected: 20 letters together." in third.text
    assert first.words("h2", class_="alike-name") == [f"No. {n}" for n in range(20)]


def test_letter_without_near_copies_is_alone_on_its_page(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())

    page = read(enter(moderator).get(address(comment)))

    assert page.words("div", class_="letter-text alike-text") == [rows.TEXT]
    assert "1 letter waits." in page.text


def test_left_out_letters_named_in_an_address_are_shown_to_those_who_may_see_them(
    client: Client, enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    there = rows.make_comment(rows.make_story(4, desk="Elsewhere"), name="Zmeinogorsk")
    hers = enter(rows.make_person("eda", desks=("English",)))
    query = f"?left={there.public_id}.version-old&left={an_id(70)}.x&left=nonsense&group=x"

    page = hers.get(address(letters[0]) + query)

    assert page.status_code == 200
    assert "Zmeinogorsk" not in page.content.decode()


def test_letters_left_out_for_one_reason_share_its_sentence(
    enter: Enter, moderator: Person, colleague: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    page = read(client.get(address(letters[0])))
    for letter in letters[1:]:
        rows.move(letter, Action.REJECT, colleague)

    answer = client.post(
        address(letters[0]), {"letters": tickets(page), "action": "approve"}
    )
    after = read(client.get(answer.url))

    assert after.text.count("It has changed meanwhile. Look at it again.") == 1
    assert "2 letters were left out" in after.text
    for name in ("Bo (rejected)", "Cy (rejected)"):
        assert name in after.text


def test_undo_leads_back_to_where_the_letters_wait(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    found = tickets(read(client.get(address(letters[0]))))
    done = client.post(address(letters[0]), {"letters": found, "action": "approve"})
    (form,) = [
        one
        for one in read(client.get(done.url)).all("form")
        if one.get("action", "").endswith("/undo/")
    ]

    back = Screen(form).all("input", name="back")[0].get("value")
    undone = client.post(form.get("action"), {"back": back})
    after = read(client.get(undone.url))

    assert undone.url.startswith(f"{address(letters[0])}?group=")
    assert "Undone: 3 letters are as they were before." in after.text
    assert len(tickets(after)) == 3
    assert {"/groups/", "/queue/next/"} <= set(after.addresses())


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "/x"])
def test_undo_leads_nowhere_else(
    enter: Enter, moderator: Person, letters: list[Comment], elsewhere: str
) -> None:
    client = enter(moderator)
    found = tickets(read(client.get(address(letters[0]))))
    client.post(address(letters[0]), {"letters": found, "action": "approve"})
    group = Decision.objects.values_list("group", flat=True).distinct().get()

    undone = client.post(f"/groups/{group}/undo/", {"back": elsewhere})
    after = read(client.get(undone.url))

    assert undone.url == f"/groups/{group}/?done=group-undone"
    assert {"/groups/", "/mine/", "/queue/next/"} <= set(after.addresses())


def test_ticket_counts_on_the_page_that_gave_it_only(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)
    found = tickets(read(client.get(address(letters[0]))))

    answer = client.post(address(letters[2]), {"letters": found, "action": "approve"})

    assert answer.status_code == 400
    assert rows.states(*letters) == ["pending"] * 3


def test_pages_of_groups_belong_to_the_queue(
    enter: Enter, moderator: Person, letters: list[Comment]
) -> None:
    client = enter(moderator)

    for page in (address(letters[0]), "/groups/"):
        current = [one.text for one in read(client.get(page)).all("a", aria_current="true")]
        assert current == ["Queue"]
