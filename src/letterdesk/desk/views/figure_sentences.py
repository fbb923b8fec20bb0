"""What the figures say in whole sentences, numbers in them."""

from django.utils.translation import gettext, ngettext, ngettext_lazy

from letterdesk.desk.queries.figures import Agreement


def came(letters: int) -> str:
    """Give how many letters came in."""
    return ngettext(
        "%(number)d letter came in.", "%(number)d letters came in.", letters
    ) % {"number": letters}


def taken(decisions: int) -> str:
    """Give how many decisions were taken."""
    return ngettext(
        "%(number)d decision was taken.", "%(number)d decisions were taken.", decisions
    ) % {"number": decisions}


def became(kind: str, number: int) -> str:
    """Give how many letters became what `kind`, one of OUTCOMES, says."""
    return str(_BECAME[kind] % {"number": number})


_BECAME = {
    "published": ngettext_lazy(
        "%(number)d letter was published as it was written.",
        "%(number)d letters were published as they were written.",
        "number",
    ),
    "edited": ngettext_lazy(
        "%(number)d was published with a cut.",
        "%(number)d were published with a cut.",
        "number",
    ),
    "rejected": ngettext_lazy(
        "%(number)d was rejected.", "%(number)d were rejected.", "number"
    ),
}


def half(days: int) -> str:
    """Give within how many days half of the letters were decided on."""
    if not days:
        return gettext("Half of the letters were decided on the day they came.")
    return ngettext(
        "Half of the letters were decided within %(days)d day.",
        "Half of the letters were decided within %(days)d days.",
        days,
    ) % {"days": days}


def nine_of_ten(days: int) -> str:
    """Give within how many days nine of ten letters were decided on."""
    if not days:
        return gettext("Nine of ten were decided on the day they came.")
    return ngettext(
        "Nine of ten were decided within %(days)d day.",
        "Nine of ten were decided within %(days)d days.",
        days,
    ) % {"days": days}


def agreed_in(one: Agreement) -> str:
    """Give how often two people agreed."""
    whole = one.agreed + one.differed
    if not whole:
        return gettext("none in these days")
    return ngettext(
        "agreed in %(agreed)d of %(number)d case",
        "agreed in %(agreed)d of %(number)d cases",
        whole,
    ) % {"agreed": one.agreed, "number": whole}


def cited(number: int) -> str:
    """Give how often a rule was cited."""
    return ngettext("cited %(number)d time", "cited %(number)d times", number) % {
        "number": number
    }


def so_many_letters(number: int) -> str:
    """Give a number of letters."""
    return ngettext("%(number)d letter", "%(number)d letters", number) % {"number": number}
