"""The keys that open letters and tips, and that of second factors."""

from pathlib import Path

import click

from letterdesk.cli.answers import answer
from letterdesk.cli.options import Form, answers_json, type_file, type_folder
from letterdesk.domain.told import typed_folder


@click.group()
def tip() -> None:
    """Keep the key that tips are sealed to, and open what an editor handed over."""


@tip.command("key")
@click.argument("file", type=click.Path(path_type=Path))
def tip_key(file: Path) -> None:
    """Make a key pair: FILE.private, which opens tips, and FILE.public for `tips.key`.

    For whoever reads tips, on her own machine; no newsroom's folder is needed.
    """
    from letterdesk.newsroom.keys import make_pair

    for path in make_pair(file):
        click.echo(str(path))


@tip.command("open")
@click.argument("key", type=type_file)
@click.argument("file", type=type_file)
def tip_open(key: Path, file: Path) -> None:
    """Print the tip in FILE, which was sealed to the public half of KEY."""
    from letterdesk import sealing
    from letterdesk.domain.letter import as_sheet

    letter = sealing.open_letter(file.read_bytes(), sealing.read_private_keys(key))
    click.echo(as_sheet(letter), nl=False)


@click.group()
def keys() -> None:
    """List and renew the keys that seal and open letters, and that of second factors."""


@keys.command("list")
@click.argument("folder", type=type_folder)
@answers_json
def keys_list(folder: Path, form: Form) -> None:
    """Print the ids of the keys, the one that seals first."""
    from letterdesk import sealing, settings

    found = sealing.read_public_keys(settings.read(folder).public_keys)
    ids = [key.id.hex() for key in found]
    answer(form, "\n".join(ids), {"keys": ids, "seals": ids[0]})
    if form != "json":
        click.echo(
            f"{ids[0]} seals the letters that come now.{_OLDER if ids[1:] else ''}",
            err=True,
        )


_OLDER = " The others open what was sealed before."


@keys.command("factors")
@click.argument("folder", type=type_folder)
@answers_json
def keys_factors(folder: Path, form: Form) -> None:
    """Make a new key of second factors, in place of one that is lost for good.

    Prints the names of those whose apps and recovery codes stay shut.
    """
    from letterdesk.newsroom.opening import open_desk

    newsroom = open_desk(folder)
    from letterdesk.newsroom.desk_keys import replace_factors_key

    shut = replace_factors_key(newsroom)
    if shut:
        click.echo(_SHUT.format(folder=typed_folder(folder)), err=True)
    answer(form, "\n".join(shut), {"shut": shut})


_SHUT = (
    "Who of these has a passkey signs in with it, removes the app and makes new recovery "
    "codes. For everybody else: letterdesk user reset {folder} NAME"
)


@keys.command("rotate")
@click.argument("folder", type=type_folder)
@answers_json
def keys_rotate(folder: Path, form: Form) -> None:
    """Make a new key that seals from now on, and print its id; older ones still open."""
    from letterdesk import settings
    from letterdesk.newsroom.keys import rotate_keys

    new = rotate_keys(settings.read(folder))
    click.echo(
        "Copy keys/desk.public to the machines of the letterbox, and back up", err=True
    )
    click.echo("keys/desk.private. The new key:", err=True)
    answer(form, new.id.hex(), {"key": new.id.hex()})
