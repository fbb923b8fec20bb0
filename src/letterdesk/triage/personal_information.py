"""Does it put somebody in danger? Phones, addresses, numbers, a workplace, a name in it.

Links, accounts' names and people's names weigh less: a politician's name leads to nobody's
door. Whom the story names is told apart, and is never a danger; nor is a number, or a mail
address, that the story prints.

It is looked for in what a reader sees: characters that nobody sees part no address and no
number (and are not published), nor do frames and marks around single digits.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from letterdesk.triage.personal.digits import (
    digits_together,
    plain_digits,
    with_dashes,
    with_plus,
)
from letterdesk.triage.personal.handles import handles
from letterdesk.triage.personal.names import bare_words, names
from letterdesk.triage.personal.patterns import Detail, Pattern, possible
from letterdesk.triage.personal.phones import FEWEST, is_other, phones
from letterdesk.triage.personal.spoken import spoken
from letterdesk.triage.personal.work import workplaces
from letterdesk.triage.signal import Kind, Signal, Span, joined

_WEIGHT = {  # any other detail: 1
    Detail.LINK: 0.3,
    Detail.HANDLE: 0.6,
    Detail.COMPUTER: 0.5,
    Detail.MAYBE_PHONE: 0.5,
    Detail.NAME: 0.4,
}
_PHONE_DIGITS, _CARD_DIGITS = 9, 16  # read out; fewer may be a phone's
_OF_STORY = 0.1
_NUMBER = re.compile(r"[^0-9A-Za-z]")
_NO_DIGIT = re.compile("[^0-9]")
_LONG_NUMBER = re.compile(r"[0-9](?:[ .\-()~]{0,2}[0-9]){5,14}")
_BY_NUMBER = frozenset({Detail.IDENTITY, Detail.CARD})
_QUOTED = (Detail.WORK, Detail.NAME)  # of which the places are facts, to be shown
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_FRAMES = "\u0300-\u036f\u20d0-\u20ff"
_UNSEEN = re.compile(rf"[{_INVISIBLE}]|(?<=[0-9])[{_FRAMES}]+|(?<=[0-9]\ufe0f)\u20e3")
_MAY_BE_UNSEEN = re.compile(f"[{_INVISIBLE}{_FRAMES}]")  # for speed alone
_Found = tuple[Detail, Span]
_IMPERSONAL = Signal(
    kind=Kind.PERSONAL_INFORMATION,
    score=0.0,
    code="impersonal",
    reason="Nothing was found in it that would lead to a person.",
)


def personal_information(text: str, *, story: str = "") -> Signal:
    """Give what in `text` would lead to a person; whom `story` names is known anyway."""
    return _in_sight(text, lambda seen: _of_text(seen, story))


def leads(name: str) -> Signal:
    """Give what in a reader's name leads to a person, beside the name itself."""
    return _in_sight(name, _of_name)


def _in_sight(text: str, look: Callable[[str], Signal]) -> Signal:
    """Give what is noticed in what of a text can be seen, where it stands in the whole."""
    if text.isascii() or not _MAY_BE_UNSEEN.search(text):
        return look(text)
    hidden = {at for found in _UNSEEN.finditer(text) for at in range(*found.span())}
    if not hidden:
        return look(text)
    places = [at for at in range(len(text)) if at not in hidden]
    found = look("".join([text[at] for at in places]))
    places.append(len(text))

    def whole(start: int, end: int) -> Span:  # with the frame around the last digit
        return Span(places[start], places[end])

    facts = dict(found.facts)
    if isinstance(quoted := facts.get("places"), list):
        facts["places"] = [[name, *whole(start, end)] for name, start, end in quoted]
    return replace(found, spans=tuple([whole(*one) for one in found.spans]), facts=facts)


def _of_text(text: str, story: str) -> Signal:
    leading = _leading(text)
    people = [one for one in names(text) if not _taken(one, leading)]
    found = [one for one in leading if not (story and _is_printed(text, one, story))]
    known = _words_of(story)
    strangers = [one for one in people if not _is_known(text, one, story, known)]
    if found:
        return _personal(
            sorted([*found, *((Detail.NAME, one) for one in strangers)], key=_at)
        )
    if strangers:
        return _named(strangers, code="names", score=_WEIGHT[Detail.NAME])
    if people:
        return _named(people, code="names-of-story", score=_OF_STORY)
    return _IMPERSONAL


def _of_name(name: str) -> Signal:
    found = sorted(_leading(name, is_name=True), key=_at)
    return _personal(found) if found else _IMPERSONAL


def _leading(text: str, *, is_name: bool = False) -> list[_Found]:
    """Give what leads to a person, but for people's names."""
    found = details(text, is_name=is_name)
    work = [(Detail.WORK, one) for one in workplaces(text) if not _taken(one, found)]
    return [*found, *work]


