"""Import a file: batch by batch, so that whoever is killed goes on where she was."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Count

from letterdesk.desk.actions.import_batch import (
    adopt_all,
    alike_of,
    known_before,
    known_of,
    store,
    words_of,
)
from letterdesk.desk.actions.import_check import FORESEEN, Refusal, Sound, check
from letterdesk.desk.actions.import_finish import Finished, finish, unfinished
from letterdesk.desk.actions.import_gaps import Gaps
from letterdesk.desk.actions.import_stories import Stories
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Imported, ImportRun
from letterdesk.domain.states import State
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.interchange.source import ImportFailed

_AT_ONCE = 200  # comments in one transaction
_CHARACTERS = 4 << 20  # in them: as many are in memory, and no more than one comment over
_NAMED = 50  # comments that are named in a report
_LONGEST = 2_000  # characters of an id or an address there, as a story's has at most
_HOSTS = 20  # sites that are

Pair = tuple[CommentRecord, str]  # a comment, and the URL that its story has now


@dataclass(frozen=True, kw_only=True)
class Named:
    """A comment that was left out although somebody might mend it."""

    id: str
    story: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Broken:
    """An earlier import that broke off, and how many comments it holds back."""

    run: int
    file: str
    begun: date
    comments: int


@dataclass(kw_only=True)
class Report:
    """What an import read, took and left out. `read` is the sum of the three after it.

    `alike` came in although another system has brought the same words. `held` and `naming`
    of those that were taken as pending had been published elsewhere: their story is
    sensitive, or they give a protected name. `hosts` are the sites of their stories.
    `replaced` characters of words, names and headlines were none, and are U+FFFD now.
    `tracked` addresses of stories lost their tracking parameters.
    `ampersands` of an XML file were read as in HTML, and `pages` in it can have comments;
    who knows the file says how many.
    """

    run: int | None = None
    read: int = 0
    imported: Counter[str] = field(default_factory=Counter)
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    held: int = 0
    naming: int = 0
    alike: int = 0
    new_stories: Counter[str] = field(default_factory=Counter)  # by desk
    hosts: Counter[str] = field(default_factory=Counter)
    names_left_out: int = 0
    replaced: int = 0
    tracked: int = 0
    ampersands: int = 0
    pages: int = 0
    finished: Finished = field(default_factory=Finished)
    named: list[Named] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


def look(pairs: Iterable[Pair], source: str, stories: Stories) -> Report:
    """Give the report that an import would end with, and change nothing.

    What stands in the file twice, and what will wait for somebody, shows only then.
    """
    with Notes() as notes:
        gaps = Gaps(notes=notes)
        report = _look(pairs, source, stories, gaps)
    report.finished = Finished(gaps=gaps.number)
    return report


def _look(pairs: Iterable[Pair], source: str, stories: Stories, gaps: Gaps) -> Report:
    report = Report()
    for some in _some(pairs):
        sound, refused = _checked(some, stories.shelf.today)
        stories.look((one.url, _story(one)) for one in sound)
        sound, refused = _with_stories(sound, refused, stories)
        _count(report, sound, refused)
        left = (one.key for one in refused if one.written)
        keys = [*(one.key for one in sound), *left]
        known = known_of(source, keys) | known_before(source, sound)
        report.known += sum(bool(known.get(one.key)) for one in sound)
        new = [one for one in sound if not known.get(one.key)]
        alike = alike_of(source, new, stories)
        if stories.twins is None:
            report.alike += len(alike)
        else:
            report.skipped += Counter(alike=len(alike))
            new = [one for one in new if one.key not in alike]
            sound = [one for one in sound if one.key not in alike]
        gaps.take(sound)
        gaps.leave(refused, known=known)
        for one in new:
            report.imported[one.record.found.value] += 1
    report.new_stories = stories.new
    report.replaced += stories.replaced
    report.tracked = stories.tracked
    return report


def import_all(
    pairs: Iterable[Pair],
    source: str,
    stories: Stories,
    *,
    file: str,
    takes_held: bool = False,
    watch: Callable[[list[int]], Iterable[int]] = iter,
) -> Report:
    """Take comments over, and make their threads whole; give the report.

    Stopped at any point, what was taken stays, nothing of it is in a thread that was not
    made whole, and the next call with the same file takes the rest. What another file
    brought that broke off stays held back, unless `takes_held`. Raises what `pairs` raise.
    """
    today = stories.shelf.today
    run = ImportRun.objects.create(source=source, file=file, begun=today)
    stories.run = run
    report = Report(run=run.pk)
    for some in _some(pairs):
        _take(some, run, stories, report)
    report.new_stories = stories.new
    report.replaced += stories.replaced
    report.tracked = stories.tracked
    if takes_held:
        adopt_all(run)
    for story_id in watch(unfinished(run)):
        report.finished += finish(story_id, run, today=today, twins=stories.twins)
    _close(run, report, today=today)
    return report


def _take(some: list[Pair], run: ImportRun, stories: Stories, report: Report) -> None:
    sound, refused = _checked(some, stories.shelf.today)
    wanted: list[Sound | Refusal] = [*_placed(refused), *sound]  # the last word counts
    stories.find((one.url, _story(one)) for one in wanted)
    sound, refused = _with_stories(sound, refused, stories)
    sound, refused = _with_ids(sound, refused, run)
    stored = store(sound, refused, run=run, stories=stories)
    _count(report, sound, refused)
    report.imported += stored.states
    report.known += stored.known
    report.held += stored.held
    report.naming += stored.naming
    report.alike += stored.alike
    report.skipped += Counter(alike=stored.left)  # none is not noted


def _checked(some: list[Pair], today: date) -> tuple[list[Sound], list[Refusal]]:
    found = [check(record, url=url, today=today) for record, url in some]
    return (
        [one for one in found if isinstance(one, Sound)],
        [one for one in found if isinstance(one, Refusal)],
    )


def _story(one: Sound | Refusal) -> StoryRecord:
    """Give a comment's story; it appeared before anybody wrote about it."""
    story = one.record.story
    if story.day or not one.written:
        return story
    return replace(story, day=one.written.date())


