from datetime import timedelta

import pytest
from django.utils import timezone

from letterdesk.desk.models import Signal
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, Risk
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def test_queue_shows_the_oldest_first_with_what_matters(
    enter: Enter, moderator: Person
) -> None:
    ago = timezone.now().date() - timedelta(days=2)
    story = rows.make_story(risk=Risk.SENSITIVE)
    parent = rows.make_published(rows.make_story(2), moderator)
    first = rows.make_comment(story, arrived=ago, text="The first. " * 30, language="ko")
    second = rows.make_comment(parent.story, reply_to=parent, as_written=True, trapped=True)

    page = screen(enter(moderator).get("/queue/"))

    shown = page.words("article")
    assert [one.get("href") for one in page.all("a", class_="line-excerpt")] == [
        f"/comments/{first.public_id}/",
        f"/comments/{second.public_id}/",
    ]
    assert shown[0].startswith(
        "The ferry will not come back sensitive not checked yet The first."
    )
    assert shown[0].endswith("… 2 days Korean Desk: English")
    assert "as written robot trap" in shown[1]
    assert "answers a reader" in shown[1]


def test_queue_and_card_tell_of_personal_information_in_one_colour(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story(), screened=1)
    Signal.objects.create(
        comment=comment,
        kind="personal_information",
        score=1.0,
        code="personal",
        facts={"details": ["phone"]},
    )
    client = enter(moderator)

    listed = screen(client.get("/queue/")).words("span", class_="tag tag-amber")
    alone = screen(client.get(f"/comments/{comment.public_id}/"))

    assert listed == ["Personal information"]
    assert "Personal information" in alone.words("a", class_="tag tag-amber")


