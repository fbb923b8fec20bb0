"""Every signal's answer to one comment, for whoever asks why."""

from dataclasses import replace

from letterdesk.triage.disguise import disguise
from letterdesk.triage.incivility import incivility
from letterdesk.triage.language import UNKNOWN, guessed
from letterdesk.triage.language import language as language_signal
from letterdesk.triage.personal_information import personal_information
from letterdesk.triage.signal import Signal
from letterdesk.triage.spam import spam


def explain(text: str, *, language: str = "") -> tuple[Signal, ...]:
    """Give what each signal says of `text`; its language is found out when not given."""
    tag = language or guessed(text)
    return (
        incivility(text, language=tag),
        spam(text, language=tag),
        personal_information(text),
        disguise(text),
        _language(text, tag=tag, asked=language),
    )


def _language(text: str, *, tag: str, asked: str) -> Signal:
    """Give what language `text` is in; there is no story here to hold it against."""
    found = language_signal(text, story=tag)
    told = guessed(text)
    if found.facts["language"] != UNKNOWN:
        other = f" It was scored as {tag}." if found.score else ""
        return replace(found, reason=f"It is in {told}.{other}")
    if asked:
        return replace(found, reason=f"{found.reason} It was taken for {asked}, as asked.")
    if told == UNKNOWN:
        return found
    return replace(found, reason=f"It has too few words to tell, and was taken for {told}.")


def facts(signals: tuple[Signal, ...]) -> list[dict[str, object]]:
    """Give signals as a program reads them."""
    return [
        {
            "kind": signal.kind.value,
            "score": round(signal.score, 4),
            "spans": [list(span) for span in signal.spans],
            "reason": signal.reason,
        }
        for signal in signals
    ]


def told(text: str, signals: tuple[Signal, ...]) -> list[str]:
    """Give signals as lines for a person: the score, the sentence, the words."""
    lines: list[str] = []
    for signal in signals:
        lines.append(f"{signal.kind.value}  {signal.score:.2f}  {signal.reason}")
        lines += [f"    {start}–{end}  {text[start:end]}" for start, end in signal.spans]
    return lines
