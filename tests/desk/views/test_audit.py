import ast
from pathlib import Path

import pytest
from django.utils import translation

from letterdesk.desk.actions.come_back import come_back
from letterdesk.desk.actions.publish import publish
from letterdesk.desk.models import AuditEntry, AuditHead
from letterdesk.desk.queries import log
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views import log_facts, log_words
from letterdesk.domain.states import Action, Risk
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen
from tests.values import TODAY

SRC = Path(log_words.__file__).parents[2]


def lines(page: Screen) -> list[str]:
    return [words for words in page.words("tr") if words[0].isdigit()]


def test_auditor_reads_the_log_and_sees_that_it_is_whole(
    enter: Enter, auditor: Person, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.HOLD, moderator)
    rows.move(comment, Action.REJECT, moderator, rules=("3", "5"))

    page = screen(enter(auditor).get("/audit/"))

    assert "The chain is whole: 2 entries" in page.text
    assert lines(page) == [
        "2 23 November 2026 mina Rejected a letter under rules 3, 5. The comment 2",
        "1 23 November 2026 mina Held a letter for a colleague. The comment 1",
    ]


def test_auditor_finds_what_one_person_did_to_one_letter(
    enter: Enter, auditor: Person, moderator: Person, colleague: Person
) -> None:
    story = rows.make_story()
    comment, other = rows.make_comment(story), rows.make_comment(story)
    rows.move(comment, Action.HOLD, moderator)
    rows.move(comment, Action.APPROVE, colleague)
    rows.move(other, Action.HOLD, colleague)
    client = enter(auditor)

    asked = {"who": "noor", "about": comment.public_id, "from": "2026-11-23"}
    page = screen(client.get("/audit/", asked))
    nothing = screen(client.get("/audit/", asked | {"what": "hold"}))

    assert [line.split()[0] for line in lines(page)] == ["2"]
    chosen = [one.get("value") for one in page.all("option", selected="")]
    assert chosen == ["noor"]
    assert "There is no such entry." in nothing.text


def test_earlier_entries_of_a_search_are_on_the_next_page(
    enter: Enter, auditor: Person, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    for _ in range(51):
        rows.move(comment, Action.HOLD, moderator)
        rows.move(comment, Action.RESTORE, moderator)
    client = enter(auditor)

    (more,) = [
        one.get("href") or ""
        for one in screen(client.get("/audit/?what=hold")).all("a", rel="next")
    ]

    assert more == "/audit/?what=hold&before=3"
    assert [line.split()[0] for line in lines(screen(client.get(more)))] == ["1"]


@pytest.mark.parametrize(
    "asked",
    ["from=2026-12-31&to=2026-01-01", "before=999999", "about=%00", "who=a&what=hold"],
)
def test_odd_searches_are_forgiven(enter: Enter, auditor: Person, asked: str) -> None:
    assert enter(auditor).get(f"/audit/?{asked}").status_code == 200


def test_all_facts_of_an_entry_have_a_page(
    enter: Enter, auditor: Person, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.HOLD, moderator)
    rows.move(comment, Action.EDIT, moderator)
    client = enter(auditor)

    page = screen(client.get("/audit/2/"))

    assert page.words("h1")[0] == "Entry 2"
    facts = dict(zip(page.words("dt"), page.words("dd"), strict=True))
    assert facts["comment"] == comment.public_id
    assert facts["rules cited"] == "3"
    assert facts["Digest"] == AuditEntry.objects.get(number=2).digest
    assert "It follows from the entry before it." in page.text
    assert f"/audit/?about={comment.public_id}" in set(page.addresses())
    assert client.get("/audit/3/").status_code == 404
    AuditEntry.objects.filter(number=1).update(digest="0" * 64)
    assert "one of the two was changed" in screen(client.get("/audit/2/")).text


def test_changed_log_is_found_out(enter: Enter, auditor: Person, moderator: Person) -> None:
    rows.move(rows.make_comment(rows.make_story()), Action.HOLD, moderator)
    AuditEntry.objects.update(facts={"what": "approve", "who": "mina", "day": "2026-11-23"})

    page = screen(enter(auditor).get("/audit/"))

    assert page.words("p", role="alert") == [
        "The chain is broken at entry 1: "
        "somebody changed the log there, or took entries away."
    ]


def test_long_log_is_verified_in_pieces(
    enter: Enter, auditor: Person, moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "AT_ONCE", 2)
    monkeypatch.setattr("letterdesk.desk.actions.verify._AT_ONCE", 2)
    comment = rows.make_comment(rows.make_story())
    for _ in range(3):
        rows.move(comment, Action.HOLD, moderator)
        rows.move(comment, Action.RESTORE, moderator)
    client = enter(auditor)

    begun = screen(client.get("/audit/"))
    answer = client.post("/audit/verify/", {"more": "1"})
    further = screen(client.get("/audit/"))
    for _ in range(3):
        client.post("/audit/verify/", {"more": "1"})
    ended = screen(client.get("/audit/"))
    client.post("/audit/verify/", {"anew": "1"})
    anew = screen(client.get("/audit/"))

    assert "Verified as far as entry 2 of 6" in begun.text
    assert answer.url == "/audit/"
    assert "Verified as far as entry 4 of 6" in further.text
    assert "The chain is whole: 6 entries" in ended.text
    assert "The worker last verified all of it on" in ended.text
    assert "Verified as far as entry 4 of 6" in anew.text


def published_after(moderator: Person, public: Folder, newsroom: Settings) -> AuditHead:
    """Publish two decisions; give the log's head as it was after the first of them."""
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.HOLD, moderator)
    old = AuditHead.objects.get()
    rows.move(comment, Action.APPROVE, moderator)
    publish(public, newsroom=newsroom, today=TODAY)
    return old


