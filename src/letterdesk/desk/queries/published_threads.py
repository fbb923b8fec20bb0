"""Threads as they lie in a public place: which comments readers were shown last."""

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.found import batches
from letterdesk.domain.states import State
from letterdesk.places.base import Missing, Place

_THREAD = re.compile(r"t/(?P<story>[^/]+)/(?:\d+/)?thread\.json")


class _Shown(msgspec.Struct):
    id: str
    gone: bool


class _Thread(msgspec.Struct):
    """What thread.json says. Whoever can write there may have written it."""

    comments: list[_Shown]


def not_shown(place: Place) -> list[int]:
    """Give the keys of published comments that their threads there do not show.

    Those of stories without a thread there, or with one that cannot be read, are not among
    them. Raises PlaceFailed.
    """
    found: list[int] = []
    shown = dict(_shown(place))
    for stories in batches(list(shown)):
        rows = Comment.objects.filter(story__public_id__in=stories, place__isnull=False)
        public = rows.filter(state=State.PUBLISHED).order_by("pk")
        found += [
            pk
            for pk, public_id, story in public.values_list(
                "pk", "public_id", "story__public_id"
            ).iterator()
            if public_id not in shown[story]
        ]
    return found


def _shown(place: Place) -> Iterator[tuple[str, set[str]]]:
    pages: dict[str, list[str]] = defaultdict(list)
    for name in place.list("t"):
        if page := _THREAD.fullmatch(name):
            pages[page["story"]].append(name)
    for story, names in pages.items():
        try:
            threads = [msgspec.json.decode(place.read(one), type=_Thread) for one in names]
        except (Missing, msgspec.DecodeError):
            continue
        yield story, {one.id for read in threads for one in read.comments if not one.gone}
