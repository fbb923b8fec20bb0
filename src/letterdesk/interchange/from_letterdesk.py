"""Another Letterdesk: its lines of JSON, which interchange.letterdesk describes.

What is taken over is what other systems' files have, too: comments as readers got them, or
would get them, with a mark where something was cut and the titles of the rules that was
under. Decisions, statements of reasons and the log stay in the file.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from letterdesk.domain.edit import Cut
from letterdesk.domain.letter import MAX_TEXT
from letterdesk.interchange.dates import moment_of
from letterdesk.interchange.letterdesk import (
    SCHEMA,
    CommentLine,
    End,
    Header,
    StoryLine,
    TermsLine,
)
from letterdesk.interchange.marked import marked_text
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed, Source, cut_off, damaged
from letterdesk.reader.names import left_out

_FOUND = {
    "published": Found.PUBLISHED,
    "rejected": Found.REJECTED,
    "retracted": Found.REJECTED,
    "withdrawn": Found.DELETED,
    "gone": Found.DELETED,
}


class _Any(msgspec.Struct):
    """A line of which only the kind is looked at."""

    kind: str


def read(source: Source) -> Iterator[CommentRecord]:
    """Give the comments of an export. Raises ImportFailed, also for one without an end."""
    digest, count = hashlib.sha256(), 0
    with Notes() as notes, source.open() as stream:
        lines = stream.lines()
        for raw in lines:
            stream.came_along()
            try:
                kind = msgspec.json.decode(raw, type=_Any).kind
                if count == 0:
                    _refuse_other(msgspec.json.decode(raw, type=Header), source)
                elif kind == "story":
                    story = msgspec.json.decode(raw, type=StoryLine)
                    notes.put("story", story.id, raw.decode())
                elif kind == "terms":
                    terms = msgspec.json.decode(raw, type=TermsLine)
                    notes.put_all("rule", _titles(terms))
                elif kind == "comment":
                    yield _record(msgspec.json.decode(raw, type=CommentLine), notes)
                elif kind == "end":
                    _refuse_changed(raw, digest.hexdigest(), count, source)
                    return
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                is_last = next(lines, None) is None
                raise _wrong(source, count, is_last=is_last) from error
            digest.update(raw + b"\n")
            count += 1
    raise cut_off(source.path)


def _wrong(source: Source, count: int, *, is_last: bool) -> ImportFailed:
    """Tell a file that ends too early from one with something wrong in it."""
    if count and is_last:
        return cut_off(source.path)
    if count:
        return damaged(source.path, f"in line {count + 1}")
    return ImportFailed(
        f"{source.path} does not begin as an export of Letterdesk does. Choose the file "
        "that `letterdesk export letterdesk` wrote, or another FORMAT."
    )


def _refuse_other(header: Header, source: Source) -> None:
    if header.schema != SCHEMA:
        raise ImportFailed(
            f"{source.path} is of schema {header.schema}, and this version reads schema "
            f"{SCHEMA}. Export it with this version, or install the newer one here."
        )


def _refuse_changed(raw: bytes, digest: str, count: int, source: Source) -> None:
    end = msgspec.json.decode(raw, type=End)
    if (end.lines, end.sha256) != (count, digest):
        raise ImportFailed(
            f"{source.path} was changed or damaged after it was written: its last line "
            "does not fit. Export or copy it again, and run the import once more: what was "
            "imported already stays, and is not taken twice."
        )


def _titles(terms: TermsLine) -> Iterator[tuple[str, str]]:
    """Give the titles of rules; those of no language are some language's."""
    for rule in terms.rules:
        yield _rule(terms.version, rule.number), rule.title
        yield _rule(terms.version, rule.number, terms.language), rule.title


def _rule(version: str, number: str, language: str = "") -> str:
    return f"{version} {number} {language}"


def _record(line: CommentLine, notes: Notes) -> CommentRecord:
    """Give a comment; what was put back and not yet published waits.

    Raises ValidationError where its cuts are none of its text.
    """
    story = _story(notes.get("story", line.story))
    found = _FOUND.get(line.state, Found.PENDING)
    if found is Found.PUBLISHED and line.version > line.acted_version:
        found = Found.PENDING
    day = line.published or line.arrived
    return CommentRecord(
        id=line.id,
        story=story,
        found=found,
        written=moment_of(day, line.place) if day else None,
        text=marked_text(line.text, _cuts(line)),
        name=left_out(story.language) if line.name_left_out else line.name,
        reply_to=line.reply_to,
        language=line.language,
        edited_under=_edited_under(line, story.language, notes),
        as_written=line.as_written,
    )


def _cuts(line: CommentLine) -> list[Cut]:
    """Give the cuts of a comment, one after the other. Raises ValidationError.

    Those that overlap would each keep a copy of the text, and nobody sees what they cut.
    """
    if line.cuts and len(line.text) > MAX_TEXT:
        raise msgspec.ValidationError("cuts in what is longer than a letter")
    at = 0
    for cut in line.cuts:
        if not at <= cut.start < cut.end <= len(line.text):
            raise msgspec.ValidationError("cuts that are none of the text")
        at = cut.end
    return [Cut(start=cut.start, end=cut.end, note=cut.note) for cut in line.cuts]


def _edited_under(line: CommentLine, language: str, notes: Notes) -> tuple[str, ...] | None:
    """Give the titles of the rules under which a comment was edited; None: it was not."""
    if not line.cuts and not line.name_left_out:
        return line.edited_elsewhere
    found = [
        notes.get("rule", _rule(line.terms, one, language))
        or notes.get("rule", _rule(line.terms, one))
        for one in line.rules
    ]
    return (*(line.edited_elsewhere or ()), *(title for title in found if title))


def _story(raw: str) -> StoryRecord:
    """Give a story that was noted; one without an address where none was."""
    if not raw:
        return StoryRecord(url="")
    line = msgspec.json.decode(raw, type=StoryLine)
    return StoryRecord(
        url=line.url,
        headline=line.headline,
        language=line.language,
        is_open=line.is_open,
        day=line.registered,
        desk=line.desk,
        risk=line.risk,
        body=line.body,
    )
