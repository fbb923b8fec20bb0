"""What lies in the public place, as the press last wrote it."""

from collections.abc import Iterable

from letterdesk.desk.models import PublishedFile, Story
from letterdesk.desk.queries.found import found_by


def files_of(story: Story) -> dict[str, str]:
    """Give the story's files: path → digest, "" where it is not certain what lies there."""
    return dict(PublishedFile.objects.filter(story=story).values_list("path", "digest"))


def files_at(paths: Iterable[str]) -> dict[str, str]:
    """Give what is known of these paths: path → digest, without those never written."""
    found = found_by(PublishedFile, "path", list(paths), "digest")
    return {str(path): str(digest) for path, digest in found}
