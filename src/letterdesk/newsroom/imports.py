"""Files that come from other systems, into a newsroom whose desk is open.

Imported after open_desk only.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letterdesk.desk.actions.import_check import FORESEEN, REASONS
from letterdesk.desk.actions.import_run import Pair, Report, import_all, look
from letterdesk.desk.actions.import_stories import Shelf, Stories
from letterdesk.desk.actions.import_undo import Undone, undo_import
from letterdesk.desk.queries.locks import import_lock
from letterdesk.interchange.addresses import Addresses, read_moved
from letterdesk.interchange.formats import records, stands, system
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.source import Source
from letterdesk.settings import Settings

Bar = AbstractContextManager[Callable[[float], None]]  # told how much is done, 0 to 1
_EVERY = 100  # comments between two looks at how far it is


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person asked for on the command line."""

    format: str
    file: Path
    site: str = ""
    urls: Path | None = None
    language: str = ""
    desk: str | None = None
    takes_held: bool = False
    skips_alike: bool = False


def import_file(
    newsroom: Settings,
    wish: Wish,
    *,
    today: date,
    bar: Bar,
    watch: Callable[[list[int]], Iterable[int]] = iter,
) -> Report:
    """Take the comments in a file over; give the report.

    Raises ImportFailed, ImportBusy.
    """
    source = Source(wish.file, today=today, site=wish.site)
    with (
        import_lock(newsroom),
        bar as tell,
        _stories(newsroom, wish, today=today) as stories,
    ):
        pairs = _told(_pairs(source, wish), source, tell)
        name = wish.file.name.encode("utf-8", "replace").decode()
        report = import_all(
            pairs,
            wish.format,
            stories,
            file=name,
            takes_held=wish.takes_held,
            watch=watch,
        )
    report.ampersands, report.pages = source.ampersands, source.pages
    return report


def undo(newsroom: Settings, number: int, *, today: date) -> Undone:
    """Undo the import with this number. Raises NotFound, ImportBusy."""
    with import_lock(newsroom):
        return undo_import(number, today=today)


def look_into(newsroom: Settings, wish: Wish, *, today: date, bar: Bar) -> Report:
    """Give the report that an import would end with, and change nothing.

    Raises ImportFailed.
    """
    source = Source(wish.file, today=today, site=wish.site)
    with bar as tell, _stories(newsroom, wish, today=today) as stories:
        report = look(_told(_pairs(source, wish), source, tell), wish.format, stories)
    report.ampersands, report.pages = source.ampersands, source.pages
    return report


def facts(report: Report) -> dict[str, object]:
    """Give a report as JSON values."""
    return {
        "run": report.run,
        "read": report.read,
        "imported": {
            state: report.imported[state] for state in ("published", "pending", "rejected")
        },
        "known": report.known,
        "alike": report.alike,
        "skipped": dict(report.skipped),
        "held": report.held,
        "naming": report.naming,
        "gaps": report.finished.gaps,
        "lost_parents": report.finished.lost,
        "new_stories": report.new_stories.total(),
        "desks": dict(report.new_stories),
        "sites": dict(report.hosts),
        "names_left_out": report.names_left_out,
        "replaced": report.replaced,
        "tracked": report.tracked,
        "ampersands": report.ampersands,
        "named": [vars(one) for one in report.named],
        "broken": [{**vars(one), "begun": one.begun.isoformat()} for one in report.broken],
    }


def lines(report: Report, wish: Wish, *, verb: str) -> Iterator[str]:
    """Give a report as sentences, one a line."""
    states = ", ".join(
        f"{report.imported[state]:,} {state}"
        for state in ("published", "pending", "rejected")
    )
    yield f"Read from {system(wish.format)}: {report.read:,}."
    if not report.read:
        yield _found_none(report, wish)
    yield f"{verb}: {report.imported.total():,} ({states})."
    yield f"Imported before: {report.known:,}."
    yield f"Left out: {report.skipped.total():,}."
    for reason in REASONS:
        if report.skipped[reason]:
            yield f"  {report.skipped[reason]:,} {REASONS[reason]}"
    desks = _list(report.new_stories)
    yield f"New stories: {report.new_stories.total():,}. By desk: {desks}."
    yield f"Comments by site: {_list(report.hosts)}."
    yield from _more(report)
    yield from _named(report)
    yield from _broken(report)
    yield (
        "E-mail addresses, IP addresses, pictures of people, votes and passwords stayed in "
        "the file."
    )


