"""A tip as a file: plain, or sealed to the key of whoever is to read it."""

from letterdesk import sealing
from letterdesk.desk.queries.tips import TipView
from letterdesk.domain.letter import Letter, LetterKind, as_sheet
from letterdesk.settings import Settings


def tip_file(tip: TipView, newsroom: Settings) -> tuple[str, bytes]:
    """Give a file's name and content. Raises SettingWrong when the key cannot be read.

    A sealed one is an envelope as letterboxes make it; `letterdesk tip open` opens it.
    """
    letter = Letter(
        id=tip.id,
        kind=LetterKind.TIP,
        arrived=tip.arrived,
        story=tip.story,
        language=tip.language,
        text=tip.text,
        name=tip.name,
        contact=tip.contact,
    )
    if not newsroom.tips.key:
        return f"tip-{tip.id}.txt", as_sheet(letter, about=tip.headline).encode()
    key = sealing.read_key_of_tips(newsroom.folder / newsroom.tips.key)
    return f"tip-{tip.id}.sealed", sealing.seal(letter, key)
