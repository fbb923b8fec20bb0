"""Ampersands that HTML allows and XML does not: real exports have both."""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

from letterdesk.interchange.source import Source

# Parts in which an ampersand is a sign like any other, by how they begin and end.
_PARTS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_BEGIN = re.compile("|".join(map(re.escape, _PARTS)))
_AMPERSAND = re.compile(
    r"&(?:([A-Za-z][A-Za-z0-9]{0,30});|(#(?:x[0-9A-Fa-f]{1,60}|[0-9]{1,60});))?"
)
_BEGUN = re.compile(r"(?:<(?:![-\[CDAT]{0,7})?|&[A-Za-z0-9#]{0,62})\Z")
_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


class Ampersands:
    """Reads ampersands piece by piece, and lets the file know how many it mended.

    A name of HTML becomes the numbers of its characters, two at the most; an ampersand that
    begins nothing stands for itself. So does what looks like a name and is none: what a
    file declares is never looked up.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._end = ""  # of the part that has begun

    def texts(self, pieces: Iterable[str]) -> Iterator[str]:
        """Give the pieces of XML with no ampersand in them that XML does not allow."""
        held = ""
        for piece in pieces:
            read, held = self._read(held + piece)
            yield read
        yield held if self._end else _AMPERSAND.sub(self._mended, held)

    def _read(self, text: str) -> tuple[str, str]:
        """Give what can be said of a piece, and the rest: the next piece decides on it."""
        done, at = list[str](), 0
        while True:
            if self._end:
                end = text.find(self._end, at)
                if end < 0:
                    rest = max(at, len(text) - len(self._end) + 1)
                    return "".join([*done, text[at:rest]]), text[rest:]
                end += len(self._end)
                done.append(text[at:end])
                at, self._end = end, ""
            found = _BEGIN.search(text, at) or _BEGUN.search(text, at)
            until = found.start() if found else len(text)
            done.append(_AMPERSAND.sub(self._mended, text[at:until]))
            self._end = _PARTS.get(found[0], "") if found else ""
            if not found or not self._end:
                return "".join(done), text[until:]
            done.append(found[0])
            at = found.end()

    def _mended(self, found: re.Match[str]) -> str:
        name, number = found.groups()
        if number or name in _XML:
            return found[0]
        self._source.ampersands += 1
        if signs := html5.get(f"{name};"):
            return "".join(f"&#{ord(sign)};" for sign in signs)
        return f"&amp;{found[0][1:]}"
