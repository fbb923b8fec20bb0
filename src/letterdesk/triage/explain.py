"""Every signal's answer to one comment, for whoever asks why."""

from letterdesk.triage.disguise import disguise
from letterdesk.triage.incivility import incivility
from letterdesk.triage.language import language_of
from letterdesk.triage.personal_information import personal_information
from letterdesk.triage.signal import Signal
from letterdesk.triage.spam import spam


def explain(text: str, *, language: str = "") -> tuple[Signal, ...]:
    """Give what each signal says of `text`; its language is found out when not given."""
    tag = language or language_of(text)
    return (
        incivility(text, language=tag),
        spam(text, language=tag),
        personal_information(text),
        disguise(text),
    )


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
