"""Which letters are still to be screened, and the near-copies that are known."""

from collections.abc import Collection
from typing import NamedTuple

from letterdesk.desk.models import Comment, Copy, CopyBand, Story
from letterdesk.desk.queries.found import batches
from letterdesk.domain.story import beside, plain


class Unscreened(NamedTuple):
    """A letter that no check has seen in its present version."""

    key: int
    public_id: str
    text: str
    name: str
    story: int
    desk: str


class Subject(NamedTuple):
    """A story as the checks read it: its text, what stands beside that, its language."""

    text: str
    beside: str
    language: str


class Known(NamedTuple):
    """A comment that a group of near-copies is found by."""

    comment: int
    group: int
    signature: bytes


def unscreened(size: int) -> list[Unscreened]:
    """Give the oldest letters that are to be screened. Index comment_unscreened."""
    found = Comment.objects.filter(screened=0).order_by("id")[:size]
    rows = found.values_list("id", "public_id", "text", "name", "story_id", "desk")
    return [Unscreened(*row) for row in rows]


def subjects(stories: Collection[int]) -> dict[int, Subject]:
    """Give what the checks need of stories, by key."""
    fields = ("pk", "body", "headline", "picture", "language")
    rows = Story.objects.filter(pk__in=stories).values_list(*fields)
    return {
        key: Subject(plain(body), beside(headline, (picture or {}).get("caption", "")), tag)
        for key, body, headline, picture, tag in rows
    }


def leaders(keys: Collection[int]) -> dict[int, list[Known]]:
    """Give the groups' leaders that have one of these bands, by band. Index copy_band."""
    found: dict[int, list[Known]] = {}
    for some in batches(keys):
        rows = CopyBand.objects.filter(key__in=some).order_by("comment_id")
        fields = ("key", "comment_id", "comment__copy__group", "comment__copy__signature")
        for key, comment, group, signature in rows.values_list(*fields):
            known = Known(comment, group, bytes(signature))
            found.setdefault(key, []).append(known)
    return found


def first_of_group(group: int) -> Copy | None:
    """Give the oldest comment of a group of near-copies. Index copy_group."""
    return Copy.objects.filter(group=group).order_by("comment").first()
