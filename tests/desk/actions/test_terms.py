from collections.abc import Callable
from datetime import timedelta

import pytest

from letterdesk.desk.actions import terms as actions
from letterdesk.desk.actions.terms import TermsOutdated, TermsSheet, TermsWrong
from letterdesk.desk.models import AuditEntry, TermsText, TermsVersion
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.terms import (
    book,
    draft,
    draft_text,
    in_force,
    one_version,
    terms_for,
)
from letterdesk.desk.queries.terms_changes import changes
from letterdesk.desk.queries.terms_reach import LostText, lost_in_force, lost_texts
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.rules import RuleUnknown
from letterdesk.domain.states import Action
from letterdesk.reader.terms import shipped, terms, terms_languages
from tests.desk import rows
from tests.values import TODAY

SITE = ("en", "ko")


def begin(by: Person, base: str = "1") -> None:
    actions.begin_draft(base, by=by, languages=SITE, today=TODAY)


def sheet(language: str, **changes: str) -> TermsSheet:
    """Give the draft's text as its form would send it, changed; `rule_3` is a wording."""
    found = draft_text(language, languages=SITE)
    wordings = {name: new for name, new in changes.items() if name.startswith("rule_")}
    whole = {name: new for name, new in changes.items() if name not in wordings}
    fields = {
        key: {
            "title": rule.title,
            "text": wordings.get(f"rule_{rule.number}", rule.text),
            "reason": rule.reason,
            "note": rule.note,
        }
        for key, rule in zip(found.keys, found.terms.rules, strict=True)
    }
    values = {
        "title": found.terms.title,
        "intro": "\n\n".join(found.terms.intro),
        "disclaimer": found.terms.disclaimer,
    }
    return TermsSheet(**(values | whole), rules=fields)


def save(language: str, by: Person, **changes: str) -> None:
    revision = draft_text(language, languages=SITE).revision
    actions.save_text(language, sheet(language, **changes), by=by, revision=revision)


def force(by: Person) -> str:
    found = draft(SITE)
    assert found is not None
    seen = actions.digest(found.version)
    return actions.put_into_force(by=by, languages=SITE, today=TODAY, seen=seen)


def audited() -> list[str]:
    facts = AuditEntry.objects.order_by("number").values_list("facts", flat=True)
    return [one["what"] for one in facts]


def test_a_newsroom_begins_with_what_we_ship_as_version_1(db: None) -> None:
    first = actions.adopt(languages=SITE, today=TODAY)
    again = actions.adopt(languages=SITE, today=TODAY)

    assert (first, again) == (True, False)
    (version,) = book()
    assert (version.version, version.since) == ("1", TODAY.isoformat())
    assert version.languages[:2] == SITE
    assert {text.language: text for text in version.texts} == {
        tag: terms(tag) for tag in terms_languages()
    }
    assert audited() == ["terms-in-force"]


def test_before_that_the_shipped_terms_count(db: None) -> None:
    assert book() == (shipped(),)
    assert in_force("ko") == terms_for("ko", arrived=TODAY) == terms("ko")


def test_a_draft_is_written_and_comes_into_force(editor: Person) -> None:
    begin(editor)
    save("en", editor, title="House rules", rule_3="Keep people safe, always.")
    save("ko", editor, title="약속", rule_3="언제나 사람을 지켜 주세요.")

    assert in_force("en") == terms("en")  # nothing of the draft counts yet
    number = force(editor)

    assert number == "2"
    assert draft(SITE) is None
    new, old = book()
    assert (new.version, new.languages, old.version) == ("2", SITE, "1")
    assert in_force("en").title == "House rules"
    assert in_force("ko").find("3").text == "언제나 사람을 지켜 주세요."
    assert in_force("my").language == "en"
    assert audited() == ["terms-in-force", "terms-draft-begun", "terms-in-force"]
    facts = AuditEntry.objects.latest("number").facts
    assert (facts["who"], facts["terms"], facts["languages"]) == ("erin", "2", [*SITE])
    assert facts["digest"] == actions.digest(one_version("2", languages=SITE))


def test_a_version_with_a_gap_or_without_a_language_cannot_come_into_force(
    editor: Person,
) -> None:
    begin(editor)
    actions.add_rule(by=editor)
    found = draft(SITE)
    assert found is not None
    assert [text.gaps for text in found.texts] == [
        (("9", "title"), ("9", "text"), ("9", "reason"), ("9", "note"))
    ] * 2
    with pytest.raises(TermsWrong) as with_gaps:
        force(editor)
    actions.remove_rule(found.texts[0].keys[0], by=editor)
    actions.remove_rule(draft_text("en", languages=SITE).keys[-1], by=editor)
    actions.remove_language("ko", by=editor, today=TODAY)
    with pytest.raises(TermsWrong) as without_korean:
        force(editor)

    assert with_gaps.value.code == without_korean.value.code == "terms-incomplete"
    assert in_force("en") == terms("en")
    actions.add_language("ko", by=editor, today=TODAY)
    assert force(editor) == "2"
    assert in_force("ko").find("1") != terms("ko").find("1")
    assert in_force("ko").find("1").title == terms("ko").find("2").title


