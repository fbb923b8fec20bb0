"""Write the Terms of Use: a draft in every language of the site, then put into force."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import msgspec
from django.db import transaction

from letterdesk.desk.actions.changed_meanwhile import ChangedMeanwhile
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import TermsText, TermsVersion
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.terms import book, draft, no_draft, one_version, value
from letterdesk.desk.queries.terms_reach import stories_by_text
from letterdesk.domain import rules
from letterdesk.domain.edit import MAX_CUT_NOTE
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.text import clean, is_blank, one_line
from letterdesk.reader.terms import terms, terms_languages

MAX_LINE = 200  # characters of a title
MAX_TEXT = 20_000
_FIELDS = {
    "title": MAX_LINE,
    "text": MAX_TEXT,
    "reason": MAX_TEXT,
    "note": MAX_CUT_NOTE + 2,  # its brackets
}
_EMPTY = dict.fromkeys(_FIELDS, "")
_KEPT = (*_FIELDS, "category")
_Rule = dict[str, str]


class TermsWrong(LetterdeskError):
    """A draft that cannot be begun, changed or put into force; `code` says why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class TermsOutdated(ChangedMeanwhile):
    """The same text, or draft, was changed meanwhile."""

    code = "terms-outdated"


@dataclass(frozen=True, kw_only=True)
class TermsSheet:
    """What somebody wrote: the text in one language, and each rule's fields by its key."""

    title: str
    intro: str
    disclaimer: str
    rules: dict[str, _Rule]


@transaction.atomic
def adopt(*, languages: Iterable[str], today: date) -> bool:
    """Store what we ship as version 1, unless there is a version; say whether it did.

    From then on another release of Letterdesk changes nothing in this newsroom's terms.
    """
    if TermsVersion.objects.filter(number__isnull=False).exists():
        return False
    row = TermsVersion.objects.create(number=1, since=today)
    due = tuple(languages)
    order = dict.fromkeys((*due, *terms_languages()))
    for place, tag in enumerate(tag for tag in order if tag in terms_languages()):
        _store(terms(tag), version=row, place=place)
    _record_version(row, by=COMMAND, today=today)
    return True


@transaction.atomic
def begin_draft(base: str, *, by: Person, languages: Iterable[str], today: date) -> None:
    """Begin the next version as a copy of an earlier one.

    It has the languages of the site, and those that stories show of the earlier one.
    Raises NotFound, NotYours, TermsWrong (`draft-there`) while there is a draft already.
    """
    require(by, Permission.RULES)
    due = tuple(languages)
    adopt(languages=due, today=today)
    newest = TermsVersion.objects.filter(number__isnull=False).order_by("-number")
    newest.select_for_update().first()  # whoever else begins one waits here
    if TermsVersion.objects.filter(number=None).exists():
        raise TermsWrong(
            "draft-there", "There is a draft already. Go on with it, or discard it first."
        )
    copied = one_version(base, languages=due)
    row = TermsVersion.objects.create()
    shown = stories_by_text(copied.languages)
    for text in TermsText.objects.filter(version__number=int(copied.version)):
        if text.language in due or shown[text.language]:
            _copied(text, version=row)
    record("terms-draft-begun", who=by.username, day=today, base=copied.version)


@transaction.atomic
def save_text(
    language: str, sheet: TermsSheet, *, by: Person, revision: int, text_id: int = 0
) -> None:
    """Keep what was written in one language of the draft; it may be half-written.

    `revision` is the one that she saw, of the text with `text_id`: another draft has other
    ones. A rule that somebody removed or added meanwhile is no conflict: rules are told by
    their keys. Raises NotFound, NotYours, TermsOutdated, LetterRefused.
    """
    require(by, Permission.RULES)
    text = _lock(language)
    changed = {
        "title": _line("title", sheet.title),
        "intro": clean(sheet.intro, field="intro", longest=MAX_TEXT),
        "disclaimer": clean(sheet.disclaimer, field="disclaimer", longest=MAX_TEXT),
        "rules": [_written(rule, sheet.rules.get(rule["key"])) for rule in text.rules],
    }
    if all(getattr(text, name) == new for name, new in changed.items()):
        return
    if text.revision != revision or text.pk != (text_id or text.pk):
        raise TermsOutdated
    for name, new in changed.items():
        setattr(text, name, new)
    text.revision += 1
    text.save()


def add_rule(*, by: Person) -> None:
    """Put an empty rule at the end of the draft, in every language."""
    key = secrets.token_hex(4)
    empty = {"key": key, **_EMPTY}
    _change_rules(lambda found: [*found, dict(empty)], by=by)


def remove_rule(key: str, *, by: Person) -> None:
    """Take a rule out of the draft, in every language; those behind it move up."""
    _change_rules(lambda found: [rule for rule in found if rule["key"] != key], by=by)


def move_rule(key: str, *, by: Person, steps: int) -> None:
    """Move a rule by `steps` places, in every language; less than 0 is up."""
    _change_rules(lambda found: _moved(found, key, steps), by=by)


@transaction.atomic
def add_language(language: str, *, by: Person, today: date) -> None:
    """Add a language to the draft: as in force, else as shipped, else empty.

    A rule that has no counterpart there begins empty. Raises NotFound, NotYours,
    TermsWrong.
    """
    require(by, Permission.RULES)
    others = _lock_all()
    if any(text.language == language for text in others):
        raise TermsWrong("language-there", "The draft has this language already.")
    known = TermsText.objects.filter(language=language, version__number__isnull=False)
    found = known.order_by("-version__number").first()
    row = TermsVersion.objects.get(number=None)
    text = _copied(found, version=row) if found else _shipped(language, version=row)
    if others:
        text.rules = _aligned(text.rules, others[0].rules)
        text.save(update_fields=["rules"])
    record("terms-language-added", who=by.username, day=today, language=language)


