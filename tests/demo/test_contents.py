from collections import Counter

from letterdesk.demo.contents import contents
from letterdesk.domain.edit import find_cuts
from letterdesk.domain.letter import MAX_TEXT
from letterdesk.domain.states import State
from letterdesk.domain.story import BlockKind, blocks
from letterdesk.domain.text import clean
from letterdesk.reader.terms import terms

CONTENTS = contents()


def test_there_are_stories_in_three_languages_each_with_all_that_a_story_has() -> None:
    languages = Counter(story.language for story in CONTENTS.stories)

    assert set(languages) == {"en", "ko", "zh-Hans"}
    assert min(languages.values()) >= 2
    for story in CONTENTS.stories:
        assert story.picture_file().exists()
        assert all([story.alt, story.caption, story.desk, len(story.credits) >= 2])
        assert {block.kind for block in blocks(story.body)} == set(BlockKind)


def test_there_are_comments_in_every_state() -> None:
    states = Counter(one.state for story in CONTENTS.stories for one in story.comments)

    assert set(states) == {*State, "edited"}
    assert sum(states.values()) >= 60


def test_every_edit_is_a_cut_and_every_rule_exists() -> None:
    for story in CONTENTS.stories:
        for one in story.comments:
            text = clean(one.text, field="text", longest=MAX_TEXT)
            if one.edited_text:
                edited = clean(one.edited_text, field="text", longest=MAX_TEXT)
                assert find_cuts(text, edited)
            is_edited = bool(one.edited_text) or one.name_left_out
            assert is_edited == (one.state == "edited")
            assert bool(one.rules) == (one.state in {"edited", "rejected", "retracted"})
            for number in one.rules:
                terms(story.language).find(number)


def test_replies_notices_and_tips_are_about_what_is_there() -> None:
    keys = {
        (story.slug, one.key): one.state
        for story in CONTENTS.stories
        for one in story.comments
    }
    slugs = {story.slug for story in CONTENTS.stories}

    for story in CONTENTS.stories:
        for one in story.comments:
            assert not one.reply_to or (story.slug, one.reply_to) in keys
    assert {keys[one.story, one.comment] for one in CONTENTS.notices} <= {
        "published",
        "edited",
    }
    assert {one.story for one in CONTENTS.tips} <= slugs