def cut_back_to(old: AuditHead) -> None:
    """Leave the log as an older copy of it is."""
    rows.cut_log(number__gt=old.number)
    AuditHead.objects.update(number=old.number, digest=old.digest)


def test_older_copy_is_found_by_the_published_head(
    enter: Enter, auditor: Person, moderator: Person, public: Folder, newsroom: Settings
) -> None:
    old = published_after(moderator, public, newsroom)
    client = enter(auditor)

    before = screen(client.get("/audit/"))
    cut_back_to(old)
    after = screen(client.get("/audit/"))

    assert "entry 3, is in this log" in before.text
    assert "The chain is whole" in after.text
    assert ["it is an older copy" in words for words in after.words("p", role="alert")] == [
        True
    ]
    assert "Keep a copy of the database as it is now" in after.text


def test_who_came_back_from_a_backup_is_told_so_and_not_of_a_log_written_anew(
    enter: Enter, auditor: Person, moderator: Person, public: Folder, newsroom: Settings
) -> None:
    old = published_after(moderator, public, newsroom)
    cut_back_to(old)
    come_back(made="2026-11-20T05:00+00:00", published=None, today=TODAY)
    client = enter(auditor)

    back = screen(client.get("/audit/"))
    publish(public, newsroom=newsroom, today=TODAY)
    after = screen(client.get("/audit/"))

    assert "The newsroom came back from a backup of 20 November 2026" in back.text
    assert "ask whoever looks after Letterdesk" in back.text
    assert (back.words("p", role="alert"), after.words("p", role="alert")) == ([], [])
    assert "came back from a backup of" not in after.text
    assert "is in this log" in after.text


def recorded() -> dict[str, set[str]]:
    """Give each kind of entry that some action records, with the names of its facts."""
    found: dict[str, set[str]] = {}
    for file in SRC.glob("desk/actions/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                what = node.args[0]
                name = what.value if isinstance(what, ast.Constant) else ""
                facts = {one.arg for one in node.keywords if one.arg} - {"who", "day"}
                found.setdefault(str(name), set()).update(facts)
    return found


def test_every_kind_of_entry_has_a_sentence_and_a_name() -> None:
    kinds = {name for name in recorded() if name} | set(Action)
    facts = set[str]().union(*recorded().values())

    assert len(kinds) > 15
    where = f"Say it in {log_words.__file__}: "
    assert kinds - log_words._SENTENCES.keys() == set(), where + "_SENTENCES"
    assert kinds - log_words.KINDS.keys() == set(), where + "KINDS"
    where = f"Say it in {log_facts.__file__}: "
    assert facts - log_facts._FACTS.keys() == set(), where + "_FACTS"


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans", "ug"])
@pytest.mark.parametrize("what", sorted(log_words.KINDS))
def test_every_sentence_is_said_in_every_language(what: str, language: str) -> None:
    facts = {
        "what": what,
        "rules": ["3"],
        "person": "noor",
        "comments": {"a": "b"},
        "became": {"edited": ["a"]},
        "fields": ["risk"],
        "desk": "Korean",
        "state": "pending",
    }

    with translation.override(language):
        said = log_words.told(facts)
    with translation.override("en"):
        english = log_words.told(facts)

    assert said
    assert "%" not in said
    assert (said == english) == (language == "en")
    assert all(word in said for word in ("3", "noor", "Korean") if word in english)


def test_a_kind_that_nobody_knows_is_shown_as_it_is() -> None:
    assert log_words.told({"what": "moon-landing"}) == "Something called “moon-landing”."


def test_first_of_two_approvals_is_told_apart(
    enter: Enter, auditor: Person, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    for by in (moderator, colleague):
        rows.move(comment, Action.APPROVE, by)

    page = screen(enter(auditor).get("/audit/"))

    assert [line.split(" ", 5)[5].split(" The")[0] for line in lines(page)] == [
        "Approved a letter.",
        "Approved a letter, as the first of two.",
    ]
