"""Every signal's answer to letters, in a bounded time, whatever becomes of a signal.

A signal that fails, or is slow, is told as one that did not run; the others answer all the
same. VERSION counts what the signals say: raise it when one of them says something else,
and what waits is screened anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from letterdesk.failures import place
from letterdesk.triage.campaign import Signature, signature
from letterdesk.triage.disguise import disguise
from letterdesk.triage.figure import figure
from letterdesk.triage.incivility import incivilities
from letterdesk.triage.language import UNKNOWN, language, language_of, script_of
from letterdesk.triage.limit import TooSlow, bounds, within
from letterdesk.triage.model.features import seen_rows
from letterdesk.triage.model.weights import Weights, main_language
from letterdesk.triage.normal import normal
from letterdesk.triage.passage import passage
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.personal_information import personal_information
from letterdesk.triage.protected_name import NOBODY, Names, protected_name
from letterdesk.triage.signal import Kind, Signal
from letterdesk.triage.spam import spams

VERSION = 5
SECONDS = 0.5  # of the processor, for one signal over one letter: far more than it needs
FAILED, SLOW = "failed", "slow"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A letter to be screened; `story` is what it is about, as plain text.

    `beside` is what stands around that text: headline, caption.

    `models` are its desk's own weights, by language; where it has none, the shipped count.
    """

    text: str
    story: str
    language: str  # the story's
    beside: str = ""
    names: Names | None = None  # of people who must not be named
    models: Mapping[str, Weights] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A signal that did not run: `why` is FAILED or SLOW; `where` names no word."""

    kind: Kind
    why: str
    where: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the signals say of one letter; the signature is for finding its near-copies."""

    signals: tuple[Signal, ...]
    failures: tuple[Failure, ...]
    signature: Signature | None


Check = Callable[[Asked], Signal]
Many = Callable[[Sequence[str]], Sequence[Signal]]
_Found = TypeVar("_Found")


def _names(asked: Asked) -> Signal:
    return protected_name(asked.text, names=asked.names or NOBODY)


LEARNT = {Kind.INCIVILITY: incivilities, Kind.SPAM: spams}
CHECKS: Mapping[Kind, Check] = {
    Kind.PROTECTED_NAME: _names,
    Kind.LANGUAGE: lambda asked: language(asked.text, story=asked.language),
    Kind.PERSONAL_INFORMATION: lambda asked: personal_information(
        asked.text, story=asked.story
    ),
    Kind.DISGUISE: lambda asked: disguise(asked.text),
    Kind.FIGURE: lambda asked: figure(asked.text, story=asked.story, beside=asked.beside),
    Kind.PASSAGE: lambda asked: passage(asked.text, story=asked.story),
}


def screen(
    letters: Sequence[Asked],
    *,
    checks: Mapping[Kind, Check] = CHECKS,
    seconds: float = SECONDS,
) -> list[Answer]:
    """Give an answer for each letter. Letters on one story are best given together."""
    with bounds():
        try:
            learnt = _learnt(letters, seconds=seconds)
            return [
                _answer(asked, first, checks=checks, seconds=seconds)
                for asked, first in zip(letters, learnt, strict=True)
            ]
        finally:
            forget()


def forget() -> None:
    """Forget what the signals have kept of letters so as not to work it out twice."""
    for remembered in (normal, plain_digits, seen_rows, script_of, language_of):
        remembered.cache_clear()


def _answer(
    asked: Asked,
    first: list[Signal | Failure],
    *,
    checks: Mapping[Kind, Check],
    seconds: float,
) -> Answer:
    found = [*first]
    for kind, check in checks.items():
        found.append(_tried(kind, partial(check, asked), seconds=seconds))
    signed = _tried(Kind.CAMPAIGN, partial(signature, asked.text), seconds=seconds)
    if isinstance(signed, Failure):
        found.append(signed)
        signed = None
    return Answer(
        signals=tuple(each for each in found if isinstance(each, Signal)),
        failures=tuple(each for each in found if isinstance(each, Failure)),
        signature=signed,
    )


def _tried(kind: Kind, check: Callable[[], _Found], *, seconds: float) -> _Found | Failure:
    """Give what `check` gives, or why it gives nothing."""
    try:
        with within(seconds):
            return check()
    except TooSlow:
        return Failure(kind=kind, why=SLOW, where="")
    except Exception as error:  # noqa: BLE001 -- whatever it is, the letter waits
        where = f"{type(error).__name__} at {place(error)}"
        return Failure(kind=kind, why=FAILED, where=where)


def _learnt(letters: Sequence[Asked], *, seconds: float) -> list[list[Signal | Failure]]:
    """Give what the learnt signals say; letters of one model together: it is quicker."""
    found: list[list[Signal | Failure]] = [[] for _ in letters]
    for (tag, _), places in _by_model(letters).items():
        texts = [letters[at].text for at in places]
        own = partial(incivilities, known=_model(letters[places[0]], tag))
        learnt: Mapping[Kind, Callable[..., list[Signal]]]
        learnt = {**LEARNT, Kind.INCIVILITY: own}
        for kind, many in learnt.items():
            ask = partial(many, language=tag)
            said = _together(kind, ask, texts, seconds=seconds)
            for at, one in zip(places, said, strict=True):
                found[at].append(one)
    return found


def _together(
    kind: Kind, many: Many, texts: Sequence[str], *, seconds: float
) -> list[Signal | Failure]:
    """Give what `many` says of each text.

    When that fails, each is asked about alone, so that one letter spoils no other's answer.
    """
    found = _tried(kind, partial(many, texts), seconds=seconds + len(texts) * seconds / 50)
    if not isinstance(found, Failure):
        return [*found]
    alone = [_tried(kind, partial(many, [text]), seconds=seconds) for text in texts]
    return [one if isinstance(one, Failure) else one[0] for one in alone]


def _by_model(letters: Sequence[Asked]) -> dict[tuple[str, int], list[int]]:
    """Give the places of the letters of each language and model."""
    places: dict[tuple[str, int], list[int]] = {}
    for at, asked in enumerate(letters):
        tag = spoken(asked.text, story=asked.language)
        places.setdefault((tag, id(_model(asked, tag))), []).append(at)
    return places


def _model(asked: Asked, tag: str) -> Weights | None:
    return asked.models.get(main_language(tag))


def spoken(text: str, *, story: str) -> str:
    """Give the language of a letter; one that cannot be told is in the story's."""
    found = language_of(text)
    return story if found == UNKNOWN else found
