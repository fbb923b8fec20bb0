"""A story as its form sends it."""

from dataclasses import dataclass, field

from django.http import QueryDict

from letterdesk.desk.actions.stories import StorySheet
from letterdesk.domain.states import Risk
from letterdesk.domain.story import Credit


@dataclass(frozen=True, kw_only=True)
class StoryForm:
    """What was filled in, as text, to be shown again when it is refused."""

    values: dict[str, str] = field(default_factory=dict)

    @property
    def sheet(self) -> StorySheet:
        """What the action needs. An empty desk: the one named like the language."""
        value = self.values.get
        return StorySheet(
            url=value("url", "").strip(),
            headline=value("headline", ""),
            language=value("language", "").strip(),
            desk=value("desk", "").strip() or None,
            risk=read_risk(value("risk", "")),
            body=value("body", "").strip() or None,
            credits=_credits(value("credits", "")) or None,
        )


def read_story(post: QueryDict) -> StoryForm:
    """Give what a story form holds."""
    return StoryForm(values={name: str(post.get(name, "")) for name in post})


def read_risk(written: str) -> Risk:
    """Give the risk that a form names; ordinary when it names none."""
    return Risk.SENSITIVE if written == Risk.SENSITIVE else Risk.ORDINARY


def _credits(written: str) -> tuple[Credit, ...]:
    """Give the lines "ROLE; NAME; DESK"; the desk may be left out."""
    rows = [[part.strip() for part in line.split(";", 2)] for line in written.splitlines()]
    return tuple(
        Credit(role=row[0], name=row[1], desk="".join(row[2:]))
        for row in rows
        if len(row) > 1
    )
