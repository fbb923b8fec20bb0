"""What templates say of readers' words, languages and states."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from html import escape

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, to_locale

from letterdesk.desk import dates
from letterdesk.desk.queries.noticed import THREAT
from letterdesk.desk.views.tones import TONES
from letterdesk.domain import text
from letterdesk.domain.excerpt import excerpt
from letterdesk.domain.roles import Role
from letterdesk.domain.states import State
from letterdesk.reader.names import left_out
from letterdesk.triage.signal import Kind

register = template.Library()

_STATES = {
    State.PENDING: gettext_lazy("waiting"),
    State.HELD: gettext_lazy("held"),
    State.APPROVED: gettext_lazy("approved, not yet published"),
    State.PUBLISHED: gettext_lazy("published"),
    State.REJECTED: gettext_lazy("rejected"),
    State.RETRACTED: gettext_lazy("taken down"),
    State.WITHDRAWN: gettext_lazy("withdrawn by its author"),
}
_MOVES = {
    "approve": gettext_lazy("Approved"),
    "edit": gettext_lazy("Cut"),
    "edit-name": gettext_lazy("Name left out"),
    "edit-both": gettext_lazy("Cut, and name left out"),
    "edit-back": gettext_lazy("Name put back"),
    "reject": gettext_lazy("Rejected"),
    "hold": gettext_lazy("Held"),
    "retract": gettext_lazy("Taken down"),
    "restore": gettext_lazy("Put back"),
    "uphold": gettext_lazy("Upheld on appeal"),
    "reverse": gettext_lazy("Reversed on appeal"),
    "undo": gettext_lazy("Undone"),
    "withdraw": gettext_lazy("Withdrawn by its author"),
}
_WISHES = {
    "approve": gettext_lazy("Approve"),
    "edit": gettext_lazy("Cut"),
    "edit-name": gettext_lazy("Leave the name out"),
    "edit-back": gettext_lazy("Put the name back"),
    "reject": gettext_lazy("Reject"),
    "hold": gettext_lazy("Hold"),
    "retract": gettext_lazy("Take down"),
    "restore": gettext_lazy("Put back"),
}
_FIGURES = {
    "received": gettext_lazy("received"),
    "published": gettext_lazy("published"),
    "edited": gettext_lazy("published with a cut"),
    "rejected": gettext_lazy("rejected"),
    "withdrawn": gettext_lazy("withdrawn by their authors"),
    "retracted": gettext_lazy("taken down"),
    "appeals": gettext_lazy("appeals"),
    "notices": gettext_lazy("notices"),
}
_ROLES: Mapping[str, Promise] = {
    Role.MODERATOR: gettext_lazy("moderator"),
    Role.EDITOR: gettext_lazy("editor"),
    Role.ADMIN: gettext_lazy("admin"),
    Role.AUDITOR: gettext_lazy("auditor"),
    Role.REGISTRAR: gettext_lazy("registrar"),
}

_KINDS: Mapping[str, Promise] = {
    THREAT: gettext_lazy("Threat"),
    Kind.PROTECTED_NAME: gettext_lazy("Protected name"),
    Kind.PERSONAL_INFORMATION: gettext_lazy("Personal information"),
    Kind.INCIVILITY: gettext_lazy("Incivility"),
    Kind.DISGUISE: gettext_lazy("Disguise"),
    Kind.SPAM: gettext_lazy("Spam"),
    Kind.FIGURE: gettext_lazy("Figure"),
    Kind.LANGUAGE: gettext_lazy("Language"),
    Kind.CAMPAIGN: gettext_lazy("Near-copies"),
    Kind.PASSAGE: gettext_lazy("Passage"),
}
_CATEGORIES = {
    "ANIMAL_WELFARE": gettext_lazy("animal welfare"),
    "CONSUMER_INFORMATION": gettext_lazy("consumer information"),
    "CYBER_VIOLENCE": gettext_lazy("insults, threats, harassment"),
    "CYBER_VIOLENCE_AGAINST_WOMEN": gettext_lazy("insults, threats, harassment of women"),
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": gettext_lazy("privacy and personal data"),
    "ILLEGAL_OR_HARMFUL_SPEECH": gettext_lazy("illegal or harmful speech"),
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS": gettext_lazy("intellectual property"),
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS": gettext_lazy(
        "harm to public debate or elections"
    ),
    "NOT_SPECIFIED_NOTICE": gettext_lazy("not specified in a notice"),
    "OTHER_VIOLATION_TC": gettext_lazy("another breach of the Terms of Use"),
    "PROTECTION_OF_MINORS": gettext_lazy("protection of minors"),
    "RISK_FOR_PUBLIC_SECURITY": gettext_lazy("public security"),
    "SCAMS_AND_FRAUD": gettext_lazy("scams and fraud"),
    "SELF_HARM": gettext_lazy("self-harm"),
    "UNSAFE_AND_PROHIBITED_PRODUCTS": gettext_lazy("unsafe or prohibited products"),
    "VIOLENCE": gettext_lazy("violence"),
}
_MEASURES = {
    "not-published": gettext_lazy("not published"),
    "cut": gettext_lazy("published with a cut"),
    "taken-down": gettext_lazy("taken down"),
    "lifted": gettext_lazy("decision lifted"),
}
_GROUNDS = {
    "terms": gettext_lazy("the Terms of Use"),
    "law": gettext_lazy("the law"),
}
_SOURCES = {
    "own": gettext_lazy("a moderator’s reading"),
    "notice": gettext_lazy("a reader’s notice"),
}
_LETTERS = {
    "appeal": gettext_lazy("Appeals"),
    "notice": gettext_lazy("Notices"),
    "tip": gettext_lazy("Tips"),
}
_ALLEGED = {
    "danger": gettext_lazy("puts somebody in danger"),
    "law": gettext_lazy("breaks the law"),
    "rules": gettext_lazy("breaks the rules"),
}
_FATES = {
    "kept": gettext_lazy("the comment stays"),
    "cut": gettext_lazy("words were cut"),
    "taken-down": gettext_lazy("taken down"),
    "gone": gettext_lazy("not published any more"),
    "withdrawn": gettext_lazy("taken back by who sent it"),
}
_VERDICTS = {
    "upheld": gettext_lazy("upheld on appeal"),
    "reversed": gettext_lazy("reversed on appeal"),
}
_TERMS = {
    "title": gettext_lazy("Title"),
    "intro": gettext_lazy("Introduction"),
    "disclaimer": gettext_lazy("Words above the form"),
    "rules": gettext_lazy("Rules"),
    "text": gettext_lazy("Wording"),
    "reason": gettext_lazy("Reason told to the author"),
    "note": gettext_lazy("Note suggested for a cut"),
    "moved": gettext_lazy("Moved"),
    "removed": gettext_lazy("Removed"),
}

_WORDS: Mapping[str, Mapping[str, Promise]] = {  # by the name of their filter
    "alleged": _ALLEGED,
    "category": _CATEGORIES,
    "fate": _FATES,
    "figure": _FIGURES,
    "ground": _GROUNDS,
    "letters": _LETTERS,
    "measure": _MEASURES,
    "move": _MOVES,
    "role": _ROLES,
    "source": _SOURCES,
    "terms_field": _TERMS,
    "verdict": _VERDICTS,
    "wish": _WISHES,
}


def _in_words(words: Mapping[str, Promise], value: str) -> str:
    """Give a value in words of the screen's language; itself where there are none."""
    return str(words.get(value, value))


