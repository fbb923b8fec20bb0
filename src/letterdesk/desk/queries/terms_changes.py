"""What a draft of the Terms of Use changes, against the version in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from letterdesk.desk.models import TermsText, TermsVersion
from letterdesk.desk.queries.terms import keys
from letterdesk.domain.compare import Stretch, compare

_WHOLE = ("title", "intro", "disclaimer")
OF_RULE = ("title", "text", "reason", "note")


@dataclass(frozen=True, kw_only=True)
class Change:
    """A field that differs; `number` and `before` are its rule's, or "" for none."""

    field: str
    stretches: tuple[Stretch, ...]
    number: str = ""
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class LanguageChanges:
    """What changes in one language. `lagging` are the numbers of rules left alone here.

    Such a rule is worded differently in another language now: perhaps it was forgotten.
    """

    language: str
    is_new: bool
    changes: tuple[Change, ...]
    lagging: tuple[str, ...]


def changes(languages: Iterable[str]) -> tuple[LanguageChanges, ...]:
    """Give what the draft changes in each of these languages that it has."""
    newest = TermsVersion.objects.filter(number__isnull=False).order_by("-number").first()
    old = {text.language: text for text in newest.texts.all()} if newest else {}
    new = {text.language: text for text in TermsText.objects.filter(version__number=None)}
    order = [tag for tag in dict.fromkeys((*languages, *new)) if tag in new]
    found = {tag: tuple(_changes(old.get(tag), new[tag])) for tag in order}
    touched = {
        change.number
        for tag in order
        for change in found[tag]
        if tag in old and change.number and change.before and change.stretches
    }
    return tuple(
        LanguageChanges(
            language=tag,
            is_new=tag not in old,
            changes=found[tag],
            lagging=_lagging(found[tag], touched) if tag in old else (),
        )
        for tag in order
    )


def _lagging(found: Iterable[Change], touched: set[str]) -> tuple[str, ...]:
    own = {change.number for change in found if change.stretches}
    return tuple(sorted(touched - own, key=lambda number: (len(number), number)))


def _changes(old: TermsText | None, new: TermsText) -> Iterable[Change]:
    for name in _WHOLE:
        stretches = compare(getattr(old, name, ""), getattr(new, name))
        if stretches:
            yield Change(field=name, stretches=stretches)
    known = {rule["key"]: rule for rule in old.rules} if old else {}
    before = {key: str(at) for at, key in enumerate(keys(old) if old else (), start=1)}
    for at, rule in enumerate(new.rules, start=1):
        key, number = rule["key"], str(at)
        yield from _of_rule(known.get(key), rule, number=number, before=before.get(key, ""))
    left = {rule["key"] for rule in new.rules}
    for key, rule in known.items():
        if key not in left:
            yield Change(
                field="removed",
                stretches=compare(f"{rule['title']}\n\n{rule['text']}", ""),
                before=before[key],
            )


def _of_rule(
    old: Mapping[str, str] | None, new: Mapping[str, str], *, number: str, before: str
) -> Iterable[Change]:
    if before and before != number:
        yield Change(field="moved", stretches=(), number=number, before=before)
    for name in OF_RULE:
        stretches = compare(old[name] if old else "", new[name])
        if stretches:
            yield Change(field=name, stretches=stretches, number=number, before=before)
