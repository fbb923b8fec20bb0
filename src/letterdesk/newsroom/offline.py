"""The published site, made for reading from a disk. Imported once a desk is open."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from letterdesk.desk.queries.audit import published_head
from letterdesk.desk.queries.leaving import shown
from letterdesk.desk.queries.report import public_figures
from letterdesk.desk.queries.terms import book, in_force
from letterdesk.domain.audit import START
from letterdesk.domain.story import Picture, Story
from letterdesk.places import choose
from letterdesk.places.base import Missing
from letterdesk.press.archive import archived_site, archived_story
from letterdesk.settings import Settings


class Archive:
    """The files of an archive, made one story after the other; it counts as it goes.

    `lost` is how many pictures the public place does not have any more.
    """

    def __init__(self, newsroom: Settings, *, today: date) -> None:
        self._newsroom, self._today = newsroom, today
        self._public = choose.public(newsroom)
        self._listed: list[tuple[Story, int]] = []
        self._pictures: set[str] = set()
        self.lost = 0

    @property
    def stories(self) -> int:
        """How many stories have a page."""
        return len(self._listed)

    @property
    def comments(self) -> int:
        """How many comments can be read in it."""
        return sum(count for _, count in self._listed)

    def files(self, keys: Iterable[int]) -> Iterator[tuple[str, bytes]]:
        """Give the files by their path: those of each of these stories, then the others.

        A story whose thread has nothing to read is left out.
        """
        for story, comments in shown(keys):
            readable = sum(not one.is_gone for one in comments)
            if not readable:
                continue
            self._listed.append((replace(story, body=""), readable))
            yield from archived_story(
                story,
                comments,
                site=self._newsroom.site,
                terms=in_force(story.language),
                per_page=self._newsroom.press.comments_per_page,
            ).items()
            if story.picture:
                yield from self._picture(story.picture)
        yield from self._site().items()

    def _site(self) -> dict[str, bytes]:
        head = published_head(self._public) or START
        return archived_site(
            self._listed,
            book(),
            figures=public_figures(self._today),
            head=head._asdict(),
            site=self._newsroom.site,
        )

    def _picture(self, picture: Picture) -> Iterator[tuple[str, bytes]]:
        """Give a picture as the press put it into the public place, once."""
        if picture.path in self._pictures:
            return
        self._pictures.add(picture.path)
        try:
            yield picture.path, self._public.read(picture.path)
        except Missing:
            self.lost += 1
