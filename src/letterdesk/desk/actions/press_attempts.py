"""One story after the other, so that one that fails keeps no other waiting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from letterdesk import failures
from letterdesk.desk.models import PressFailure, PressPart
from letterdesk.desk.queries.failing import Failing, failing_among
from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Place
from letterdesk.reader.assets import embed_files

_Done = TypeVar("_Done")


@dataclass(kw_only=True)
class Attempts:
    """What one pass of the press tries for each story, into `place`.

    What fails is kept in the database, where editors and `check` find it; the next pass
    tries it again. What is no story's fault is raised: a database, or a place,
    that works for none.
    """

    place: Place
    today: date
    _failed: set[tuple[int, PressPart]] = field(default_factory=set)

    def make(
        self, part: PressPart, story: int, work: Callable[[], _Done], *, instead: _Done
    ) -> _Done:
        """Give what `work` gives; `instead` when it fails for this story."""
        try:
            return work()
        except (InterfaceError, OperationalError):
            raise
        except PlaceFailed as error:
            if not self._takes_files():
                raise
            self.note(part, story, error)
        except Exception as error:  # noqa: BLE001 -- whatever it is, others must not wait
            self.note(part, story, error)
        return instead

    def note(self, part: PressPart, story: int, error: Exception) -> None:
        """Keep what failed for the story with this key; of an error no word but ours."""
        why = failures.reason(error)
        PressFailure.objects.update_or_create(
            story_id=story,
            part=part,
            defaults={"why": why},
            create_defaults={"why": why, "since": self.today},
        )
        self._failed.add((story, part))

    def settle(self) -> tuple[Failing, ...]:
        """End a pass that has tried all outcomes that were due; give what fails now."""
        untold = [story for story, part in self._failed if part is PressPart.OUTCOMES]
        told = PressFailure.objects.filter(part=PressPart.OUTCOMES)
        told.exclude(story__in=untold).delete()
        return self.failing()

    def failing(self) -> tuple[Failing, ...]:
        """Give what failed here."""
        stories = {story for story, _ in self._failed}
        return failing_among(stories) if stories else ()

    def _takes_files(self) -> bool:
        """Say whether the place takes any file: one that is always there, put once more."""
        try:
            for path, raw in embed_files().items():
                self.place.put(path, raw)
        except PlaceFailed:
            return False
        return True
