"""Register stories, open and close them, say how dangerous they are."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction

from letterdesk.desk.actions.changed_meanwhile import ChangedMeanwhile
from letterdesk.desk.actions.lock import lock_story
from letterdesk.desk.actions.loose_pictures import let_go
from letterdesk.desk.actions.pictures import PictureWords, reworded
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.risks import ask_two, weigh
from letterdesk.desk.actions.screen import screen_waiting_anew
from letterdesk.desk.models import Comment
from letterdesk.desk.models import Story as Row
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.permissions import Permission, may, require
from letterdesk.desk.queries.risks import risk_at
from letterdesk.desk.queries.stories import desk_of, known_by, story_value
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.ids import new_id
from letterdesk.domain.states import Risk
from letterdesk.domain.story import Credit, Picture, Story, fingerprint
from letterdesk.domain.story_url import canonical, wrong_with
from letterdesk.domain.text import clean, is_blank, one_line, tame
from letterdesk.tags import known_tag

_READ_BY_CHECKS = frozenset({"body", "headline", "language", "picture"})
_LONGEST_LINE = 500  # characters
_LONGEST_BODY = 500_000
_LONGEST_URL = 2_000


class StoryWrong(LetterdeskError):
    """A story that cannot be registered like this; `field` says where."""

    code = "story-wrong"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class StoryOutdated(ChangedMeanwhile):
    """A story was changed while a form that shows it was open; `story` is it now."""

    code = "story-outdated"

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story


@dataclass(frozen=True, kw_only=True)
class StorySheet:
    """What is said about a story. None leaves what is known of a known story.

    A new story without a desk belongs to the one that most stories in its language do, the
    first of them to the desk named like the language; one without a day appears today.
    `risk` raises a known story's, and never lowers it: that is for two editors. `words` are
    of the picture that a known story has by then. `seen` is the fingerprint of the known
    story that whoever says it had before her.
    """

    url: str
    headline: str
    language: str
    desk: str | None = None
    risk: Risk | None = None
    body: str | None = None
    credits: tuple[Credit, ...] | None = None
    picture: Picture | None = None
    words: PictureWords | None = None
    day: date | None = None  # a known story keeps its own
    seen: str | None = None


@dataclass(frozen=True, kw_only=True)
class StoryChange:
    """What is to be changed of a story; None leaves it.

    `seen` is the headline that it had when whoever changes it looked, `risk_seen` the mark
    of its risk.
    """

    headline: str | None = None
    seen: str | None = None
    risk: Risk | None = None
    risk_seen: str | None = None
    is_open: bool | None = None


def check_sheet(sheet: StorySheet) -> None:
    """Raise StoryWrong or LetterRefused when a sheet cannot be registered."""
    _values(sheet)


@transaction.atomic
def register(sheet: StorySheet, *, today: date, by: Person = COMMAND) -> tuple[Story, bool]:
    """Give the story of this URL, brought up to date, and whether it is new.

    A story that comes to a desk has at least that desk's risk. Whoever only registers
    stories leaves a known one at its desk: its comments would go with it.
    Raises StoryWrong, StoryOutdated, PictureWrong, LetterRefused, NotYours.
    """
    require(by, Permission.REGISTER)
    values = _values(sheet)
    known = _known(sheet)
    if not known:
        try:
            with transaction.atomic():
                return _add(values, day=sheet.day or today, today=today, by=by), True
        except IntegrityError:  # at the same moment somebody else registered it
            known = _known(sheet)
            if not known:
                raise
    del values["url"]
    row = lock_story(known)
    require(by, Permission.REGISTER, desk=row.desk)
    _require_seen(row, sheet.seen)
    if not may(by, Permission.STORIES):
        values.pop("desk", None)
    if sheet.words and row.picture:
        values["picture"] = asdict(reworded(Picture(**row.picture), sheet.words))
    desk = str(values.get("desk", row.desk))
    if values.get("risk") == Risk.ORDINARY:
        del values["risk"]
    if desk != row.desk and risk_at(desk) is Risk.SENSITIVE:
        values["risk"] = Risk.SENSITIVE
    _change(row, values, today=today, by=by)
    return story_value(row), False


def _require_seen(row: Row, seen: str | None) -> None:
    """Raise StoryOutdated when a story is not any more what somebody had before her."""
    now = story_value(row)
    if seen and seen != fingerprint(now):
        raise StoryOutdated(now)


@transaction.atomic
def register_again(public_id: str, sheet: StorySheet, *, today: date) -> Story:
    """Give a story that is registered under the id of its published pages, closed.

    Raises StoryWrong, also when another story has this URL; LetterRefused.
    """
    values = {**_values(sheet), "is_open": False}
    if _known(sheet):
        raise StoryWrong("url", "Another story has this URL.")
    return _add(values, day=today, today=today, by=COMMAND, public_id=public_id)


@transaction.atomic
def change_story(
    public_id: str, change: StoryChange, *, today: date, by: Person = COMMAND
) -> Story:
    """Give the story as it is then; readers see it once the press has been.

    When it becomes sensitive, what one person gives readers is undone where the press has
    not acted on it: an approval, a comment brought back, a name put back. What waits needs
    two from now on, and goes on needing two when the story is called ordinary again. For
    that one editor asks, and another agrees. Raises NotFound, NotYours, StoryWrong,
    StoryOutdated, LetterRefused, SecondEditorNeeded, RiskOutdated, NotConfirmed.
    """
    require(by, Permission.STORIES)
    row = lock_story(public_id)
    require(by, Permission.STORIES, desk=row.desk)
    if change.seen is not None and change.seen != row.headline:
        raise StoryOutdated(story_value(row))
    headline = change.headline
    given: dict[str, object | None] = {
        "headline": None if headline is None else _line("headline", headline),
        "is_open": change.is_open,
    }
    values = {name: value for name, value in given.items() if value is not None}
    if change.risk is not None:
        before = row.ordinary_wanted_by_id
        values["risk"] = weigh(row, change.risk, by=by, seen=change.risk_seen)
        if row.ordinary_wanted_by_id != before:
            _wish(row, today=today, by=by)
    _change(row, values, today=today, by=by)
    return story_value(row)


def open_story(public_id: str, *, today: date, by: Person = COMMAND) -> Story:
    """Give the story, open for letters."""
    return change_story(public_id, StoryChange(is_open=True), today=today, by=by)


def close_story(public_id: str, *, today: date, by: Person = COMMAND) -> Story:
    """Give the story, closed for letters."""
    return change_story(public_id, StoryChange(is_open=False), today=today, by=by)


def set_risk(
    public_id: str,
    risk: Risk,
    *,
    today: date,
    by: Person = COMMAND,
    seen: str | None = None,
) -> Story:
    """Give the story with this risk, if its mark is the one that was `seen`."""
    change = StoryChange(risk=risk, risk_seen=seen)
    return change_story(public_id, change, today=today, by=by)


def set_headline(
    public_id: str,
    headline: str,
    *,
    today: date,
    by: Person = COMMAND,
    seen: str | None = None,
) -> Story:
    """Give the story under another headline than the one that was `seen`."""
    change = StoryChange(headline=headline, seen=seen)
    return change_story(public_id, change, today=today, by=by)


def _known(sheet: StorySheet) -> str:
    """Give the id of the story of a sheet's URL; "" where there is none."""
    row = known_by(clean(sheet.url, field="url", longest=_LONGEST_URL))
    return row.public_id if row else ""


