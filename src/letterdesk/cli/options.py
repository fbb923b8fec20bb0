"""What several commands are asked, and how it is checked."""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.roles import OF_PEOPLE, Role
from letterdesk.tags import known_tag

_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:\[\]]+):[0-9]{1,5}")
ROLES = [role.value for role in OF_PEOPLE]
TOKEN_ROLES = [role.value for role in Role]
type_folder = click.Path(path_type=Path)
type_day = click.DateTime(["%Y-%m-%d"])
Form = Literal["text", "json"]


class FileMissing(LetterdeskError):
    """What a command is to read is not there, or is none that it may read."""

    code = "file-missing"


class _ToRead(click.Path):
    """A file or folder that is there: a missing one is no wrong usage (decision 101)."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise FileMissing(
                f"{error.message} Name one that is there, and that this user may read."
            ) from error


type_file = _ToRead(path_type=Path, exists=True, dir_okay=False)
type_folder_to_read = _ToRead(path_type=Path, exists=True, file_okay=False)


def at_desk(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command its FOLDER; whatever it does, the desk in there is open first."""

    @wraps(command)
    def run(folder: Path, **options: Any) -> None:
        from letterdesk.newsroom.opening import open_desk

        open_desk(folder)
        command(**options)

    return click.argument("folder", type=type_folder)(run)


def answers_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the option --json."""
    return click.option(
        "--json", "form", flag_value="json", default="text", help="Answer as JSON."
    )(command)


def host_and_port(context: click.Context, parameter: click.Parameter, written: str) -> str:
    """Give HOST:PORT as it is written. Raises BadParameter: that is wrong usage."""
    if written and not _HOST_AND_PORT.fullmatch(written):
        raise click.BadParameter(
            f"{written!r} is not HOST:PORT, such as 127.0.0.1:8000.", context, parameter
        )
    return written


def listens(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the options that say where the servers listen."""
    for name, where in (("desk", "127.0.0.1:8001"), ("letterbox", "127.0.0.1:8000")):
        command = click.option(
            f"--{name}",
            default="",
            metavar="HOST:PORT",
            callback=host_and_port,
            help=f"Where the {name} listens: {where} unless the settings say otherwise.",
        )(command)
    return command


def known_language(context: click.Context, parameter: click.Parameter, written: str) -> str:
    """Give a language's tag in the usual case. Raises BadParameter when nobody knows it."""
    if written and not known_tag(written):
        raise click.BadParameter(
            f"{written!r} is no language that we know. Write it like en, ko or zh-Hans.",
            context,
            parameter,
        )
    return known_tag(written) if written else ""
