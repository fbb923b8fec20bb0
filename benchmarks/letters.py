"""Letters, sealed and put into a newsroom's spool as the letterbox would."""

from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks import newsroom
from letterdesk import sealing, settings
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.places import choose


def send(
    room: newsroom.Newsroom,
    story: str,
    texts: Sequence[str],
    *,
    language: str = "en",
    name: str = "A neighbour",
    as_written: bool = False,
) -> None:
    """Put letters into the spool, in one batch, and have them collected."""
    known = settings.read(room.folder)
    key = sealing.read_public_keys(known.public_keys)[0]
    letters = [
        Letter(
            id=new_id(),
            kind=LetterKind.COMMENT,
            arrived=datetime.now(UTC).date(),
            story=story,
            language=language,
            text=text,
            name=name,
            as_written=as_written,
        )
        for text in texts
    ]
    sealed = [sealing.seal(letter, key) for letter in letters]
    choose.spool(known).put(new_id(), pack_batch(sealed))
    newsroom.call("collect", str(room.folder))
