"""Every signal's answer to letters, whatever becomes of a signal.

A signal that fails, or is slow, is told as one that did not run; the others answer all the
same. In the main thread, where the worker screens, all of it takes a bounded time; in any
other a signal that has begun with a letter ends it, and only then is the clock looked at.
VERSION counts what the signals say: raise it when one of them says something else,
and what waits is screened anew.
"""

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from letterdesk.failures import place
from letterdesk.triage.advertising.model import Weights as SpamWeights
from letterdesk.triage.campaign import Signature, signatures
from letterdesk.triage.disguise import disguise
from letterdesk.triage.encoder import installed
from letterdesk.triage.figure import figure
from letterdesk.triage.incivility import incivilities
from letterdesk.triage.language import UNKNOWN, language, language_of
from letterdesk.triage.limit import TooSlow, bounds, is_elsewhere, within
from letterdesk.triage.literals import LITERALS
from letterdesk.triage.model.weights import Weights, main_language
from letterdesk.triage.passage import passages
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.personal_information import leads, personal_information
from letterdesk.triage.protected_name import NOBODY, Names, protected_name
from letterdesk.triage.reader_name import about_name
from letterdesk.triage.remembered import forgotten
from letterdesk.triage.signal import Field, Kind, Signal
from letterdesk.triage.spam import spams

