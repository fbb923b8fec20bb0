"""Bytes that may not all be text, as text that XML and JSON can hold: nothing stops there.

Whatever stands for no character becomes NO_TEXT. That is none, either: who checks comments
puts U+FFFD there, in one place for all formats, and counts.
"""

import codecs
import re
from collections.abc import Iterable, Iterator

from letterdesk.domain.text import NOT_XML
from letterdesk.interchange.source import ImportFailed, Source

NO_TEXT = "\x7f"  # one byte, and allowed in XML 1.0 and JSON
_UNREAD = "\uffff"  # what a decoder gives for bytes that say nothing in its encoding
_ERRORS = "letterdesk-unread"
_SOME = 32  # unread places that damage explains; more of them are another encoding
# A character by its number, in XML; and what may be the beginning of one.
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,60})|([0-9]{1,60}));")
_BEGUN = re.compile(r"&(?:#(?:x[0-9A-Fa-f]{0,60}|[0-9]{0,60}))?\Z")
_LAST = 0x10FFFF
# What stands behind a backslash in JSON: a whole pair of surrogates, half of one, the rest.
_ESCAPED = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)

# What may be the beginning of it, at the end; a backslash before it is one that is escaped.
_ESCAPE_BEGUN = re.compile(
    r"(?<!\\)(?:\\\\)*(?P<begun>\\(?:u(?:[0-9a-fA-F]{0,3}"
    r"|[dD][89abAB][0-9a-fA-F]{2}(?:\\(?:u[0-9a-fA-F]{0,3})?)?))?)\Z"
)


def _unread(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _UNREAD, error.end


codecs.register_error(_ERRORS, _unread)


class Decoder:
    """Reads bytes piece by piece, and tells damage from another encoding."""

    def __init__(self, source: Source, encoding: str = "utf-8") -> None:
        self._source, self._encoding = source, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)(_ERRORS)
        self._unread = self._read = 0  # places, and characters that are not ASCII

    def text(self, raw: bytes, *, is_last: bool) -> str:
        """Give what the next bytes say. Raises ImportFailed when much of it is nothing."""
        text = self._decoder.decode(raw, is_last)
        if not text.isascii():
            unread = text.count(_UNREAD)
            self._unread += unread
            self._read += len(text) - len(text.encode("ascii", "ignore")) - unread
        if self._unread > max(_SOME, self._read // 2):
            raise ImportFailed(
                f"{self._source.path} is not in the encoding that it claims, or in UTF-8 "
                f"where it claims none: what stands there says nothing in "
                f"{self._encoding.upper()}. Save it as UTF-8, with that in its first line "
                "if it names an encoding there, or export it again."
            )
        return NOT_XML.sub(NO_TEXT, text)

    def texts(self, pieces: Iterable[bytes]) -> Iterator[str]:
        """Give what the pieces of a whole file say. Raises ImportFailed."""
        for raw in pieces:
            yield self.text(raw, is_last=False)
        yield self.text(b"", is_last=True)


def without_bad_references(texts: Iterable[str]) -> Iterator[str]:
    """Give the pieces of XML without numbers of characters that XML 1.0 forbids."""
    held = ""
    for text in texts:
        begun = _BEGUN.search(held + text)
        end = begun.start() if begun else len(held + text)
        whole, held = (held + text)[:end], (held + text)[end:]
        yield _REFERENCE.sub(_allowed, whole)
    yield held


def _allowed(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    is_bad = number > _LAST or NOT_XML.match(chr(number))
    return NO_TEXT if is_bad else found[0]


def without_halves(json: str) -> str:
    """Give JSON without halves of characters.

    JavaScript writes them where a text was cut in the middle of an emoji.
    """
    return _ESCAPED.sub(
        lambda one: rf"\u{ord(NO_TEXT):04x}" if one["half"] else one[0], json
    )


def without_halves_each(texts: Iterable[str]) -> Iterator[str]:
    """Give the pieces of a JSON file without halves of characters.

    Only what may be the beginning of an escape waits for the next piece.
    """
    held = ""
    for text in texts:
        begun = _ESCAPE_BEGUN.search(held + text)
        end = begun.start("begun") if begun else len(held + text)
        whole, held = (held + text)[:end], (held + text)[end:]
        yield without_halves(whole)
    yield without_halves(held)
