"""Every signal's answer to letters, in a bounded time, whatever becomes of a signal.

A signal that fails, or is slow, is told as one that did not run; the others answer all the
same. VERSION counts what the signals say: raise it when one of them says something else,
and what waits is screened anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from letterdesk.failures import place
from letterdesk.triage.campaign import Signature, signature
from letterdesk.triage.disguise import disguise
from letterdesk.triage.figure import figure
from letterdesk.triage.incivility import incivilities, incivility
from letterdesk.triage.language import UNKNOWN, language, language_of
from letterdesk.triage.limit import TooSlow, within
from letterdesk.triage.passage import passage
from letterdesk.triage.personal_information import personal_information
from letterdesk.triage.protected_name import NOBODY, Names, protected_name
from letterdesk.triage.signal import Kind, Signal

VERSION = 1
SECONDS = 0.5  # of the processor, for one signal over one letter: far more than it needs
FAILED, SLOW = "failed", "slow"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A letter to be screened; `story` is what it is about, as plain text."""

    text: str
    story: str
    language: str  # the story's
    names: Names | None = None  # of people who must not be named


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
_Found = TypeVar("_Found")


def _names(asked: Asked) -> Signal:
    return protected_name(asked.text, names=asked.names or NOBODY)


CHECKS: Mapping[Kind, Check] = {
    Kind.PROTECTED_NAME: _names,
    Kind.LANGUAGE: lambda asked: language(asked.text, story=asked.language),
    Kind.PERSONAL_INFORMATION: lambda asked: personal_information(asked.text),
    Kind.DISGUISE: lambda asked: disguise(asked.text),
    Kind.FIGURE: lambda asked: figure(asked.text, story=asked.story),
    Kind.PASSAGE: lambda asked: passage(asked.text, story=asked.story),
}


def screen(
    letters: Sequence[Asked],
    *,
    checks: Mapping[Kind, Check] = CHECKS,
    seconds: float = SECONDS,
) -> list[Answer]:
    """Give an answer for each letter. Letters on one story are best given together."""
    civil = _incivility(letters, seconds=seconds)
    return [
        _answer(asked, first, checks=checks, seconds=seconds)
        for asked, first in zip(letters, civil, strict=True)
    ]


def _answer(
    asked: Asked,
    first: Signal | Failure,
    *,
    checks: Mapping[Kind, Check],
    seconds: float,
) -> Answer:
    found: list[Signal | Failure] = [first]
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


def _incivility(letters: Sequence[Asked], *, seconds: float) -> list[Signal | Failure]:
    """Give how civil each letter reads; those in one language together, which is quicker.

    When that fails, each is asked about alone, so that one letter spoils no other's answer.
    """
    found: dict[int, Signal | Failure] = {}
    for tag, places in _by_language(letters).items():
        texts = [letters[at].text for at in places]
        together = _tried(
            Kind.INCIVILITY,
            partial(incivilities, texts, language=tag),
            seconds=seconds + len(texts) * seconds / 50,
        )
        if isinstance(together, Failure):
            found |= {at: _alone(letters[at], tag, seconds=seconds) for at in places}
        else:
            found |= dict(zip(places, together, strict=True))
    return [found[at] for at in range(len(letters))]


def _alone(asked: Asked, tag: str, *, seconds: float) -> Signal | Failure:
    check = partial(incivility, asked.text, language=tag)
    return _tried(Kind.INCIVILITY, check, seconds=seconds)


def _by_language(letters: Sequence[Asked]) -> dict[str, list[int]]:
    """Give the places of the letters in each language; untold ones are in the story's."""
    places: dict[str, list[int]] = {}
    for at, asked in enumerate(letters):
        found = language_of(asked.text)
        tag = asked.language if found == UNKNOWN else found
        places.setdefault(tag, []).append(at)
    return places