@transaction.atomic
def remove_language(language: str, *, by: Person, today: date) -> None:
    """Take a language out of the draft. Raises NotFound, NotYours."""
    require(by, Permission.RULES)
    _lock(language).delete()
    record("terms-language-removed", who=by.username, day=today, language=language)


@transaction.atomic
def discard_draft(*, by: Person, today: date, seen: str | None = None) -> None:
    """Throw the draft away; no version that was ever in force is touched.

    `seen` is the digest of what she looked at: what somebody wrote since is not thrown away
    unseen. Raises NotFound, NotYours, TermsOutdated.
    """
    require(by, Permission.RULES)
    _lock_all()
    found = draft(())
    if seen is not None and found and digest(found.version) != seen:
        raise TermsOutdated
    TermsVersion.objects.filter(number=None).delete()
    record("terms-draft-discarded", who=by.username, day=today)


@transaction.atomic
def put_into_force(*, by: Person, languages: Iterable[str], today: date, seen: str) -> str:
    """Give the number under which the draft is in force from today.

    `seen` is the digest of what she looked at: what somebody changed since is not put into
    force unseen. Raises NotFound, NotYours, TermsOutdated, TermsWrong (`terms-incomplete`).
    """
    require(by, Permission.RULES)
    texts, due = _lock_all(), tuple(languages)
    found = draft(due)
    if found is None or not found.is_complete:
        raise TermsWrong(
            "terms-incomplete",
            "A language of the site is missing, or something in one is empty. "
            "Complete it first.",
        )
    if digest(found.version) != seen:
        raise TermsOutdated
    order = {text.terms.language: place for place, text in enumerate(found.texts)}
    for text in texts:
        text.place = order[text.language]
    TermsText.objects.bulk_update(texts, ["place"])
    row = TermsVersion.objects.get(number=None)
    row.number, row.since = int(book()[0].version) + 1, today
    row.save()
    _record_version(row, by=by, today=today)
    return str(row.number)


def digest(version: rules.TermsVersion) -> str:
    """Give what changes with any word of a version, in any language."""
    texts = sorted((text.language, asdict(text)) for text in version.texts)
    plain = [[tag, {**facts, "version": ""}] for tag, facts in texts]
    return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()


def _change_rules(change: Callable[[list[_Rule]], list[_Rule]], *, by: Person) -> None:
    """Change the order or number of rules in all languages at once."""
    require(by, Permission.RULES)
    with transaction.atomic():
        for text in _lock_all():
            text.rules = change(text.rules)
            text.save(update_fields=["rules"])


def _moved(found: list[_Rule], key: str, steps: int) -> list[_Rule]:
    at = next((place for place, rule in enumerate(found) if rule["key"] == key), None)
    if at is None:
        return found
    others = [*found[:at], *found[at + 1 :]]
    to = min(max(at + steps, 0), len(others))
    return [*others[:to], found[at], *others[to:]]


def _aligned(own: Sequence[_Rule], others: Sequence[_Rule]) -> list[_Rule]:
    """Give a language's rules in the order, and with the keys, of the other languages."""
    known = {rule["key"]: rule for rule in own}
    return [known.get(rule["key"], {**rule, **_EMPTY}) for rule in others]


def _written(rule: _Rule, new: _Rule | None) -> _Rule:
    if new is None:
        return rule
    fields = {
        name: clean(new[name], field=name, longest=longest)
        for name, longest in _FIELDS.items()
    }
    fields |= {name: one_line(fields[name]) for name in ("title", "note")}
    return {**rule, **fields}


def _line(field: str, written: str) -> str:
    line = one_line(clean(written, field=field, longest=MAX_LINE))
    return "" if is_blank(line) else line


def _lock(language: str) -> TermsText:
    found = TermsText.objects.select_for_update().filter(version__number=None)
    text = found.filter(language=language).first()
    if text is None:
        raise no_draft()
    return text


def _lock_all() -> list[TermsText]:
    """Lock the draft in every language. Raises NotFound where there is none."""
    row = TermsVersion.objects.select_for_update().filter(number=None).first()
    if row is None:
        raise no_draft()
    return list(TermsText.objects.select_for_update().filter(version=row))


def _store(text: rules.Terms, *, version: TermsVersion, place: int) -> TermsText:
    """Store what we ship: its rules have their numbers for keys."""
    return TermsText.objects.create(
        version=version,
        language=text.language,
        title=text.title,
        intro="\n\n".join(text.intro),
        disclaimer=text.disclaimer,
        rules=[
            {"key": rule.number, **{name: getattr(rule, name) for name in _KEPT}}
            for rule in text.rules
        ],
        place=place,
    )


def _copied(text: TermsText, *, version: TermsVersion) -> TermsText:
    """Copy a row into another version."""
    return TermsText.objects.create(
        version=version,
        language=text.language,
        title=text.title,
        intro=text.intro,
        disclaimer=text.disclaimer,
        rules=text.rules,
        place=text.place,
    )


def _shipped(language: str, *, version: TermsVersion) -> TermsText:
    """Give a text as we ship it, or an empty one."""
    if language in terms_languages():
        return _store(terms(language), version=version, place=0)
    return TermsText.objects.create(version=version, language=language)


def _record_version(row: TermsVersion, *, by: Person, today: date) -> None:
    texts = tuple(value(text, version=str(row.number)) for text in row.texts.all())
    version = rules.TermsVersion(version=str(row.number), texts=texts)
    record(
        "terms-in-force",
        who=by.username,
        day=today,
        terms=version.version,
        languages=sorted(version.languages),
        digest=digest(version),
    )
