"""The demo: build it where it is not there yet, say how to get in, serve it."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from letterdesk import settings
from letterdesk.demo.contents import Contents, contents
from letterdesk.demo.letters import Sent
from letterdesk.demo.team import TEAM
from letterdesk.domain.errors import SettingWrong
from letterdesk.newsroom.create import create
from letterdesk.newsroom.opening import refuse_silenced
from letterdesk.places.folder import Folder
from letterdesk.serving.serve import Addresses, find_addresses, refuse_taken, serve_all
from letterdesk.settings import Desk, Letterbox, Press, Settings, Site, Worker

_FILE = "demo.toml"  # the sign-ins; its presence marks a demo newsroom
_RECEIPT_OF = "edited"  # the outcome that has most to show


@dataclass(frozen=True, kw_only=True)
class _Demo:
    """How to get in."""

    passwords: dict[str, str]
    receipt: str


def build_only(folder: Path, *, letterbox: str, desk: str, now: datetime) -> str:
    """Give the sign-ins of the demo newsroom in `folder`, which is made when missing."""
    refuse_silenced()
    addresses = _addresses(folder, letterbox=letterbox, desk=desk)
    return _told(_demo(folder, addresses, now=now), addresses)


def build_and_serve(folder: Path, *, letterbox: str, desk: str, now: datetime) -> bool:
    """Serve the demo newsroom in `folder`, which is made when missing.

    Says whether it was a signal that ended it. Raises SettingWrong, before anything is
    made, when an address is taken or the encoder is silenced.
    """
    refuse_silenced()
    addresses = _addresses(folder, letterbox=letterbox, desk=desk)
    _refuse_taken(addresses)
    demo = _demo(folder, addresses, now=now)
    return serve_all(
        settings.read(folder),
        addresses,
        more=lambda: click.echo(_told(demo, addresses)),
    )


def _addresses(folder: Path, *, letterbox: str, desk: str) -> Addresses:
    is_there = (folder / settings.FILE).exists()
    known = settings.read(folder) if is_there else Settings()
    return find_addresses(known, letterbox=letterbox, desk=desk)


def _refuse_taken(addresses: Addresses) -> None:
    """Raise SettingWrong when an address is taken; it says how with make, too."""
    try:
        refuse_taken(addresses)
    except SettingWrong as error:
        options = (
            f"--letterbox {addresses.letterbox.another} --desk {addresses.desk.another}"
        )
        raise SettingWrong(
            f'{error.sentence}\nWith make: make demo OPTIONS="{options}"'
        ) from error


def _demo(folder: Path, addresses: Addresses, *, now: datetime) -> _Demo:
    if (folder / _FILE).exists():
        _move(folder, addresses)
        return _read(folder)
    if (folder / settings.FILE).exists():
        raise SettingWrong(
            f"{folder} is a newsroom, but not a finished demo. Choose a new folder; or "
            "remove this one, if a demo was begun in it and did not come to its end."
        )
    click.echo(f"Making a demo newsroom in {folder}.", err=True)
    return _make(folder, addresses, now=now)


def _move(folder: Path, addresses: Addresses) -> None:
    """Let a demo that is served elsewhere now have its links lead there.

    One whose `site.url` is not where it listened had it from a person, and keeps it.
    """
    known = settings.read(folder)
    old, new = find_addresses(known).letterbox, addresses.letterbox
    if known.site.url == new.url:
        return
    if known.site.url != old.url:
        told = f"Links on readers' pages lead to {known.site.url}: site.url in {folder}."
        click.echo(told, err=True)
        return
    text = (folder / settings.FILE).read_text(encoding="utf-8")
    for key, before, after in (
        ("url", old.url, new.url),
        ("listen", known.letterbox.listen, new.written),
    ):
        line = re.compile(rf"^#?{key} = {re.escape(json.dumps(before))}$", re.MULTILINE)
        text = line.sub(f"{key} = {json.dumps(after)}", text)
    Folder(root=folder, mode=0o600).put(settings.FILE, text.encode())
    click.echo(f"The demo is at {new.url} now; its pages follow shortly.", err=True)


def _make(folder: Path, addresses: Addresses, *, now: datetime) -> _Demo:
    click.echo("Keys and a database are made …", err=True)
    found = contents()
    begun = _begun(found, today=now.date())
    newsroom = create(folder, _settings(addresses), today=begun).newsroom
    from letterdesk.demo.build import build, steps  # noqa: PLC0415 -- after create: Django
    from letterdesk.demo.moderation import hire  # noqa: PLC0415 -- after create: Django

    team = hire(today=begun)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Letters come in", total=steps(found, today=now.date()))
        step = partial(progress.advance, task)
        say = progress.console.print
        sent = build(newsroom, found, team=team, now=now, step=step, say=say)
    receipt = _receipt(sent, language=newsroom.site.languages[0])
    demo = _Demo(passwords=team.passwords, receipt=receipt)
    Folder(root=newsroom.folder, mode=0o600).put(_FILE, _written(demo))
    return demo


def _receipt(sent: Sequence[Sent], *, language: str) -> str:
    """Give the code of a letter that has most to show, in the language of its readers."""
    return next(
        one.code
        for one in sent
        if one.written.state == _RECEIPT_OF and one.story.language == language
    )


def _begun(found: Contents, *, today: date) -> date:
    """Give the day on which the newsroom begins, and its terms: before any letter."""
    return today - timedelta(days=found.oldest + 1)


def _settings(addresses: Addresses) -> Settings:
    """Give settings under which a letter shows within a minute."""
    return Settings(
        site=Site(
            name="River Post",
            url=addresses.letterbox.url,
            contact="letters@riverpost.example",
        ),
        letterbox=Letterbox(listen=addresses.letterbox.written),
        desk=Desk(
            listen=addresses.desk.written,
            hosts=tuple(dict.fromkeys((*Desk().hosts, addresses.desk.shown_host))),
        ),
        press=Press(slot_minutes=1),
        worker=Worker(collect_seconds=2),
    )


def _written(demo: _Demo) -> bytes:
    lines = [
        "# How to get into this demo newsroom.",
        f"receipt = {json.dumps(demo.receipt)}",
    ]
    lines += ["[passwords]"]
    lines += [f"{name} = {json.dumps(word)}" for name, word in demo.passwords.items()]
    return ("\n".join(lines) + "\n").encode()


def _read(folder: Path) -> _Demo:
    written = tomllib.loads((folder / _FILE).read_text())
    return _Demo(passwords=written["passwords"], receipt=written["receipt"])


def _told(demo: _Demo, addresses: Addresses) -> str:
    roles = {one.name: one.role for one in TEAM}
    lines = ["", f"Sign in at {addresses.desk.url}/ as"]
    lines += [
        f"  {name:<6} {roles[name]:<10} password  {word}"
        for name, word in demo.passwords.items()
    ]
    lines += [
        f"A reader's receipt, for {addresses.letterbox.url}/receipt",
        f"  {demo.receipt}",
        "",
    ]
    return "\n".join(lines)