def _personal(found: Sequence[_Found]) -> Signal:
    kinds = list(dict.fromkeys(detail for detail, _ in found))
    places = [[one.name.lower(), *span] for one, span in found if one in _QUOTED]
    facts: dict[str, object] = {"details": [detail.name.lower() for detail in kinds]}
    return Signal(
        kind=Kind.PERSONAL_INFORMATION,
        score=max(_WEIGHT.get(detail, 1.0) for detail in kinds),
        spans=joined([span for _, span in found]),
        code="personal",
        facts=facts | ({"places": places} if places else {}),
        reason=f"It seems to give {_listed([detail.value for detail in kinds])}.",
    )


def _named(people: Sequence[Span], *, code: str, score: float) -> Signal:
    who = "somebody" if len(people) == 1 else f"{len(people)} people"
    of_story = " whom the story names, too" if code == "names-of-story" else ""
    return Signal(
        kind=Kind.PERSONAL_INFORMATION,
        score=score,
        spans=tuple(people),
        code=code,
        reason=f"It names {who}{of_story}.",
    )


def _at(found: _Found) -> Span:
    return found[1]


def _is_printed(text: str, found: _Found, story: str) -> bool:
    """Say whether a story prints the number or the mail address, too: an office's."""
    detail, span = found
    written = plain_digits(text[span.start : span.end])
    if detail is Detail.MAIL:
        return written.lower() in story.lower()
    is_phone = detail in (Detail.PHONE, Detail.MAYBE_PHONE)
    return is_phone and _NO_DIGIT.sub("", written) in _numbers_of(story)


@lru_cache(maxsize=8)
def _numbers_of(story: str) -> frozenset[str]:
    """Give the numbers of a story, digits alone, long ones as they are written there."""
    found = _LONG_NUMBER.findall(plain_digits(story))
    return frozenset([_NO_DIGIT.sub("", one) for one in found])


@lru_cache(maxsize=8)
def _words_of(story: str) -> frozenset[str]:
    """Give a story's words; comments on one story come one after the other."""
    return frozenset(bare_words(story))


def _is_known(text: str, person: Span, story: str, known: frozenset[str]) -> bool:
    """Say whether the story has the name, or in Latin letters a part of it."""
    written = text[person.start : person.end]
    words = bare_words(written)
    return not known.isdisjoint(words) if words else bool(story) and written in story


def details(text: str, *, is_name: bool = False) -> list[_Found]:
    """Give each detail and where it stands, in order; what one has taken no other takes.

    `is_name`: the text is what a reader wants to be called.
    """
    plain = plain_digits(text)
    together = digits_together(plain)
    if together >= FEWEST:
        plain = with_dashes(plain)
    found: list[tuple[Detail, Span]] = []
    for pattern in possible(plain, digits=together):
        for match in pattern.written.finditer(plain):
            span = Span(*match.span())
            if _holds(pattern, plain, span) and not _taken(span, found):
                found.append((pattern.detail, span))
    accounts = handles(plain, is_name=is_name)
    found += [(Detail.HANDLE, one) for one in accounts if not _taken(one, found)]
    if together >= FEWEST:
        found += [one for one in _numbers(plain, found) if not _taken(one[1], found)]
    found += [one for one in _read_out(plain) if not _taken(one[1], found)]
    return sorted([(detail, with_plus(plain, one)) for detail, one in found], key=_at)


def _numbers(plain: str, found: Sequence[_Found]) -> Iterator[_Found]:
    """Give the phone numbers that are written as at home."""
    known = [span for detail, span in found if detail is Detail.PHONE]
    for one in phones(plain, known=known):
        yield Detail.PHONE if one.is_sure else Detail.MAYBE_PHONE, one.span


def _read_out(plain: str) -> Iterator[_Found]:
    """Give the numbers that are read out in words."""
    for one in spoken(plain):
        is_long = len(one.digits) >= _PHONE_DIGITS
        is_card = len(one.digits) >= _CARD_DIGITS
        phone = Detail.PHONE if is_long else Detail.MAYBE_PHONE
        yield Detail.CARD if is_card else phone, one.span


def _holds(pattern: Pattern, plain: str, span: Span) -> bool:
    if pattern.detail is Detail.PHONE:
        return not is_other(plain, span)
    written = plain[span.start : span.end]
    by_number = pattern.detail in _BY_NUMBER and pattern.check is not bool
    return pattern.check(_NUMBER.sub("", written) if by_number else written)


def _taken(span: Span, found: Sequence[_Found]) -> bool:
    return any(span.start < other.end and other.start < span.end for _, other in found)


def _listed(named: list[str]) -> str:
    *first, last = named
    return f"{', '.join(first)} and {last}" if first else last
