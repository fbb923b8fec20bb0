"""What happens to a letter, and how often comments are published."""

from letterdesk.reader.words import number, words

_HOUR = 60  # minutes
_DAY = 24 * _HOUR


def schedule(slot_minutes: int, language: str) -> str:
    """Give the sentence for a newsroom that publishes every `slot_minutes`.

    It says how often, never when a letter came or a comment was accepted.
    """
    catalogue = words(language)
    if slot_minutes == _DAY:
        return catalogue.gettext(
            "A moderator reads every letter first. What she accepts is published together "
            "with other comments, once a day."
        )
    if slot_minutes == _HOUR:
        return catalogue.gettext(
            "A moderator reads every letter first. What she accepts is published together "
            "with other comments, once an hour."
        )
    if slot_minutes % _HOUR == 0:
        hours = slot_minutes // _HOUR
        said = catalogue.ngettext(
            "A moderator reads every letter first. What she accepts is published together "
            "with other comments, every %(shown)s hour.",
            "A moderator reads every letter first. What she accepts is published together "
            "with other comments, every %(shown)s hours.",
            hours,
        )
        return said % {"shown": number(hours, language)}
    said = catalogue.ngettext(
        "A moderator reads every letter first. What she accepts is published together with "
        "other comments, every minute.",
        "A moderator reads every letter first. What she accepts is published together with "
        "other comments, every %(shown)s minutes.",
        slot_minutes,
    )
    return said % {"shown": number(slot_minutes, language)}
