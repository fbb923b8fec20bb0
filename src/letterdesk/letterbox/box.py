"""What the handlers of the letterbox work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from letterdesk.domain.letter import Letter, LetterKind, pack
from letterdesk.letterbox.answers import Answers
from letterdesk.letterbox.files import Files
from letterdesk.letterbox.floods import Floods, Room
from letterdesk.letterbox.keys import Keys
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.spool import Spool
from letterdesk.letterbox.stories import Stories
from letterdesk.letterbox.terms import PublishedTerms
from letterdesk.places.base import Place
from letterdesk.sealing import seal
from letterdesk.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Box:
    """The parts of one process."""

    settings: Settings
    public: Place
    files: Files
    stories: Stories
    terms: PublishedTerms
    keys: Keys
    spool: Spool
    floods: Floods
    answers: Answers
    today: Callable[[], date]  # UTC

    @property
    def patience(self) -> int:
        """Seconds that a form may take to arrive."""
        return self.settings.letterbox.body_seconds

    async def store(self, letter: Letter, *, proof: str) -> None:
        """Seal the letter, if there is room for it, and return when it is on disk.

        `proof` is the proof of work that came with it, "" without. Raises Refused:
        `closed`, `too-many`, `unavailable`.
        """
        size = len(pack(letter))
        room = self.floods.admit(letter.kind, story=letter.story, proof=proof, size=size)
        await self._put(lambda: seal(letter, self.keys.newest()), room)

    async def store_known(self, letter: Letter) -> None:
        """Store what came with a receipt whose outcome is published, as `store` does."""
        room = self.floods.admit_known(letter.lookup, size=len(pack(letter)))
        await self._put(lambda: seal(letter, self.keys.newest()), room)

    async def store_sealed(self, envelope: bytes, *, story: str, proof: str) -> None:
        """Store what was sealed in the browser, as `store` does what is sealed here.

        What is in it cannot be told: it takes its room as a comment does.
        """
        size = len(envelope)
        room = self.floods.admit(LetterKind.COMMENT, story=story, proof=proof, size=size)
        await self._put(lambda: envelope, room)

    async def _put(self, envelope: Callable[[], bytes], room: Room) -> None:
        """Store an envelope; where that is refused, give its room and its proof back."""
        try:
            await self.spool.put(envelope())
        except Refused:
            room.give_back()
            raise
