"""Which rules teach a signal, and what decisions under them say of letters."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Max

from letterdesk.desk.models import Comment, Decision, TeachingRule, TermsText
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.terms import in_force, keys, keys_in_force
from letterdesk.domain.rules import Rule
from letterdesk.domain.states import SEEN_BY_READERS, State
from letterdesk.reader.terms import ADVERTISING, CIVILITY
from letterdesk.triage.learning.lesson import MOST, Decided
from letterdesk.triage.learning.models import has_model
from letterdesk.triage.model.weights import main_language
from letterdesk.triage.screening import spoken
from letterdesk.triage.signal import Kind

# What teaches before anybody has chosen: keys of rules of the terms that we ship.
_AT_FIRST: Mapping[Kind, frozenset[str]] = {
    Kind.INCIVILITY: CIVILITY,
    Kind.SPAM: ADVERTISING,
}
_UNWELCOME = frozenset({State.REJECTED, State.RETRACTED})
_COLUMNS = ("text", "state", "cuts", "rules", "terms", "arrived", "story__language")


@dataclass(frozen=True, kw_only=True)
class TaughtRule:
    """A rule in force, and whether rejections under it teach a signal."""

    key: str
    rule: Rule
    teaches: bool


def taught_rules(language: str, signal: Kind) -> tuple[TaughtRule, ...]:
    """Give the rules in force, in the language that fits best."""
    terms = in_force(language)
    found = keys_in_force().get(terms.language) or terms.numbers()
    teaching = teaching_keys(signal)
    return tuple(
        TaughtRule(key=key, rule=rule, teaches=key in teaching)
        for key, rule in zip(found, terms.rules, strict=True)
    )


def teaching_keys(signal: Kind) -> frozenset[str]:
    """Give the keys of the rules that teach a signal, of whatever version."""
    rows = TeachingRule.objects.filter(signal=signal.value)
    chosen, first = dict(rows.values_list("key", "teaches")), _AT_FIRST[signal]
    return frozenset(key for key in first | chosen.keys() if chosen.get(key, key in first))


def choice_mark() -> str:
    """Give what tells the choice of rules that teach from another: 16 characters."""
    chosen = [sorted(teaching_keys(signal)) for signal in _AT_FIRST]
    facts = repr((chosen, sorted(keys_in_force().items())))
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def decided(desk: str, signal: Kind, *, most: int = MOST) -> dict[str, list[Decided]]:
    """Give the letters of a desk that teach, by language: what was last said of each.

    Of each state the newest `most`, by index comment_queue_of_desk; only languages that we
    ship a model for. A letter that was taken back has no words left, and is none of them.
    """
    teaching, versions = teaching_keys(signal), _keys_by_version()
    found: dict[int, tuple[str, Decided]] = {}
    for row in _rows(desk, most):
        said = label(
            State(row.state),
            has_cuts=bool(row.cuts),
            cited=_cited(row.rules, versions.get(row.terms, ())),
            teaching=teaching,
        )
        tag = main_language(spoken(row.text, story=row.story.language))
        if said is not None and has_model(signal, tag):
            one = Decided(text=row.text, unwelcome=said, decision=0, day=row.arrived)
            found[row.pk] = (tag, one)
    return _in_order(found)


def label(
    state: State, *, has_cuts: bool, cited: Collection[str], teaching: frozenset[str]
) -> bool | None:
    """Say whether a letter was unwelcome for what rules teach; None where nothing tells.

    Rejected or taken down: when a rule that teaches is among those cited. Cut: when no
    other rule is, so that nothing but such words was cut; a letter that was cut for
    something else tells nothing. Approved as it was: welcome.
    """
    if state in _UNWELCOME:
        return True if teaching.intersection(cited) else None
    if state not in SEEN_BY_READERS:
        return None
    if not has_cuts:
        return False
    return True if cited and teaching.issuperset(cited) else None


def is_unwelcome(comment: Comment) -> bool:
    """Say whether what was last decided on a letter says so, for how it speaks."""
    text = TermsText.objects.filter(version__number=int(comment.terms or 0)).first()
    said = label(
        State(comment.state),
        has_cuts=bool(comment.cuts),
        cited=_cited(comment.rules, keys(text) if text else ()),
        teaching=teaching_keys(Kind.INCIVILITY),
    )
    return said is True


def newest_decision() -> int:
    """Give the last decision that anybody took; 0 when there is none."""
    return Decision.objects.aggregate(last=Max("pk"))["last"] or 0


def _rows(desk: str, most: int) -> Iterator[Comment]:
    for state in sorted(SEEN_BY_READERS | _UNWELCOME):
        rows = Comment.objects.filter(desk=desk, state=state).order_by("-id")[:most]
        yield from rows.select_related("story").only(*_COLUMNS).iterator()


def _cited(numbers: Collection[str], known: tuple[str, ...]) -> list[str]:
    """Give the keys of rules cited by their numbers, which are their places."""
    return [
        known[int(number) - 1]
        if number.isascii() and number.isdigit() and 0 < int(number) <= len(known)
        else number
        for number in numbers
    ]


def _keys_by_version() -> dict[str, tuple[str, ...]]:
    """Give the keys of each version's rules, in order: the same in every language."""
    texts = TermsText.objects.filter(version__number__isnull=False)
    return {
        str(text.version.number): keys(text) for text in texts.select_related("version")
    }


def _in_order(found: dict[int, tuple[str, Decided]]) -> dict[str, list[Decided]]:
    """Give the letters on which a decision was taken here, by language and its order.

    Not those approved together, which the model in use had chosen: it would learn from
    itself. Of those turned down together the first, for the rest are its copies.
    """
    by_language: dict[str, list[Decided]] = defaultdict(list)
    groups: set[str] = set()
    for decision, comment, group in sorted(_last_decisions(found)):
        tag, one = found[comment]
        if group and (group in groups or not one.unwelcome):
            continue
        groups.add(group)
        by_language[tag].append(replace(one, decision=decision))
    return dict(by_language)


def _last_decisions(comments: Collection[int]) -> Iterator[tuple[int, int, str]]:
    """Give the last decision on each of these comments: its key, theirs, its group."""
    for some in batches(comments):
        rows = Decision.objects.filter(comment__in=some).order_by("comment", "-id")
        last = 0
        for decision, comment, group in rows.values_list("id", "comment", "group"):
            if comment != last:
                yield decision, comment, group
            last = comment