def _found_none(report: Report, wish: Wish) -> str:
    """Say what a file has that has no comment, and what it was looked through for."""
    pages = f"Pages and posts in it: {report.pages:,}, without one. "
    return (
        f"There is no comment in {_shown(wish.file.name)}. {pages if report.pages else ''}"
        f"With {system(wish.format)} a comment is {stands(wish.format)}. If there should "
        "be some, export once more, with the comments, or look whether the file is right."
    )


def _more(report: Report) -> Iterator[str]:
    if report.alike:
        number = "RUN" if report.run is None else report.run
        yield (
            "By the same author, in the same words, about the same story and on the same "
            "day as a comment that another system’s file brought: "
            f"{report.alike:,}. They come in twice. If both files have the same comments, "
            f"take this import back (letterdesk imported undo FOLDER {number}) and run it "
            "again with --skip-alike, which leaves them out."
        )
    if report.held:
        yield (
            f"Published there, and waiting for two people here, because their story is "
            f"sensitive: {report.held:,}."
        )
    if report.naming:
        yield (
            "Published there, and waiting here until somebody has read them, because they "
            f"give a protected name: {report.naming:,}."
        )
    if report.finished.gaps:
        yield f"Gaps kept where left-out comments were answered: {report.finished.gaps:,}."
    if report.finished.lost:
        yield f"Answers to comments that are not here: {report.finished.lost:,}."
    if report.names_left_out:
        yield f"Names left out for being e-mail addresses: {report.names_left_out:,}."
    if report.tracked:
        yield (
            "Addresses of stories with tracking parameters, such as utm_source or fbclid: "
            f"{report.tracked:,}. Their comments stand under the address without them."
        )
    yield from _mended(report)


def _mended(report: Report) -> Iterator[str]:
    if report.replaced:
        yield (
            f"Characters that were damaged or are none: {report.replaced:,}. Each of them "
            "became a question mark in a lozenge (U+FFFD)."
        )
    if report.ampersands:
        yield (
            f"Ampersands that XML does not allow: {report.ampersands:,}. They were read as "
            "in HTML: a name such as &nbsp; as its character, others as themselves."
        )


def _named(report: Report) -> Iterator[str]:
    """Name what somebody might mend, as far as it was remembered."""
    for one in report.named:
        where = f"{_shown(one.id)} under {_shown(one.story)}"
        yield f"Left out: {where}: {REASONS[one.reason]}."
    total = sum(n for reason, n in report.skipped.items() if reason not in FORESEEN)
    if total > len(report.named):
        yield f"And {total - len(report.named):,} more."


def _broken(report: Report) -> Iterator[str]:
    """Name the imports that broke off, and what can be done."""
    for one in report.broken:
        yield (
            f"Import {one.run} ({_shown(one.file)}, begun {one.begun}) broke off, and "
            f"readers see nothing of the {one.comments:,} comments that it brought. Import "
            "that file again, whole; or remove them (letterdesk imported undo FOLDER "
            f"{one.run}); or publish them as they are: import again with --take-held."
        )


def _list(numbers: Counter[str]) -> str:
    """Give what there is how often, the most first."""
    return ", ".join(f"{one} {number:,}" for one, number in numbers.most_common()) or "none"


def _shown(name: str) -> str:
    """Give a name with nothing in it that moves a terminal."""
    return (name if name.isprintable() else ascii(name)) or "?"


@contextmanager
def _stories(newsroom: Settings, wish: Wish, *, today: date) -> Iterator[Stories]:
    shelf = Shelf(
        languages=newsroom.site.languages,
        today=today,
        language=wish.language,
        desk=wish.desk,
    )
    with Notes() as notes:
        yield Stories(shelf=shelf, twins=notes if wish.skips_alike else None)


def _pairs(source: Source, wish: Wish) -> Iterator[Pair]:
    """Give the comments of a file, each with the URL that its story has now."""
    moved = read_moved(wish.urls) if wish.urls else {}
    addresses = Addresses(site=wish.site, moved=moved)
    for record in records(wish.format, source):
        yield record, addresses.now(record.story.url)


def _told(
    pairs: Iterable[Pair], source: Source, tell: Callable[[float], None]
) -> Iterator[Pair]:
    """Give the comments, and say now and then how much of the file was read."""
    for number, pair in enumerate(pairs):
        if number % _EVERY == 0:
            tell(source.share)
        yield pair
