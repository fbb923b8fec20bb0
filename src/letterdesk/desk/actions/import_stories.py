"""Find or register the stories that imported comments stood under."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from babel import Locale, UnknownLocaleError
from django.db import transaction

from letterdesk.desk.actions.stories import (
    StorySheet,
    StoryWrong,
    close_story,
    open_story,
    register,
)
from letterdesk.desk.actions.stories import story_url as checked_url
from letterdesk.desk.models import ImportRun, Story
from letterdesk.desk.queries.found import found_by
from letterdesk.desk.queries.stories import desk_of, known_by
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.states import Risk
from letterdesk.domain.story_url import without_tracking
from letterdesk.domain.text import mended
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.records import StoryRecord
from letterdesk.tags import known_tag
from letterdesk.triage.language import UNKNOWN, language_of

_REMEMBERED = 100_000  # stories, so that a large file does not fill the memory
_CHARACTERS = 16 << 20  # of their addresses
_LONG = 2_000  # characters: no story has a longer address, and none is remembered


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Which language and desk new stories get; "" leaves the language to what they say.

    `languages` are those of the site, the first one where nothing else is known.
    """

    languages: tuple[str, ...]
    today: date
    language: str = ""
    desk: str | None = None

    def near(self, tag: str) -> str:
        """Give the site's language that is like this one, in its script; "" for none."""
        if tag in self.languages:
            return tag
        near = [one for one in self.languages if one.split("-")[0] == tag.split("-")[0]]
        same = [one for one in near if _script(one) == _script(tag)]
        return (*same, *near, "")[0]


