"""A thread: a story's published comments, in the order in which readers meet them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from letterdesk.domain.edit import Cut
from letterdesk.domain.story import Story

MAX_DEPTH = 4  # levels that are indented; deeper replies stand beside their parent


@dataclass(frozen=True, kw_only=True)
class Published:
    """A comment as published. `text` is the original; `cuts` say what readers do not get.

    A name that was left out is not here: `name` is "". A comment that was retracted but has
    replies is shown as a gap: `is_gone`, no text.
    """

    id: str
    text: str
    published: str  # the day, ISO
    order: int  # within the story; says nothing outside
    name: str = ""
    reply_to: str = ""
    cuts: tuple[Cut, ...] = ()
    rules: tuple[str, ...] = ()
    terms: str = ""  # the version of the Terms of Use that the rules are from
    language: str = ""
    is_gone: bool = False
    is_pick: bool = False  # an editor's pick
    name_left_out: bool = False  # by a moderator
    is_from_elsewhere: bool = False  # imported: who wrote brackets in it nobody knows
    # Titles of the rules under which another newsroom had edited it; None: it had not.
    edited_elsewhere: tuple[str, ...] | None = None

    @property
    def is_edited(self) -> bool:
        """Say whether readers get less than was sent."""
        return bool(self.cuts) or self.name_left_out


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A comment in its place in the thread."""

    comment: Published
    depth: int  # 0 for a comment on the story itself
    discussion: int  # which of them it belongs to, from 0 on; never another one later


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a thread; page 1 lies at t/STORY/, page 2 at t/STORY/2/."""

    story: Story
    number: int
    of: int
    count: int  # comments in the whole thread that can be read
    comments: tuple[Placed, ...]


def arrange(comments: Iterable[Published]) -> list[Placed]:
    """Give the comments as readers meet them: each followed by the replies to it.

    A reply whose parent is missing stands on its own; of comments that answer each other
    in a circle, the first does, at the end. A gap without replies is left out.
    """
    listed = sorted(comments, key=lambda comment: (comment.order, comment.id))
    known = {comment.id for comment in listed}
    replies: dict[str, list[Published]] = defaultdict(list)
    for comment in listed:
        parent = comment.reply_to if comment.reply_to in known else ""
        replies[parent].append(comment)
    placed: dict[str, Placed] = {}
    discussions = count()
    for first in [*replies[""], *listed]:
        if first.id in placed:
            continue
        discussion = next(discussions)
        waiting = [(first, 0)]
        while waiting:
            comment, depth = waiting.pop()
            if comment.id in placed:
                continue
            placed[comment.id] = Placed(
                comment=comment, depth=min(depth, MAX_DEPTH), discussion=discussion
            )
            waiting.extend((reply, depth + 1) for reply in reversed(replies[comment.id]))
    return _without_empty_gaps(list(placed.values()))


def paginate(story: Story, comments: Iterable[Published], *, per_page: int) -> list[Page]:
    """Give the pages of a thread, at least one. A discussion is not torn apart.

    A page holds `per_page` discussions. Neither a reply nor a comment that goes moves
    another to a different page, so that a comment's address is good for ever.
    """
    placed = arrange(comments)
    readable = sum(not one.comment.is_gone for one in placed)
    sheets: dict[int, list[Placed]] = defaultdict(list)
    for one in placed:
        sheets[one.discussion // per_page].append(one)
    last = max(sheets, default=0)
    return [
        Page(
            story=story,
            number=number + 1,
            of=last + 1,
            count=readable,
            comments=tuple(sheets[number]),
        )
        for number in range(last + 1)
    ]


def _without_empty_gaps(placed: list[Placed]) -> list[Placed]:
    """Drop gaps below which nothing is left to read, from the bottom up."""
    kept: list[Placed] = []
    parents = {one.comment.reply_to for one in placed if not one.comment.is_gone}
    for one in reversed(placed):
        if one.comment.is_gone and one.comment.id not in parents:
            continue
        parents.add(one.comment.reply_to)
        kept.append(one)
    return kept[::-1]
