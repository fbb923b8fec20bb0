"""Builders of the desk's rows, with plain defaults and no surprises."""

from datetime import UTC, datetime
from itertools import count

from django.db import transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.stories import set_risk
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    AuditMention,
    Comment,
    Notice,
    Story,
    Tip,
    Unopened,
    User,
    UserDesk,
)
from letterdesk.desk.queries.people import Person, person
from letterdesk.domain.receipt import ReceiptKeys, action_digest, derive
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, Risk, State
from tests.values import TODAY, an_id

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
TEXT = "My uncle worked on that ferry. His name was Daniel Roe."
CUT = "My uncle worked on that ferry. His name was [name removed]."
SAFE = CUT.replace("name removed", "details removed for safety")  # as rule 3 suggests
_numbers = count(1_000)  # below it: numbers that a test gives itself


def receipt(number: int) -> ReceiptKeys:
    """Give the keys of a receipt that only this number has."""
    return derive(number)


def make_person(
    username: str, *, role: str = "moderator", desks: tuple[str, ...] = ()
) -> Person:
    user = User.objects.create(
        username=username, role=role, pseudonym=f"{role.title()} {username}"
    )
    UserDesk.objects.bulk_create(UserDesk(user=user, desk=desk) for desk in desks)
    return person(user)


def make_story(number: int = 1, **changes: object) -> Story:
    values: dict[str, object] = {
        "public_id": an_id(900 + number),
        "url": f"https://news.example/{number}",
        "headline": "The ferry will not come back",
        "language": "en",
        "desk": "English",
        "registered": TODAY,
        "changed": False,
    }
    return Story.objects.create(**(values | changes))


def call_ordinary(story: Story) -> None:
    """Lower a story's risk, which two editors have to."""
    for name in ("ola", "oskar"):
        known = User.objects.filter(username=name).first()
        by = person(known) if known else make_person(name, role="editor")
        set_risk(story.public_id, Risk.ORDINARY, today=TODAY, by=by)


def make_comment(story: Story, number: int | None = None, **changes: object) -> Comment:
    number = number or next(_numbers)
    keys = receipt(number)
    values: dict[str, object] = {
        "public_id": an_id(number),
        "story": story,
        "desk": story.desk,
        "risk": story.risk,
        "text": TEXT,
        "name": "Mira",
        "language": story.language,
        "arrived": TODAY,
        "lookup": keys.lookup,
        "outcome_key": keys.outcome_key,
        "action_digest": action_digest(keys.action_key),
        "salt": bytes(32),
    }
    return Comment.objects.create(**(values | changes))


def make_published(story: Story, by: Person, number: int | None = None) -> Comment:
    """Give a comment that is published; no file is written."""
    comment = make_comment(story, number)
    approve(comment, by)
    act_and_show(story)
    comment.refresh_from_db()
    return comment


def act_and_show(story: Story) -> None:
    """Act as the press does at a slot whose page readers have got; no file is written."""
    act(story.pk, today=TODAY)
    Comment.objects.filter(story=story).update(awaits_page=False)


def approve(comment: Comment, by: Person) -> Comment:
    return move(comment, Action.APPROVE, by)


def move(
    comment: Comment,
    action: Action,
    by: Person,
    *,
    text: str | None = None,
    leave_name_out: bool | None = None,
    rules: tuple[str, ...] = (),
    note: str = "",
    group: str = "",
) -> Comment:
    """Decide on a comment as it is now; rules and text are filled in where they are due."""
    if action in {Action.EDIT, Action.REJECT, Action.RETRACT}:
        rules = rules or ("3",)
    if action is Action.EDIT and leave_name_out is None:
        text = text or CUT
    version = Comment.objects.values_list("version", flat=True).get(pk=comment.pk)
    return decide(
        comment.public_id,
        action,
        by=by,
        version=version,
        ruling=Ruling(
            text=text, name_left_out=leave_name_out, rules=rules, note=note, group=group
        ),
        now=NOW,
    )