def _placed(refused: Iterable[Refusal]) -> Iterator[Refusal]:
    """Give those whose place may be needed; spam alone is no reason for a story."""
    return (one for one in refused if one.written and one.record.found != Found.SPAM)


def _with_stories(
    sound: Iterable[Sound], refused: list[Refusal], stories: Stories
) -> tuple[list[Sound], list[Refusal]]:
    """Give both lists again, without those whose story cannot be one among the sound."""
    wrong = [one for one in sound if stories.keys.get(one.url) is None]
    return (
        [one for one in sound if stories.keys.get(one.url) is not None],
        [
            *refused,
            *(
                Refusal(record=one.record, url=one.url, reason="story-wrong")
                for one in wrong
            ),
        ],
    )


def _with_ids(
    sound: Iterable[Sound], refused: list[Refusal], run: ImportRun
) -> tuple[list[Sound], list[Refusal]]:
    """Give both lists again, without those whose id another comment of the file has."""
    sound = list(sound)
    words = words_of(run, [one.key for one in sound])
    own, taken = list[Sound](), list[Refusal]()
    for one in sound:
        if words.setdefault(one.key, one.text) == one.text:
            own.append(one)
        else:
            taken.append(Refusal(record=one.record, url=one.url, reason="id-taken"))
    return own, [*refused, *taken]


def _count(report: Report, sound: list[Sound], refused: list[Refusal]) -> None:
    report.read += len(sound) + len(refused)
    report.names_left_out += sum(one.had_address for one in sound)
    report.replaced += sum(one.replaced for one in sound)
    for one in sound:
        host = urlsplit(one.url).netloc
        if host in report.hosts or len(report.hosts) < _HOSTS:
            report.hosts[host] += 1
    for left in refused:
        report.skipped[left.reason] += 1
        if left.reason not in FORESEEN and len(report.named) < _NAMED:
            record = left.record
            story = left.url or record.story.url
            named = Named(id=_cut(record.id), story=_cut(story), reason=left.reason)
            report.named.append(named)


@transaction.atomic
def _close(run: ImportRun, report: Report, *, today: date) -> None:
    """Note the end of a run, and of those before it that were stopped.

    A run that found nothing new leaves no trace. One that was stopped between a story and
    its comments stays: the story is known to be an import's.
    """
    stopped = ImportRun.objects.filter(source=run.source, finished=None).exclude(pk=run.pk)
    stopped.filter(comments=None, stories=None).delete()
    held = Imported.objects.filter(written__isnull=False)
    stopped.exclude(pk__in=held.values("run")).update(finished=today)
    report.broken = [
        Broken(run=one.pk, file=one.file, begun=one.begun, comments=one.number)
        for one in stopped.annotate(number=Count("comments__comment")).order_by("pk")
    ]
    if not Imported.objects.filter(run=run).exists():
        run.delete()
        report.run = None
        return
    run.finished = today
    run.save(update_fields=["finished"])
    record(
        "import-done",
        who="command",
        day=today,
        source=run.source,
        run=run.pk,
        read=report.read,
        skipped=report.skipped.total(),
        **{str(State(state)): number for state, number in report.imported.items()},
    )


def _some(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Give the pairs some at a time; what came before a file broke off comes, too."""
    some, size = list[Pair](), 0
    try:
        for pair in pairs:
            some.append(pair)
            size += _size(*pair)
            if len(some) == _AT_ONCE or size > _CHARACTERS:
                yield some
                some, size = [], 0
    except ImportFailed:
        yield some
        raise
    if some:
        yield some


def _size(record: CommentRecord, url: str) -> int:
    """Give how many characters a pair has."""
    said = (url, *vars(record).values(), *vars(record.story).values())
    return sum(len(one) for one in said if isinstance(one, str))


def _cut(shown: str) -> str:
    """Give what is shown of an id or an address: a file may have one of megabytes."""
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