@dataclass(kw_only=True)
class Stories:
    """The stories of a file as far as they are known: key by URL; wrong ones have none.

    `find` and `look` may forget those of earlier calls: whatever a batch needs is asked for
    in one of them. `run` is the import that brings new ones; a mere look has none.
    Comments that another system has brought about them are left out where there are
    `twins`: there is noted which comments stand for them.
    """

    shelf: Shelf
    run: ImportRun | None = None
    twins: Notes | None = None
    keys: dict[str, int | None] = field(default_factory=dict)
    new: Counter[str] = field(default_factory=Counter)  # by desk
    replaced: int = 0  # characters of headlines that were none
    tracked: int = 0  # addresses that lost their tracking parameters
    _desks: dict[str, str] = field(default_factory=dict)  # by language
    _held: int = 0  # characters in `keys`

    def find(self, wanted: Iterable[tuple[str, StoryRecord]]) -> None:
        """Know the stories of these URLs afterwards; those that are new are registered.

        Those that an undone import left behind, closed and empty, are opened again.
        """
        unknown = self._unknown(wanted)
        self._wake({name: one for url, one in unknown.items() for name in _names(url)})
        for url, record in unknown.items():
            if url not in self.keys:
                self._remember(url, self._add(url, record))

    def look(self, wanted: Iterable[tuple[str, StoryRecord]]) -> None:
        """As `find`, and register nothing: a new story has the key 0."""
        for url, record in self._unknown(wanted).items():
            if url in self.keys:
                continue
            known_as = _known_as(url)
            if known_as and known_as not in self.keys:
                self._remember(known_as, 0)
                self.new[self._desk(record)] += 1
                self.replaced += mended(record.headline)[1]
            self._remember(url, self.keys[known_as] if known_as else None)

    def _unknown(self, wanted: Iterable[tuple[str, StoryRecord]]) -> dict[str, StoryRecord]:
        """Give the stories that have to be looked at; those of the database are known."""
        if len(self.keys) > _REMEMBERED or self._held > _CHARACTERS:
            self.keys.clear()
            self._held = 0
        found: dict[str, StoryRecord] = {}
        for url, record in wanted:
            if url not in self.keys:
                first = min(_day(found.get(url, record)), _day(record))
                found[url] = replace(record, day=first)
        names = {url: _names(url) for url in found}
        asked = {name for some in names.values() for name in some}
        for known, key in found_by(Story, "url", asked, "id"):
            self._remember(str(known), int(str(key)))
        for url, some in names.items():
            first_known = next((name for name in some if name in self.keys), "")
            if first_known:
                self._remember(url, self.keys[first_known])
            is_bare = not some or some[-1] == _canonical(url)
            self.tracked += not is_bare and first_known in {"", some[-1]}
        return found

    def _remember(self, url: str, key: int | None) -> None:
        """Note what a URL is; one that is too long for a story is looked at every time."""
        if key is None and len(url) > _LONG:
            return
        self._held += 0 if url in self.keys else len(url)
        self.keys[url] = key

    def _wake(self, known: Mapping[str, StoryRecord]) -> None:
        left = Story.objects.filter(
            url__in=known, is_open=False, brought_by__isnull=False, comments=None
        )
        for row in left:
            if known[row.url].is_open:
                with transaction.atomic():
                    open_story(row.public_id, today=self.shelf.today)
                    Story.objects.filter(pk=row.pk).update(brought_by=self.run)

    @transaction.atomic
    def _add(self, url: str, record: StoryRecord) -> int | None:
        """Give the key of a new story; None when it cannot be one."""
        headline, replaced = mended(record.headline)
        address = without_tracking(url)
        sheet = StorySheet(
            url=address,
            headline=headline.strip() or address,
            language=self._language(record),
            desk=self._desk(record),
            risk=Risk.SENSITIVE if record.risk == Risk.SENSITIVE else None,
            body=record.body or None,
            day=min(_day(record), self.shelf.today),
        )
        try:
            if known := known_by(checked_url(address)):
                return known.pk
            story, _ = register(sheet, today=self.shelf.today)
        except (StoryWrong, LetterRefused):
            return None
        self.new[story.desk] += 1
        self.replaced += replaced
        if not record.is_open:
            close_story(story.id, today=self.shelf.today)
        row = Story.objects.filter(public_id=story.id)
        row.update(brought_by=self.run)
        return row.values_list("pk", flat=True).get()

    def _desk(self, record: StoryRecord) -> str:
        """Give a story's desk: as the file says, as asked for, or its language's."""
        if given := record.desk or self.shelf.desk:
            return given
        language = self._language(record)
        if language not in self._desks:
            self._desks[language] = desk_of(language)
        return self._desks[language]

    def _language(self, record: StoryRecord) -> str:
        """Give a story's language: as asked for, as its headline is, as the file says.

        Many a headline in Latin script looks English for a word: there the file is right.
        """
        shelf = self.shelf
        if shelf.language:
            return shelf.language
        tag = known_tag(record.language.replace("_", "-")) if record.language else ""
        said = told_by(record.headline)
        if said not in {"", "en", tag.split("-")[0]} and shelf.near(said):
            return shelf.near(said)
        return shelf.near(tag) or tag or shelf.languages[0]


def _day(record: StoryRecord) -> date:
    """Give the day on which a story appeared; the last of all where nobody knows."""
    return record.day or date.max


def told_by(text: str) -> str:
    """Give the language that a text is in; "" where it cannot be told for sure."""
    found = language_of(text)
    return "" if found == UNKNOWN else found


def _canonical(url: str) -> str:
    """Give a URL as its story is known by, "" where it could be no story's.

    A headline is looked at when it is added.
    """
    try:
        return checked_url(url)
    except (StoryWrong, LetterRefused):
        return ""


def _known_as(url: str) -> str:
    """Give the address under which a story is new, "" where it could be no story's."""
    return without_tracking(_canonical(url))


def _names(url: str) -> tuple[str, ...]:
    """Give under what a story of this URL may be known, the nearest first.

    Somebody may have registered it with its tracking parameters.
    """
    return (url, _canonical(url), _known_as(url)) if _canonical(url) else ()


def _script(tag: str) -> str:
    """Give the script that a language is written in, "" where it goes without saying."""
    try:
        return Locale.parse(tag, sep="-").script or ""
    except (UnknownLocaleError, ValueError):
        return ""
