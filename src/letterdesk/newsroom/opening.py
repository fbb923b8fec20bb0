"""Open a newsroom's desk: Django, set up for one folder, once in a process."""

import os
from pathlib import Path

from letterdesk import settings
from letterdesk.domain.errors import SettingWrong
from letterdesk.domain.told import typed_folder
from letterdesk.setting_values import SQLITE
from letterdesk.settings import Settings
from letterdesk.triage.encoder.switch import SWITCH, is_off

FOLDER = "LETTERDESK_FOLDER"


class DeskNotReady(SettingWrong):
    """The database is not there, or older or newer than this version of Letterdesk."""

    code = "desk-not-ready"


def refuse_silenced() -> None:
    """Raise SettingWrong where the encoder is silenced, or somebody tried to.

    Parts of a desk that do not screen alike would screen each other's letters anew for
    ever.
    """
    if is_off():
        raise SettingWrong(
            f"{SWITCH}=off is for comparing, with `letterdesk triage` alone. Take it out "
            "of the environment; a desk without an encoder has letterdesk-encoder "
            "uninstalled."
        )


def open_desk(folder: Path) -> Settings:
    """Set Django up for the newsroom in `folder`; give its settings.

    Raises DeskNotReady when the tables are not those of this version, and SettingWrong
    where the encoder is silenced.
    """
    refuse_silenced()
    newsroom = settings.read(folder)
    _refuse_missing(newsroom)
    set_up(newsroom)
    from letterdesk.newsroom import tables  # noqa: PLC0415 -- Django, which others do without

    if missing := tables.steps_missing():
        raise DeskNotReady(
            f"The desk's tables are older than this version of Letterdesk ({len(missing)} "
            "steps are missing). Bring them up to date: letterdesk init "
            f"{typed_folder(folder)}"
        )
    return newsroom


def reconnect(newsroom: Settings) -> None:
    """Let the next query open the database anew.

    The database may have been restarted; and a desk.db that was put back from a backup is
    another file under the old name: letters stored in the old one would be lost. Raises
    DeskNotReady when there is none.
    """
    from django.db import connections  # noqa: PLC0415 -- after open_desk

    connections.close_all()
    _refuse_missing(newsroom)


def _refuse_missing(newsroom: Settings) -> None:
    """Raise DeskNotReady when there is no desk.db: SQLite would make an empty one.

    A letterbox's folder has none, and no private key: a new desk there would be a mistake.
    """
    folder = newsroom.folder
    if newsroom.desk.database == SQLITE and not newsroom.database_file.exists():
        if newsroom.public_keys.exists() and not newsroom.private_keys.exists():
            raise DeskNotReady(
                f"There is neither a desk.db nor a desk.private in {folder}: it looks like "
                "the folder of a letterbox alone. Run this where the desk is; here runs "
                f"letterdesk serve {typed_folder(folder)} --only letterbox. If it was the "
                "desk's folder, restore a backup into another: letterdesk restore FILE "
                "FOLDER"
            )
        raise DeskNotReady(
            f"There is no desk.db in {folder}. If this newsroom had one, put it back from "
            f"a backup; `letterdesk init {typed_folder(folder)}` makes an empty one."
        )


def set_up(newsroom: Settings) -> None:
    """Set Django up; the tables may still be missing. Writes to the environment."""
    os.environ[FOLDER] = str(newsroom.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "letterdesk.desk.config"
    import django  # noqa: PLC0415 -- after its settings are named

    django.setup()
