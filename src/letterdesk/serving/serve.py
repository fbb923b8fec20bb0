"""Serve a newsroom: its parts as processes, their lines on the console, its addresses."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import click

from letterdesk.newsroom.opening import refuse_silenced
from letterdesk.serving.addresses import Address, answers, must_be_free, read_address
from letterdesk.serving.child import Child
from letterdesk.serving.hardening import PARENT
from letterdesk.serving.parts import PROBES, Part
from letterdesk.serving.supervisor import Supervisor
from letterdesk.settings import Settings

_COLOURS = {Part.LETTERBOX: "cyan", Part.DESK: "magenta", Part.WORKER: "yellow"}
_WIDTH = max(map(len, Part))


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the two servers of a newsroom listen."""

    letterbox: Address
    desk: Address


def find_addresses(newsroom: Settings, *, letterbox: str = "", desk: str = "") -> Addresses:
    """Give where the servers listen: as the command says, else as the settings do.

    Raises SettingWrong when that is no address of this machine.
    """
    return Addresses(
        letterbox=read_address(
            letterbox or newsroom.letterbox.listen,
            key="--letterbox" if letterbox else "letterbox.listen",
        ),
        desk=read_address(
            desk or newsroom.desk.listen, key="--desk" if desk else "desk.listen"
        ),
    )


def refuse_taken(addresses: Addresses) -> None:
    """Raise SettingWrong when a server of somebody else's is at one of the addresses."""
    must_be_free(addresses.letterbox, option="--letterbox")
    must_be_free(addresses.desk, option="--desk")


def refuse_taken_alone(part: Part, addresses: Addresses) -> None:
    """Raise SettingWrong when somebody else's server is where `part` alone shall listen.

    A part that a supervisor starts again does not ask: what it replaces may be ending.
    """
    if PARENT in os.environ:
        return
    if part is Part.LETTERBOX:
        must_be_free(addresses.letterbox, option="--letterbox")
    elif part is Part.DESK:
        must_be_free(addresses.desk, option="--desk")


def serve_all(
    newsroom: Settings, addresses: Addresses, *, more: Callable[[], None] = lambda: None
) -> bool:
    """Run all parts until a signal comes; say whether it was that which ended them.

    Once they answer, prints the addresses and calls `more`.
    """
    refuse_silenced()
    refuse_taken(addresses)
    if addresses.desk.shown_host not in newsroom.desk.hosts:
        click.echo(
            f"The desk will turn away who comes by the name {addresses.desk.shown_host}: "
            "add it to desk.hosts in letterdesk.toml.",
            err=True,
        )
    supervisor = Supervisor(
        children=[_child(part, newsroom, addresses) for part in Part],
        hear=_show,
        ready=partial(_announce, newsroom, addresses, more),
    )
    return supervisor.run()


def _child(part: Part, newsroom: Settings, addresses: Addresses) -> Child:
    address = {Part.LETTERBOX: addresses.letterbox, Part.DESK: addresses.desk}.get(part)
    return Child(
        name=part,
        command=_command(part, newsroom, addresses),
        answers=partial(answers, address, PROBES[part]) if address else lambda: True,
    )


def _command(part: Part, newsroom: Settings, addresses: Addresses) -> Sequence[str]:
    return (
        *(sys.executable, "-P", "-m", "letterdesk", "serve", str(newsroom.folder)),
        *("--only", part),
        *("--letterbox", addresses.letterbox.written),
        *("--desk", addresses.desk.written),
    )


def _show(part: str, line: str) -> None:
    """Print a part's line with its name in front, so that who speaks is seen at once."""
    name = click.style(f"{part:<{_WIDTH}} |", fg=_COLOURS[Part(part)])
    click.echo(f"{name} {line}", err=True)


def _announce(newsroom: Settings, addresses: Addresses, more: Callable[[], None]) -> None:
    click.echo(f"Readers      {addresses.letterbox.url}")
    if newsroom.site.url not in (addresses.letterbox.url, Settings().site.url):
        click.echo(f"             {newsroom.site.url}, as site.url says")
    click.echo(f"Moderators   {addresses.desk.url}")
    more()
    click.echo("Ctrl+C stops everything.", err=True)
    sys.stdout.flush()
