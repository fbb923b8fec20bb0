"""Hundreds of decisions at once, for what is learnt from them."""

from letterdesk.desk.models import Comment, Decision, Story
from letterdesk.desk.queries.people import Person
from tests.desk import rows
from tests.triage.letters import INSULTS, some_letters
from tests.values import an_id

FIRST = 50_000  # number of the first comment


def decide_on(
    count: int,
    *,
    by: Person,
    first: int = 1,
    story: Story | None = None,
    rule: str = "1",
) -> Story:
    """Have `by` decide on so many letters, those with an insult under `rule`."""
    story = story or Story.objects.filter(desk="English").first() or rows.make_story()
    comments = Comment.objects.bulk_create(
        Comment(
            public_id=an_id(FIRST + 1_000 * story.pk + one.decision),
            story=story,
            desk=story.desk,
            state="rejected" if one.unwelcome else "approved",
            text=one.text,
            language=story.language,
            arrived=one.day,
            rules=[rule] if one.unwelcome else [],
            terms="1" if one.unwelcome else "",
            version=2,
            screened=1,
            salt=bytes(32),
        )
        for one in some_letters(count, first=first)
    )
    Decision.objects.bulk_create(
        Decision(
            comment=one,
            version=2,
            move="reject" if one.rules else "approve",
            moderator_id=by.id,
            rules=one.rules,
            terms=one.terms,
            state=one.state,
            taken=rows.NOW,
        )
        for one in comments
    )
    return story


INSULT = f"what a {INSULTS[0]}"  # that only such a desk knows