def test_queue_says_what_our_own_form_would_not_have_sent(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    rows.make_comment(story, came_late=True)
    rows.make_comment(story, lost_parent=True)

    shown = screen(enter(moderator).get("/queue/")).words("article")

    assert ["story closed" in words for words in shown] == [True, False]
    assert ["answers nobody here" in words for words in shown] == [False, True]


@pytest.mark.parametrize("waiting", [1, 3])
def test_queue_asks_the_database_the_same_few_things(
    enter: Enter, moderator: Person, django_assert_num_queries: object, waiting: int
) -> None:
    for number in range(waiting):
        rows.make_comment(rows.make_story(number + 1))
    client = enter(moderator)

    with django_assert_num_queries(10):
        page = client.get("/queue/")

    assert len(screen(page).all("article")) == waiting


@pytest.mark.parametrize("waiting", [1, 3])
def test_start_asks_the_database_the_same_few_things(
    enter: Enter, editor: Person, django_assert_num_queries: object, waiting: int
) -> None:
    story = rows.make_story()
    for _ in range(waiting):
        rows.make_comment(story)
        rows.approve(rows.make_comment(story), editor)
    client = enter(editor)

    with django_assert_num_queries(23):
        page = client.get("/")

    assert screen(page).words("strong", class_="waits-number number") == [
        f"waiting {waiting}"
    ]


def test_start_counts_only_her_desks(db: None, enter: Enter) -> None:
    rows.make_comment(rows.make_story())
    rows.make_comment(rows.make_story(2, desk="Korean", headline="The bus"))

    page = screen(enter(rows.make_person("lea", desks=("Korean",))).get("/"))

    assert page.words("a", class_="waits-desk") == ["Korean"]
    assert page.words("a", class_="line-main") == ["The bus"]
    assert page.words("a", class_="tile-link") == ["Appeals", "Notices"]


def test_start_shows_stories_their_risk_and_who_is_on_them(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story(risk=Risk.SENSITIVE)
    comment = rows.make_comment(story, arrived=timezone.now().date() - timedelta(days=4))
    rows.make_comment(story, arrived=timezone.now().date())
    enter(colleague).get(f"/comments/{comment.public_id}/")

    page = screen(enter(moderator).get("/"))

    assert page.words("p", class_="waits-words") == ["2 letters the oldest is 4 days old"]
    assert page.words("li", class_="line waits-line") == [
        "The ferry will not come back sensitive noor is on it English 4 days waiting 2"
    ]
    assert [one.get("href") for one in page.all("a", class_="line-main")] == [
        f"/queue/?story={story.public_id}"
    ]


def test_start_tells_who_has_nothing_to_do(enter: Enter, moderator: Person) -> None:
    assert "Nothing waits." in screen(enter(moderator).get("/")).text


def test_later_letters_are_on_the_next_page(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    comments = [rows.make_comment(story) for _ in range(51)]
    client = enter(moderator)

    first = screen(client.get("/queue/?desk=English"))
    (more,) = [one.get("href") or "" for one in first.all("a", rel="next")]
    second = screen(client.get(more))

    assert more.startswith("/queue/?desk=English&from=")
    assert [one.get("href") for one in second.all("a", class_="line-excerpt")] == [
        f"/comments/{comments[-1].public_id}/?desk=English"
    ]
    assert second.all("a", rel="next") == []


def test_skipped_letter_waits_until_nothing_else_does(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    first, second = rows.make_comment(story), rows.make_comment(story)
    client = enter(moderator)

    onwards = client.post(f"/comments/{first.public_id}/skip/")
    end = client.post(f"/comments/{second.public_id}/skip/")
    page = screen(client.get("/queue/"))
    again = client.post("/queue/skipped/")

    assert onwards.url == f"/comments/{second.public_id}/"
    assert end.url == "/queue/"
    assert "You put off 2 letters." in page.text
    assert again.url == f"/comments/{first.public_id}/"
    assert "You put off" not in screen(client.get("/queue/")).text


def test_queue_of_one_story(enter: Enter, moderator: Person) -> None:
    one, other = rows.make_story(1), rows.make_story(2, headline="Another story")
    rows.make_comment(one)
    comment = rows.make_comment(other)
    client = enter(moderator)

    page = screen(client.get(f"/queue/?story={other.public_id}"))
    begin = client.get(f"/queue/next/?story={other.public_id}")

    assert page.words("h1") == ["Waiting on “Another story”", "Which key does what"]
    assert len(page.all("article")) == 1
    assert begin.url == f"/comments/{comment.public_id}/?story={other.public_id}"


@pytest.mark.parametrize("address", ["/queue/?story=nowhere", "/comments/?story=nowhere"])
def test_unknown_story_is_not_found(enter: Enter, moderator: Person, address: str) -> None:
    assert enter(moderator).get(address).status_code == 404


def test_desk_of_others_is_refused(db: None, enter: Enter) -> None:
    rows.make_comment(rows.make_story(desk="Korean"))

    answer = enter(rows.make_person("lea", desks=("English",))).get("/queue/?desk=Korean")

    assert answer.status_code == 403


@pytest.mark.parametrize("written", ["x", "-1", "١", "9" * 40])
def test_odd_cursor_begins_nowhere(enter: Enter, moderator: Person, written: str) -> None:
    rows.make_comment(rows.make_story())

    answer = enter(moderator).get("/queue/", {"from": written})

    assert answer.status_code == 404
    assert screen(answer).all("article") == []


def test_start_leads_to_the_letters_that_are_held(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    for _ in range(2):
        rows.move(rows.make_comment(story), Action.HOLD, moderator)
    rows.make_comment(story)

    page = screen(enter(moderator).get("/"))

    tiles = [" ".join("".join(one.itertext()).split()) for one in page.all("li")]
    assert "Held2" in tiles
    assert page.all("a", href="/comments/?status=held")


def test_a_language_is_kept_on_the_way_through_the_queue(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    tags = ("en", "ko", "en", "ko", "ko")
    made = [rows.make_comment(story, language=tag).public_id for tag in tags]
    client = enter(moderator)

    page = screen(client.get("/queue/?language=ko"))
    begin = client.get("/queue/next/?language=ko")
    card = screen(client.get(begin.url))
    skipped = client.post(f"/comments/{made[1]}/skip/", {"language": "ko"})
    sent = {"action": "approve", "version": "1", "language": "ko"}
    decided = client.post(f"/comments/{made[3]}/", sent)

    assert len(page.all("article")) == 3
    assert page.words("option")[:3] == ["All languages", "English", "Korean"]
    assert [one.text for one in page.all("option", selected="")] == ["Korean"]
    assert begin.url == f"/comments/{made[1]}/?language=ko"
    assert [one.get("href") for one in card.all("a", rel="next")] == [
        f"/comments/{made[3]}/?language=ko"
    ]
    assert {one.get("value") for one in card.all("input", name="language")} == {"ko"}
    assert skipped.url == f"/comments/{made[3]}/?language=ko"
    assert decided.url == f"/comments/{made[4]}/?language=ko&after={made[3]}"


def test_a_language_stays_chosen_when_nothing_waits_in_it(
    enter: Enter, moderator: Person
) -> None:
    rows.make_comment(rows.make_story(), language="en")

    page = screen(enter(moderator).get("/queue/?language=ko"))

    assert [one.text for one in page.all("option", selected="")] == ["Korean"]
    assert page.words("option")[:3] == ["All languages", "English", "Korean"]
    assert "Nothing waits here." in page.text


def test_one_language_is_no_choice(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    rows.make_comment(story)

    everything, one_story, none = (
        screen(enter(moderator).get(address))
        for address in (
            "/queue/",
            f"/queue/?story={story.public_id}",
            "/queue/?language=vi",
        )
    )

    assert not everything.all("select", name="language")
    assert (len(one_story.all("article")), one_story.all("select")) == (1, [])
    assert "Nothing waits here." in none.text
    assert "All desks" in none.words("a")


def test_a_signal_is_kept_on_the_way_through_the_queue(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    made = [rows.make_comment(story) for _ in range(4)]
    for comment in made[1::2]:
        Signal.objects.create(
            comment=comment,
            kind="personal_information",
            score=1.0,
            code="personal",
            facts={"details": ["phone"]},
        )
    ids = [one.public_id for one in made]
    client = enter(moderator)

    page = screen(client.get("/queue/?signal=personal_information"))
    begin = client.get("/queue/next/?signal=personal_information")
    card = screen(client.get(begin.url))
    sent = {"action": "approve", "version": "1", "signal": "personal_information"}
    decided = client.post(f"/comments/{ids[1]}/", sent)
    other = client.get("/queue/?signal=campaign")

    assert len(page.all("article")) == 2
    assert [one.text for one in page.all("option", selected="")] == ["Personal information"]
    assert "among the 1000 letters that wait longest at each desk" in page.text
    assert [one.get("href") for one in card.all("a", rel="next")] == [
        f"/comments/{ids[3]}/?signal=personal_information"
    ]
    assert {one.get("value") for one in card.all("input", name="signal")} == {
        "personal_information"
    }
    assert decided.url == (
        f"/comments/{ids[3]}/?signal=personal_information&after={ids[1]}"
    )
    assert other.status_code == 404  # and not all that waits
