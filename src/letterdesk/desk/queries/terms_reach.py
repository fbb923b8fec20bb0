"""Whose readers do not get the Terms of Use in their language, and what they get."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from letterdesk.desk.models import Story
from letterdesk.desk.queries.terms import book
from letterdesk.reader.terms import terms_languages
from letterdesk.reader.words import choose


@dataclass(frozen=True, kw_only=True)
class LostText:
    """A language without its text: how many stories would show it, and what they show."""

    language: str
    stories: int
    instead: str


def lost_texts(kept: Sequence[str], *, had: Iterable[str]) -> tuple[LostText, ...]:
    """Give the languages of `had` that `kept` lacks, those of most stories first."""
    offered = (*kept, *had)
    stories = stories_by_text(offered)
    gone = [tag for tag in dict.fromkeys(offered) if tag not in kept]
    return tuple(
        LostText(language=tag, stories=stories[tag], instead=choose(tag, offered=kept))
        for tag in sorted(gone, key=lambda tag: -stories[tag])
    )


def lost_in_force() -> tuple[LostText, ...]:
    """Give what stories are in and the version in force lacks, though there is a text.

    An earlier version has it, or we ship it: nobody has to write it first.
    """
    newest, *earlier = book()
    had = [tag for version in earlier for tag in version.languages]
    found = lost_texts(newest.languages, had=(*had, *terms_languages()))
    return tuple(one for one in found if one.stories)


def stories_by_text(offered: Sequence[str]) -> Counter[str]:
    """Count the stories that show the Terms of Use in each of these languages."""
    counted = Story.objects.order_by().values_list("language").annotate(Count("pk"))
    found: Counter[str] = Counter()
    for language, number in counted:
        found[choose(language, offered=offered)] += number
    return found