def cut_log(**which: object) -> None:
    """Take entries of the audit log away, as nobody should."""
    found = AuditEntry.objects.filter(**which)
    AuditMention.objects.filter(entry__in=found).delete()
    found.delete()


def make_in(state: State, story: Story, by: Person) -> Comment:
    """Give a comment in a state, by decisions on which the press has acted."""
    comment = make_comment(story)
    for action in _WAYS[state]:
        move(comment, action, by)
        if action in {Action.APPROVE, Action.REJECT} and state is not State.APPROVED:
            act_and_show(story)
    if state is State.WITHDRAWN:
        with transaction.atomic():
            withdraw([comment.pk], today=TODAY)
    if state is not State.APPROVED:
        act_and_show(story)
    comment.refresh_from_db()
    return comment


_WAYS: dict[State, tuple[Action, ...]] = {
    State.PENDING: (),
    State.HELD: (Action.HOLD,),
    State.APPROVED: (Action.APPROVE,),
    State.PUBLISHED: (Action.APPROVE,),
    State.REJECTED: (Action.REJECT,),
    State.RETRACTED: (Action.APPROVE, Action.RETRACT),
    State.WITHDRAWN: (),
}


def make_appeal(comment: Comment, number: int = 11, /, **changes: object) -> Appeal:
    values: dict[str, object] = {
        "public_id": an_id(number),
        "comment": comment,
        "lookup": comment.lookup,
        "action_digest": comment.action_digest,
        "text": "Please look again.",
        "arrived": TODAY,
    }
    return Appeal.objects.create(**(values | changes))


def reverse(appeal: Appeal, *people: Person, text: str | None = None) -> None:
    """Answer that an appeal was right: with the whole letter, or cut to `text`."""
    for by in people:
        version = Comment.objects.values_list("version", flat=True).get(
            pk=appeal.comment_id
        )
        ruling = Ruling(text=text, rules=("3",) if text else ())
        answer = Answer(verdict=Verdict.REVERSED, version=version, ruling=ruling)
        answer_appeal(appeal.public_id, answer, by=by, now=NOW)


def make_notice(comment: Comment, number: int = 12, /, **changes: object) -> Notice:
    keys = receipt(10_000 + number)
    values: dict[str, object] = {
        "public_id": an_id(number),
        "story": comment.story,
        "comment": comment,
        "text": "This names my neighbour.",
        "name": "Ana",
        "contact": "ana@mail.example",
        "arrived": TODAY,
        "opened": datetime(2026, 11, 23, 8, tzinfo=UTC),
        "lookup": keys.lookup,
        "outcome_key": keys.outcome_key,
        "action_digest": action_digest(keys.action_key),
    }
    return Notice.objects.create(**(values | changes))


def make_tip(story: Story, number: int = 13, /, **changes: object) -> Tip:
    keys = receipt(20_000 + number)
    values: dict[str, object] = {
        "public_id": an_id(number),
        "story": story,
        "text": "Look in the harbour.",
        "name": "Jo",
        "contact": "jo@mail.example",
        "arrived": TODAY,
        "lookup": keys.lookup,
        "outcome_key": keys.outcome_key,
        "action_digest": action_digest(keys.action_key),
    }
    return Tip.objects.create(**(values | changes))


def make_unopened(number: int, **changes: object) -> int:
    """Give the key of a row that did not open; its digest and size tell its number."""
    values: dict[str, object] = {
        "digest": f"{number:064}",
        "batch": "a-batch",
        "raw": b"x" * number,
        "reason": "seal-broken",
        "found": TODAY,
    }
    return Unopened.objects.create(**(values | changes)).pk


def states(*comments: Comment) -> list[str]:
    """Give the states that comments are in now."""
    found = dict(Comment.objects.values_list("pk", "state"))
    return [found[one.pk] for one in comments]
