"""A story as its form sends it."""

from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import HttpRequest, QueryDict

from letterdesk.desk.actions.pictures import PictureSheet, PictureWords, PictureWrong
from letterdesk.desk.actions.stories import StorySheet, StoryWrong
from letterdesk.domain.states import Risk
from letterdesk.domain.story import Credit, Picture, Story, fingerprint
from letterdesk.domain.text import clean, is_blank, one_line

_LONGEST_SOUGHT = 500  # characters, as a headline has


@dataclass(frozen=True, kw_only=True)
class StoryForm:
    """What was filled in, as text, to be shown again when it is refused.

    `picture` is a new one; None leaves the one that is there.
    """

    values: dict[str, str] = field(default_factory=dict)
    picture: PictureSheet | None = None

    @property
    def sheet(self) -> StorySheet:
        """What the action needs. An empty desk is left to the action.

        Raises StoryWrong for credits that name nobody.
        """
        value = self.values.get
        return StorySheet(
            url=value("url", "").strip(),
            headline=value("headline", ""),
            language=value("language", "").strip(),
            desk=value("desk", "").strip() or None,
            risk=Risk.SENSITIVE if value("risk", "") == Risk.SENSITIVE else None,
            body=value("body", "").strip() or None,
            credits=_credits(value("credits", "")) or None,
            seen=value("seen", "") or None,
        )

    def beside(self, story: Story) -> "StoryForm":
        """Give the form for whoever has seen by now what somebody else has saved."""
        return replace(self, values=self.values | {"seen": fingerprint(story)})

    def with_picture(self, picture: Picture) -> StorySheet:
        """Give the sheet with a picture that lies in the public place."""
        return replace(self.sheet, picture=picture)

    def with_words(self) -> StorySheet:
        """Give the sheet with the words that were filled in for a picture that stays."""
        value = self.values.get
        words = PictureWords(
            alt=value("alt", "").strip() or None, caption=value("caption", "").strip()
        )
        return replace(self.sheet, words=words)


def read_story(request: HttpRequest) -> StoryForm:
    """Give what a story form holds. Raises PictureWrong when the picture is too large."""
    form = StoryForm(values=request.POST.dict())
    if file := request.FILES.get("picture"):
        words = {name: form.values.get(name, "") for name in ("alt", "caption")}
        return replace(form, picture=PictureSheet(raw=file.read(), **words))
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise PictureWrong("The picture has more than 16 megabytes. Make it smaller first.")
    return form


def read_risk(written: str) -> Risk:
    """Give the risk that a form names; ordinary when it names none."""
    return Risk.SENSITIVE if written == Risk.SENSITIVE else Risk.ORDINARY


def read_sought(sent: QueryDict) -> str:
    """Give the words that a list of stories is searched for. Raises LetterRefused."""
    sought = one_line(clean(str(sent.get("q", "")), field="q", longest=_LONGEST_SOUGHT))
    return "" if is_blank(sought) else sought


def filled(story: Story) -> StoryForm:
    """Give the form of a story that is there."""
    picture = story.picture
    lines = (
        "; ".join((one.role, one.name, *filter(None, [one.desk]))) for one in story.credits
    )
    return StoryForm(
        values={
            "seen": fingerprint(story),
            "url": story.url,
            "headline": story.headline,
            "language": story.language,
            "desk": story.desk,
            "risk": story.risk.value,
            "body": story.body,
            "credits": "\n".join(lines),
            "alt": picture.alt if picture else "",
            "caption": picture.caption if picture else "",
        }
    )


def _credits(written: str) -> tuple[Credit, ...]:
    """Give the lines "ROLE; NAME; DESK"; the desk may be left out."""
    found: list[Credit] = []
    for line in filter(str.strip, written.splitlines()):
        role, name, desk = ([part.strip() for part in line.split(";", 2)] + ["", ""])[:3]
        if not name:
            raise StoryWrong(
                "credits",
                "A line of the credits names nobody. Each is written like Reported by; "
                "Name; Desk. The desk may be left out.",
            )
        found.append(Credit(role=role, name=name, desk=desk))
    return tuple(found)
