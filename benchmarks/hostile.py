"""Hostile strings through every door of the letterbox and out of every exit of the press.

A string is stored equal, after normalisation, or refused with a 4xx; nothing answers 5xx;
what is published is text and nothing else; and in a real browser nothing runs.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from benchmarks import (
    hostile_browser,
    hostile_pages,
    hostile_strings,
    load,
    machine,
    newsroom,
    report,
)
from benchmarks.intake import FORM
from letterdesk import sealing
from letterdesk.domain import receipt
from letterdesk.domain.envelope import unpack_batch
from letterdesk.domain.letter import MAX_CONTACT, MAX_NAME, MAX_TEXT, Letter
from letterdesk.domain.text import is_blank

_CONNECTIONS = 8
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_MARKUP = re.compile(rb"[<>&\"'`]")


@dataclass(frozen=True, kw_only=True)
class Door:
    """A field that takes strings: how its form looks, and what of a letter it becomes."""

    name: str
    path: str
    form: Callable[[int, str], Mapping[str, str]]  # number, the string percent-encoded
    longest: int = MAX_TEXT
    stored: Callable[[Letter], tuple[object, str]] | None = None  # its number, the string
    wanted: Callable[[int], object] = str  # what `stored` gives as the number
    may_be_empty: bool = False
    is_line: bool = False
    has_a_form: bool = False  # not every text is right here
    is_collected: bool = False


@dataclass(kw_only=True)
class Passed:
    """What became of the strings at one door."""

    door: str
    statuses: Counter[int] = field(default_factory=Counter)
    unequal: list[bytes] = field(default_factory=list)  # taken, and stored otherwise
    groundless: list[bytes] = field(default_factory=list)  # refused, though text

    def faults(self) -> int:
        """Give how many strings were treated as none should be."""
        broken = sum(count for status, count in self.statuses.items() if status >= 500)
        return broken + len(self.unequal) + len(self.groundless)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a run found."""

    sources: Mapping[str, int]
    doors: Sequence[Passed]
    exits: Sequence[hostile_pages.Exit]
    browser: hostile_browser.Seen | None

    def faults(self) -> int:
        """Give how much there was that should not be."""
        found = sum(door.faults() for door in self.doors)
        found += sum(len(one.wrong) for one in self.exits)
        return found + (self.browser.faults() if self.browser else 0)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hostile", description=__doc__
    )
    parser.add_argument("--sample", type=int, help="only so many strings, drawn at random")
    parser.add_argument("--without-browser", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        result = run(
            Path(folder) / "newsroom",
            draw(hostile_strings.strings(), chosen.sample),
            browser=not chosen.without_browser,
        )
    report.publish(
        "hostile",
        "Hostile strings, in and out",
        versions=machine.versions("letterdesk", "granian", "html5lib", "playwright"),
        tables=_tables(result),
    )
    sys.exit(bool(result.faults()))


def draw(
    sources: Mapping[str, Sequence[bytes]], sample: int | None
) -> dict[str, list[bytes]]:
    """Give all strings, or `sample` of them and all of ours; the same every time."""
    chance = random.Random(20261123)  # noqa: S311 -- repeatable, not secret
    total = sum(map(len, sources.values()))
    share = 1.0 if sample is None else min(1.0, sample / total)
    return {
        name: list(some)
        if name == "ours"
        else chance.sample(some, min(len(some), -int(-len(some) * share // 1)))
        for name, some in sources.items()
    }


def run(folder: Path, sources: Mapping[str, Sequence[bytes]], *, browser: bool) -> Result:
    """Send the strings to a newsroom of its own, publish them, and look at everything."""
    room = newsroom.make(folder, settings={"press": {"comments_per_page": 3_000}})
    story = newsroom.add_story(room, 1)
    newsroom.call("publish", str(folder))
    strings = [one for some in sources.values() for one in some]
    with newsroom.serving(room, only=["letterbox"]):
        _send(room, f"/t/{story}/comments", {"text": "The first.", "name": "Mira"})
        first = _publish(room)[0].id
        doors = [_through(room, door, strings) for door in _doors(story, first)]
        published = _publish(room)
        exits = hostile_pages.look(room.public / "t" / story, published)
        seen = None
        if browser:
            markup = [one for one in strings if _MARKUP.search(one)]
            seen = hostile_browser.look(room.letterbox, story, markup)
    return Result(
        sources={name: len(some) for name, some in sources.items()},
        doors=doors,
        exits=exits,
        browser=seen,
    )


def _doors(story: str, comment: str) -> list[Door]:
    """Give the doors; those whose letters the desk is to collect come last."""
    comments, notices = f"/t/{story}/comments", f"/t/{story}/notices"
    return [
        Door(
            name="contact",
            path=comments,
            form=lambda number, sent: {"text": str(number), "contact": sent},
            longest=MAX_CONTACT,
            stored=lambda letter: (letter.text, letter.contact),
            may_be_empty=True,
            has_a_form=True,
        ),
        Door(
            name="notice",
            path=notices,
            form=lambda number, sent: {
                "comment": comment,
                "text": sent,
                "name": str(number),
            },
            stored=lambda letter: (letter.name, letter.text),
        ),
        Door(
            name="appeal",
            path="/receipt/appeal",
            form=lambda number, sent: {"code": receipt.show_code(number), "text": sent},
            stored=lambda letter: (letter.lookup, letter.text),
            wanted=lambda number: receipt.derive(number).lookup,
        ),
        Door(name="code", path="/receipt", form=lambda _, sent: {"code": sent}),
        Door(
            name="preview",
            path=comments,
            form=lambda _, sent: {"text": sent, "preview": "1"},
        ),
        Door(
            name="reply_to",
            path=comments,
            form=lambda _, sent: {"text": "Words.", "reply_to": sent},
        ),
        Door(
            name="once",
            path=comments,
            form=lambda _, sent: {"text": "Words.", "once": sent},
        ),
        Door(
            name="alleged",
            path=notices,
            form=lambda _, sent: {"comment": comment, "text": "Words.", "alleged": sent},
        ),
        Door(
            name="altcha",
            path=comments,
            form=lambda _, sent: {"text": "Words.", "altcha": sent},
        ),
        Door(
            name="name",
            path=comments,
            form=lambda number, sent: {"text": str(number), "name": sent},
            longest=MAX_NAME,
            stored=lambda letter: (letter.text, letter.name),
            may_be_empty=True,
            is_line=True,
            is_collected=True,
        ),
        Door(
            name="text",
            path=comments,
            form=lambda number, sent: {"text": sent, "name": str(number)},
            stored=lambda letter: (letter.name, letter.text),
            is_collected=True,
        ),
    ]


def _through(room: newsroom.Newsroom, door: Door, strings: Sequence[bytes]) -> Passed:
    """Send every string through a door, and compare what is stored then."""
    passed = Passed(door=door.name)
    answered: dict[int, int] = {}

    def note(request: load.Request, status: int, _: bytes) -> None:
        answered[request.label] = status  # type: ignore[index] # the labels are numbers

    before = set(room.spool.iterdir())
    requests = (
        load.Request(raw=_post(door.path, door.form(number, quote(one))), label=number)
        for number, one in enumerate(strings)
    )
    load.run(room.letterbox, requests, connections=_CONNECTIONS, read=note)
    passed.statuses.update(answered.get(number, 599) for number in range(len(strings)))
    new = [file for file in room.spool.iterdir() if file not in before]
    if door.stored is not None:
        found = dict(door.stored(letter) for letter in _letters(room, new))
        _compare(door, strings, answered, found, passed)
    if not door.is_collected:
        for file in new:
            file.unlink()
    return passed


def _compare(
    door: Door,
    strings: Sequence[bytes],
    answered: Mapping[int, int],
    found: Mapping[object, str],
    passed: Passed,
) -> None:
    """Compare what is stored with what was sent."""
    for number, raw in enumerate(strings):
        wanted = _as_stored(raw, door)
        if 200 <= answered.get(number, 0) < 300:
            if found.get(door.wanted(number)) != wanted:
                passed.unequal.append(raw)
        elif wanted is not None and not door.has_a_form:
            passed.groundless.append(raw)


def _as_stored(raw: bytes, door: Door) -> str | None:
    """Give what should be stored, None for what should be refused."""
    try:
        text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", raw.decode()))
    except UnicodeDecodeError:
        return None
    if any(_is_no_text(char) for char in text) or len(text.strip()) > door.longest:
        return None
    if is_blank(text) and not door.may_be_empty:
        return None
    return " ".join(text.split()) if door.is_line else text.strip()


def _is_no_text(char: str) -> bool:
    code = ord(char)
    if unicodedata.category(char) in {"Cc", "Cs"}:
        return char not in "\t\n"
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _letters(room: newsroom.Newsroom, files: Sequence[Path]) -> Iterator[Letter]:
    keys = sealing.read_private_keys(room.folder / "keys" / "desk.private")
    for file in files:
        for envelope in unpack_batch(file.read_bytes()):
            yield sealing.open_letter(envelope, keys)


def _publish(room: newsroom.Newsroom) -> list[hostile_pages.Sent]:
    """Collect what is in the spool and publish all of it; give it, in order."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.hostile_work", str(room.folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [hostile_pages.Sent(**row) for row in json.loads(done.stdout)]


def _send(room: newsroom.Newsroom, path: str, form: Mapping[str, str]) -> None:
    raw = _post(path, {name: quote(value) for name, value in form.items()})
    outcome = load.run(room.letterbox, iter([load.Request(raw=raw)]), connections=1)
    if outcome.statuses != {201: 1}:
        raise SystemExit(f"A plain letter was not taken: {dict(outcome.statuses)}")


def _post(path: str, encoded: Mapping[str, str]) -> bytes:
    body = "&".join(f"{name}={value}" for name, value in encoded.items())
    return load.post(path, body.encode(), kind=FORM)


def _tables(result: Result) -> list[report.Table]:
    sources = ", ".join(f"{name} {count:,}" for name, count in result.sources.items())
    doors = report.Table(
        title="Doors",
        head=(
            "door",
            "strings",
            "taken",
            "refused (4xx)",
            "5xx",
            "stored unequal",
            "refused though text",
        ),
        rows=[_door(passed) for passed in result.doors],
        remarks=[
            f"Strings: {sources}.",
            "“equal”: as sent, with line ends as newlines, in NFC, no space around it; a "
            "name in one line. What is refused is not valid UTF-8, has controls or "
            "noncharacters, is too long or cannot be seen; a contact also when it is no "
            "e-mail address.",
        ],
    )
    exits = report.Table(
        title="Exits",
        head=("exit", "comments", "not shown as text alone"),
        rows=[(one.name, f"{one.count:,}", len(one.wrong)) for one in result.exits],
        remarks=[
            "Pages are read with html5lib, strictly; feed and data with their parsers."
        ],
    )
    return [doors, exits, *([result.browser.table()] if result.browser else [])]


def _door(passed: Passed) -> Sequence[object]:
    def count(first: int, last: int) -> str:
        found = (
            number for status, number in passed.statuses.items() if first <= status < last
        )
        return f"{sum(found):,}"

    return (
        passed.door,
        f"{passed.statuses.total():,}",
        count(200, 300),
        count(400, 500),
        count(500, 600),
        len(passed.unequal),
        len(passed.groundless),
    )


if __name__ == "__main__":
    main()
