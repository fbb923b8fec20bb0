"""The page of protected names: typed once, never shown again; a warning on the card."""

from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client

from letterdesk.desk.actions.reread import reread
from letterdesk.desk.actions.screen import screen as screen_letters
from letterdesk.desk.models import Comment, Decision, ProtectedName, Story
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, State
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, said, screen

KEY = bytes(32)


def key_of(newsroom: Settings) -> None:
    (newsroom.folder / "keys").mkdir(exist_ok=True)
    (newsroom.folder / "keys" / "desk.names").write_bytes(KEY)


def put(client: Client, story: Story, label: str = "the victim", **sent: str) -> object:
    values = {"story": story.public_id, "label": label, "names": "Daniel Roe\n김민수"}
    return client.post("/names/", values | sent)


def approved_twice(
    client: Client, address: str, form: Mapping[str, object]
) -> tuple[HttpResponse, Screen, list[str]]:
    """Send a form, then the one that its answer shows; give that, and the states after."""
    refused = client.post(address, form)
    page = screen(refused)
    states = [Comment.objects.get().state]
    client.post(address, sent(page, "approve"))
    states.append(Comment.objects.get().state)
    return refused, page, states


def test_a_name_is_typed_once_and_never_shown_again(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)

    answer = put(client, story)
    page = screen(client.get(answer.url))

    assert answer.url == f"/names/?story={story.public_id}&done=saved"
    assert page.words("strong", class_="line-main") == ["the victim"]
    assert "Daniel" not in page.text
    assert "김민수" not in page.text


