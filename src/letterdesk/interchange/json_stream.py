"""JSON, one value at a time: neither its size nor its depth costs memory."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial

import ijson
import msgspec

from letterdesk.interchange.readable import Decoder, without_halves, without_halves_each
from letterdesk.interchange.source import (
    MOST,
    ImportFailed,
    Source,
    Stream,
    cut_off,
    damaged,
)

_CHUNK = 1 << 16  # bytes
_DEEPEST = 64  # lists and objects in each other
_LONGEST = 40  # digits of a number: those of 128 bits are 39
_IN_AN_OBJECT = 2  # steps to a list that has a name
_BEGINS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})
_LISTS = frozenset({"start_array", "null"})  # Go writes null for an empty one

Values = dict[str, object]


def members(source: Source, name: str) -> Iterator[Values]:
    """Give the objects in the list `name` of the file's one object.

    Raises ImportFailed, also where there is no such list.
    """
    return _objects(source, [name, None])


def elements(source: Source) -> Iterator[Values]:
    """Give the objects in the file's one list, or in the file. Raises ImportFailed."""
    with source.open() as stream:
        first = next(iter(stream.read(512).strip()[:1]), 0)
    source.rewind()
    return _objects(source, [None] if first == ord("[") else [])


def lines(source: Source) -> Generator[Values, None, None]:
    """Give the objects in a file that has one a line. Raises ImportFailed."""
    with source.open() as stream:
        yield from _read_lines(stream, source)


def _read_lines(stream: Stream, source: Source) -> Iterator[Values]:
    """Give the objects that the rest of a stream has, one a line. Raises ImportFailed."""
    decoder = Decoder(source)
    last, wrong = 0, 0  # a wrong line that is the last one was cut off
    for number, line in enumerate(stream.lines(), start=1):
        stream.came_along()
        if wrong:
            raise damaged(source.path, f"in line {wrong}")
        if not line.strip():
            continue
        try:
            value = _decoded(line, decoder)
        except (msgspec.DecodeError, RecursionError):
            wrong = number
            continue
        last = number
        if isinstance(value, dict):
            yield value
    if wrong:
        raise cut_off(source.path) if last else damaged(source.path, f"in line {wrong}")


def _decoded(line: bytes, decoder: Decoder) -> object:
    """Give what a line says. Raises DecodeError, RecursionError, ImportFailed."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode(without_halves(decoder.text(line, is_last=True)))


def text(found: object) -> str:
    """Give a value as text: that of a string or a number; else ""."""
    if isinstance(found, bool):
        return "true" if found else "false"
    return str(found).strip() if isinstance(found, str | int | float) else ""


def number(found: object) -> int | None:
    """Give a value as a whole number, also one that is written as text.

    None for what is none, and for one that no identifier, count or time can be.
    """
    written = text(found)
    is_one = written.isascii() and written.isdigit() and len(written) <= _LONGEST
    return int(written) if is_one else None


def is_true(found: object) -> bool:
    """Say whether a value says yes, as a boolean or in words."""
    return text(found).lower() in {"true", "1", "yes"}


def inner(found: object, name: str) -> Values:
    """Give the object that an object has under a name; an empty one for anything else."""
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, dict) else {}


def _objects(source: Source, where: list[str | None]) -> Iterator[Values]:
    with source.open() as stream, _explained(source):
        for value in _values(stream, source, where):
            if isinstance(value, dict):
                yield value


def _values(stream: Stream, source: Source, where: list[str | None]) -> Iterator[object]:
    """Give the values at `where`: a key for each object around them, None for each list."""
    builder: ijson.ObjectBuilder | None = None
    is_there, held = len(where) < _IN_AN_OBJECT, 0
    for at, event, value in _located(stream, source):
        is_there = is_there or (at == where[:-1] and event in _LISTS)
        if builder is None and at == where and event not in _ENDS:
            builder = ijson.ObjectBuilder()
        if builder is None:
            stream.came_along()  # nothing is kept of what is passed over
            continue
        held += 1
        if held > MOST:
            raise damaged(source.path, f"in an object of more than {MOST} values")
        builder.event(event, value)
        if at == where and event not in _BEGINS:
            yield builder.value
            builder, held = None, 0
            stream.came_along()
    if not is_there:
        raise ImportFailed(
            f"There is no list of “{where[0]}” in {source.path}: it is JSON of another "
            "kind. Choose the right FORMAT."
        )


def _located(
    stream: Stream, source: Source
) -> Iterator[tuple[list[str | None], str, object]]:
    """Give what ijson finds, with what it stands in: a key or None for each level.

    The list is the same one every time. An end stands where its beginning did; a key within
    its object.
    """
    at: list[str | None] = []
    file = _Readable(stream, source)
    for event, value in ijson.basic_parse(file, use_float=True, multiple_values=True):
        if event in _ENDS:
            at.pop()
        yield at, event, value
        if event == "map_key":
            at[-1] = value
        elif event in _BEGINS:
            if len(at) >= _DEEPEST:
                raise damaged(source.path, f"below {_DEEPEST} levels")
            at.append(None if event == "start_array" else "")


class _Readable:
    """A stream as ijson takes it: without what would stop it, or become a “?” there."""

    def __init__(self, stream: Stream, source: Source) -> None:
        texts = Decoder(source).texts(iter(partial(stream.read, _CHUNK), b""))
        self._pieces = without_halves_each(texts)

    def read(self, size: int, /) -> bytes:
        """Give the next bytes, perhaps more than `size`; none at the end."""
        if size <= 0:  # ijson asks what it is given: bytes
            return b""
        return next((one.encode() for one in self._pieces if one), b"")


@contextmanager
def _explained(source: Source) -> Iterator[None]:
    """Turn what ijson says of a file into what we say. Raises ImportFailed."""
    try:
        yield
    except ijson.IncompleteJSONError as error:
        raise _wrong(error, source) from error
    except (ijson.JSONError, ValueError, OverflowError) as error:
        raise damaged(source.path, "as JSON") from error


def _wrong(error: Exception, source: Source) -> ImportFailed:
    """Tell a file that ends too early from one with something wrong in it."""
    told = str(error).lower()
    if "premature" in told or "incomplete" in told:
        return cut_off(source.path)
    return damaged(source.path, "as JSON")
