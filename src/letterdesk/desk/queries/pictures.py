"""Which pictures in the public place stories have, and which pages may show them."""

from collections.abc import Iterator

from letterdesk.desk.models import Story
from letterdesk.domain.story import is_picture
from letterdesk.places.base import Missing, Place


def stray_pictures(place: Place) -> list[str]:
    """Give the paths of pictures there that no story has. Raises PlaceFailed."""
    there = {name for name in place.list("assets") if is_picture(name)}
    stories = Story.objects.exclude(picture=None) if there else Story.objects.none()
    known = stories.values_list("picture__path", flat=True)
    return sorted(there.difference(known.iterator()))


def has_story(path: str) -> bool:
    """Say whether a story has this picture. Reads the table of stories."""
    return Story.objects.filter(picture__path=path).exists()


def is_shown(path: str, place: Place) -> bool:
    """Say whether a page shows a picture that no story has any more. Raises PlaceFailed.

    That can only be the page of a story that changed and is still to be written.
    """
    late = Story.objects.filter(changed=True).values_list("public_id", flat=True)
    return any(path.encode() in raw for story in late for raw in _pages(story, place))


def _pages(story: str, place: Place) -> Iterator[bytes]:
    for name in place.list(f"t/{story}"):
        if name.endswith(".html"):
            try:
                yield place.read(name)
            except Missing:  # it went meanwhile
                continue
