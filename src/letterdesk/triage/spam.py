"""Is it advertising? A learnt score, the signs that drive it, and a sentence that says so.

It marks; it does not judge: a reader who names her shop is no spammer. What it learnt from,
how good it is and where it fails is in docs/reference/triage.md.
"""

from collections.abc import Iterator, Sequence

from letterdesk.triage.advertising.model import Weights, chances, weights
from letterdesk.triage.advertising.signs import Found, Sign, signs
from letterdesk.triage.literals import LITERALS
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.personal.patterns import Detail
from letterdesk.triage.personal.phones import is_to_call
from letterdesk.triage.personal_information import details
from letterdesk.triage.signal import Kind, Signal, Span, joined

DIGITS = "digits"  # the name of a number that nobody is asked to call
_WORDS = {sign.name.lower(): sign.value for sign in Sign} | {DIGITS: "a row of digits"}
_PHONES = frozenset({Detail.PHONE, Detail.MAYBE_PHONE})
MARK = 0.5  # from here on a comment is shown as one that reads like advertising


def scores(texts: Sequence[str], *, language: str) -> list[float] | None:
    """Give how much each text reads like advertising, 0 to 1; None: not learnt."""
    known = weights(language)
    return None if known is None else chances_by(texts, known)


def chances_by(texts: Sequence[str], known: Weights) -> list[float]:
    """Give how much each text reads like advertising, 0 to 1, by some weights."""
    found = [signs(text) for text in texts]
    return [float(one) for one in chances(texts, found, known)]


def spam(text: str, *, language: str, known: Weights | None = None) -> Signal:
    """Give how much `text` reads like advertising, and what makes it read so.

    `known` are a desk's own weights; without them the shipped ones count.
    """
    return spams([text], language=language, known=known)[0]


def spams(
    texts: Sequence[str], *, language: str, known: Weights | None = None
) -> list[Signal]:
    """Give what `spam` gives of each text, in a fraction of the time."""
    known = known or weights(language)
    if known is None:
        return [_unknown(language) for _ in texts]
    LITERALS.read(map(plain_digits, texts))
    found = [signs(text) for text in texts]
    each = zip(texts, found, chances(texts, found, known).tolist(), strict=True)
    return [_told(text, here, score) for text, here, score in each]


def _unknown(language: str) -> Signal:
    return Signal(
        kind=Kind.SPAM,
        score=0.0,
        code="advertising-unknown",
        facts={"language": language},
        reason=f"We have not learnt what advertising reads like in {language}.",
    )


def _told(text: str, found: Sequence[Found], score: float) -> Signal:
    if score < MARK:
        return Signal(
            kind=Kind.SPAM,
            score=score,
            code="no-advertising",
            reason="Nothing in it reads like advertising to the model.",
        )
    named = dict.fromkeys(_named(text, found))
    return Signal(
        kind=Kind.SPAM,
        score=score,
        spans=joined([one.span for one in found], gap=1),
        code="advertising",
        facts={"signs": [*named]},
        reason=_reason([_WORDS[name] for name in named]),
    )


def _named(text: str, found: Sequence[Found]) -> Iterator[str]:
    """Give what signs are called; a number is one to call where one calls it."""
    has_number = any(one.sign is Sign.NUMBER for one in found)
    called = _called(text) if has_number else []
    for one in found:
        is_number = one.sign is Sign.NUMBER and not _is_to_call(text, one.span, called)
        yield DIGITS if is_number else one.sign.name.lower()


def _called(text: str) -> list[Span]:
    """Give where a text has phone numbers."""
    return [span for detail, span in details(text) if detail in _PHONES]


def _is_to_call(text: str, number: Span, called: Sequence[Span]) -> bool:
    is_phone = any(one.start < number.end and number.start < one.end for one in called)
    return is_phone or is_to_call(plain_digits(text), number)


def _reason(named: Sequence[str]) -> str:
    if not named:
        return "It reads like advertising; no single word makes it so."
    *first, last = named
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"It reads like advertising: it has {listed}."
