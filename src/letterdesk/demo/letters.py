"""The demo's letters as readers would have sent them, and the way into the spool."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from letterdesk import sealing
from letterdesk.demo.contents import Contents, DemoComment
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from letterdesk.domain.letter import Letter
from letterdesk.domain.states import State
from letterdesk.domain.story import Story
from letterdesk.letterbox import intake
from letterdesk.letterbox.intake import Taken
from letterdesk.places import choose
from letterdesk.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A comment that was sent on a day, with the receipt that its author has."""

    slug: str
    written: DemoComment
    story: Story
    day: date
    depth: int  # 0, or the depth of what it answers and 1
    taken: Taken

    @property
    def id(self) -> str:
        """The comment's id."""
        return self.taken.letter.id

    @property
    def code(self) -> str:
        """The receipt code."""
        return self.taken.code


def comments(
    contents: Contents, stories: Mapping[str, Story], *, today: date
) -> list[Sent]:
    """Give all comments; `stories` by slug. What a comment answers comes before it."""
    sent: dict[tuple[str, str], Sent] = {}

    def send(slug: str, key: str) -> Sent:
        if (slug, key) not in sent:
            written = found[slug, key]
            parent = send(slug, written.reply_to) if written.reply_to else None
            sent[slug, key] = _sent(
                slug, written, stories[slug], parent=parent, today=today
            )
        return sent[slug, key]

    found = {
        (story.slug, comment.key): comment
        for story in contents.stories
        for comment in story.comments
    }
    return [send(slug, key) for slug, key in found]


def _sent(
    slug: str, written: DemoComment, story: Story, *, parent: Sent | None, today: date
) -> Sent:
    day = today - timedelta(days=written.days_ago)
    fields = {"text": written.text, "name": written.name}
    if parent:
        fields["reply_to"] = parent.id
    if written.as_written:
        fields["as_written"] = "1"
    return Sent(
        slug=slug,
        written=written,
        story=story,
        day=day,
        depth=parent.depth + 1 if parent else 0,
        taken=intake.comment(fields, story=story, today=day),
    )


def later_letters(
    contents: Contents, stories: Mapping[str, Story], sent: Sequence[Sent], *, today: date
) -> Iterator[Letter]:
    """Give the withdrawals, appeals, notices and tips, all sent today."""
    for one in sent:
        if one.written.state == State.WITHDRAWN:
            yield intake.withdrawal({"code": one.code}, today=today)
        if one.written.appeal:
            appeal = {"code": one.code, "text": one.written.appeal}
            yield intake.appeal(appeal, today=today)
    ids = {(one.slug, one.written.key): one.id for one in sent}
    for notice in contents.notices:
        fields = {"text": notice.text, "comment": ids[notice.story, notice.comment]}
        yield intake.notice(fields, story=stories[notice.story], today=today).letter
    for tip in contents.tips:
        fields = {"text": tip.text, "tip": "1"}
        yield intake.comment(fields, story=stories[tip.story], today=today).letter


def post(newsroom: Settings, letters: Sequence[Letter]) -> None:
    """Seal letters and put them into the spool, as one batch."""
    key = sealing.read_public_keys(newsroom.public_keys)[0]
    batch = pack_batch([sealing.seal(letter, key) for letter in letters])
    choose.spool(newsroom).put(new_id(), batch)
