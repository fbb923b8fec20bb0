"""The Terms of Use: the version in force, earlier ones, and the draft."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from letterdesk.desk.models import TermsText
from letterdesk.desk.models import TermsVersion as Row
from letterdesk.desk.queries.errors import NotFound
from letterdesk.domain.rules import Rule, Terms, TermsVersion, gaps
from letterdesk.domain.statement import Category
from letterdesk.reader.terms import FIRST, shipped, terms
from letterdesk.reader.words import choose

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
DRAFT = "draft"  # stands for the number of a version that has none yet


@dataclass(frozen=True, kw_only=True)
class DraftText:
    """The draft in one language, with what only those who write it need."""

    id: int  # no other draft has it
    terms: Terms
    keys: tuple[str, ...]  # of the rules, in order
    revision: int
    gaps: tuple[tuple[str, str], ...]  # (number of the rule or "", field)
    is_due: bool  # a language of the site: without it the draft cannot come into force


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The next version, as far as it is written."""

    texts: tuple[DraftText, ...]
    missing: tuple[str, ...]  # languages of the site that it does not have at all

    @property
    def is_complete(self) -> bool:
        """Whether it could come into force."""
        return not self.missing and not any(text.gaps for text in self.texts)

    @property
    def version(self) -> TermsVersion:
        """The draft as a version that has no number yet."""
        return TermsVersion(version=DRAFT, texts=tuple(text.terms for text in self.texts))


def terms_for(language: str, *, arrived: date) -> Terms:
    """Give the terms by which a letter is judged: those of the day on which it came.

    Of a letter from before the first version, that one. What we ship, until a newsroom has
    a version of its own.
    """
    rows = Row.objects.filter(number__isnull=False)
    found = rows.filter(since__lte=arrived).order_by("-number").first()
    return _text(found or rows.order_by("number").first(), language)


def in_force(language: str) -> Terms:
    """Give the terms that count for letters that come now."""
    return _text(_newest(), language)


def number_in_force() -> str:
    """Give the version that counts for letters that come now."""
    found = _newest()
    return str(found.number) if found else FIRST


def _newest() -> Row | None:
    return Row.objects.filter(number__isnull=False).order_by("-number").first()


def _text(found: Row | None, language: str) -> Terms:
    if found is None:
        return terms(language)
    texts = TermsText.objects.filter(version=found)
    offered = tuple(texts.values_list("language", flat=True))
    text = texts.get(language=choose(language, offered=offered))
    return value(text, version=str(found.number))


def book() -> tuple[TermsVersion, ...]:
    """Give every version, the one in force first."""
    rows = Row.objects.filter(number__isnull=False).order_by("-number")
    found = tuple(_version(row) for row in rows.prefetch_related("texts"))
    return found or (shipped(),)


def one_version(name: str, *, languages: Iterable[str]) -> TermsVersion:
    """Give a version by its number, or the draft. Raises NotFound.

    `languages` are those of the site.
    """
    if name == DRAFT:
        return _there(draft(languages)).version
    found = next((one for one in book() if one.version == name), None)
    if found is None:
        raise NotFound("terms-unknown", "There is no such version of the Terms of Use.")
    return found


def draft(languages: Iterable[str]) -> Draft | None:
    """Give the draft, seen from the languages of the site; None while there is none."""
    row = Row.objects.filter(number=None).first()
    if row is None:
        return None
    due = tuple(languages)
    texts = {text.language: text for text in row.texts.all()}
    order = [tag for tag in dict.fromkeys((*due, *texts)) if tag in texts]
    return Draft(
        texts=tuple(_draft_text(texts[tag], is_due=tag in due) for tag in order),
        missing=tuple(tag for tag in due if tag not in texts),
    )


def draft_text(language: str, *, languages: Iterable[str]) -> DraftText:
    """Give the draft in one language. Raises NotFound."""
    for text in _there(draft(languages)).texts:
        if text.terms.language == language:
            return text
    raise no_draft()


def keys_in_force() -> dict[str, tuple[str, ...]]:
    """Give the keys of the rules in force, in order, by language."""
    row = _newest()
    if row is None:
        return {}
    return {text.language: keys(text) for text in row.texts.all()}


def no_draft() -> NotFound:
    """Give the error for a draft, or a language of it, that is not there (any more)."""
    return NotFound("draft-unknown", "There is no such draft. Go back to the rules.")


def keys(text: TermsText) -> tuple[str, ...]:
    """Give the keys of a text's rules, in order."""
    return tuple(rule["key"] for rule in text.rules)


def value(text: TermsText, *, version: str) -> Terms:
    """Give a row as the value that readers' pages know; a rule's number is its place."""
    return Terms(
        version=version,
        language=text.language,
        title=text.title,
        intro=tuple(part for part in _BLANK_LINE.split(text.intro) if part),
        disclaimer=text.disclaimer,
        rules=tuple(
            Rule(
                number=str(number),
                title=rule["title"],
                text=rule["text"],
                reason=rule["reason"],
                note=rule["note"],
                category=Category(rule.get("category", Category.OTHER_RULE)),
            )
            for number, rule in enumerate(text.rules, start=1)
        ),
    )


def _version(row: Row) -> TermsVersion:
    number = str(row.number)
    return TermsVersion(
        version=number,
        since=row.since.isoformat() if row.since else "",
        texts=tuple(value(text, version=number) for text in row.texts.all()),
    )


def _draft_text(text: TermsText, *, is_due: bool) -> DraftText:
    written = value(text, version=DRAFT)
    return DraftText(
        terms=written,
        keys=keys(text),
        id=text.pk,
        revision=text.revision,
        gaps=tuple(gaps(written)),
        is_due=is_due,
    )


def _there(found: Draft | None) -> Draft:
    if found is None:
        raise no_draft()
    return found
