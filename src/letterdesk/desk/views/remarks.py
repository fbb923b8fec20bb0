"""What triage noticed, as sentences that a moderator can argue with, and marks in texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from letterdesk.desk.queries.noticed import THREAT, Noticed, StoredSignal
from letterdesk.desk.templatetags.desk import kind
from letterdesk.desk.views.remark_sentences import sentences
from letterdesk.desk.views.remarks_of_names import sentences_of_name
from letterdesk.desk.views.tones import TONES
from letterdesk.domain.edit import Cut
from letterdesk.domain.marks import Mark, marked_lines, told
from letterdesk.domain.story import BlockKind, Story, blocks
from letterdesk.domain.text import Html
from letterdesk.triage.signal import Field, Kind

_ORDER = (
    Kind.PROTECTED_NAME,
    Kind.PERSONAL_INFORMATION,
    Kind.INCIVILITY,
    Kind.DISGUISE,
    Kind.SPAM,
    Kind.FIGURE,
    Kind.LANGUAGE,
    Kind.CAMPAIGN,
    Kind.PASSAGE,
)
# Codes that are no danger by themselves.
_QUIET = frozenset({"names", "names-of-story", "no-model"})
# Details that are what they look like, and lead straight to a person (decision 94).
_CERTAIN = frozenset({"phone", "mail", "identity", "card"})
_IN_STORY_ONLY = frozenset({Kind.PASSAGE})  # marked in the story, not in the letter


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What one signal says; its marks lie in the letter, the name above it, the story."""

    number: int
    kind: Kind
    label: str
    tone: str
    sentences: tuple[Html, ...]
    marks: tuple[Mark, ...] = ()
    name_marks: tuple[Mark, ...] = ()
    story_marks: tuple[Mark, ...] = ()
    is_alarm: bool = False  # something that a decision should not miss, and not cut
    is_asked: bool = False  # an approval is asked about once more while it stands
    did_not_run: bool = False


def remarks(
    found: Noticed, *, text: str, name: str, story: Story, advice: Html
) -> tuple[Remark, ...]:
    """Give a remark for each signal that has something to say, the gravest first.

    The first that is about the name ends with the `advice` on what to do about it.
    """
    signals = [*found.signals, *_campaign(found)]
    signals.sort(key=_rank)
    spoken = [
        (one, said)
        for one in signals
        for said in [_sentences(one, found, text=text, name=name, story=story)]
        if said
    ]
    of_name = [place for place, (one, _) in enumerate(spoken) if one.of is Field.NAME]
    for place in of_name[:1]:
        signal, said = spoken[place]
        spoken[place] = signal, (*said, advice)
    return tuple(
        _remark(number, one, said) for number, (one, said) in enumerate(spoken, start=1)
    )


def after_cuts(found: Sequence[Remark], cuts: Sequence[Cut]) -> tuple[Remark, ...]:
    """Give remarks that say, too, whether the words that they speak of are cut.

    What still stands comes first among their marks.
    """
    return tuple(_after_cuts(one, cuts) for one in found)


def without_words(found: Sequence[Remark]) -> tuple[Remark, ...]:
    """Give remarks that say what was noticed, and nothing of a letter that is veiled."""
    return tuple(replace(one, sentences=(), marks=(), name_marks=()) for one in found)


def alarms(found: Sequence[Remark]) -> tuple[Remark, ...]:
    """Give what stands above a letter, too, however long: once each, the gravest first.

    What lies in the letter, and what is said of it, may be screens further down.
    """
    first: dict[str, Remark] = {}
    for remark in found:
        if remark.is_alarm:
            first.setdefault(remark.label, remark)
    return tuple(first.values())


def asked_about(found: Sequence[Remark], *, name_left_out: bool) -> tuple[Remark, ...]:
    """Give what a letter is not approved without a second word on: whom readers would get.

    Or that nobody looked for names. What is cut, or left out, is no reason to ask.
    """
    return tuple(
        one
        for one in found
        if one.is_asked
        and (one.is_alarm or one.did_not_run)
        and not (name_left_out and one.name_marks)
    )


def _is_asked(signal: StoredSignal) -> bool:
    if signal.kind is Kind.PROTECTED_NAME:
        return True
    details = signal.facts.get("details", ()) if signal.code == "personal" else ()
    return not _CERTAIN.isdisjoint(details)


