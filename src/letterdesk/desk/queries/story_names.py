"""Whom a story itself names, as it is registered, of those on the lists that count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from letterdesk.desk.models import Story as Row
from letterdesk.desk.queries.names import names_for
from letterdesk.domain.story import Story, plain
from letterdesk.triage.protected_name import recognised
from letterdesk.triage.screening import Asked, look_for
from letterdesk.triage.signal import Kind, Signal

_SECONDS = 2.0  # of the processor: a story is longer than a letter


@dataclass(frozen=True, kw_only=True)
class StoryNames:
    """The labels of those whom a story gives, and of those whom it may give.

    `is_read`: somebody is listed for it, and it could be looked at.
    """

    names: tuple[str, ...] = ()
    may_name: tuple[str, ...] = ()
    is_read: bool = True


def named_by_story(story: Story, *, key: bytes) -> StoryNames:
    """Give whom headline, text, picture and credits of a story give.

    Without the names' key nobody is recognised: then it is not read.
    """
    row = Row.objects.get(public_id=story.id)
    names = names_for([row.pk], key=key).get(row.pk)
    if names is None:
        return StoryNames()
    asked = [
        Asked(text=text, story="", language=story.language, names=recognised(names))
        for text in _printed(story)
    ]
    answers = look_for(Kind.PROTECTED_NAME, asked, seconds=_SECONDS)
    given = [one for said in answers for signal in said.signals for one in _names(signal)]
    surely = dict.fromkeys(str(one["label"]) for one in given if not one["near"])
    maybe = dict.fromkeys(str(one["label"]) for one in given if one["near"])
    return StoryNames(
        names=tuple(surely),
        may_name=tuple(one for one in maybe if one not in surely),
        is_read=not any(said.failures for said in answers),
    )


def _names(signal: Signal) -> list[Mapping[str, Any]]:
    facts: Mapping[str, Any] = signal.facts
    return list(facts.get("names", ()))


def _printed(story: Story) -> list[str]:
    """Give what a story prints, piece by piece, so that no name is made of two."""
    picture = (story.picture.caption, story.picture.alt) if story.picture else ()
    credited = [credit.name for credit in story.credits]
    return [story.headline, plain(story.body), *picture, *credited]
