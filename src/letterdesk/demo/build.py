"""Fill a new newsroom with the demo's stories and letters, day by day, as if they had come.

Every letter goes the whole way: checked and sealed as the letterbox does it, through the
spool, collected, decided by people, published. Imported after open_desk.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from letterdesk.demo.contents import Contents, DemoStory
from letterdesk.demo.letters import Sent, comments, later_letters, post
from letterdesk.demo.moderation import Moderation, Team
from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.pictures import PictureSheet, take_picture
from letterdesk.desk.actions.stories import StorySheet, register
from letterdesk.domain.states import Action, State
from letterdesk.domain.story import Credit, Picture, Story
from letterdesk.newsroom.passes import collect_letters, publish_changes, screen_letters
from letterdesk.places import choose
from letterdesk.settings import Settings

_SCREENING = 60.0  # seconds
_HOURS = (6, 8, 12, 16, 19, 21)  # UTC, at which letters are collected
_PRESS_DAYS = 2  # between publications; today is one, and the fewer the sooner it is done


def build(
    newsroom: Settings,
    contents: Contents,
    *,
    team: Team,
    now: datetime,
    step: Callable[[], None],
    say: Callable[[str], None],
) -> list[Sent]:
    """Fill the newsroom and give its comments; calls `step` after each of `steps`.

    What it is doing goes to `say`, before it does it.
    """
    say("Stories are registered …")
    stories, today = {}, now.date()
    for written in contents.stories:
        stories[written.slug] = _register(newsroom, written, today=today)
        step()
    _protect(newsroom, contents, stories, team=team, today=today)
    say("Letters are written …")
    sent = comments(contents, stories, today=today)
    moderation = Moderation(team=team, now=now)
    say("Letters come in day by day, moderators decide, pages are pressed …")
    for day in days(contents, today=today):
        arrived = [one for one in sent if one.day == day]
        _live(newsroom, moderation, arrived, day=day)
        screen_letters(newsroom, seconds=_SCREENING, today=day)
        if (today - day).days % _PRESS_DAYS == 0:
            publish_changes(newsroom, today=day)
        step()
    say("Appeals, notices and tips come in, and the last pages are pressed …")
    post(newsroom, list(later_letters(contents, stories, sent, today=today)))
    _end(newsroom, moderation, sent, today=today)
    step()
    return sent


def steps(contents: Contents, *, today: date) -> int:
    """Give how many steps `build` takes."""
    return len(contents.stories) + len(days(contents, today=today)) + 1


def days(contents: Contents, *, today: date) -> Sequence[date]:
    """Give the days on which letters came, and those between, up to today."""
    return [today - timedelta(days=ago) for ago in range(contents.oldest, -1, -1)]


def _register(newsroom: Settings, written: DemoStory, *, today: date) -> Story:
    sheet = StorySheet(
        url=written.url,
        headline=written.headline,
        language=written.language,
        desk=written.desk,
        risk=written.risk,
        body=written.body,
        credits=tuple(
            Credit(role=one.role, name=one.name, desk=one.desk) for one in written.credits
        ),
        picture=_picture(newsroom, written, today=today),
    )
    day = today - timedelta(days=written.oldest + 1)
    return register(sheet, today=day)[0]


def _protect(
    newsroom: Settings,
    contents: Contents,
    stories: Mapping[str, Story],
    *,
    team: Team,
    today: date,
) -> None:
    """Put those on the list who must not be named; an editor does."""
    for name in contents.names:
        protect(
            NewName(label=name.label, spellings=name.spellings),
            story=stories[name.story].id,
            key=newsroom.names_key,
            by=team.editor,
            now=datetime.combine(today, time(), UTC),
        )


def _picture(newsroom: Settings, written: DemoStory, *, today: date) -> Picture:
    raw = written.picture_file().read_bytes()
    sheet = PictureSheet(raw=raw, alt=written.alt, caption=written.caption)
    return take_picture(sheet, place=choose.public(newsroom), today=today)


def _live(
    newsroom: Settings, moderation: Moderation, arrived: Sequence[Sent], *, day: date
) -> None:
    """Let a day pass: letters come, moderators decide."""
    waves = groupby(sorted(arrived, key=_depth), key=_depth)
    for number, (_, found) in enumerate(waves):  # an answer comes after what it answers
        wave = list(found)
        post(newsroom, [one.taken.letter for one in wave])
        hour = _HOURS[(day.toordinal() + number) % len(_HOURS)]
        collect_letters(newsroom, today=day, hour=hour)
        for one in wave:
            moderation.on_arrival(one, day)


def _end(
    newsroom: Settings, moderation: Moderation, sent: Sequence[Sent], *, today: date
) -> None:
    """Take in what came today, and leave what was approved last for the next slot."""
    collect_letters(newsroom, today=today)
    screen_letters(newsroom, seconds=_SCREENING, today=today)
    for one in sent:
        if one.written.state == State.RETRACTED:
            moderation.decide(one, Action.RETRACT, today)
    publish_changes(newsroom, today=today)
    for one in sent:
        if one.written.state == State.APPROVED:
            moderation.decide(one, Action.APPROVE, today)


def _depth(sent: Sent) -> int:
    return sent.depth
