"""Statements of reasons, as values."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from letterdesk.desk.models import Comment, Signal
from letterdesk.desk.models import Statement as Row
from letterdesk.desk.queries.cuts import from_rows
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.statement import (
    Category,
    Ground,
    Measure,
    Part,
    Source,
    Statement,
)
from letterdesk.triage.signal import Field, Kind

_SUSPECT = (  # the other kinds help to read, and suspect nothing
    Kind.PROTECTED_NAME,
    Kind.PERSONAL_INFORMATION,
    Kind.INCIVILITY,
    Kind.DISGUISE,
    Kind.SPAM,
    Kind.CAMPAIGN,
)
_ABOUT = (Kind.PASSAGE, Kind.LANGUAGE)  # their places say what a comment speaks of
# What a check says where it found nothing wrong; a score comes with it all the same.
_INNOCENT = ("civil", "no-model", "names", "names-of-story")
_CHUNK = 500  # rows held in memory at once


def statements(person: Person, start: date, end: date) -> Iterator[Statement]:
    """Give the statements that count from one of these days on, in order.

    Those of decisions on which the press has acted. Index statement_applied. Raises
    NotYours.
    """
    require(person, Permission.SEE_AUDIT)
    found = Row.objects.filter(applied__gte=start, applied__lte=end)
    if person.desks:
        found = found.filter(comment__desk__in=person.desks)
    rows = found.select_related("refers_to", "comment__story").order_by("applied", "id")
    rows = rows.defer("comment__text", "comment__story__body")
    return (
        replace(statement_value(row), told_in=row.comment.story.language)
        for row in rows.iterator(chunk_size=_CHUNK)
    )


def was_marked(comment: Comment) -> bool:
    """Say whether a program drew attention to a comment as one that may break a rule.

    Or to what is cut of it: a name that nothing is wrong with, or a figure, was marked for
    the moderator all the same.
    """
    noticed = Signal.objects.filter(comment=comment, kind__in=_SUSPECT, score__gt=0)
    return (
        comment.trapped
        or noticed.exclude(code__in=_INNOCENT).exists()
        or was_cut_marked(comment)
    )


def was_cut_marked(comment: Comment) -> bool:
    """Say whether a program drew attention to words that are cut, or to the name left out.

    What it marked elsewhere in the letter has nothing to do with the cut.
    """
    return _were_cut_words_marked(comment) or (
        comment.name_left_out and _marking(comment, Field.NAME).exists()
    )


def _were_cut_words_marked(comment: Comment) -> bool:
    cuts, marks = from_rows(comment.cuts), _marking(comment, Field.TEXT)
    if not cuts:
        return False
    return _reads_uncivil_as_a_whole(marks) or any(
        start < cut.end and cut.start < end
        for spans in marks.values_list("spans", flat=True)
        for start, end in spans
        for cut in cuts
    )


def _reads_uncivil_as_a_whole(marks: QuerySet[Signal]) -> bool:
    """Say whether a letter is marked as uncivil without the words that make it so."""
    found = marks.filter(kind=Kind.INCIVILITY, score__gt=0, spans=[])
    return found.exclude(code__in=_INNOCENT).exists()


def _marking(comment: Comment, field: Field) -> QuerySet[Signal]:
    found = Signal.objects.filter(comment=comment, of=field)
    return found.exclude(kind__in=_ABOUT)


def statement_value(row: Row) -> Statement:
    """Give a row as the value that authors read."""
    return Statement(
        id=row.puid,
        measure=Measure(row.measure),
        ground=Ground(row.ground),
        rules=tuple(row.rules),
        terms=row.terms,
        law=row.law,
        facts=row.facts,
        explanation=row.explanation,
        source=Source(row.source),
        detected=row.detected,
        category=Category(row.category),
        language=row.language,
        written=row.written.isoformat(),
        applied=row.applied.isoformat() if row.applied else "",
        territory=tuple(row.territory),
        appeal_until=row.appeal_until.isoformat() if row.appeal_until else "",
        body=row.body,
        refers_to=row.refers_to.puid if row.refers_to else "",
        verdict=row.verdict,
        parts=tuple(Part(part) for part in row.parts),
    )