def _after_cuts(remark: Remark, cuts: Sequence[Cut]) -> Remark:
    gone = [_characters_cut(mark, cuts) for mark in remark.marks]
    if not any(gone):
        return remark
    is_whole = gone == [mark.end - mark.start for mark in remark.marks]
    words = (
        gettext("These words are cut.")
        if is_whole
        else gettext("Some of these words are cut; the others still stand.")
    )
    standing = sorted(remark.marks, key=lambda mark: bool(_characters_cut(mark, cuts)))
    return replace(
        remark,
        sentences=(*remark.sentences, told(words)),
        marks=tuple(standing),
        is_alarm=remark.is_alarm and not is_whole,
    )


def _characters_cut(mark: Mark, cuts: Sequence[Cut]) -> int:
    return sum(max(0, min(mark.end, cut.end) - max(mark.start, cut.start)) for cut in cuts)


def _sentences(
    signal: StoredSignal, found: Noticed, *, text: str, name: str, story: Story
) -> tuple[Html, ...]:
    if signal.of is Field.NAME:
        return sentences_of_name(signal, found, name=name, story=story)
    return sentences(signal, found, text=text, story=story)


def _rank(signal: StoredSignal) -> tuple[bool, int]:
    return signal.code != THREAT, _ORDER.index(signal.kind)


def _tone(signal: StoredSignal) -> str:
    if signal.did_not_run:
        return "amber"
    if signal.code == THREAT:
        return "pencil"
    return "ink" if signal.code in _QUIET else TONES.get(signal.kind, "ink")


def _remark(number: int, signal: StoredSignal, said: tuple[Html, ...]) -> Remark:
    label = kind(THREAT if signal.code == THREAT else signal.kind)
    tone = _tone(signal)
    words = gettext("Remark %(number)s: %(label)s") % {"number": number, "label": label}

    def mark(place: str, start: int, end: int) -> Mark:
        return Mark(
            start=start, end=end, number=number, place=place, label=words, tone=tone
        )

    shown = () if signal.kind in _IN_STORY_ONLY else signal.spans
    marks = tuple(
        mark(f"mark-{number}-{at}", *span) for at, span in enumerate(shown, start=1)
    )
    is_of_name = signal.of is Field.NAME
    return Remark(
        number=number,
        kind=signal.kind,
        label=label,
        tone=tone,
        sentences=said,
        marks=() if is_of_name else marks,
        name_marks=marks if is_of_name else (),
        story_marks=tuple(
            mark(f"story-{number}-{at}", *span)
            for at, span in enumerate(_places_in_story(signal), start=1)
        ),
        is_alarm=tone != "ink" and not signal.did_not_run,
        is_asked=_is_asked(signal),
        did_not_run=signal.did_not_run,
    )


def _campaign(found: Noticed) -> list[StoredSignal]:
    if not found.copies:
        return []
    return [
        StoredSignal(kind=Kind.CAMPAIGN, score=1.0, code="near-copies", facts={}, spans=())
    ]


def _places_in_story(signal: StoredSignal) -> list[tuple[int, int]]:
    """Give where in the story's plain text lies what a signal speaks of."""
    if signal.code == "passage":
        found = [signal.facts["at"]]
    elif signal.code == "figures-differ":
        found = [pair["at"] for pair in signal.facts["pairs"] if pair["at"]]
    else:
        return []
    return sorted({(int(start), int(end)) for start, end in found})


@dataclass(frozen=True, kw_only=True)
class StoryBlock:
    """A block of the story beside the letter, marks in it."""

    kind: BlockKind
    words: Html


def story_blocks(body: str, found: Sequence[Remark]) -> tuple[StoryBlock, ...]:
    """Give a story's blocks, with what the remarks speak of marked."""
    marks = [mark for remark in found for mark in remark.story_marks]
    shown: list[StoryBlock] = []
    at = 0
    for block in blocks(body):
        inside = [
            replace(mark, start=mark.start - at, end=mark.end - at)
            for mark in marks
            if at <= mark.start and mark.end <= at + len(block.text)
        ]
        shown.append(StoryBlock(kind=block.kind, words=marked_lines(block.text, inside)))
        at += len(block.text) + 1
    return tuple(shown)
