"""A story as its form sends it."""

from dataclasses import dataclass, field, replace

from django.http import HttpRequest, QueryDict

from letterdesk.desk.actions.pictures import PictureSheet, PictureWrong
from letterdesk.desk.actions.stories import StorySheet
from letterdesk.desk.forms.words import read_word
from letterdesk.domain.states import Risk
from letterdesk.domain.story import Credit, Picture, Story

MAX_UPLOAD = 16 << 20  # bytes of a picture, and of all that is sent with it


@dataclass(frozen=True, kw_only=True)
class StoryForm:
    """What was filled in, as text, to be shown again when it is refused.

    `picture` is a new one; None leaves the one that is there.
    """

    values: dict[str, str] = field(default_factory=dict)
    picture: PictureSheet | None = None

    @property
    def sheet(self) -> StorySheet:
        """What the action needs. An empty desk: the one named like the language."""
        value = self.values.get
        return StorySheet(
            url=value("url", "").strip(),
            headline=value("headline", ""),
            language=value("language", "").strip(),
            desk=value("desk", "").strip() or None,
            risk=Risk.SENSITIVE if value("risk", "") == Risk.SENSITIVE else None,
            body=value("body", "").strip() or None,
            credits=_credits(value("credits", "")) or None,
        )

    def with_picture(self, picture: Picture) -> StorySheet:
        """Give the sheet with a picture that lies in the public place."""
        return replace(self.sheet, picture=picture)

    def described(self, picture: Picture) -> Picture:
        """Give a picture that stays, with the words that were filled in."""
        alt = self.values.get("alt", "").strip() or picture.alt
        return replace(picture, alt=alt, caption=self.values.get("caption", "").strip())


def read_story(request: HttpRequest) -> StoryForm:
    """Give what a story form holds. Raises PictureWrong when the picture is too large."""
    form = StoryForm(values=request.POST.dict())
    if file := request.FILES.get("picture"):
        words = {name: form.values.get(name, "") for name in ("alt", "caption")}
        return replace(form, picture=PictureSheet(raw=file.read(), **words))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_UPLOAD:
        raise PictureWrong("The picture has more than 16 megabytes. Make it smaller first.")
    return form


def read_risk(written: str) -> Risk:
    """Give the risk that a form names; ordinary when it names none."""
    return Risk.SENSITIVE if written == Risk.SENSITIVE else Risk.ORDINARY


def read_sought(sent: QueryDict) -> str:
    """Give the words that a list of stories is searched for."""
    return " ".join(read_word(sent, "q").split())[:500]


def filled(story: Story) -> StoryForm:
    """Give the form of a story that is there."""
    picture = story.picture
    lines = ("; ".join(filter(None, (c.role, c.name, c.desk))) for c in story.credits)
    return StoryForm(
        values={
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
    rows = [[part.strip() for part in line.split(";", 2)] for line in written.splitlines()]
    return tuple(
        Credit(role=row[0], name=row[1], desk="".join(row[2:]))
        for row in rows
        if len(row) > 1
    )
