"""What is published is read again for a name, from the newest, and only marked."""

import pytest

from letterdesk.desk.actions import reread as rereading
from letterdesk.desk.actions.names import NewName, protect, unprotect
from letterdesk.desk.actions.reread import reread
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.models import Comment, ProtectedName, Rereading, Signal, Story
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from tests.desk import rows
from tests.values import TODAY

pytestmark = pytest.mark.django_db
KEY = bytes(32)


def put(editor: Person, story: Story | None, name: str = "Daniel Roe") -> int:
    protect(
        NewName(label=name[:3], spellings=(name,)),
        story=story.public_id if story else "",
        key=KEY,
        by=editor,
        now=rows.NOW,
    )
    return ProtectedName.objects.latest("pk").pk


def published(story: Story, **changes: object) -> Comment:
    return rows.make_comment(story, state=State.PUBLISHED, screened=1, **changes)


def marked() -> list[tuple[int, str, list[str]]]:
    found = Signal.objects.filter(code="protected").order_by("comment", "-of")
    return [
        (one.comment_id, one.of, [name["label"] for name in one.facts["names"]])
        for one in found
    ]


def test_published_comments_that_give_the_name_are_marked_and_stay(editor: Person) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    named = published(story, name="Daniel Roe")
    published(story, text="Thank you.")
    published(other)

    put(editor, story)

    assert reread(seconds=60, key=KEY) == 2
    assert marked() == [(named.pk, "text", ["Dan"]), (named.pk, "name", ["Dan"])]
    assert set(Comment.objects.values_list("state", flat=True)) == {State.PUBLISHED}
    assert (reread(seconds=60, key=KEY), Rereading.objects.count()) == (0, 0)


def test_the_sites_list_counts_under_every_story(editor: Person) -> None:
    named = [published(rows.make_story(number)) for number in (1, 2)]

    put(editor, None)
    reread(seconds=60, key=KEY)

    assert marked() == [(one.pk, "text", ["Dan"]) for one in named]


