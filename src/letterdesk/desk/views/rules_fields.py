"""The fields of the form in which the Terms of Use are written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from letterdesk.desk.actions.terms import TermsSheet
from letterdesk.desk.queries.terms import DraftText
from letterdesk.desk.queries.terms_changes import OF_RULE
from letterdesk.domain.rules import Terms

_HINTS = {
    "intro": gettext_lazy("Blank lines part paragraphs."),
    "disclaimer": gettext_lazy("Stands above every form for a comment. One paragraph."),
    "reason": gettext_lazy("The moderator can change it for one letter."),
    "note": gettext_lazy("In brackets, for example [name removed]."),
}
_ROWS = {"intro": 12, "disclaimer": 4, "text": 4, "reason": 4}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field as the form shows it."""

    name: str  # in the form
    kind: str  # title, text, …
    hint: str
    rows: int  # 0: a single line
    value: str
    is_empty: bool  # and must not be, before it comes into force
    other: str = ""  # what somebody else saved meanwhile, where it differs
    beside: str = ""  # the same in another language


@dataclass(frozen=True, kw_only=True)
class RuleFields:
    """A rule as the form shows it."""

    key: str
    number: str
    title: str
    fields: tuple[Field, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A rule that somebody else removed while this person wrote in it."""

    title: str
    text: str
    reason: str
    note: str


def whole_fields(
    found: DraftText, *, sheet: TermsSheet | None, beside: Terms | None
) -> tuple[Field, ...]:
    """Give the fields of the whole text; `sheet` is what was refused."""
    now = _whole(found.terms)
    wanted = now if sheet is None else _of_sheet(sheet)
    return tuple(_fields("", now, wanted, _whole(beside) if beside else {}, found))


def rule_fields(
    found: DraftText, *, sheet: TermsSheet | None, beside: Terms | None
) -> tuple[RuleFields, ...]:
    """Give the fields of each rule, by its key."""
    others = beside.rules if beside else ()
    rows = []
    for at, (key, rule) in enumerate(zip(found.keys, found.terms.rules, strict=True)):
        now = {name: getattr(rule, name) for name in OF_RULE}
        wanted = sheet.rules.get(key, now) if sheet else now
        other = vars(others[at]) if at < len(others) else {}
        rows.append(
            RuleFields(
                key=key,
                number=rule.number,
                title=rule.title,
                fields=tuple(_fields(key, now, wanted, other, found, number=rule.number)),
                is_first=at == 0,
                is_last=at == len(found.keys) - 1,
            )
        )
    return tuple(rows)


def lost_rules(found: DraftText, sheet: TermsSheet | None) -> tuple[Lost, ...]:
    """Give what was written in rules that are not there any more: to be copied from."""
    gone = [key for key in sheet.rules if key not in found.keys] if sheet else []
    return tuple(Lost(**sheet.rules[key]) for key in gone) if sheet else ()


def _fields(
    key: str,
    now: Mapping[str, str],
    wanted: Mapping[str, str],
    beside: Mapping[str, str],
    found: DraftText,
    *,
    number: str = "",
) -> Iterator[Field]:
    for name, value in now.items():
        yield Field(
            name=f"{name}-{key}" if key else name,
            kind=name,
            hint=str(_HINTS.get(name, "")),
            rows=_ROWS.get(name, 0),
            value=wanted[name],
            is_empty=(number, name) in found.gaps,
            other=value if _even(wanted[name]) != value else "",
            beside=beside.get(name, ""),
        )


def _whole(text: Terms) -> dict[str, str]:
    return {
        "title": text.title,
        "intro": "\n\n".join(text.intro),
        "disclaimer": text.disclaimer,
    }


def _of_sheet(sheet: TermsSheet) -> dict[str, str]:
    return {"title": sheet.title, "intro": sheet.intro, "disclaimer": sheet.disclaimer}


def _even(written: str) -> str:
    """Give what a browser sent as it would be stored."""
    return written.replace("\r\n", "\n").strip()