for name, words in _WORDS.items():
    register.filter(name, partial(_in_words, words))
register.filter("excerpt", excerpt)
register.filter("revealed", text.revealed)
register.filter("inline", text.inline)
register.filter("name_left_out", left_out)
register.filter("paragraphs", text.paragraphs)


@register.filter
def said_in(line: str, tag: str) -> text.Html:
    """Give somebody's line for a sentence of ours, with its language and direction."""
    marked = f' lang="{escape(tag)}"' if tag else ""
    return text.Html(f"<bdi{marked}>{text.inline(line)}</bdi>")


@register.filter
def day(value: date | str) -> text.Html:
    """Give a day, or one as ISO 8601 has it, as the screen's language writes it."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    written = escape(dates.whole_day(value))
    return text.Html(f'<time datetime="{value:%Y-%m-%d}">{written}</time>')


@register.filter
def moment(value: datetime) -> text.Html:
    """Give a moment as the screen's language writes it; a script shows it in her zone."""
    written, days = escape(dates.moment(value)), escape("|".join(dates.days_around(value)))
    iso = value.isoformat(timespec="seconds")  # HTML takes three digits of one at the most
    return text.Html(
        f'<time datetime="{iso}" data-local="day" data-days="{days}">{written}</time>'
    )


@register.filter
def state(value: str) -> str:
    """Give a comment's state in words."""
    return str(_STATES.get(State(value), value))


@register.filter
def cell(value: object) -> str:
    """Give a cell of a table; a dash where there is nothing to say."""
    if value is None:
        return "–"
    return day(value) if isinstance(value, date) else str(value)


@register.filter
def tone(value: Kind) -> str:
    """Give the colour in which the desk tells of a kind of remark; "" of one in none."""
    return TONES.get(value, "")


@register.filter
def kind(value: str) -> str:
    """Give what a signal is about, in words: its kind, or THREAT."""
    return str(_KINDS[value])


@register.filter
def language(tag: str) -> str:
    """Give a language's name in the language of the screen; the tag when it has none."""
    try:
        screen = Locale.parse(to_locale(get_language() or "en"))
        return Locale.parse(tag, sep="-").get_display_name(screen) or tag
    except (ValueError, UnknownLocaleError):
        return tag