def test_it_goes_on_where_it_was_when_the_process_died(
    editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = rows.make_story()
    named = [published(story) for _ in range(5)]
    put(editor, story)
    look_for, asked = rereading.look_for, []

    def dies(kind: object, letters: list[object]) -> object:
        asked.extend(letters[:1])
        if len(asked) == 2:
            raise MemoryError
        return look_for(kind, letters)  # type: ignore[arg-type]

    monkeypatch.setattr(rereading, "look_for", dies)
    with pytest.raises(MemoryError):
        reread(seconds=60, key=KEY, size=2)
    first = [key for key, *_ in marked()]

    rest = reread(seconds=60, key=KEY, size=2)

    assert first == [named[3].pk, named[4].pk]
    assert (rest, [key for key, *_ in marked()]) == (3, [one.pk for one in named])


def test_without_time_nothing_is_read(editor: Person) -> None:
    published(rows.make_story())
    put(editor, None)

    assert reread(seconds=-1, key=KEY) == 0
    assert reread(seconds=60, key=KEY) == 1


def test_a_name_that_comes_while_others_are_read_is_looked_for_in_all(
    editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = rows.make_story()
    named = [published(story, text="Daniel Roe and Leyla Osman") for _ in range(3)]
    put(editor, story)
    look_for, asked = rereading.look_for, []

    def meanwhile(kind: object, letters: list[object]) -> object:
        if not asked:
            asked.append(put(editor, story, "Leyla Osman"))
        return look_for(kind, letters)  # type: ignore[arg-type]

    monkeypatch.setattr(rereading, "look_for", meanwhile)
    reread(seconds=60, key=KEY, size=2)

    assert marked() == [(one.pk, "text", ["Dan", "Ley"]) for one in named]


def test_who_is_taken_off_is_not_marked_any_more_wherever_the_comment_stands(
    editor: Person, moderator: Person
) -> None:
    story = rows.make_story()
    both = published(story, text="Daniel Roe and Leyla Osman")
    published(story)
    down = published(story)
    number = put(editor, story)
    put(editor, None, "Leyla Osman")
    reread(seconds=60, key=KEY)
    Comment.objects.filter(pk=down.pk).update(state=State.RETRACTED)
    published(story, text="Thank you.")

    unprotect(number, story=story.public_id, key=KEY, by=editor, today=TODAY)

    assert reread(seconds=60, key=KEY) == 3
    assert marked() == [(both.pk, "text", ["Ley"])]


def test_without_the_key_marks_stay_and_what_is_to_be_read_waits(editor: Person) -> None:
    story = rows.make_story()
    named = published(story)
    put(editor, story)
    reread(seconds=60, key=KEY)
    put(editor, story, "Leyla Osman")

    assert reread(seconds=60, key=b"") == 0
    assert marked() == [(named.pk, "text", ["Dan"])]
    assert reread(seconds=60, key=KEY) == 1


def test_where_a_name_is_of_a_lost_key_marks_stay(editor: Person) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    named, theirs = published(story), published(other)
    put(editor, story)
    reread(seconds=60, key=KEY)
    ProtectedName.objects.update(key=b"another")
    put(editor, None, "Daniel Roe")
    ProtectedName.objects.filter(story=None).update(label="her")

    reread(seconds=60, key=KEY)

    assert marked() == [(named.pk, "text", ["Dan", "her"]), (theirs.pk, "text", ["her"])]


def test_where_a_name_is_of_a_lost_key_what_is_out_is_looked_at_for_the_others(
    editor: Person,
) -> None:
    story = rows.make_story()
    named = published(story, text="Leyla Osman, not Daniel Roe")
    plain = published(story, text="Thank you.")
    put(editor, story)
    ProtectedName.objects.update(key=b"another")
    put(editor, story, "Leyla Osman")

    reread(seconds=60, key=KEY)

    assert marked() == [(named.pk, "text", ["Ley"])]
    assert not Signal.objects.filter(comment=plain).exists()


def test_who_is_found_beside_the_mark_of_somebody_lost_is_marked_with_her(
    editor: Person,
) -> None:
    story = rows.make_story()
    both = published(story, text="Leyla Osman, not Daniel Roe")
    number = put(editor, story)
    reread(seconds=60, key=KEY)
    ProtectedName.objects.update(key=b"another")
    put(editor, story, "Leyla Osman")
    reread(seconds=60, key=KEY)

    found = Signal.objects.get()
    assert marked() == [(both.pk, "text", ["Dan", "Ley"])]
    assert found.spans == [[0, 11], [17, 27]]
    unprotect(number, story=story.public_id, key=KEY, by=editor, today=TODAY)
    reread(seconds=60, key=KEY)
    assert marked() == [(both.pk, "text", ["Ley"])]


def test_once_a_lost_name_is_off_the_list_nothing_says_that_it_was_not_read(
    editor: Person,
) -> None:
    story = rows.make_story()
    number = put(editor, story)
    put(editor, story, "Leyla Osman")
    ProtectedName.objects.filter(pk=number).update(key=b"another")
    turned = rows.make_comment(story, text="Thank you.")
    screen(seconds=60, key=KEY)
    Comment.objects.filter(pk=turned.pk).update(state=State.REJECTED)
    names = Signal.objects.filter(kind="protected_name")
    assert names.get().code == "failed"
    Rereading.objects.all().delete()

    unprotect(number, story=story.public_id, key=KEY, by=editor, today=TODAY)
    reread(seconds=60, key=KEY)

    assert not names.exists()


def test_a_comment_that_its_author_took_back_meanwhile_gets_no_mark(
    editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = published(rows.make_story())
    put(editor, None)
    look_for = rereading.look_for

    def meanwhile(kind: object, letters: list[object]) -> object:
        Comment.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
        return look_for(kind, letters)  # type: ignore[arg-type]

    monkeypatch.setattr(rereading, "look_for", meanwhile)
    reread(seconds=60, key=KEY)

    assert marked() == []


def test_what_may_be_put_back_is_read_after_what_readers_can_see(
    editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    down = rows.make_comment(story, state=State.RETRACTED, screened=1)
    turned = rows.make_comment(story, state=State.REJECTED, screened=1)
    put(editor, story)
    seen = published(other)
    put(editor, other)
    look_for, asked = rereading.look_for, []

    def watched(kind: object, letters: list[object]) -> object:
        asked.append(len(letters))
        return look_for(kind, letters)  # type: ignore[arg-type]

    monkeypatch.setattr(rereading, "look_for", watched)
    first = reread(seconds=60, key=KEY)

    assert (first, [one for one in asked if one]) == (3, [1, 1, 1])
    keys = list(Signal.objects.order_by("id").values_list("comment", flat=True))
    assert keys == [seen.pk, down.pk, turned.pk]
