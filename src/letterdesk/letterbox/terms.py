"""What the letterbox knows of the Terms of Use: what the press has published of them."""

from weakref import WeakKeyDictionary

import msgspec

from letterdesk.domain.rules import Terms
from letterdesk.letterbox.files import File, Files
from letterdesk.letterbox.refusals import Refused
from letterdesk.reader.terms import terms


class PublishedTerms:
    """The Terms of Use in force, and earlier ones; a version of a file is parsed once.

    What is not published, or cannot be read just now, is what we ship: a form without terms
    would be worse.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: WeakKeyDictionary[File, Terms] = WeakKeyDictionary()

    async def find(self, language: str, *, version: str = "") -> Terms:
        """Give the terms in force for a page in `language`, or those of a version."""
        folder = f"rules/{language}/{version}/" if version else f"rules/{language}/"
        try:
            file = await self._files.find(f"{folder}terms.json")
            return terms(language) if file is None else self._read(file)
        except (Refused, msgspec.DecodeError):
            return terms(language)

    def _read(self, file: File) -> Terms:
        known = self._known.get(file)
        if known is None:
            known = msgspec.json.decode(file.plain.raw, type=Terms)
            self._known[file] = known
        return known
