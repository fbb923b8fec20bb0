"""What templates say of readers' words, languages and states."""

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.translation import get_language, gettext_lazy, to_locale

from letterdesk.domain import text
from letterdesk.domain.states import State
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
    "reject": gettext_lazy("Rejected"),
    "hold": gettext_lazy("Held"),
    "retract": gettext_lazy("Taken down"),
    "restore": gettext_lazy("Put back"),
    "undo": gettext_lazy("Undone"),
    "withdraw": gettext_lazy("Withdrawn by its author"),
}
_WISHES = {
    "approve": gettext_lazy("Approve"),
    "edit": gettext_lazy("Cut"),
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
_ROLES = {
    "moderator": gettext_lazy("moderator"),
    "editor": gettext_lazy("editor"),
    "admin": gettext_lazy("admin"),
    "auditor": gettext_lazy("auditor"),
}

_KINDS = {
    Kind.PROTECTED_NAME: gettext_lazy("Protected name"),
    Kind.PERSONAL_INFORMATION: gettext_lazy("Personal information"),
    Kind.INCIVILITY: gettext_lazy("Incivility"),
    Kind.DISGUISE: gettext_lazy("Disguise"),
    Kind.SPAM: gettext_lazy("Spam"),
    Kind.FIGURE: gettext_lazy("Figures"),
    Kind.LANGUAGE: gettext_lazy("Language"),
    Kind.CAMPAIGN: gettext_lazy("Near-copies"),
    Kind.PASSAGE: gettext_lazy("Passage"),
}

register.filter("revealed", text.revealed)
register.filter("inline", text.inline)
register.filter("paragraphs", text.paragraphs)


@register.filter
def state(value: str) -> str:
    """Give a comment's state in words."""
    return str(_STATES.get(State(value), value))


@register.filter
def move(value: str) -> str:
    """Give a decision in words."""
    return str(_MOVES.get(value, value))


@register.filter
def wish(value: str) -> str:
    """Give a decision that somebody asked for, in words."""
    return str(_WISHES[value])


@register.filter
def figure(value: str) -> str:
    """Give what a figure of the report counts, in words."""
    return str(_FIGURES.get(value, value))


@register.filter
def role(value: str) -> str:
    """Give a role in words."""
    return str(_ROLES[value])


@register.filter
def kind(value: Kind) -> str:
    """Give what a signal is about, in words."""
    return str(_KINDS[value])


@register.filter
def language(tag: str) -> str:
    """Give a language's name in the language of the screen; the tag when it has none."""
    try:
        screen = Locale.parse(to_locale(get_language() or "en"))
        return Locale.parse(tag, sep="-").get_display_name(screen) or tag
    except (ValueError, UnknownLocaleError):
        return tag
