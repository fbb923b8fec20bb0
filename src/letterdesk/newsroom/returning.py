"""What a restore does in the database; imported once Django is set up for it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from django.db import connection, connections

from letterdesk import sealing
from letterdesk.age import BackupBroken
from letterdesk.desk import postgresql
from letterdesk.desk.actions.collect import collect
from letterdesk.desk.actions.come_back import Since, come_back
from letterdesk.desk.queries.health import problems_unpublished
from letterdesk.desk.queries.scrub import scrub
from letterdesk.desk.queries.snapshot import held
from letterdesk.domain.errors import SettingWrong
from letterdesk.newsroom import tables
from letterdesk.newsroom.archive import DATABASES, About, Manifest, too_new
from letterdesk.newsroom.desk_keys import make_factors_key, make_names_key
from letterdesk.newsroom.keys import make_keys
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.setting_values import SQLITE
from letterdesk.settings import Settings

_UNLIKE = (
    "The database that came out of the backup does not hold what the backup's list says. "
    "Take another backup, and report it, as CONTRIBUTING.md says."
)


@contextmanager
def database(unpacked: Path, about: About) -> Iterator[None]:
    """Put a copy of PostgreSQL's back, unless what follows fails. SQLite's lies there."""
    if about.database == SQLITE:
        yield
        return
    postgresql.refuse_encoding()
    if tables := postgresql.tables():
        raise SettingWrong(
            "The database that desk.database names is not empty: there is a table "
            f"{tables[0]} in it. Make an empty one (createdb), and name it in the settings "
            "that you give with --settings FILE."
        )
    postgresql.load(unpacked / DATABASES[about.database])  # all of it, or nothing
    try:
        yield
    except BaseException:
        postgresql.clear()
        raise


def bring_up_to_date(about: About, manifest: Manifest) -> int:
    """Hold the database against the manifest, then migrate it; give by how many steps."""
    if tables.steps_unknown():
        raise too_new(about)
    found = held()
    if (found.counts, found.entries, found.head) != (
        manifest.counts,
        manifest.entries,
        manifest.head,
    ):
        raise BackupBroken(_UNLIKE)
    return tables.bring_up_to_date()


def collect_waiting(staged: Settings, spool: Path, *, today: date) -> int:
    """Open the letters that waited; without their key they are kept unopened."""
    spool.mkdir(mode=0o700, exist_ok=True)  # nothing may have waited
    keys = []
    with suppress(SettingWrong):  # `check` says that a key is missing
        make_factors_key(staged)
    with suppress(SettingWrong):
        make_keys(staged)
        keys = sealing.read_private_keys(staged.private_keys)
        make_names_key(staged)
    return collect(Folder(root=spool), keys, today=today).letters


def return_from(
    about: About, manifest: Manifest, published: Place | None, *, today: date
) -> Since:
    """Do what a desk does once when it comes back; `published` may be newer."""
    since = come_back(
        made=about.made, published=published, today=today, entries=manifest.entries
    )
    scrub()
    return since


def let_go() -> None:
    """Close the database: its file is about to be moved."""
    connections.close_all()


def use(newsroom: Settings) -> None:
    """Open the database where the newsroom has it from now on."""
    if newsroom.desk.database == SQLITE:
        connection.settings_dict["NAME"] = newsroom.database_file


def problems(newsroom: Settings) -> list[str]:
    """Give what is wrong with the newsroom, before anything of it is published."""
    return problems_unpublished(newsroom)
