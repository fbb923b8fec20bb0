"""What triage noticed about letters, for those who may see them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from letterdesk.desk.models import Comment, Copy, Signal, Story
from letterdesk.desk.queries.comments import find
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.stories import desks
from letterdesk.domain.states import State
from letterdesk.triage.screening import FAILED, SLOW
from letterdesk.triage.signal import Field, Kind, Span

THREAT = "threat"  # the code of what reads like one
UNREAD = ""  # among labels of protected names, and the label of none: the check did not run
NOT_RUN = frozenset({FAILED, SLOW})  # codes of a check that failed, or was stopped
_HARSH = frozenset({"uncivil-clearly", "uncivil-in-part", THREAT})  # what is hard to read
MAX_COPIES = 100  # counted; further ones would cost more than they tell


@dataclass(frozen=True, kw_only=True)
class StoredSignal:
    """One signal as it is stored; its score is 0 where a check did not run."""

    kind: Kind
    score: float
    code: str
    facts: Mapping[str, Any]  # JSON, as the code wants it
    spans: tuple[Span, ...]
    of: Field = Field.TEXT

    @property
    def did_not_run(self) -> bool:
        """Say whether this is a check that failed, or was stopped."""
        return self.code in NOT_RUN

    @property
    def is_in_part(self) -> bool:
        """Say whether it says what it found, and did not look for all."""
        return bool(self.facts.get("unread"))


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """All that triage says of a letter; `is_screened`: in the checks' present version.

    `copies` counts the near-copies of it at her desks, `copies_waiting` those that wait;
    `other_desk` works in the letter's language, where that is not the story's.
    """

    is_screened: bool = False
    signals: tuple[StoredSignal, ...] = ()
    copies: int = 0
    copies_waiting: int = 0
    other_desk: str = ""

    @property
    def is_harsh(self) -> bool:
        """Say whether it, or a part, clearly reads as uncivil, or like a threat."""
        return any(one.code in _HARSH for one in self.signals)

    @property
    def is_unlearnt(self) -> bool:
        """Say whether the check for incivility has not learnt its language."""
        return any(one.code == "no-model" for one in self.signals)

    @property
    def named(self) -> tuple[str, ...]:
        """Give the labels of the protected names that it seems to give.

        UNREAD is among them where the check for them did not run.
        """
        about = [one for one in self.signals if one.kind is Kind.PROTECTED_NAME]
        return named_in((one.code, one.facts) for one in about)


@dataclass(frozen=True, kw_only=True)
class Hint:
    """What a row of the queue says of a letter."""

    is_screened: bool = False
    codes: Mapping[Kind, Collection[str]] = field(default_factory=dict)

    @property
    def grave(self) -> tuple[Kind, ...]:
        """What a moderator wants to know before she opens it."""
        return tuple(
            kind for kind, grave in GRAVE.items() if grave & set(self.codes.get(kind, ()))
        )

    @property
    def threatens(self) -> bool:
        """Say whether it reads like a threat."""
        return THREAT in self.codes.get(Kind.INCIVILITY, ())

    @property
    def is_harsh(self) -> bool:
        """Say whether it, or a part, clearly reads as uncivil, or like a threat."""
        return not _HARSH.isdisjoint(self.codes.get(Kind.INCIVILITY, ()))

    @property
    def is_incomplete(self) -> bool:
        """Say whether a check did not run."""
        return any(NOT_RUN.intersection(codes) for codes in self.codes.values())


GRAVE = {
    Kind.PROTECTED_NAME: {"protected"},
    Kind.PERSONAL_INFORMATION: {"personal"},
    Kind.INCIVILITY: {"uncivil-maybe", *_HARSH},
    Kind.DISGUISE: {"disguised", "turned", "unseen", "private"},
    Kind.SPAM: {"advertising"},
    Kind.FIGURE: {"figures-differ"},
    Kind.LANGUAGE: {"language-other"},
}
SOUGHT = {  # what the queue can be narrowed to: a kind that is grave, or a threat alone
    THREAT: (Kind.INCIVILITY, {THREAT}),
    **{kind.value: (kind, codes) for kind, codes in GRAVE.items()},
}


def noticed(person: Person, public_id: str) -> Noticed:
    """Give what triage says of one letter. Raises NotFound, NotYours."""
    row = find(person, public_id)
    signals = tuple(stored(one) for one in row.signals.order_by("id"))
    copies = near_copies(person, row)
    return Noticed(
        is_screened=row.screened > 0,
        signals=signals,
        copies=copies[:MAX_COPIES].count(),
        copies_waiting=copies.filter(state=State.PENDING)[:MAX_COPIES].count(),
        other_desk=_other_desk(row, signals),
    )


def near_copies(person: Person, row: Comment) -> QuerySet[Comment]:
    """Give the near-copies of a comment at the person's desks. Index copy_group."""
    group = Copy.objects.filter(comment=row).values_list("group", flat=True).first()
    if group is None:
        return Comment.objects.none()
    found = Comment.objects.filter(copy__group=group).exclude(pk=row.pk)
    return found.filter(desk__in=person.desks) if person.desks else found


def hints(comments: Collection[Comment]) -> dict[int, Hint]:
    """Give what rows of the queue say of these letters, by key: one query."""
    codes: dict[int, dict[Kind, set[str]]] = {row.pk: {} for row in comments}
    found = Signal.objects.filter(comment__in=codes)
    for comment, kind, code in found.values_list("comment_id", "kind", "code"):
        codes[comment].setdefault(Kind(kind), set()).add(code)
    return {
        row.pk: Hint(is_screened=row.screened > 0, codes=codes[row.pk]) for row in comments
    }


def harsh_among(public_ids: Collection[str]) -> frozenset[str]:
    """Give which of these letters clearly read as uncivil, if in part: one query."""
    found = Signal.objects.filter(comment__public_id__in=public_ids, code__in=_HARSH)
    return frozenset(found.values_list("comment__public_id", flat=True))


def named_in(marks: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[str, ...]:
    """Give the labels in marks of protected names, each a code and facts; UNREAD, too."""
    labels: dict[str, None] = {}
    for code, facts in marks:
        if code in NOT_RUN or facts.get("unread"):
            labels[UNREAD] = None
        labels |= {str(one["label"]): None for one in facts.get("names", ())}
    return tuple(labels)


def stored(row: Signal) -> StoredSignal:
    """Give a row as the value that remarks are made of."""
    return StoredSignal(
        kind=Kind(row.kind),
        score=row.score,
        code=row.code,
        facts=row.facts,
        spans=tuple(Span(start, end) for start, end in row.spans),
        of=Field(row.of),
    )


def _other_desk(row: Comment, signals: Collection[StoredSignal]) -> str:
    """Give the desk whose newest story is in the letter's language; "" when none is."""
    languages = [one.facts["language"] for one in signals if one.code == "language-other"]
    for desk in desks() if languages else ():
        newest = Story.objects.filter(desk=desk).order_by("-id")
        tag = newest.values_list("language", flat=True).first() or ""
        if desk != row.desk and tag.split("-")[0] in languages:
            return desk
    return ""
