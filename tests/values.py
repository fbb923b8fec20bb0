"""Builders of the domain's values, with plain defaults and no surprises."""

from dataclasses import replace
from datetime import date

from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.outcome import Outcome
from letterdesk.domain.statement import Category, Measure, Statement
from letterdesk.domain.story import Story
from letterdesk.domain.thread import Published

TODAY = date(2026, 11, 23)
STORY_ID = "0123456789abcdefghjkmnpqrs"


def an_id(number: int) -> str:
    """Give an id that is easy to tell from others: 26 symbols that end in `number`."""
    return f"{number:0>26}"


def a_story(**changes: object) -> Story:
    story = Story(
        id=STORY_ID,
        url="https://news.example/ferry",
        headline="The ferry will not come back",
        language="en",
        registered="2026-11-20",
    )
    return replace(story, **changes)


def a_letter(**changes: object) -> Letter:
    letter = Letter(
        id=an_id(1),
        kind=LetterKind.COMMENT,
        arrived=TODAY,
        story=STORY_ID,
        language="en",
        text="My uncle worked on that ferry.",
        name="Mira",
    )
    return replace(letter, **changes)


def a_comment(**changes: object) -> Published:
    comment = Published(
        id=an_id(1),
        text="My uncle worked on that ferry.",
        published="2026-11-23",
        order=1,
        name="Mira",
    )
    return replace(comment, **changes)


def an_outcome(**changes: object) -> Outcome:
    outcome = Outcome(
        status="published",
        story=STORY_ID,
        language="en",
        comment=an_id(1),
        text="My uncle worked on that ferry.",
        terms="2026-11",
        decided="2026-11-23",
    )
    return replace(outcome, **changes)


def a_statement(**changes: object) -> Statement:
    statement = Statement(
        id="first",
        measure=Measure.NOT_PUBLISHED,
        rules=("3",),
        terms="2026-11",
        facts="A moderator read it.",
        explanation="It named somebody.",
        category=Category.PRIVACY,
        language="en",
        written="2026-11-20",
        applied="2026-11-23",
        appeal_until="2027-05-25",
    )
    return replace(statement, **changes)