def _add(
    values: Mapping[str, object],
    *,
    day: date,
    today: date,
    by: Person,
    public_id: str = "",
) -> Story:
    desk = str(values.get("desk") or desk_of(str(values["language"])))
    require(by, Permission.REGISTER, desk=desk)
    risk = {"risk": Risk.SENSITIVE} if risk_at(desk) is Risk.SENSITIVE else {}
    row = Row.objects.create(
        **{**values, **risk, "desk": desk}, public_id=public_id or new_id(), registered=day
    )
    record("story-registered", who=by.username, day=today, story=row.public_id, url=row.url)
    return story_value(row)


def _wish(row: Row, *, today: date, by: Person) -> None:
    """Keep who wants a sensitive story to be ordinary, or that nobody does any more."""
    row.save(update_fields=["ordinary_wanted_by"])
    if row.ordinary_wanted_by_id:
        record("story-ordinary-wanted", who=by.username, day=today, story=row.public_id)


def _change(row: Row, values: dict[str, object], *, today: date, by: Person) -> None:
    differing = {name: new for name, new in values.items() if getattr(row, name) != new}
    if not differing:
        return
    if "picture" in differing and row.picture:
        let_go(row.picture["path"], today=today)
    for name, new in differing.items():
        setattr(row, name, new)
    row.changed = True
    row.save(update_fields=[*differing, "changed"])
    if _READ_BY_CHECKS & differing.keys():
        screen_waiting_anew(row.pk)
    if "desk" in differing:
        require(by, Permission.STORIES, desk=row.desk)
        Comment.objects.filter(story=row).update(desk=row.desk)
    if differing.get("risk") == Risk.SENSITIVE:
        ask_two(row, today=today, by=by)
    record(
        "story-changed",
        who=by.username,
        day=today,
        story=row.public_id,
        fields=sorted(differing),
        risk=row.risk,
        open=row.is_open,
    )


def _values(sheet: StorySheet) -> dict[str, object]:
    """Give the columns that a sheet sets, checked."""
    language = known_tag(sheet.language)
    if not language:
        raise StoryWrong(
            "language",
            "This is no language that we know. It is written like en, ko or zh-Hans.",
        )
    given: dict[str, object | None] = {
        "url": story_url(sheet.url),
        "headline": _line("headline", sheet.headline),
        "language": language,
        "desk": None if sheet.desk is None else _line("desk", sheet.desk),
        "risk": sheet.risk and sheet.risk.value,
        "body": sheet.body and clean(sheet.body, field="body", longest=_LONGEST_BODY),
        "credits": _credits(sheet.credits),
        "picture": sheet.picture and asdict(sheet.picture),
    }
    return {name: value for name, value in given.items() if value is not None}


def story_url(written: str) -> str:
    """Give a story's URL as it is known by. Raises StoryWrong, LetterRefused."""
    url = clean(written, field="url", longest=_LONGEST_URL)
    if wrong := wrong_with(url):
        raise StoryWrong("url", wrong)
    return canonical(url)


def _credits(credits_: tuple[Credit, ...] | None) -> list[dict[str, str]] | None:
    if credits_ is None:
        return None
    return [
        {
            name: one_line(tame(clean(value, field="credits", longest=_LONGEST_LINE)))
            for name, value in asdict(credit).items()
        }
        for credit in credits_
    ]


def _line(field: str, written: str) -> str:
    line = one_line(tame(clean(written, field=field, longest=_LONGEST_LINE)))
    if is_blank(line):
        raise StoryWrong(field, f"The {field} is empty.")
    return line
