"""What a desk's decisions in one language teach, and whether it is better than what is.

Deterministic: the same decisions give the same bytes. Every figure is of letters that the
model in question had not seen: the newest ones, under what those before them teach; or, of
a signal whose bar has parts, each part of them under what all others teach.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np

from letterdesk.triage.incivility import MARK
from letterdesk.triage.learning.compare import (
    Bounded,
    Gain,
    bounded,
    found_among,
    gain,
    miscalibration,
)
from letterdesk.triage.learning.drift import Week, weeks
from letterdesk.triage.learning.mentions import Mentions, is_fair, mentions
from letterdesk.triage.learning.models import BARS, Bar, Model, read_model
from letterdesk.triage.learning.own import Own, alone, beside, logits_with, part, without
from letterdesk.triage.measure import Flags, auc, set_apart
from letterdesk.triage.model.sparse import Floats, Rows
from letterdesk.triage.training.corpora import bare
from letterdesk.triage.training.learn import calibrated
from letterdesk.triage.training.train import log_odds

MOST = 20_000  # of the newest decisions
_CHARACTERS = 4_000_000  # of all of them together
_LONGEST = 2_000  # characters of a letter that are learnt from
_HELD = 0.2  # share of the newest decisions that judge
_FIRST = 0.4  # of letters: what is learnt from before the first block is scored
_BLOCKS = 3


class MadeOf(StrEnum):
    """What a model is made of."""

    SHIPPED = "shipped"
    DESK = "desk"  # the desk's decisions alone
    STACK = "stack"  # both


class Lack(StrEnum):
    """Why a candidate may not be taken into use."""

    GAIN = "gain"  # not surely better
    RECALL = "recall"  # finds fewer of the last rejected
    GROUPS = "groups"  # marks too many letters that only name a group, or a shop


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A letter that a person has decided on; `decision` tells earlier from later."""

    text: str
    unwelcome: bool
    decision: int
    day: date  # on which it arrived


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a candidate learnt from, and how it did beside the present model.

    `ahead` are AUCs of blocks of letters, each scored by what was learnt before it: of
    those before the held-out ones, or of all that judge, where each part does; `onward` are
    those of present and candidate. All other figures are of the held-out letters: `aucs` of
    each kind and of the `present` one, `apart` and `found` of present and candidate.
    """

    language: str
    kind: MadeOf
    version: str  # of the shipped model beside it
    decisions: int
    unwelcome: int
    first: date
    last: date
    held: int
    held_unwelcome: int
    ahead: dict[str, float]
    aucs: dict[str, Bounded]
    gain: Gain
    apart: tuple[float, float]
    found: tuple[int, int]
    marked: int  # letters among which those were found
    miscalibration: float
    mentions: tuple[Mentions, Mentions]
    lacks: tuple[Lack, ...]
    onward: tuple[float, float] = (0.0, 0.0)  # cards of before have none

    @property
    def is_better(self) -> bool:
        """Whether it may be taken into use."""
        return not self.lacks


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A model that could be taken into use, as a file of weights, and its card."""

    raw: bytes
    card: Card


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What came of a desk's decisions; without a candidate there were too few of them.

    `fresh` are those that the present model has not learnt from: unwelcome, welcome.
    """

    decisions: int
    unwelcome: int
    fresh: tuple[int, int]
    weeks: tuple[Week, ...]
    candidate: Candidate | None


@dataclass(frozen=True)
class _Seen:
    """The letters in the order of their decisions, as the models see them."""

    rows: Rows
    unwelcome: Flags
    shipped: Floats  # logits
    present: Floats
    force: Floats
    bar: Bar

    @property
    def parts(self) -> int:
        """In how many parts they are judged."""
        return self.bar.parts_of(len(self.unwelcome))

    def learnt(self, kind: MadeOf, last: int) -> Own:
        """Give what the first `last` letters teach."""
        return self.learnt_without(kind, last, len(self.unwelcome))

    def learnt_without(self, kind: MadeOf, first: int, last: int) -> Own:
        """Give what all letters but `first` to `last` teach, the last excluded."""
        rows = without(self.rows, first, last)
        truth = np.delete(self.unwelcome, slice(first, last)).astype(np.float32)
        if kind is MadeOf.STACK and self.bar.share is None:
            shipped = np.delete(self.shipped, slice(first, last))
            return beside(rows, shipped, truth, force=self.force)
        own = alone(rows, truth, force=self.force)
        return own if kind is MadeOf.DESK else replace(own, share=self.bar.share or 0.0)

    def held(self, kind: MadeOf, start: int) -> Floats:
        """Give the logits of the letters from `start` on under what others taught."""
        size = len(self.unwelcome)
        if self.parts == 1:
            return self.scored(self.learnt(kind, start), start, size)
        edges = np.linspace(start, size, self.parts + 1).astype(int).tolist()
        return np.concatenate(
            [
                self.scored(self.learnt_without(kind, first, last), first, last)
                for first, last in pairwise(edges)
            ]
        )

    def scored(self, own: Own, first: int, last: int) -> Floats:
        """Give the logits of some letters under what others taught."""
        return logits_with(own, part(self.rows, first, last), self.shipped[first:last])


_LEARNT = (MadeOf.STACK, MadeOf.DESK)  # as good as each other: the one that forgets less


def learn(
    decided: Sequence[Decided], *, shipped: Model, present: Model, seen: int
) -> Lesson:
    """Give what decisions teach; `seen` is the last one that `present` learnt from.

    Both are models of one signal: the one that decisions say something about.
    Takes seconds for a thousand letters, a minute for MOST of them.
    """
    some = newest(decided)
    unwelcome = np.array([one.unwelcome for one in some], dtype=bool)
    fresh = unwelcome[sum(one.decision <= seen for one in some) :]
    found = Lesson(
        decisions=len(some),
        unwelcome=int(unwelcome.sum()),
        fresh=(int(fresh.sum()), int((~fresh).sum())),
        weeks=(),
        candidate=None,
    )
    if not some:
        return found
    texts = [one.text[:_LONGEST] for one in some]
    rows = shipped.rows(texts)
    first = shipped.logits(texts, rows)
    now = first if present is shipped else present.logits(texts, rows)
    bar = BARS[shipped.signal]
    each = _Seen(rows, unwelcome, first, now, shipped.force, bar)
    start = held_from(unwelcome, fresh=len(some) - len(fresh), bar=bar)
    return replace(
        found,
        weeks=weeks([one.day for one in some], unwelcome, each.present),
        candidate=None
        if start is None
        else _candidate(some, each, start=start, shipped=shipped, present=present),
    )


def newest(decided: Sequence[Decided]) -> list[Decided]:
    """Give the newest decisions, as many as are learnt from, the earliest first.

    Letters with the same words count once, as the last of them was decided on: else a
    copy would judge what the other had taught.
    """
    some: dict[str, Decided] = {}
    room = _CHARACTERS
    for one in sorted(decided, key=lambda one: one.decision, reverse=True):
        words = bare(one.text) or one.text
        room -= 0 if words in some else min(len(one.text), _LONGEST)
        if room < 0 or len(some) == MOST:
            break
        some.setdefault(words, one)
    return list(some.values())[::-1]


def held_from(unwelcome: Flags, *, fresh: int, bar: Bar) -> int | None:
    """Give where the letters begin that judge; None while there are too few.

    They are the last fifth, or more, so that `bar.each` of both kinds are among them, and
    none is older than `fresh`: those the present model knows. Where each part judges, they
    are all that it does not know.
    """
    if len(unwelcome) < bar.decisions:
        return None
    if bar.parts_of(len(unwelcome)) > 1:
        return fresh if _enough(unwelcome, fresh=fresh, each=bar.each) else None
    start = int(len(unwelcome) * (1 - _HELD))
    for kind in (unwelcome, ~unwelcome):
        places = np.flatnonzero(kind)
        if len(places) < bar.each:
            return None
        start = min(start, int(places[-bar.each]))
        if places[-bar.each] < fresh:
            return None
    start = max(start, fresh)
    before = int(unwelcome[:start].sum())
    return start if min(before, start - before) >= bar.each else None


def _enough(unwelcome: Flags, *, fresh: int, each: int) -> bool:
    """Say whether both kinds have letters to learn from, and as many to judge by."""
    return all(
        kind.sum() >= 2 * each and kind[fresh:].sum() >= each
        for kind in (unwelcome, ~unwelcome)
    )


def _candidate(
    some: Sequence[Decided],
    each: _Seen,
    *,
    start: int,
    shipped: Model,
    present: Model,
) -> Candidate:
    ahead = _ahead(each, start=start)
    now = ahead.pop("present")
    kind = max(_LEARNT, key=lambda one: ahead[one])
    truth = each.unwelcome[start:]
    held = {one: each.held(one, start) for one in _LEARNT}
    new, old = held[kind], each.present[start:]
    own = each.learnt(kind, len(some))
    if each.bar.share is not None and kind is MadeOf.STACK:
        # The shipped model's chances, which what was taught moves: a hundred letters
        # calibrate so carefully that nothing would be marked any more.
        slope, offset = 1 / each.bar.share, shipped.offset
    else:
        slope, offset = _line(new, truth, expected=shipped.expected)
    raw = shipped.joined(own, slope=slope, offset=offset).written()
    marked = max(int((present.chances(old) >= MARK).sum()), int(truth.sum()))
    scores = {"present": old, MadeOf.SHIPPED.value: each.shipped[start:]}
    scores |= {one.value: held[one] for one in _LEARNT}
    card = Card(
        language=shipped.language,
        kind=kind,
        version=shipped.version,
        decisions=len(some),
        unwelcome=int(each.unwelcome.sum()),
        first=min(one.day for one in some),
        last=max(one.day for one in some),
        held=len(truth),
        held_unwelcome=int(truth.sum()),
        ahead={one: ahead[one] for one in MadeOf},
        aucs={name: bounded(truth, one) for name, one in scores.items()},
        gain=gain(truth, new, old),
        apart=(set_apart(truth, old), set_apart(truth, new)),
        found=(
            found_among(truth, old, marked=marked),
            found_among(truth, new, marked=marked),
        ),
        marked=marked,
        miscalibration=_miscalibration(new, truth),
        mentions=(_mentions(present), _mentions(read_model(shipped.signal, raw))),
        lacks=(),
        onward=(now, ahead[kind]),
    )
    return Candidate(
        raw=raw, card=replace(card, lacks=tuple(_lacks(card, in_order=each.parts > 1)))
    )


def _ahead(each: _Seen, *, start: int) -> dict[str, float]:
    """Give the AUC of blocks of letters under what was learnt before each, by kind.

    They lie before those that judge, from `start` on; or, where each part judges, among
    them.
    """
    size = len(each.unwelcome)
    first, last = int(start * _FIRST), start
    if each.parts > 1:
        first, last = max(start, int(size * _FIRST)), size
    edges = np.linspace(first, last, _BLOCKS + 1).astype(int).tolist()
    sums = dict.fromkeys(("present", *MadeOf), 0.0)
    judged = 0
    for start, end in pairwise(edges):
        truth = each.unwelcome[start:end]
        if truth.all() or not truth.any():
            continue
        judged += len(truth)
        scores = {
            "present": each.present[start:end],
            MadeOf.SHIPPED: each.shipped[start:end],
        }
        for kind in _LEARNT:
            scores[kind] = each.scored(each.learnt(kind, start), start, end)
        for name, some in scores.items():
            sums[name] += len(truth) * auc(truth, some)
    return {kind: total / max(judged, 1) for kind, total in sums.items()}


def _lacks(card: Card, *, in_order: bool) -> list[Lack]:
    now, new = card.mentions
    holds = {
        Lack.GAIN: card.gain.low > 0 and (not in_order or card.onward[1] >= card.onward[0]),
        Lack.RECALL: card.found[1] >= card.found[0],
        Lack.GROUPS: is_fair(new, now),
    }
    return [lack for lack, is_held in holds.items() if not is_held]


def _line(logit: Floats, unwelcome: Flags, *, expected: float) -> tuple[float, float]:
    """Give slope and offset of chances that mean what the shipped model's mean.

    The truth is smoothed as Platt (1999) does. Then as many letters are taken to be
    unwelcome as the shipped model expects, whatever this desk rejects.
    """
    slope, offset = _platt(logit, unwelcome)
    return slope, offset + log_odds(expected) - log_odds(float(unwelcome.mean()))


def _platt(logit: Floats, unwelcome: Flags) -> tuple[float, float]:
    bad, good = int(unwelcome.sum()), int((~unwelcome).sum())
    soft = np.where(unwelcome, (bad + 1) / (bad + 2), 1 / (good + 2))
    return calibrated(logit, soft)


def _miscalibration(logit: Floats, unwelcome: Flags) -> float:
    """Give it of letters whose chances the other half of them has calibrated."""
    chance = np.zeros(len(logit), dtype=np.float32)
    halves = np.arange(len(logit)) % 2 == 0
    for half in (halves, ~halves):
        slope, offset = _platt(logit[half], unwelcome[half])
        chance[~half] = 1 / (1 + np.exp(-(slope * logit[~half] + offset)))
    return miscalibration(unwelcome, chance)


def _mentions(known: Model) -> Mentions:
    guard = BARS[known.signal].guard
    return mentions(known.scores, known.language, guard=guard)