@pytest.mark.parametrize(
    ("names", "ways"),
    [
        ("Daniel Roe", ["latin", "latin~"]),
        ("김민수", ["hangul", "hangul~", "sound", "typed", "initials"]),
        ("王小明", ["han", "pinyin", "spelt", "initials", "none"]),
        ("李娜", ["han", "pinyin", "pair", "none"]),
        ("热依汗古丽·买买提", ["han", "pinyin", "spelt", "none"]),
        (
            "ئابدۇرېھىم ئۆتكۈر",
            [
                "latin",
                "latin~",
                "initials",
                "uyghur",
                "arabic",
                "cyrillic",
                "cyrillicshape",
            ],
        ),
        ("Даниил Петров", ["cyrillic", "none"]),
        ("สมชาย ใจดี", ["other", "none"]),
        ("Daw Khin Aye Moe Thein", ["latin", "latin~", "initials"]),
    ],
)
def test_the_list_says_which_written_forms_of_a_name_are_found(
    enter: Enter, editor: Person, newsroom: Settings, names: str, ways: list[str]
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    begins = {
        "latin": "Latin letters, with accents",
        "latin~": "Latin letters with one typing error.",
        "hangul": "Hangul, also",
        "hangul~": "Hangul with one letter",
        "sound": "Romanised Korean",
        "typed": "Hangul typed on a Latin keyboard",
        "han": "Han letters.",
        "pinyin": "Other Han letters of the same sound",
        "spelt": "Pinyin with the given name first.",
        "pair": "Pinyin with the given name first, as two words",
        "initials": "Initials: M. Schmidt",
        "uyghur": "Other Latin spellings of Uyghur",
        "arabic": "Arabic letters",
        "cyrillic": "Cyrillic letters, with",
        "cyrillicshape": "Cyrillic letters of Russian",
        "other": "Its own script",
        "none": "A typing error is not found.",
    }

    page = screen(client.get(put(client, story, names=names).url))

    (found,) = page.all("details", class_="line-deed")
    told = Screen(found).words("li")
    assert len(told) == len(ways)
    for sentence, way in zip(told, ways, strict=True):
        assert sentence.startswith(begins[way])


def test_a_name_comes_off_the_list_only_after_a_word_about_what_that_means(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    put(client, story)

    page = screen(client.get(f"/names/?story={story.public_id}"))
    (sure,) = page.all("details", class_="sure")
    (form,) = (one for one in page.all("form") if sure in list(one.iter()))
    client.post(form.get("action", ""), {"story": story.public_id})

    assert [one.tag.rpartition("}")[2] for one in sure] == ["summary", "p", "button"]
    assert "somebody has to know it" in said(sure)
    assert said(sure[-1]) == "Take “the victim” off the list"
    assert ProtectedName.objects.count() == 0


@pytest.mark.parametrize(
    ("names", "line", "why"),
    [
        ("Daniel Roe\n\nRoe\nD. A. Roe", 3, "A spelling needs two letters"),
        ("Daniel Roe\nDaniel / Dan Roe", 2, "A line takes one name."),
        ("x" * 101, 1, "It has 101 characters"),
        ("", 0, "Give a label"),
    ],
)
def test_what_is_refused_says_why_and_where_and_is_kept_in_the_answer_alone(
    enter: Enter, editor: Person, newsroom: Settings, names: str, line: int, why: str
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)

    answer = put(client, story, names=names)
    page = screen(answer)

    assert answer.status_code == 422
    assert answer["Cache-Control"] == "no-store"
    assert page.words("p", role="alert")[0].startswith(why)
    wrong = page.words("p", id="names-wrong")
    assert [one.partition(" is ")[0] for one in wrong] == [f"Line {line}"] * bool(line)
    assert [one.get("value") for one in page.all("input", name="label")] == ["the victim"]
    (field,) = page.all("textarea", name="names")
    assert (field.text or "").removeprefix("\n") == names
    assert ProtectedName.objects.count() == 0
    again = screen(client.get(f"/names/?story={story.public_id}"))
    assert again.words("textarea", name="names") == [""]


@pytest.mark.parametrize(
    ("language", "said_first"),
    [
        ("en", "A line takes one name."),
        ("ko", "한 줄에는 이름 하나만 적습니다."),
        ("zh-hans", "每行只写一个姓名。"),
        ("ug", "ھەر قۇرغا بىر ئىسىم يېزىلىدۇ."),
    ],
)
def test_a_line_with_two_names_is_refused_in_the_editors_language(
    enter: Enter, editor: Person, newsroom: Settings, language: str, said_first: str
) -> None:
    key_of(newsroom)
    client = enter(editor)
    client.post("/language/", {"language": language, "next": "/queue/"})

    answer = put(client, rows.make_story(), names="Daniel / Dan Roe")
    page = screen(answer)

    assert answer.status_code == 422
    assert page.words("p", role="alert")[0].startswith(said_first)
    assert ProtectedName.objects.count() == 0


def test_the_list_says_who_is_not_recognised_any_more(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    put(client, story)
    newsroom.names_file.write_bytes(b"n" * 32)
    put(client, story, label="her")

    page = screen(client.get(f"/names/?story={story.public_id}"))

    marks = ["not recognised" in one for one in page.words("span", class_="line-quiet")]
    assert marks == [True, False]
    assert "their key, keys/desk.names, is lost" in page.words("p", role="alert")[0]


def test_without_a_key_nothing_is_listed(enter: Enter, editor: Person) -> None:
    answer = put(enter(editor), rows.make_story())

    assert answer.status_code == 422
    assert "letterdesk init" in screen(answer).text
    assert ProtectedName.objects.count() == 0


def test_the_card_warns_with_the_label_and_marks_the_words(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    put(client, story)
    comment = rows.make_comment(story)
    screen_letters(seconds=60, key=KEY)

    page = screen(client.get(f"/comments/{comment.public_id}/"))
    queue = screen(client.get("/queue/"))

    assert page.words("span", class_="remark-sentence")[0] == (
        "It names somebody who must not be named: “the victim”."
    )
    assert page.words("mark", class_="mark mark-pencil") == ["Daniel Roe"]
    assert "Protected name" in queue.words("span", class_="tag tag-pencil")


def test_a_mark_that_could_not_be_looked_at_again_stays_on_the_card_and_says_so(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    put(client, story)
    comment = rows.make_comment(story, name="Daniel Roe")
    screen_letters(seconds=60, key=KEY)
    Comment.objects.update(screened=0)
    screen_letters(seconds=60, key=b"")

    page = screen(client.get(f"/comments/{comment.public_id}/"))

    again = "“the victim” was found before, and could not be looked for again."
    told = page.words("span", class_="remark-sentence")
    assert "It names somebody who must not be named: “the victim”." in told
    assert told.count(again) == 2
    assert "Not every name could be looked for. Look for others yourself." in told


@pytest.mark.parametrize(
    ("text", "note", "status"),
    [
        (rows.TEXT, "Daniel Roe", 422),
        (rows.TEXT, "D A N I E L  R O E, known to us", 422),
        (rows.TEXT, "김민수", 422),
        (rows.TEXT, "Daniel Rowe", 302),
        (rows.TEXT, "name removed", 302),
        ("[Daniel Roe] was there. Who knows.", "name removed", 302),
    ],
)
def test_a_note_in_brackets_gives_no_protected_name(
    enter: Enter, editor: Person, newsroom: Settings, text: str, note: str, status: int
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    put(client, story)
    comment = rows.make_comment(story, text=text)
    address = f"/comments/{comment.public_id}/"
    gone = text.split()[-1]
    sent = {
        "action": "edit",
        "version": "1",
        "rules": "3",
        "named": "the victim",
        "text": text.replace(gone, f"[{note}]"),
    }

    asked = client.post(address + "preview/", sent, headers={"Accept": "application/json"})
    saved = client.post(address, sent)

    comment.refresh_from_db()
    is_refused = status == 422
    assert saved.status_code == status
    assert asked.status_code == (422 if is_refused else 200)
    assert bool(comment.cuts) is not is_refused
    if is_refused:
        wrong = (
            "A note in brackets names somebody who must not be named. Write another note."
        )
        assert asked.json() == {"wrong": wrong}
        assert wrong in screen(saved).text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "Daniel Roe",
            "The name above the letter is that of somebody who must not",
        ),
        ("Daniel Rowe", "The name above the letter may be that of somebody who must not"),
    ],
)
def test_the_card_warns_of_the_name_above_the_letter(
    enter: Enter, editor: Person, newsroom: Settings, name: str, sentence: str
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    put(client, story)
    comment = rows.make_comment(story, text="Thank you.", name=name)
    screen_letters(seconds=60, key=KEY)

    page = screen(client.get(f"/comments/{comment.public_id}/"))
    queue = screen(client.get("/queue/?signal=protected_name"))

    first, advice, *_ = page.words("span", class_="remark-sentence")
    assert first.startswith(sentence)
    assert "“the victim”" in first
    assert "leave it out" in advice
    assert page.words("mark", class_="mark mark-pencil") == [name]
    assert "Protected name" in queue.words("span", class_="tag tag-pencil")


def test_who_is_taken_off_is_gone_from_the_list(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    put(client, story)
    number = ProtectedName.objects.get().pk

    answer = client.post(f"/names/{number}/remove/", {"story": story.public_id})

    assert "Nobody is on this list." in screen(client.get(answer.url)).text
    again = client.post(f"/names/{number}/remove/", {"story": story.public_id})
    assert again.status_code == 404


def test_the_page_says_what_is_held_now_and_how_to_undo_it(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    moderator = rows.make_person("mod")
    letters = [rows.approve(rows.make_comment(story), moderator) for _ in range(2)]

    page = screen(client.get(put(client, story).url))

    assert "2 approved letters name this person, or may, and are held now" in page.text
    links = {one.get("href", "") for one in page.all("a")}
    group = Decision.objects.get(comment=letters[0], move="hold").group
    assert {f"/comments/{one.public_id}/" for one in letters} < links
    assert f"/groups/{group}/" in links
    note = "It seems to give a name that was put on the list while it waited."
    assert note in screen(client.get("/comments/?status=held")).text
    log = screen(client.get("/audit/")).text
    assert "Held an approved letter: it names somebody put on the list then." in log


def test_the_page_lists_what_is_published_and_names_somebody(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    comment = rows.make_published(story, rows.make_person("mod"))
    put(client, story)

    before = screen(client.get(f"/names/?story={story.public_id}"))
    reread(seconds=60, key=KEY)
    page = screen(client.get(f"/names/?story={story.public_id}"))
    card = screen(client.get(f"/comments/{comment.public_id}/"))

    assert "None was found so far." in before.text
    assert "1 comment." in page.text
    assert page.words("span", class_="tag tag-pencil") == ["the victim"]
    assert [one.get("href") for one in page.all("a", class_="line-excerpt")] == [
        f"/comments/{comment.public_id}/"
    ]
    assert "It names somebody who must not be named: “the victim”." in card.text


def test_a_name_is_cut_on_the_card_that_the_page_leads_to_and_is_gone_from_the_page(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    comment = rows.make_published(story, rows.make_person("mod"))
    put(client, story)
    reread(seconds=60, key=KEY)
    address = f"/names/?story={story.public_id}"

    before = screen(client.get(address))
    (link,) = before.all("a", class_="line-excerpt")
    card = screen(client.get(link.get("href")))
    cut = {"text": rows.CUT, "rules": ["3"]}
    client.post(link.get("href"), {**sent(card, "edit", panel="panel-edit"), **cut})
    after = screen(client.get(address))

    assert "until somebody cuts the name, leaves it out or takes" in before.text
    assert card.words("mark") == ["Daniel Roe"]
    assert type(comment).objects.get().cuts == [[44, 54, "name removed"]]
    assert "None was found." in after.text


def sent(page: object, action: str, *, panel: str = "") -> dict[str, list[str]]:
    """Give what the form with a button for `action` sends, where there are two: `panel`."""
    forms = page.all("form", id=panel) if panel else page.all("form")
    (form,) = (
        one
        for one in forms
        if any(
            (button.get("name"), button.get("value")) == ("action", action)
            for button in one.iter()
        )
    )
    found: dict[str, list[str]] = {"action": [action]}
    for one in form.iter():
        if one.get("type") == "hidden" and one.get("name") != "csrfmiddlewaretoken":
            found.setdefault(one.get("name"), []).append(one.get("value", ""))
    return found


def test_an_open_letter_is_approved_only_once_a_new_name_in_it_was_shown(
    enter: Enter, editor: Person, moderator: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    comment = rows.make_comment(rows.make_story())
    client, address = enter(moderator), f"/comments/{comment.public_id}/"
    before = sent(screen(client.get(address)), "approve")
    put(enter(editor), comment.story, label='"them"')
    client = enter(moderator)

    refused, page, states = approved_twice(client, address, before)

    assert refused.status_code == 422
    assert page.words("p", role="alert")[0].startswith("Readers would get a name")
    assert 'It names somebody who must not be named: “"them"”.' in page.text
    assert "named" not in before
    assert states == ["pending", "approved"]


def approving(page: Screen) -> list[tuple[str, bool]]:
    """Give what a press on each form that approves, or leads to it, does; and if hidden."""
    forms = [
        form
        for form in page.all("form")
        if any(one.get("value") == "approve" for one in form.iter())
    ]
    return [(one.get("method", ""), one.get("hidden") is not None) for one in forms]


AT_ONCE = [("post", False)]
ASKS, ASKED = [("post", True), ("get", False)], [("post", False), ("get", False)]


def test_a_letter_with_a_protected_name_is_approved_only_after_a_question(
    enter: Enter, editor: Person, moderator: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story = rows.make_story()
    put(enter(editor), story)
    named, plain = rows.make_comment(story), rows.make_comment(story, text="Thank you.")
    screen_letters(seconds=60, key=KEY)
    client, address = enter(moderator), f"/comments/{named.public_id}/"

    card, asked = screen(client.get(address)), screen(client.get(f"{address}?do=approve"))
    other = screen(client.get(f"/comments/{plain.public_id}/?do=approve"))
    client.post(address, sent(asked, "approve"))

    assert [approving(one) for one in (card, asked, other)] == [ASKS, ASKED, AT_ONCE]
    (why,) = asked.words("p", id="approve-why")
    assert why.startswith("It names somebody who must not be named: “the victim”.")
    assert Comment.objects.get(pk=named.pk).state == "approved"


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({"text": "Ask Daniel Rowe."}, ASKS),
        ({"text": "Thank you.", "name": "Daniel Roe"}, ASKS),
        ({"text": "Thank you.", "name": "Daniel Roe", "name_left_out": True}, AT_ONCE),
        ({"cuts": [[44, 54, "name removed"]]}, AT_ONCE),
        ({"cuts": [[0, 8, ""]]}, ASKS),
    ],
)
def test_it_asks_for_what_readers_would_get_alone(
    enter: Enter,
    editor: Person,
    newsroom: Settings,
    changes: dict[str, object],
    asks: list[tuple[str, bool]],
) -> None:
    key_of(newsroom)
    client, story = enter(editor), rows.make_story()
    put(client, story)
    comment = rows.make_comment(story, **changes)
    screen_letters(seconds=60, key=KEY)

    assert approving(screen(client.get(f"/comments/{comment.public_id}/"))) == asks


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({"text": "Call 212-555-0147."}, ASKS),
        ({"text": "Write to mira@example.org."}, ASKS),
        ({"text": "Thank you.", "name": "Boats 212-555-0147"}, ASKS),
        ({"text": "Call 212-555-0147.", "cuts": [[5, 17, ""]]}, AT_ONCE),
        ({"text": "Mira Kovac lives there."}, AT_ONCE),
        ({"text": "See https://example.org/harbour."}, AT_ONCE),
    ],
)
def test_it_asks_about_details_that_are_certain_while_they_stand(
    enter: Enter,
    moderator: Person,
    changes: dict[str, object],
    asks: list[tuple[str, bool]],
) -> None:
    comment = rows.make_comment(rows.make_story(), **changes)
    screen_letters(seconds=60, key=b"")
    address = f"/comments/{comment.public_id}/"
    client = enter(moderator)

    asked = screen(client.get(f"{address}?do=approve"))
    card = screen(client.get(address))
    client.post(address, sent(asked, "approve"))

    assert approving(card) == asks
    comment.refresh_from_db()
    assert comment.state == "approved"


def test_it_asks_where_nobody_looked_for_names(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    client, story = enter(editor), rows.make_story()
    put(client, story)
    newsroom.names_file.unlink()
    comment = rows.make_comment(story)
    screen_letters(seconds=60, key=b"")

    page = screen(client.get(f"/comments/{comment.public_id}/"))

    assert approving(page) == ASKS
    (why,) = page.words("p", id="approve-why")
    assert why.startswith("The check for “Protected name” did not run.")


def test_an_open_letter_is_approved_only_once_it_was_said_that_names_were_not_looked_for(
    enter: Enter, editor: Person, moderator: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    comment = rows.make_comment(rows.make_story())
    put(enter(editor), comment.story)
    screen_letters(seconds=60, key=KEY)
    client, address = enter(moderator), f"/comments/{comment.public_id}/"
    before = sent(screen(client.get(address)), "approve")
    newsroom.names_file.unlink()

    refused, page, states = approved_twice(client, address, before)

    assert refused.status_code == 422
    assert page.words("p", role="alert")[0].startswith("The check for protected names did")
    assert page.words("a", class_="tag tag-amber") == ["a check did not run"]
    assert states == ["pending", "approved"]


def test_an_appeal_is_reversed_only_once_a_new_name_was_shown(
    enter: Enter, editor: Person, moderator: Person, colleague: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    comment = rows.make_in(State.REJECTED, rows.make_story(), moderator)
    address = f"/letters/appeals/{rows.make_appeal(comment).public_id}/"
    before = sent(screen(enter(colleague).get(address)), "reverse")
    put(enter(editor), comment.story)
    client = enter(colleague)

    refused = client.post(address, before)
    client.post(address, sent(screen(refused), "reverse"))

    assert screen(refused).words("p", role="alert")[0].startswith("Readers would get")
    assert type(comment).objects.get().state == "approved"


def test_a_notice_is_answered_by_a_cut_only_once_a_new_name_was_shown(
    enter: Enter,
    editor: Person,
    moderator: Person,
    colleague: Person,
    newsroom: Settings,
) -> None:
    key_of(newsroom)
    comment = rows.make_published(rows.make_story(), moderator)
    address = f"/letters/notices/{rows.make_notice(comment).public_id}/"
    cut = {"text": comment.text.partition(". ")[2], "rules": ["3"]}
    before = sent(screen(enter(colleague).get(address)), "cut")
    put(enter(editor), comment.story)
    client = enter(colleague)

    refused = client.post(address, {**before, **cut})
    page = screen(refused)
    states = [type(comment).objects.get().cuts]
    answered = client.post(address, {**sent(page, "cut"), **cut})

    assert page.words("p", role="alert")[0].startswith("Readers would get a name")
    assert "It names somebody who must not be named: “the victim”." in page.text
    assert "named" not in before
    assert states == [[]]
    assert (answered.status_code, len(type(comment).objects.get().cuts)) == (302, 1)


def undoing(page: object, comment: Comment) -> dict[str, list[str]]:
    """Give what the form that undoes the last decision on a letter sends."""
    where = f"/comments/{comment.public_id}/undo/"
    (form,) = (one for one in page.all("form") if one.get("action") == where)
    found: dict[str, list[str]] = {}
    for one in form.iter():
        if one.get("name") and one.get("name") != "csrfmiddlewaretoken":
            found.setdefault(one.get("name"), []).append(one.get("value", ""))
    return found


@pytest.mark.parametrize("where", ["/comments/{}/", "/comments/{}/?after={}", "/mine/"])
def test_a_hold_is_undone_only_once_a_new_name_was_shown(
    enter: Enter,
    editor: Person,
    moderator: Person,
    colleague: Person,
    newsroom: Settings,
    where: str,
) -> None:
    key_of(newsroom)
    comment = rows.approve(rows.make_comment(rows.make_story()), colleague)
    rows.move(comment, Action.HOLD, moderator)
    client, undo = enter(moderator), f"/comments/{comment.public_id}/undo/"
    before = undoing(screen(client.get(where.format(*[comment.public_id] * 2))), comment)
    put(enter(editor), comment.story)
    client = enter(moderator)

    asked = screen(client.post(undo, before))
    refused = client.post(undo, undoing(asked, comment))
    page = screen(refused)
    states = [type(comment).objects.get().state]
    asked = screen(client.post(undo, undoing(page, comment)))
    client.post(undo, undoing(asked, comment))
    states.append(type(comment).objects.get().state)

    assert asked.words("h1")[0] == "Undo the hold?"
    assert refused.status_code == 409
    assert page.words("p", role="alert")[0].startswith("Readers would get a name")
    assert "It names somebody who must not be named: “the victim”." in page.text
    assert "named" not in before
    assert states == ["held", "approved"]


def test_the_page_that_shows_the_letter_below_says_whom_it_names_with_its_undo(
    enter: Enter, editor: Person, colleague: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    comment = rows.make_comment(rows.make_story())
    other = rows.make_comment(comment.story, text="I agree.")
    put(enter(editor), comment.story)
    screen_letters(seconds=60, key=KEY)
    client = enter(colleague)
    rows.move(comment, Action.HOLD, colleague)

    own = screen(client.get(f"/comments/{comment.public_id}/?after={comment.public_id}"))
    flash = screen(client.get(f"/comments/{other.public_id}/?after={comment.public_id}"))

    assert undoing(own, comment)["named"] == ["the victim"]
    assert "named" not in undoing(flash, comment)


def test_what_is_held_for_a_name_is_undone_together_and_says_for_whom(
    enter: Enter, editor: Person, moderator: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    story, client = rows.make_story(), enter(editor)
    alone = rows.approve(rows.make_comment(story), moderator)
    both = rows.approve(rows.make_comment(story, text=f"{rows.TEXT} Anna Vale."), moderator)
    put(client, story)
    put(client, story, label="her", names="Anna Vale")
    group = Decision.objects.filter(comment=alone, move="hold").get().group

    page = screen(client.get(f"/groups/{group}/"))
    asked = screen(client.post(f"/groups/{group}/undo/", {"back": "mine"}))
    done = client.post(f"/groups/{group}/undo/", {"back": "mine", "sure": "1"})
    after = screen(client.get(done.url))
    again = screen(client.get(client.post(f"/groups/{group}/undo/", {"sure": "1"}).url))

    for one in (page, asked):
        assert one.words("span", class_="tag tag-pencil") == ["Protected name"]
        assert "the victim" in one.words("bdi")
    states = dict(type(alone).objects.values_list("pk", "state"))
    assert states == {alone.pk: "approved", both.pk: "held"}
    assert "Undone in part" in after.text
    for one in (after, again):
        assert "1 letter was left out" in one.text
        assert "Readers would get a name that must not be given" in one.text
        (left,) = one.all("ul", class_="alike-left")
        assert list(Screen(left).addresses()) == [f"/comments/{both.public_id}/"]


PICTURE = {"path": "assets/a.webp", "width": 8, "height": 8, "alt": "A boat."}


@pytest.mark.parametrize(
    "printed",
    [
        {"headline": "Daniel Roe was on the ferry"},
        {"body": "It sank.\n\nHis name was Daniel Roe."},
        {"picture": PICTURE | {"caption": "Daniel Roe, in May."}},
        {"picture": PICTURE | {"alt": "Daniel Roe on a boat."}},
        {"credits": [{"role": "Photo", "name": "Daniel Roe", "desk": ""}]},
    ],
)
def test_a_story_that_gives_a_name_of_its_list_says_so_to_editors(
    enter: Enter, editor: Person, newsroom: Settings, printed: dict[str, object]
) -> None:
    key_of(newsroom)
    client, story = enter(editor), rows.make_story(**printed)
    put(client, story)
    pages = (f"/names/?story={story.public_id}", f"/stories/{story.public_id}/")

    told = [screen(client.get(one)).words("p", class_="wrong") for one in pages]
    other = enter(rows.make_person("mod"))
    hidden = screen(other.get(pages[1])).text

    said = (
        "The story itself names “the victim”: in its headline, text, picture or credits. "
        "Correct it here and on the site, or take the label off the list."
    )
    assert told == [[said], [said]]
    assert "the victim" not in hidden


def test_a_story_says_whom_it_may_name_that_it_was_not_read_and_else_nothing(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    key_of(newsroom)
    client = enter(editor)
    nearly = rows.make_story(1, body="Ask Daniel Rowe.")
    plain = rows.make_story(2, headline="Daniel", body="Roe deer.")
    for one in (nearly, plain):
        put(client, one)

    def told(story: Story) -> list[str]:
        page = screen(client.get(f"/names/?story={story.public_id}"))
        return [*page.words("p", class_="wrong"), *page.words("p", class_="hint-amber")]

    said = [told(nearly), told(plain)]
    newsroom.names_file.unlink()
    without = told(plain)

    assert said == [
        [
            "The story itself may name “the victim”: in its headline, text, picture or "
            "credits. Look closely."
        ],
        [],
    ]
    assert without[1:] == [  # the first says that the key is lost
        "The story itself could not be read for names. Look for them yourself."
    ]
