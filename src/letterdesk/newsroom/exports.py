"""Files that leave the newsroom. Imported once its desk is open."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

from letterdesk.desk.actions.note_export import note_begun, note_done
from letterdesk.desk.queries.leaving import held_back, story_keys, threads
from letterdesk.desk.queries.lines import lines
from letterdesk.desk.queries.one_moment import one_moment
from letterdesk.desk.queries.people import COMMAND
from letterdesk.desk.queries.statements import statements
from letterdesk.desk.queries.stories import story
from letterdesk.interchange import (
    letterdesk,
    to_archive,
    to_coral,
    to_wordpress,
    transparency,
)
from letterdesk.interchange.portion import Portion
from letterdesk.newsroom.offline import Archive
from letterdesk.newsroom.outputs import refuse_own
from letterdesk.places.whole import whole_file
from letterdesk.settings import Settings
from letterdesk.version import VERSION
from letterdesk.watch import Watch


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where an export goes: a path, where it is whole or not at all, or what is open.

    What is there may be replaced where `replaces`.
    """

    file: Path | BinaryIO
    replaces: bool = False

    def opened(self) -> AbstractContextManager[BinaryIO]:
        """Give what is written into. Raises FileThere, OSError."""
        if isinstance(self.file, Path):
            return whole_file(self.file, replaces=self.replaces)
        return nullcontext(self.file)


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is to be exported, and where to."""

    newsroom: Settings
    portion: Portion
    file: BinaryIO
    today: date
    watch: Watch


@dataclass(frozen=True, kw_only=True)
class Exported:
    """What went into a file: `counts` by what it is.

    `remarks` are what somebody should know of it, `problems` what its receiver refuses.
    """

    counts: Mapping[str, int]
    remarks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def export(
    newsroom: Settings,
    name: str,
    target: Target,
    *,
    portion: Portion,
    today: date,
    watch: Watch = iter,
) -> Exported:
    """Write a portion in `name`, one of FORMATS, as the database stands now.

    The audit log says that it began, and, when it was done, how much it was. Raises
    NotFound, SettingWrong, FileThere, OSError.
    """
    if isinstance(target.file, Path):
        refuse_own(newsroom, target.file)
    if portion.story:
        story(COMMAND, portion.story)
    with target.opened() as out:
        note_begun(name, portion, who=COMMAND.username, today=today)
        with one_moment():
            job = Job(
                newsroom=newsroom, portion=portion, file=out, today=today, watch=watch
            )
            done = _WRITERS[name](job)
        out.flush()
    note_done(
        name,
        portion,
        stories=done.counts.get("stories", 0),
        letters=sum(done.counts.get(kind, 0) for kind in ("comments", "statements")),
        who=COMMAND.username,
        today=today,
    )
    return done


def _letterdesk(job: Job) -> Exported:
    site, portion = job.newsroom.site, job.portion
    header = letterdesk.Header(
        schema=letterdesk.SCHEMA,
        letterdesk=VERSION,
        made=job.today,
        site=site.name,
        url=site.url,
        story=portion.story,
        start=portion.start,
        end=portion.end,
        published_only=portion.published_only,
    )
    found = letterdesk.write(header, lines(job.watch(_keys(job)), portion), job.file)
    return Exported(
        counts={_PLURALS.get(kind, kind): n for kind, n in found.items()},
        remarks=_unfinished(job),
    )


def _wordpress(job: Job) -> Exported:
    site = job.newsroom.site
    with _as_text(job.file) as text:
        done = to_wordpress.write(
            threads(job.watch(_keys(job)), job.portion),
            text,
            name=site.name,
            url=site.url,
            language=site.languages[0] if site.languages else "",
        )
    said = (
        f"XML cannot hold every character: {done.replaced} became a question mark in a "
        "lozenge (U+FFFD). FORMAT letterdesk keeps them."
    )
    return Exported(
        counts={"stories": done.stories, "comments": done.comments},
        remarks=(*((said,) if done.replaced else ()), *_unfinished(job)),
    )


def _coral(job: Job) -> Exported:
    keys = _keys(job)
    done = to_coral.write(lambda: threads(job.watch(keys), job.portion), job.file)
    said = (
        f"Left out, because Coral would show them to readers at once: {done.waiting} "
        "that wait for a decision, or for the press."
    )
    return Exported(
        counts={
            "stories": done.stories,
            "comments": done.comments,
            "left_out": done.waiting,
        },
        remarks=(*((said,) if done.waiting else ()), *_unfinished(job)),
    )


def _unfinished(job: Job) -> tuple[str, ...]:
    """Say what an import that broke off keeps from readers, here and in the file."""
    number = 0 if job.portion.published_only else held_back(job.portion)
    said = (
        f"Not published yet, because an import has not come to its end: {number} that "
        "count as waiting here. Import that file again, whole, or undo the import "
        "(`letterdesk imported list`), and export once more."
    )
    return (said,) if number else ()


def _archive(job: Job) -> Exported:
    archive = Archive(job.newsroom, today=job.today)
    files = to_archive.write(archive.files(job.watch(_keys(job))), job.file)
    said = (
        f"Not in the public place any more, and so not in the archive: {archive.lost} of "
        "the pictures. `letterdesk check` names them."
    )
    return Exported(
        counts={"stories": archive.stories, "comments": archive.comments, "files": files},
        remarks=(said,) if archive.lost else (),
    )


def _statements(job: Job) -> Exported:
    start, end = job.portion.start or date.min, job.portion.end or job.today
    with _as_text(job.file) as text:
        written, wrong = transparency.write(
            statements(COMMAND, start, end), text, site_url=job.newsroom.site.url
        )
    return Exported(counts={"statements": written}, problems=tuple(wrong))


def _keys(job: Job) -> list[int]:
    return story_keys(COMMAND, job.portion)


@contextmanager
def _as_text(file: BinaryIO) -> Iterator[TextIO]:
    """Give a file to write text into; `file` stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    finally:
        text.detach()


_PLURALS = {
    "person": "people",
    "story": "stories",
    "comment": "comments",
    "appeal": "appeals",
    "notice": "notices",
}
_WRITERS: Mapping[str, Callable[[Job], Exported]] = {
    "letterdesk": _letterdesk,
    "wordpress": _wordpress,
    "coral": _coral,
    "archive": _archive,
    "statements": _statements,
}