def test_what_is_half_written_is_kept(editor: Person) -> None:
    begin(editor)

    save("en", editor, title="", disclaimer="", rule_1="")

    found = draft_text("en", languages=SITE)
    assert found.gaps == (("", "title"), ("", "disclaimer"), ("1", "text"))


def test_second_editor_is_told_and_nothing_is_overwritten(editor: Person) -> None:
    begin(editor)
    seen = draft_text("en", languages=SITE).revision
    hers = sheet("en", title="Hers")
    save("en", editor, title="First")

    with pytest.raises(TermsOutdated):
        actions.save_text("en", hers, by=editor, revision=seen)

    assert draft_text("en", languages=SITE).terms.title == "First"
    actions.save_text("en", hers, by=editor, revision=seen + 1)  # after a look at both
    assert draft_text("en", languages=SITE).terms.title == "Hers"


def test_two_editors_in_two_languages_or_of_one_mind_do_not_collide(
    editor: Person,
) -> None:
    begin(editor)
    english, korean = sheet("en", title="New"), sheet("ko", title="새")

    for language, one in (("en", english), ("ko", korean), ("en", english)):
        actions.save_text(language, one, by=editor, revision=1)

    found = draft(SITE)
    assert found is not None
    assert [text.terms.title for text in found.texts] == ["New", "새"]


def test_a_rule_that_moved_or_went_meanwhile_takes_its_words_along(editor: Person) -> None:
    begin(editor)
    hers = sheet(
        "en", rule_1="About respect.", rule_2="About facts.", rule_3="About safety."
    )
    first, second, third, *_ = draft_text("en", languages=SITE).keys
    actions.move_rule(first, by=editor, steps=1)
    actions.remove_rule(third, by=editor)

    actions.save_text("en", hers, by=editor, revision=1)

    found = draft_text("en", languages=SITE)
    assert found.keys[:2] == (second, first)
    assert [rule.text for rule in found.terms.rules[:2]] == [
        "About facts.",
        "About respect.",
    ]
    assert "About safety." not in {rule.text for rule in found.terms.rules}
    assert len(draft_text("ko", languages=SITE).terms.rules) == 7


@pytest.mark.parametrize(
    ("at", "steps", "order"), [(0, -1, "123"), (2, 1, "123"), (0, 1, "213")]
)
def test_rules_move_within_their_list(
    editor: Person, at: int, steps: int, order: str
) -> None:
    begin(editor)
    for key in draft_text("en", languages=SITE).keys[3:]:
        actions.remove_rule(key, by=editor)

    actions.move_rule(draft_text("en", languages=SITE).keys[at], by=editor, steps=steps)
    actions.move_rule("unknown", by=editor, steps=1)

    assert ["".join(text.keys) for text in draft(SITE).texts] == [order] * 2  # type: ignore[union-attr]


def test_a_discarded_draft_leaves_every_version_as_it_was(editor: Person) -> None:
    begin(editor)
    save("en", editor, title="Never")
    before = book()

    actions.discard_draft(by=editor, today=TODAY)

    assert (draft(SITE), book()) == (None, before)
    assert audited()[-1] == "terms-draft-discarded"
    for action in (
        lambda: actions.discard_draft(by=editor, today=TODAY),
        lambda: actions.add_rule(by=editor),
        lambda: (
            force(editor)
            if draft(SITE)
            else actions.remove_language("en", by=editor, today=TODAY)
        ),
    ):
        with pytest.raises(NotFound):
            action()


def test_there_is_one_draft(editor: Person) -> None:
    begin(editor)

    with pytest.raises(TermsWrong) as raised:
        begin(editor)

    assert raised.value.code == "draft-there"
    assert TermsVersion.objects.filter(number=None).count() == 1
    with pytest.raises(TermsWrong):
        actions.add_language("en", by=editor, today=TODAY)


def test_an_earlier_version_comes_back_under_a_new_number(editor: Person) -> None:
    begin(editor)
    save("en", editor, title="Second")
    force(editor)

    begin(editor, base="1")
    force(editor)

    assert [version.version for version in book()] == ["3", "2", "1"]
    assert in_force("en").title == terms("en").title
    with pytest.raises(NotFound):
        begin(editor, base="7")


def test_a_draft_keeps_the_languages_that_stories_show(editor: Person) -> None:
    rows.make_story(1, language="ug")
    rows.make_story(2, language="zh-TW")
    rows.make_story(3, language="cy")

    begin(editor)

    found = draft(SITE)
    assert found is not None
    assert found.version.languages == ("en", "ko", "zh-Hant", "ug")


