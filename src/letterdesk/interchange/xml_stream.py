"""XML, one element at a time: neither its size nor its entities cost memory."""

import codecs
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from xml.parsers import expat

from letterdesk.interchange.ampersands import Ampersands
from letterdesk.interchange.readable import Decoder, without_bad_references
from letterdesk.interchange.source import (
    LARGEST,
    ImportFailed,
    Source,
    Stream,
    cut_off,
    damaged,
    too_large,
)

_CHUNK = 1 << 16  # bytes
_BEFORE = 512  # bytes in which a declaration is looked for
_BETWEEN = "\n"  # parts namespace and name, which have none in them
# Encodings by Python's name for them, and those that hold all of them: old pages say the
# one and are in the other (WHATWG, Encoding). Where a claim of UTF-16 can be read as ASCII,
# it is wrong.
_READ_AS = {
    "ascii": "utf-8",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "iso8859-1": "cp1252",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp932": "cp932",
    "cp949": "cp949",
    "euc_jp": "euc_jp",
    "euc_kr": "cp949",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
# Python knows others that are no encodings of text (hex, rot13) or of no file (idna).
_KNOWN = frozenset(
    {
        *_READ_AS,
        "utf-8",
        *(f"iso8859-{part}" for part in range(1, 17) if part != 12),
        *(f"cp{page}" for page in (*range(1250, 1259), 437, 850, 852, 855, 866, 874)),
        *("koi8-r", "koi8-u", "kz1048", "ptcp154", "tis-620"),
        *("mac-roman", "mac-cyrillic"),
    }
)
_CLAIM = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CUT_OFF = frozenset(
    {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    }
)
_DEEPEST = 64  # elements in each other
_NAMES = 10_000  # expat keeps each; exports have a hundred

Path = tuple[str, ...]


@dataclass(eq=False)
class Node:
    """An element: its local name, attributes by local name, words, and what is in it.

    Of several elements of one name in it there is the first.
    """

    name: str
    parent: "Node | None"
    attributes: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    children: dict[str, "Node"] = field(default_factory=dict)
    held: int = 0  # characters that were kept when it began

    def text(self, name: str) -> str:
        """Give the words of the first element of this name in it, or ""."""
        found = self.children.get(name)
        return "".join(found.words).strip() if found else ""


def nodes(
    source: Source, wanted: Collection[Path], *, looked_at: Collection[Path], system: str
) -> Iterator[Node]:
    """Give the elements at the `wanted` paths of local names, in the order of their ends.

    In them and around them is only what is `looked_at`; whatever else is in the file, and
    what was given, is forgotten. Names of HTML, such as &nbsp;, are read as in HTML. Raises
    ImportFailed for another root, a document type, entities that the file declares, and
    what is not XML.
    """
    reader = _Reader(source, wanted, looked_at, system=system)
    with source.open() as stream:
        for chunk in _chunks(stream, source):
            wrong = reader.feed(chunk)
            if reader.ready:
                stream.came_along()
            while reader.ready:
                yield reader.ready.popleft()
            if reader.is_done:  # what stands behind the end says nothing
                return
            if wrong:
                raise wrong
        if wrong := reader.end():
            raise wrong


def _chunks(stream: Stream, source: Source) -> Iterator[bytes]:
    """Give the bytes of a file as expat takes them: in UTF-8, whatever they were.

    Plug-ins leave empty lines, and worse, in front of a declaration, which must come first.
    Raises ImportFailed.
    """
    first = stream.read(_CHUNK)
    encoding = "utf-16"
    if not first.startswith(_UTF16_MARKS):
        first = first[max(0, first.find(b"<?xml", 0, _BEFORE)) :].lstrip()
        claim = _CLAIM.match(first)
        encoding = _encoding(claim[1].decode(), source) if claim else "utf-8"
    pieces = chain([first], iter(partial(stream.read, _CHUNK), b""))
    texts = without_bad_references(Decoder(source, encoding).texts(pieces))
    return (text.encode() for text in Ampersands(source).texts(texts))


def _encoding(claimed: str, source: Source) -> str:
    """Give the encoding to read a file in. Raises ImportFailed."""
    known = _known_as(claimed)
    if known not in _KNOWN:
        raise ImportFailed(
            f"{source.path} says that it is in the encoding “{claimed[:40]}”, "
            "and that is none that we read. Save it as UTF-8, with that in its first "
            "line, or export it again."
        )
    return _READ_AS.get(known, known)


def _known_as(claimed: str) -> str:
    """Give Python's name for an encoding; "" for none that it knows."""
    try:
        return codecs.lookup(claimed).name
    except LookupError:
        return ""


class _Reader:
    """Builds nodes from what expat finds."""

    def __init__(
        self,
        source: Source,
        wanted: Collection[Path],
        looked_at: Collection[Path],
        *,
        system: str,
    ) -> None:
        self.ready = deque[Node]()
        self.is_done = False
        self._source, self._system = source, system
        self._wanted, self._looked_at = frozenset(wanted), frozenset(looked_at)
        self._built = _with_those_around({*wanted, *looked_at})
        self._root = next(iter(wanted))[0]
        self._at: Path = ()
        self._node: Node | None = None  # the innermost that is built
        self._held = 0  # characters
        self._parser = expat.ParserCreate("utf-8", _BETWEEN)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, chunk: bytes) -> ImportFailed | None:
        """Take the next bytes; give what is wrong with them, behind what is `ready`."""
        return self._parse(chunk, is_last=False)

    def end(self) -> ImportFailed | None:
        """Take note that there are no more; give what is missing."""
        return self._parse(b"", is_last=True)

    def _parse(self, chunk: bytes, *, is_last: bool) -> ImportFailed | None:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            if is_last and error.code in _CUT_OFF:
                return cut_off(self._source.path)
            return damaged(self._source.path, f"in line {error.lineno}")
        if self._held > LARGEST:
            return too_large(self._source.path)
        if len(self._parser.intern) > _NAMES:
            return damaged(self._source.path, f"in line {self._parser.CurrentLineNumber}")
        return None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if not self._at and local != self._root:
            raise ImportFailed(
                f"{self._source.path} is no export from {self._system}: it begins with "
                f"<{local[:40]}>, and that with <{self._root}>. Choose the right FORMAT."
            )
        if len(self._at) >= _DEEPEST:
            raise damaged(self._source.path, f"in line {self._parser.CurrentLineNumber}")
        self._at = (*self._at, local)
        if self._at in self._built:
            given = {_local(key): value for key, value in attributes.items()}
            self._node = Node(local, self._node, given, held=self._held)

    def _end(self, _name: str) -> None:
        if self._node and self._at in self._built:
            self._close(self._node)
        self._at = self._at[:-1]
        self.is_done = not self._at

    def _close(self, node: Node) -> None:
        """Keep an element in the one around it, if it is the first there, or give it."""
        around = self._node = node.parent
        if self._at in self._wanted:
            self.ready.append(node)
        elif around and node.name not in around.children:
            around.children[node.name] = node
            node.parent = None  # a circle would be garbage for long
            return
        self._held = node.held

    def _say(self, words: str) -> None:
        if self._node and self._at in self._looked_at:
            self._node.words.append(words)
            self._held += len(words)

    def _refuse(self, *_: object) -> None:
        raise ImportFailed(
            f"{self._source.path} declares a document type or entities of its own. No "
            f"export from {self._system} does: it is another kind of file, or one that was "
            "made to do harm. Nothing more is read from it."
        )


def _with_those_around(paths: Collection[Path]) -> frozenset[Path]:
    return frozenset(path[:end] for path in paths for end in range(1, len(path) + 1))


def _local(name: str) -> str:
    return name.rpartition(_BETWEEN)[2]
