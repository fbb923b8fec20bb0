"""Letters that read as civil, and in which nothing else was noticed, as a group."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from letterdesk.desk.models import Comment, Copy, Signal
from letterdesk.desk.queries.comments import seen
from letterdesk.desk.queries.copies import LOOKED_AT, SIZE, WholeLetter, whole
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.promises import (
    NOTHING_YET,
    Kept,
    is_audited,
    kept,
    kept_by_desk,
)
from letterdesk.desk.queries.stories import desks
from letterdesk.domain.states import Risk, State
from letterdesk.triage import screening
from letterdesk.triage.promise import quiet_score

_ODD = ("trapped", "came_late", "lost_parent")


@dataclass(frozen=True, kw_only=True)
class CivilGroup:
    """A desk's letters in a language, what is promised of them, and how many wait."""

    desk: str
    language: str
    kept: Kept
    waiting: int


@dataclass(frozen=True, kw_only=True)
class CivilPage:
    """A page of such a group, oldest first; empty while nothing can be promised."""

    group: CivilGroup
    letters: tuple[WholeLetter, ...]
    next: int | None


@dataclass(frozen=True, kw_only=True)
class _Scored:
    """A letter that waits, and could be in a group."""

    key: int
    language: str
    score: float


def civil_groups(person: Person, *, desk: str | None = None) -> tuple[CivilGroup, ...]:
    """Give the groups of each desk and language in which letters wait, or were seen.

    Looks at the oldest LOOKED_AT letters of each desk. Raises NotYours.
    """
    require(person, Permission.READ, desk=desk)
    chosen = [desk] if desk is not None else sorted(person.desks) or desks()
    known = kept_by_desk()
    return tuple(group for one in chosen for group in _groups(one, known.get(one, {})))


def civil(
    person: Person,
    *,
    desk: str,
    language: str,
    now: datetime,
    after: int | None = None,
) -> CivilPage:
    """Give a page of a desk's letters in a language that read as civil. Raises NotYours."""
    require(person, Permission.READ, desk=desk)
    promised = kept(desk, language)
    keys = [one.key for one in _members(_scored(desk), language, promised)]
    shown = [key for key in keys if after is None or key > after]
    rows = seen().in_bulk(shown[:SIZE])
    return CivilPage(
        group=CivilGroup(desk=desk, language=language, kept=promised, waiting=len(keys)),
        letters=whole(person, [rows[key] for key in shown[:SIZE] if key in rows], now=now),
        next=shown[SIZE - 1] if len(shown) > SIZE else None,
    )


def civil_ids(
    person: Person, public_ids: Collection[str], *, desk: str, language: str
) -> frozenset[str]:
    """Give which of these letters are in the group now. Raises NotYours."""
    require(person, Permission.READ, desk=desk)
    promised = kept(desk, language)
    members = {one.key for one in _members(_scored(desk), language, promised)}
    found = Comment.objects.filter(public_id__in=public_ids, desk=desk)
    return frozenset(
        public_id
        for key, public_id in found.values_list("pk", "public_id")
        if key in members
    )


def _groups(desk: str, known: Mapping[str, Kept]) -> list[CivilGroup]:
    scored = _scored(desk)
    found = {one.language for one in scored} | known.keys()
    nothing = Kept(promise=NOTHING_YET, audits=0)
    return [
        CivilGroup(
            desk=desk,
            language=language,
            kept=known.get(language, nothing),
            waiting=len(_members(scored, language, known.get(language, nothing))),
        )
        for language in sorted(found)
    ]


def _members(scored: Collection[_Scored], language: str, promised: Kept) -> list[_Scored]:
    mark = promised.promise.mark
    if mark is None:
        return []
    return [one for one in scored if one.language == language and one.score < mark]


def _scored(desk: str) -> list[_Scored]:
    """Give the letters that wait at a desk and could be in a group, oldest first.

    Not those that are audited, nor those with near-copies beside them, which are decided
    on as such. Index comment_queue_of_desk.
    """
    pending = Comment.objects.filter(state=State.PENDING, desk=desk).order_by("id")
    columns = ("pk", "language", "salt", "screened", "risk", "story__risk", *_ODD)
    found = {
        key: language
        for key, language, salt, screened, *others in pending.values_list(*columns)[
            :LOOKED_AT
        ]
        if others == [Risk.ORDINARY, Risk.ORDINARY, *(False for _ in _ODD)]
        and screened == screening.version()
        and not is_audited(bytes(salt))
    }
    scores, alike = _scores(found), _alike(found)
    return [
        _Scored(key=key, language=language, score=scores[key])
        for key, language in found.items()
        if key in scores and key not in alike
    ]


def _scores(keys: Collection[int]) -> Mapping[int, float]:
    """Give the scores of those letters in which nothing else was noticed."""
    signals: dict[int, list[tuple[str, str, str, float]]] = defaultdict(list)
    for some in batches(keys):
        rows = Signal.objects.filter(comment__in=some)
        columns = rows.values_list("comment", "of", "kind", "code", "score")
        for key, of, kind, code, score in columns:
            signals[key].append((of, kind, code, score))
    scores = {key: quiet_score(found) for key, found in signals.items()}
    return {key: score for key, score in scores.items() if score is not None}


def _alike(keys: Collection[int]) -> frozenset[int]:
    """Give the letters that have a near-copy among these."""
    groups: dict[int, int] = {}
    for some in batches(keys):
        groups |= dict(
            Copy.objects.filter(comment__in=some).values_list("comment", "group")
        )
    sizes = Counter(groups.values())
    return frozenset(key for key, group in groups.items() if sizes[group] > 1)