@pytest.mark.parametrize("language", ["ug", "ug-CN"])
def test_a_version_without_a_language_that_stories_show_names_them(
    editor: Person, language: str
) -> None:
    for number in (1, 2):
        rows.make_story(number, language=language)
    rows.make_story(3, language="cy")  # nobody has terms in Welsh: nothing is lost
    begin(editor)

    actions.remove_language("ug", by=editor, today=TODAY)
    told = lost_texts(SITE, had=("ko", "en", "ug", "bo"))
    before = lost_in_force()
    force(editor)

    ug = LostText(language="ug", stories=2, instead="en")
    assert told == (ug, LostText(language="bo", stories=0, instead="en"))
    assert (before, lost_in_force()) == ((), (ug,))
    begin(editor, base="2")
    actions.add_language("ug", by=editor, today=TODAY)
    force(editor)
    assert lost_in_force() == ()


def test_a_text_in_a_closer_script_is_no_loss(db: None) -> None:
    rows.make_story(1, language="zh-CN")

    assert lost_texts(("en", "zh-Hans"), had=("zh-Hant",)) == (
        LostText(language="zh-Hant", stories=0, instead="zh-Hans"),
    )


def test_a_language_that_we_do_not_ship_begins_empty(editor: Person) -> None:
    begin(editor)

    actions.add_language("cy", by=editor, today=TODAY)

    found = draft_text("cy", languages=SITE)
    assert (found.is_due, found.terms.title, len(found.terms.rules)) == (False, "", 8)
    assert len(found.gaps) == 3 + 8 * 4


def test_what_changed_since_she_looked_is_not_put_into_force_unseen(
    editor: Person,
) -> None:
    begin(editor)
    found = draft(SITE)
    assert found is not None
    seen = actions.digest(found.version)
    save("ko", editor, title="몰래")

    with pytest.raises(TermsOutdated):
        actions.put_into_force(by=editor, languages=SITE, today=TODAY, seen=seen)

    assert in_force("ko") == terms("ko")


def test_what_is_not_text_or_too_long_is_refused(editor: Person) -> None:
    begin(editor)

    for wrong in ({"title": "a\0b"}, {"title": "a" * 201}, {"rule_1": "b" * 20_001}):
        with pytest.raises(LetterRefused):
            save("en", editor, **wrong)

    assert TermsText.objects.get(version__number=None, language="en").revision == 1


@pytest.mark.parametrize(
    "action",
    [
        lambda who: begin(who),
        lambda who: actions.save_text(
            "en",
            TermsSheet(title="", intro="", disclaimer="", rules={}),
            by=who,
            revision=1,
        ),
        lambda who: actions.add_rule(by=who),
        lambda who: actions.remove_rule("1", by=who),
        lambda who: actions.move_rule("1", by=who, steps=1),
        lambda who: actions.add_language("ug", by=who, today=TODAY),
        lambda who: actions.remove_language("en", by=who, today=TODAY),
        lambda who: actions.discard_draft(by=who, today=TODAY),
        lambda who: actions.put_into_force(by=who, languages=SITE, today=TODAY, seen=""),
    ],
)
def test_moderators_do_not_write_rules(
    action: Callable[[Person], object], moderator: Person, editor: Person
) -> None:
    begin(editor)
    before = audited()

    with pytest.raises(NotYours):
        action(moderator)

    assert audited() == before


def test_decisions_cite_the_version_of_the_day_and_keep_it(
    editor: Person, moderator: Person
) -> None:
    story = rows.make_story()
    actions.adopt(languages=SITE, today=TODAY - timedelta(days=9))
    earlier = rows.make_comment(story, 1, arrived=TODAY - timedelta(days=1))
    rows.move(earlier, Action.REJECT, moderator, rules=("8",))
    begin(editor)
    actions.remove_rule(draft_text("en", languages=SITE).keys[-1], by=editor)
    force(editor)
    later = rows.make_comment(story, 2)
    of_yesterday = rows.make_comment(story, 3, arrived=TODAY - timedelta(days=1))

    rows.move(later, Action.REJECT, moderator, rules=("7",))
    rows.move(of_yesterday, Action.REJECT, moderator, rules=("8",))

    for comment in (earlier, later, of_yesterday):
        comment.refresh_from_db()
    assert [one.terms for one in (earlier, later, of_yesterday)] == ["1", "2", "1"]
    with pytest.raises(RuleUnknown):
        rows.move(rows.make_comment(story, 4), Action.REJECT, moderator, rules=("8",))


def test_changes_tell_what_moved_went_came_and_was_forgotten(editor: Person) -> None:
    begin(editor)
    save("en", editor, title="House rules", rule_1="Respect everybody.")
    keys = draft_text("en", languages=SITE).keys
    actions.move_rule(keys[6], by=editor, steps=1)
    actions.remove_rule(keys[4], by=editor)
    actions.add_rule(by=editor)
    actions.add_language("ug", by=editor, today=TODAY)
    actions.remove_language("ug", by=editor, today=TODAY)
    actions.add_language("cy", by=editor, today=TODAY)

    english, korean, welsh = changes(SITE)

    assert [(one.field, one.number, one.before) for one in english.changes] == [
        ("title", "", ""),
        ("text", "1", "1"),
        ("moved", "5", "6"),
        ("moved", "6", "8"),
        ("removed", "", "5"),
    ]
    assert english.lagging == ()
    assert korean.lagging == ("1",)
    assert (welsh.is_new, korean.is_new) == (True, False)