VERSION = 49
_ENCODERS = 1_000  # versions of the signals for one of the encoders
SECONDS = 0.5  # of the processor, for one signal over one letter: far more than it needs
_PACE = 10  # letters of many, at least, that a signal reads in those SECONDS
FAILED, SLOW = "failed", "slow"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A letter to be screened; `story` is what it is about, as plain text.

    `beside` is what stands around that text: headline, caption. `name` is what the reader
    wants to stand above it.

    `models` are its desk's own weights for incivility, by language, and `spam_models` those
    for advertising; where it has none, the shipped count.
    """

    text: str
    story: str
    language: str  # the story's
    name: str = ""
    beside: str = ""
    names: Names | None = None  # of people who must not be named
    models: Mapping[str, Weights] = field(default_factory=dict)
    spam_models: Mapping[str, SpamWeights] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A signal that did not run: `why` is FAILED or SLOW; `where` names no word."""

    kind: Kind
    why: str
    where: str
    of: Field = Field.TEXT


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the signals say of one letter, its text first, then the name above it.

    The signature is for finding its near-copies.
    """

    signals: tuple[Signal, ...]
    failures: tuple[Failure, ...]
    signature: Signature | None


Check = Callable[[Sequence[Asked]], Sequence[Signal]]  # of letters, in their order
_Found = TypeVar("_Found")
_Letter = TypeVar("_Letter")
_Key = TypeVar("_Key", bound=Hashable)
_Said = Signal | Failure
_Models = tuple[str, Weights | None, SpamWeights | None]


def version() -> int:
    """Give the version of what the signals say, which an encoder changes, too."""
    return VERSION + _ENCODERS * installed.version()


def each(check: Callable[[Asked], Signal]) -> Check:
    """Give a check that asks about one letter after the other."""
    return lambda letters: [check(asked) for asked in letters]


def _passages(letters: Sequence[Asked]) -> list[Signal]:
    found: dict[int, Signal] = {}
    for story, places in _by([asked.story for asked in letters]).items():
        told = passages([letters[at].text for at in places], story=story)
        found |= zip(places, told, strict=True)
    return [found[at] for at in range(len(letters))]


def _incivilities(letters: Sequence[Asked]) -> list[Signal]:
    return _learnt(
        letters,
        lambda texts, models: incivilities(texts, language=models[0], known=models[1]),
    )


def _spams(letters: Sequence[Asked]) -> list[Signal]:
    return _learnt(
        letters, lambda texts, models: spams(texts, language=models[0], known=models[2])
    )


def _personal_information(letters: Sequence[Asked]) -> list[Signal]:
    LITERALS.read(plain_digits(asked.text) for asked in letters)
    return [personal_information(asked.text, story=asked.story) for asked in letters]


def _figures(letters: Sequence[Asked]) -> list[Signal]:
    LITERALS.read(plain_digits(asked.text) for asked in letters)
    return [figure(one.text, story=one.story, beside=one.beside) for one in letters]


CHECKS: Mapping[Kind, Check] = {
    Kind.INCIVILITY: _incivilities,
    Kind.SPAM: _spams,
    Kind.PROTECTED_NAME: each(
        lambda asked: protected_name(asked.text, names=asked.names or NOBODY)
    ),
    Kind.LANGUAGE: each(lambda asked: language(asked.text, story=asked.language)),
    Kind.PERSONAL_INFORMATION: _personal_information,
    Kind.DISGUISE: each(lambda asked: disguise(asked.text)),
    Kind.FIGURE: _figures,
    Kind.PASSAGE: _passages,
}
OF_NAMES: Mapping[Kind, Check] = {  # the reader's name is what their `text` is
    Kind.INCIVILITY: _incivilities,
    Kind.SPAM: _spams,
    Kind.PROTECTED_NAME: CHECKS[Kind.PROTECTED_NAME],
    Kind.PERSONAL_INFORMATION: each(lambda asked: leads(asked.text)),
    Kind.DISGUISE: CHECKS[Kind.DISGUISE],
}


def screen(
    letters: Sequence[Asked],
    *,
    checks: Mapping[Kind, Check] = CHECKS,
    of_names: Mapping[Kind, Check] = OF_NAMES,
    seconds: float = SECONDS,
) -> list[Answer]:
    """Give an answer for each letter: a few hundred at a time, for what signals share.

    Letters on one story are best given together. `seconds` is for one signal and letter.
    """
    with bounds(), forgotten():
        said, named = _said(letters, checks, of_names, seconds=seconds)
        texts = [asked.text for asked in letters]
        signed = _together(Kind.CAMPAIGN, signatures, texts, seconds=seconds)
    return [
        _answer([*(told[at] for told in said), *named[at]], signature)
        for at, signature in enumerate(signed)
    ]


def look_for(
    kind: Kind, letters: Sequence[Asked], *, seconds: float = SECONDS
) -> list[Answer]:
    """Give what one signal says of each letter, and of the name above it."""
    one = {kind: CHECKS[kind]}
    with bounds(), forgotten():
        (said,), named = _said(letters, one, {kind: OF_NAMES[kind]}, seconds=seconds)
    return [_answer([one, *told], None) for one, told in zip(said, named, strict=True)]


def _answer(found: Sequence[_Said], signed: Signature | Failure | None) -> Answer:
    """Give the answer; a check that failed is told once, for text and name.

    And not where it says itself that it did not look for all.
    """
    signals = tuple([one for one in found if isinstance(one, Signal)])
    if len(signals) == len(found) and not isinstance(signed, Failure):
        return Answer(signals=signals, failures=(), signature=signed)
    told = {one.kind for one in signals if one.facts.get("unread")}
    failures: dict[Kind, Failure] = {}
    for one in [one for one in (*found, signed) if isinstance(one, Failure)]:
        failures.setdefault(one.kind, one)
    return Answer(
        signals=signals,
        failures=tuple([one for kind, one in failures.items() if kind not in told]),
        signature=None if isinstance(signed, Failure) else signed,
    )


def _said(
    letters: Sequence[Asked],
    checks: Mapping[Kind, Check],
    of_names: Mapping[Kind, Check],
    *,
    seconds: float,
) -> tuple[list[list[_Said]], list[list[_Said]]]:
    """Give what each check says of all texts, and what is told of each letter's name.

    A name that many give is asked about once, and with the texts where the check is the
    same: together is quicker.
    """
    alike = _alike(letters)
    named = [replace(letters[places[0]], text=letters[places[0]].name) for places in alike]
    said: list[list[_Said]] = []
    of_both: dict[Kind, list[_Said]] = {}
    for kind, check in checks.items():
        some = named if of_names.get(kind) is check else []
        found: list[_Said] = _together(kind, check, [*letters, *some], seconds=seconds)
        said.append(found[: len(letters)])
        of_both[kind] = found[len(letters) :]
    told: list[list[_Said]] = [[] for _ in letters]
    for kind, check in of_names.items():
        found = of_both.get(kind) or _together(kind, check, named, seconds=seconds)
        for places, one in zip(alike, found, strict=True):
            if about := _about_name(one):
                for at in places:
                    told[at].append(about)
    return said, told


def _alike(letters: Sequence[Asked]) -> list[list[int]]:
    """Give the places of letters whose names the checks say the same of."""
    keys = [
        (asked.name, id(asked.names), _key(_models(asked, asked.name)))
        if asked.name
        else None
        for asked in letters
    ]
    return [places for key, places in _by(keys).items() if key]


def _about_name(found: _Said) -> _Said | None:
    if isinstance(found, Failure):
        return replace(found, of=Field.NAME)
    return about_name(found)


def _together(
    kind: Kind,
    many: Callable[[Sequence[_Letter]], Sequence[_Found]],
    letters: Sequence[_Letter],
    *,
    seconds: float,
) -> list[_Found | Failure]:
    """Give what `many` says of each letter: together is quicker.

    When that fails, each is asked about alone, so that one letter spoils no other's answer.
    """
    bound = seconds + len(letters) * seconds / _PACE
    if is_elsewhere():
        return _while_it_lasts(kind, many, letters, seconds=bound)
    found = _tried(kind, partial(many, letters), seconds=bound)
    if not isinstance(found, Failure):
        return [*found]
    return [_alone(kind, many, one, seconds=seconds) for one in letters]


def _while_it_lasts(
    kind: Kind,
    many: Callable[[Sequence[_Letter]], Sequence[_Found]],
    letters: Sequence[_Letter],
    *,
    seconds: float,
) -> list[_Found | Failure]:
    """Give what `many` says of one letter after the other, where nothing interrupts it.

    What is left when the `seconds` of this thread are over is told as slow.
    """
    end = time.thread_time() + seconds
    return [
        _alone(kind, many, one, seconds=seconds)
        if time.thread_time() < end
        else Failure(kind=kind, why=SLOW, where="")
        for one in letters
    ]


def _alone(
    kind: Kind,
    many: Callable[[Sequence[_Letter]], Sequence[_Found]],
    letter: _Letter,
    *,
    seconds: float,
) -> _Found | Failure:
    found = _tried(kind, partial(many, [letter]), seconds=seconds)
    return found if isinstance(found, Failure) else found[0]


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


def _learnt(
    letters: Sequence[Asked], ask: Callable[[Sequence[str], _Models], list[Signal]]
) -> list[Signal]:
    """Give what a learnt signal says; letters of one language and model together."""
    models = [_models(asked, asked.text) for asked in letters]
    found: dict[int, Signal] = {}
    for places in _by([*map(_key, models)]).values():
        told = ask([letters[at].text for at in places], models[places[0]])
        found |= zip(places, told, strict=True)
    return [found[at] for at in range(len(letters))]


def _models(asked: Asked, text: str) -> _Models:
    """Give the language of a letter's text or name, and its desk's own models of that."""
    tag = spoken(text, story=asked.language)
    main = main_language(tag)
    return tag, asked.models.get(main), asked.spam_models.get(main)


def _key(models: _Models) -> tuple[str, int, int]:
    tag, own, spam = models
    return tag, id(own), id(spam)


def _by(keys: Sequence[_Key]) -> dict[_Key, list[int]]:
    """Give the places of each key."""
    places: dict[_Key, list[int]] = {}
    for at, key in enumerate(keys):
        places.setdefault(key, []).append(at)
    return places


def spoken(text: str, *, story: str) -> str:
    """Give the language of a letter; one that cannot be told is in the story's."""
    found = language_of(text)
    return story if found == UNKNOWN else found
